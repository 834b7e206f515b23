#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each text on its ground is at least 4.5:1, each shape at least 3:1, in the four schemes (WCAG 2.2, 1.4.3 and
1.4.11). Reads the colours from the style sheets. Prints TAP."""
import pathlib
import re
import sys

DATA = pathlib.Path(sys.argv[1]) / "data"
# The library's own grounds: window and card, as libadwaita 1.2 has them.
LIGHT = {"window": "#fafafa", "card": "#ffffff", "view": "#ffffff", "text": "#323232"}
DARK = {"window": "#242424", "card": "#383838", "view": "#1e1e1e", "text": "#ffffff"}
SCHEMES = {
    "light": (LIGHT, ["style.css"]),
    "dark": (DARK, ["style.css", "style-dark.css"]),
    "high contrast": (LIGHT, ["style.css", "style-hc.css"]),
    "dark high contrast": (DARK, ["style.css", "style-dark.css", "style-hc.css", "style-hc-dark.css"]),
}
TEXTS = [("current_fg", "current_bg"), ("late_fg", "late_bg"), ("soon_fg", "soon_bg"), ("good_fg", "good_bg"),
         ("accent_fg_color", "accent_bg_color"), ("current_fg", "card"), ("late_fg", "card"), ("soon_fg", "card"),
         ("good_fg", "card"), ("action_fg", "card"), ("action_fg", "window"), ("done_fg", "card"),
         ("text_fg", "ground_bg"), ("late_fg", "ground_bg"), ("current_fg", "ground_bg"), ("done_fg", "ground_bg"),
         ("error_color", "card"), ("text", "notice_bg"), ("dim", "window"), ("dim", "card"), ("dim", "notice_bg")]
SHAPES = [("ring_fg", "card"), ("outline_fg", "card")]
AVATAR_TEXT = ["avatar_bg", "avatar2_bg"]


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def luminance(colour):
    parts = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blend(front, back, share):
    return tuple(round(f * share + b * (1 - share)) for f, b in zip(front, back))


def read_scheme(grounds, sheets):
    colours = dict(grounds)
    for sheet in sheets:
        path = DATA / sheet
        if path.exists():
            colours.update(re.findall(r"@define-color (\w+) (#[0-9a-f]{6}|rgba\(0, 0, 0, [.\d]+\));", path.read_text()))
    return {name: rgb(value) if value.startswith("#") else
            blend((0, 0, 0), rgb(colours["card"]), float(value[14:-1])) for name, value in colours.items()}


def main():
    count = failed = 0
    dim = float(re.search(r"\.dim[^{]*\{ opacity: ([.\d]+)", (DATA / "style.css").read_text())[1])
    for scheme, (grounds, sheets) in SCHEMES.items():
        colours = read_scheme(grounds, sheets)
        pairs = [(a, b, 4.5) for a, b in TEXTS] + [(a, b, 3.0) for a, b in SHAPES] + [("#ffffff", a, 4.5)
                                                                                     for a in AVATAR_TEXT]
        for front, back, least in pairs:
            ground = colours[back]
            ink = (blend(colours["text"], ground, dim) if front == "dim" else
                   rgb(front) if front.startswith("#") else colours[front])
            found = contrast(ink, ground)
            count += 1
            good = found >= least
            failed += not good
            print(f"{'ok' if good else 'not ok'} {count} {scheme}: {front} on {back} {found:.2f}")
    print(f"1..{count}")
    return 1 if failed else 0


sys.exit(main())
