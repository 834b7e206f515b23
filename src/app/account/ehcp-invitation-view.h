/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To accept the invitation to follow one's children. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_INVITATION_VIEW (ehcp_invitation_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpInvitationView, ehcp_invitation_view, EHCP, INVITATION_VIEW, EhcpView)

G_END_DECLS
