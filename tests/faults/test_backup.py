# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup, restore, verify and audit verify, as an administrator calls them."""
import hashlib
import os
import shutil
import sqlite3
import threading

import pytest
import scene as s

MAIL = "\n[audit]\nmail=records@wyreshire.example\n"


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    made = s.Scene(tmp_path_factory.mktemp("council"), MAIL)
    made.case = made.open_case()
    made.family, made.person = made.join(made.case, "helen.marlow@family.example")
    made.worker.publish(made.case, s.a_pdf("one"), "one.pdf", "One")
    made.worker.publish(made.case, s.a_pdf("two"), "two.pdf", "Two")
    yield made
    made.end()


@pytest.fixture(scope="module")
def backup(scene):
    path = os.path.join(scene.council.folder, "backup")
    scene.council.run("backup", path)
    return path


def fails(council, words, *arguments):
    code, out, err = council.try_out(*arguments)
    assert code == 1 and words in err and not out, (code, out, err)


def check(scene, copy, words):
    """`verify COPY` says what is wrong with it."""
    done = s.subprocess.run([s.SERVER, "verify", copy], capture_output=True, text=True)
    assert done.returncode == 1 and words in done.stderr, (done.returncode, done.stdout, done.stderr)


def test_backup_is_whole_and_listed(scene, backup):
    code, out, err = scene.council.try_out("verify", backup)
    assert code == 0 and "2 documents" in out and "whole" in out, (out, err)
    done = s.subprocess.run(["sha256sum", "--check", "--strict", "MANIFEST"], cwd=backup, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(os.listdir(backup)) == ["MANIFEST", "council.db", "documents"]
    assert os.stat(os.path.join(backup, "council.db")).st_mode & 0o077 == 0
    fails(scene.council, "is there already", "backup", backup)


def test_backup_without_data(scene, tmp_path):
    other = s.ServedCouncil.__new__(s.ServedCouncil)
    other.binary, other.config = s.SERVER, str(tmp_path / "c.conf")
    text = open(scene.council.config, encoding="utf-8").read().replace(scene.council.folder, str(tmp_path))
    open(other.config, "w", encoding="utf-8").write(text)
    fails(other, "nothing to back up", "backup", str(tmp_path / "b"))
    assert not os.path.exists(tmp_path / "b") and not os.path.exists(tmp_path / "b.part")


def damage(path, offset=None):
    with open(path, "r+b") as file:
        size = os.path.getsize(path)
        file.seek(size // 2 if offset is None else offset)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 0x20]))


def files(folder):
    return [os.path.join(root, name) for root, _, names in os.walk(folder) for name in names]


def test_verify_finds_every_damage(scene, backup, tmp_path):
    for number, path in enumerate(files(backup)):
        copy = str(tmp_path / f"d{number}")
        shutil.copytree(backup, copy)
        inside = os.path.join(copy, os.path.relpath(path, backup))
        damage(inside)
        assert s.subprocess.run([s.SERVER, "verify", copy], capture_output=True).returncode == 1, inside
        os.remove(inside)
        assert s.subprocess.run([s.SERVER, "verify", copy], capture_output=True).returncode == 1, inside


def test_verify_needs_the_whole_list(backup, tmp_path, scene):
    copy = str(tmp_path / "list")
    shutil.copytree(backup, copy)
    lines = open(os.path.join(copy, "MANIFEST")).read().splitlines(True)
    for text in ("".join(lines[:-1]), "".join(lines[:3] + lines[4:]), "".join(lines)[:-1],
                 "".join(lines).replace("documents/", "../documents/", 1)):
        open(os.path.join(copy, "MANIFEST"), "w").write(text)
        check(scene, copy, "is not whole")


def test_verify_live_finds_damage(scene):
    code, out, err = scene.council.try_out("verify")
    assert code == 0 and "2 documents" in out, err
    path = [p for p in files(os.path.join(scene.council.folder, "data", "documents"))][0]
    damage(path)
    fails(scene.council, "does not match its hash", "verify")
    fails(scene.council, "does not match its hash", "backup", os.path.join(scene.council.folder, "bad"))
    assert not os.path.exists(os.path.join(scene.council.folder, "bad.part"))
    damage(path)
    assert scene.council.try_out("verify")[0] == 0


def test_backup_under_load(scene):
    """Ten backups while messages, documents and withdrawals go on: each is whole."""
    stop, failures = threading.Event(), []

    def load():
        number = 0
        while not stop.is_set():
            number += 1
            try:
                scene.family.say(scene.case, f"load {number}")
                made = scene.worker.publish(scene.case, s.a_pdf(f"load {number}"), "l.pdf", "Load")
                scene.worker.send("document.withdraw", scene.case, document=made["id"], reason="A mistake")
            except Exception as error:  # noqa: BLE001 - told by the test
                failures.append(error)
                return

    thread = threading.Thread(target=load)
    thread.start()
    try:
        for number in range(10):
            path = os.path.join(scene.council.folder, f"load{number}")
            scene.council.run("backup", path)
            assert scene.council.try_out("verify", path)[0] == 0
    finally:
        stop.set()
        thread.join()
    assert not failures, failures


def changed(scene, tmp_path, name, *statements):
    """What `audit verify` says of a copy of the database to which somebody did that."""
    folder = str(tmp_path / name)
    data = os.path.join(folder, "data")
    os.makedirs(data)
    with sqlite3.connect(scene.council.database) as live, \
            sqlite3.connect(os.path.join(data, "council.db")) as copy:
        live.backup(copy)
        for statement in statements:
            copy.execute(statement)
        copy.commit()
    config = os.path.join(folder, "council.conf")
    text = open(scene.council.config, encoding="utf-8").read().replace(
        os.path.join(scene.council.folder, "data"), data)
    open(config, "w", encoding="utf-8").write(text)
    return lambda *more: s.subprocess.run([s.SERVER, "audit", "verify", "--config", config, *more],
                                          capture_output=True, text=True)


def test_audit_verify(scene, tmp_path):
    code, out, _ = scene.council.try_out("audit", "verify")
    assert code == 0 and "every one fits" in out
    head = out.split("Head: ")[1].strip()
    number = int(head.split(":")[0])
    assert changed(scene, tmp_path, "same")("--head", head).returncode == 0
    columns = ("at", "account", "session", "what", "case_id", "item", "detail", "hash")
    acts = {f"edit-{column}": [f"UPDATE audit SET {column} = coalesce({column}, '') || 'x' WHERE number = 3"]
            for column in columns}
    acts |= {
        "removal": ["DELETE FROM audit WHERE number = 4"],
        "first": ["DELETE FROM audit WHERE number = 1"],
        "hidden-removal": ["DELETE FROM audit WHERE number = 4", "UPDATE audit SET number = number - 1 WHERE number > 4",
                           f"UPDATE audit_head SET number = {number - 1}"],
        "reordering": ["UPDATE audit SET number = -1 WHERE number = 4", "UPDATE audit SET number = 4 WHERE number = 5",
                       "UPDATE audit SET number = 5 WHERE number = -1"],
        "truncation": [f"DELETE FROM audit WHERE number > {number - 2}"],
        "insertion": [f"INSERT INTO audit SELECT {number + 1}, at, account, session, what, case_id, item, detail, hash"
                      " FROM audit WHERE number = 2"],
    }
    for name, statements in acts.items():
        done = changed(scene, tmp_path, name, *statements)()
        assert done.returncode == 1 and "does not fit" in done.stderr, (name, done.stdout, done.stderr)


def test_a_noted_head_finds_a_new_chain(scene, tmp_path):
    head = scene.council.try_out("audit", "verify")[1].split("Head: ")[1].strip()
    number = int(head.split(":")[0])
    # Taken off the end, and the head made to fit: only the note tells.
    cut = changed(scene, tmp_path, "cut", f"DELETE FROM audit WHERE number > {number - 2}",
                  "UPDATE audit_head SET number = (SELECT max(number) FROM audit),"
                  " hash = (SELECT hash FROM audit ORDER BY number DESC LIMIT 1)")
    assert cut().returncode == 0
    assert "taken off its end" in cut("--head", head).stderr
    assert "made anew" in cut("--head", f"{number - 2}:{hashlib.sha256(b'x').hexdigest()}").stderr
    assert "is no head" in cut("--head", "yesterday").stderr


def test_the_head_is_mailed_once_a_day(scene):
    mail = scene.mails.wait_mail("records@wyreshire.example", "audit")
    text = s.post.plain(mail)
    assert "--head 0:0" in text, text
    scene.council.stop()
    scene.council.start()
    scene.worker.send("note.add", scene.case, text="A note")
    assert scene.mails.count("records@wyreshire.example") == 1


def test_restore(scene, backup):
    council = scene.council
    epoch = council.call("GET", "/v1/changes?since=", token=scene.family.token)["epoch"]
    newer = scene.family.say(scene.case, "after the backup")["id"]
    council.stop()
    fails(council, "is there already", "restore", backup)
    os.rename(os.path.join(council.folder, "data"), os.path.join(council.folder, "lost"))
    copy = os.path.join(council.folder, "copy")
    shutil.copytree(backup, copy)
    damage(files(os.path.join(copy, "documents"))[0])
    fails(council, "does not match its hash", "restore", copy)
    assert not os.path.exists(council.database)
    assert "Restored" in council.run("restore", backup)
    assert council.try_out("verify")[0] == 0
    council.start()
    answer = council.call("GET", "/v1/changes?since=", token=scene.family.token)
    assert answer["epoch"] != epoch
    assert newer not in [m["id"] for m in answer["records"].get("message", [])]
    documents = answer["records"]["document"]
    assert sorted(d["title"] for d in documents) == ["One", "Two"]
    for document in documents:
        content = council.call("GET", f"/v1/documents/{document['id']}/content", token=scene.family.token)
        assert hashlib.sha256(content).hexdigest() == document["sha256"]
    assert council.try_out("audit", "verify")[0] == 0
