# SPDX-License-Identifier: GPL-3.0-or-later
"""A small window beside the program out of which a file can be dragged, as out of a file manager.
  drag_source.py PATH"""
import pathlib
import sys

import gi

gi.require_version("Gtk", "4.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402


def activate(app):
    uri = pathlib.Path(sys.argv[1]).as_uri() + "\r\n"
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.set_content(Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(uri.encode())))
    source.connect("drag-end", lambda *_: app.quit())
    label = Gtk.Label(label=pathlib.Path(sys.argv[1]).name)
    label.add_controller(source)
    window = Gtk.ApplicationWindow(application=app, decorated=False, default_width=100, default_height=100, child=label)
    window.present()


application = Gtk.Application()
application.connect("activate", activate)
application.run()
