# SPDX-License-Identifier: GPL-3.0-or-later
"""The office: a staff account from its link to its end, a case opened from a request that came in, an exemption that the
family's open dashboard follows, the history as a file. Two real programs on a real council, driven by visible labels. In
the order of this file."""
import csv
import datetime
import glob
import json
import os
import re
import time

import pytest

from walk import authenticator, post
from walk.council import Caseworker, Refused
from walk.driver import Program, wait
from walk.family import PASSWORD, Applicant
from walk.office import PORTAL, Office, choose, focus, focus_pointer, now, open_case
from walk.session import Session
from walk.steps import stop_after_first_failure  # noqa: F401

PRIYA, HELEN = "priya.nair@wyreshire.example", "helen.marlow@family.example"
TODAY = datetime.date.today()
ANSWERS = {
    "child-forename": "Noah", "child-surname": "Marlow", "child-birth": "2021-05-04",
    "child-address": "18 Orchard Row\n\nMillbrook\nWY4 2QR", "relationship": "Mother", "parental-responsibility": "yes",
    "other-parent": "no", "at-school": "no", "not-at-school": "He is at home with me.", "needs-kinds": "talking",
    "needs-words": "Noah cannot yet say when he is in pain.", "help-now": "A picture book.", "professionals": "no",
    "share-consent": "yes", "declaration": "yes",
}


def typed(offset):
    """A day as people type it."""
    day = TODAY + datetime.timedelta(days=offset)
    return f"{day.day}/{day.month}/{day.year}"


class Linked(Caseworker):
    """The account of whom the program has set up: the same password and app, by the public API."""

    def __init__(self, council, mails, email, app):
        self.council, self.mails, self.email, self.app = council, mails, email, app
        while app.last + 1 > int(time.time()) // 30 + 1:
            time.sleep(1)
        self.sign_in()


class Walk(Office):
    def __init__(self, folder):
        super().__init__(folder, os.environ.get("EHCP_PICTURES"))
        self.helen = Applicant(self.council, self.mails, HELEN, "Helen")
        self.home = Session()
        self.delays = {}

    def time_until(self, what, condition):
        """From the act to the other program's screen; told at the end."""
        begun = time.monotonic()
        condition()
        self.delays[what] = time.monotonic() - begun

    def end(self):
        super().end()
        self.home.end()
        for what, seconds in self.delays.items():
            print(f"{what}: {seconds:.2f} s")


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    w = Walk(str(tmp_path_factory.mktemp("office")))
    yield w
    w.end()


def test_01_one_use_link_and_password(walk):
    """The administrator's link leads through the council's page into the program."""
    out = walk.council.run("staff-add", "--role", "caseworker", "--email", PRIYA, "--forename", "Priya", "--surname", "Nair",
                           "--team", "North")
    page = walk.council.call("GET", "/staff/" + re.search(r"/staff/(\S+)", out).group(1)).decode()
    uri = re.search(r'ehcp-portal:staff\?[^"]+', page).group(0).replace("&amp;", "&")
    walk.priya = p = Program(PORTAL, ["--council", walk.council.url, "--cache-dir", os.path.join(walk.folder, "office"), uri],
                             pictures=walk.pictures)
    walk.programs.append(p)
    p.wait_text("It works once", 40)
    p.type_into("New password", "seven")
    p.press("Finish")
    p.wait_text("There is a problem")
    p.shoot("41b-staff-password")
    for field in ("New password", "Confirm new password"):
        p.type_into(field, Caseworker.PASSWORD)
    p.press("Finish")
    p.wait_for("Submit", timeout=40)
    with pytest.raises(Refused):
        walk.council.call("POST", "/v1/staff-links/finish", {"code": uri.rsplit("=", 1)[1], "password": "another quiet lamp 2"})


def test_02_authenticator_app(walk):
    p = walk.priya
    p.type_into("Email address", PRIYA)
    p.type_into("Password", Caseworker.PASSWORD)
    p.press("Submit")
    p.wait_for("Security code", timeout=40)
    p.type_into("Security code", post.digits(walk.mails.wait_mail(PRIYA, "code")))
    p.press("Finish")
    p.wait_text("Set up your authenticator app", 40)
    p.wait_for("QR code of the key; the key stands below as text")
    key = p.wait_text(r"^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$").group(0)
    p.shoot("41-authenticator")
    walk.app = authenticator.Authenticator(key.replace(" ", ""))
    p.type_into("Authenticator code", "12345")
    p.press("Finish")
    p.wait_text("it has 6 digits")
    p.type_into("Authenticator code", walk.app.code(int(time.time()) // 30 - 900))
    p.press("Finish")
    p.wait_text("That is not the code that the app shows now", 20)
    authenticator.answer(p, walk.app)
    p.wait_text("No cases yet", 40)
    assert not any(key in line for line in p.describe())


def test_03_a_request_comes_in(walk):
    """Its place on the caseload comes by itself; the case is opened from it with nothing typed twice."""
    p = walk.priya
    walk.helen.sign_in()
    walk.helen.send("assessment.request", definition="request-assessment@1", answers=json.dumps(ANSWERS), composed_at=now())
    p.press("1 request came in", timeout=30)
    p.press("Noah Marlow", exact=False)
    p.wait_text(r"Helen Marlow \(Mother\) asked for this assessment with the program, as WY-R-00001")
    p.wait_text("Noah cannot yet say when he is in pain")
    assert p.text("Child’s forename") == "Noah" and p.text("Date of birth (day/month/year)") == "4/5/2021"
    p.shoot("42-request")
    p.type_into("Request came in on (day/month/year)", typed(1))
    p.press("Open the case")
    p.wait_text("This day is in the future")
    p.type_into("Request came in on (day/month/year)", typed(-50))
    p.type_into("What was checked about the sender", "Known to the health visitor")
    p.press("Open the case")
    p.wait_text("Noah Marlow, WY-", 30)
    p.wait_gone("1 request came in")


def test_04_its_sender_accepts_and_is_activated(walk):
    p = walk.priya
    walk.mails.wait_mail(HELEN, "Accept Portal Invitation")
    focus_pointer()
    open_case(p, "noah")
    p.press("Allocate")
    p.wait_text("Who takes this case")
    p.press("Allocate")
    p.wait_text("Caseworker: Priya Nair", 30)
    child = walk.helen.wait_record("invitation-child", lambda r: True)
    walk.helen.send("invitation.answer", invitation=child["invitation"], accept=True, children=[child["id"]])
    p.wait_text("Accepted", 30)
    p.press("Activate", timeout=30)
    p.wait_text("Active", 30)
    walk.family = f = walk.open(HELEN, PASSWORD, session=walk.home)
    f.press("SEND Dashboard", timeout=60)
    f.wait_text("Key Dates", 40)
    f.wait_text("8 days late", 20)


def test_05_exemption(walk):
    """A ground that does not hold is refused at its place; one that does excuses at once, on both screens."""
    p, f = walk.priya, walk.family
    p.press("Record an exemption")
    p.wait_for("Which limit", exact=False)
    p.type_into("From", typed(-30))
    p.type_into("Reason", "Noah was in hospital")
    choose(p, "Ground", "away from the area")
    p.press("Record the exemption")
    p.wait_text("There is a problem", 20)
    assert p.text("Reason") == "Noah was in hospital"
    choose(p, "Ground", "exceptional personal circumstances")
    p.shoot("43-exemption")
    p.press("Record the exemption")
    walk.time_until("an exemption, the family's dashboard says why", lambda: f.wait_text("excused: Noah was in hospital", 30))
    f.wait_text("Decision: will we assess.*Excused", 20)
    p.wait_text("Excused", 30)
    f.shoot("43b-dashboard-excused")


def test_06_history_as_a_file(walk):
    p = walk.priya
    focus(p)
    p.press("History")
    p.wait_text(r"[1-9][0-9]* entries", 40)
    p.wait_text(r"Decision: will we assess\? \(exceptional personal circumstances")
    p.shoot("44-history")
    p.type_into("Search in the history", "noah")
    p.wait_text("of .* entries")
    p.type_into("Search in the history", "helen")
    p.wait_text("Access activated: Helen Marlow")
    p.press("Export as CSV")
    p.wait_text("History WY-.*is in your Downloads folder|Saved to Downloads as History WY-", 20)
    path = wait(lambda: next(iter(glob.glob(os.path.expanduser("~/Downloads/History WY-*.csv"))), None), 20, "the CSV")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = [row["Kind"] for row in rows]
    assert "access.activate" in kinds and "exemption.record" not in kinds, kinds
    assert all("helen" in " ".join(row.values()).lower() for row in rows)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row["Time (UTC)"]) for row in rows)


def sign_in_again(walk, p):
    """The address is there still; afterwards the screen is the one where the session ended."""
    p.wait_for("Submit")
    assert "Marlow" not in "".join(p.describe()), p.describe()
    p.type_into("Password", Caseworker.PASSWORD)
    p.press("Submit")
    p.wait_for("Security code", timeout=40)
    p.type_into("Security code", post.digits(walk.mails.wait_mail(PRIYA, "code")))
    p.press("Finish")
    authenticator.answer(p, walk.app)
    p.wait_text("Access activated: Helen Marlow", 60)
    assert p.text("Search in the history") == "helen"


def test_07_sessions_end(walk):
    """After 30 minutes with nobody there, with a warning 2 minutes before; after 12 hours in all. Nothing typed is lost."""
    p = walk.priya
    for _ in range(5):  # what was pressed until now is told with the next request, and counts
        walk.council.let_sessions_age("last_used_at", 29 * 60)
        try:
            p.wait_text("You will be signed out at", 20)
            break
        except AssertionError:
            continue
    p.wait_text("You will be signed out at", 1)
    p.shoot("44b-session-about-to-end")
    focus(p)
    p.keys("shift")
    p.wait_gone("You will be signed out at", 30, exact=False)
    for column, seconds in (("last_used_at", 30 * 60), ("expires_at", 12 * 3600)):
        walk.council.let_sessions_age(column, seconds)
        p.wait_text("You have been signed out", 90)
        sign_in_again(walk, p)


def kept(walk):
    """The files of the caseworker's offline copy, which has a folder; what is remembered of the window is no part of it."""
    return glob.glob(os.path.join(walk.folder, "office", "*", "*"))


def test_08_disabled_at_once(walk):
    """Who is disabled is out of an open program at once, nothing stays on the computer, and they do not come in again."""
    p = walk.priya
    api = Linked(walk.council, walk.mails, PRIYA, walk.app)
    assert kept(walk)
    walk.council.run("staff-disable", "--email", PRIYA)
    walk.time_until("staff-disable, the open program is out", lambda: p.wait_text("Your council has ended this account", 10))
    with pytest.raises(Refused) as refused:
        api.records()
    assert refused.value.status == 401 and json.loads(refused.value.body)["code"] == "account-disabled"
    p.wait_for("Register for new account")
    assert "Marlow" not in "".join(p.describe()), p.describe()
    p.shoot("45-account-ended")
    wait(lambda: not kept(walk), 20, "the offline copy to go")
    p.keys("alt+Left")
    time.sleep(1)
    p.wait_for("Register for new account")
    assert "Marlow" not in "".join(p.describe()), "Back leads to what is for staff alone"
    p.press("Sign in")
    p.wait_for("Submit")
    p.type_into("Email address", PRIYA)
    p.type_into("Password", Caseworker.PASSWORD)
    p.press("Submit")
    p.wait_text("There is a problem", 30)
