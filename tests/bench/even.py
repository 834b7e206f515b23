# SPDX-License-Identifier: GPL-3.0-or-later
"""Can a stranger tell by the time of an answer whether an address has an account? The area under the curve of
"the known one took longer" over PAIRS pairs: 0.5 is no knowledge at all. With 500 pairs chance alone moves it by
0.018 (one standard deviation)."""
import http.client
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
import uuid
from multiprocessing.pool import ThreadPool

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "journey"))
from walk import post  # noqa: E402
from walk.council import Council  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
PAIRS = int(sys.argv[2]) if len(sys.argv) > 2 else 500
DETAILS = {"forename": "Helen", "surname": "Marlow", "date_of_birth": "1986-06-14", "telephone": "01632 960 733",
           "address": "18 Orchard Row", "postcode": "WY4 2QR", "relationship": "Mother", "professional": False}


def ask(council, path, body, number):
    """One request from a network of its own, as a proxy would pass it on; returns status, answer, seconds."""
    line = http.client.HTTPConnection("127.0.0.1", council.port, timeout=30)
    line.connect()
    began = time.perf_counter()
    line.request("POST", path, json.dumps(body), {
        "Content-Type": "application/json", "X-Forwarded-For": f"{11 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7"})
    answer = line.getresponse()
    took = time.perf_counter() - began
    text = answer.read()
    line.close()
    return answer.status, text, took


def fill(council):
    """PAIRS accounts with the password hash of a real one, so that no two requests are about one address."""
    database = os.path.join(council.folder, "data", "council.db")
    with sqlite3.connect(database) as db:
        password, = db.execute("SELECT password FROM credential WHERE email = 'first@family.example'").fetchone()
        db.executemany("INSERT INTO credential (account, email, password, role, made_at, changed_at) "
                       "VALUES (?, ?, ?, 'family', 0, 0)",
                       [(str(uuid.uuid4()), f"known{n:04}@family.example", password) for n in range(PAIRS)])
    db.close()


def area(known, unknown):
    ranked = sorted([(t, 1) for t in known] + [(t, 0) for t in unknown])
    above, below = 0.0, 0
    for _, is_known in ranked:
        if is_known:
            above += below
        else:
            below += 1
    return above / (len(known) * len(unknown))


def measure(council, name, path, make_body, status):
    order = [(kind, n) for n in range(PAIRS) for kind in ("known", "unknwn")]
    random.shuffle(order)
    times = {"known": [], "unknwn": []}
    answers = {"known": set(), "unknwn": set()}
    networks = 1 << 18 if name == "sign-in" else 0

    def one(numbered):
        number, (kind, n) = numbered
        return kind, ask(council, path, make_body(f"{kind}{n:04}@family.example"), number + networks)

    with ThreadPool(4) as pool:
        for kind, (got, text, took) in pool.imap(one, enumerate(order)):
            assert got == status, (got, text)
            times[kind].append(took)
            answers[kind].add(len(text))
    assert answers["known"] == answers["unknwn"], f"the answers differ in length: {answers}"
    print(f"bench account-timing/{name} ours={area(times['known'], times['unknwn']):.3f} peer=0.500 "
          f"ratio={area(times['known'], times['unknwn']) / 0.5:.2f} unit=auc pairs={PAIRS}", flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        mails = post.Post()
        council = Council(os.path.join(BUILD, "src", "council", "ehcp-council"), os.path.join(folder, "council"),
                          mails.port, os.getcwd())
        council.start()
        try:
            started = council.call("POST", "/v1/registrations", {
                **DETAILS, "email": "first@family.example", "password": "orchard gate at seven"})
            code = post.digits(mails.wait_mail("first@family.example", "code"))
            council.call("POST", f"/v1/registrations/{started['id']}/verify", {"code": code})
            fill(council)
            measure(council, "reset", "/v1/password-resets", lambda email: {"email": email}, 202)
            measure(council, "sign-in", "/v1/sign-ins",
                    lambda email: {"email": email, "password": "not this one, though"}, 401)
        finally:
            council.stop()
            mails.stop()


main()
