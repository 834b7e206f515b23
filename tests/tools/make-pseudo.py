#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a pseudo-language of the program's words, to look for what is clipped: every text is 40 % longer, with
accents, and in brackets, so that a text that lacks them did not go through gettext.
  make-pseudo.py SOURCE FOLDER    leaves FOLDER/en_XA/LC_MESSAGES/ehcp-portal.mo"""
import ast
import pathlib
import re
import subprocess
import sys

ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "áéíóúýÁÉÍÓÚÝçñšž")
# What must stay as it is: formats, markup, keys, references of XML.
FIXED = re.compile(r"(%%|%[-+#0' ]*(?:\d+\$)?\d*(?:\.\d+)?(?:hh|h|ll|l|z)?[a-zA-Z]|<[^>]*>|&\w+;|Ctrl\+\S+)")


def lengthen(text):
    if not re.search(r"[A-Za-z]{2}", FIXED.sub("", text)):
        return text
    parts = [part if i % 2 else part.translate(ACCENTS) for i, part in enumerate(FIXED.split(text))]
    more = max(2, round(len(FIXED.sub("", text)) * 0.4) - 2)
    padding = ("lorem ipsum dolor sit amet " * (more // 27 + 1))[:more].strip()
    end = "\n" if text.endswith("\n") else ""
    start = "\n" if text.startswith("\n") else ""
    return f"{start}[{''.join(parts).strip(chr(10))} {padding}]{end}"


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def read(path):
    """Entries of a template: dictionaries of its keywords."""
    entries, entry, key = [], {}, None
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        match = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
        if match:
            key = match[1]
            entry[key] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            entry[key] += ast.literal_eval(line)
        elif not line and entry:
            entries.append(entry)
            entry = {}
    return [e for e in entries if e.get("msgid")]


def main():
    source, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) / "en_XA" / "LC_MESSAGES"
    out.mkdir(parents=True, exist_ok=True)
    template = out / "template.pot"
    subprocess.run([source / "po" / "make-template", source, template], check=True, stderr=subprocess.DEVNULL)
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n'
             'X-Checked-By-Native-Speaker: no\\n"', ""]
    for entry in read(template):
        if "msgctxt" in entry:
            lines.append(f"msgctxt {quote(entry['msgctxt'])}")
        lines.append(f"msgid {quote(entry['msgid'])}")
        if "msgid_plural" in entry:
            lines += [f"msgid_plural {quote(entry['msgid_plural'])}", f"msgstr[0] {quote(lengthen(entry['msgid']))}",
                      f"msgstr[1] {quote(lengthen(entry['msgid_plural']))}", ""]
        else:
            # A date's format holds nothing but letters that mean something.
            is_format = re.search(r"%[-]?[AaBbeHMY]", entry["msgid"]) is not None
            lines += [f"msgstr {quote(entry['msgid'] if is_format else lengthen(entry['msgid']))}", ""]
    po = out / "ehcp-portal.po"
    po.write_text("\n".join(lines), encoding="utf-8")
    subprocess.run(["msgfmt", "--check-format", "-o", out / "ehcp-portal.mo", po], check=True)


if __name__ == "__main__":
    main()
