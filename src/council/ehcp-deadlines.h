/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The law applied to one case: its events, through the rules, to deadline records and the stage. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* Inside the write transaction, after an event. Puts the deadline records that changed; sets stage and
 * status of @case_record, which the caller puts. */
gboolean ehcp_deadlines_update (EhcpCouncil *council, EhcpDb *db, EhcpRecord *case_record,
                                GError **error);
/* Once a day: what became late since. Open cases only. */
gboolean ehcp_deadlines_update_all (EhcpCouncil *council, GError **error);

G_END_DECLS
