#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the source tree against what each layer may see (src/DESIGN.md). Prints TAP."""
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(sys.argv[1])
BUILD = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None

# layer: (other layers that it may include, foreign headers that it may include)
GLIB = r"glib(-object|/.*|-unix)?\.h|gio/.*\.h|gmodule\.h"
SYSTEM = r"(sys|netinet|arpa)/.*\.h|[a-z0-9_]+\.h"
LAYERS = {
    "rules": (set(), r"glib\.h|string\.h|stdlib\.h|stdio\.h"),
    "core": (set(), r"glib(-object)?\.h|gio/gio\.h|json-glib/json-glib\.h|string\.h|stdlib\.h|errno\.h|sys/random\.h"),
    "link": ({"core"}, GLIB + r"|libsoup/soup\.h|libsecret/secret\.h|sqlite3\.h|sodium\.h|json-glib/.*\.h|"
             + SYSTEM),
    "pdf": (set(), r"glib\.h|gio/gio\.h|string\.h"),
    "password": (set(), r"glib\.h|string\.h|zxcvbn\.h"),
    "letter": ({"pdf"}, r"glib\.h|cairo-pdf\.h|pango/.*\.h"),
    "council": ({"core", "rules", "password", "letter", "pdf"}, GLIB + r"|magic\.h|microhttpd\.h|sqlite3\.h|sodium\.h|curl/curl\.h|gmime/gmime\.h|"
                r"json-glib/.*\.h|cairo(-pdf)?\.h|pango/.*\.h|" + SYSTEM),
    "render": (set(), GLIB + r"|poppler\.h|cairo(-.*)?\.h|fontconfig/fontconfig\.h|" + SYSTEM),
    "app": ({"link", "core", "rules", "render", "password", "letter", "pdf"},
            GLIB + r"|adwaita\.h|gtk/.*\.h|gdk/.*\.h|graphene.*\.h|cairo(-pdf)?\.h|pango/.*\.h|json-glib/.*\.h|libical/ical\.h|"
            + SYSTEM),
}
# A folder inside a layer that may see more, and why.
EXTRA = {
    "app/demo": r"gmime/gmime\.h",  # the demo mailbox reads mails
}
FORBIDDEN_SYSTEM = re.compile(r"^(gtk|gdk|adwaita|sqlite3|sodium|microhttpd|curl|poppler|zxcvbn)")
# Deprecated after the toolkit floor: only ehcp-ask.c may name them.
LATE = re.compile(r"\b(AdwLeaflet|AdwFlap|AdwSqueezer|AdwMessageDialog|AdwAboutWindow|AdwPreferencesWindow|"
                  r"GtkDialog|GtkFileChooser\w*|GtkInfoBar|GtkTreeView|GtkComboBox\w*|GtkAssistant|gtk_show_uri|"
                  r"adw_(leaflet|flap|squeezer|message_dialog|about_window|preferences_window)_\w+|"
                  r"gtk_(dialog|file_chooser|info_bar|tree_view|combo_box|assistant)_\w+)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)

failures = []


def headers_of(layer):
    return {p.name for p in (SOURCE / "src" / layer).rglob("*.h")}


own = {layer: headers_of(layer) for layer in LAYERS}


def layer_includes(path, layer):
    allowed_layers, allowed_foreign = LAYERS[layer]
    folder = str(path.parent.relative_to(SOURCE / "src"))
    foreign = allowed_foreign + ("|" + EXTRA[folder] if folder in EXTRA else "")
    for kind, name in INCLUDE.findall(path.read_text()):
        base = name.rsplit("/", 1)[-1]
        if kind == '"':
            if base in own[layer] or any(base in own[other] for other in allowed_layers):
                continue
            if base.endswith(("-resources.h", "config.h")):
                continue
            yield f"{path.relative_to(SOURCE)} includes {name}, which {layer} may not see"
        elif not re.fullmatch(foreign, name) or (
                FORBIDDEN_SYSTEM.match(name) and not re.fullmatch(foreign.replace("|" + SYSTEM, ""), name)):
            yield f"{path.relative_to(SOURCE)} includes <{name}>, which {layer} may not see"


def check(name, found):
    found = list(found)
    failures.extend(found)
    print(("not ok " if found else "ok ") + f"{check.n} {name}")
    for line in found:
        print(f"# {line}")
    check.n += 1


check.n = 1


def gtk_symbols(layer):
    for archive in BUILD.glob(f"src/{layer}/libehcp-*.a"):
        out = subprocess.run(["nm", "-u", "--quiet", archive], capture_output=True, text=True).stdout
        for symbol in sorted(set(re.findall(r"\bU ((?:gtk|gdk|adw)_\w+)", out))):
            yield f"{archive.name} refers to {symbol}"


def lengths():
    for path in sorted(SOURCE.glob("src/**/*.[ch]")):
        n = len(path.read_text().splitlines())
        if n > 600:
            yield f"{path.relative_to(SOURCE)} has {n} lines"


def first_lines():
    for path in sorted(list(SOURCE.glob("src/**/*.[ch]")) + list(SOURCE.glob("tests/**/*.[ch]"))):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text().splitlines()[0]:
            yield f"{path.relative_to(SOURCE)} has no SPDX line"


def late_widgets():
    for path in sorted(list(SOURCE.glob("src/app/**/*.[ch]")) + list(SOURCE.glob("src/app/**/*.ui"))):
        if path.name in ("ehcp-ask.c",):
            continue
        for match in sorted(set(LATE.findall(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)))):
            yield f"{path.relative_to(SOURCE)} uses {match[0] if isinstance(match, tuple) else match}"


for layer in LAYERS:
    files = sorted((SOURCE / "src" / layer).rglob("*.[ch]"))
    check(f"includes of {layer}", (line for path in files for line in layer_includes(path, layer)))
if BUILD:
    for layer in ("rules", "core", "link", "password", "letter", "council", "render"):
        check(f"no toolkit symbol in {layer}", gtk_symbols(layer))
check("every file has its SPDX line", first_lines())
check("no file above 600 lines", lengths())
check("widgets deprecated after the floor", late_widgets())
print(f"1..{check.n - 1}")
sys.exit(1 if failures else 0)
