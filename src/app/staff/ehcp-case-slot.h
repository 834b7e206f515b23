/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place in the caseload's table: which row stands in it changes as the table is sorted. */
#pragma once

#include "ehcp-case-row.h"

G_BEGIN_DECLS

/* Emits "changed" when what it shows is another: of another case, or newer. */
#define EHCP_TYPE_CASE_SLOT (ehcp_case_slot_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseSlot, ehcp_case_slot, EHCP, CASE_SLOT, GObject)

EhcpCaseSlot *ehcp_case_slot_new (EhcpCaseRow *row);
const EhcpCaseSummary *ehcp_case_slot_get (EhcpCaseSlot *slot);
void ehcp_case_slot_take (EhcpCaseSlot *slot, EhcpCaseRow *row);

G_END_DECLS
