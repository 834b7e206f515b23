#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of shortcuts shows the keys that the sources bind, and no others. Prints TAP."""
import pathlib
import re
import sys

APP = pathlib.Path(sys.argv[1]) / "src" / "app"
BINDING = re.compile(r"\b(?:\w+add_binding(?:_action|_signal)?|bind)\s*\([^,]+,\s*GDK_KEY_(\w+),\s*([^,]+),")
ACCEL = re.compile(r'accels_for_action\s*\([^;]*?\{\s*"([^"]+)"')
MASKS = {"GDK_CONTROL_MASK": "<Control>", "GDK_ALT_MASK": "<Alt>", "GDK_SHIFT_MASK": "<Shift>", "0": ""}
# The same thing on other keyboards; keys inside one widget, as in any list or field.
ALIKE = {"KP_Enter": "Return", "equal": "plus", "KP_Add": "plus", "KP_Subtract": "minus", "KP_0": "0",
         "ISO_Enter": "Return"}
INSIDE_A_WIDGET = {"Left", "Right", "Up", "Down", "Home", "End", "Page_Up", "Page_Down", "Return", "space", "Tab",
                   "Delete", "Menu", "F10"}


def bound():
    found = {}
    for path in APP.rglob("*.c"):
        if "demo" in path.parts or "widgets" in path.parts:
            continue
        text = path.read_text()
        for key, mask in BINDING.findall(text):
            parts = [part.strip() for part in mask.split("|")]
            if "GDK_SHIFT_MASK" in parts and key == "question":
                parts.remove("GDK_SHIFT_MASK")  # on most keyboards the sign needs it
            key = ALIKE.get(key, key)
            prefix = "".join(MASKS.get(part, part) for part in sorted(parts))
            if prefix or key not in INSIDE_A_WIDGET:
                found.setdefault(prefix + key, path.name)
        for accel in ACCEL.findall(text):
            found.setdefault(accel, path.name)
    return found


def shown():
    return set(re.findall(r'^  \{ \w+, "([^"]+)"', (APP / "desktop" / "ehcp-keys.c").read_text(), re.M))


keys, table = bound(), shown()
missing = sorted(f"{key} ({keys[key]})" for key in set(keys) - table)
gone = sorted(table - set(keys))
print(("ok" if not missing else "not ok") + " 1 every key that is bound is shown")
for key in missing:
    print(f"# {key}")
print(("ok" if not gone else "not ok") + " 2 every key that is shown is bound")
for key in gone:
    print(f"# {key}")
print("1..2")
sys.exit(1 if missing or gone else 0)
