/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To sign in: address and password, then the code. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_SIGN_IN_VIEW (ehcp_sign_in_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpSignInView, ehcp_sign_in_view, EHCP, SIGN_IN_VIEW, EhcpView)

G_END_DECLS
