# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the desktop share: the demo council, a program in the person's own folders, and the
desktop's side of notifications."""
import configparser
import os
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))
from walk import authenticator, post  # noqa: E402
from walk.council import Caseworker  # noqa: E402
from walk.demo import Demo  # noqa: E402
from walk.driver import Program, wait  # noqa: E402

import gi  # noqa: E402

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

BUILD = os.environ["EHCP_BUILD"]
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
ID = "io.github.ehcp_portal.EhcpPortal"
PATH = "/io/github/ehcp_portal/EhcpPortal"
SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "ehcp-portal", "settings.ini")


class Desk:
    """One person's desktop with the demo council."""

    def __init__(self):
        self.demo = Demo(SERVER)
        self.program = None
        self.worker = None

    def open(self, *arguments, env=None):
        self.program = Program(PORTAL, arguments, env)
        return self.program

    def open_at_council(self, *arguments):
        return self.open("--council", self.demo.ready["url"], *arguments)

    def sign_in(self, name, program=None):
        p, person = program or self.program, self.demo.person(name)
        p.press("Sign in", timeout=30)
        p.wait_for("Submit", timeout=20)
        p.type_into("Email address", person["email"])
        p.type_into("Password", person["password"])
        self.demo.forget_mails()
        p.press("Submit")
        p.wait_for("Security code", timeout=40)
        p.wait_text("We sent a code", 30)
        p.type_into("Security code", post.digits(self.demo.wait_mail(person["email"], "sign-in-code")))
        p.press("Finish")
        p.wait_for("SEND Dashboard", timeout=60)

    def caseworker(self):
        """Signed in once: each code of the app works once."""
        self.worker = self.worker or DemoCaseworker(self.demo)
        return self.worker

    def close(self):
        if self.program and self.program.process.poll() is None:
            self.program.close()

    def end(self):
        self.close()
        self.demo.end()


class DemoCaseworker(Caseworker):
    """The demo's own, by the public API."""

    def __init__(self, demo):
        self.demo, self.email = demo, demo.ready["caseworker"]["email"]
        self.PASSWORD = demo.ready["caseworker"]["password"]
        self.council = Line(demo.ready["url"])
        self.sign_in()

    def sign_in(self):
        self.demo.forget_mails()
        started = self.council.call("POST", "/v1/sign-ins", {"email": self.email, "password": self.PASSWORD})
        code = post.digits(self.demo.wait_mail(self.email, "sign-in-code"))
        app = authenticator.Authenticator(self.demo.ready["caseworker"]["authenticator"])
        app.last = int(time.time()) // 30  # the demo's own sign-in used the steps up to now
        done, _ = authenticator.finish(self.council.call, started["id"], code, "Office", app)
        self.token, self.account = done["token"], done["person"]["id"]

    def write(self, child, subject, text):
        case = next(c for c in self.records()["case"] if c["child_forename"] == child)
        return self.send("message.send", case["id"], message_type="Something else", subject=subject, text=text,
                         audience="adults", composed_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))


class Line:
    """Requests to a council that somebody else started."""

    def __init__(self, url):
        self.port = int(url.rsplit(":", 1)[-1])

    from walk.council import Council as _Council
    call = _Council.call


class Notifications:
    """org.freedesktop.Notifications, as a desktop has it: what was shown, and what was taken back."""

    XML = """<node><interface name="org.freedesktop.Notifications">
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
        <arg type="s" direction="out"/><arg type="s" direction="out"/></method>
      <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
        <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
      <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
    </interface></node>"""

    def __init__(self):
        self.shown, self.closed, self.owner = [], [], None
        context = GLib.MainContext()
        self.loop = GLib.MainLoop(context)
        ready = threading.Event()
        threading.Thread(target=self._run, args=(context, ready), daemon=True).start()
        assert ready.wait(10)

    def _run(self, context, ready):
        context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None, None)
        info = Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces[0]
        self.bus.register_object("/org/freedesktop/Notifications", info, self._call, None, None)
        Gio.bus_own_name_on_connection(self.bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.REPLACE, None,
                                       None)
        ready.set()
        self.loop.run()

    def _call(self, bus, sender, path, interface, method, parameters, invocation):
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))
        elif method == "Notify":
            app, replaces, icon, title, body, actions, hints, timeout = parameters.unpack()
            number = len(self.shown) + 1
            self.shown.append((number, title, body, actions))
            self.owner = sender
            invocation.return_value(GLib.Variant("(u)", (number,)))
        else:
            self.closed.append(parameters.unpack()[0])
            invocation.return_value(None)

    def wait(self, count, timeout=40):
        return wait(lambda: self.shown[count - 1] if len(self.shown) >= count else None, timeout,
                    f"notification {count}; there are {self.shown}")

    def press(self, number):
        self.bus.emit_signal(self.owner, "/org/freedesktop/Notifications", "org.freedesktop.Notifications",
                             "ActionInvoked", GLib.Variant("(us)", (number, "default")))


def call_application(method, signature, *arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return bus.call_sync(ID, PATH, "org.freedesktop.Application", method,
                         GLib.Variant(signature, arguments) if arguments else None, None,
                         Gio.DBusCallFlags.NONE, 30000, None)


def install_service():
    """So that the bus starts the program, as it does for an installed one."""
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "dbus-1", "services")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, f"{ID}.service"), "w", encoding="utf-8") as file:
        file.write(f"[D-BUS Service]\nName={ID}\nExec={PORTAL} --gapplication-service\n")
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig", None, None,
                  Gio.DBusCallFlags.NONE, 10000, None)


def owner_pid():
    """The process that owns the program's name, or None."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    try:
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                             "GetConnectionUnixProcessID", GLib.Variant("(s)", (ID,)), None,
                             Gio.DBusCallFlags.NONE, 10000, None).unpack()[0]
    except GLib.Error:
        return None


def read_settings():
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(SETTINGS)
    return settings
