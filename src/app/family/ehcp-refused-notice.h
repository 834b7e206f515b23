/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line on top of the dashboard: something was not sent. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

#define EHCP_TYPE_REFUSED_NOTICE (ehcp_refused_notice_get_type ())
G_DECLARE_FINAL_TYPE (EhcpRefusedNotice, ehcp_refused_notice, EHCP, REFUSED_NOTICE, AdwBin)

/* Takes no room while there is nothing to say. */
void ehcp_refused_notice_watch (EhcpRefusedNotice *notice, EhcpLink *link, const char *case_id);

G_END_DECLS
