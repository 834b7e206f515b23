# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo council, as somebody who tries it out meets it: through its address, its mailbox, and nothing
else."""
import email
import email.policy
import glob
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import uuid

import pytest

SERVER = os.path.join(os.environ["EHCP_BUILD"], "src", "council", "ehcp-council")


class Demo:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([SERVER, "demo", *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, f"the demo ended with {self.process.wait(20)}"
        self.ready = json.loads(line)

    def end(self):
        self.process.stdin.close()
        return self.process.wait(30)

    def call(self, method, path, body=None, token=None):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.ready["url"] + path, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=90) as answer:
            content = answer.read()
        return json.loads(content) if content.startswith(b"{") else content

    def mails(self, to, kind):
        """Texts of the mails of a kind to an address, oldest first."""
        texts = []
        for path in sorted(glob.glob(os.path.join(self.ready["mail"], f"*-{kind}.eml"))):
            with open(path, "rb") as file:
                message = email.message_from_binary_file(file, policy=email.policy.default)
            if message["to"] == to:
                texts.append(message.get_body(("plain",)).get_content())
        return texts

    def wait_mail(self, to, kind, n_before=0, timeout=30):
        return wait(lambda: self.mails(to, kind)[n_before:], f"a mail {kind} to {to}", timeout)[-1]


class Person:
    def __init__(self, demo, address, password):
        self.demo, self.address = demo, address
        n_before = len(demo.mails(address, "sign-in-code"))
        started = demo.call("POST", "/v1/sign-ins", {"email": address, "password": password})
        code = digits(demo.wait_mail(address, "sign-in-code", n_before))
        done = demo.call("POST", f"/v1/sign-ins/{started['id']}/finish", {"code": code, "device": "Test"})
        self.token = done["token"]

    def records(self):
        found, state = {}, ""
        while True:
            page = self.demo.call("GET", f"/v1/changes?since={state}&limit=500", token=self.token)
            for kind, records in page["records"].items():
                found.setdefault(kind, {}).update({record["id"]: record for record in records})
            state = page["state"]
            if not page["has_more"]:
                return {kind: list(records.values()) for kind, records in found.items()}

    def list(self, kind, **wanted):
        return [record for record in self.records().get(kind, [])
                if all(record.get(name) == value for name, value in wanted.items())]

    def send(self, kind, **fields):
        return self.demo.call("PUT", f"/v1/commands/{uuid.uuid4()}", {"kind": kind, **fields}, self.token)


def wait(condition, what, timeout=30):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        result = condition()
        if result:
            return result
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come within {timeout} s")


def digits(text):
    return "".join(re.search(r"^ {4}(\d{3}) (\d{3})$", text, re.M).groups())


@pytest.fixture(scope="module")
def demo():
    running = Demo()
    yield running
    running.end()


@pytest.fixture(scope="module")
def helen(demo):
    return Person(demo, demo.ready["email"], demo.ready["password"])


def test_parent_sees_her_child(helen):
    case, = helen.list("case")
    assert (case["child_forename"], case["stage"], case["status"]) == ("Isla", "advice", "open")
    assert case["caseworker_name"] == "Priya Nair"
    assert len(helen.list("event", what="advice-asked")) == 6
    assert len(helen.list("event", what="advice-received")) == 4
    assert not [d for d in helen.list("deadline") if d["state"] == "late"]


def test_new_things_wait_for_her(helen):
    assert [f["definition"] for f in helen.list("form", state="asked")] == ["parent-views@1"]
    read = {reading["item"] for reading in helen.list("reading")}
    unread = [m for m in helen.list("message", from_council=True) if m["id"] not in read]
    assert len(unread) == 2
    unread = [d for d in helen.list("document") if d["kind"] != "attachment" and not d.get("read_at")]
    assert [d["title"] for d in unread] == ["Speech and language advice"]


def test_times_are_those_of_the_story(helen):
    """What was read weeks ago says so: nothing happened all at once when the demo was made."""
    days = {a["at"][:10] for a in helen.list("activity")}
    assert len(days) >= 8
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
    assert all(m["received_at"] <= now for m in helen.list("message"))


def test_letters_are_real(demo, helen):
    for document in helen.list("document"):
        content = demo.call("GET", f"/v1/documents/{document['id']}/content", token=helen.token)
        assert content.startswith(b"%PDF-") and len(content) == document["size"]


def test_second_child_can_be_accepted(helen):
    assert [child["child_forename"] for child in helen.list("invitation-child", state="open")] == ["Theo"]


def test_caseworker_answers(helen):
    case, = helen.list("case")
    sent = helen.send("message.send", case=case["id"], message_type="Question about my child’s case",
                      subject="The appointment", text="Could the visit be in the morning?",
                      composed_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    assert sent["state"]
    reply = wait(lambda: [m for m in helen.list("message", from_council=True)
                          if m["subject"] == "The appointment"], "a reply", 40)[0]
    assert reply["text"].startswith("Dear Helen,") and "appointment" in reply["text"]
    own = helen.list("message", from_council=False, subject="The appointment")[0]
    assert own["read_at"]


def test_whole_way_from_the_unique_code(demo):
    """The family that has nothing yet: code, invitation, account, acceptance, activation."""
    address, password = "amara.osei@family.example", "blue kettle on the sill"
    assert re.search(r"^ {4}[0-9A-Z]{4}-[0-9A-Z]{4}$", demo.wait_mail(address, "unique-code"), re.M)
    started = demo.call("POST", "/v1/registrations", {
        "forename": "Amara", "surname": "Osei", "date_of_birth": "1988-01-05", "telephone": "01632 960 755",
        "address": "2 Mill Street", "postcode": "WY2 1AB", "relationship": "Mother", "email": address,
        "password": password})
    code = digits(demo.wait_mail(address, "registration-code"))
    demo.call("POST", f"/v1/registrations/{started['id']}/verify", {"code": code})
    assert "/accept/" in demo.wait_mail(address, "invitation", timeout=40)
    amara = Person(demo, address, password)
    invitation = wait(lambda: amara.list("invitation"), "the invitation")[0]
    children = [child["id"] for child in amara.list("invitation-child")]
    amara.send("invitation.answer", invitation=invitation["id"], accept=True, children=children)
    demo.wait_mail(address, "activated", timeout=40)
    assert [case["child_forename"] for case in amara.list("case")] == ["Kofi"]


def test_other_families_stay_unseen(helen):
    names = {case["child_surname"] for case in helen.list("case")}
    assert names == {"Marlow"}


def test_given_folder_is_kept(tmp_path):
    demo = Demo("--dir", str(tmp_path / "demo"))
    assert demo.end() == 0
    assert (tmp_path / "demo" / "council.conf").exists()
    again = subprocess.run([SERVER, "demo", "--dir", str(tmp_path / "demo")], capture_output=True, text=True,
                           stdin=subprocess.DEVNULL, timeout=30, check=False)
    assert again.returncode == 1 and "not empty" in again.stderr


def test_own_folder_is_removed():
    demo = Demo()
    demo.process.send_signal(signal.SIGTERM)
    assert demo.process.wait(30) == 0
    assert not os.path.exists(demo.ready["dir"])


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "x"], ["--nothing"], ["word"]])
def test_wrong_options(arguments):
    done = subprocess.run([SERVER, "demo", *arguments], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=30, check=False)
    assert done.returncode == 2 and done.stderr.startswith("ehcp-council demo: ") and not done.stdout


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q", "-p", "no:cacheprovider"]))
