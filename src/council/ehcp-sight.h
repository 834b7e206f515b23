/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the council's staff see which case: managers all; a caseworker their own, their team's, and
 * those of a colleague for whom they stand in. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* Writer, inside a transaction, after what sight follows from was written. */
gboolean ehcp_sight_renew_case (EhcpCouncil *council, EhcpDb *db, const char *case_id, GError **error);
gboolean ehcp_sight_renew_account (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error);
gboolean ehcp_sight_note_opener (EhcpDb *db, const char *case_id, const char *account, GError **error);

/* Covers begin and end by the day. */
gboolean ehcp_sight_is_due (EhcpCouncil *council, EhcpDb *db, GError **error);
gboolean ehcp_sight_renew_covers (EhcpCouncil *council, EhcpDb *db, GError **error);

G_END_DECLS
