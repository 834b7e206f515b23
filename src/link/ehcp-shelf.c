/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A counted place for the cache. */
#include "ehcp-shelf.h"

/** ehcp_shelf_new: Returns: (transfer full): a place for @cache (transfer full). */
EhcpShelf *
ehcp_shelf_new (EhcpCache *cache)
{
  EhcpShelf *shelf = g_new0 (EhcpShelf, 1);

  g_atomic_ref_count_init (&shelf->n_refs);
  shelf->cache = cache;
  return shelf;
}

/** ehcp_shelf_ref: Returns: (transfer full): @shelf. Any thread. */
EhcpShelf *
ehcp_shelf_ref (EhcpShelf *shelf)
{
  g_atomic_ref_count_inc (&shelf->n_refs);
  return shelf;
}

/** ehcp_shelf_unref: Gives a reference back; the cache must have been closed before the last. Any thread. */
void
ehcp_shelf_unref (EhcpShelf *shelf)
{
  if (!g_atomic_ref_count_dec (&shelf->n_refs))
    return;
  g_warn_if_fail (shelf->cache == NULL);
  g_free (shelf);
}

/** ehcp_shelf_check: A job for the writer: ehcp_cache_check() of a cache that is still open. */
void
ehcp_shelf_check (gpointer shelf)
{
  EhcpCache *cache = ((EhcpShelf *) shelf)->cache;
  g_autoptr (GError) error = NULL;

  if (cache != NULL && !ehcp_cache_check (cache, &error))
    g_message ("%s", error->message);
}

/** ehcp_shelf_close: Closes the cache. The writer's thread; may be called again. */
void
ehcp_shelf_close (EhcpShelf *shelf)
{
  g_clear_pointer (&shelf->cache, ehcp_cache_close);
}

/** ehcp_shelf_wipe: Closes the cache and removes it from the disk. The writer's thread. */
void
ehcp_shelf_wipe (EhcpShelf *shelf)
{
  g_clear_pointer (&shelf->cache, ehcp_cache_wipe);
}
