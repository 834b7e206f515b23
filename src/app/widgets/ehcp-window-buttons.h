/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the window's own buttons. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ehcp_window_buttons_name (GtkWidget *header);

G_END_DECLS
