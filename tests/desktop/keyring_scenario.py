# SPDX-License-Identifier: GPL-3.0-or-later
"""One state of the keyring, from inside its session: see test_keyring_states.py."""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from desk import Desk, Gio, GLib, read_settings, wait  # noqa: E402

SECRETS = "org.freedesktop.secrets"


def start_keyring(password=None):
    """gnome-keyring: with a login keyring, or as it is before there is one."""
    if password is None:
        command = ["gnome-keyring-daemon", "--start", "--foreground", "--components=secrets"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    else:
        process = subprocess.Popen(["gnome-keyring-daemon", "--unlock", "--foreground", "--components=secrets"],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        process.stdin.write(password.encode())
        process.stdin.close()
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    wait(lambda: bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                               GLib.Variant("(s)", (SECRETS,)), None, Gio.DBusCallFlags.NONE, 5000, None).unpack()[0],
         20, "the keyring")
    return process


def call_secrets(method, signature, *arguments):
    bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
    return bus.call_sync(SECRETS, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service", method,
                         GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, 10000, None).unpack()


def lock():
    path = call_secrets("ReadAlias", "(s)", "default")[0]
    assert path != "/", "there is no default collection to lock"
    call_secrets("Lock", "(ao)", [path])


def signs_in_for_this_session(desk):
    desk.open_at_council()
    desk.sign_in("Helen Marlow")
    desk.program.wait_text("This session only", 20)
    desk.close()
    # Nothing was kept, so that nobody is signed in now, and no page looks as if something were lost.
    desk.open().wait_for("Register for new account", timeout=30)
    desk.close()


def signs_in_and_stays(desk):
    desk.open_at_council()
    desk.sign_in("Helen Marlow")
    assert not desk.program.shows("This session only", exact=False)
    desk.close()
    desk.open().wait_for("SEND Dashboard", timeout=40)
    desk.close()


def none(desk):
    signs_in_for_this_session(desk)


def no_default(desk):
    """The service runs, and there is no collection: making one would ask for a password unseen."""
    keyring = start_keyring()
    assert call_secrets("ReadAlias", "(s)", "default")[0] == "/"
    signs_in_for_this_session(desk)
    keyring.terminate()


def locked(desk):
    keyring = start_keyring("one")
    signs_in_and_stays(desk)
    lock()
    p = desk.open()
    p.wait_text("Your keyring is locked", 40)
    assert not p.shows("Sign in")
    p.press("Go on for this session only")
    desk.sign_in("Helen Marlow")
    p.wait_text("This session only", 20)
    desk.close()
    keyring.terminate()


def dismissed(desk):
    """No prompter can show the question, which is as if it were closed at once."""
    keyring = start_keyring("one")
    signs_in_and_stays(desk)
    lock()
    p = desk.open()
    p.wait_for("Unlock", timeout=40)
    p.press("Unlock")
    p.wait_text("The keyring is still locked", 60)
    assert p.find("Unlock", enabled=True) is not None
    p.press("Go on for this session only")
    p.wait_for("Register for new account", timeout=20)
    desk.close()
    keyring.terminate()


def unlocked(desk):
    """The desktop's own prompter asks for the password of the keyring, and everything is there again."""
    keyring = start_keyring("one")
    signs_in_and_stays(desk)
    lock()
    prompter = subprocess.Popen(["/usr/libexec/gcr-prompter"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        p = desk.open()
        p.wait_for("Unlock", timeout=40)
        p.press("Unlock")
        window = find_window(prompter.pid)
        subprocess.run(["xdotool", "windowfocus", "--sync", window, "type", "--delay", "20", "one"], check=True)
        subprocess.run(["xdotool", "key", "Return"], check=True)
        p.wait_for("SEND Dashboard", timeout=40)
        assert not p.shows("This session only", exact=False)
        desk.close()
    finally:
        prompter.terminate()
        prompter.wait()
    keyring.terminate()


def find_window(process):
    """The id of the window that @process shows."""
    found = []

    def look():
        answer = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process)], capture_output=True,
                                text=True, check=False)
        found[:] = answer.stdout.split()
        return found

    wait(look, 30, "the prompter's window")
    return found[-1]


def portal_missing(desk):
    """Notifications, background and colour scheme come from portals: without them everything else works."""
    keyring = start_keyring("one")
    signs_in_and_stays(desk)
    p = desk.open()
    p.wait_for("SEND Dashboard", timeout=40)
    p.keys("ctrl+comma")
    p.press_node(p.wait_for("Look for news when the window is closed", ("check box", "switch")))
    wait(lambda: read_settings()["preferences"]["run-in-background"] == "true", 20, "the choice to be kept")
    desk.close()
    keyring.terminate()


def main():
    desk = Desk()
    try:
        {"none": none, "no-default": no_default, "locked": locked, "dismissed": dismissed, "unlocked": unlocked,
         "portal-missing": portal_missing}[sys.argv[1]](desk)
    finally:
        desk.end()
    time.sleep(0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
