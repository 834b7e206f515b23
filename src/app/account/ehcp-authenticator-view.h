/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To switch a family's authenticator app on and off. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_AUTHENTICATOR_VIEW (ehcp_authenticator_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAuthenticatorView, ehcp_authenticator_view, EHCP, AUTHENTICATOR_VIEW, EhcpView)

G_END_DECLS
