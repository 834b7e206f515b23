/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place "actions/CASE": the forms that the council asks for. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ACTIONS_VIEW (ehcp_actions_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpActionsView, ehcp_actions_view, EHCP, ACTIONS_VIEW, EhcpView)

G_END_DECLS
