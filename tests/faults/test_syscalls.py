# SPDX-License-Identifier: GPL-3.0-or-later
"""The real council under strace: killed, or its disk failing, at the k-th call. Whatever was acknowledged is there
afterwards, once, and `verify` holds. EHCP_ALL=1 takes every k; otherwise a few of each."""
import json
import os
import shutil
import subprocess
import time

import pytest
import scene as s

ALL = os.environ.get("EHCP_ALL") == "1"
SAMPLES = 3
CALLS = ("pwrite64", "fdatasync", "fsync", "rename", "unlink", "link", "openat")
FAULTS = {"killed": "signal=SIGKILL", "io-error": "error=EIO", "disk-full": "error=ENOSPC"}
covered = {}


def choose(n):
    """Which k of 1 to n: all, or the ends and the middle."""
    return range(1, n + 1) if ALL else sorted({1, (n + 1) // 2, n} if n else ())[:SAMPLES]


def strace(*more):
    return ["strace", "-f", "-qq", "-o", "/dev/null", *more]


def count_calls(command, tmp_path):
    """How often the busiest thread of a run makes each call."""
    log = str(tmp_path / "count")
    subprocess.run(["strace", "-ff", "-qq", "-o", log, "-e", f"trace={','.join(CALLS)}", *command],
                   capture_output=True, timeout=120, check=True)
    counts = dict.fromkeys(CALLS, 0)
    for name in os.listdir(tmp_path):
        if name.startswith("count."):
            lines = (tmp_path / name).read_text(errors="replace").splitlines()
            for call in CALLS:
                counts[call] = max(counts[call], sum(line.startswith(call + "(") for line in lines))
            os.remove(tmp_path / name)
    return counts


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    made = s.Scene(tmp_path_factory.mktemp("council"))
    made.case = made.open_case()
    made.family, made.person = made.join(made.case, "helen.marlow@family.example")
    made.document = made.worker.publish(made.case, s.a_pdf("one"), "one.pdf", "One")["id"]
    made.council.stop()
    made.pristine = str(tmp_path_factory.mktemp("pristine") / "data")
    shutil.copytree(os.path.join(made.council.folder, "data"), made.pristine)
    yield made
    made.end()


def reset(scene):
    data = os.path.join(scene.council.folder, "data")
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(scene.pristine, data)


def verify(scene):
    code, out, err = scene.council.try_out("verify")
    assert code == 0, (out, err)


def command_line(scene, name, folder):
    binary, config = scene.council.binary, scene.council.config
    if name == "staff-add":
        return [binary, "staff-add", "--config", config, "--role", "manager", "--email", "new@wyreshire.example",
                "--forename", "Ann", "--surname", "Reed"]
    if name == "backup":
        return [binary, "backup", "--config", config, os.path.join(folder, "backup")]
    return [binary, name, "--config", config, *([os.path.join(folder, "good")] if name == "restore" else [])]


def prepare(scene, name, folder):
    reset(scene)
    shutil.rmtree(os.path.join(folder, "backup"), ignore_errors=True)
    if name == "restore" and not os.path.exists(os.path.join(folder, "good")):
        scene.council.run("backup", os.path.join(folder, "good"))
    if name in ("init", "restore"):
        shutil.rmtree(os.path.join(scene.council.folder, "data"))


def check_after(scene, name, folder, done):
    """What holds whether it was cut off or not; and that it can simply be done again."""
    good = done.returncode == 0
    backup = os.path.join(folder, "backup")
    if name == "staff-add":
        verify(scene)
        if not good:
            return
        again = subprocess.run(command_line(scene, name, folder), capture_output=True, text=True)
        assert again.returncode == 1 and "account already" in again.stderr
    elif name == "backup":
        verify(scene)
        if os.path.exists(backup):
            assert subprocess.run([scene.council.binary, "verify", backup]).returncode == 0
        else:
            assert not good
            subprocess.run(command_line(scene, name, folder), check=True, capture_output=True)
    else:
        if not os.path.exists(scene.council.database):
            assert not good
            subprocess.run(command_line(scene, name, folder), check=True, capture_output=True)
        elif name == "init" and not good:
            # A database without everything in it yet: the server brings it up to date.
            assert scene.council.try_out("audit", "verify")[0] in (0, 1)
            subprocess.run([scene.council.binary, "staff-add", "--config", scene.council.config, "--role", "manager",
                            "--email", "a@b.example", "--forename", "A", "--surname", "B"], check=True,
                           capture_output=True)
        verify(scene)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ["init", "staff-add", "backup", "restore"])
def test_command_line(scene, tmp_path, name, fault):
    folder = str(tmp_path)
    prepare(scene, name, folder)
    counts = count_calls(command_line(scene, name, folder), tmp_path)
    n = 0
    for call, most in counts.items():
        if call == "openat" and fault != "killed":
            continue  # libraries and locales are opened too: their absence is not the disk's
        for k in choose(most):
            prepare(scene, name, folder)
            done = subprocess.run(strace("-e", f"trace={call}", "-e", f"inject={call}:{FAULTS[fault]}:when={k}",
                                         *command_line(scene, name, folder)), capture_output=True, text=True, timeout=120)
            check_after(scene, name, folder, done)
            n += 1
    covered[f"{name}/{fault}"] = n
    assert n > 0


def start(scene, call, fault, k):
    """Serves under strace; FALSE when it did not come up."""
    council = scene.council
    council.log = open(os.path.join(council.folder, "council.log"), "ab")
    command = strace("-e", f"trace={call}", "-e", f"inject={call}:{FAULTS[fault]}:when={k}") if call else []
    council.process = subprocess.Popen([*command, council.binary, "serve", "--config", council.config],
                                       stdout=council.log, stderr=council.log)
    end = time.monotonic() + 20
    while time.monotonic() < end and council.process.poll() is None:
        try:
            council.call("GET", "/v1/service")
            return True
        except OSError:
            time.sleep(0.05)
    return False


def act(scene, name, acknowledged):
    """Commands one after the other, until one gets no answer; ids of those that got one."""
    steps = {
        "message": lambda n: scene.family.say(scene.case, f"message {n}"),
        "file": lambda n: scene.worker.publish(scene.case, s.a_pdf(f"{n}"), "n.pdf", f"File {n}"),
        "withdrawal": lambda n: scene.worker.send("document.withdraw", scene.case, document=scene.document,
                                                  reason="A mistake"),
    }
    for n in range(1 if name == "withdrawal" else 4):
        try:
            acknowledged.append(steps[name](n)["id"])
        except (OSError, s.Refused, s.subprocess.SubprocessError, json.JSONDecodeError, ValueError,
                ConnectionError) as error:
            if isinstance(error, s.Refused):
                assert error.status in (500, 503, 507), error
        except Exception as error:  # noqa: BLE001 - http.client's own
            assert type(error).__module__ == "http.client", error


def check_served(scene, name, acknowledged):
    import sqlite3
    with sqlite3.connect(scene.council.database) as database:
        for ident in acknowledged:
            row = database.execute("SELECT count(*) FROM receipt WHERE id = ?", (ident,)).fetchone()
            assert row == (1,), ident
        if name == "message":
            twice = database.execute("SELECT text FROM kind_message GROUP BY text HAVING count(*) > 1").fetchall()
            assert not twice, twice
    verify(scene)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", ["message", "file", "withdrawal"])
def test_served(scene, name, fault):
    n = 0
    most = {"pwrite64": 30, "fdatasync": 8, "fsync": 4, "link": 4, "unlink": 1, "rename": 0, "openat": 0}
    for call, last in most.items():
        for k in choose(last):
            reset(scene)
            acknowledged = []
            try:
                if start(scene, call, fault, k):
                    act(scene, name, acknowledged)
            finally:
                # The traced server ends with its tracer.
                if scene.council.process.poll() is None:
                    children = open(f"/proc/{scene.council.process.pid}/task/{scene.council.process.pid}/children")
                    for child in children.read().split():
                        os.kill(int(child), 9)
                    scene.council.process.wait(20)
                scene.council.process = None
            # Again without faults: what it has to mend, it mends at the start.
            scene.council.start()
            scene.council.stop()
            check_served(scene, name, acknowledged)
            n += 1
    covered[f"{name}/{fault}"] = n


def test_what_was_covered():
    print("k covered:", json.dumps(covered))
    assert sum(covered.values()) > 0
