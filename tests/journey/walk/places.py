# SPDX-License-Identifier: GPL-3.0-or-later
"""Every place of the program, with what stands after its name and the sample of tests/app that fills it."""
import os
import re

AFTER = {
    "actions": "@isla", "add-document": "@isla", "compare": "@isla", "compose": "@isla", "dashboard": "@isla",
    "documents": "@isla", "form": "@form", "help": "messages", "messages": "@isla", "take-out": "@isla",
    "staff-link": "K7QM4XHDK7QM4XHD",
    "case": "@isla", "give": "@isla", "invite": "@isla", "history": "@isla", "ask": "@isla", "letter": "@isla",
    "papers": "@isla", "publish": "@isla", "write": "@isla", "verify": "a1000000-0000-4000-8000-000000000002",
    "withdraw": "a1000000-0000-4000-8000-000000000001", "review": "d48d029c-e6e6-4e48-87e5-d0a2e0b44866",
}
FIRST_OF_STAFF = "case"
OF_A_TEAM = {"team", "allocate", "give", "cover", "inbox", "templates", "write-many"}


def every(source, chosen=()):
    """(name, place, options of show-view) in the order of ehcp-places.c, which puts the staff's last."""
    with open(os.path.join(source, "src", "app", "ehcp-places.c"), encoding="utf-8") as file:
        names = re.findall(r'^  \{ "([a-z-]+)", ehcp_', file.read(), re.M)
    first = names.index(FIRST_OF_STAFF)
    found = []
    for number, name in enumerate(names):
        options = []
        if name == "invitation":
            options = ["--sample=isla,theo,invited"]
        if number >= first:
            options = ["--sample=isla,theo,staff"] + (["--team"] if name in OF_A_TEAM else [])
        if not chosen or name in chosen:
            found.append((name, f"{name}/{AFTER[name]}" if name in AFTER else name, options))
    return found
