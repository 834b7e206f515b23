/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where somebody begins who is not signed in. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_START_VIEW (ehcp_start_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpStartView, ehcp_start_view, EHCP, START_VIEW, EhcpView)

G_END_DECLS
