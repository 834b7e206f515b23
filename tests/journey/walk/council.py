# SPDX-License-Identifier: GPL-3.0-or-later
"""The real council's server with its own folder, and a caseworker who uses its public API."""
import base64
import configparser
import hashlib
import http.client
import json
import os
import re
import socket
import sqlite3
import subprocess
import time
import uuid

from . import authenticator, post


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status, self.body = status, body


class Council:
    def __init__(self, binary, folder, mail_port, source):
        self.binary, self.folder = binary, folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.config = os.path.join(folder, "council.conf")
        os.makedirs(folder, exist_ok=True)
        config = configparser.ConfigParser(interpolation=None)
        config.optionxform = str
        config["council"] = {
            "name": "Wyreshire Council", "team": "SEND Assessment Team", "telephone": "01632 960 400",
            "email": "send@wyreshire.example", "url": self.url, "reference-prefix": "WY",
            "hours": "Monday to Thursday, 9:00 to 16:30", "data-dir": os.path.join(folder, "data"),
        }
        config["server"] = {"address": "127.0.0.1", "port": str(self.port)}
        config["mail"] = {"transport": "smtp", "host": "127.0.0.1", "port": str(mail_port),
                          "security": "none", "from": "send@wyreshire.example"}
        config["forms"] = {"dir": os.path.join(source, "data", "forms")}
        config["stage-text"] = {"file": os.path.join(source, "data", "stage-text", "stages.json")}
        with open(self.config, "w", encoding="utf-8") as file:
            config.write(file, space_around_delimiters=False)
        self.process = None
        self.run("init")

    def run(self, *arguments):
        done = subprocess.run([self.binary, arguments[0], "--config", self.config, *arguments[1:]],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def start(self):
        self.log = open(os.path.join(self.folder, "council.log"), "ab")
        self.process = subprocess.Popen([self.binary, "serve", "--config", self.config],
                                        stdout=self.log, stderr=self.log)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                assert self.process.poll() is None, open(self.log.name).read()
                time.sleep(0.05)
        raise AssertionError("the council's server did not start")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self.process = None

    def let_codes_expire(self):
        """As if 11 minutes had gone by since the newest codes were sent; they live 10."""
        with sqlite3.connect(os.path.join(self.folder, "data", "council.db"), timeout=20) as database:
            database.execute("UPDATE challenge SET sent_at = sent_at - 660")

    def let_sessions_age(self, column, seconds):
        """As if that long had gone by, with the server restarted meanwhile: it keeps in memory whose session is whose."""
        assert column in ("last_used_at", "expires_at")
        self.stop()
        with sqlite3.connect(os.path.join(self.folder, "data", "council.db"), timeout=20) as database:
            database.execute(f"UPDATE session SET {column} = {column} - ?", (seconds,))
        self.start()

    def call(self, method, path, body=None, token=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        sent = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        if token:
            sent["Authorization"] = f"Bearer {token}"
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status >= 400:
            raise Refused(answer.status, content.decode(errors="replace"))
        if answer.headers.get_content_type() == "application/json" and content:
            return json.loads(content)
        return content if content else dict(answer.headers)


class Caseworker:
    """Signs in with a code like anybody, and with an authenticator app, then sends commands."""

    PASSWORD = "seven quiet lamps 41"

    def __init__(self, council, mails, email="priya.nair@wyreshire.example", role="caseworker", name="Priya Nair",
                 team=None):
        self.council, self.mails, self.email, self.app = council, mails, email, None
        forename, surname = name.split()
        link = council.run("staff-add", "--role", role, "--email", email, "--forename", forename,
                           "--surname", surname, *(("--team", team) if team else ()))
        code = re.search(r"/staff/(\S+)", link).group(1)
        council.call("POST", "/v1/staff-links/finish", {"code": code, "password": self.PASSWORD})
        self.sign_in()
        self.state = None

    def sign_in(self):
        started = self.council.call("POST", "/v1/sign-ins", {"email": self.email, "password": self.PASSWORD})
        code = post.digits(self.mails.wait_mail(self.email, "code"))
        done, self.app = authenticator.finish(self.council.call, started["id"], code, "Office", self.app)
        self.token, self.account = done["token"], done["person"]["id"]

    def send(self, kind, case=None, ident=None, **fields):
        body = {"kind": kind, **({"case": case} if case else {}), **fields}
        return self.council.call("PUT", f"/v1/commands/{ident or uuid.uuid4()}", body, self.token)

    def records(self):
        """Everything that this caseworker may see, by kind."""
        found, state = {}, ""
        while True:
            page = self.council.call("GET", f"/v1/changes?since={state}&limit=500", token=self.token)
            for kind, records in page["records"].items():
                found.setdefault(kind, {}).update({r["id"]: r for r in records})
            for gone in page["gone"]:
                found.get(gone["kind"], {}).pop(gone["id"], None)
            state = page["state"]
            if not page["has_more"]:
                return {kind: list(records.values()) for kind, records in found.items()}

    def wait_record(self, kind, condition, timeout=30):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            for record in self.records().get(kind, []):
                if condition(record):
                    return record
            time.sleep(0.2)
        raise AssertionError(f"no {kind} of that sort; there are: {self.records().get(kind)}")

    def upload(self, content, name):
        meta = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in
                        {"filename": name, "sha256": hashlib.sha256(content).hexdigest()}.items())
        made = self.council.call("POST", "/v1/uploads", "", self.token,
                                 {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(content)),
                                  "Upload-Metadata": meta})
        ident = made["Location"].rsplit("/", 1)[-1]
        self.council.call("PATCH", f"/v1/uploads/{ident}", content, self.token,
                          {"Tus-Resumable": "1.0.0", "Upload-Offset": "0",
                           "Content-Type": "application/offset+octet-stream"})
        return ident

    def publish(self, case, content, name, title, kind="letter", issued=None):
        upload = self.upload(content, name)
        return self.send("document.publish", case, upload=upload, title=title, document_kind=kind,
                         issued=issued or time.strftime("%Y-%m-%d"), audience="adults")
