/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lease of the offline copy, sealed like everything that says something: it cannot be written anew without the key. */
#include "ehcp-cache-private.h"

#include <string.h>

#define NAME "lease"

/** ehcp_cache_load_lease: Returns: when the council last answered; a lease that is over when that cannot be read. */
EhcpLease
ehcp_cache_load_lease (EhcpCache *cache)
{
  g_autofree char *value = ehcp_cache_get_meta (cache, NAME);
  g_autofree guchar *raw = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autofree char *text = NULL;
  EhcpLease lease = { 0 };
  gsize length = 0;

  if (value == NULL || *value == '\0')
    return lease;
  raw = g_base64_decode (value, &length);
  sealed = g_bytes_new (raw, length);
  opened = ehcp_cache_open_row (cache, "meta", "", NAME, NAME, 0, sealed);
  if (opened == NULL)
    return lease;
  text = g_strndup (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened));
  ehcp_lease_parse (text, &lease);
  return lease;
}

/** ehcp_cache_store_lease: Inside a transaction or alone. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_store_lease (EhcpCache *cache, const EhcpLease *lease, GError **error)
{
  g_autofree char *text = ehcp_lease_format (lease);
  g_autoptr (GBytes) sealed = ehcp_cache_seal_row (cache, "meta", "", NAME, NAME, 0, text, strlen (text), error);
  g_autofree char *value = NULL;

  if (sealed == NULL)
    return FALSE;
  value = g_base64_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return ehcp_cache_set_meta (cache, NAME, value, error);
}

/** ehcp_cache_note_seen: Keeps that this computer's clock has shown @now. Returns: the lease as it is then; it holds also
 * when the disk is full. */
EhcpLease
ehcp_cache_note_seen (EhcpCache *cache, gint64 now)
{
  EhcpLease lease = ehcp_cache_load_lease (cache);
  g_autoptr (GError) error = NULL;

  if (lease.answered_at == 0 || lease.seen_at >= now)
    return lease;
  lease.seen_at = now;
  if (!ehcp_cache_begin (cache, &error) ||
      !ehcp_cache_end (cache, ehcp_cache_store_lease (cache, &lease, &error), &error))
    g_message ("%s", error->message);
  return lease;
}
