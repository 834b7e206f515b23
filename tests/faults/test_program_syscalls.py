# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's link, with the real keyring, offline copy and council, under strace: killed, or the disk failing, at the
k-th call. What it said was safe is at the council afterwards, once; what waited before is sent; the copy is whole again.
EHCP_ALL=1 takes every k; otherwise some of each."""
import os
import re
import shutil
import sqlite3
import subprocess

import pytest
import scene as s

DRIVER = os.path.join(s.BUILD, "tests", "faults", "link-driver")
ALL = os.environ.get("EHCP_ALL") == "1"
CALLS = {"pwrite64": 2, "fdatasync": 2, "fsync": 1, "rename": 1, "unlink": 1, "openat": 1}  # how many k of each in check
FAULTS = {"killed": "signal=SIGKILL", "io-error": "error=EIO", "disk-full": "error=ENOSPC"}
ACTS = ("start", "first-sync", "say", "file", "draft", "keep")
EMAIL = "helen.marlow@family.example"
BEFORE, AFTER = "words of before", "words of after"
covered = {}


def choose(n, most):
    """Which k of 1 to n: all, or @most of them, the middle first."""
    return range(1, n + 1) if ALL else sorted({(n + 1) // 2, n} if most > 1 else {(n + 1) // 2})[:n]


class Program:
    def __init__(self, folder):
        self.scene = s.Scene(folder / "council")
        self.council = self.scene.council
        self.case = self.scene.open_case()
        self.family, _ = self.scene.join(self.case, EMAIL)
        self.scene.worker.publish(self.case, s.a_pdf("one"), "one.pdf", "One")
        self.type = self.council.types()[0]
        self.cache, self.pristine = str(folder / "cache"), str(folder / "pristine")
        self.paper = str(folder / "Report.pdf")
        with open(self.paper, "wb") as file:
            file.write(s.a_pdf("report"))
        self.sign_in()
        self.run("draft", self.case, BEFORE)
        self.council.stop()
        self.waiting = re.search(r"safe (\S+)", self.run("say", self.case, self.type, "Waits").stdout).group(1)
        self.council.start()
        shutil.copytree(self.cache, self.pristine)

    def command(self, *words):
        return [DRIVER, self.council.url, self.cache, *words]

    def sign_in(self):
        driver = subprocess.Popen(self.command("sign-in", EMAIL, s.PASSWORD), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  text=True)
        assert driver.stdout.readline() == "code, please\n"
        code = s.post.digits(self.scene.mails.wait_mail(EMAIL, "code"))
        out, _ = driver.communicate(code + "\n", timeout=60)
        assert driver.returncode == 0 and not out, out

    def run(self, *words, before=()):
        return subprocess.run([*before, *self.command(*words)], capture_output=True, text=True, timeout=120)

    def reset(self, act):
        shutil.rmtree(self.cache, ignore_errors=True)
        if act != "first-sync":
            shutil.copytree(self.pristine, self.cache)

    def words_of(self, act, number):
        return {"start": ["settle"], "first-sync": ["settle"], "say": ["say", self.case, self.type, f"Said {number}"],
                "file": ["say", self.case, self.type, f"Said {number}", self.paper], "draft": ["draft", self.case, AFTER],
                "keep": ["keep", self.case]}[act]

    def count(self, ident):
        with sqlite3.connect(self.council.database) as database:
            return database.execute("SELECT count(*) FROM kind_message WHERE id = ?", (ident,)).fetchone()[0]

    def texts(self):
        with sqlite3.connect(self.council.database) as database:
            return [text for text, in database.execute("SELECT text FROM kind_message")]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    made = Program(tmp_path_factory.mktemp("program"))
    yield made
    made.scene.end()


def count_calls(program, act, tmp_path):
    log = str(tmp_path / "count")
    program.reset(act)
    program.run(*program.words_of(act, "counted"), before=["strace", "-f", "-qq", "-o", log, "-e",
                                                           f"trace={','.join(CALLS)}"])
    with open(log, errors="replace", encoding="utf-8") as file:
        lines = file.read().splitlines()
    return {call: sum(f" {call}(" in line for line in lines) for call in CALLS}


def check_after(program, act, done, number):
    # Ended by itself, or by the signal that was asked for; never by one of its own.
    assert done.returncode in (0, 3, 4, 137, -9), (done.returncode, done.stdout, done.stderr)
    again = program.run("settle")
    assert again.returncode == 0, (done.stdout, done.stderr, again.stdout, again.stderr)
    shown = again.stdout.splitlines()
    for ident in re.findall(r"^safe (\S+)", done.stdout, re.M):
        assert program.count(ident) == 1, (ident, done.stdout)
        assert sum(line.startswith(f"message {ident} ") for line in shown) == 1, shown
    assert sum(text == f"Said {number}" for text in program.texts()) <= 1
    assert any(line.startswith("case ") for line in shown) and any(line.startswith("document ") for line in shown), shown
    assert not [line for line in shown if line.startswith("document ") and not line.endswith(" reads")], shown
    assert shown[-1] == "refused 0", shown
    drafts = [line.split(" ", 2)[2] for line in shown if line.startswith("draft ")]
    if act != "first-sync":  # a copy that is gone takes with it what was on this computer alone
        assert program.count(program.waiting) == 1 and drafts in ([BEFORE], [AFTER]), (drafts, done.stdout)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("act", ACTS)
def test_program(program, tmp_path, act, fault):
    counts = count_calls(program, act, tmp_path)
    n = 0
    for call, most in CALLS.items():
        if call == "openat" and fault != "killed":
            continue  # libraries and locales are opened too: their absence is not the disk's
        for k in choose(counts[call], most):
            program.reset(act)
            number = f"{act} {fault} {call} {k}"
            done = program.run(*program.words_of(act, number), before=[
                "strace", "-f", "-qq", "-o", "/dev/null", "--seccomp-bpf", "-e", f"trace={call}", "-e",
                f"inject={call}:{FAULTS[fault]}:when={k}"])
            check_after(program, act, done, number)
            n += 1
    covered[f"{act}/{fault}"] = n
    assert n > 0


def test_what_was_covered():
    print("k covered:", covered, "in all", sum(covered.values()))
    assert sum(covered.values()) > 0
