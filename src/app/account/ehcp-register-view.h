/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To register for a new account, in three pages. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_REGISTER_VIEW (ehcp_register_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpRegisterView, ehcp_register_view, EHCP, REGISTER_VIEW, EhcpView)

G_END_DECLS
