/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To change the password. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_PASSWORD_VIEW (ehcp_password_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPasswordView, ehcp_password_view, EHCP, PASSWORD_VIEW, EhcpView)

G_END_DECLS
