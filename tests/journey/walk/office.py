# SPDX-License-Identifier: GPL-3.0-or-later
"""A council's office: its server and mail, and programs in which its staff, or a family, are signed in."""
import os
import subprocess
import time

from . import authenticator, post
from .council import Council
from .driver import Program, is_visible, role_of, text_of, wait, walk

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")


class Office:
    def __init__(self, folder, pictures=None):
        self.folder, self.pictures = folder, pictures
        self.mails = post.Post()
        self.council = Council(SERVER, os.path.join(folder, "council"), self.mails.port, SOURCE)
        self.council.start()
        self.programs = []

    def open(self, email, password, app=None, session=None, arguments=()):
        """The program of that person, signed in; staff have their authenticator app in `app`."""
        cache = os.path.join(self.folder, f"cache-{email}")
        p = Program(PORTAL, ["--council", self.council.url, "--cache-dir", cache, *arguments],
                    session.env if session else None, self.pictures)
        self.programs.append(p)
        p.press("Sign in", timeout=60)
        p.type_into("Email address", email)
        p.type_into("Password", password)
        p.press("Submit")
        p.wait_for("Security code", timeout=40)
        p.type_into("Security code", post.digits(self.mails.wait_mail(email, "code")))
        p.press("Finish")
        if app:
            authenticator.answer(p, app)
            p.wait_for("Caseload", timeout=60)
        return p

    def open_staff(self, who, session=None):
        return self.open(who.email, who.PASSWORD, who.app, session)

    def close(self, program):
        self.programs.remove(program)
        program.close()

    def end(self):
        for program in self.programs:
            program.close()
        self.council.stop()
        self.mails.stop()


def focus(program):
    """Two programs share the keyboard, and there is no window manager."""
    window = wait(program.window, 10, "a window")
    subprocess.run(["xdotool", "windowraise", window, "windowfocus", window], check=True)
    time.sleep(0.3)


def choices(node):
    """The texts of a drop-down's open list, in order; none while it is shut. What it shows shut is a list item too."""
    return [" ".join(text_of(part) for part in walk(item)) for item in walk(node)
            if role_of(item) == "list item" and item.get_parent().get_parent().get_role_name() == "scroll pane"
            and is_visible(item)]


def choose(program, row, choice, tries=4):
    """One of a row's drop-down, by keyboard: its list is opened, and waited for before the keys go into it."""
    for _ in range(tries):
        node = program.wait_for(row, ("combo box",), enabled=True)
        focus(program)
        program.click(node)
        try:
            names = wait(lambda: choices(node), 5, f"the list of {row!r}")
        except AssertionError:
            continue  # the press went elsewhere, as onto what a toast covered
        number = next((n for n, name in enumerate(names) if choice in name), None)
        assert number is not None, f"{choice!r} is not among the choices of {row!r}: {names}"
        program.keys("Home", *["Down"] * number, "Return")
        try:
            wait(lambda: not choices(node), 10, "its list to shut")
            wait(lambda: any(choice in text_of(part) and is_visible(part) for part in walk(node)), 5, "the choice")
            return
        except AssertionError:
            if choices(node):
                program.keys("Escape")
    raise AssertionError(f"{choice!r} could not be chosen in {row!r}\n" + "\n".join(program.describe()))


def focus_pointer():
    """Without a window manager the keys go to the window under the pointer."""
    subprocess.run(["xdotool", "mousemove", "640", "500"], check=True)


def open_case(program, child):
    """From anywhere: back to the caseload, search, Enter."""
    for _ in range(6):
        if program.find("Caseload", ("toggle button",)) and program.find("New case", exact=False):
            break
        program.keys("Escape")
        time.sleep(0.7)
    program.keys("ctrl+f")
    time.sleep(0.3)
    program.keys("ctrl+a")
    subprocess.run(["xdotool", "type", "--delay", "30", child], check=True)
    time.sleep(1)
    program.keys("Return")
    program.wait_for("Publish documents", timeout=30, exact=False)


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
