# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents beside a peer, in one run: the first page of a long PDF, an upload over a bad line, and whether five hundred
documents need more memory than fifty."""
import base64
import hashlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "journey"))
from walk import post  # noqa: E402
from walk.council import Caseworker, Council, free_port  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
PAGES = os.path.join(BUILD, "tests", "bench", "pages")
ROUNDS = 9
UPLOAD_BYTES = 25 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
CUTS = 10


def line(name, ours, peer, unit, more=""):
    print(f"bench {name} ours={ours:.1f} peer={peer:.1f} ratio={ours / peer:.2f} unit={unit}{more}", flush=True)


def wall_ms(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.monotonic() - start) * 1000


def bench_first_page(folder):
    path = os.path.join(folder, "long.pdf")
    subprocess.run([PAGES, "make", "200", path], check=True)
    peer = ["pdftocairo", "-png", "-r", "144", "-f", "1", "-l", "1", path, os.path.join(folder, "page")]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(float(subprocess.run([PAGES, "first", path], check=True, capture_output=True, text=True).stdout))
        theirs.append(wall_ms(peer))
    slowest = float(subprocess.run([PAGES, "scroll", path], check=True, capture_output=True, text=True).stdout)
    line("first-page/pdftocairo", statistics.median(ours), statistics.median(theirs), "ms",
         f" slowest-next-page={slowest:.1f}")


def request(url, method, path, headers, body=b"", stop_after=None):
    """With stop_after the line is cut when so many bytes of the body are out. None then, and when the server has
    another offset by now."""
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    connection.putrequest(method, path)
    for name, value in {"Tus-Resumable": "1.0.0", "Content-Length": str(len(body)), **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    if stop_after is not None:
        connection.send(body[:stop_after])
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()
        return None
    connection.send(body)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status == 409:
        return None
    assert answer.status < 300, f"{method} {path}: {answer.status}"
    return answer.headers


def upload(url, token, content):
    """In pieces, as the program sends; ten times the line is cut in the middle of one, and the sender asks at once how
    far it came. Both servers are sent the same in the same way. Returns seconds and bytes."""
    credentials = {"Authorization": f"Bearer {token}"} if token else {}
    name = base64.b64encode(b"report.pdf").decode()
    digest = base64.b64encode(hashlib.sha256(content).hexdigest().encode()).decode()
    start, sent, n = time.monotonic(), 0, 0
    made = request(url, "POST", "/v1/uploads", {**credentials, "Upload-Length": str(len(content)),
                                                "Upload-Metadata": f"filename {name},sha256 {digest}"})
    path, offset = urllib.parse.urlsplit(made["Location"]).path, 0
    while offset < len(content):
        n += 1
        piece = content[offset:offset + PIECE_BYTES]
        headers = {**credentials, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        if n % 2 == 0 and n // 2 <= CUTS:
            request(url, "PATCH", path, headers, piece, stop_after=len(piece) // 10)
            sent += len(piece) // 10
            answer = None
        else:
            answer = request(url, "PATCH", path, headers, piece)
            sent += len(piece)
        answer = answer or request(url, "HEAD", path, credentials)
        offset = int(answer["Upload-Offset"])
    return time.monotonic() - start, sent


def bench_upload(folder):
    content = b"%PDF-1.4\n" + os.urandom(UPLOAD_BYTES - 16) + b"%%EOF\n\n"
    port = free_port()
    os.makedirs(os.path.join(folder, "tus"))
    peer = subprocess.Popen(["node", "tus.mjs", os.path.join(folder, "tus"), str(port)],
                            cwd=os.path.join(BUILD, "bench", "node"), stdout=subprocess.PIPE, text=True)
    assert peer.stdout.readline().strip() == "ready"
    mails = post.Post()
    council = Council(os.path.join(BUILD, "src", "council", "ehcp-council"), os.path.join(folder, "council"), mails.port,
                      os.getcwd())
    council.start()
    try:
        token = Caseworker(council, mails).token
        ours, theirs, sent = [], [], 0
        for _ in range(3):
            seconds, sent = upload(council.url, token, content)
            ours.append(seconds * 1000)
            theirs.append(upload(f"http://127.0.0.1:{port}", None, content)[0] * 1000)
        line("upload-ten-cuts/tus-server", statistics.median(ours), statistics.median(theirs), "ms",
             f" sent={sent / len(content):.3f}-of-the-file")
    finally:
        council.stop()
        mails.stop()
        peer.terminate()
        peer.wait(20)


def bench_take_out(folder):
    path = os.path.join(folder, "short.pdf")
    subprocess.run([PAGES, "make", "2", path], check=True)
    peaks = {}
    for n in (50, 500):
        out = subprocess.run([os.path.join(BUILD, "tests", "bench", "take-out"), str(n), path, folder], check=True,
                             capture_output=True, text=True).stdout.split()
        peaks[n] = float(out[1])
        print(f"bench take-out/{n} seconds={out[0]} peak={out[1]} unit=MB", flush=True)
    line("take-out-500/take-out-50", peaks[500], peaks[50], "MB")


def main():
    with tempfile.TemporaryDirectory() as folder:
        bench_first_page(folder)
        bench_take_out(folder)
        bench_upload(folder)


main()
