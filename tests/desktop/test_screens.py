# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen, as assistive technology and tired eyes meet it: names, sizes of what can be pressed, and the
contrast of each text in its picture. The other schemes' colours are held by tests/layers/check-contrast.py."""
import os
import re
import sys
import tempfile

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))
from walk import crawl  # noqa: E402
from walk.driver import Program, wait  # noqa: E402

BUILD, SOURCE = os.environ["EHCP_BUILD"], os.environ["EHCP_SOURCE"]
SHOW = os.path.join(BUILD, "tests", "show-view")
# What stands after a place's name, with the sample family; places that need more than that are left to the journey.
ARGUMENTS = {"dashboard": "@isla", "messages": "@isla", "compose": "@isla", "documents": "@isla", "actions": "@isla",
             "form": "@form", "help": "messages"}
NEED_MORE = {"staff-link", "invitation", "history", "case", "document", "request", "review", "comments"}


def places():
    with open(os.path.join(SOURCE, "src", "app", "ehcp-places.c"), encoding="utf-8") as file:
        names = re.findall(r'^  \{ "([a-z-]+)", ehcp_', file.read(), re.M)
    return [f"{name}/{ARGUMENTS[name]}" if name in ARGUMENTS else name for name in names if name not in NEED_MORE]


class Screen(Program):
    def __init__(self, place, scheme, folder):
        self.picture_path = os.path.join(folder, "screen.png")
        super().__init__(SHOW, [place, scheme, "1000x800", self.picture_path, "--stay"])
        wait(lambda: os.path.exists(self.picture_path) and os.path.getsize(self.picture_path) > 0, 40, place)
        wait(lambda: self.root() is not None, 20, "the tree of " + place)


@pytest.mark.parametrize("scheme", ["light"])
@pytest.mark.parametrize("place", places())
def test_screen(place, scheme):
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(place, scheme, folder)
        try:
            faults = crawl.faint_texts(screen, screen.picture_path, 0)
            if scheme == "light":
                faults += crawl.faults(screen) + crawl.small_targets(screen) + crawl.silent_errors(screen)
        finally:
            screen.kill()
        assert not faults, "\n".join(faults)


def test_wrong_fields_say_so(tmp_path):
    """The page of registration, sent empty: each wrong field is marked and described."""
    screen = Screen("register", "light", str(tmp_path))
    try:
        screen.press("Next")
        screen.wait_text("There is a problem")
        wrong = [n for n in screen.nodes() if crawl.is_wrong(n)]
        assert len(wrong) >= 5
        assert not crawl.silent_errors(screen)
    finally:
        screen.kill()
