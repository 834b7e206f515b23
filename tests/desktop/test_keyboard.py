# SPDX-License-Identifier: GPL-3.0-or-later
"""The family's journey by the keyboard alone, from signing in to logging out: no press through assistive technology, no
mouse. What has the focus is read from the tree; GTK 4.8 says it of everything but a field in a boxed list, which is told
by what arrives in it. The steps build on each other."""
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


def back(p, name):
    """Alt+Left, to the screen that has a control or text of that name."""
    keys("alt+Left")
    p.wait_for(name, timeout=20, exact=False)


def test_03_a_message(desk):
    """Written and sent without leaving the keys; then found, opened and closed."""
    p = desk.program
    tab_to(p, "Messages", exact=False)
    keys("Return")
    p.wait_for("Search messages", timeout=30)
    keys("ctrl+n")
    p.wait_for("Message Type", timeout=20, exact=False)
    time.sleep(0.5)
    write("By the keys")
    assert p.text("Subject") == "By the keys", "the subject has the focus"
    tab_to(p, "Message")
    write("Not one click.")
    assert p.text("Message") == "Not one click."
    keys("ctrl+Return")
    p.wait_text("Waiting to be sent|Sent", 20)
    p.wait_for("Search messages", timeout=20)
    sent = desk.caseworker().wait_record("message", lambda r: r["subject"] == "By the keys", 60)
    assert sent["text"] == "Not one click.", "Ctrl+Return is not a new line"
    tab_to(p, "Sent Items", exact=False)
    keys("space")
    p.wait_text("By the keys", 20)
    tab_to(p, "By the keys", exact=False)
    keys("Return")
    p.wait_text("Not one click", 20)
    back(p, "Key Dates")


def test_04_a_document(desk):
    """Read, searched in and left again: the first Esc closes the search, the next the document's page."""
    p = desk.program
    tab_to(p, "Documents to View", exact=False)
    keys("Return")
    p.wait_for("Search documents", timeout=30)
    tab_to(p, "Letter: we will assess Isla", exact=False)
    keys("Return")
    p.wait_text(r"Page 1 of \d+", 40)
    tab_to(p, "Find in this document")  # in the list, Ctrl+F would look in the list
    keys("Return")
    p.wait_for("Close the search", timeout=20)
    time.sleep(0.3)
    write("Isla")
    p.wait_text(r"1 of \d+", 20)
    keys("Return")
    p.wait_text(r"2 of \d+", 20)
    keys("Escape")
    p.wait_gone("Close the search")
    p.wait_text(r"Page \d+ of \d+", 10)
    keys("ctrl+f")
    p.wait_for("Close the search", timeout=20)
    keys("Escape")
    p.wait_gone("Close the search")
    keys("Escape")
    p.wait_for("Key Dates", timeout=20)


def choices(node):
    """The question that a choice belongs to: the list that it stands in."""
    while node is not None and node.get_role_name() != "list":
        node = node.get_parent()
    return node.get_name() if node is not None else None


def answer_by_keys(p, words):
    """Tab by Tab through a page of a form: the first choice of each question, words in each text; then `Next`."""
    answered = set()
    for _ in range(MOST_TABS):
        node = focused(p)
        role, name = (node.get_role_name(), node.get_name() or "") if node is not None else ("", "")
        if name == "Next":
            keys("Return")
            return
        if role in ("text", "entry") and name not in answered:
            write(words)
            answered.add(name)
        elif role in ("check box", "radio button", "list item") and choices(node) not in answered:
            keys("space")
            answered.add(choices(node))
        keys("Tab")
    raise AssertionError(f"`Next` is not reached by Tab; answered were {answered}")


def test_05_a_form(desk):
    """From the list of forms to the reference number."""
    p = desk.program
    tab_to(p, "Actions to Complete", exact=False)
    keys("Return")
    p.wait_text("to complete", 30)
    tab_to(p, "Your views as a parent", exact=False)
    keys("Return")
    p.wait_text(r"parts? completed", 30)
    tab_to(p, "About your child", exact=False)
    keys("Return")
    part = 1
    while True:
        last = int(p.wait_text(rf"Part {part} of (\d+)", 20).group(1))
        answer_by_keys(p, "A calm place to read.")
        if part == last:
            break
        part += 1
    p.wait_text("Choose an answer to change it", 20)
    tab_to(p, "Submit", back=True)
    keys("shift+Tab", "space")
    tab_to(p, "Submit")
    keys("Return")
    reference = p.wait_text(r"(WY-F-\d+)", 40).group(1)
    form = desk.caseworker().wait_record("form", lambda r: r["state"] == "submitted", 40)
    assert form["reference"] == reference
    tab_to(p, "Return to Dashboard")
    keys("Return")
    p.wait_for("Key Dates", timeout=20)


def test_06_help_and_shortcuts(desk):
    """F1 and Ctrl+? lead there from anywhere, Esc comes back."""
    p = desk.program
    keys("F1")
    p.wait_for("Topics", ("list",), timeout=20)
    p.wait_gone("Key Dates")
    time.sleep(0.5)  # a page that is still sliding in has no focus yet
    keys("Escape")
    p.wait_for("Key Dates", timeout=20)
    keys("ctrl+question")
    p.wait_for("Keyboard shortcuts", timeout=20)
    time.sleep(0.5)
    keys("Escape")
    p.wait_for("Key Dates", timeout=20)


def choose_in_menu(p, name):
    """Opens the person's menu and walks down it."""
    tab_to(p, "Helen Marlow")
    keys("Return")
    p.wait_for(name, timeout=10)
    for _ in range(12):
        node = focused(p)
        if node is not None and node.get_name() == name:
            keys("Return")
            return
        keys("Down")
    raise AssertionError(f"{name!r} is not reached in the menu")


def test_07_the_account(desk):
    p = desk.program
    choose_in_menu(p, "Account details")
    p.wait_for("Telephone", timeout=30)
    tab_to(p, "Save")
    # Before it stand the app and the address to sign in with, then this field.
    keys("shift+Tab", "shift+Tab", "shift+Tab", "ctrl+a")
    write("WY4 2QS")
    assert p.text("Postcode") == "WY4 2QS"
    tab_to(p, "Save")
    keys("Return")
    p.wait_text("saved", 20)
    p.wait_for("Key Dates", timeout=20)
    # While the toast is there, Esc is still the page's.
    keys("F1")
    p.wait_for("Topics", ("list",), timeout=20)
    p.wait_gone("Key Dates")
    keys("Escape")
    p.wait_for("Key Dates", timeout=20)


def test_08_log_out(desk):
    p = desk.program
    choose_in_menu(p, "Logout")
    p.wait_for("Register for new account", timeout=40)
