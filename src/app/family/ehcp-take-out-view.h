/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Your papers: everything about one child as one file. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_TAKE_OUT_VIEW (ehcp_take_out_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTakeOutView, ehcp_take_out_view, EHCP, TAKE_OUT_VIEW, EhcpView)

G_END_DECLS
