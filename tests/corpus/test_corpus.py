# SPDX-License-Identifier: GPL-3.0-or-later
"""Each file of the corpus against the viewer's process and against the council's server: refused with a reason or
shown as unreadable, and whatever comes afterwards works."""
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "journey"))
from walk import post  # noqa: E402
from walk.council import Caseworker, Council  # noqa: E402

sys.path.insert(0, os.path.dirname(__file__))
import make_corpus  # noqa: E402

BUILD = os.environ["EHCP_BUILD"]
SOURCE = os.environ["EHCP_SOURCE"]
OPEN = os.path.join(BUILD, "tests", "open-document")
SERVER = os.path.join(BUILD, "src", "council", "ehcp-council")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("corpus")
    make_corpus.write(made)
    return made


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    mails = post.Post()
    server = Council(SERVER, str(tmp_path_factory.mktemp("council")), mails.port, SOURCE)
    server.start()
    try:
        worker = Caseworker(server, mails)
        server.token, server.worker, server.seen = worker.token, worker, 0
        server.case = worker.send("case.open", child_forename="Noah", child_surname="Marlow", date_of_birth="2018-03-14",
                                  received="2026-09-07")["result"]["case"]
        yield server
    finally:
        server.stop()
        mails.stop()


@pytest.mark.parametrize("name", make_corpus.CORPUS)
def test_viewer(folder, name):
    said = subprocess.run([OPEN, str(folder / name), str(folder / "plain.pdf")], check=True, capture_output=True,
                          text=True, timeout=100).stdout.split()
    assert said[0] in make_corpus.CORPUS[name][2].split()
    assert said[1] == "drawn", "the next document is not drawn"


def call(council, method, path, body=b"", headers=None):
    request = urllib.request.Request(council.url + path, data=body, method=method, headers={
        "Authorization": f"Bearer {council.token}", "Tus-Resumable": "1.0.0", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def upload(council, name, content):
    name64 = base64.b64encode(name.encode()).decode()
    sum64 = base64.b64encode(hashlib.sha256(content).hexdigest().encode()).decode()
    status, headers, body = call(council, "POST", "/v1/uploads", headers={
        "Upload-Length": str(len(content)), "Upload-Metadata": f"filename {name64},sha256 {sum64}"})
    if status != 201:
        return status, json.loads(body)
    location = headers["Location"]
    status, _, body = call(council, "PATCH", location, content, {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"})
    if body:
        return status, json.loads(body)
    return status, {"upload": location.rsplit("/", 1)[-1], "sha256": hashlib.sha256(content).hexdigest()}


@pytest.mark.parametrize("name", make_corpus.CORPUS)
def test_council(council, name):
    content, wanted, _ = make_corpus.CORPUS[name]
    status, body = upload(council, name, content)
    if wanted == 204:
        assert status == 204, body
    else:
        assert body["code"] == wanted
    assert upload(council, "next.pdf", make_corpus.letter())[0] == 204


@pytest.mark.parametrize("name", make_corpus.NAMES)
def test_names(council, name):
    """Taken under a name that leads nowhere, hides nothing and fits, or refused."""
    status, body = upload(council, name, make_corpus.letter())
    if status != 204:
        assert body["code"] in ("malformed", "range"), body
        return
    made = council.worker.send("document.publish", council.case, upload=body["upload"], title="A letter",
                               document_kind="letter", issued=time.strftime("%Y-%m-%d"), audience="staff", ident=str(uuid.uuid4()))
    assert made["state"]
    kept = council.worker.wait_record("document", lambda r: r["sha256"] == body["sha256"] and r["seq"] > council.seen)
    council.seen = kept["seq"]
    clean = kept["file_name"]
    assert clean and clean not in (".", "..") and len(clean.encode()) <= 200, clean
    assert not any(c in clean for c in "/\\\0") and not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", clean), clean
