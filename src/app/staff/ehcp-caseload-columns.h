/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the caseload's table. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-case-order.h"

G_BEGIN_DECLS

/* Rows are EhcpCaseSlot. The heads choose by which column they are sorted, and sort nothing themselves. */
void ehcp_caseload_columns_add (GtkColumnView *table);
/* Shows the columns that @width has room for; widths are those of normal text and grow with @scale.
 * @has_caseworkers: cases of several people are shown. */
void ehcp_caseload_columns_fit (GtkColumnView *table, int width, double scale, gboolean has_caseworkers);
/* By which column the rows are sorted: its position among the columns. */
guint ehcp_caseload_columns_get_sorted (GtkColumnView *table, GtkSortType *order);
/* How that column compares. */
EhcpCaseCompare ehcp_caseload_columns_get_compare (guint position);
/* (transfer none) (nullable): the column of that name: "days". */
GtkColumnViewColumn *ehcp_caseload_columns_find (GtkColumnView *table, const char *name);

G_END_DECLS
