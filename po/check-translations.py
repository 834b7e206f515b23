#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the translations against the sources: every word goes through gettext, no format is lost, each
language says that a native speaker has yet to check it. Reports how complete each is. Prints TAP."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ElementTree

SOURCE = pathlib.Path(sys.argv[1])
COUNT = FAILED = 0
WORDY = {"label", "title", "subtitle", "tooltip-text", "description", "placeholder-text", "text"}
# A literal that is shown as it stands: with at least two letters in a row.
SHOWN = re.compile(r'\b(?:gtk_label_new|gtk_label_set_(?:label|text)|gtk_button_(?:new_with|set)_label|'
                   r'gtk_widget_set_tooltip_text|adw_toast_new|ehcp_view_toast|ehcp_window_toast|'
                   r'adw_preferences_row_set_title|adw_action_row_set_subtitle)'
                   r'\s*\((?:[^()"]*,\s*)?"([^"]*[A-Za-z]{2}[^"]*)"')


def ok(good, name, lines=()):
    global COUNT, FAILED
    COUNT += 1
    FAILED += not good
    print(f"{'ok' if good else 'not ok'} {COUNT} {name}")
    for line in lines:
        print(f"# {line}")


def bare_words():
    found = []
    for path in sorted((SOURCE / "src" / "app").rglob("*.ui")):
        for node in ElementTree.parse(path).iter():
            if node.tag in ("property", "attribute", "item") and node.get("translatable") != "yes" \
                    and (node.tag == "item" or node.get("name") in WORDY) \
                    and not node.get("bind-source") and re.search(r"[A-Za-z]{2}", node.text or "") and len(node) == 0:
                found.append(f"{path.name}: {node.text!r}")
    for path in sorted((SOURCE / "src" / "app").rglob("*.c")):
        if "demo" not in path.parts:
            found += [f"{path.name}: {words!r}" for words in SHOWN.findall(path.read_text())]
    return found


def turned_sentences(path):
    """Sentences of a language from right to left that begin with Latin letters or with a name: without a mark before
    them, the direction of the first letter would be that of the whole sentence."""
    found = []
    for entry in path.read_text().split("\n\n"):
        for text in re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n?)+)', entry, re.M):
            text = "".join(re.findall(r'"(.*)"', text))
            letters = re.sub(r"%(?:\d+\$)?s", "A", re.sub(r"%(?:\d+\$)?[-\d.l]*[duf]", "", text))
            letters = re.sub(r"<[^>]*>|\\.", "", letters)
            ways = [way for way in map(unicodedata.bidirectional, letters) if way in ("L", "R", "AL")]
            if "AL" in ways and ways[0] == "L" and ";" not in text:
                found.append(text)
    return found


def check_language(code, template, folder):
    po = SOURCE / "po" / f"{code}.po"
    merged = folder / f"{code}.po"
    subprocess.run(["msgmerge", "-q", "--no-fuzzy-matching", "-o", merged, po, template], check=True)
    checked = subprocess.run(["msgfmt", "--check-format", "--check-domain", "--statistics", "-o", folder / "x.mo", merged],
                             capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    lines = [line for line in checked.stderr.splitlines() if "error" in line]
    ok(checked.returncode == 0, f"{code}: no format is lost", lines[:10])
    done = int((re.search(r"(\d+) translated", checked.stderr) or [0, 0])[1])
    rest = sum(int(n) for n in re.findall(r"(\d+) (?:untranslated|fuzzy)", checked.stderr))
    print(f"# {code}: {done} of {done + rest} translated, {100 * done // max(done + rest, 1)} %")
    text = po.read_text()
    ok("X-Checked-By-Native-Speaker:" in text, f"{code}: says whether a native speaker has checked it")
    turned = turned_sentences(po)
    ok(not turned, f"{code}: no sentence takes the direction of a name at its beginning", turned[:10])


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        template = folder / "template.pot"
        subprocess.run([SOURCE / "po" / "make-template", SOURCE, template], check=True)
        words = template.read_text()
        broken = re.findall(r'^msgid "(.*[^%]%)"$', words, re.M)
        ok(not broken, "no sentence is cut off by a macro", broken)
        bare = bare_words()
        ok(not bare, "every word on a screen goes through gettext", bare)
        for line in (SOURCE / "po" / "LINGUAS").read_text().splitlines():
            if line and not line.startswith("#"):
                check_language(line, template, folder)
    print(f"1..{COUNT}")
    return 1 if FAILED else 0


sys.exit(main())
