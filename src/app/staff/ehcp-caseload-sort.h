/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting by keyboard: the heads of a GtkColumnView hear the mouse alone in GTK 4.8. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EHCP_TYPE_CASELOAD_SORT (ehcp_caseload_sort_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseloadSort, ehcp_caseload_sort, EHCP, CASELOAD_SORT, GtkWidget)

/* Says by which of the columns of @table its rows are sorted, whoever asked for it, and lets one choose. After
 * ehcp_caseload_columns_add(). */
void ehcp_caseload_sort_set_table (EhcpCaseloadSort *sort, GtkColumnView *table);
/* Puts the focus there and opens the choice. */
void ehcp_caseload_sort_open (EhcpCaseloadSort *sort);

G_END_DECLS
