# SPDX-License-Identifier: GPL-3.0-or-later
"""What people typed, their codes and their tokens never stand in a log, however much is logged."""
import glob
import os
import re

import scene as s

PLANTED = {
    "forename": "Zebulonia", "text": "Quartzite under the mulberry tree", "note": "Vellichor in the margin",
    "subject": "Saxifrage by the gate", "title": "Petrichor letter", "file": "heliotrope-plan.pdf",
}
EMAIL = "zebulonia.marlow@family.example"


def test_nothing_planted_is_in_a_log(tmp_path, monkeypatch):
    monkeypatch.setenv("G_MESSAGES_DEBUG", "all")
    scene = s.Scene(tmp_path)
    try:
        case = scene.open_case("Perpetua")
        family, person = scene.join(case, EMAIL, PLANTED["forename"])
        family.say(case, PLANTED["subject"])
        family.send("message.send", case=case, message_type=scene.council.types()[0], subject="x",
                    text=PLANTED["text"], composed_at=s.now())
        scene.worker.send("note.add", case, text=PLANTED["note"])
        scene.worker.publish(case, s.a_pdf("planted"), PLANTED["file"], PLANTED["title"])
        scene.worker.send("access.withdraw", case, person=person, reason="Gossamer reasons")
        for path, token in ((f"/accept/{'A' * 16}", None), ("/v1/changes?since=nonsense", family.token),
                            ("/v1/changes?since=", "not-a-token-of-anybody"), ("/v1/nowhere/Perpetua", family.token),
                            (f"/v1/documents/{s.uuid.uuid4()}/content", family.token)):
            try:
                scene.council.call("GET", path, token=token)
            except s.Refused:
                pass
        for email, password in ((EMAIL, "Feldspar is not the password"), ("sphalerite@nowhere.example", "x" * 12)):
            try:
                scene.council.call("POST", "/v1/sign-ins", {"email": email, "password": password})
            except s.Refused:
                pass
        for body in ('{"kind":"message.send","text":"Brimstone syntax', '{"kind":"Obsidian"}'):
            try:
                scene.council.call("PUT", f"/v1/commands/{s.uuid.uuid4()}", body, family.token)
            except s.Refused:
                pass
        codes = re.findall(r"\b\d{3} \d{3}\b|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b",
                           "".join(s.post.plain(mail) for _, mail in scene.mails.keep.mails))
        tokens = [family.token, scene.worker.token]
    finally:
        scene.end()
    log = "".join(open(path, encoding="utf-8", errors="replace").read()
                  for path in glob.glob(os.path.join(str(tmp_path), "*.log")))
    secrets = [*PLANTED.values(), EMAIL, "Perpetua", "Marlow", "Priya", "Nair", "priya.nair", s.PASSWORD,
               scene.worker.PASSWORD, "01632 960 733", "Orchard Row", "WY4 2QR", "Gossamer", "Brimstone", "Obsidian", "Feldspar", "sphalerite",
               "nonsense", "not-a-token", "A" * 16, *tokens, *codes, *(code.replace(" ", "") for code in codes)]
    assert len(codes) >= 4 and "listens on" in log
    assert [secret for secret in secrets if secret in log] == []
    # Who tries doors stands there all the same, by route, code, network and id of the account.
    assert len(re.findall(r"refused: POST /v1/sign-ins, wrong-credentials, network 7f0000, account none", log)) == 2
    assert re.search(r"refused: GET /v1/changes, not-signed-in, network 7f0000, account none", log)
    assert f"refused: GET /v1/documents/ID/content, not-found, network 7f0000, account {family.account}" in log
