# SPDX-License-Identifier: GPL-3.0-or-later
"""A family's authenticator app: switched on, asked for at the next sign-in, switched off; and what is said without a line.
The steps build on each other and run in the order of this file."""
import os
import time

import pytest

from walk import authenticator, post
from walk.council import Council
from walk.driver import PRESSABLE, GLib, Program
from walk.steps import stop_after_first_failure  # noqa: F401

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
PORTAL = os.path.join(BUILD, "src", "app", "ehcp-portal")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")
PICTURES = os.path.join(BUILD, "tour")
EMAIL = "helen.marlow@family.example"
PASSWORD = "orchard gate at seven"


class Walk:
    """What the steps share."""

    def __init__(self, folder):
        self.mails = post.Post()
        self.council = Council(SERVER, os.path.join(folder, "council"), self.mails.port, SOURCE)
        self.council.start()
        self.app = None
        self.program = Program(PORTAL, ["--council", self.council.url, "--cache-dir", os.path.join(folder, "home")], None,
                               PICTURES)

    def register(self):
        sent = self.council.call("POST", "/v1/registrations", {
            "forename": "Helen", "surname": "Marlow", "date_of_birth": "1986-06-14", "telephone": "01632 960 733",
            "address": "18 Orchard Row, Millbrook", "postcode": "WY4 2QR", "relationship": "Mother", "email": EMAIL,
            "password": PASSWORD})
        code = post.digits(self.mails.wait_mail(EMAIL, "code"))
        self.council.call("POST", f"/v1/registrations/{sent['id']}/verify", {"code": code})

    def sign_in(self):
        p = self.program
        p.press("Sign in")
        p.type_into("Email address", EMAIL)
        p.type_into("Password", PASSWORD)
        p.press("Submit")
        p.wait_for("Security code")
        p.type_into("Security code", post.digits(self.mails.wait_mail(EMAIL, "code")))
        p.press("Finish")

    def open_page(self):
        p = self.program
        p.press("Helen Marlow", exact=False)
        node = p.wait_for("Account details", PRESSABLE)
        try:
            p.press_node(node)
        except GLib.GError:  # the menu goes while it is pressed
            pass
        p.wait_for("Authenticator app", PRESSABLE)

    def type_code(self):
        """The next code; each works once, and the council takes the steps beside now."""
        while self.app.last + 1 > int(time.time()) // 30 + 1:
            time.sleep(1)
        self.program.type_into("Authenticator code", self.app.next(15))

    def end(self):
        self.program.close()
        self.council.stop()
        self.mails.stop()


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    w = Walk(str(tmp_path_factory.mktemp("authenticator")))
    yield w
    w.end()


def test_01_switch_on(walk):
    p = walk.program
    walk.register()
    walk.sign_in()
    p.wait_for("Helen Marlow", exact=False, timeout=40)
    walk.open_page()
    p.wait_text("Off")
    p.picture("authenticator-01-row")
    p.press("Authenticator app")
    p.wait_for("Set up")
    p.picture("authenticator-02-off")
    p.type_into("Password", "not the password")
    p.press("Set up")
    p.wait_text("This is not your password now")
    p.type_into("Password", PASSWORD)
    p.press("Set up")
    p.wait_for("Copy the key")
    secret = next(line for line in p.describe() if len(line.split("'")) > 1
                  and len(line.split("'")[1].replace(" ", "")) == 32 and line.split("'")[1].isupper())
    walk.app = authenticator.Authenticator(secret.split("'")[1].replace(" ", ""))
    p.picture("authenticator-03-set-up")
    p.type_into("Authenticator code", "12")
    p.press("Switch on")
    p.wait_text("Check the code: it has 6 digits")
    walk.type_code()
    p.press("Switch on")
    p.wait_text("On")
    walk.mails.wait_mail(EMAIL, "authenticator app is switched on")


def test_02_sign_in_asks_for_it(walk):
    p = walk.program
    p.press("Helen Marlow", exact=False)
    p.press("Logout")
    if p.find("Log out") is not None:
        p.press("Log out")
    p.wait_for("Register for new account", timeout=30)
    walk.sign_in()
    p.wait_text("Your authenticator app", 30)
    assert p.find("Copy the key") is None
    p.picture("authenticator-04-sign-in")
    walk.type_code()
    p.press("Finish")
    p.wait_for("Helen Marlow", exact=False, timeout=60)


def test_03_offline(walk):
    p = walk.program
    walk.council.stop()
    walk.open_page()
    p.wait_text("Shown when you are connected", 60)
    p.press("Authenticator app")
    p.wait_text("You are offline. The authenticator app can be switched", 60)
    p.picture("authenticator-05-offline")
    walk.council.start()
    p.press("Try again")
    p.wait_for("Switch off", timeout=60)


def test_04_switch_off(walk):
    p = walk.program
    p.type_into("Authenticator code", "000000" if walk.app.code(walk.app.last) != "000000" else "111111")
    p.press("Switch off")
    p.wait_text("That is not the code that the app shows now")
    p.picture("authenticator-06-on")
    walk.type_code()
    p.press("Switch off")
    p.wait_text("Off", 30)
    walk.mails.wait_mail(EMAIL, "authenticator app is switched off")
