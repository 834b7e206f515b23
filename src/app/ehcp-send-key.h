/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ctrl+Return sends what is written. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ehcp_send_key_add (GtkWidget *screen, const char *action);

G_END_DECLS
