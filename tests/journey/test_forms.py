# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms as a family meets them: a request for an assessment from the program through to its case, a form that
is filled in without a connection, a program that is killed in the middle, comments on a draft plan, an
answer that was changed at two places. The real program and server; the steps build on each other."""
import datetime
import os
import subprocess
import time
import uuid

import pytest

from walk import forms, post
from walk.council import Caseworker, Council, Refused
from walk.crawl import faults, look
from walk.driver import Program, has, wait
from walk.family import PASSWORD, Applicant
from walk.forms import choose, next_part
from walk.steps import stop_after_first_failure  # noqa: F401

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
PICTURES = os.environ.get("EHCP_PICTURES")
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
EMAIL = "helen.marlow@family.example"
TODAY = datetime.date.today()


class Walk:
    def __init__(self, folder):
        self.mails = post.Post()
        self.council = Council(SERVER, os.path.join(folder, "council"), self.mails.port, SOURCE)
        with open(self.council.config, "a", encoding="utf-8") as file:
            file.write(f"[schools]\nfile={os.path.join(SOURCE, 'data', 'schools', 'demo.csv')}\n")
        self.council.start()
        self.priya = Caseworker(self.council, self.mails)
        self.helen = Applicant(self.council, self.mails, EMAIL, "Helen")
        self.folder = folder
        self.program = None

    def open(self):
        self.program = Program(PORTAL, ["--council", self.council.url, "--cache-dir",
                                        os.path.join(self.folder, "cache")], pictures=PICTURES)
        return self.program

    def end(self):
        if self.program:
            self.program.close()
        self.council.stop()
        self.mails.stop()


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    w = Walk(str(tmp_path_factory.mktemp("forms")))
    yield w
    w.end()


def test_01_ask(walk):
    p = walk.open()
    p.press("Sign in")
    p.type_into("Email address", EMAIL)
    p.type_into("Password", PASSWORD)
    p.press("Submit")
    p.wait_for("Security code")
    p.type_into("Security code", post.digits(walk.mails.wait_mail(EMAIL, "code")))
    p.press("Finish")
    p.wait_text("There is no case here yet")
    p.wait_for("Ask for an assessment")
    p.shoot("forms-01-portal-empty")
    p.press("Ask for an assessment")
    p.wait_text("Ask us to find out what help")
    p.wait_text("0 of 8 parts completed")
    assert not faults(look(p))
    p.shoot("forms-02-request-tasks")


def test_02_problem(walk):
    """A page that is left with gaps says so in one place, with a way to each field, and keeps what was typed."""
    p = walk.program
    p.press("The child or young person")
    p.type_into("Forename", "Noah")
    p.press("Next")
    p.wait_text("There is a problem")
    p.wait_text("Enter the surname of the child or young person")
    p.wait_text("Enter the address where they live")
    assert p.text("Forename") == "Noah"
    p.shoot("forms-03-problem")
    p.type_into("Date of birth", (TODAY + datetime.timedelta(days=3)).strftime("%d/%m/%Y"))
    p.press("Next")
    p.wait_text("Enter a date of birth that is not in the future")
    assert not faults(look(p))


def test_03_killed(walk):
    """What was typed is there after a kill, and the program comes back to the field."""
    p = walk.program
    p.type_into("Date of birth", "4/5/2021")
    p.type_into("Surname", "Marlow")
    p.type_into("Which language is spoken at home?", "English and Welsh")
    p.click(p.wait_for("Surname", ("text", "entry")))
    time.sleep(2.5)
    p.kill()
    p = walk.open()
    p.wait_text("Not sent yet")
    p.shoot("forms-04-portal-begun")
    p.press("Request for Noah Marlow")
    p.wait_text("Part 1 of 8")
    assert p.text("Which language is spoken at home?") == "English and Welsh"
    p.keys("End")
    subprocess.run(["xdotool", "type", "--delay", "15", "e"], check=True)
    wait(lambda: p.text("Surname") == "Marlowe", 10, "what is typed to come to the field that had the focus", p.describe)
    p.type_into("Surname", "Marlow")


def test_04_fill_in_offline(walk):
    p = walk.program
    walk.council.stop()
    p.type_into("Where do they live?: Building and street", "18 Orchard Row")
    p.type_into("Where do they live?: Town or city", "Millbrook")
    p.type_into("Where do they live?: Postcode", "wy4 2qr")
    next_part(p, "Who are you\\?")
    p.type_into("Who are you to them?", "Mother")
    choose(p, "Do you have parental responsibility?", "Yes")
    choose(p, "Is there another parent or carer whom we should ask?", "Yes")
    p.type_into("Who is it?: Forename", "Sam")
    p.type_into("Who is it?: Surname", "Marlow")
    p.type_into("Who is it?: Telephone", "01632 960 400")
    next_part(p, "Where do they learn\\?")
    choose(p, "Do they go to a school, nursery or college?", "Yes")
    p.type_into("What is its name?", "oak wych")
    p.wait_for("Oakmere Primary School")
    p.shoot("forms-05-school")
    p.press("Oakmere Primary School")
    wait(lambda: p.text("What is its name?") == "Oakmere Primary School", 10, "the school", p.describe)
    choose(p, "Does the school, nursery or college know that you ask?", "Yes, and it helps me with this")
    next_part(p, "What do they find hard\\?")
    choose(p, "What do they find hard?", "Learning", "Talking and understanding")
    p.type_into("Tell us in your own words", "Noah cannot yet say when he is in pain.")
    next_part(p, "What help is there so far\\?")
    p.type_into("What help do they get now, and does it work?", "A picture book at nursery. It helps a little.")
    next_part(p, "Health and social care")
    choose(p, "Does a doctor, therapist, psychologist or social worker know them well?", "No")
    next_part(p, "Do you have reports or letters")
    next_part(p, "Sharing what you told us")
    choose(p, "May we share what you wrote with the school, health and social care?", "Yes")
    p.press("Next")
    p.wait_text("Check your answers")
    p.wait_text("Sam Marlow")
    p.shoot("forms-06-check")
    p.press("Send the request")
    p.wait_text("Tick the box to say that what you wrote is right")
    choose(p, "To the best of my knowledge, what I wrote is right", "To the best of my knowledge, what I wrote is right")
    p.press("Send the request")
    p.wait_text("waiting to be sent")
    p.shoot("forms-07-waiting")


def test_05_reference(walk):
    walk.council.start()
    p = walk.program
    p.wait_text("has been sent", timeout=90)
    p.wait_text("WY-R-00001")
    p.wait_text("We say by then whether we will assess")
    assert not faults(look(p))
    p.shoot("forms-08-sent")
    p.press("Save as PDF")
    p.wait_text("Saved to Downloads as Request for an assessment WY-R-00001.pdf")
    path = os.path.join(os.environ["HOME"], "Downloads", "Request for an assessment WY-R-00001.pdf")
    if os.path.exists(path):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout
        assert "Noah cannot yet say" in text and "WY4 2QR" in text.upper()
    mail = walk.mails.wait_mail(EMAIL, "We have your request: WY-R-00001")
    assert "Noah" not in post.plain(mail)


def test_06_case(walk):
    """The caseworker opens the case of it: nobody registers again, the invitation only has to be accepted."""
    request = walk.priya.wait_record("request", lambda r: r["reference"] == "WY-R-00001")
    assert request["child_forename"] == "Noah" and request["received"] == TODAY.isoformat()
    opened = walk.priya.send("case.open", child_forename="Noah", child_surname="Marlow", date_of_birth="2021-05-04",
                             school=request["school"], received=request["received"], request=request["id"])
    walk.case = opened["result"]["case"]
    with pytest.raises(Refused):
        walk.priya.send("case.open", child_forename="Noah", child_surname="Marlow", date_of_birth="2021-05-04",
                        received=request["received"], request=request["id"])
    walk.priya.send("case.allocate", walk.case, caseworker=walk.priya.account)
    p = walk.program
    p.press("Return to the portal page")
    p.wait_text("The SEND team has opened a case", timeout=60)
    p.shoot("forms-09-portal-invited")
    p.press("I have an invitation")
    node = p.wait_for("Noah Marlow", ("check box",), exact=False)
    if not has(node, Atspi.StateType.CHECKED):
        p.press_node(node)
    p.press("Yes")
    p.press("Confirm")
    p.press("Submit")
    person = walk.priya.wait_record("person", lambda r: r["access"] == "accepted")
    walk.person = person["id"]
    walk.priya.send("access.activate", walk.case, person=walk.person)
    deadline = walk.priya.wait_record("deadline", lambda r: r["rule"] == "assess-decision")
    assert deadline["due"] == (TODAY + datetime.timedelta(days=42)).isoformat()


def test_07_dashboard(walk):
    p = walk.program
    p.close()
    p = walk.open()
    # It opens where it was closed: at the invitation that was answered.
    wait(lambda: p.shows("SEND Dashboard") or p.shows("Back"), 60, "the program", p.describe)
    if not p.shows("SEND Dashboard"):
        p.press("Back")
    p.press("SEND Dashboard", timeout=60)
    p.press("Actions to Complete", exact=False)
    p.wait_text("Sent .* reference number WY-R-00001")
    p.shoot("forms-10-actions")


def ask(walk, definition, days=20):
    return walk.priya.send("form.ask", walk.case, definition=definition, person=walk.person,
                           due=(TODAY + datetime.timedelta(days=days)).isoformat(),
                           ident=str(uuid.uuid4()))


def test_08_preference_offline(walk):
    ask(walk, "parental-preference@1")
    p = walk.program
    p.wait_for("Parental Preference Form", timeout=60)
    walk.council.stop()
    p.press("Parental Preference Form")
    forms.fill_every_part(p, "A small school near home")
    p.press("Submit")
    p.wait_text("waiting to be sent")
    walk.council.start()
    p.wait_text("has been sent", timeout=90)
    form = walk.priya.wait_record("form", lambda r: r["definition"] == "parental-preference@1"
                                  and r["state"] == "submitted")
    answers = [a for a in walk.priya.records()["answer"] if a["form"] == form["id"]]
    assert len(answers) >= 7 and all(a["audience"] == "named" for a in answers)


def test_09_comments(walk):
    """Section by section: what hangs on an answer comes and goes with it."""
    ask(walk, "draft-comments@1")
    p = walk.program
    p.press("Return to Dashboard")
    p.wait_text("Key Dates")
    p.press("Actions to Complete", exact=False)
    p.press("Comments on the draft plan", timeout=60)
    p.wait_text("Cannot start yet")
    p.shoot("forms-11-comments-tasks")
    p.press("What you think of the draft")
    choose(p, "What do you think of the draft plan?", "I want something in it to change")
    next_part(p, "What you and your child told us")
    for letter in "ABCDEFGHIJK":
        p.wait_for(f"Do you want section {letter} to change?")
        if letter == "F":
            choose(p, "Do you want section F to change?", "Yes")
            p.type_into("What should change?", "Speech therapy once a week, 30 minutes, from a therapist.")
            p.type_into("What shows that?", "The therapist's report, page 3.")
            p.shoot("forms-12-section")
        else:
            choose(p, f"Do you want section {letter} to change?", "No")
        p.press("Next")
    p.wait_text("Do you have reports or letters")
    p.press("Next")
    choose(p, "Do you want to meet us about the draft plan?", "No")
    p.press("Next")
    p.wait_text("Choose an answer to change it")
    choose(p, "To the best of my knowledge, what I wrote is right", "To the best of my knowledge, what I wrote is right")
    p.press("Submit")
    p.wait_text("has been sent", timeout=60)
    comment = walk.priya.wait_record("comment", lambda r: r["section"] == "F")
    assert comment["evidence"] == "The therapist's report, page 3." and comment["state"] == "received"
    assert len(walk.priya.records()["comment"]) == 1
    with pytest.raises(Refused) as refused:
        walk.priya.send("comment.decide", walk.case, comment=comment["id"], state="declined")
    assert "/reason" in str(refused.value)
    walk.priya.send("comment.decide", walk.case, comment=comment["id"], state="accepted")


def test_10_both_sides(walk):
    """An answer that was changed here and on another computer: both are kept, and the person is asked."""
    asked = ask(walk, "parent-views@1")
    walk.helen.sign_in()
    form = walk.helen.wait_record("form", lambda r: r["definition"] == "parent-views@1")
    p = walk.program
    p.press("Return to Dashboard")
    p.wait_text("Key Dates")
    p.press("Actions to Complete", exact=False)
    p.press("Your views as a parent", timeout=60)
    p.press("About your child")
    p.wait_for("Tell us about your child")
    p.type_into("Tell us about your child", "He likes water.")
    p.wait_text("Saved at")
    walk.helen.send("form.save", walk.case, form=form["id"], question="child-about", value="He likes trains.")
    p.keys("alt+Left")
    p.wait_text("1 answer was changed in two places", timeout=90)
    p.shoot("forms-13-two-places")
    p.press("About your child")
    p.wait_text("He likes trains.")
    assert p.text("Tell us about your child") == "He likes water."
    assert not faults(look(p))
    p.shoot("forms-14-conflict")
    p.press("Keep both, one after the other")
    wait(lambda: p.text("Tell us about your child") == "He likes water.\n\nHe likes trains.", 20, "both", p.describe)
    walk.helen.wait_record("answer", lambda r: r.get("value") == "He likes water.\n\nHe likes trains.")
    assert asked["result"] == {}


def test_11_change_of_details(walk):
    """A form that nobody asked for."""
    p = walk.program
    p.keys("alt+Left")
    p.wait_text("parts? completed")
    p.keys("alt+Left")
    p.press("Change of details")
    p.wait_text("0 of 7 parts completed")
    p.press("What has changed")
    choose(p, "What has changed?", "Where my child lives")
    next_part(p, "New address")
    walk.helen.wait_record("form", lambda r: r["definition"] == "change-of-details@1" and r["state"] == "asked")
