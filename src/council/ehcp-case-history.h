/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the audit says of one case, for the staff who see it. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

#define EHCP_HISTORY_MOST 500

char *ehcp_case_history_read (EhcpDb *db, const EhcpActorId *actor, const char *case_id, gint64 before,
                              guint limit, GError **error);

G_END_DECLS
