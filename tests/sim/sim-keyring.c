/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Secret Service in memory: one session for each host. */
#include "sim-world.h"

#include "sim-threads.h"

static char *sessions[SIM_MAX_HOSTS];

void
ehcp_keyring_find (const EhcpKeyringPlace *place, const char *account, EhcpKeyringFound *found, GCancellable *cancellable)
{
  const char *text = sessions[sim_get_host ()];

  found->state = EHCP_KEYRING_WORKS;
  found->session = text != NULL ? ehcp_session_parse (text) : NULL;
}

EhcpKeyringState
ehcp_keyring_unlock (const EhcpKeyringPlace *place, GCancellable *cancellable)
{
  return EHCP_KEYRING_WORKS;
}

EhcpKeyringState
ehcp_keyring_store (const EhcpKeyringPlace *place, const EhcpSession *session, GCancellable *cancellable)
{
  sim_keyring_set (sim_get_host (), session);
  return EHCP_KEYRING_WORKS;
}

void
ehcp_keyring_remove (const EhcpKeyringPlace *place, const char *account, GCancellable *cancellable)
{
  g_clear_pointer (&sessions[sim_get_host ()], g_free);
}

void
sim_keyring_set (guint host, const EhcpSession *session)
{
  g_free (sessions[host]);
  sessions[host] = ehcp_session_format (session);
}

EhcpSession *
sim_keyring_get (guint host)
{
  return sessions[host] != NULL ? ehcp_session_parse (sessions[host]) : NULL;
}
