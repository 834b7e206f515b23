/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a message about one child. Place: compose/CASE[/DRAFT-OR-THREAD]. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_COMPOSE_VIEW (ehcp_compose_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpComposeView, ehcp_compose_view, EHCP, COMPOSE_VIEW, EhcpView)

G_END_DECLS
