/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Newer GTK gives the entries of a menu no name that a screen reader gets: they take what they show. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ehcp_menu_names_watch (GtkMenuButton *button);

G_END_DECLS
