/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last page of a staff sign-in: sets up an authenticator app, or asks for its code. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

/* Signal "expired" (no arguments): the sign-in has to begin again. */
#define EHCP_TYPE_AUTHENTICATOR_PANEL (ehcp_authenticator_panel_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAuthenticatorPanel, ehcp_authenticator_panel, EHCP, AUTHENTICATOR_PANEL, AdwBin)

/* Shows what ehcp_link_get_authenticator() says. */
void ehcp_authenticator_panel_start (EhcpAuthenticatorPanel *panel, EhcpLink *link);
void ehcp_authenticator_panel_stop (EhcpAuthenticatorPanel *panel);

G_END_DECLS
