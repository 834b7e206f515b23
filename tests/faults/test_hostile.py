# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's link against a server that means harm: nothing crashes, nothing is believed, memory stays small."""
import json
import os
import socket
import ssl
import subprocess
import threading

import pytest

CLIENT = os.path.join(os.environ["EHCP_BUILD"], "tests", "faults", "hostile-client")
MOST_KIB = 64 * 1024
REFUSED = ("malformed", "failed")
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class Hostile:
    """One behaviour for every connection; remembers what was asked."""

    def __init__(self, answer, context=None):
        self.answer, self.context, self.asked = answer, context, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(line,), daemon=True).start()

    def serve(self, line):
        try:
            if self.context:
                line = self.context.wrap_socket(line, server_side=True)
            self.asked.append(line.recv(65536))
            for piece in self.answer():
                line.sendall(piece)
            line.close()
        except OSError:
            pass

    def close(self):
        self.socket.close()


def run(answer, what="feed", context=None, scheme="http", env=None):
    server = Hostile(answer, context)
    try:
        done = subprocess.run([CLIENT, f"{scheme}://127.0.0.1:{server.port}", what], capture_output=True, text=True,
                              timeout=120, env={**os.environ, **(env or {})})
    finally:
        server.close()
    assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
    code, kib, words = done.stdout.rstrip("\n").split(" ", 2)
    assert int(kib) <= MOST_KIB, f"{kib} KiB more"
    # libsoup says so itself of a negative length.
    assert not [line for line in done.stderr.splitlines() if line and "content-length" not in line], done.stderr
    return code, words, server


def whole(body):
    return lambda: [OK + b"Content-Length: %d\r\n\r\n" % len(body) + body]


def batch(**members):
    return json.dumps({"epoch": "e", "state": "s", "has_more": False, "records": {}, "gone": [], "granted": [],
                       "revoked": [], **members}).encode()


def test_a_good_answer_is_taken():
    assert run(whole(batch()))[0] == "taken"


def pieces(head, piece, n):
    yield head
    for _ in range(n):
        yield piece


@pytest.mark.parametrize("what", ["feed", "command"])
def test_two_gigabytes_of_json(what):
    head = OK + b"Content-Length: 2147483648\r\n\r\n{\"epoch\":\""
    assert run(lambda: pieces(head, b"x" * 65536, 32768), what)[0] == "failed"


@pytest.mark.parametrize("what", ["feed", "command", "document"])
def test_a_body_without_end(what):
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    assert run(lambda: pieces(head, b"10000\r\n" + b"x" * 65536 + b"\r\n", 100000), what)[0] == "failed"


def test_a_million_brackets():
    assert run(whole(b"[" * 1000000))[0] in REFUSED
    assert run(whole(b'{"records":' * 1000000))[0] in REFUSED


def test_many_small_values():
    assert run(whole(b'{"epoch":"e","state":"s","records":{"message":[' + b"{}," * 5000000 + b"{}]}}"))[0] in REFUSED


@pytest.mark.parametrize("body", [
    b"", b"{", b"null", b"[]", b"\xff\xfe{}", b'{"epoch":"\xc3\x28"}', b'{"epoch":1}', b'{"epoch":"e","state":[]}',
    batch(records=[]), batch(records={"message": {}}), batch(gone={}), batch(state=None), batch(epoch=None),
    batch(records="x"), b'{"epoch":"e","epoch":', b"\0" * 1000,
], ids=range(16))
def test_wrong_shapes(body):
    code, words, _ = run(whole(body))
    assert code in ("malformed", "failed", "missing", "taken"), (code, words)
    if not body.startswith(b'{"epoch": "e", "state": "s"'):
        assert code != "taken", body


def test_records_that_are_none():
    """Forged names and types are not shown; nothing is written outside the cache."""
    records = {"message": [{"id": "../../etc/passwd", "seq": 1}, {"id": 5}, "x", None],
               "no-such-kind": [{"id": "00000000-0000-4000-8000-000000000001", "seq": "one"}],
               "document": [{"id": "00000000-0000-4000-8000-000000000002", "file_name": "../../.bashrc", "size": -1}]}
    assert run(whole(batch(records=records)))[0] in ("taken", "malformed", "failed")


@pytest.mark.parametrize("head", [
    b"", b"HTTP/1.1 200", b"HTTP/9.9 999 ?\r\n\r\n", b"\0\0\0\0", b"SSH-2.0-x\r\n",
    OK + b"Content-Length: -5\r\n\r\n", OK + b"Content-Length: 10\r\n\r\n{}",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200000 + b"\r\n{}",
    b"HTTP/1.1 200 OK\r\nX: " + b"y" * 4000000 + b"\r\n\r\n{}",
], ids=range(9))
def test_no_http(head):
    assert run(lambda: [head])[0] in ("offline", "failed", "malformed")


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/steal", "http://evil.example/", "https://evil.example/",
                                    "file:///etc/passwd"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status, target):
    answer = f"HTTP/1.1 {status} Go\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()
    for what in ("feed", "command"):
        code, _, server = run(lambda: [answer], what)
        assert code == "failed" and len(server.asked) == 1, (code, server.asked)


def test_no_redirect_to_another_server_gets_the_token():
    thief = Hostile(lambda: [OK + b"Content-Length: 2\r\n\r\n{}"])
    answer = f"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:{thief.port}/v1/changes\r\nContent-Length: 0\r\n\r\n"
    run(lambda: [answer.encode()])
    thief.close()
    assert thief.asked == []


def test_a_document_longer_than_said():
    code, words, _ = run(whole(b"x" * 5000), "document")
    assert code == "failed" and "longer" in words


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """An authority of our own, and leaves of every kind; name → a server's context, and the authority's file."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key",
            "-out", "ca.pem", "-subj", "/CN=Test authority", "-days", "30")
    contexts = {}
    kinds = {"good": ("IP:127.0.0.1", []), "wrong-name": ("DNS:other.example", []),
             "expired": ("IP:127.0.0.1", ["-not_after"]), "self-signed": ("IP:127.0.0.1", None)}
    for kind, (name, more) in kinds.items():
        (folder / "ext").write_text(f"subjectAltName={name}\n")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{kind}.key",
                "-out", f"{kind}.csr", "-subj", "/CN=127.0.0.1")
        if more is None:
            openssl("x509", "-req", "-in", f"{kind}.csr", "-signkey", f"{kind}.key", "-out", f"{kind}.pem",
                    "-days", "30", "-extfile", "ext")
        elif more:
            (folder / "index.txt").write_text("")
            (folder / "serial").write_text("01\n")
            (folder / "ca.conf").write_text(
                "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
                "policy=p\n[p]\ncommonName=supplied\n")
            openssl("ca", "-batch", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in",
                    f"{kind}.csr", "-out", f"{kind}.pem", "-extfile", "ext", "-startdate", "20200101000000Z",
                    "-enddate", "20200201000000Z")
        else:
            openssl("x509", "-req", "-in", f"{kind}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                    "-out", f"{kind}.pem", "-days", "30", "-extfile", "ext")
        contexts[kind] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        contexts[kind].load_cert_chain(folder / f"{kind}.pem", folder / f"{kind}.key")
    return contexts, str(folder / "ca.pem")


@pytest.mark.parametrize("kind", ["good", "wrong-name", "expired", "self-signed"])
def test_no_certificate_but_a_good_one_of_a_known_authority(certificates, kind):
    """The authority is not the system's: every one of these is refused before a byte is sent."""
    contexts, _ = certificates
    code, _, server = run(whole(batch()), context=contexts[kind], scheme="https")
    assert code == "offline" and not any(server.asked), (code, server.asked)


def test_plain_http_to_other_computers_is_not_tried():
    done = subprocess.run([CLIENT, "http://192.0.2.1", "feed"], capture_output=True, text=True, timeout=30)
    assert done.stdout.startswith("failed ") and "https is needed" in done.stdout
