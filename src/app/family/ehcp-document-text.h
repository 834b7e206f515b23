/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words in a plain text that is shown. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Marks all places of @words (none: "" or NULL), shows the one with the number @shown, and returns how many
 * there are. */
guint ehcp_document_text_mark (GtkTextView *view, const char *words, guint shown);

G_END_DECLS
