# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader would stumble over: controls without a name of their own, doubled or technical names."""
import collections
import os
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from .driver import has, is_visible, role_of  # noqa: E402

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
            role, name = role_of(node), (node.get_name() or "").strip()
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


# Sizes and colours

TARGETS = ("push button", "toggle button", "check box", "radio button", "combo box", "list item", "link", "switch")
LEAST_TARGET = 24
LEAST_CONTRAST, LEAST_LARGE = 4.5, 3.0
LARGE_HEIGHT = 26  # px of a line at 18 pt or more


def _is_off(node):
    """What is inside a control that is off is off as well."""
    while node is not None and node.get_role_name() not in ("frame", "application"):
        if not has(node, Atspi.StateType.SENSITIVE):
            return True
        node = node.get_parent()
    return False


def _is_part_of_a_row(node):
    """A switch or tick in a row: the whole row is pressed for it."""
    above = node.get_parent()
    while above is not None and above.get_role_name() not in ("frame", "list"):
        if above.get_role_name() == "list item":
            return _extents(above).height >= LEAST_TARGET
        above = above.get_parent()
    return False


def _extents(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)


def small_targets(program):
    """What can be pressed and is less than 24 × 24 (WCAG 2.2, 2.5.8)."""
    found = []
    for node in program.nodes():
        try:
            if role_of(node) not in TARGETS or not is_visible(node) or _is_in_closed_choice(node) \
                    or _is_off(node) or _is_part_of_a_row(node):
                continue
            box = _extents(node)
            if 0 < box.width and 0 < box.height and min(box.width, box.height) < LEAST_TARGET:
                found.append(f"a {node.get_role_name()} of {box.width} × {box.height}: {node.get_name()!r}")
        except GLib.GError:
            continue
    return found


def _luminance(pixel):
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in pixel]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one, other):
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _count_colours(picture, data, box):
    """How often each colour stands in a box."""
    stride, channels = picture.get_rowstride(), picture.get_n_channels()
    first, last = box.x, box.x + box.width
    counts = collections.Counter()
    for y in range(box.y, box.y + box.height):
        row = data[y * stride + first * channels:y * stride + last * channels]
        counts.update(zip(row[0::channels], row[1::channels], row[2::channels]))
    return counts


def _measure(picture, data, box):
    """The contrast of a label in a picture, or None where it cannot be told. The ground is the commonest colour of its
    box; its ink is the colour farthest from that: the edges of letters are between the two."""
    inside = (0 <= box.x and 0 <= box.y and box.x + box.width <= picture.get_width()
              and box.y + box.height <= picture.get_height())
    if box.width < 8 or box.height < 8 or not inside:
        return None
    counts = _count_colours(picture, data, box)
    if len(counts) < 2:
        return None
    ground = max(counts, key=counts.get)
    return max(_contrast(ground, colour) for colour in counts)


def faint_texts(program, pictures):
    """Labels whose ink is too faint on their ground in one of @pictures of the same screen."""
    gi.require_version("GdkPixbuf", "2.0")
    from gi.repository import GdkPixbuf
    loaded = [(path, GdkPixbuf.Pixbuf.new_from_file(path)) for path in pictures]
    loaded = [(os.path.basename(path), picture, picture.get_pixels()) for path, picture in loaded]
    found = []
    for node in program.nodes():
        try:
            if node.get_role_name() not in ("label", "heading") or not (node.get_name() or "").strip() \
                    or not is_visible(node) or _is_off(node):
                continue
            box = _extents(node)
            least = LEAST_LARGE if box.height >= LARGE_HEIGHT and len(node.get_name()) < 60 else LEAST_CONTRAST
            for name, picture, data in loaded:
                best = _measure(picture, data, box)
                if best is not None and best < least:
                    found.append(f"{name}: {best:.2f}:1 {node.get_name()[:60]!r}")
        except GLib.GError:
            continue
    return found


def is_wrong(node):
    """GTK 4.8 says `invalid`, later ones `invalid-entry`."""
    return has(node, Atspi.StateType.INVALID) or has(node, Atspi.StateType.INVALID_ENTRY)


def silent_errors(program):
    """Fields that are wrong and do not say so, or say not why."""
    found = []
    for node in program.nodes():
        try:
            if not is_wrong(node) or not is_visible(node):
                continue
            if not (node.get_description() or "").strip():
                found.append(f"a wrong {node.get_role_name()} without its message: {node.get_name()!r}")
        except GLib.GError:
            continue
    return found
