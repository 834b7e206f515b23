# SPDX-License-Identifier: GPL-3.0-or-later
"""Two programs and a council on loopback. A caseworker's first sync: 250 cases and 15,000 records, from the last code
of the sign-in until all of it is in the sealed copy (reading the table through AT-SPI takes longer than the sync, so
that the screen is looked at and not timed). And the way of a commit: from the council's answer to the caseworker's
command until the family's open dashboard shows it. The peer is the limit.
  office.py BUILD [CASES [MESSAGES]]"""
import concurrent.futures
import glob
import http.client
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
import uuid

os.environ.setdefault("EHCP_BUILD", os.path.abspath(sys.argv[1]))
os.environ.setdefault("EHCP_SOURCE", os.getcwd())
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))
from walk import authenticator, post  # noqa: E402
from walk.council import Caseworker  # noqa: E402
from walk.driver import Program, text_of, wait  # noqa: E402
from walk.family import PASSWORD, Family  # noqa: E402
from walk.office import PORTAL, Office, now  # noqa: E402
from walk.session import Session  # noqa: E402

CASES = int(sys.argv[2]) if len(sys.argv) > 2 else 250
MESSAGES = int(sys.argv[3]) if len(sys.argv) > 3 else 26  # of each case: with what a case brings, 15,000 records
ROUNDS = 7
SYNC_LIMIT_MS, COMMIT_LIMIT_MS = 3000, 1000
HELEN = "helen.marlow@family.example"


class Sender(threading.local):
    """One connection for each thread: what is measured comes later."""

    connection = None

    def send(self, worker, kind, case=None, **fields):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", worker.council.port, timeout=60)
        body = json.dumps({"kind": kind, **({"case": case} if case else {}), **fields})
        self.connection.request("PUT", f"/v1/commands/{uuid.uuid4()}", body,
                                {"Authorization": f"Bearer {worker.token}", "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status < 300, content
        return json.loads(content)


def fill(office, worker, kind):
    sender = Sender()

    def one(number):
        case = sender.send(worker, "case.open", child_forename="Isla", child_surname=f"Larkwood-{number}",
                           date_of_birth="2018-03-14", received="2026-09-07")["result"]["case"]
        sender.send(worker, "case.allocate", case, caseworker=worker.account)
        for message in range(MESSAGES):
            sender.send(worker, "message.send", case, message_type=kind, subject=f"Message {message}",
                        text="This is how far we are with the plan. " * 8, audience="adults", composed_at=now())

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        list(pool.map(one, range(CASES)))
    return sum(len(records) for records in worker.records().values())


def count_cached(folder):
    paths = glob.glob(os.path.join(folder, "**", "cache.sqlite"), recursive=True)
    try:
        with sqlite3.connect(f"file:{paths[0]}?mode=ro", uri=True, timeout=20) as database:
            return database.execute("SELECT count(*) FROM record").fetchone()[0]
    except (IndexError, sqlite3.OperationalError):
        return 0


def first_sync(office, worker, n_records, number):
    """From the last code to everything on the disk; then the screen has it too."""
    session = Session()
    folder = os.path.join(office.folder, f"first-{number}")
    p = Program(PORTAL, ["--council", office.council.url, "--cache-dir", folder], session.env)
    try:
        p.press("Sign in", timeout=60)
        p.type_into("Email address", worker.email)
        p.type_into("Password", worker.PASSWORD)
        p.press("Submit")
        p.wait_for("Security code", timeout=40)
        p.type_into("Security code", post.digits(office.mails.wait_mail(worker.email, "code")))
        p.press("Finish")
        authenticator.answer(p, worker.app)
        begun = time.monotonic()
        wait(lambda: count_cached(folder) >= n_records, 120, f"{n_records} records, of which {count_cached(folder)} came")
        kept = time.monotonic() - begun
        p.wait_text(f"{CASES} cases, ", 60)
        return kept * 1000
    finally:
        p.close()
        session.end()


def shows_count(program, number):
    """The box says Messages, and below it how many are new."""
    texts = [text for text in map(text_of, program.nodes()) if text]
    return ("Messages", str(number)) in zip(texts, texts[1:])


def commits(office, worker, kind):
    family = Family(office.council, office.mails, worker, "Isla", HELEN)
    session = Session()
    p = office.open(HELEN, PASSWORD, session=session)
    p.press("SEND Dashboard", timeout=60)
    p.wait_text("Key Dates", 40)
    times = []
    for number in range(1, ROUNDS + 1):
        worker.send("message.send", family.case, message_type=kind, subject=f"News {number}", text="It goes on.",
                    audience="adults", composed_at=now())
        begun = time.monotonic()
        wait(lambda: shows_count(p, number), 20, f"{number} new messages", p.describe)
        times.append((time.monotonic() - begun) * 1000)
        time.sleep(0.5)
    office.close(p)
    session.end()
    return times


def line(name, ours, limit, more=""):
    print(f"bench {name} ours={ours:.0f} peer={limit} ratio={ours / limit:.2f} unit=ms (peer: the limit){more}", flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        office = Office(folder)
        try:
            kind = office.council.call("GET", "/v1/service")["message_types"][0]
            worker = Caseworker(office.council, office.mails)
            times = commits(office, worker, kind)
            line("commit-to-family", statistics.median(times), COMMIT_LIMIT_MS, f" slowest={max(times):.0f}")
            other = Caseworker(office.council, office.mails, "omar.reid@wyreshire.example", name="Omar Reid", team="South")
            n_records = fill(office, other, kind)
            runs = [first_sync(office, other, n_records, number) for number in range(3)]
            line("first-sync", min(runs), SYNC_LIMIT_MS, f" cases={CASES} records={n_records}")
        finally:
            office.end()


main()
