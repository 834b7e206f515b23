# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in and the dashboard by the keyboard alone: no press through assistive technology, no mouse. What has the
focus is read from the tree; GTK 4.8 says it of everything but a field in a boxed list, which is told by what arrives
in it."""
import subprocess
import time

import pytest

from desk import Desk
from walk import post
from walk.driver import Atspi, has, is_visible
from walk.steps import stop_after_first_failure  # noqa: F401

MOST_TABS = 80


@pytest.fixture(scope="module")
def desk():
    d = Desk()
    yield d
    d.end()


def keys(*names):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)
    time.sleep(0.15)


def write(text):
    subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)
    time.sleep(0.3)


def focused(p):
    for node in p.nodes():
        if has(node, Atspi.StateType.FOCUSED) and is_visible(node):
            return node
    return None


def tab_to(p, name, exact=True, back=False):
    """Presses Tab until the control of that name has the focus."""
    seen = []
    for _ in range(MOST_TABS):
        node = focused(p)
        own = (node.get_name() or "") if node is not None else ""
        if own == name or (not exact and name in own):
            return node
        seen.append(own)
        keys("shift+Tab" if back else "Tab")
    raise AssertionError(f"{name!r} is not reached by Tab; there were {seen}")


def test_01_sign_in(desk):
    p = desk.open_at_council()
    p.wait_for("Register for new account", timeout=30)
    person = desk.demo.person("Helen Marlow")
    tab_to(p, "Sign in")
    keys("Return")
    p.wait_for("Submit", timeout=20)
    time.sleep(0.5)
    write(person["email"])
    assert p.text("Email address") == person["email"], "the first field has the focus"
    keys("Tab")
    write(person["password"])
    desk.demo.forget_mails()
    keys("Return")
    p.wait_for("Security code", timeout=60)
    p.wait_text("We sent a code", 30)
    code = post.digits(desk.demo.wait_mail(person["email"], "sign-in-code"))
    write(code)
    keys("Return")
    p.wait_for("SEND Dashboard", timeout=60)


def test_02_dashboard(desk):
    p = desk.program
    tab_to(p, "SEND Dashboard")
    keys("Return")
    p.wait_text("Key Dates", 30)
    # The timeline is one stop; the arrows walk its stages.
    tab_to(p, "Stage", exact=False)
    first = focused(p).get_name()
    keys("Right")
    assert focused(p).get_name() != first and "Stage" in focused(p).get_name()
