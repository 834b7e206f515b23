# SPDX-License-Identifier: GPL-3.0-or-later
"""The staff's desk: messages with templates, letters and files, forms, the team's figures. The real program and a
real council, driven by visible labels; what arrives is looked at from the family's side. In the order of this file."""
import csv
import glob
import json
import os
import subprocess
import time

import pytest

from walk.council import Caseworker
from walk.driver import wait
from walk.family import Family
from walk.forms import choose_file
from walk.office import BUILD, Office, focus_pointer, now, open_case
from walk.steps import stop_after_first_failure  # noqa: F401

JOAN, PRIYA = "joan.ellery@wyreshire.example", "priya.nair@wyreshire.example"


class Desk(Office):
    def __init__(self, folder):
        super().__init__(folder, os.environ.get("EHCP_PICTURES"))
        self.priya = Caseworker(self.council, self.mails, PRIYA)
        self.joan = Caseworker(self.council, self.mails, JOAN, "manager")
        self.isla = Family(self.council, self.mails, self.priya, "Isla", "helen.marlow@family.example")
        self.theo = Family(self.council, self.mails, self.priya, "Theo", "ruth.marlow@family.example", "Ruth",
                           "2026-11-02")
        self.program = None

    def change_to(self, who):
        """The program of that member of staff and no other."""
        if self.program:
            self.close(self.program)
        self.program = self.open_staff(who)
        focus_pointer()
        return self.program


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    d = Desk(str(tmp_path_factory.mktemp("desk")))
    yield d
    d.end()


def test_01_manager_keeps_a_template(desk):
    p = desk.change_to(desk.joan)
    p.press("Messages")
    p.press("Templates")
    p.wait_text("New template")
    p.press("Save template")
    p.wait_text("Enter a name for the template")
    p.type_into("Name of the template", "Where we are")
    p.type_into("Subject", "Where we are with {child-forename}")
    p.type_into("Text of the template", "Dear {family}, the plan is due on {due:final-plan} and {nonsense}.")
    p.press("Save template")
    p.wait_text("There is no field .?nonsense", 40)
    p.type_into("Text of the template", "Dear {family}, the plan is due on {due:final-plan}. {caseworker}")
    p.press("Save template")
    desk.joan.wait_record("template", lambda r: r["title"] == "Where we are")
    p.wait_text("The template is saved")
    for field, text in (("Name of the template", "Where we are"), ("Subject", "Another"), ("Text of the template", "Words")):
        p.type_into(field, text)
    p.press("Save template")
    p.wait_text("There is one of this name already", 40)
    assert p.text("Text of the template") == "Words"
    p.type_into("Name of the template", "")
    p.wait_for("Where we are", exact=False)
    p.shoot("37-templates")


def test_02_team_view_counts_and_exports(desk):
    p = desk.program
    p.press("Messages")  # back
    p.press("Team view")
    p.wait_text(r"1 caseworker, 0 not allocated")
    p.shoot("40-team-view")
    p.press("Tables")
    p.wait_text("Share of not exempt")
    p.shoot("40b-team-tables")
    p.press("Export as CSV")
    p.wait_text("is in your Downloads folder")
    path = wait(lambda: next(iter(glob.glob(os.path.expanduser("~/Downloads/sen2-*.csv"))), None), 20, "the CSV")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["forename"] for row in rows] == ["Isla", "Theo"]
    assert rows[0]["request_received"] == "2026-09-07" and rows[0]["final_plan_due"] == "2027-01-25"


def test_03_template_to_one_family(desk):
    desk.isla.send("message.send", desk.isla.case, message_type="Question about my child’s case", subject="What next?",
                   text="When do we hear from you?", composed_at=now())
    p = desk.change_to(desk.priya)
    p.press("Messages")
    p.wait_for("Isla Marlow, What next?", exact=False)
    p.shoot("34-inbox")
    p.press("Isla Marlow, What next?", exact=False)
    p.wait_text("When do we hear from you")
    p.shoot("35-thread")
    p.press("Reply")
    p.wait_text(r"Helen Marlow \(Mother\) will see this")
    p.type_into("Your message", "Soon: {due:review-decision}")
    p.press("Send")
    p.wait_text(r"Nothing is known for \{due:review-decision\}")
    p.shoot("35b-reply-problem")
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
    p.shoot("36-write-to-several")
    p.press("Send 2 messages")
    theo = desk.theo.wait_record("message", lambda r: r["from_council"])
    isla = desk.isla.wait_record("message", lambda r: r["subject"] == "About Isla")
    assert theo["subject"] == "About Theo" and "Isla" not in theo["text"] and "Theo" not in isla["text"]


def test_05_letter_with_preview(desk):
    p = desk.program
    open_case(p, "Isla")
    p.press("Documents", exact=False)
    p.press("Write a letter")
    p.wait_text("What the letter still needs")
    p.press("Preview")
    p.wait_text("Fill this in")
    p.type_into("Independent advice service (SENDIASS), with telephone", "Wyre SENDIASS, 01632 960 500")
    p.press("Preview")
    p.wait_for("Publish letter", timeout=40)
    time.sleep(1)
    p.shoot("31-letter")
    p.press("Publish letter")
    got = desk.isla.wait_record("document", lambda r: r["kind"] == "letter")
    assert got["title"] == "We have your request for an assessment of Isla"
    content = desk.council.call("GET", f"/v1/documents/{got['id']}/content", token=desk.isla.token)
    path = os.path.join(desk.folder, "letter.pdf")
    with open(path, "wb") as file:
        file.write(content)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Wyre SENDIASS" in text and "Mon 19 October 2026" in text and "Wyreshire Council" in text and "{" not in text
    assert "Tagged:          yes" in subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    desk.letter = got


def test_06_withdraw_with_who_has_seen_it(desk):
    desk.isla.send("document.read", desk.isla.case, document=desk.letter["id"])
    p = desk.program
    p.wait_text(r"Seen by Helen Marlow")
    p.shoot("30-documents")
    p.press("Withdraw")
    p.wait_text(r"goes from everybody.s computer and cannot be brought back\. Seen by Helen Marlow")
    p.press("Withdraw document")
    p.wait_text("Say why it is withdrawn")
    p.type_into("Why it is withdrawn", "It named the wrong adviser")
    p.shoot("32-withdraw-document")
    p.press("Withdraw document")
    wait(lambda: not [d for d in desk.isla.records("document") if d["id"] == desk.letter["id"]], 30, "the letter to go")


def test_07_publish_a_chosen_file(desk):
    path = os.path.join(desk.folder, "Draft plan.pdf")
    subprocess.run([os.path.join(BUILD, "tests", "make-letter"), path], check=True)
    p = desk.program
    open_case(p, "Isla")
    p.press("Publish documents", exact=False)
    p.press("Publish")
    p.wait_text("There is a problem")
    drop_what_is_refused(desk)
    choose_file(p, path)
    p.type_into("Title", "Draft plan for Isla")
    p.type_into("Served on the family on", "31/12/2099")
    p.press("Publish")
    p.wait_text("This day is in the future")
    p.type_into("Served on the family on", "")
    p.shoot("33-publish")
    p.press("Publish")
    got = desk.isla.wait_record("document", lambda r: r["title"] == "Draft plan for Isla")
    assert got["media_type"] == "application/pdf"


def drop_what_is_refused(desk):
    """Said at the file; what was typed stays, and the files go again."""
    p = desk.program
    large, other = os.path.join(desk.folder, "Film.pdf"), os.path.join(desk.folder, "Setup.exe")
    with open(large, "wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(51 * 1024 * 1024)
    with open(other, "wb") as file:
        file.write(b"MZ\x90\0" * 400)
    p.type_into("Title", "Draft plan for Isla")
    p.drop(large, p.wait_for("Add files", exact=False))
    p.wait_text("Too large: it has 51", 20)
    p.drop(other, p.wait_for("Add files", exact=False))
    p.wait_text("The council does not take this kind of file", 20)
    p.shoot("33b-refused-files")
    p.press("Publish")
    p.wait_text("There is a problem")
    assert p.text("Title") == "Draft plan for Isla"
    p.press("Remove Film.pdf")
    p.press("Remove Setup.exe")


def test_07b_publish_a_dropped_file(desk):
    path = os.path.join(desk.folder, "Timetable.pdf")
    subprocess.run([os.path.join(BUILD, "tests", "make-letter"), path], check=True)
    p = desk.program
    open_case(p, "Isla")
    p.press("Publish documents", exact=False)
    p.drop(path, p.wait_for("Add files", exact=False))
    p.wait_text(r"Timetable\.pdf", 20)
    p.type_into("Title", "Timetable")
    p.press("Publish")
    desk.isla.wait_record("document", lambda r: r["title"] == "Timetable")


def test_08_ask_review_return_accept(desk):
    p = desk.program
    open_case(p, "Theo")
    p.press("Ask for a form", exact=False)
    p.wait_text("No form was asked for yet")
    p.type_into("Due on", "1/1/2020")
    p.press("Ask")
    p.wait_text("This day is over")
    p.type_into("Due on", "31/12/2030")
    p.type_into("Why we ask", "So that your views stand in the advice")
    p.shoot("38-ask-for-a-form")
    p.press("Ask")
    form = desk.theo.wait_record("form", lambda r: r["state"] == "asked")
    assert form["due"] == "2030-12-31" and form["because"].startswith("So that")
    send_form(desk.theo, form)
    p.press(form["title"], exact=False)
    p.wait_text("It is our turn")
    p.press("Return")
    p.wait_text("Write what is missing or unclear")
    p.type_into("What is missing or unclear", "Please say more about the mornings.")
    p.shoot("39-review")
    p.press("Return")
    back = desk.theo.wait_record("form", lambda r: r["state"] == "returned")
    assert back["returned_because"] == "Please say more about the mornings."
    desk.theo.send("form.submit", desk.theo.case, form=form["id"], composed_at=now())
    p.press(form["title"], exact=False)
    p.press("Accept", timeout=30)
    desk.theo.wait_record("form", lambda r: r["state"] == "accepted")


def test_09_ask_several_families(desk):
    p = desk.program
    for _ in range(6):
        if p.find("Caseload", ("toggle button",)) and p.find("New case", exact=False):
            break
        p.keys("Escape")
        time.sleep(0.7)
    p.press("Messages")
    p.press("Forms")
    p.wait_text("None chosen yet")
    p.press("Ask")
    p.wait_text("There is a problem")
    p.press("Choose all shown")
    p.wait_text("2 chosen")
    p.type_into("Due on", "30/11/2031")
    p.shoot("38b-ask-several")
    p.press("Ask")
    for family in (desk.isla, desk.theo):
        form = family.wait_record("form", lambda r: r.get("due") == "2031-11-30")
        assert form["state"] == "asked" and form["case"] == family.case


def send_form(family, form):
    """Answers whatever the definition asks for, then submits."""
    body = next(r["body"] for r in family.records("form-definition") if r["definition"] == form["definition"])
    for page in json.loads(body)["pages"]:
        for question in page["questions"]:
            kind = question["kind"]
            value = {"yes-no": "no", "declaration": "yes", "date": "2026-10-01"}.get(kind, "He likes trains.")
            if kind in ("choice", "several"):
                value = question["choices"][0]["id"]
            family.send("form.save", family.case, form=form["id"], question=question["id"], value=value)
    family.send("form.submit", family.case, form=form["id"], composed_at=now())
