/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking one family or several for a form. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ASK_VIEW (ehcp_ask_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAskView, ehcp_ask_view, EHCP, ASK_VIEW, EhcpView)

G_END_DECLS
