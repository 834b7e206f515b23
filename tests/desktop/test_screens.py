# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen, as assistive technology and tired eyes meet it: names, sizes of what can be pressed, and the
contrast of each text in its pictures, light and dark, each as it is and in high contrast. EHCP_SCHEME takes one of the
two, so that they can run side by side."""
import os
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journey"))
from walk import crawl, places  # noqa: E402
from walk.driver import Program, wait  # noqa: E402

BUILD, SOURCE = os.environ["EHCP_BUILD"], os.environ["EHCP_SOURCE"]
SCHEMES = os.environ.get("EHCP_SCHEME", "light,contrast").split(",")
SHOW = os.path.join(BUILD, "tests", "show-view")


class Screen(Program):
    def __init__(self, place, scheme, folder, *options):
        self.picture_path = os.path.join(folder, "screen.png")
        super().__init__(SHOW, [*options, place, scheme, "1000x800", self.picture_path, "--stay"])
        wait(lambda: os.path.exists(self.picture_path), 40, place)
        wait(lambda: self.root() is not None, 20, "the tree of " + place)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name,place,options", places.every(SOURCE), ids=[name for name, _, _ in places.every(SOURCE)])
def test_screen(name, place, options, scheme, tmp_path):
    screen = Screen(place, scheme, str(tmp_path), "--both", *options)
    try:
        dark = screen.picture_path.replace(".png", "-dark.png")
        wait(lambda: os.path.exists(dark), 40, place + " in the dark")
        seen = crawl.look(screen)
        assert any(s.role == "frame" for s in seen) and len(seen) > 5
        faults = crawl.faint_texts(seen, [screen.picture_path, dark])
        if scheme == "light":
            faults += crawl.faults(seen) + crawl.small_targets(seen) + crawl.silent_errors(seen)
    finally:
        screen.kill()
    assert not faults, "\n".join(faults)


def test_wrong_fields_say_so(tmp_path):
    """The page of registration, sent empty: each wrong field is marked and described."""
    screen = Screen("register", "light", str(tmp_path))
    try:
        screen.press("Next")
        screen.wait_text("There is a problem")
        seen = crawl.look(screen)
        assert len([s for s in seen if crawl.is_wrong(s)]) >= 5
        assert not crawl.silent_errors(seen)
    finally:
        screen.kill()
