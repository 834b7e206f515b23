/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions: tokens, stored as hashes, with what they allow kept in memory. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

#define EHCP_TOKEN_LENGTH 43 /* 32 random bytes in base64url */

typedef struct _EhcpSessions EhcpSessions;

/* Called after sessions of @account ended, in any thread: held requests look again. Must not block.
 */
typedef void (*EhcpSessionsEndedFunc) (gpointer data, const char *account);

EhcpSessions *ehcp_sessions_new (EhcpCouncil *council);
void ehcp_sessions_free (EhcpSessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpSessions, ehcp_sessions_free)
void ehcp_sessions_set_ended (EhcpSessions *sessions, EhcpSessionsEndedFunc ended, gpointer data);

gboolean ehcp_sessions_find (EhcpSessions *sessions, const char *token, gboolean is_use,
                             EhcpActorId *actor, gint64 *ends_at, GError **error);
void ehcp_sessions_forget (EhcpSessions *sessions, const char *account);
char *ehcp_sessions_list (EhcpSessions *sessions, const EhcpActorId *actor, GError **error);
gboolean ehcp_sessions_end (EhcpSessions *sessions, const EhcpActorId *actor, const char *id,
                            GError **error);

/* Inside the write transaction; ehcp_sessions_forget() comes after the commit. */
char *ehcp_session_begin (EhcpCouncil *council, EhcpDb *db, const char *account, const char *device,
                          gboolean is_staff, gint64 *expires_at, GError **error);
gboolean ehcp_session_end_all (EhcpDb *db, const char *account, const char *except, GError **error);
gboolean ehcp_session_purge (EhcpCouncil *council, EhcpDb *db, GError **error);

G_END_DECLS
