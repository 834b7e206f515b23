#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the sub-tests of a `meson test` run from its log; prints the closing line."""
import json
import re
import sys

passed = failed = 0
for line in open(sys.argv[1], encoding="utf-8", errors="replace"):
    run = json.loads(line)
    output = run.get("stdout") or ""
    good = len(re.findall(r"^ok \d+", output, re.M)) - len(re.findall(r"^ok \d+.*# SKIP", output, re.M | re.I))
    bad = len(re.findall(r"^not ok \d+", output, re.M))
    if not re.search(r"^(not )?ok \d+", output, re.M):
        match = re.search(r"(\d+) passed", output)
        good = int(match.group(1)) if match else 0
        match = re.search(r"(\d+) failed", output)
        bad = int(match.group(1)) if match else 0
        if good == bad == 0:
            good = 1 if run["result"] == "OK" else 0
    if run["result"] not in ("OK", "EXPECTEDFAIL", "SKIP") and bad == 0:
        bad = 1
    passed += good
    failed += bad
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
