/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A toast that can take back what it says. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @overlay: what holds the toasts; it outlives the screen that the toast is about. */
typedef void (*EhcpUndoFunc) (GtkWidget *overlay, gpointer data);

void ehcp_undo_toast_show (GtkWidget *from, const char *text, guint seconds, EhcpUndoFunc undo,
                           gpointer data, GDestroyNotify free_data);

G_END_DECLS
