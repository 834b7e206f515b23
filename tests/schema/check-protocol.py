#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds src/PROTOCOL.md and data/openapi.yaml against the tables of the code. Prints TAP.
Usage: check-protocol.py SOURCE DUMP-TABLES"""
import pathlib
import re
import sys

import schemas

source, program = pathlib.Path(sys.argv[1]), sys.argv[2]
tables = schemas.read_tables(program)
page = (source / "src" / "PROTOCOL.md").read_text(encoding="utf-8")
openapi = (source / "data" / "openapi.yaml").read_text(encoding="utf-8")
results = []


def check(name, problems):
    results.append((name, list(problems)))


def section(title):
    match = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    return match.group(1) if match else ""


def first_cells(text, n_columns):
    """The first cell of each row of the tables with that many columns, heads left out."""
    rows = re.findall(r"^\| (`.*)\|$", text, re.M)
    return [row.split(" | ")[0] for row in rows if row.count(" | ") == n_columns - 1]


def differences(what, documented, code):
    yield from (f"{what} {name} is not in the page" for name in sorted(set(code) - set(documented)))
    yield from (f"{what} {name} is not in the code" for name in sorted(set(documented) - set(code)))


# The page

commands = re.findall(r"`([a-z.]+)`", " ".join(first_cells(section("Commands").split("### ")[0], 3)))
check("every command has a row, once", list(differences("command", commands, tables["commands"]))
      + [f"{kind} has two rows" for kind in sorted(set(commands)) if commands.count(kind) > 1])

statuses = {code: int(status) for code, status
            in re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \|", section("Rules for everything"), re.M)}
check("every refusal has its status", list(differences("refusal", statuses, tables["errors"]))
      + [f"{code} is {statuses[code]} in the page, {status} in the code"
         for code, status in tables["errors"].items() if statuses.get(code, status) != status])

fields = {f["name"] for shapes in ("commands", "records", "bodies")
          for shape in tables[shapes].values() for f in shape}
pointers = set(re.findall(r"`/([a-z_]+)`", section("Commands")))
check("every member at fault exists", (f"/{name} is no member" for name in sorted(pointers - fields)))

# What was made from the tables

try:
    stale = [f"{path.name} is older than the tables: run tests/schema/make-schemas.py"
             for path, text in schemas.renew(source, tables) if path.read_text(encoding="utf-8") != text]
except ValueError as error:
    stale = [str(error)]
check("members are those of the code", stale)

# OpenAPI

def expand(route):
    """/v1/{a,b}/ID of the page is /v1/a/{id} and /v1/b/{id}."""
    choice = re.search(r"{([a-z-]+(?:,[a-z-]+)+)}", route)
    for name in choice.group(1).split(",") if choice else [""]:
        one = route.replace(choice.group(0), name) if choice else route
        yield one.replace("/ID", "/{id}").replace("/CODE", "/{code}")


def page_routes():
    for cell in first_cells(section("Routes"), 3):
        for method, route in re.findall(r"`([A-Z]+) (/[^`]*)`", cell):
            # Those of operations are on a listener of their own.
            if route.startswith(("/v1/", "/accept/", "/staff/")):
                yield from (f"{method} {one}" for one in expand(route))


def openapi_routes():
    paths = openapi.split("\npaths:\n")[1].split("\ncomponents:\n")[0]
    for line in paths.split("\n"):
        if re.match(r"  /.*:$", line):
            route = line.strip()[:-1]
        elif re.match(r"    (get|put|post|patch|delete|head):$", line):
            yield f"{line.strip()[:-1].upper()} {route}"


check("the routes of both documents are the same",
      [f"{route} is not in openapi.yaml" for route in sorted(set(page_routes()) - set(openapi_routes()))]
      + [f"{route} is not in the page" for route in sorted(set(openapi_routes()) - set(page_routes()))])

defined = set(re.findall(r"^    ([a-z.-]+):$", openapi.split("\n  schemas:\n")[1], re.M))
used = set(re.findall(r"#/components/schemas/([a-z.-]+)", openapi))
check("every schema that is named exists", (f"no schema {name}" for name in sorted(used - defined)))

routes = re.findall(r"^  (/[^:\n]*):$", openapi, re.M)
check("no route stands twice", (f"{route} stands twice" for route in set(routes) if routes.count(route) > 1))

try:
    import yaml
except ImportError:
    yaml = None
if yaml is not None:
    try:
        loaded = yaml.safe_load(openapi)
        problems = [] if set(loaded) >= {"openapi", "info", "paths", "components"} else ["parts are missing"]
    except yaml.YAMLError as error:
        problems = [str(error)]
    check("it is YAML", problems)

print(f"1..{len(results)}")
for number, (name, problems) in enumerate(results, 1):
    for problem in problems:
        print(f"# {problem}")
    print(f"{'not ok' if problems else 'ok'} {number} {name}")
sys.exit(any(problems for _, problems in results))
