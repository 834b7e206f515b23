/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a screen about one child. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

/* A name for each child's screens: "Isla Marlow" (transfer full), or NULL while the case is not there. */
char *ehcp_family_header_child (EhcpView *view, const char *case_id);
void ehcp_family_header_show (EhcpView *view, const char *case_id, const char *title);
void ehcp_family_header_show_back (EhcpView *view);
EhcpRecord *ehcp_family_header_get_case (EhcpView *view, const char *case_id);

G_END_DECLS
