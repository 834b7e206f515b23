/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is signed in on this computer. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ACCOUNTS_VIEW (ehcp_accounts_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAccountsView, ehcp_accounts_view, EHCP, ACCOUNTS_VIEW, EhcpView)

G_END_DECLS
