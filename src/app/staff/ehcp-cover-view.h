/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands in for whom. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_COVER_VIEW (ehcp_cover_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCoverView, ehcp_cover_view, EHCP, COVER_VIEW, EhcpView)

G_END_DECLS
