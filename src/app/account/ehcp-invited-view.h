/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instead of the invitation, for somebody who has not signed in: what to do first. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_INVITED_VIEW (ehcp_invited_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpInvitedView, ehcp_invited_view, EHCP, INVITED_VIEW, EhcpView)

G_END_DECLS
