/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button with a sign and a word. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* AdwButtonContent is read twice by a screen reader: its label names the button, and is read after it. */
GtkWidget *ehcp_staff_button_new (const char *icon, const char *label);
void ehcp_staff_button_set_label (GtkWidget *button, const char *label);
/* On a narrow window the sign alone; its name stays. */
void ehcp_staff_button_set_compact (GtkWidget *button, gboolean is_compact);

G_END_DECLS
