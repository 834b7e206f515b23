# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program as a person would: finds controls by their visible labels through AT-SPI,
presses, types, reads, and takes pictures. Times out with a list of what is on the screen."""
import os
import re
import signal
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Atspi.init()

HERE = os.path.dirname(os.path.abspath(__file__))

PRESSABLE = ("push button", "toggle button", "check box", "radio button", "menu item", "link", "tab",
             "page tab", "list item", "combo box", "button", "switch")

# A node that went while it was asked; PyGObject has two ways to say so.
GONE = (GLib.GError, RuntimeError)


def walk(node, depth=0):
    if node is None or depth > 60:
        return
    yield node
    try:
        count = node.get_child_count()
    except GONE:
        return
    for index in range(count):
        try:
            child = node.get_child_at_index(index)
        except GONE:
            continue
        yield from walk(child, depth + 1)


def has(node, state):
    try:
        return node.get_state_set().contains(state)
    except GONE:
        return False


def is_visible(node):
    """GTK 4.8 has no `showing`: a node is on the screen when it and all above it are `visible`."""
    while node is not None:
        try:
            if node.get_role_name() in ("application", "frame", "dialog", "window"):
                return True
            if not has(node, Atspi.StateType.VISIBLE):
                return False
            node = node.get_parent()
        except GONE:
            return False
    return True


def role_of(node):
    """Its role by the older of its names: newer ones call a push button a button."""
    role = node.get_role_name()
    return "push button" if role == "button" else role


def text_of(node):
    try:
        count = Atspi.Text.get_character_count(node)
        if count > 0:
            return Atspi.Text.get_text(node, 0, count)
    except GONE:
        pass
    try:
        return node.get_name() or ""
    except GONE:
        return ""


def wait(condition, timeout=20, what="something", describe=None):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            found = condition()
            if found:
                return found
        except GONE:
            pass
        time.sleep(0.05)
    seen = "\n".join(describe()) if describe else ""
    raise AssertionError(f"waited {timeout} s for {what}\non the screen:\n{seen}")


class Program:
    """One running ehcp-portal."""

    def __init__(self, binary, arguments=(), env=None, pictures=None):
        self.pictures = pictures
        self.log = open(os.path.join(os.environ["HOME"], "portal.log"), "ab")
        environment = dict(os.environ, **(env or {}))
        self.process = subprocess.Popen([binary, *arguments], env=environment, stdout=self.log,
                                        stderr=self.log)
        self.name = os.path.basename(binary)

    # Looking

    def root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            try:
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
            except GONE:
                continue
        return None

    def nodes(self):
        root = self.root()
        if root is not None:
            yield from walk(root)

    def describe(self):
        if self.process.poll() is not None:
            return [f"the program has ended with {self.process.returncode}"]
        lines = []
        for node in self.nodes():
            try:
                role, text = node.get_role_name(), text_of(node)
                if text and is_visible(node):
                    lines.append(f"  {role}: {text[:90]!r}"
                                 + ("" if has(node, Atspi.StateType.SENSITIVE) else " (off)"))
            except GONE:
                continue
        return lines

    def find(self, name, roles=None, index=0, exact=True, enabled=None):
        hits = []
        for node in self.nodes():
            try:
                role = role_of(node)
                if roles and role not in roles:
                    continue
                own = node.get_name() or ""
                if (own == name if exact else name in own) and is_visible(node):
                    if enabled is None or has(node, Atspi.StateType.SENSITIVE) == enabled:
                        hits.append(node)
            except GONE:
                continue
        return hits[index] if len(hits) > index else None

    def wait_for(self, name, roles=None, timeout=20, exact=True, index=0, enabled=None):
        return wait(lambda: self.find(name, roles, index, exact, enabled), timeout,
                    f"{name!r} {roles or ''}", self.describe)

    def wait_text(self, pattern, timeout=20):
        """Waits for a visible text that the regular expression matches; returns the match."""
        compiled = re.compile(pattern, re.S)

        def look():
            for node in self.nodes():
                match = compiled.search(text_of(node))
                if match and is_visible(node):
                    return match
            return None
        return wait(look, timeout, f"text /{pattern}/", self.describe)

    def wait_gone(self, name, timeout=20, exact=True):
        wait(lambda: self.find(name, exact=exact) is None, timeout, f"{name!r} to go", self.describe)

    def shows(self, name, exact=True):
        return self.find(name, exact=exact) is not None

    # Acting

    def press(self, name, timeout=20, index=0, exact=True):
        node = self.wait_for(name, PRESSABLE, timeout, exact, index, enabled=True)
        try:
            return self.press_node(node)
        except GONE:  # a list that was filled anew between looking and pressing
            return self.press_node(self.wait_for(name, PRESSABLE, timeout, exact, index, enabled=True))

    def press_node(self, node):
        target = node
        for _ in range(3):
            if Atspi.Action.get_n_actions(target) > 0:
                Atspi.Action.do_action(target, 0)
                return node
            inner = next((c for c in walk(target) if c is not target and Atspi.Action.get_n_actions(c) > 0),
                         None)
            if inner is not None:
                Atspi.Action.do_action(inner, 0)
                return node
            target = target.get_parent()
        self.click(node)
        return node

    def type_into(self, name, text, timeout=20, index=0):
        node = self.wait_for(name, ("text", "password text", "entry"), timeout, index=index)
        assert Atspi.EditableText.set_text_contents(node, text), f"cannot type into {name!r}"
        return node

    def text(self, name, index=0):
        """What stands in a field; an empty one has its name only, which is no text."""
        node = self.wait_for(name, ("text", "password text", "entry"), index=index)
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))

    def is_checked(self, name):
        return has(self.wait_for(name), Atspi.StateType.CHECKED)

    def window(self):
        ids = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                             capture_output=True, text=True).stdout.split()
        return ids[-1] if ids else None

    def centre(self, node):
        """Where it is on the screen."""
        window = wait(self.window, 10, "a window")
        geometry = dict(line.split("=") for line in subprocess.check_output(
            ["xdotool", "getwindowgeometry", "--shell", window], text=True).split())
        frame = next(n for n in self.nodes() if n.get_role_name() == "frame")
        outer = Atspi.Component.get_extents(frame, Atspi.CoordType.WINDOW)
        inner = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        border_x = (int(geometry["WIDTH"]) - outer.width) // 2
        border_y = (int(geometry["HEIGHT"]) - outer.height) // 2
        return (int(geometry["X"]) + border_x + inner.x + inner.width // 2,
                int(geometry["Y"]) + border_y + inner.y + inner.height // 2)

    def click(self, node):
        x, y = self.centre(node)
        subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)

    def drop(self, path, node):
        """Drags a file out of another window onto a control, with the mouse."""
        source = subprocess.Popen(["/usr/bin/python3", "-B", os.path.join(HERE, "drag_source.py"), path],
                                  stdout=self.log, stderr=self.log)
        try:
            window = wait(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(source.pid)],
                                                 capture_output=True, text=True).stdout.split(), 20, "what is dragged")[-1]
            subprocess.run(["xdotool", "windowmove", window, "1150", "300", "windowraise", window], check=True)
            time.sleep(0.5)
            x, y = self.centre(node)
            points = [(1190, 340), (1180, 345), (1150, 360), ((1150 + x) // 2, (360 + y) // 2), (x - 9, y), (x, y), (x + 3, y)]
            for number, (at_x, at_y) in enumerate(points):
                subprocess.run(["xdotool", "mousemove", str(at_x), str(at_y)]
                               + (["mousedown", "1"] if number == 0 else []), check=True)
                time.sleep(0.3)
            time.sleep(0.5)
            subprocess.run(["xdotool", "mouseup", "1"], check=True)
            source.wait(20)
        finally:
            if source.poll() is None:
                source.kill()
                source.wait()

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def width(self, window):
        geometry = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True)
        return next((int(line[6:]) for line in geometry.stdout.split() if line.startswith("WIDTH=")), 0)

    def resize(self, width, height):
        """Asked for until it holds: a screen that is still laid out widely does not let the window go below
        its own least width, and becomes narrow only then."""
        window = wait(self.window, 10, "a window")
        for _ in range(4):
            subprocess.run(["xdotool", "windowsize", window, str(width + 10), str(height + 10)], check=False, timeout=10)
            time.sleep(0.4)
            if self.width(window) == width + 10:
                return True
        return False

    def picture(self, name):
        """One PNG of the window, without the border that stands in for a shadow."""
        if not self.pictures:
            return
        os.makedirs(self.pictures, exist_ok=True)
        time.sleep(0.5)
        window = wait(self.window, 10, "a window")
        subprocess.run(["xdotool", "windowraise", window], check=True)
        path = os.path.join(self.pictures, f"{name}.png")
        subprocess.run(["import", "-window", window, path], check=True)
        subprocess.run(["mogrify", "-shave", "5x5", "+repage", path], check=True)

    def shoot(self, name):
        """For the tour: narrow and wide, and each control has a proper name. Nothing in a test."""
        if not self.pictures:
            return
        from . import crawl  # which drives by this file
        for suffix, size in (("-narrow", (420, 760)), ("", (1100, 760))):
            assert self.resize(*size), f"{name}: does not become {size[0]} wide"
            self.picture(name + suffix)
        faults = crawl.faults(crawl.look(self))
        assert not faults, f"{name}: {faults}"

    # Ending

    def close(self):
        """As when the window is closed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()
