# SPDX-License-Identifier: GPL-3.0-or-later
"""A session bus with a keyring of its own, for a second person on the same screen: the first one's session is in the
first keyring. Assistive technology stays on the first bus, so that the driver sees both programs."""
import os
import subprocess
import tempfile
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402


# Nothing is started on it: a second accessibility bus would take the screen's programs from the first.
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
"""


def _accessibility_address():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
                         GLib.VariantType("(s)"), Gio.DBusCallFlags.NONE, -1).unpack()[0]


class Session:
    def __init__(self):
        self.home = tempfile.TemporaryDirectory()
        run = os.path.join(self.home.name, "run")
        os.mkdir(run, 0o700)
        config = os.path.join(self.home.name, "bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG)
        self.bus = subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
                                    stdout=subprocess.PIPE, text=True)
        self.env = {"DBUS_SESSION_BUS_ADDRESS": self.bus.stdout.readline().strip(),
                    "AT_SPI_BUS_ADDRESS": _accessibility_address(), "XDG_RUNTIME_DIR": run,
                    "XDG_DATA_HOME": os.path.join(self.home.name, "share")}
        self.keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                        env={**os.environ, **self.env}, stdin=subprocess.PIPE,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.keyring.stdin.write(b"\n")
        self.keyring.stdin.close()
        end = time.monotonic() + 10
        while not os.path.exists(os.path.join(run, "keyring", "control")) and time.monotonic() < end:
            time.sleep(0.05)

    def end(self):
        for process in (self.keyring, self.bus):
            process.terminate()
            process.wait(10)
        self.home.cleanup()
