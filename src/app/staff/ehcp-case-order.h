/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cases that are wanted, in the order that is wanted, for a table. */
#pragma once

#include "ehcp-case-slot.h"
#include "ehcp-caseload-filter.h"

G_BEGIN_DECLS

/* A GListModel of EhcpCaseSlot. Sorting changes what stands in the slots and announces nothing: with GTK's own
 * sorting model each of the two hundred rows that a table keeps was made anew. */
#define EHCP_TYPE_CASE_ORDER (ehcp_case_order_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseOrder, ehcp_case_order, EHCP, CASE_ORDER, GObject)

typedef int (*EhcpCaseCompare) (const EhcpCaseSummary *a, const EhcpCaseSummary *b);

/* @rows: of EhcpCaseRow. Empty until the first update. */
EhcpCaseOrder *ehcp_case_order_new (GListModel *rows);
/* Chooses and sorts: after the rows, the filter or the order have changed. A list that was short grows to a screenful
 * at once and by some rows in each frame after it, since a table makes two hundred rows before it shows the first. */
void ehcp_case_order_update (EhcpCaseOrder *order, const EhcpCaseloadFilter *filter, EhcpCaseCompare compare,
                             gboolean is_turned);
/* Where that case stands, or GTK_INVALID_LIST_POSITION; the list has grown as far as that. */
guint ehcp_case_order_find (EhcpCaseOrder *order, const char *case_id);
/* How many cases there are, however far the list has grown. */
guint ehcp_case_order_count (EhcpCaseOrder *order);

G_END_DECLS
