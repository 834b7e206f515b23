# SPDX-License-Identifier: GPL-3.0-or-later
"""The family's journey, points 1 to 14: the real program, a real council's server, real mail, a real
keyring, driven by visible labels. The steps build on each other and run in the order of this file."""
import datetime
import glob
import os
import subprocess
import time

import pytest

from walk import post
from walk.council import Caseworker, Council, Refused
from walk.driver import Program, wait
from walk.steps import stop_after_first_failure  # noqa: F401

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
EMAIL = "helen.marlow@family.example"
PASSWORD = "orchard gate at seven"
NEW_PASSWORD = "kestrel over the mill"
TODAY = datetime.date.today()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


def letter():
    """A real PDF of two pages, made by Debian's cairo through its Python-free command line tools."""
    path = os.path.join(os.environ["HOME"], "letter.pdf")
    subprocess.run([os.path.join(BUILD, "tests", "make-letter"), path], check=True)
    with open(path, "rb") as file:
        return file.read()


class Walk:
    """What the steps share."""

    def __init__(self, folder):
        self.mails = post.Post()
        self.council = Council(SERVER, os.path.join(folder, "council"), self.mails.port, SOURCE)
        self.council.start()
        self.priya = Caseworker(self.council, self.mails)
        self.cache = os.path.join(folder, "cache")
        self.program = None
        self.cases, self.people = {}, {}

    def open(self, *arguments):
        self.program = Program(PORTAL, ["--council", self.council.url, "--cache-dir", self.cache, *arguments])
        return self.program

    def invite(self, forename, offset):
        answer = self.priya.send("case.open", child_forename=forename, child_surname="Marlow",
                                 date_of_birth="2018-03-14", received=day(offset),
                                 school="Oakmere Primary School")
        case = answer["result"]["case"]
        self.priya.send("case.allocate", case, caseworker=self.priya.account)
        person = self.priya.send("person.invite", case, title="Mrs", forename="Helen", surname="Marlow",
                                 email=EMAIL, relationship="Mother", professional=False)["result"]["person"]
        self.cases[forename], self.people[forename] = case, person
        return post.unique_code(self.mails.wait_mail(EMAIL, "Your unique code"))

    def sign_in(self, password=PASSWORD):
        p = self.program
        p.type_into("Email address", EMAIL)
        p.type_into("Password", password)
        p.press("Submit")
        p.wait_for("Security code")
        p.type_into("Security code", post.digits(self.mails.wait_mail(EMAIL, "code")))
        p.press("Finish")

    def end(self):
        if self.program:
            self.program.close()
        self.council.stop()
        self.mails.stop()


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    w = Walk(str(tmp_path_factory.mktemp("journey")))
    yield w
    w.end()


def test_01_unique_code(walk):
    """The council sends the code; the caseworker checks the one that the person quotes."""
    walk.codes = {name: walk.invite(name, offset) for name, offset in (("Isla", -78), ("Theo", -20))}
    for name, code in walk.codes.items():
        with pytest.raises(Refused) as refused:
            walk.priya.send("identity.verify", walk.cases[name], person=walk.people[name],
                            code="AAAA-AAAA", checked="Date of birth and address")
        assert "wrong-code" in str(refused.value)
        walk.priya.send("identity.verify", walk.cases[name], person=walk.people[name],
                        code=code.lower(), checked="Date of birth and address")


def test_02_accept_portal_invitation(walk):
    mail = walk.mails.wait_mail(EMAIL, "Accept Portal Invitation")
    text = post.plain(mail)
    assert "Isla" not in text and "Marlow" not in post.html(mail).replace("Helen Marlow", "")
    link = next(word for word in text.split() if "/accept/" in word)
    page = walk.council.call("GET", link[link.index("/accept/"):]).decode()
    walk.invitation_code = link.rsplit("/", 1)[-1].rstrip(".")
    assert "ehcp-portal:accept?" in page and "<script" not in page


def test_03_start_page(walk):
    p = walk.open()
    p.wait_for("Sign in")
    for label in ("Register for new account", "I have an invitation", "Choose your council"):
        p.wait_for(label)
    p.wait_text("Wyreshire Council")


def test_04_register(walk):
    p = walk.program
    p.press("Register for new account")
    p.wait_for("Forename")
    p.press("Next")
    p.wait_text("There is a problem")
    p.wait_text("Enter your surname")
    for label, text in (("Forename", "Helen"), ("Surname", "Marlow"), ("Date of birth", "14/6/1986"),
                        ("Telephone", "01632 960 733"), ("Address", "18 Orchard Row, Millbrook"),
                        ("Postcode", "WY4"), ("Relationship to the child", "Mother")):
        p.type_into(label, text)
    p.press("Next")
    p.wait_text("Enter a full postcode")
    assert p.text("Address") == "18 Orchard Row, Millbrook"
    p.type_into("Postcode", "wy4 2qr")
    p.press("Next")

    p.wait_for("Confirm Password")
    p.type_into("Email address", EMAIL)
    p.type_into("Password", "password1234")
    p.type_into("Confirm Password", "password1234")
    p.press("Next")
    p.wait_text("There is a problem")
    p.type_into("Password", PASSWORD)
    p.type_into("Confirm Password", PASSWORD + "x")
    p.press("Next")
    p.wait_text("The two passwords are not the same")
    p.type_into("Confirm Password", PASSWORD)
    p.press("Next")

    p.wait_for("Verification code")
    p.wait_text("h•••@family.example")
    code = post.digits(walk.mails.wait_mail(EMAIL, "code"))
    p.type_into("Verification code", f"Your code is {code[:3]} {code[3:]}")
    p.press("Next")
    p.wait_text("registered", 30)


def test_05_sign_in(walk):
    p = walk.program
    p.press("Sign in")
    p.type_into("Email address", EMAIL)
    p.type_into("Password", "not the password at all")
    p.press("Submit")
    p.wait_text("There is a problem|do not match|does not match|is not right")
    assert p.text("Email address") == EMAIL and p.text("Password") == ""
    p.type_into("Password", PASSWORD)
    p.press("Submit")
    p.wait_for("Security code")
    right = post.digits(walk.mails.wait_mail(EMAIL, "code"))
    wrong = "000000" if right != "000000" else "111111"
    p.type_into("Security code", wrong)
    p.press("Finish")
    p.wait_text("not the code|not right|check the code")
    p.press("Please send me a new code", timeout=60)
    newer = post.digits(walk.mails.wait_mail(EMAIL, "code"))
    p.type_into("Security code", right)
    if right != newer:
        p.press("Finish")
        p.wait_text("not the code|not right|check the code")
    walk.council.let_codes_expire()
    p.type_into("Security code", newer)
    p.press("Finish")
    p.wait_text("expired|does not work any more")
    p.press("Please send me a new code", timeout=60)
    newest = post.digits(walk.mails.wait_mail(EMAIL, "code"))
    p.type_into("Security code", f"{newest[:3]}-{newest[3:]}")
    p.press("Finish")
    p.wait_text("Portal page", 30)


def test_07_accept_the_invitation_and_decline_a_child(walk):
    p = walk.program
    p.wait_text("invitation", 30)
    p.press("I have an invitation")
    p.wait_for("Confirm", timeout=20)
    theo = p.wait_for("Theo Marlow", ("check box",), exact=False)
    p.press_node(theo)
    p.press("Yes")
    p.press("Confirm")
    p.wait_for("Submit")
    p.wait_text("Isla Marlow")
    p.press("Submit")
    walk.mails.wait_mail(EMAIL, "invitation")
    isla = walk.people["Isla"]
    walk.priya.wait_record("person", lambda r: r["id"] == isla and r["access"] == "accepted")
    walk.priya.wait_record("person", lambda r: r["id"] == walk.people["Theo"] and r["access"] == "declined")


def test_08_waiting_for_activation(walk):
    p = walk.program
    p.wait_text("SEND team", 20)
    with pytest.raises(Refused):
        walk.priya.send("access.activate", walk.cases["Theo"], person=walk.people["Theo"])


def test_09_activation(walk):
    walk.priya.send("access.activate", walk.cases["Isla"], person=walk.people["Isla"])
    walk.mails.wait_mail(EMAIL, "SEND Dashboard")


def test_10_portal_page(walk):
    p = walk.program
    p.press("Portal page") if p.shows("Portal page") and p.find("Portal page", ("push button",)) else None
    p.wait_for("SEND Dashboard", timeout=30)
    p.wait_text("Isla Marlow")
    assert not any("Theo" in line for line in p.describe() if "SEND Dashboard" in line)


def test_11_dashboard(walk):
    case = walk.cases["Isla"]
    walk.priya.send("event.record", case, what="assess-decided", date=day(-39), value="yes")
    for number, who in enumerate(("Educational psychologist", "School", "Social care")):
        walk.priya.send("event.record", case, what="advice-asked", date=day(-35), value=who)
    walk.priya.send("event.record", case, what="advice-received", date=day(-3), value="School")
    p = walk.program
    p.press("SEND Dashboard")
    p.wait_for("Statutory Timescales", exact=False)
    p.wait_text("Week 12 of 20")
    p.wait_text("Gathering advice")
    p.wait_text("Priya Nair")
    p.wait_for("Extra Information", exact=False)
    for box in ("Messages", "Documents to View", "Actions to Complete", "Recent activity"):
        p.wait_for(box, exact=False)
    p.wait_text("Key Dates")


def test_12_messages(walk):
    p, case = walk.program, walk.cases["Isla"]
    answer = walk.priya.send("message.send", case, message_type="Question about my child’s case",
                             subject="Who we asked for advice", text="Dear Helen, four of six have replied.",
                             composed_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), audience="adults")
    walk.mails.wait_mail(EMAIL, "message")
    p.press("Messages", exact=False)
    p.wait_for("New Message")
    p.press("Who we asked for advice", exact=False, timeout=30)
    p.wait_text("four of six have replied")
    walk.priya.wait_record("reading", lambda r: True)
    p.press("Reply")
    p.wait_text("Isla Marlow")
    p.type_into("Message", "Thank you, I will ask the school.")
    p.press("Send")
    walk.reply = walk.priya.wait_record("message", lambda r: not r["from_council"], 60)
    assert walk.reply["text"] == "Thank you, I will ask the school."
    walk.priya.send("message.read", case, message=walk.reply["id"])
    p.press("Sent Items", exact=False)
    p.wait_text("Read", 30)


def test_12_undo(walk):
    """What was sent can be had back for ten seconds; a deleted draft can be undone too."""
    p = walk.program
    p.press("New Message")
    p.type_into("Subject", "Sent too early")
    p.type_into("Message", "Not yet ready")
    p.press("Send")
    p.wait_text("Waiting to be sent")
    p.press("Undo")
    wait(lambda: p.text("Message") == "Not yet ready", 10, "the draft", p.describe)
    p.press("Delete draft")
    p.wait_text("The draft is deleted")
    p.press("Drafts")
    p.wait_text("No drafts")
    p.press("Inbox")
    p.press("Who we asked for advice", exact=False)
    p.press("Close")
    p.wait_text("Choose a message to read it")


def test_12_new_message_with_attachment(walk):
    p = walk.program
    p.press("New Message")
    p.wait_for("Message Type", exact=False)
    p.press("Send")
    p.wait_text("There is a problem")
    p.type_into("Subject", "Photo of the diary")
    p.type_into("Message", "Here is the diary.")
    time.sleep(3)
    p.kill()
    p = walk.open()
    p.press("SEND Dashboard", timeout=40)
    p.press("Messages", exact=False)
    p.wait_for("New Message")
    p.press("Drafts", exact=False)
    p.press("Photo of the diary", exact=False)
    wait(lambda: p.text("Message") == "Here is the diary.", 10, "the draft", p.describe)
    p.press("Send")
    walk.priya.wait_record("message", lambda r: r["subject"] == "Photo of the diary", 60)
    assert all(r["subject"] != "Sent too early" for r in walk.priya.records()["message"])
    p.press("Return to Dashboard", timeout=20)


def test_13_documents(walk):
    p, case = walk.program, walk.cases["Isla"]
    walk.priya.publish(case, letter(), "Letter.pdf", "Letter: we will assess Isla")
    walk.mails.wait_mail(EMAIL, "document")
    p.press("Documents to View", exact=False)
    p.wait_for("Search documents")
    p.press("Letter: we will assess Isla", exact=False, timeout=30)
    p.wait_text("Page 1 of 2", 30)
    p.press("Keep offline")
    p.press("Save to Downloads")
    p.wait_text("Letter.pdf")
    saved = wait(lambda: glob.glob(os.path.join(os.environ["HOME"], "Downloads", "*.pdf")), 10, "a file")
    with open(saved[0], "rb") as file:
        assert file.read() == letter()
    walk.priya.wait_record("document", lambda r: r.get("read_at"))
    back_to_dashboard(p)


def test_14_actions(walk):
    p, case = walk.program, walk.cases["Isla"]
    walk.priya.send("form.ask", case, definition="parent-views@1", person=walk.people["Isla"], due=day(3))
    walk.mails.wait_mail(EMAIL, "form")
    p.press("Actions to Complete", exact=False)
    p.wait_text("to complete|Nothing to complete")
    p.press("Your views as a parent", exact=False, timeout=30)
    fill_in(p)
    p.press("Submit", timeout=30)
    match = p.wait_text(r"(WY-F-\d+)", 40)
    form = walk.priya.wait_record("form", lambda r: r["state"] == "submitted")
    assert form["reference"] == match.group(1)
    assert walk.priya.records()["answer"], "the council has the answers"
    walk.mails.wait_mail(EMAIL, match.group(1))
    p.press("Save as PDF")
    pdf = wait(lambda: [f for f in glob.glob(os.path.join(os.environ["HOME"], "Downloads", "*.pdf"))
                        if "Letter" not in f], 20, "the PDF copy", p.describe)
    text = subprocess.check_output(["pdftotext", pdf[0], "-"], text=True)
    assert match.group(1) in text and "A calm place" in text


def back_to_dashboard(p):
    """By the button of the page, or the header's back button, which is named by where it leads."""
    for _ in range(6):
        if p.find("Key Dates") is not None:
            return
        for name in ("Return to Dashboard", "Documents to View", "Actions to Complete", "SEND Dashboard"):
            button = p.find(name, ("push button",))
            if button is not None:
                p.press_node(button)
                break
        time.sleep(0.3)
    p.wait_text("Key Dates", 5)


def fill_in(p):
    """Every part of the task list in turn, each question by its kind."""
    from walk.forms import fill_every_part
    fill_every_part(p, "A calm place to read.")


def test_08_log_out_and_forgotten_password(walk):
    p = walk.program
    p.press("Helen Marlow", exact=False)
    p.press("Logout")
    if p.find("Log out") is not None:
        p.press("Log out")
    p.wait_for("Register for new account", timeout=30)
    wait(lambda: not glob.glob(os.path.join(walk.cache, "**", "*.sealed"), recursive=True), 10, "the files to go")
    left = b"".join(open(f, "rb").read() for f in glob.glob(os.path.join(walk.cache, "**"), recursive=True)
                    if os.path.isfile(f))
    assert b"Isla" not in left
    p.press("Sign in")
    p.press("Forgotten password")
    p.wait_text("Choose a new password")
    p.type_into("Email address", EMAIL)
    p.press("Submit")
    p.wait_for("Security code")
    code = post.digits(walk.mails.wait_mail(EMAIL, "code"))
    p.type_into("Security code", code)
    p.type_into("New password", NEW_PASSWORD)
    p.type_into("Confirm new password", NEW_PASSWORD)
    p.press("Finish")
    walk.mails.wait_mail(EMAIL, "password")
    p.wait_for("Submit", timeout=30)
    walk.sign_in(NEW_PASSWORD)
    p.wait_for("SEND Dashboard", timeout=40)


def test_15_offline_start(walk):
    """The server is stopped: messages and a document are read from the cache."""
    p = walk.program
    p.press("SEND Dashboard")
    p.press("Documents to View", exact=False)
    p.wait_for("Search documents")
    p.press("Letter: we will assess Isla", exact=False)
    p.wait_text("Page 1 of 2", 30)
    if p.find("Keep offline") is not None and not p.is_checked("Keep offline"):
        p.press("Keep offline")
    time.sleep(1)
    p.close()
    walk.council.stop()
    p = walk.open()
    p.wait_for("Search documents", timeout=40)  # it opens where it was closed
    p.press("Return to Dashboard")
    p.wait_text("Offline. Showing what was saved", 40)
    p.wait_text("Week 12 of 20")
    p.press("Messages", exact=False)
    p.wait_for("New Message")
    p.press("Who we asked for advice", exact=False)
    p.wait_text("four of six have replied")
    p.press("Return to Dashboard")
    p.press("Documents to View", exact=False)
    p.wait_for("Search documents")
    p.press("Letter: we will assess Isla", exact=False)
    p.wait_text("Page 1 of 2", 30)
    walk.council.start()
