# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as a part of the desktop: one instance, the bus, links, notifications, the privacy lock, several
accounts. The steps build on each other and run in the order of this file."""
import os
import re
import subprocess
import time

import pytest

from desk import (ID, PORTAL, Desk, Notifications, call_application, install_service, owner_pid, read_settings)
from walk.driver import Atspi, Program, has, wait, walk
from walk.steps import stop_after_first_failure  # noqa: F401

CODE = "K7QM4XHD"


@pytest.fixture(scope="module")
def desk():
    d = Desk()
    d.notifications = Notifications()
    yield d
    d.end()


def start_by_hand(*arguments):
    return subprocess.run([PORTAL, *arguments], capture_output=True, text=True, timeout=30)


def test_01_one_instance(desk):
    p = desk.open_at_council()
    p.wait_for("Register for new account", timeout=30)
    first = owner_pid()
    assert start_by_hand().returncode == 0
    assert owner_pid() == first == p.process.pid
    assert len([n for n in p.nodes() if n.get_role_name() == "frame"]) == 1


def test_02_links(desk):
    p, url = desk.program, desk.demo.ready["url"]
    assert start_by_hand(f"ehcp-portal:accept?council={url}&code={CODE}").returncode == 0
    p.wait_text("First sign in", 20)
    for malformed in ("ehcp-portal:", "ehcp-portal:accept", f"ehcp-portal:accept?code={CODE}",
                      f"ehcp-portal:accept?council={url}&code={CODE}&code={CODE}",
                      f"ehcp-portal:other?council={url}&code={CODE}", "https://send.wyreshire.example",
                      f"ehcp-portal:accept?council={url}&code=%00", f"ehcp-portal:accept?council=http://x.example&code={CODE}",
                      f"ehcp-portal:accept?council={url}&code=" + "K" * 5000):
        done = start_by_hand(malformed)
        assert done.returncode == 2 and "is not a link" in done.stderr, malformed


def test_03_link_to_another_council(desk):
    """Nobody is led to a foreign server without having been asked."""
    p = desk.program
    start_by_hand(f"ehcp-portal:accept?council=https://elsewhere.example&code={CODE}")
    p.wait_text("Connect to this council", 20)
    p.wait_text("https://elsewhere.example", 5)
    p.press("Cancel")
    p.wait_text("First sign in", 10)
    assert desk.demo.ready["url"] == read_settings()["council"]["url"]
    desk.close()


def test_04_bus_cold(desk):
    """The bus starts the program for a link that was pressed."""
    install_service()
    assert owner_pid() is None
    call_application("Open", "(asa{sv})", [f"ehcp-portal:accept?council={desk.demo.ready['url']}&code={CODE}"], {})
    desk.program = Running(wait(owner_pid, 20, "the program"))
    desk.program.wait_text("First sign in", 30)


def test_05_bus_warm(desk):
    p, pid = desk.program, owner_pid()
    call_application("Open", "(asa{sv})", ["ehcp-portal:nothing"], {})
    p.wait_text("This link cannot be opened", 20)
    call_application("Activate", "(a{sv})", {})
    assert owner_pid() == pid
    p.end()


def test_06_window_and_place(desk):
    p = desk.open_at_council()
    desk.sign_in("Helen Marlow")
    p.press("SEND Dashboard")
    p.wait_text("Key Dates", 30)
    p.press("Messages", exact=False)
    p.wait_for("New Message", timeout=20)
    p.resize(900, 700)
    desk.close()
    settings = read_settings()
    # Without a window manager there is a border of 5 px in the place of a shadow.
    assert 900 <= int(settings["window"]["width"]) <= 910 and 700 <= int(settings["window"]["height"]) <= 710
    assert settings["window"]["place"].startswith("messages/")
    p = desk.open()
    p.wait_for("New Message", timeout=30)
    assert 910 <= p.width(p.window()) <= 920
    text = open(os.path.join(os.environ["XDG_CONFIG_HOME"], "ehcp-portal", "settings.ini"), encoding="utf-8").read()
    assert "Isla" not in text and desk.demo.person("Helen Marlow")["password"] not in text


def toggle(p, name):
    p.press_node(p.wait_for(name, ("check box", "switch")))


def to_preferences(p):
    p.keys("ctrl+comma")
    p.wait_for("Tell me when something is new", timeout=10)


def test_07_background(desk):
    """There is no portal on this bus, and no sandbox: nobody has to allow it."""
    p = desk.program
    p.press("Helen Marlow")
    p.press("Preferences")
    p.wait_for("Look for news when the window is closed")
    toggle(p, "Look for news when the window is closed")
    wait(lambda: read_settings()["preferences"]["run-in-background"] == "true", 20, "the choice to be kept")
    p.press("Close the window")
    wait(lambda: p.window() is None, 20, "the window to go")
    assert p.process.poll() is None


def test_08_notification_without_details(desk):
    desk.priya = desk.caseworker()
    desk.priya.write("Isla", "The visit on Friday", "Dr Whitcombe comes at ten.")
    number, title, body, actions = desk.notifications.wait(1)
    for word in ("Isla", "visit", "Friday", "Whitcombe", "Marlow"):
        assert word not in title + body, (title, body)
    assert title == "New message"


def test_09_notification_opens_the_item_and_goes(desk):
    p = desk.program
    desk.notifications.press(1)
    p.wait_text("Dr Whitcombe comes at ten", 30)
    wait(lambda: 1 in desk.notifications.closed, 30, "the notification to be withdrawn")


def test_10_notification_with_details(desk):
    p = desk.program
    to_preferences(p)
    toggle(p, "Say the child’s name and what it is about")
    wait(lambda: read_settings()["preferences"]["notify-details"] == "true", 20, "the choice to be kept")
    p.press("Close the window")
    wait(lambda: p.window() is None, 20, "the window to go")
    desk.priya.write("Isla", "A second question", "Which day suits you?")
    number, title, body, actions = desk.notifications.wait(2)
    assert title == "New message about Isla" and body == "A second question"


def test_11_no_notification_when_not_wanted(desk):
    p = desk.program
    call_application("Activate", "(a{sv})", {})
    wait(p.window, 20, "the window")
    to_preferences(p)
    toggle(p, "Tell me when something is new")
    wait(lambda: read_settings()["preferences"]["notify"] == "false", 20, "the choice to be kept")
    p.press("Close the window")
    wait(lambda: p.window() is None, 20, "the window to go")
    desk.priya.write("Isla", "A third question", "And which place?")
    call_application("Activate", "(a{sv})", {})
    wait(p.window, 20, "the window")
    p.keys("alt+Left")
    p.wait_text("A third question", 60)
    assert len(desk.notifications.shown) == 2


def test_12_privacy_lock(desk):
    p = desk.program
    p.keys("ctrl+l")
    p.wait_for("Show the screen again", timeout=10)
    for hidden in ("A third question", "New Message", "Isla", "Helen Marlow"):
        assert not p.shows(hidden, exact=False), hidden
    for keys in ("alt+Left", "F1", "ctrl+comma", "Escape", "ctrl+f"):
        p.keys(keys)
    time.sleep(0.5)
    assert p.shows("Show the screen again") and not p.shows("Tell me when something is new")
    p.type_into("Password of your account", "not the password")
    p.press("Show the screen again")
    p.wait_text("This is not the password of your account", 20)
    desk.close()


def test_13_the_lock_holds_over_a_restart_and_offline(desk):
    p = desk.open()
    p.wait_for("Show the screen again", timeout=30)
    assert not p.shows("Isla", exact=False)
    p.type_into("Password of your account", desk.demo.person("Helen Marlow")["password"])
    p.press("Show the screen again")
    p.wait_text("A third question", 30)


def test_14_another_account(desk):
    p = desk.program
    p.press("Helen Marlow")
    p.press("Switch account")
    p.wait_for("Add another account")
    p.press("Add another account")
    p.wait_for("Accounts on this computer", timeout=20)
    desk.sign_in("Joanne Tolley")
    assert p.shows("Ewan", exact=False) and not p.shows("Isla", exact=False)
    p.press("Joanne Tolley")
    p.press("Switch account")
    p.wait_for("Helen Marlow", ("list item",))
    p.press("Helen Marlow")
    p.wait_for("SEND Dashboard", timeout=40)
    p.wait_text("Isla", 20)
    assert not p.shows("Ewan", exact=False)


def test_15_each_account_logs_out_alone(desk):
    p = desk.program
    p.press("Helen Marlow")
    p.press("Switch account")
    p.press("Joanne Tolley")
    p.wait_text("Ewan", 40)
    p.press("Joanne Tolley")
    p.press("Logout")
    p.wait_for("Register for new account", timeout=30)
    p.press("Accounts on this computer")
    p.wait_for("Helen Marlow", ("list item",))
    assert not p.shows("Joanne Tolley", exact=False)
    p.press("Helen Marlow")
    p.wait_text("Isla", 40)
    desk.close()


def test_16_a_folder_of_its_own_is_apart(desk):
    """A program with another folder does not open the session of this one."""
    folder = os.path.join(os.environ["HOME"], "elsewhere")
    other = Program(PORTAL, ["--council", desk.demo.ready["url"], "--cache-dir", folder])
    try:
        other.wait_for("Register for new account", timeout=30)
        assert not other.shows("Accounts on this computer")
    finally:
        other.close()


def test_17_print(desk):
    """Ctrl+P prints the document that is open, whatever has the focus: here GTK's own dialog makes a file of it."""
    paper = os.path.join(os.environ["HOME"], "Documents", "output.pdf")
    p = desk.open()
    p.press("SEND Dashboard", timeout=40)
    p.press("Documents to View", exact=False, timeout=30)
    p.press("Letter: we will assess Isla", exact=False, timeout=30)
    p.wait_text(r"Page 1 of 2", 40)
    p.keys("ctrl+p")
    dialog = p.wait_for("Print", ("dialog",), timeout=30)
    click_in_corner(p.wait_for("Print to File", timeout=20))
    click_in_corner(wait(lambda: next((n for n in walk(dialog) if n.get_role_name() == "push button"
                                       and "Print" in n.get_name() and has(n, Atspi.StateType.SENSITIVE)), None),
                         20, "a way to print"))
    wait(lambda: re.search(r"Pages: +2\n", subprocess.run(["pdfinfo", paper], capture_output=True, text=True,
                                                          check=False).stdout), 30, "the printed pages")
    p.press("Return to Dashboard")
    p.press("Portal page")
    p.wait_for("SEND Dashboard")
    desk.close()


def click_in_corner(node):
    """Clicks what is in a dialog; without a window manager that is in the corner of the screen."""
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
    subprocess.run(["xdotool", "mousemove", str(place.x + place.width // 2), str(place.y + place.height // 2), "click",
                    "1"], check=True)


def test_18_help(desk):
    """F1 explains the page that is shown; the council's number is known without a connection."""
    desk.demo.end()
    p = desk.open()
    p.wait_text("Isla", 40)
    p.press("SEND Dashboard", timeout=30)
    p.wait_text("Key Dates", 30)
    p.keys("F1")
    p.wait_text("Following the plan", 10)
    p.wait_text("01632 960 400", 10)
    p.press("Writing to the council")
    p.wait_text("Choose New Message", 10)
    p.keys("ctrl+question")
    p.wait_text("Keyboard shortcuts", 10)
    desk.close()


class Running(Program):
    """A program that the bus started."""

    def __init__(self, pid):
        self.pictures = None
        self.process = type("Process", (), {"pid": pid, "poll": lambda self: None})()
        self.name = "ehcp-portal"

    def end(self):
        os.kill(self.process.pid, 15)
        wait(lambda: owner_pid() is None, 20, f"{ID} to end")
