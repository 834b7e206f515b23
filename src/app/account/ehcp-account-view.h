/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account's own details. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ACCOUNT_VIEW (ehcp_account_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAccountView, ehcp_account_view, EHCP, ACCOUNT_VIEW, EhcpView)

G_END_DECLS
