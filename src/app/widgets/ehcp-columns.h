/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children beside each other where there is room, else two by two or one under the other. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "spacing" int; "homogeneous" boolean: all of one width, otherwise those that expand share
 * what the others leave; "wide-from" int: the width from which they stand in one row, 0 (default): when
 * their natural widths fit; "half-from" int: the width from which they stand two by two, 0 (default):
 * never. Widths are those of normal text and grow with it. */
#define EHCP_TYPE_COLUMNS (ehcp_columns_get_type ())
G_DECLARE_FINAL_TYPE (EhcpColumns, ehcp_columns, EHCP, COLUMNS, GtkWidget)

GtkWidget *ehcp_columns_new (int spacing, gboolean homogeneous, int wide_from, int half_from);
void ehcp_columns_append (EhcpColumns *columns, GtkWidget *child);
void ehcp_columns_remove (EhcpColumns *columns, GtkWidget *child);

G_END_DECLS
