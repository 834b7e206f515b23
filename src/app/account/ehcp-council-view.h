/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To choose the council, from the list or by its address. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_COUNCIL_VIEW (ehcp_council_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCouncilView, ehcp_council_view, EHCP, COUNCIL_VIEW, EhcpView)

G_END_DECLS
