# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills in a form as a person does: part by part of its task list, each question by its kind."""
import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from .driver import has, is_visible, wait  # noqa: E402

DAY = "27/3/2026"


def _texts(program):
    """Empty fields of the page, in order."""
    return [node for node in program.nodes()
            if node.get_role_name() in ("text", "entry") and is_visible(node)
            and has(node, Atspi.StateType.EDITABLE) and not text_of_field(node)]


def text_of_field(node):
    count = Atspi.Text.get_character_count(node)
    return Atspi.Text.get_text(node, 0, count) if count > 0 else ""


def _choices(program):
    """The choices of the page by question: GTK 4.8 calls a radio button a check box as well."""
    questions = {}
    for node in program.nodes():
        if node.get_role_name() in ("radio button", "check box") and is_visible(node):
            above = node
            while above is not None and above.get_role_name() != "list":
                above = above.get_parent()
            questions.setdefault(above.get_name() if above is not None else "", []).append(node)
    return list(questions.values())


def _answer_page(program, words):
    """"No" where a question can be answered so: what hangs on a "Yes" need not be asked."""
    for choices in _choices(program):
        program.press_node(next((node for node in choices if node.get_name() == "No"), choices[0]))
    for node in _texts(program):
        is_day = "When" in (node.get_name() or "")
        Atspi.EditableText.set_text_contents(node, DAY if is_day else words)


def fill_every_part(program, words, shown=None):
    """From the task list to the check of the answers, with the declaration ticked. @shown is called once,
    with the first part filled in."""
    program.wait_text(r"parts? completed")
    first = next(node for node in program.nodes()
                 if node.get_role_name() == "list item" and is_visible(node) and node.get_name())
    program.press_node(first)
    part = 1
    while True:
        here = part
        match = program.wait_text(rf"Part {here} of (\d+)")
        _answer_page(program, words)
        if shown and here == 1:
            shown()
        program.press("Next")
        if here == int(match.group(1)):
            break
        part += 1
    program.wait_text("Choose an answer to change it")
    program.press_node(wait(lambda: _choices(program), 10, "the declaration", program.describe)[0][0])


def choose(p, question, *choices):
    """Each choice is in the list that has the question's name."""
    def find(choice):
        for node in p.nodes():
            if (node.get_role_name() not in ("radio button", "check box") or node.get_name() != choice
                    or not is_visible(node)):
                continue
            above = node.get_parent()
            while above is not None and above.get_role_name() != "list":
                above = above.get_parent()
            if above is not None and above.get_name() == question:
                return node
        return None
    for choice in choices:
        node = wait(lambda: find(choice), 10, f"{choice!r} of {question!r}", p.describe)
        if not has(node, Atspi.StateType.CHECKED):
            p.press_node(node)


def next_part(p, heading):
    p.press("Next")
    p.wait_text(heading)


def choose_file(p, path):
    """In the toolkit's own dialog, where a slash begins a typed path."""
    p.press("Add files", exact=False)
    time.sleep(2.5)
    subprocess.run(["xdotool", "type", "--delay", "40", path], check=True)
    time.sleep(1)
    p.keys("Return")
    p.wait_for("Remove " + os.path.basename(path))
