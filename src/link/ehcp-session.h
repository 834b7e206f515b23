/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one sign-in leaves behind: the token, and the key that opens this account's offline copy. */
#pragma once

#include <glib.h>

#include "ehcp-seal.h"

G_BEGIN_DECLS

typedef struct
{
  char *account;          /* id of the account record */
  char *token;            /* of the session on the server */
  EhcpKey key;            /* wraps the keys of the cases */
  char *lock;             /* tells the account's password from others, to uncover the screen; or NULL */
  gint64 signed_in_at;    /* s since 1970: the newest session of a council is the one that is opened */
} EhcpSession;

EhcpSession *ehcp_session_new (const char *account, const char *token, const EhcpKey *key,
                               gint64 signed_in_at);
EhcpSession *ehcp_session_parse (const char *text);
char *ehcp_session_format (const EhcpSession *session);
void ehcp_session_free (EhcpSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpSession, ehcp_session_free)

G_END_DECLS
