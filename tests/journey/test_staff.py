# SPDX-License-Identifier: GPL-3.0-or-later
"""The caseworker's day, points 1 to 5 and 10: two real programs at once, a caseworker's and a family's, on a real
council's server. The steps build on each other and run in the order of this file."""
import datetime
import glob
import os
import sqlite3
import time

import pytest

from walk import authenticator, post
from walk.council import Caseworker, Council
from walk.driver import Program, is_visible, text_of, wait
from walk.office import focus
from walk.steps import stop_after_first_failure  # noqa: F401
from walk.session import Session

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
PICTURES = os.environ.get("EHCP_PICTURES")
FAMILY = "helen.marlow@family.example"
PASSWORD = "orchard gate at seven"
TODAY = datetime.date.today()


def typed(offset):
    """A day as people type it."""
    day = TODAY + datetime.timedelta(days=offset)
    return f"{day.day}/{day.month}/{day.year}"


class Walk:
    """What the steps share."""

    def __init__(self, folder):
        self.mails = post.Post()
        self.council = Council(SERVER, os.path.join(folder, "council"), self.mails.port, SOURCE)
        self.council.start()
        self.priya = Caseworker(self.council, self.mails)
        self.folder = folder
        self.staff = self.family = None
        self.home = Session()
        self.delays = {}

    def open(self, name, session=None):
        return Program(PORTAL, ["--council", self.council.url, "--cache-dir", os.path.join(self.folder, name)],
                       session.env if session else None, PICTURES)

    def sign_in(self, program, email, password):
        program.press("Sign in")
        program.type_into("Email address", email)
        program.type_into("Password", password)
        program.press("Submit")
        program.wait_for("Security code")
        program.type_into("Security code", post.digits(self.mails.wait_mail(email, "code")))
        program.press("Finish")

    def register_family(self):
        sent = self.council.call("POST", "/v1/registrations", {
            "forename": "Helen", "surname": "Marlow", "date_of_birth": "1986-06-14", "telephone": "01632 960 733",
            "address": "18 Orchard Row, Millbrook", "postcode": "WY4 2QR", "relationship": "Mother", "email": FAMILY,
            "password": PASSWORD})
        code = post.digits(self.mails.wait_mail(FAMILY, "code"))
        self.council.call("POST", f"/v1/registrations/{sent['id']}/verify", {"code": code})

    def time_until(self, what, condition):
        """From the act to the other program's screen; told at the end."""
        begun = time.monotonic()
        condition()
        self.delays[what] = time.monotonic() - begun

    def end(self):
        for program in (self.staff, self.family):
            if program:
                program.close()
        self.home.end()
        self.council.stop()
        self.mails.stop()
        for what, seconds in self.delays.items():
            print(f"{what}: {seconds:.2f} s")


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    w = Walk(str(tmp_path_factory.mktemp("staff")))
    yield w
    w.end()


def test_01_caseworker_signs_in_to_the_caseload(walk):
    walk.staff = p = walk.open("office")
    walk.sign_in(p, walk.priya.email, walk.priya.PASSWORD)
    authenticator.answer(p, walk.priya.app)
    p.wait_text("No cases yet", 30)
    p.wait_for("Caseload")


def test_02_new_case(walk):
    p = walk.staff
    p.press("New case")
    p.wait_for("Child’s forename")
    p.type_into("Child’s forename", "Isla")
    p.type_into("Date of birth (day/month/year)", "14/3/2018")
    p.type_into("Request came in on (day/month/year)", typed(3))
    p.press("Open the case")
    p.wait_text("There is a problem")
    p.wait_text("Enter the child’s surname")
    p.wait_text("This day is in the future")
    assert p.text("Child’s forename") == "Isla"
    p.type_into("Child’s surname", "Marlow")
    p.type_into("School or setting", "Oakmere Primary School")
    p.type_into("Request came in on (day/month/year)", typed(-36))
    p.press("Open the case")
    p.wait_text("Isla Marlow, WY-", 30)
    walk.case = walk.priya.wait_record("case", lambda r: r["child_forename"] == "Isla")["id"]
    for forename, surname in (("Theo", "Linton"), ("Béa", "Larkwood")):
        walk.priya.send("case.open", child_forename=forename, child_surname=surname, date_of_birth="2017-05-04",
                        received=(TODAY - datetime.timedelta(days=50)).isoformat())
    p.wait_text("Béa Larkwood, WY-", 30)


def test_03_search_and_open_by_keyboard(walk):
    p = walk.staff
    p.wait_for("Late 2", timeout=30)
    p.press("Late 2")
    p.wait_gone("Isla Marlow")
    p.press("All 3")
    p.type_into("Search", "bea lark")
    p.wait_gone("Isla Marlow")
    p.wait_text("1 case, 1 late")
    p.type_into("Search", "nobody of that name")
    p.wait_text("No case fits")
    p.press("Show all cases")
    p.shoot("24-caseload-found")
    sort_by_keyboard(p)
    p.type_into("Search", "isla")
    p.wait_text("1 case, ")
    focus(p)
    p.keys("ctrl+f")
    p.keys("Return")
    p.wait_for("People and access")
    p.wait_text("Week 6 of 20")
    p.keys("Escape")
    p.wait_gone("People and access")
    p.keys("Return")  # the row that was left
    p.wait_for("People and access")
    p.wait_text("Week 6 of 20")
    p.keys("Escape")
    p.wait_gone("People and access")
    p.keys("Escape")
    p.wait_text("3 cases")
    p.type_into("Search", "isla")
    p.keys("ctrl+f", "Return")
    p.wait_for("People and access")


def children(p):
    """As the rows stand."""
    return [text_of(n).split(",")[0] for n in p.nodes() if ", WY-" in text_of(n) and is_visible(n)]


def sort_by_keyboard(p):
    """The heads of the columns hear the mouse alone; Ctrl+O is said at the foot."""
    p.wait_text(r"Ctrl\+O sorts")
    focus(p)
    p.keys("ctrl+o")
    time.sleep(0.5)
    p.keys("Home", "Down", "Return")
    by_name = ["Béa Larkwood", "Theo Linton", "Isla Marlow"]
    wait(lambda: children(p) == by_name, 20, f"the rows by name, not {children(p)}")
    p.press("Turn the order round")
    wait(lambda: children(p) == by_name[::-1], 20, f"the rows the other way round, not {children(p)}")


def test_04_allocate(walk):
    p = walk.staff
    p.wait_text("Nobody has this case yet")
    p.press("Allocate")
    p.wait_text("Who takes this case")
    p.press("Allocate")
    p.wait_text("Caseworker: Priya Nair", 30)


def fill_in(p, forename, surname, email, relationship):
    for label, text in (("Forename", forename), ("Surname", surname), ("Email address", email),
                        ("Relationship to the child", relationship)):
        p.type_into(label, text)


def test_05_invite(walk):
    p = walk.staff
    p.press("Invite")
    p.wait_for("Forename")
    fill_in(p, "Helen", "Marlow", "helen.marlow", "")
    p.press("Invite")
    p.wait_text("There is a problem")
    p.wait_text("Enter a full e-mail address")
    p.wait_text("Enter the relationship to the child")
    assert p.text("Surname") == "Marlow"
    fill_in(p, "Helen", "Marlow", FAMILY, "Mother")
    p.press("Invite")
    p.wait_for("People and access", timeout=30)
    p.wait_text("Invited")
    walk.code = post.unique_code(walk.mails.wait_mail(FAMILY, "Your unique code"))


def test_06_nobody_is_invited_twice(walk):
    p = walk.staff
    p.press("Invite")
    p.wait_for("Forename")
    fill_in(p, "Martin", "Marlow", FAMILY.upper(), "Father")
    p.press("Invite")
    p.wait_text("Helen Marlow has this e-mail address on this case already")
    fill_in(p, "helen", "marlow", "other@family.example", "Mother")
    p.press("Invite")
    p.wait_text("Helen Marlow is on this case already")
    assert p.text("Email address") == "other@family.example"
    p.press("Case")
    p.wait_for("People and access")


def test_07_verify_identity(walk):
    p = walk.staff
    p.press("Verify identity")
    p.wait_for("Unique code")
    p.type_into("Unique code", "K7QM")
    p.press("Verify identity")
    p.wait_text("A unique code has 8 letters and digits")
    p.wait_text("Enter what you checked")
    p.type_into("What was checked", "Passport, and called back on a known number")
    p.type_into("Unique code", "AAAA-AAAA")
    p.press("Verify identity")
    p.wait_text("This is not the code that was sent to this person", 30)
    assert p.text("What was checked") == "Passport, and called back on a known number"
    p.type_into("Unique code", walk.code.lower())
    p.press("Verify identity")
    p.wait_for("People and access", timeout=30)
    p.wait_text("Verified")
    walk.mails.wait_mail(FAMILY, "Accept Portal Invitation")


def test_08_the_family_accepts_beside_it(walk):
    walk.register_family()
    walk.family = f = walk.open("home", walk.home)
    walk.sign_in(f, FAMILY, PASSWORD)
    f.wait_text("invitation", 30)
    f.press("I have an invitation")
    f.wait_for("Confirm")
    f.press("Yes")
    f.press("Confirm")
    f.wait_for("Submit")
    f.press("Submit")
    walk.time_until("the family accepts, the caseworker's open case shows it",
                    lambda: walk.staff.wait_text("Accepted", 30))


def test_09_activate(walk):
    f = walk.family
    if f.find("Portal page", ("push button",)):
        f.press("Portal page")
    walk.staff.press("Activate")
    walk.time_until("activated, the family's portal page has its dashboard",
                    lambda: f.wait_for("SEND Dashboard", timeout=30))
    walk.staff.wait_text("Active")
    walk.staff.wait_text("What is for all adults is seen by Helen Marlow")
    f.press("SEND Dashboard")
    f.wait_for("Statutory Timescales", exact=False)


def test_10_move_the_case_on(walk):
    p, f = walk.staff, walk.family
    p.wait_text("What this sets")
    p.type_into("On what date", typed(2))
    p.press("Move the case on")
    p.wait_text("There is a problem")
    assert p.text("On what date") == typed(2)
    p.type_into("On what date", "yesterday")
    p.press("Move the case on")
    p.wait_text("Enter day, month and year")
    p.type_into("On what date", typed(-1))
    p.wait_text("Done by this. 6 weeks from")
    p.wait_text("Unchanged. 20 weeks from")
    p.shoot("25-move-on")
    p.press("Move the case on")
    walk.time_until("moved on, the family's dashboard follows", lambda: f.wait_text("Gathering advice.*|Answered .*yes", 30))
    p.wait_text("Decision whether to assess sent: Yes", 30)


def test_11_correct(walk):
    p = walk.staff
    p.press("Correct")
    p.wait_text("Correct an entry")
    p.type_into("On what date", typed(-2))
    p.press("Correct the entry")
    p.wait_text("Enter why the entry is corrected")
    p.type_into("Reason", "The letter went out a day before")
    p.press("Correct the entry")
    p.wait_text("The letter went out a day before", 30)
    p.wait_text("Correction")


def test_12_somebody_else_was_first(walk):
    """What was typed is kept, nothing is overwritten, and both are seen."""
    p = walk.staff
    p.wait_for("Move the case on", ("push button", "button"))
    p.type_into("Adviser or school", "School")
    p.type_into("Note", "By telephone")
    walk.priya.send("event.record", walk.case, what="advice-asked", date=TODAY.isoformat(), value="Health")
    p.wait_text("Somebody has moved this case on since you began", 30)
    p.wait_text("Advice asked for: Health.*entered by Priya Nair")
    p.wait_text("Advice received: School")
    p.shoot("26-somebody-was-first")
    p.press("Enter mine as well")
    assert p.text("Note") == "By telephone"
    p.wait_text("advice has not been asked|no advice was asked|asked", 10)
    p.press("Move the case on")
    walk.priya.wait_record("event", lambda r: r["what"] == "advice-received" and r.get("note") == "By telephone")


def test_13_exemption(walk):
    p = walk.staff
    p.press("Record an exemption")
    p.wait_for("Which limit", exact=False)
    p.press("Record the exemption")
    p.wait_text("There is a problem")
    p.wait_text("Enter why the limit could not be kept")
    p.press("Cancel")
    p.wait_for("Record an exemption")


def test_14_note(walk):
    p, f = walk.staff, walk.family
    p.type_into("New note, seen by staff alone", "Prefers calls after 3 pm.")
    p.press("Add note")
    p.wait_text("Prefers calls after 3 pm.", 30)
    walk.priya.wait_record("note", lambda r: r["text"] == "Prefers calls after 3 pm.")
    assert not any("after 3 pm" in line for line in f.describe())


def test_15_the_other_way_round(walk):
    """A message of the family is on the caseworker's open case at once."""
    f = walk.family
    f.press("Messages", exact=False)
    f.press("New Message")
    f.type_into("Subject", "A question")
    f.type_into("Message", "When will we hear from you?")
    f.press("Send")
    walk.time_until("the family writes (10 s to undo), the caseworker's open case counts it",
                    lambda: walk.staff.wait_text(r"Messages \(1 new\)", 40))


def count_cached(walk, name):
    paths = glob.glob(os.path.join(walk.folder, name, "**", "cache.sqlite"), recursive=True)
    total = 0
    for path in paths:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20) as database:
            total += database.execute("SELECT count(*) FROM record WHERE case_id = ?", (walk.case,)).fetchone()[0]
    assert paths
    return total


def test_16_withdraw_access(walk):
    p, f = walk.staff, walk.family
    assert count_cached(walk, "home") > 0
    p.press("Withdraw access")
    p.wait_text("Helen Marlow no longer sees this case")
    p.wait_text("The copy on their computer is removed at its next contact")
    p.shoot("27-withdraw-access")
    p.type_into("Reason, for the history", "Asked for it")
    p.press("Withdraw access")
    p.wait_for("People and access", timeout=30)
    p.wait_text("Withdrawn")
    wait(lambda: not any("Isla" in line for line in f.describe() if "SEND Dashboard" in line), 30, "the case to go")
    wait(lambda: count_cached(walk, "home") == 0, 30, "the family's offline copy to go")
    assert count_cached(walk, "office") > 0
