#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The administrator's sub-commands: what they print, and what they exit with. Prints TAP.
Usage: check-cli.py EHCP-COUNCIL SOURCE"""
import html
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import traceback

program, source = (os.path.abspath(path) for path in sys.argv[1:3])
folder = tempfile.TemporaryDirectory()
config = os.path.join(folder.name, "council.conf")
data = os.path.join(folder.name, "data")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


port = free_port()


def write_config(more=""):
    with open(config, "w", encoding="utf-8") as file:
        file.write(f"""[council]
name=Wyreshire Council
email=send@wyreshire.example
telephone=01632 960 400
url=http://127.0.0.1:{port}
[server]
port={port}
[mail]
transport=folder
folder=mail
[forms]
dir={source}/data/forms
[stage-text]
file={source}/data/stage-text/stages.json
{more}""")


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def fails(code, words, *arguments):
    got, out, err = run(*arguments)
    assert got == code, f"{arguments} exits with {got}: {out}{err}"
    assert words in err, f"{arguments} says {err!r}"
    assert not out, f"{arguments} prints {out!r}"


STAFF = ("staff-add", "--config", config, "--forename", "Priya", "--surname", "Nair")


def test_help():
    for arguments in (["--help"], ["help"]):
        code, out, _ = run(*arguments)
        assert code == 0 and "staff-add" in out, out
    for name in ("init", "serve", "staff-add", "staff-disable", "staff-reset", "authenticator-off", "sessions-end", "check-config", "demo", "backup", "restore", "verify", "audit"):
        code, out, err = run(name, "--help")
        assert code == 0, f"{name} --help exits with {code}: {err}"
    assert run("--version")[1].startswith("ehcp-council ")


def test_called_wrongly():
    fails(2, "Usage:")
    fails(2, "no sub-command “destroy”", "destroy")
    fails(2, "--config FILE is missing", "init")
    fails(2, "--config FILE is missing", "serve")
    fails(2, "Unknown option --colour", "serve", "--config", config, "--colour")
    fails(2, "one word too many", "serve", "--config", config, "now")
    fails(2, "the folder is missing", "backup", "--config", config)
    fails(2, "--config FILE is missing", "restore", "somewhere")
    fails(2, "one word too many", "verify", "--config", config, "one", "two")
    fails(2, "what is to be done? verify", "audit", "--config", config)
    fails(2, "it can only verify", "audit", "--config", config, "forget")
    fails(2, "are needed", "staff-add", "--config", config, "--role", "manager")
    fails(2, "--role is caseworker, manager or administrator", *STAFF, "--role", "family", "--email", "a@b.example")
    fails(2, "is not an e-mail address", *STAFF, "--role", "manager", "--email", "nobody")


def test_bad_config():
    fails(1, "council.conf", "check-config", "--config", config)
    write_config("[colours]\nsky=blue\n")
    fails(1, "no group [colours]", "check-config", "--config", config)
    fails(1, "no group [colours]", "init", "--config", config)
    fails(1, "no group [colours]", "serve", "--config", config)
    fails(1, "no group [colours]", *STAFF, "--role", "manager", "--email", "a@b.example")
    assert not os.path.exists(data)
    write_config()
    code, out, err = run("check-config", "--config", config)
    assert code == 0 and "Wyreshire Council" in out, err


def test_before_init():
    fails(1, "ehcp-council init", "serve", "--config", config)
    fails(1, "ehcp-council init", *STAFF, "--role", "manager", "--email", "a@b.example")


def test_init():
    code, out, err = run("init", "--config", config)
    assert code == 0 and data in out, err
    for name in ("", "uploads", "documents"):
        mode = stat.S_IMODE(os.stat(os.path.join(data, name)).st_mode)
        assert mode == 0o700, f"{name} has the mode {mode:o}"
    assert stat.S_IMODE(os.stat(os.path.join(data, "council.db")).st_mode) == 0o600
    before = os.path.getmtime(os.path.join(data, "council.db"))
    fails(1, "nothing was changed", "init", "--config", config)
    assert os.path.getmtime(os.path.join(data, "council.db")) == before


def test_keep():
    backup = os.path.join(folder.name, "backup")
    for arguments in (["backup", backup], ["verify"], ["verify", backup], ["audit", "verify"]):
        code, out, err = run(arguments[0], "--config", config, *arguments[1:])
        assert code == 0 and not err, f"{arguments}: {err}"
    assert "Head: 0:0" in run("audit", "--config", config, "verify")[1]
    fails(1, "nothing was changed", "backup", "--config", config, backup)
    fails(1, "nothing was changed", "restore", "--config", config, backup)
    fails(1, "MANIFEST", "verify", folder.name)


def test_staff():
    code, out, err = run(*STAFF, "--role", "caseworker", "--email", "Priya.Nair@wyreshire.example")
    assert code == 0, err
    assert re.fullmatch(rf"http://127.0.0.1:{port}/staff/[0-9A-Z]{{4}}(-[0-9A-Z]{{4}}){{3}}\n", out), out
    assert "priya.nair@wyreshire.example" in err
    fails(1, "has an account already", *STAFF, "--role", "manager", "--email", "priya.nair@wyreshire.example")
    code, _, err = run(*STAFF, "--role", "caseworker", "--email", "omar@wyreshire.example", "--team", "North")
    assert code == 0, err
    with sqlite3.connect(os.path.join(data, "council.db")) as database:
        teams = database.execute("SELECT email, team FROM kind_colleague ORDER BY email").fetchall()
    assert teams == [("omar@wyreshire.example", "North"), ("priya.nair@wyreshire.example", None)], teams


def test_staff_ends():
    fails(2, "--email is needed", "staff-disable", "--config", config)
    fails(2, "--email is needed", "staff-reset", "--config", config)
    fails(2, "--email and --checked are needed", "authenticator-off", "--config", config, "--email", "helen@family.example")
    fails(1, "no family's account of that address", "authenticator-off", "--config", config,
          "--email", "helen@family.example", "--checked", "rang back")
    for name in ("staff-disable", "staff-reset"):
        fails(1, "no staff account of that address", name, "--config", config, "--email", "nobody@wyreshire.example")
    code, out, err = run("staff-reset", "--config", config, "--email", "Priya.Nair@wyreshire.example")
    assert code == 0 and re.fullmatch(rf"http://127.0.0.1:{port}/staff/[0-9A-Z-]{{19}}\n", out), out + err
    code, out, err = run("staff-disable", "--config", config, "--email", "omar@wyreshire.example")
    assert code == 0 and "is disabled" in out, out + err
    fails(1, "no staff account of that address", "staff-reset", "--config", config, "--email", "omar@wyreshire.example")


def look_up(sql):
    with sqlite3.connect(os.path.join(data, "council.db")) as database:
        return database.execute(sql).fetchone()[0]


def test_sessions_end():
    fails(2, "--email and --checked are needed", "sessions-end", "--config", config, "--email", "priya.nair@wyreshire.example")
    fails(2, "--email and --checked are needed", "sessions-end", "--config", config, "--checked", "rang back")
    fails(2, "--email and --checked are needed", "sessions-end", "--config", config, "--email",
          "priya.nair@wyreshire.example", "--checked", "")
    for address in ("nobody@wyreshire.example", "omar@wyreshire.example"):
        fails(1, "no account of that address, or it is disabled", "sessions-end", "--config", config, "--email", address,
              "--checked", "rang back")
    with sqlite3.connect(os.path.join(data, "council.db")) as database:
        database.execute("INSERT INTO session SELECT 'a', account, 'b', 'Laptop', 1, 1, 4000000000 FROM credential "
                         "WHERE email = 'priya.nair@wyreshire.example'")
        database.execute("INSERT INTO session SELECT 'c', account, 'd', 'Laptop', 1, 1, 4000000000 FROM credential "
                         "WHERE email = 'omar@wyreshire.example'")
    code, out, err = run("sessions-end", "--config", config, "--email", "Priya.Nair@wyreshire.example",
                         "--checked", "rang back on a known number")
    assert code == 0 and "priya.nair@wyreshire.example is signed out everywhere" in out, out + err
    assert look_up("SELECT group_concat(id) FROM session") == "c"
    assert look_up("SELECT count(*) FROM mail WHERE kind = 'sessions-ended'") == 1
    assert look_up("SELECT detail FROM audit WHERE what = 'sessions.end'") == "rang back on a known number"


def test_audit_names_the_command_line():
    """None of its acts stands under the name of whom it concerned, and the chain holds."""
    assert look_up("SELECT count(*) FROM audit WHERE account <> '#command-line' AND "
                   "what IN ('staff.add', 'staff.disable', 'staff.reset', 'authenticator.off', 'sessions.end')") == 0
    assert look_up("SELECT group_concat(DISTINCT what) FROM (SELECT what FROM audit JOIN credential ON item = "
                   "credential.account WHERE audit.account = '#command-line' ORDER BY what)") == \
        "sessions.end,staff.add,staff.disable,staff.reset"
    assert run("audit", "--config", config, "verify")[0] == 0


def get(path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    return connection.getresponse().status


def test_form_check():
    good = os.path.join(source, "data", "forms", "draft-comments@1.json")
    code, out, err = run("form-check", good)
    assert code == 0 and not err, err
    assert "draft-comments@1, 15 pages" in out, out[:200]
    assert "Only when “What do you think of the draft plan?” is “I want something in it to change”." in out
    assert "Becomes the evidence for a comment on section F of the plan." in out
    for path in sorted(os.listdir(os.path.join(source, "data", "forms"))):
        code, out, err = run("form-check", os.path.join(source, "data", "forms", path))
        assert code == 0 and not err, f"{path}: {err}"
        assert path.removesuffix(".json") in out, f"{path} has another name inside"

    bad = os.path.join(folder.name, "bad.json")
    for old, new, words in (
            ('"is": "change"', '"is": "perhaps"', ":51: /pages/1/if/is: that question cannot have this answer"),
            ('"kind": "choice"', '"kind": "picture"', ":17: /pages/0/questions/0/kind: is not a kind of question"),
            ('"required": true', '"required": "yes"', "/pages/0/questions/0/required: must be true or false"),
            ('"comments": "B"', '"comments": "L"', "must be a section of the plan, A to K"),
            ('"submit": "Submit",', '"sumbit": "Submit",', ":5: /sumbit is not known here"),
            ('"next":', '"next"', "not JSON")):
        with open(good, encoding="utf-8") as file:
            text = file.read()
        assert old in text, old
        with open(bad, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new, 1))
        code, out, err = run("form-check", bad)
        assert code == 1 and not out, f"{new}: {code} {out[:100]}"
        if words != "not JSON":
            assert words in err, f"{new}: {err}"
        assert err.startswith(bad), err
    fails(1, "No such file", "form-check", os.path.join(folder.name, "none.json"))
    fails(2, "which file?", "form-check")
    fails(2, "which file?", "form-check", "--preview", bad)


def test_form_preview():
    """Every part with its controls, the form's words escaped, and nothing that is loaded from elsewhere."""
    page = os.path.join(folder.name, "preview.html")
    for name in sorted(os.listdir(os.path.join(source, "data", "forms"))):
        path = os.path.join(source, "data", "forms", name)
        code, out, err = run("form-check", "--preview", page, path)
        assert code == 0 and not err and page in out, err
        with open(path, encoding="utf-8") as file:
            form = json.load(file)
        with open(page, encoding="utf-8") as file:
            text = file.read()
        assert text.count("<section>") == len(form["pages"]) + 1, name
        for part in form["pages"]:
            for question in part["questions"]:
                assert html.escape(question["label"]).replace("&#x27;", "&apos;") in text, f"{name}: {question['label']}"
        assert "http:" not in text and "https:" not in text and "<script" not in text
    with open(os.path.join(source, "data", "forms", "consent@1.json"), encoding="utf-8") as file:
        text = file.read().replace('"intro": "', '"intro": "<script>alert(1)</script>', 1)
    with open(os.path.join(folder.name, "consent@1.json"), "w", encoding="utf-8") as file:
        file.write(text)
    code, _, err = run("form-check", "--preview", page, os.path.join(folder.name, "consent@1.json"))
    with open(page, encoding="utf-8") as file:
        assert code == 0 and "<script" not in file.read(), err


def test_serve():
    for number in (signal.SIGTERM, signal.SIGINT):
        with subprocess.Popen([program, "serve", "--config", config], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True) as server:
            try:
                line = server.stdout.readline()
                assert f"port {port}" in line, line or server.communicate(timeout=20)
                assert get("/v1/service") == 200
                # Staff can be added while it serves; a second server on the port cannot.
                code, _, err = run(*STAFF, "--role", "manager", "--email", f"{number.name}@wyreshire.example")
                assert code == 0, err
                fails(1, f"cannot listen on 127.0.0.1 port {port}", "serve", "--config", config)
            finally:
                server.send_signal(number)
                out, err = server.communicate(timeout=20)
            assert server.returncode == 0, f"{server.returncode} {out} {err}"
            assert err == "", err


tests = [value for name, value in list(globals().items()) if name.startswith("test_")]
print(f"1..{len(tests)}")
failed = 0
for count, test in enumerate(tests, 1):
    try:
        test()
        print(f"ok {count} {test.__name__[5:].replace('_', '-')}")
    except Exception:
        failed += 1
        for line in traceback.format_exc().splitlines():
            print(f"# {line}")
        print(f"not ok {count} {test.__name__[5:].replace('_', '-')}")
folder.cleanup()
sys.exit(1 if failed else 0)
