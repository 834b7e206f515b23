/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Place "portal": the children of the person who is signed in. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_PORTAL_VIEW (ehcp_portal_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPortalView, ehcp_portal_view, EHCP, PORTAL_VIEW, EhcpView)

G_END_DECLS
