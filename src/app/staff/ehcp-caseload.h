/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All cases that this member of staff sees, as a live list of rows. */
#pragma once

#include "ehcp-case-row.h"
#include "ehcp-link.h"

G_BEGIN_DECLS

/* A GListModel of EhcpCaseRow in no order. A row that changed is announced by items-changed (at, 1, 1); "changed" (no arguments) comes once after each change of the
 * book, for counts. */
#define EHCP_TYPE_CASELOAD (ehcp_caseload_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseload, ehcp_caseload, EHCP, CASELOAD, GObject)

EhcpCaseload *ehcp_caseload_new (EhcpBook *book, EhcpClock *clock);
EhcpCaseRow *ehcp_caseload_find (EhcpCaseload *caseload, const char *case_id);
void ehcp_caseload_check_day (EhcpCaseload *caseload);

G_END_DECLS
