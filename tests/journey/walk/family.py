# SPDX-License-Identifier: GPL-3.0-or-later
"""A family that uses the council's public API: registers, accepts, and is activated."""
import time
import uuid

from . import post
from .council import Caseworker

PASSWORD = "orchard gate at seven"


class Family:
    def __init__(self, council, mails, staff, child, email, forename="Helen", received="2026-09-07"):
        self.council, self.mails, self.email = council, mails, email
        made = staff.send("case.open", child_forename=child, child_surname="Marlow", date_of_birth="2018-03-14",
                          received=received, school="Oakmere Primary School")
        self.case = made["result"]["case"]
        staff.send("case.allocate", self.case, caseworker=staff.account)
        self.person = staff.send("person.invite", self.case, title="Mrs", forename=forename, surname="Marlow",
                                 email=email, relationship="Mother", professional=False)["result"]["person"]
        code = post.unique_code(mails.wait_mail(email, "Your unique code"))
        staff.send("identity.verify", self.case, person=self.person, code=code, checked="Address")
        mails.wait_mail(email, "Accept Portal Invitation")
        self.register(forename)
        self.sign_in()
        child_record = self.wait_record("invitation-child", lambda r: r["person"] == self.person)
        self.send("invitation.answer", invitation=child_record["invitation"], accept=True,
                  children=[child_record["id"]])
        staff.send("access.activate", self.case, person=self.person)
        self.wait_record("case", lambda r: r["id"] == self.case)

    def register(self, forename):
        body = {"title": "Mrs", "forename": forename, "surname": "Marlow", "date_of_birth": "1986-06-14",
                "telephone": "01632 960 733", "address": "18 Orchard Row, Millbrook", "postcode": "WY4 2QR",
                "relationship": "Mother", "email": self.email, "password": PASSWORD}
        started = self.council.call("POST", "/v1/registrations", body)
        code = post.digits(self.mails.wait_mail(self.email, "code"))
        self.council.call("POST", f"/v1/registrations/{started['id']}/verify", {"code": code})

    def sign_in(self):
        started = self.council.call("POST", "/v1/sign-ins", {"email": self.email, "password": PASSWORD})
        code = post.digits(self.mails.wait_mail(self.email, "code"))
        done = self.council.call("POST", f"/v1/sign-ins/{started['id']}/finish", {"code": code, "device": "Home"})
        self.token = done["token"]

    def send(self, kind, case=None, **fields):
        body = {"kind": kind, **({"case": case} if case else {}), **fields}
        return self.council.call("PUT", f"/v1/commands/{uuid.uuid4()}", body, self.token)

    def records(self, kind):
        found, state = {}, ""
        while True:
            page = self.council.call("GET", f"/v1/changes?since={state}&limit=500", token=self.token)
            found.update({r["id"]: r for r in page["records"].get(kind, [])})
            for gone in page["gone"]:
                found.pop(gone["id"], None)
            state = page["state"]
            if not page["has_more"]:
                return list(found.values())

    def wait_record(self, kind, condition, timeout=40):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for record in self.records(kind):
                if condition(record):
                    return record
            time.sleep(0.3)
        raise AssertionError(f"no {kind} of that sort; there are: {self.records(kind)}")


class Applicant:
    """An account without a case, used from another computer by the public API."""

    def __init__(self, council, mails, email, forename):
        self.council, self.mails, self.email = council, mails, email
        made = council.call("POST", "/v1/registrations", {
            "title": "Mx", "forename": forename, "surname": "Marlow", "date_of_birth": "1986-06-14",
            "telephone": "01632 960 733", "address": "18 Orchard Row, Millbrook", "postcode": "WY4 2QR",
            "relationship": "Parent", "professional": False, "email": email, "password": PASSWORD})
        code = post.digits(mails.wait_mail(email, "code"))
        council.call("POST", f"/v1/registrations/{made['id']}/verify", {"code": code})

    def sign_in(self):
        started = self.council.call("POST", "/v1/sign-ins", {"email": self.email, "password": PASSWORD})
        code = post.digits(self.mails.wait_mail(self.email, "code"))
        done = self.council.call("POST", f"/v1/sign-ins/{started['id']}/finish",
                                 {"code": code, "device": "Another computer"})
        self.token, self.account = done["token"], done["person"]["id"]

    send = Caseworker.send
    records = Caseworker.records
    wait_record = Caseworker.wait_record
