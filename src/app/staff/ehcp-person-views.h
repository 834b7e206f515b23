/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places about people of a case: "invite/CASE", "verify/PERSON", "withdraw/PERSON". */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_INVITE_VIEW (ehcp_invite_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpInviteView, ehcp_invite_view, EHCP, INVITE_VIEW, EhcpView)

#define EHCP_TYPE_VERIFY_VIEW (ehcp_verify_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpVerifyView, ehcp_verify_view, EHCP, VERIFY_VIEW, EhcpView)

#define EHCP_TYPE_WITHDRAW_VIEW (ehcp_withdraw_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpWithdrawView, ehcp_withdraw_view, EHCP, WITHDRAW_VIEW, EhcpView)

G_END_DECLS
