# SPDX-License-Identifier: GPL-3.0-or-later
"""A caseload of 10,000 cases beside the same table as a plain virtual-scrolling page in Chromium: time to the first
rows from the start of the process, and memory. Ours reads its rows from the sealed cache; the page makes them."""
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

BUILD = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = 3


def ours():
    text = subprocess.check_output([os.path.join(BUILD, "tests", "bench", "caseload")], text=True,
                                   stderr=subprocess.DEVNULL)
    return {name: float(value) for name, value in (line.split("=") for line in text.split() if "=" in line)}


def pss_of_tree(pid):
    """MiB of the process and all below it."""
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                parents[int(entry)] = int(file.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    wanted, total = {pid}, 0
    while True:
        more = {child for child, parent in parents.items() if parent in wanted} - wanted
        if not more:
            break
        wanted |= more
    for one in wanted:
        try:
            with open(f"/proc/{one}/smaps_rollup", encoding="utf-8") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue
    return total / 1024


class Page(http.server.SimpleHTTPRequestHandler):
    done = None

    def do_GET(self):
        if self.path == "/done":
            Page.done.set()
        with open(os.path.join(HERE, "caseload-peer.html"), "rb") as file:
            body = file.read()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def peer(chromium):
    Page.done = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as profile:
        begun = time.monotonic()
        process = subprocess.Popen([chromium, "--no-sandbox", f"--user-data-dir={profile}", "--no-first-run",
                                    "--disable-gpu", "--window-size=1100,760",
                                    f"--app=http://127.0.0.1:{server.server_port}/"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            assert Page.done.wait(60), "the page did not come"
            took = (time.monotonic() - begun) * 1000
            time.sleep(1)
            return took, pss_of_tree(process.pid)
        finally:
            process.terminate()
            process.wait(20)
            server.shutdown()


def main():
    runs = [ours() for _ in range(ROUNDS)]
    best = {name: min(run[name] for run in runs) for name in runs[0]}
    chromium = shutil.which("chromium")
    if chromium:
        times = [peer(chromium) for _ in range(ROUNDS)]
        rows, memory = min(t[0] for t in times), min(t[1] for t in times)
        print(f"bench caseload-start ours={best['from-start']:.1f} peer={rows:.1f} "
              f"ratio={best['from-start'] / rows:.2f} unit=ms cases=10000 records={best['records']:.0f}")
        print(f"bench caseload-memory ours={best['pss']:.1f} peer={memory:.1f} ratio={best['pss'] / memory:.2f} unit=MiB")
    else:
        print("bench caseload: there is no chromium to compare with", file=sys.stderr)
    for name, most in (("first-rows", 1000), ("sort", 100), ("filter", 100), ("scroll-frame", 50)):
        cpu = f" cpu={best[name + '-cpu']:.1f}"
        print(f"bench caseload-{name} ours={best[name]:.1f} most={most} unit=ms{cpu}", flush=True)


main()
