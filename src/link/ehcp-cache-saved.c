/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files of a case were saved outside of the offline copy, so that what the desktop noted of them goes with the case.
 * Sealed as everything is. */
#include "ehcp-cache-private.h"

#include "ehcp-text.h"
#include "ehcp-traces.h"

#include <string.h>

/** ehcp_cache_add_saved: Notes that a file of the case was saved at @uri; of a case that was taken away meanwhile
 * nothing is noted. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_add_saved (EhcpCache *cache, const char *case_id, const char *uri, GError **error)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autoptr (GBytes) sealed = NULL;

  if (!ehcp_cache_has_case (cache, case_id))
    return ehcp_cache_is_read (cache, error);
  sealed = ehcp_cache_seal_row (cache, "saved", case_id, id, "saved", 0, uri, strlen (uri), error);
  return sealed != NULL && ehcp_cache_run (cache, error, "INSERT INTO saved (id, case_id, sealed) VALUES (?, ?, ?)",
                                           "ssb", id, case_id, sealed);
}

/** ehcp_cache_remove_traces: Removes what the desktop noted of the saved files of a case; of all cases with %NULL. */
void
ehcp_cache_remove_traces (EhcpCache *cache, const char *case_id)
{
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, NULL, "SELECT id, case_id, sealed FROM saved WHERE ?1 IS NULL OR case_id = ?1", "s", case_id);
  g_auto (GStrv) list = NULL;

  while (rows != NULL && ehcp_rows_step (rows))
    {
      g_autoptr (GBytes) sealed = ehcp_rows_get_bytes (rows, 2);
      g_autoptr (GBytes) text = ehcp_cache_open_row (cache, "saved", ehcp_rows_get_text (rows, 1),
                                                     ehcp_rows_get_text (rows, 0), "saved", 0, sealed);
      g_autofree char *uri = text != NULL ? g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text)) : NULL;

      if (uri != NULL)
        g_strv_builder_add (uris, uri);
    }
  list = g_strv_builder_end (uris);
  ehcp_traces_remove ((const char *const *) list);
}
