/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council has not answered for so long that nothing is shown before it does. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_OVERDUE_VIEW (ehcp_overdue_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpOverdueView, ehcp_overdue_view, EHCP, OVERDUE_VIEW, EhcpView)

G_END_DECLS
