/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "history/CASE": who did, sent and saw what in one case, for staff. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_HISTORY_VIEW (ehcp_history_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpHistoryView, ehcp_history_view, EHCP, HISTORY_VIEW, EhcpView)

G_END_DECLS
