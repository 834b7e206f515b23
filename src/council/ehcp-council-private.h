/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store, the grants and the feed tell the council core during a write. Writer thread only. */
#pragma once

#include "ehcp-council.h"
#include "ehcp-watch.h"

G_BEGIN_DECLS

/* A record that a write touched: whoever may see it is woken after the commit. Strings are copied. */
void ehcp_council_touch (EhcpCouncil *council, const char *case_id, const char *audience,
                         const char *named, const char *owner);
/* A grant of @account's came, changed or went. */
void ehcp_council_touch_account (EhcpCouncil *council, const char *account);
EhcpWatch *ehcp_council_get_watch (EhcpCouncil *council);

G_END_DECLS
