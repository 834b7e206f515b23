/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as CSV, for spreadsheets: quoted by RFC 4180, and nothing in a field can become a formula. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends one field; @is_first: of its line. NULL is an empty field. */
void ehcp_csv_add (GString *csv, const char *text, gboolean is_first);
/* Appends one line of @n_fields fields, with its end. */
void ehcp_csv_add_line (GString *csv, const char *const *fields, guint n_fields);

G_END_DECLS
