# SPDX-License-Identifier: GPL-3.0-or-later
"""A real mail server on loopback that keeps what it gets."""
import email
import email.policy
import re
import time

from aiosmtpd.controller import Controller


class _Keep:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append((envelope.rcpt_tos, message))
        return "250 kept"


class Post:
    def __init__(self):
        self.keep = _Keep()
        self.controller = Controller(self.keep, hostname="127.0.0.1", port=0)
        # Port 0 has no fixed number to connect to for the controller's own trial: bind first.
        import socket
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.controller.port = probe.getsockname()[1]
        self.controller.start()
        self.port = self.controller.port
        self.seen = 0

    def stop(self):
        self.controller.stop()

    def wait_mail(self, to, subject, timeout=30):
        """The next mail to that address whose subject holds the words; each is given once."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for number, (recipients, message) in enumerate(self.keep.mails):
                if to in recipients and subject.lower() in message["subject"].lower() \
                        and not getattr(message, "is_taken", False):
                    message.is_taken = True
                    return message
            time.sleep(0.05)
        subjects = [(r, m["subject"]) for r, m in self.keep.mails]
        raise AssertionError(f"no mail {subject!r} to {to} within {timeout} s; came: {subjects}")

    def count(self, to):
        return sum(1 for recipients, _ in self.keep.mails if to in recipients)


def plain(message):
    return message.get_body(("plain",)).get_content()


def html(message):
    return message.get_body(("html",)).get_content()


def digits(message):
    """The six digits of a code mail."""
    match = re.search(r"\b(\d{3})\s?(\d{3})\b", plain(message))
    assert match, plain(message)
    return match.group(1) + match.group(2)


def unique_code(message):
    match = re.search(r"\b([0-9A-Z]{4}-[0-9A-Z]{4})\b", plain(message))
    assert match, plain(message)
    return match.group(1)
