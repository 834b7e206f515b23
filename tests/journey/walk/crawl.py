# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader would stumble over: controls without a name of their own, doubled or technical names."""
import collections
import os
import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from .driver import GONE, role_of  # noqa: E402

CONTROLS = ("push button", "toggle button", "check box", "radio button", "text", "entry", "password text",
            "combo box", "list item", "menu item", "link", "switch", "slider", "image", "icon")
TOPS = ("application", "frame", "dialog", "window")
TECHNICAL = re.compile(r"^(Gtk|Adw|Gdk|Ehcp)[A-Z]\w*$|-symbolic$|_")


def _is_doubled(name):
    half = len(name) // 2
    return len(name) > 3 and (name[:half] == name[half + 1:] and name[half] == " ")


class Seen:
    """A node on the screen, with what it has from those above it."""

    def __init__(self, node, above):
        self.node, self.role, self.name = node, role_of(node), (node.get_name() or "").strip()
        self.states = node.get_state_set()
        is_top = self.role in TOPS
        self.is_visible = is_top or self.has(Atspi.StateType.VISIBLE)
        # What is inside a control that is off is off as well.
        self.is_off = not is_top and (above is not None and above.is_off or not self.has(Atspi.StateType.SENSITIVE))
        # The row that it stands in, for which all of the row is pressed.
        self.row = None if is_top or above is None or above.role == "list" \
            else above if above.role == "list item" else above.row
        # What it is scrolled in: the rest of it is not to be seen.
        self.pane = None if is_top or above is None else above if above.role == "scroll pane" else above.pane
        # What a drop-down would offer is in the tree before it is opened, and not on the screen.
        self.is_in_closed_choice = not is_top and above is not None and (
            not above.has(Atspi.StateType.EXPANDED) if above.role == "combo box" else above.is_in_closed_choice)

    def has(self, state):
        return self.states.contains(state)

    def box(self):
        return Atspi.Component.get_extents(self.node, Atspi.CoordType.WINDOW)

    def is_scrolled_out(self, box):
        """Whether @box, its own, lies partly beyond the edge of what it is scrolled in."""
        pane = self.pane.box() if self.pane is not None else None
        return pane is not None and pane.height > 0 and (box.y < pane.y or box.y + box.height > pane.y + pane.height)


def look(program):
    """All that is on the screen, in one walk: what is hidden hides what is in it."""
    found = []

    def visit(node, above):
        try:
            seen = Seen(node, above)
            if not seen.is_visible:
                return
            found.append(seen)
            children = [node.get_child_at_index(index) for index in range(node.get_child_count())]
        except GONE:
            return
        for child in children:
            if child is not None:
                visit(child, seen)

    root = program.root()
    if root is not None:
        visit(root, None)
    return found


def faults(screen):
    """Sentences, one a fault of what look() saw; [] when every control has a proper name."""
    found = []
    for seen in screen:
        role, name = seen.role, seen.name
        if role not in CONTROLS or seen.is_in_closed_choice:
            continue
        if role in ("image", "icon") and not name:
            continue  # drawn for the eye alone
        if not name:
            found.append(f"a {role} without a name")
        elif TECHNICAL.search(name):
            found.append(f"a {role} named {name!r}")
        elif _is_doubled(name):
            found.append(f"a {role} whose name is read twice: {name!r}")
    return found


# Sizes and colours

TARGETS = ("push button", "toggle button", "check box", "radio button", "combo box", "list item", "link", "switch")
LEAST_TARGET = 24
LEAST_CONTRAST, LEAST_LARGE = 4.5, 3.0
LARGE_HEIGHT = 26  # px of a line at 18 pt or more


def small_targets(screen):
    """What can be pressed and is less than 24 × 24 (WCAG 2.2, 2.5.8)."""
    found = []
    for seen in screen:
        try:
            if seen.role not in TARGETS or seen.is_in_closed_choice or seen.is_off \
                    or (seen.row is not None and seen.row.box().height >= LEAST_TARGET):
                continue
            box = seen.box()
            if 0 < box.width and 0 < box.height and min(box.width, box.height) < LEAST_TARGET:
                found.append(f"a {seen.role} of {box.width} × {box.height}: {seen.name!r}")
        except GONE:
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


def faint_texts(screen, pictures):
    """Labels whose ink is too faint on their ground in one of @pictures of the same screen."""
    gi.require_version("GdkPixbuf", "2.0")
    from gi.repository import GdkPixbuf
    loaded = [(path, GdkPixbuf.Pixbuf.new_from_file(path)) for path in pictures]
    loaded = [(os.path.basename(path), picture, picture.get_pixels()) for path, picture in loaded]
    found = []
    for seen in screen:
        try:
            if seen.role not in ("label", "heading") or not seen.name or seen.is_off:
                continue
            box = seen.box()
            if seen.is_scrolled_out(box):
                continue
            least = LEAST_LARGE if box.height >= LARGE_HEIGHT and len(seen.name) < 60 else LEAST_CONTRAST
            for name, picture, data in loaded:
                best = _measure(picture, data, box)
                if best is not None and best < least:
                    found.append(f"{name}: {best:.2f}:1 {seen.name[:60]!r}")
        except GONE:
            continue
    return found


def is_wrong(seen):
    """GTK 4.8 says `invalid`, later ones `invalid-entry`."""
    return seen.has(Atspi.StateType.INVALID) or seen.has(Atspi.StateType.INVALID_ENTRY)


def silent_errors(screen):
    """Fields that are wrong and do not say so, or say not why."""
    return [f"a wrong {seen.role} without its message: {seen.name!r}" for seen in screen
            if is_wrong(seen) and not (seen.node.get_description() or "").strip()]
