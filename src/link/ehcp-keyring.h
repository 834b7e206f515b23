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

/* Where sessions belong: programs that keep their copy in folders of their own do not find each other's. */
typedef struct
{
  const char *council;
  const char *folder;     /* of the offline copies */
} EhcpKeyringPlace;

void ehcp_keyring_find (const EhcpKeyringPlace *place, const char *account, EhcpKeyringFound *found,
                        GCancellable *cancellable);
EhcpKeyringState ehcp_keyring_unlock (const EhcpKeyringPlace *place, GCancellable *cancellable);
EhcpKeyringState ehcp_keyring_store (const EhcpKeyringPlace *place, const EhcpSession *session,
                                     GCancellable *cancellable);
void ehcp_keyring_remove (const EhcpKeyringPlace *place, const char *account, GCancellable *cancellable);

G_END_DECLS
