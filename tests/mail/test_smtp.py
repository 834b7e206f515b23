# SPDX-License-Identifier: GPL-3.0-or-later
"""The real council's server against a real mail server: plain, with STARTTLS and a login, away and back.
A registration is what makes it write an e-mail."""
import email
import email.policy
import os
import ssl
import subprocess
import sys
import threading

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

SOURCE = os.environ["EHCP_SOURCE"]
sys.path.insert(0, os.path.join(SOURCE, "tests", "journey"))
from walk.council import Council, free_port  # noqa: E402

SERVER = os.path.join(os.environ["EHCP_BUILD"], "src", "council", "ehcp-council")
USER, PASSWORD = "council", "not a word of it in any log"


class Keep:
    """What came in, and how."""

    def __init__(self):
        self.mails, self.n_greetings, self.refused = [], 0, []
        self.n_cut = 0  # so many mails are taken in and the line is cut before they are acknowledged
        self.news = threading.Condition()

    def note(self, change):
        with self.news:
            change()
            self.news.notify_all()

    def wait(self, condition, what, timeout=30):
        with self.news:
            assert self.news.wait_for(condition, timeout), f"{what}: {self.mails} {self.refused}"

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname

        def greet():
            self.n_greetings += 1
        self.note(greet)
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("nobody@"):
            self.note(lambda: self.refused.append(address))
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.n_cut > 0:
            self.note(lambda: setattr(self, "n_cut", self.n_cut - 1))
            server.transport.abort()
            return "451 nobody hears this"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        kept = {"to": list(envelope.rcpt_tos), "message": message, "source": envelope.content,
                "is_tls": session.ssl is not None, "login": session.auth_data}
        self.note(lambda: self.mails.append(kept))
        return "250 kept"

    def to(self, address):
        return [mail for mail in self.mails if address in mail["to"]]


class Relay(Controller):
    def __init__(self, keep, port, tls=None, with_login=False):
        self.tls, self.with_login = tls, with_login
        super().__init__(keep, hostname="127.0.0.1", port=port)

    def factory(self):
        def check(server, session, envelope, mechanism, data):
            is_right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
            return AuthResult(success=is_right, auth_data=data.login.decode())
        return SMTP(self.handler, tls_context=self.tls, require_starttls=self.tls is not None,
                    authenticator=check if self.with_login else None, auth_required=self.with_login)


class Made:
    """A council whose mails go to a port, with more keys in [mail]."""

    def __init__(self, folder, port, **keys):
        self.council = Council(SERVER, folder, port, SOURCE)
        with open(self.council.config, encoding="utf-8") as file:
            lines = [line for line in file if not any(line.startswith(f"{key}=") for key in keys)]
        at = lines.index("[mail]\n") + 1
        lines[at:at] = [f"{key}={value}\n" for key, value in keys.items()]
        with open(self.council.config, "w", encoding="utf-8") as file:
            file.writelines(lines)
        self.council.start()

    def register(self, address):
        self.council.call("POST", "/v1/registrations", {
            "forename": "Helen", "surname": "Marlow", "date_of_birth": "1986-06-14",
            "telephone": "01632 960 733", "address": "18 Orchard Row", "postcode": "WY4 2QR",
            "relationship": "Mother", "email": address, "password": "orchard gate at seven"})


@pytest.fixture
def made(tmp_path):
    councils = []

    def make(port, **keys):
        councils.append(Made(str(tmp_path / f"council{len(councils)}"), port, **keys))
        return councils[-1]
    yield make
    for council in councils:
        council.council.stop()


@pytest.fixture
def relay():
    running = []

    def start(keep, port=None, **options):
        running.append(Relay(keep, port or free_port(), **options))
        running[-1].start()
        return running[-1]
    yield start
    for one in running:
        if one.server is not None:
            one.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    paths = str(folder / "cert.pem"), str(folder / "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-out", paths[0], "-keyout", paths[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*paths)
    return paths[0], context


@pytest.fixture
def password_file(tmp_path):
    path = tmp_path / "password"
    path.write_text(PASSWORD + "\n")
    return str(path)


def test_plain(made, relay):
    keep = Keep()
    council = made(relay(keep).port)
    council.register("helen@family.example")
    keep.wait(lambda: keep.mails, "a mail")
    mail, message = keep.mails[0], keep.mails[0]["message"]
    assert mail["to"] == ["helen@family.example"] and message["to"] == "helen@family.example"
    assert message["from"] == "Wyreshire Council <send@wyreshire.example>"
    assert message["auto-submitted"] == "auto-generated" and message["message-id"] and message["date"]
    assert message.get_content_type() == "multipart/alternative"
    assert "code" in message["subject"].lower()
    assert message.get_body(("html",)) and message.get_body(("plain",))
    assert max(len(line) for line in mail["source"].split(b"\r\n")) <= 998


def test_starttls_and_login(made, relay, certificate, password_file):
    keep = Keep()
    port = relay(keep, tls=certificate[1], with_login=True).port
    council = made(port, **{"security": "starttls", "user": USER, "password-file": password_file,
                            "ca-file": certificate[0]})
    council.register("helen@family.example")
    keep.wait(lambda: keep.mails, "a mail")
    assert keep.mails[0]["is_tls"] and keep.mails[0]["login"] == USER


def test_starttls_is_required(made, relay, certificate):
    """A relay that offers no TLS gets nothing; when it does, the mail that waited comes."""
    open_keep, keep = Keep(), Keep()
    first = relay(open_keep)
    council = made(first.port, **{"security": "starttls", "ca-file": certificate[0]})
    council.register("helen@family.example")
    open_keep.wait(lambda: open_keep.n_greetings >= 2, "two tries")
    assert not open_keep.mails
    first.stop()
    relay(keep, port=first.port, tls=certificate[1])
    keep.wait(lambda: keep.mails, "a mail", 60)
    assert keep.mails[0]["is_tls"]


def test_unknown_certificate(made, relay, certificate):
    """Without the CA file the relay's own certificate is not trusted."""
    keep = Keep()
    council = made(relay(keep, tls=certificate[1]).port, security="starttls")
    council.register("helen@family.example")
    keep.wait(lambda: keep.n_greetings >= 2, "two tries")
    assert not keep.mails


def test_wrong_password(made, relay, certificate, tmp_path):
    keep, path = Keep(), tmp_path / "wrong"
    path.write_text("something else")
    council = made(relay(keep, tls=certificate[1], with_login=True).port,
                   **{"security": "starttls", "user": USER, "password-file": str(path),
                      "ca-file": certificate[0]})
    council.register("helen@family.example")
    keep.wait(lambda: keep.n_greetings >= 4, "two tries with TLS")
    assert not keep.mails
    with open(council.council.log.name, encoding="utf-8") as file:
        log = file.read()
    assert "something else" not in log and "helen@" not in log


def test_away_and_back(made, relay):
    """Nothing is lost while the relay is away, and nothing comes twice; a restart in between is survived."""
    keep, port = Keep(), free_port()
    council = made(port)
    for number in range(3):
        council.register(f"parent{number}@family.example")
    council.council.stop()
    council.council.start()
    relay(keep, port=port)
    keep.wait(lambda: len(keep.mails) >= 3, "three mails", 60)
    council.register("parent3@family.example")
    keep.wait(lambda: keep.to("parent3@family.example"), "one more")
    assert [len(keep.to(f"parent{number}@family.example")) for number in range(4)] == [1, 1, 1, 1]


def test_refused_address(made, relay):
    """One address that the relay does not take holds nobody else up."""
    keep = Keep()
    council = made(relay(keep).port)
    council.register("nobody@family.example")
    keep.wait(lambda: keep.refused, "a refusal")
    council.register("helen@family.example")
    keep.wait(lambda: keep.to("helen@family.example"), "the other mail")
    assert len(keep.mails) == 1


def test_accepts_and_fails(made, relay):
    """A relay that takes the whole mail and goes before it has said so: the mail goes again, rather twice than never."""
    keep = Keep()
    keep.n_cut = 2
    council = made(relay(keep).port)
    council.register("helen@family.example")
    keep.wait(lambda: keep.to("helen@family.example"), "the mail after two cut lines")
    assert keep.n_cut == 0


def test_bounce_by_the_command_line(made, relay):
    """A mail server pipes it in; what is no report, or about a stranger, is noted nowhere and is no failure."""
    keep = Keep()
    council = made(relay(keep).port)
    report = ("Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
              "Reporting-MTA: dns; r\r\n\r\nFinal-Recipient: rfc822; stranger@elsewhere.example\r\nAction: failed\r\n"
              "\r\n--b--\r\n")
    for message in (report, "no report", "", "x" * 2_000_000):
        done = subprocess.run([SERVER, "mail-bounce", "--config", council.council.config], input=message,
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert done.stdout == "noted at 0 contacts\n"


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q", "-p", "no:cacheprovider"]))
