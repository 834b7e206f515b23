# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents and forms in both directions, as one family meets them: asks for an assessment with a file over a line that
is cut ten times, fills in the preference form without a connection, comments on the draft plan, reads the final plan and
what became of each comment beside it, and takes everything out as one PDF. The steps build on each other."""
import datetime
import hashlib
import os
import re
import subprocess
import time
import uuid

import pytest

from walk import forms, post
from walk.council import Caseworker, Council
from walk.crawl import faults, look
from walk.driver import Program, has, wait
from walk.family import PASSWORD, Applicant
from walk.forms import choose, choose_file, next_part
from walk.line import BadLine
from walk.steps import stop_after_first_failure  # noqa: F401

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
PICTURES = os.environ.get("EHCP_PICTURES")
EMAIL = "helen.marlow@family.example"
TODAY = datetime.date.today()
CUTS = 10
PIECE = 1024 * 1024
DECLARATION = "To the best of my knowledge, what I wrote is right"
SECTIONS = (("A", "What Noah and his family told us", "Noah likes water and trains. He wants to play with other children."),
            ("B", "Special educational needs", "Noah speaks in single words. He tires when there is much noise."),
            ("F", "Special educational provision", "A speech and language therapist sees Noah once a term."),
            ("I", "School", "Oakmere Primary School"))
AGREED = "A speech and language therapist works with Noah once a week, for 30 minutes."


def plan(folder, title, **changed):
    """A plan as a PDF, with the headings that every plan has."""
    paragraphs = []
    for letter, heading, text in SECTIONS:
        paragraphs += [f"# Section {letter}: {heading}", changed.get(letter, text)]
    path = os.path.join(folder, f"{title}.pdf")
    subprocess.run([os.path.join(BUILD, "tests", "make-letter"), path, title, *paragraphs], check=True)
    with open(path, "rb") as file:
        return file.read()


class Walk:
    def __init__(self, folder):
        self.folder = folder
        self.mails = post.Post()
        self.council = Council(os.path.join(BUILD, "src", "council", "ehcp-council"), os.path.join(folder, "council"),
                               self.mails.port, SOURCE)
        self.council.start()
        self.line = BadLine(self.council.port)
        self.priya = Caseworker(self.council, self.mails)
        Applicant(self.council, self.mails, EMAIL, "Helen")
        self.program = None
        self.photo = os.path.join(folder, "photo.png")
        subprocess.run(["convert", "-size", "4000x3100", "xc:gray", "+noise", "Random", self.photo], check=True)
        with open(self.photo, "rb") as file:
            self.content = file.read()

    def open(self):
        self.program = Program(os.path.join(BUILD, "src", "app", "ehcp-portal"),
                               ["--council", self.line.url, "--cache-dir", os.path.join(self.folder, "cache")],
                               pictures=PICTURES)
        return self.program

    def ask(self, definition):
        self.priya.send("form.ask", self.case, definition=definition, person=self.person,
                        due=(TODAY + datetime.timedelta(days=20)).isoformat(), ident=str(uuid.uuid4()))

    def content_of(self, document):
        return self.council.call("GET", f"/v1/documents/{document['id']}/content", token=self.priya.token)

    def end(self):
        if self.program:
            self.program.close()
        self.line.end()
        self.council.stop()
        self.mails.stop()


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    w = Walk(str(tmp_path_factory.mktemp("papers")))
    yield w
    w.end()


def declare_and_send(p, button):
    p.wait_text("Choose an answer to change it")
    choose(p, DECLARATION, DECLARATION)
    p.press(button)


def to_actions(p):
    p.press("Return to Dashboard")
    p.wait_text("Key Dates")
    p.press("Actions to Complete", exact=False)


def test_01_request(walk):
    p = walk.open()
    p.press("Sign in")
    p.type_into("Email address", EMAIL)
    p.type_into("Password", PASSWORD)
    p.press("Submit")
    p.wait_for("Security code")
    p.type_into("Security code", post.digits(walk.mails.wait_mail(EMAIL, "code")))
    p.press("Finish")
    p.press("Ask for an assessment", timeout=40)
    p.press("The child or young person")
    for field, text in (("Forename", "Noah"), ("Surname", "Marlow"), ("Date of birth", "4/5/2021"),
                        ("Where do they live?: Building and street", "18 Orchard Row"),
                        ("Where do they live?: Town or city", "Millbrook"), ("Where do they live?: Postcode", "WY4 2QR")):
        p.type_into(field, text)
    next_part(p, "Who are you\\?")
    p.type_into("Who are you to them?", "Mother")
    choose(p, "Do you have parental responsibility?", "Yes")
    choose(p, "Is there another parent or carer whom we should ask?", "No")
    next_part(p, "Where do they learn\\?")
    choose(p, "Do they go to a school, nursery or college?", "No")
    p.type_into("What do they do in the day?", "He is at home with me.")
    p.press("Next")
    p.wait_text("What do they find hard\\?")
    choose(p, "What do they find hard?", "Talking and understanding")
    p.type_into("Tell us in your own words", "Noah cannot yet say when he is in pain.")
    next_part(p, "What help is there so far\\?")
    p.type_into("What help do they get now, and does it work?", "A picture book. It helps a little.")
    next_part(p, "Health and social care")
    choose(p, "Does a doctor, therapist, psychologist or social worker know them well?", "No")
    next_part(p, "Do you have reports or letters")


def test_02_choose_files(walk):
    """The limits stand there before anything is chosen, and what the council would refuse is refused here."""
    p = walk.program
    p.wait_text("Up to 10 files of 50")
    p.shoot("papers-01-file-question")
    wrong = os.path.join(walk.folder, "film.mp4")
    with open(wrong, "wb") as file:
        file.write(b"\0\0\0\x18ftypmp42")
    choose_file(p, wrong)
    p.wait_text("The council does not take this kind of file")
    p.press("Next")
    p.wait_text("There is a problem")
    p.shoot("papers-02-file-refused")
    p.press("Remove film.mp4")
    p.wait_gone("There is a problem")
    choose_file(p, walk.photo)
    p.wait_text("MB")
    assert not faults(look(p))
    p.shoot("papers-03-file-chosen")


def test_03_killed(walk):
    """Which files were chosen is known after a kill, like everything that was typed."""
    p = walk.program
    p.wait_text("Saved at")
    time.sleep(1.5)
    p.kill()
    p = walk.open()
    p.wait_text("Not sent yet", timeout=40)
    p.press("Request for Noah Marlow")
    p.wait_text("Part [1-8] of 8|parts completed")
    if not p.shows("Next"):
        p.press("Reports and letters", exact=False)
    p.wait_for("Remove photo.png")
    next_part(p, "Sharing what you told us")
    choose(p, "May we share what you wrote with the school, health and social care?", "Yes")
    p.press("Next")
    p.wait_text("photo.png")
    p.shoot("papers-04-check")


def test_04_cut_ten_times(walk):
    """The photo arrives whole over a line that breaks ten times, with hardly more than its own bytes sent; how far it is
    can be seen, and the number comes by itself."""
    p = walk.program
    walk.line.cut(CUTS, 700_000, slow=0.05)
    declare_and_send(p, "Send the request")
    p.wait_text("is being sent", timeout=40)
    p.wait_text(r"Sending, \d+.* of 2\d", timeout=60)
    p.wait_for("Cancel")
    p.shoot("papers-05-sending")
    p.wait_text("WY-R-00001", timeout=180)
    assert walk.line.n_cut == CUTS
    assert walk.line.n_bytes < len(walk.content) + CUTS * PIECE
    walk.line.cut(0, 0)
    p.wait_text("has been sent")
    p.wait_gone("Cancel")
    assert not faults(look(p))
    p.shoot("papers-06-sent")
    p.press("Save as PDF")
    p.wait_text("Saved to Downloads as Request for an assessment WY-R-00001.pdf")
    copy = os.path.join(os.environ["HOME"], "Downloads", "Request for an assessment WY-R-00001.pdf")
    assert "photo.png" in subprocess.run(["pdftotext", copy, "-"], capture_output=True, text=True, check=True).stdout


def test_05_case(walk):
    """The caseworker reads the name with the request, and the photo itself in the case."""
    request = walk.priya.wait_record("request", lambda r: r["reference"] == "WY-R-00001")
    assert "photo.png" in request["answers"]
    opened = walk.priya.send("case.open", child_forename="Noah", child_surname="Marlow", date_of_birth="2021-05-04",
                             received=request["received"], request=request["id"])
    walk.case = opened["result"]["case"]
    walk.priya.send("case.allocate", walk.case, caseworker=walk.priya.account)
    document = walk.priya.wait_record("document", lambda r: r.get("case") == walk.case and r["title"] == "photo.png")
    assert hashlib.sha256(walk.content_of(document)).digest() == hashlib.sha256(walk.content).digest()
    p = walk.program
    p.press("Return to the portal page")
    p.wait_text("The SEND team has opened a case", timeout=60)
    p.press("I have an invitation")
    node = p.wait_for("Noah Marlow", ("check box",), exact=False)
    if not has(node, Atspi.StateType.CHECKED):
        p.press_node(node)
    p.press("Yes")
    p.press("Confirm")
    p.press("Submit")
    walk.person = walk.priya.wait_record("person", lambda r: r["access"] == "accepted")["id"]
    walk.priya.send("access.activate", walk.case, person=walk.person)
    wait(lambda: p.shows("SEND Dashboard") or p.shows("Portal page"), 60, "the portal page", p.describe)
    if not p.shows("SEND Dashboard"):
        p.press("Portal page")
    p.press("SEND Dashboard", timeout=60)
    p.press("Documents to View", exact=False)
    p.wait_for("Search documents")
    p.press("photo.png", exact=False, timeout=60)
    p.wait_text("photo.png")
    p.press("Return to Dashboard")


def test_06_preference_offline(walk):
    walk.ask("parental-preference@1")
    p = walk.program
    p.press("Actions to Complete", exact=False)
    p.wait_for("Parental Preference Form", timeout=60)
    walk.council.stop()
    p.press("Parental Preference Form")
    forms.fill_every_part(p, "A small school near home")
    p.press("Submit")
    p.wait_text("waiting to be sent")
    walk.council.start()
    p.wait_text("has been sent", timeout=90)
    walk.priya.wait_record("form", lambda r: r["definition"] == "parental-preference@1" and r["state"] == "submitted")


def test_07_draft_and_comments(walk):
    draft = plan(walk.folder, "Draft plan for Noah")
    walk.priya.publish(walk.case, draft, "Draft plan.pdf", "Draft plan, sections A to K", "draft-plan")
    walk.ask("draft-comments@1")
    p = walk.program
    to_actions(p)
    p.press("Comments on the draft plan", timeout=60)
    p.wait_text("Cannot start yet")
    p.press("What you think of the draft")
    choose(p, "What do you think of the draft plan?", "I want something in it to change")
    next_part(p, "What you and your child told us")
    wanted = {"B": "He speaks in sentences of two words now.", "F": "Speech therapy once a week, for 30 minutes."}
    for letter in "ABCDEFGHIJK":
        p.wait_for(f"Do you want section {letter} to change?")
        choose(p, f"Do you want section {letter} to change?", "Yes" if letter in wanted else "No")
        if letter in wanted:
            p.type_into("What should change?", wanted[letter])
        p.press("Next")
    p.wait_text("Do you have reports or letters")
    report = os.path.join(walk.folder, "Therapist.pdf")
    subprocess.run([os.path.join(BUILD, "tests", "make-letter"), report], check=True)
    choose_file(p, report)
    next_part(p, "Do you want to meet us about the draft plan\\?")
    choose(p, "Do you want to meet us about the draft plan?", "No")
    p.press("Next")
    p.wait_text("Therapist.pdf")
    declare_and_send(p, "Submit")
    p.wait_text("has been sent", timeout=90)
    walk.priya.wait_record("document", lambda r: r["title"] == "Therapist.pdf" and r.get("form"))
    comments = {r["section"]: r for r in walk.priya.records()["comment"]}
    assert set(comments) == {"B", "F"}
    walk.priya.send("comment.decide", walk.case, comment=comments["F"]["id"], state="accepted")
    walk.priya.send("comment.decide", walk.case, comment=comments["B"]["id"], state="declined",
                    reason="The therapist heard single words in November.")


def test_08_read_the_draft(walk):
    """In the program's own viewer, with a search."""
    p = walk.program
    p.press("Return to Dashboard")
    p.wait_text("Key Dates")
    p.press("Documents to View", exact=False)
    p.wait_for("Search documents")  # the dashboard names the document too
    p.press("Draft plan, sections A to K", exact=False, timeout=60)
    p.wait_text("Page 1 of", 40)
    p.press("Find in this document")
    p.type_into("Find in this document", "Noah")
    p.wait_text("1 of [2-9]")
    assert not faults(look(p))
    p.shoot("papers-07-viewer-search")


def test_08_keep_offline(walk):
    """What is kept can be read without a connection, and how much room it takes is said."""
    p = walk.program
    p.press("Keep offline")
    p.wait_text(r"1 file on this computer, \d+ KB", 40)


def test_08_stop_a_file(walk):
    """A file that is on its way over a slow line is stopped where it is seen, and never comes to the council."""
    p = walk.program
    before = walk.line.n_bytes
    walk.line.cut(0, 0, slow=0.2)
    p.press("Add a document")
    choose_file(p, walk.photo)
    p.type_into("Name (the file’s name otherwise)", "A photo too many")
    p.press("Add to documents")
    p.wait_text("Sending", timeout=60)
    wait(lambda: walk.line.n_bytes > before, 30, "the first bytes")
    p.press("Cancel: A photo too many")
    p.wait_gone("Cancel: A photo too many")
    walk.line.cut(0, 0)
    time.sleep(2)
    assert walk.line.n_bytes - before < len(walk.content) / 2
    assert not [r for r in walk.priya.records()["document"] if r["title"] == "A photo too many"]


def test_09_compare(walk):
    final = plan(walk.folder, "Final plan for Noah", F=AGREED)
    walk.priya.publish(walk.case, final, "Final plan.pdf", "Final plan, sections A to K", "final-plan")
    p = walk.program
    p.wait_for("Final plan, sections A to K", exact=False, timeout=60)
    p.press("Compare plans")
    p.wait_text("[2-9] places have changed", 60)
    p.wait_text("You asked: Speech therapy once a week")
    p.wait_text("Accepted")
    p.wait_text("Declined: The therapist heard single words in November.")
    p.keys("ctrl+g")
    p.wait_text("Change 1 of [2-9]")
    p.keys("ctrl+g")
    p.wait_text("Change 2 of [2-9]")
    assert not faults(look(p))
    p.shoot("papers-08-compare")


def test_10_take_out(walk):
    p = walk.program
    p.press("Documents to View")
    p.press("Your papers")
    p.wait_for("Make the file")
    p.shoot("papers-09-take-out")
    p.press("Make the file")
    name = p.wait_text("“(.+)” is in your Downloads folder", timeout=120).group(1)
    p.shoot("papers-10-taken-out")
    path = os.path.join(os.environ["HOME"], "Downloads", name)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    for words in ("Noah cannot yet say when he is in pain", "Would you like a personal budget? No", "Speech therapy once a week",
                  "Therapist", "works with Noah once a week", "once a term", "photo.png"):
        assert words in " ".join(text.split()), f"{words!r} is not in the PDF:\n{text}"
    assert "By date" in text and not faults(look(p))
    for title in ("Parental Preference Form", "Draft plan, sections A to K", "Comments on the draft plan"):
        page = re.search(rf"{title} \(.*\), page (\d+)", text).group(1)
        there = subprocess.run(["pdftotext", "-f", page, "-l", page, path, "-"], capture_output=True, text=True, check=True)
        assert title in there.stdout, f"page {page} is not {title}"
