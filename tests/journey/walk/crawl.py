# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader would stumble over: controls without a name of their own, doubled or technical names."""
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from .driver import has, is_visible  # noqa: E402

CONTROLS = ("push button", "toggle button", "check box", "radio button", "text", "entry", "password text",
            "combo box", "list item", "menu item", "link", "switch", "slider", "image", "icon")
TECHNICAL = re.compile(r"^(Gtk|Adw|Gdk|Ehcp)[A-Z]\w*$|-symbolic$|_")


def _is_doubled(name):
    half = len(name) // 2
    return len(name) > 3 and (name[:half] == name[half + 1:] and name[half] == " ")


def _is_in_closed_choice(node):
    """What a drop-down would offer is in the tree before it is opened, and not on the screen."""
    above = node.get_parent()
    while above is not None and above.get_role_name() != "frame":
        if above.get_role_name() == "combo box":
            return not has(above, Atspi.StateType.EXPANDED)
        above = above.get_parent()
    return False


def faults(program):
    """Sentences, one a fault; [] when every control has a proper name."""
    found = []
    for node in program.nodes():
        try:
            role, name = node.get_role_name(), (node.get_name() or "").strip()
            if role not in CONTROLS or not is_visible(node) or _is_in_closed_choice(node):
                continue
            if role in ("image", "icon") and not name:
                continue  # drawn for the eye alone
            if not name:
                found.append(f"a {role} without a name")
            elif TECHNICAL.search(name):
                found.append(f"a {role} named {name!r}")
            elif _is_doubled(name):
                found.append(f"a {role} whose name is read twice: {name!r}")
        except GLib.GError:
            continue
    return found
