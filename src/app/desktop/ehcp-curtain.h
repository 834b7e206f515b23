/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands before the window while the screen is covered. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

/* Signal "uncovered": the right password was entered. */
#define EHCP_TYPE_CURTAIN (ehcp_curtain_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCurtain, ehcp_curtain, EHCP, CURTAIN, AdwBin)

/* It is on the screen now, for the account of @link. */
void ehcp_curtain_begin (EhcpCurtain *cover, EhcpLink *link);
void ehcp_curtain_end (EhcpCurtain *cover);

G_END_DECLS
