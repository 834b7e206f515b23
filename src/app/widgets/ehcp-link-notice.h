/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calm line under the header: offline, signed out, keyring. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

#define EHCP_TYPE_LINK_NOTICE (ehcp_link_notice_get_type ())
G_DECLARE_FINAL_TYPE (EhcpLinkNotice, ehcp_link_notice, EHCP, LINK_NOTICE, AdwBin)

void ehcp_link_notice_set_link (EhcpLinkNotice *notice, EhcpLink *link);
/* On a screen that is there to mend what the line would say. */
void ehcp_link_notice_set_quiet (EhcpLinkNotice *notice, gboolean is_quiet);

G_END_DECLS
