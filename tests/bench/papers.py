# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents beside a peer, in one run: the first page of a long PDF."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.path.abspath(sys.argv[1])
PAGES = os.path.join(BUILD, "tests", "bench", "pages")
ROUNDS = 9


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


def main():
    with tempfile.TemporaryDirectory() as folder:
        bench_first_page(folder)


main()
