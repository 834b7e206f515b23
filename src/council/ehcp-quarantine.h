/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that wait to be looked through, and the room that a case has. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

gboolean ehcp_quarantine_look (EhcpCouncil *council, GError **error);
gboolean ehcp_case_has_room (EhcpCouncil *council, EhcpDb *db, const char *case_id, const char *sha256,
                             gint64 size, GError **error);
gboolean ehcp_documents_collect_older (EhcpCouncil *council, gint64 before, GError **error);
gboolean ehcp_documents_collect (EhcpCouncil *council, GError **error);

G_END_DECLS
