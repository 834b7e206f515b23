/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one-use link of a staff account: its first password. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_STAFF_LINK_VIEW (ehcp_staff_link_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpStaffLinkView, ehcp_staff_link_view, EHCP, STAFF_LINK_VIEW, EhcpView)

G_END_DECLS
