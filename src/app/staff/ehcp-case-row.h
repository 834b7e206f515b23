/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the caseload: an object that stays while the case does. */
#pragma once

#include "ehcp-case-summary.h"

G_BEGIN_DECLS

#define EHCP_TYPE_CASE_ROW (ehcp_case_row_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseRow, ehcp_case_row, EHCP, CASE_ROW, GObject)

/* @summary: taken. */
EhcpCaseRow *ehcp_case_row_new (EhcpCaseSummary *summary);
const EhcpCaseSummary *ehcp_case_row_get (EhcpCaseRow *row);
gboolean ehcp_case_row_take (EhcpCaseRow *row, EhcpCaseSummary *summary);

G_END_DECLS
