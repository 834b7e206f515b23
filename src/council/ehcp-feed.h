/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed: what changed since a state, as one person may see it. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* The JSON answer to GET /v1/changes. *has_news: whether it holds anything (when FALSE, a request with
 * `wait` is to be held). Errors: malformed for a state that we never gave, state-too-old. Any thread. */
char *ehcp_feed_read (EhcpCouncil *council, EhcpDb *db, const EhcpActorId *actor, const char *since,
                      guint limit, gboolean *has_news, GError **error);

/* (transfer full): the newest state, for the answer to a command: inside the write transaction it includes
 * what the transaction did. Any connection. */
char *ehcp_feed_get_state (EhcpDb *db, GError **error);

/* Held requests: @wake is called once, in the writer thread, after a commit that concerns @account (or
 * when its session ends); it must not block. The ticket is given back with ehcp_feed_unwatch(), after
 * which @wake is not called. Register before the read that decides to hold, so that nothing is missed. */
guint64 ehcp_feed_watch (EhcpCouncil *council, const char *account, GFunc wake, gpointer data);
void ehcp_feed_unwatch (EhcpCouncil *council, guint64 ticket);
/* A session of the account ended: what it holds is answered. */
void ehcp_feed_wake (EhcpCouncil *council, const char *account);

G_END_DECLS
