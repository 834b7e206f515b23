/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions in the Secret Service. Every call blocks, with a limit of its own: for a thread that may wait. */
#pragma once

#include "ehcp-link.h"
#include "ehcp-session.h"

G_BEGIN_DECLS

typedef struct
{
  EhcpKeyringState state;
  gboolean is_hidden;     /* there is a session, and it is locked */
  EhcpSession *session;   /* or NULL */
} EhcpKeyringFound;

void ehcp_keyring_find (const char *council, const char *account, EhcpKeyringFound *found,
                        GCancellable *cancellable);
EhcpKeyringState ehcp_keyring_unlock (const char *council, GCancellable *cancellable);
EhcpKeyringState ehcp_keyring_store (const char *council, const EhcpSession *session,
                                     GCancellable *cancellable);
void ehcp_keyring_remove (const char *council, const char *account, GCancellable *cancellable);

G_END_DECLS
