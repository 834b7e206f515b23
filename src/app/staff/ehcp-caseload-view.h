/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Place "caseload": all cases of a caseworker, or of the council for a manager. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_CASELOAD_VIEW (ehcp_caseload_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseloadView, ehcp_caseload_view, EHCP, CASELOAD_VIEW, EhcpView)

G_END_DECLS
