# SPDX-License-Identifier: GPL-3.0-or-later
"""The staff's desk: templates, messages to one family and to several, the team's figures and their export. The real
program and a real council, driven by visible labels; what arrives is looked at from the family's side. In the order
of this file."""
import csv
import glob
import os
import subprocess
import time

import pytest

from walk import post
from walk.council import Caseworker, Council
from walk.driver import Program, wait
from walk.family import Family

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
JOAN, PRIYA = "joan.ellery@wyreshire.example", "priya.nair@wyreshire.example"


class Desk:
    def __init__(self, folder):
        self.folder = folder
        self.mails = post.Post()
        self.council = Council(SERVER, os.path.join(folder, "council"), self.mails.port, SOURCE)
        self.council.start()
        self.priya = Caseworker(self.council, self.mails, PRIYA)
        self.joan = Caseworker(self.council, self.mails, JOAN, "manager")
        self.isla = Family(self.council, self.mails, self.priya, "Isla", "helen.marlow@family.example")
        self.theo = Family(self.council, self.mails, self.priya, "Theo", "ruth.marlow@family.example", "Ruth",
                           "2026-11-02")
        self.program = None

    def open(self, who, email, *arguments):
        """The program of that member of staff, signed in."""
        if self.program:
            self.program.close()
        cache = os.path.join(self.folder, f"cache-{email}")
        p = self.program = Program(PORTAL, ["--council", self.council.url, "--cache-dir", cache, *arguments],
                                   pictures=os.environ.get("EHCP_DESK_PICTURES"))
        p.press("Sign in", timeout=40)
        p.type_into("Email address", email)
        p.type_into("Password", who.PASSWORD)
        p.press("Submit")
        p.wait_for("Security code")
        p.type_into("Security code", post.digits(self.mails.wait_mail(email, "code")))
        p.press("Finish")
        p.wait_for("Caseload", timeout=40)
        # Without a window manager the keys go to the window under the pointer.
        subprocess.run(["xdotool", "mousemove", "640", "500"], check=True)
        return p

    def end(self):
        if self.program:
            self.program.close()
        self.council.stop()
        self.mails.stop()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    d = Desk(str(tmp_path_factory.mktemp("desk")))
    yield d
    d.end()


@pytest.fixture(autouse=True)
def stop_after_first_failure(request):
    if request.session.testsfailed:
        pytest.skip("an earlier step failed")
    yield


def test_01_manager_keeps_a_template(desk):
    p = desk.open(desk.joan, JOAN)
    p.press("Messages")
    p.press("Templates")
    p.wait_text("New template")
    p.press("Save template")
    p.wait_text("Enter a name for the template")
    p.type_into("Name of the template", "Where we are")
    p.type_into("Subject", "Where we are with {child-forename}")
    p.type_into("Text of the template", "Dear {family}, the plan is due on {due:final-plan} and {nonsense}.")
    p.press("Save template")
    p.wait_text("There is a problem")
    p.type_into("Text of the template", "Dear {family}, the plan is due on {due:final-plan}. {caseworker}")
    p.press("Save template")
    desk.joan.wait_record("template", lambda r: r["title"] == "Where we are")
    p.wait_for("Where we are", exact=False)
    p.picture("templates")


def test_02_team_view_counts_and_exports(desk):
    p = desk.program
    p.press("Messages")  # back
    p.press("Team view")
    p.wait_text(r"1 caseworker, 0 not allocated")
    p.press("Tables")
    p.wait_text("Share of not exempt")
    p.picture("team-tables")
    p.press("Export as CSV")
    p.wait_text("is in your Downloads folder")
    path = wait(lambda: next(iter(glob.glob(os.path.expanduser("~/Downloads/sen2-*.csv"))), None), 20, "the CSV")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["forename"] for row in rows] == ["Isla", "Theo"]
    assert rows[0]["request_received"] == "2026-09-07" and rows[0]["final_plan_due"] == "2027-01-25"


def test_03_template_to_one_family(desk):
    desk.isla.send("message.send", desk.isla.case, message_type="Question about my child’s case", subject="What next?",
                   text="When do we hear from you?", composed_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    p = desk.open(desk.priya, PRIYA)
    p.press("Messages")
    p.press("Isla Marlow, What next?", exact=False)
    p.wait_text("When do we hear from you")
    p.picture("inbox")
    p.press("Reply")
    p.wait_text(r"Helen Marlow \(Mother\) will see this")
    p.type_into("Your message", "Soon: {due:review-decision}")
    p.press("Send")
    p.wait_text(r"Nothing is known for \{due:review-decision\}")
    p.type_into("Your message", "Dear {family}, by {due:final-plan}.")
    p.press("Send")
    got = desk.isla.wait_record("message", lambda r: r["from_council"])
    assert got["text"] == "Dear Mrs Helen Marlow, by Mon 25 January 2027." and got["subject"] == "What next?"


def test_04_several_families(desk):
    p = desk.program
    p.press("Write to several families")
    p.wait_text("None chosen yet")
    p.press("Choose all shown")
    p.wait_text("2 chosen")
    p.type_into("Subject", "About {child-forename}")
    p.type_into("Your message", "{child} has until {due:final-plan}.")
    p.press("Preview")
    p.wait_text("Theo Marlow has until Mon 22 March 2027")
    p.picture("several")
    p.press("Send 2 messages")
    theo = desk.theo.wait_record("message", lambda r: r["from_council"])
    isla = desk.isla.wait_record("message", lambda r: r["subject"] == "About Isla")
    assert theo["subject"] == "About Theo" and "Isla" not in theo["text"] and "Theo" not in isla["text"]
