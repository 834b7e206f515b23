/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The draft and the final plan side by side. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_COMPARE_VIEW (ehcp_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCompareView, ehcp_compare_view, EHCP, COMPARE_VIEW, EhcpView)

G_END_DECLS
