/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Place "dashboard/CASE": everything about one child's case. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_DASHBOARD_VIEW (ehcp_dashboard_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDashboardView, ehcp_dashboard_view, EHCP, DASHBOARD_VIEW, EhcpView)

G_END_DECLS
