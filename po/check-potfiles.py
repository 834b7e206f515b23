#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds POTFILES against the sources: each file with words for people is in it, and none that is gone.
With --write it makes the list anew."""
import pathlib
import re
import sys

SOURCE = pathlib.Path(sys.argv[1])
LIST = SOURCE / "po" / "POTFILES"
WORDS = re.compile(r'\b(_|N_|C_|ngettext) ?\(\s*"|translatable="yes"')


def wanted():
    files = [p for folder in ("src/app",) for p in (SOURCE / folder).rglob("*.[cu]*")
             if p.suffix in (".c", ".ui") and WORDS.search(p.read_text())]
    files += list((SOURCE / "data").glob("*.desktop.in")) + list((SOURCE / "data").glob("*.metainfo.xml.in"))
    return sorted(str(p.relative_to(SOURCE)) for p in files)


if "--write" in sys.argv:
    LIST.write_text("\n".join(wanted()) + "\n")
    sys.exit(0)
listed = LIST.read_text().split()
missing, gone = set(wanted()) - set(listed), set(listed) - set(wanted())
print(("ok" if not missing else "not ok") + " 1 every file with words is listed")
for name in sorted(missing):
    print(f"# {name} is missing")
print(("ok" if not gone else "not ok") + " 2 no file is listed that has none")
for name in sorted(gone):
    print(f"# {name} has no words")
print("1..2")
sys.exit(1 if missing or gone else 0)
