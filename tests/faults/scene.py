# SPDX-License-Identifier: GPL-3.0-or-later
"""A served council with a caseworker and families, for the tests of faults; from outside only."""
import os
import subprocess
import sys
import time
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "journey"))
from walk import post  # noqa: E402
from walk.council import Caseworker, Council, Refused  # noqa: E402, F401

BUILD, SOURCE = os.environ["EHCP_BUILD"], os.environ["EHCP_SOURCE"]
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
PASSWORD = "orchard gate at seven"


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def a_pdf(words):
    return f"%PDF-1.4\n% {words}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode()


class Family:
    """Registers, signs in, and sends commands; remembers what was acknowledged."""

    def __init__(self, scene, email, forename="Helen"):
        self.council, self.email = scene.council, email
        answer = self.council.call("POST", "/v1/registrations", {
            "forename": forename, "surname": "Marlow", "date_of_birth": "1986-06-14",
            "telephone": "01632 960 733", "address": "18 Orchard Row", "postcode": "WY4 2QR",
            "relationship": "Mother", "professional": False, "email": email, "password": PASSWORD})
        code = post.digits(scene.mails.wait_mail(email, "code"))
        self.council.call("POST", f"/v1/registrations/{answer['id']}/verify", {"code": code})
        started = self.council.call("POST", "/v1/sign-ins", {"email": email, "password": PASSWORD})
        code = post.digits(scene.mails.wait_mail(email, "code"))
        done = self.council.call("POST", f"/v1/sign-ins/{started['id']}/finish",
                                 {"code": code, "device": "Laptop"})
        self.token, self.account = done["token"], done["person"]["id"]

    def send(self, kind, ident=None, **fields):
        return self.council.call("PUT", f"/v1/commands/{ident or uuid.uuid4()}", {"kind": kind, **fields},
                                 self.token)

    def records(self):
        return Caseworker.records(self)

    def upload(self, content, name):
        return Caseworker.upload(self, content, name)

    def accept(self):
        changes = self.records()
        self.send("invitation.answer", invitation=changes["invitation"][0]["id"], accept=True,
                  children=[child["id"] for child in changes["invitation-child"]])

    def say(self, case, subject, ident=None, **more):
        return self.send("message.send", ident, case=case, message_type=self.council.types()[0], subject=subject,
                         text=f"About {subject}", composed_at=now(), **more)


class ServedCouncil(Council):
    def types(self):
        if not hasattr(self, "known_types"):
            self.known_types = self.call("GET", "/v1/service")["message_types"]
        return self.known_types

    def try_out(self, *arguments):
        """Code, standard output and standard error of a sub-command."""
        done = subprocess.run([self.binary, arguments[0], "--config", self.config, *arguments[1:]],
                              capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout, done.stderr

    @property
    def database(self):
        return os.path.join(self.folder, "data", "council.db")


class Scene:
    def __init__(self, folder, more=""):
        self.mails = post.Post()
        self.council = ServedCouncil(SERVER, str(folder), self.mails.port, SOURCE)
        with open(self.council.config, "a", encoding="utf-8") as file:
            file.write(more)
        self.council.start()
        self.worker = Caseworker(self.council, self.mails)

    def open_case(self, child="Isla"):
        case = self.worker.send("case.open", child_forename=child, child_surname="Marlow",
                                date_of_birth="2018-03-14", received=time.strftime("%Y-%m-%d"))["result"]["case"]
        self.worker.send("case.allocate", case, caseworker=self.worker.account)
        return case

    def join(self, case, email, forename="Helen"):
        """A mother with active access; (family, person)."""
        person = self.worker.send("person.invite", case, forename=forename, surname="Marlow", email=email,
                                  relationship="Mother", professional=False)["result"]["person"]
        code = post.unique_code(self.mails.wait_mail(email, "Your unique code"))
        self.worker.send("identity.verify", case, person=person, code=code, checked="Date of birth")
        family = Family(self, email, forename)
        family.accept()
        self.worker.send("access.activate", case, person=person)
        return family, person

    def end(self):
        self.council.stop()
        self.mails.stop()
