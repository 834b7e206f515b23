#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds src/PROTOCOL.md and data/openapi.yaml against the server's own route table. Prints TAP.
Usage: check-routes.py SOURCE DUMP-ROUTES"""
import json
import pathlib
import re
import subprocess
import sys

source, program = pathlib.Path(sys.argv[1]), sys.argv[2]
table = json.loads(subprocess.run([program], check=True, capture_output=True, text=True).stdout)
page = (source / "src" / "PROTOCOL.md").read_text(encoding="utf-8")
openapi = (source / "data" / "openapi.yaml").read_text(encoding="utf-8")
code = {f"{route['method']} {route['pattern']}": route["who"] for route in table}
failed = 0


def check(number, name, problems):
    global failed
    for problem in problems:
        print(f"# {problem}")
    print(f"{'not ok' if problems else 'ok'} {number} {name}")
    failed += bool(problems)


def expand(route):
    """/v1/{a,b}/ID of the page stands for /v1/a/ID and /v1/b/ID."""
    choice = re.search(r"{([a-z-]+(?:,[a-z-]+)+)}", route)
    return [route.replace(choice.group(0), name) for name in choice.group(1).split(",")] if choice else [route]


def page_routes():
    section = re.search(r"^## Routes\n(.*?)(?=^## |\Z)", page, re.M | re.S).group(1)
    for cell, who in re.findall(r"^\| (`.*?`) \| ([a-z ]+) \|", section, re.M):
        for method, route in re.findall(r"`([A-Z]+) (/[^`]*)`", cell):
            for one in expand(route):
                yield f"{method} {one}", who


def openapi_routes():
    """Each operation, and whether anybody may call it (`security: []`)."""
    route = operation = None
    paths = openapi.split("\npaths:\n")[1].split("\ncomponents:\n")[0]
    found = {}
    for line in paths.split("\n"):
        if re.match(r"  /.*:$", line):
            route = line.strip()[:-1].replace("{id}", "ID").replace("{code}", "CODE")
        elif re.match(r"    (get|put|post|patch|delete|head):$", line):
            operation = f"{line.strip()[:-1].upper()} {route}"
            found[operation] = "signed in"
        elif operation and re.match(r"      security: \[\]", line):
            found[operation] = "anybody"
    return found


def differences(what, documented, needed):
    missing = [f"{route} is not in {what}" for route in sorted(set(needed) - set(documented))]
    extra = [f"{route} of {what} is not in the code" for route in sorted(set(documented) - set(needed))]
    return missing + extra + [f"{route}: {documented[route]} in {what}, {needed[route]} in the code"
                              for route in sorted(set(documented) & set(needed)) if documented[route] != needed[route]]


print("1..3")
check(1, "no route stands twice in the table", [r for r in code if sum(1 for t in table if f"{t['method']} {t['pattern']}" == r) > 1])
check(2, "the page lists the routes of the code", differences("PROTOCOL.md", dict(page_routes()), code))
check(3, "openapi.yaml lists the routes of the code",
      differences("openapi.yaml", openapi_routes(), {r: w for r, w in code.items() if w != "operations"}))
sys.exit(1 if failed else 0)
