# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the program through a demo council as a person would, and leaves one picture of each screen in
BUILD/tour: at 1100 × 760 and at 420 wide, light and dark. Every screen's controls are named on the way."""
import os
import re
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from walk import authenticator, crawl, post, staff  # noqa: E402
from walk.demo import Demo  # noqa: E402
from walk.driver import Program  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
OUT = os.path.join(BUILD, "tour")
SIZES = {"": (1100, 760), "-narrow": (420, 760)}
OTHERS = (("Joanne Tolley", "08d-dashboard-draft"), ("Martin Kerr", "08f-dashboard-late"),
          ("Siobhán Ashdown", "08g-dashboard-excused"), ("Omar Haddow", "08h-dashboard-final"),
          ("Ruth Linton", "08i-dashboard-refused"))


class Tour:
    def __init__(self, folder):
        self.demo = Demo(SERVER)
        self.folder = folder
        self.program = None
        self.faults = []
        self.n_pictures = 0

    def open(self, cache, dark=False, *arguments):
        env = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"} if dark else {}
        self.dark = "-dark" if dark else ""
        self.program = Program(PORTAL, ["--council", self.demo.ready["url"], "--cache-dir",
                                        os.path.join(self.folder, cache), *arguments], env, pictures=OUT)
        return self.program

    def show(self, name, sizes=("", "-narrow")):
        """The screen as it stands, in each size; then back to the wide one."""
        for size in sizes:
            if not self.program.resize(*SIZES[size]):
                self.faults.append(f"{name}: does not become {SIZES[size][0]} wide")
            self.program.picture(f"{name}{size}{self.dark}")
            self.n_pictures += 1
        if sizes[-1] != "":
            self.program.resize(*SIZES[""])
        if not self.dark:
            self.faults += [f"{name}: {fault}" for fault in crawl.faults(crawl.look(self.program))]

    # Before signing in

    def start_page(self):
        p = self.program
        p.wait_for("Register for new account", timeout=30)
        self.show("01-start")
        p.press("Choose your council")
        p.wait_text("council", 10)
        time.sleep(0.5)
        self.show("01b-council")
        self.back()

    def back(self):
        p = self.program
        button = next(n for n in p.nodes() if n.get_role_name() == "push button"
                      and n.get_name() not in ("", "Minimize", "Maximize", "Close the window"))
        p.press_node(button)
        time.sleep(0.5)

    def register(self, person):
        p = self.program
        p.press("Register for new account")
        p.wait_for("Forename")
        self.show("02-register-1")
        p.press("Next")
        p.wait_text("There is a problem")
        p.type_into("Forename", "Amara")
        p.type_into("Postcode", "WY4")
        p.press("Next")
        time.sleep(0.5)
        self.show("02b-register-1-problem")
        for label, text in (("Forename", "Amara"), ("Surname", "Osei"), ("Date of birth", "14/6/1986"),
                            ("Telephone", "01632 960 733"), ("Address", "3 Mill Lane, Millbrook"),
                            ("Postcode", "WY4 2QR"), ("Relationship to the child", "Mother")):
            p.type_into(label, text)
        p.press("Next")
        p.wait_for("Confirm Password")
        p.type_into("Email address", person["email"])
        p.type_into("Password", "kestrel ov")
        self.show("03-register-2")
        p.type_into("Password", "kestrel over the mill")
        p.type_into("Confirm Password", "kestrel over the mill")
        self.demo.forget_mails()
        p.press("Next")
        p.wait_text("We sent a code", 30)
        self.show("04-verification-code")
        p.type_into("Verification code", post.digits(self.demo.wait_mail(person["email"], "registration-code")))
        p.press("Next")
        p.wait_text("registered", 40)
        self.show("04b-registered")

    def sign_in(self, address, password, show=False, home="Portal page", app=None):
        p = self.program
        p.press("Sign in", timeout=30)
        p.wait_for("Submit", timeout=20)
        if show:
            p.type_into("Email address", address)
            p.type_into("Password", "not the password at all")
            p.press("Submit")
            p.wait_text("There is a problem|do not match|does not match|is not right", 40)
            self.show("05-sign-in-problem")
        p.type_into("Email address", address)
        p.type_into("Password", password)
        self.demo.forget_mails()
        p.press("Submit")
        p.wait_for("Security code", timeout=40)
        p.wait_text("We sent a code", 30)
        if show:
            self.show("05b-security-code")
        p.type_into("Security code", post.digits(self.demo.wait_mail(address, "sign-in-code")))
        p.press("Finish")
        if app is not None:
            p.wait_for("Authenticator code")
            self.show("05d-authenticator-code")
            authenticator.answer(p, app)
        p.wait_text(home, 40)

    def reset(self):
        p = self.program
        p.press("Sign in")
        p.press("Forgotten password")
        time.sleep(0.5)
        self.show("05c-forgotten-password")
        self.back()
        self.back()

    # Signed in

    def accept_invitation(self):
        p = self.program
        p.wait_for("I have an invitation", timeout=40)
        self.show("06b-portal-invited")
        p.press("I have an invitation")
        p.wait_for("Confirm", timeout=20)
        self.show("07-invitation")
        p.press("Yes")
        p.press("Confirm")
        p.wait_for("Submit")
        self.show("07b-invitation-check")
        p.press("Submit")
        p.wait_text("SEND team", 40)
        time.sleep(1)
        self.show("07c-invitation-accepted")
        if p.find("Portal page", ("push button",)):
            p.press("Portal page")
        p.wait_for("SEND Dashboard", timeout=60)

    def portal(self):
        self.program.wait_for("SEND Dashboard", timeout=40)
        time.sleep(1)
        self.show("06-portal")

    def other_family(self, picture):
        """A case at another stage, with the reason of each of its dates."""
        p = self.program
        p.press("SEND Dashboard", timeout=40)
        p.wait_text("Key Dates", 30)
        time.sleep(1)
        self.show(picture)
        for number in range(len(self.dated_rows())):
            p.press_node(self.dated_rows()[number])
            p.wait_text("Why this date?", 10)
            time.sleep(0.4)
            self.show(f"{picture}-why-{number + 1}", ("",))
            p.press_node(self.dated_rows()[number])
            time.sleep(0.4)

    def dated_rows(self):
        return [n for n in self.program.nodes() if n.get_role_name() == "list item"
                and re.search(r" 20\d\d", n.get_name() or "") and not n.get_name().startswith("Stage")]

    def dashboard(self):
        p = self.program
        p.press("SEND Dashboard")
        p.wait_text("Key Dates", 30)
        time.sleep(0.5)
        self.show("08-dashboard")
        p.press("Extra Information", exact=False)
        time.sleep(0.5)
        self.show("08b-dashboard-extra-information")
        p.press("Extra Information", exact=False)

    def messages(self):
        p = self.program
        p.press("Messages", exact=False)
        p.wait_for("New Message", timeout=20)
        time.sleep(0.5)
        self.show("09-messages")
        row = next(n for n in p.nodes() if n.get_role_name() == "list item" and n.get_name())
        p.press_node(row)
        p.wait_for("Reply", timeout=20)
        time.sleep(1)
        self.show("09b-message")
        p.press("New Message")
        p.wait_for("Message Type", exact=False)
        p.type_into("Subject", "Photo of the diary")
        p.type_into("Message", "Here is the diary of last week. She slept well on the days with swimming.")
        p.wait_text("saved", 10)
        self.show("10-new-message")
        p.type_into("Subject", "")
        p.type_into("Message", "")
        p.press("Send")
        p.wait_text("There is a problem")
        self.show("10b-new-message-problem")
        self.to_dashboard()

    def documents(self):
        p = self.program
        p.press("Documents to View", exact=False)
        p.wait_for("Search documents")
        row = p.wait_for("etter", ("list item",), 20, exact=False)
        p.press_node(row)
        p.wait_text("Page 1 of", 40)
        time.sleep(1)
        self.show("11-documents")
        self.to_dashboard()

    def forms(self, fill):
        p = self.program
        p.press("Actions to Complete", exact=False)
        p.wait_text("to complete|Nothing to complete", 20)
        time.sleep(0.5)
        self.show("12-actions")
        row = next(n for n in p.nodes() if n.get_role_name() == "list item" and n.get_name())
        p.press_node(row)
        if not fill:
            time.sleep(1)
            self.show("13-form")
            self.to_dashboard()
            return
        p.wait_text("parts? completed")
        self.show("13-form")
        part = next(n for n in p.nodes() if n.get_role_name() == "list item" and n.get_name())
        p.press_node(part)
        p.wait_text("Part 1 of")
        p.press("Next")
        p.wait_text("There is a problem")
        self.show("14b-form-problem")
        self.back()
        from walk.forms import fill_every_part
        fill_every_part(p, "A calm place to read, and somebody she knows when the bell rings.",
                        shown=lambda: self.show("14-form-question"))
        self.show("15-check-answers")
        p.press("Submit")
        p.wait_text(r"has been sent", 60)
        self.show("16-form-sent")
        p.press("Return to Dashboard")
        p.wait_text("Key Dates", 20)

    def log_out(self, name):
        p = self.program
        p.press(name)
        p.press("Logout")
        time.sleep(1)
        if p.find("Log out") is not None:
            p.press("Log out")
        p.wait_for("Register for new account", timeout=30)

    def account(self, name):
        p = self.program
        for label, picture in (("Account details", "17-account"), ("Change password", "17b-password"),
                               ("Signed-in devices", "17c-devices")):
            p.press(name)
            p.press(label)
            time.sleep(1)
            self.show(picture)
            self.back()

    def home(self, person):
        """The program opens where it was closed: from there to the portal page."""
        self.program.wait_for(person, timeout=40)
        for _ in range(5):
            try:
                self.program.wait_text("Good (morning|afternoon|evening)", 2)
                return
            except AssertionError:
                self.back()
        self.program.wait_text("Good (morning|afternoon|evening)", 5)

    def to_dashboard(self):
        p = self.program
        for _ in range(5):
            if p.find("Key Dates") is not None:
                return
            if p.find("Return to Dashboard", ("push button",)) is not None:
                p.press("Return to Dashboard")
            else:
                self.back()
            time.sleep(0.5)
        p.wait_text("Key Dates", 5)

    def offline(self):
        p = self.program
        self.demo.end()
        p.wait_text("Offline. Showing what was saved", 90)
        self.show("08c-dashboard-offline")

    def run(self):
        amara, helen = self.demo.person("Amara Osei"), self.demo.person("Helen Marlow")
        self.open("amara", True)
        self.start_page()
        self.program.close()

        self.open("amara")
        self.start_page()
        self.reset()
        self.register(amara)
        self.sign_in(amara["email"], "kestrel over the mill", show=True)
        self.accept_invitation()
        self.other_family("08e-dashboard-request")
        self.log_out("Amara Osei")
        self.program.close()

        for name, picture in OTHERS:
            person = self.demo.person(name)
            self.open(name.split()[0].lower())
            self.sign_in(person["email"], person["password"])
            self.other_family(picture)
            self.log_out(name)
            self.program.close()

        staff.walk(self)

        self.open("helen")
        self.sign_in(helen["email"], helen["password"])
        self.walk(fill=True)
        self.account("Helen Marlow")
        self.program.close()

        self.open("helen", True)
        self.home("Helen Marlow")
        self.walk(fill=False)
        self.program.close()

        self.open("helen")
        self.home("Helen Marlow")
        self.program.press("SEND Dashboard", timeout=40)
        self.program.wait_text("Key Dates", 30)
        self.offline()
        self.program.close()

    def walk(self, fill):
        self.portal()
        self.dashboard()
        self.messages()
        self.documents()
        self.forms(fill)


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        tour = Tour(folder)
        try:
            tour.run()
        finally:
            tour.demo.end()
            if tour.program and tour.program.process.poll() is None:
                tour.program.close()
    for fault in tour.faults:
        print(f"fault: {fault}")
    print(f"{tour.n_pictures} pictures in {os.path.relpath(OUT)}; "
          f"{len(tour.faults)} faults")
    return 1 if tour.faults else 0


if __name__ == "__main__":
    sys.exit(main())
