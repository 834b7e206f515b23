# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium showing a plain page with the dashboard's content, and what a process does when nobody touches it."""
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

STAGES = ["Request received", "Deciding whether to assess", "Gathering advice", "Deciding whether to issue a plan",
          "Your draft plan", "Final plan"]
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>opening</title>
<style>body{{font-family:Cantarell;max-width:1064px;margin:auto}}section{{border-radius:12px;padding:18px;margin:12px;
box-shadow:0 1px 3px #0002}}ol{{display:flex;gap:12px}}li{{flex:1}}</style>
<h1>Isla Marlow</h1><section><h2>Statutory Timescales</h2><p>Week 12 of 20, 11 weeks and 1 day used, 62 days left</p>
<ol>{stages}</ol></section>{sections}
<script>requestAnimationFrame(()=>requestAnimationFrame(()=>document.title="shown"))</script>"""


def tree(pid):
    """The process and all that it started."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                    parent = int(file.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += children.get(one, [])
    return found


def pss_of_tree(pid):
    total = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/smaps_rollup", encoding="utf-8") as file:
                total += int(re.search(r"^Pss:\s+(\d+)", file.read(), re.M).group(1))
        except (OSError, AttributeError):
            continue
    return total / 1024


def switches(pid):
    """How often each of its threads has gone to sleep of its own will, by process and thread."""
    found = {}
    for one in tree(pid):
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/status", encoding="utf-8") as file:
                    count = int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", file.read(), re.M).group(1))
                found[one, task] = count
        except (OSError, AttributeError):
            continue
    return found


def wake_ups(pid, seconds=10):
    """How often a second its threads were woken, while nobody does anything. A thread that ends takes its count with it,
    so they are looked at each second, and each thread is compared with itself."""
    total, before = 0, switches(pid)
    for _ in range(seconds):
        time.sleep(1)
        now = switches(pid)
        total += sum(count - before.get(thread, 0) for thread, count in now.items())
        before = now
    return total / seconds


def make_page(folder):
    stages = "".join(f"<li><b>{stage}</b><p>By week 6, Mon 19 Oct</p></li>" for stage in STAGES)
    sections = "".join(f"<section><h2>{name}</h2>" + "".join(f"<p>{name}: one line of text, {n} of 8</p>" for n in range(8))
                       + "</section>" for name in ("Messages", "Documents to View", "Actions to Complete", "Key Dates"))
    path = os.path.join(folder, "page.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(PAGE.format(stages=stages, sections=sections))
    return path


class Browser:
    """One window without tabs."""

    def __init__(self, folder):
        self.start = time.monotonic()
        self.process = subprocess.Popen(
            ["chromium", "--no-sandbox", "--no-first-run", "--disable-sync", "--window-size=1100,760",
             f"--user-data-dir={folder}/profile", f"--app=file://{make_page(folder)}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def wait_shown(self, timeout=60):
        """Milliseconds to its first frame, told by the window's name."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if subprocess.run(["xdotool", "search", "--name", "^shown$"], capture_output=True).stdout.strip():
                return (time.monotonic() - self.start) * 1000
            time.sleep(0.01)
        raise AssertionError("Chromium showed no page")

    def end(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)


def measure(rounds=3):
    """(start in ms, memory in MB, wake-ups a second), or None without Chromium."""
    if not shutil.which("chromium"):
        return None
    starts = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for number in range(rounds + 1):
            browser = Browser(folder)
            starts.append(browser.wait_shown())
            if number == rounds:
                time.sleep(6)
                memory, woken = pss_of_tree(browser.process.pid), wake_ups(browser.process.pid)
            browser.end()
            time.sleep(1)
    return sorted(starts[1:])[rounds // 2], memory, woken
