/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language that the program speaks. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean ehcp_language_is_checked (const char *header);
const char *ehcp_language_note (void);
char *ehcp_left_to_right (const char *text);
void ehcp_editable_left_to_right (GtkEditable *field);

G_END_DECLS
