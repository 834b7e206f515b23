/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to be done now and then: deadlines that became late, and what is old enough to go. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

typedef struct _EhcpHousekeeping EhcpHousekeeping;

EhcpHousekeeping *ehcp_housekeeping_start (EhcpCouncil *council);
void ehcp_housekeeping_stop (EhcpHousekeeping *housekeeping);
gboolean ehcp_housekeeping_run (EhcpCouncil *council, GError **error);
gboolean ehcp_housekeeping_look (EhcpCouncil *council, GError **error);

G_END_DECLS
