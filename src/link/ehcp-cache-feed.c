/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed in the offline copy: records and state go in together, withdrawn data goes out altogether. */
#include "ehcp-cache-private.h"

#include <string.h>

/** ehcp_cache_get_state: Returns: (transfer full): where the feed goes on, "" for the beginning;
 * %NULL when it cannot be read. */
char *
ehcp_cache_get_state (EhcpCache *cache)
{
  return ehcp_cache_get_meta (cache, "state");
}

/** ehcp_cache_get_epoch: Returns: (transfer full): the council's epoch that the records are of, or
 * "". %NULL when it cannot be read. */
char *
ehcp_cache_get_epoch (EhcpCache *cache)
{
  return ehcp_cache_get_meta (cache, "epoch");
}

static gboolean
store_entry (EhcpCache *cache, const EhcpEntry *entry, gint64 generation, GError **error)
{
  g_autoptr (GBytes) sealed =
      ehcp_cache_seal_row (cache, "record", entry->case_id, entry->id, entry->kind, entry->seq,
                           entry->json, strlen (entry->json), error);

  return sealed != NULL &&
         ehcp_cache_run (cache, error,
                         "INSERT INTO record (kind, id, case_id, seq, generation, sealed)"
                         " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET"
                         " case_id = excluded.case_id, seq = excluded.seq,"
                         " generation = excluded.generation, sealed = excluded.sealed",
                         "sssiib", entry->kind, entry->id, entry->case_id, entry->seq, generation,
                         sealed);
}

static gboolean
remove_record (EhcpCache *cache, const char *kind, const char *id, GError **error)
{
  if (strcmp (kind, "document") == 0 && !ehcp_cache_forget_document (cache, id, error))
    return FALSE;
  return ehcp_cache_run (cache, error, "DELETE FROM record WHERE kind = ? AND id = ?", "ss", kind, id);
}

static void
remove_files_of_commands (EhcpCache *cache, const char *sql, const char *table, const char *case_id)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (cache, NULL, sql, "s", case_id);

  while (rows != NULL && ehcp_rows_step (rows))
    {
      const char *id = ehcp_rows_get_text (rows, 0);
      g_autoptr (GBytes) sealed = ehcp_rows_get_bytes (rows, 2);
      g_autoptr (GBytes) text = ehcp_cache_open_row (cache, table, case_id, id,
                                                     ehcp_rows_get_text (rows, 1), 0, sealed);
      g_autoptr (EhcpOutgoing) outgoing = text != NULL ? ehcp_outgoing_parse (id, text) : NULL;

      if (outgoing != NULL)
        ehcp_cache_remove_files_of (cache, outgoing);
    }
}

static void
remove_documents (EhcpCache *cache, const char *case_id)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, NULL, "SELECT file FROM document WHERE case_id = ? AND file IS NOT NULL", "s", case_id);

  while (rows != NULL && ehcp_rows_step (rows))
    ehcp_cache_remove_file (cache, ehcp_rows_get_text (rows, 0));
}

static const char *const forget_sql[] = {
  "DELETE FROM record WHERE case_id = ?",   "DELETE FROM outbox WHERE case_id = ?",
  "DELETE FROM sent WHERE case_id = ?",     "DELETE FROM draft WHERE case_id = ?",
  "DELETE FROM document WHERE case_id = ?", "DELETE FROM keep_all WHERE case_id = ?",
  "DELETE FROM saved WHERE case_id = ?",    "DELETE FROM patience WHERE case_id = ?",
  "DELETE FROM case_key WHERE case_id = ?",
};

/** ehcp_cache_forget_case: Removes rows, files and key of a case that this person may no longer see.
 * Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_forget_case (EhcpCache *cache, const char *case_id, GError **error)
{
  g_return_val_if_fail (*case_id != '\0', FALSE);

  remove_documents (cache, case_id);
  ehcp_cache_remove_traces (cache, case_id);
  remove_files_of_commands (cache, "SELECT id, kind, sealed FROM outbox WHERE case_id = ?", "outbox",
                            case_id);
  remove_files_of_commands (cache, "SELECT id, kind, sealed FROM sent WHERE case_id = ?", "sent", case_id);
  for (guint i = 0; i < G_N_ELEMENTS (forget_sql); i++)
    if (!ehcp_cache_run (cache, error, forget_sql[i], "s", case_id))
      return FALSE;
  g_hash_table_remove (cache->keys, case_id);
  return TRUE;
}

/* TRUE: words of this person about the case are still there. */
static gboolean
has_words (EhcpCache *cache, const char *case_id)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, NULL,
      "SELECT 1 FROM (SELECT case_id FROM outbox UNION ALL SELECT case_id FROM draft"
      " UNION ALL SELECT case_id FROM sent) WHERE case_id = ?",
      "s", case_id);

  return rows == NULL || ehcp_rows_step (rows);
}

/** ehcp_cache_drop_command: Removes a command about a case that this person has no more, and in the same transaction
 * the key that was made for it, when no other words of theirs are under it.
 * Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_drop_command (EhcpCache *cache, const char *id, const char *case_id, GError **error)
{
  gboolean is_good;

  if (!ehcp_cache_begin (cache, error))
    return FALSE;
  is_good = ehcp_cache_remove_command (cache, id, error) &&
            (has_words (cache, case_id) ? ehcp_cache_is_read (cache, error)
                                        : ehcp_cache_forget_case (cache, case_id, error));
  return ehcp_cache_end (cache, is_good, error);
}

/* After everything was pulled afresh: what did not come is not this person's any more. */
static gboolean
sweep (EhcpCache *cache, EhcpBatch *batch, gint64 generation, GError **error)
{
  guint first = batch->gone->len;
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, error, "SELECT kind, id FROM record WHERE generation < ?", "i", generation);

  if (rows == NULL)
    return FALSE;
  while (ehcp_rows_step (rows))
    ehcp_batch_add_gone (batch, ehcp_rows_get_text (rows, 0), ehcp_rows_get_text (rows, 1));
  if (!ehcp_cache_is_read (cache, error))
    return FALSE;
  g_clear_pointer (&rows, ehcp_rows_end);
  for (guint i = first; i < batch->gone->len; i++)
    {
      EhcpGone *gone = g_ptr_array_index (batch->gone, i);

      if (!remove_record (cache, gone->kind, gone->id, error))
        return FALSE;
    }
  return ehcp_cache_set_number (cache, "is-afresh", EHCP_CACHE_IS_WHOLE, error);
}

static gboolean
store_parts (EhcpCache *cache, EhcpBatch *batch, gint64 updated_at, GError **error)
{
  gint64 generation = ehcp_cache_get_number (cache, "generation");
  gint64 is_afresh = ehcp_cache_get_number (cache, "is-afresh");
  const EhcpLease lease = { .answered_at = updated_at, .seen_at = updated_at };

  if (generation < 0 || is_afresh < 0)
    return ehcp_cache_is_read (cache, error);
  for (guint i = 0; batch->revoked != NULL && batch->revoked[i] != NULL; i++)
    if (!ehcp_cache_forget_case (cache, batch->revoked[i], error))
      return FALSE;
  for (guint i = 0; i < batch->gone->len; i++)
    {
      EhcpGone *gone = g_ptr_array_index (batch->gone, i);

      if (!remove_record (cache, gone->kind, gone->id, error))
        return FALSE;
    }
  for (guint i = 0; i < batch->entries->len; i++)
    if (!store_entry (cache, g_ptr_array_index (batch->entries, i), generation, error))
      return FALSE;
  if (!batch->has_more && is_afresh != 0 &&
      !sweep (cache, batch, generation, error))
    return FALSE;
  return ehcp_cache_set_meta (cache, "state", batch->state, error) &&
         ehcp_cache_set_meta (cache, "epoch", batch->epoch, error) &&
         ehcp_cache_set_number (cache, "updated-at", updated_at, error) &&
         ehcp_cache_store_lease (cache, &lease, error);
}

/**
 * ehcp_cache_store_batch:
 * @cache: the cache
 * @batch: an answer of the feed; what a pull from the beginning left out is added to its `gone`
 * @updated_at: when the council answered, s since 1970
 * @error: return location
 *
 * Records, removals and state in one transaction.
 *
 * Returns: whether it is on the disk; otherwise nothing is, with %EHCP_ERROR_STORAGE
 */
gboolean
ehcp_cache_store_batch (EhcpCache *cache, EhcpBatch *batch, gint64 updated_at, GError **error)
{
  if (!ehcp_cache_begin (cache, error))
    return FALSE;
  return ehcp_cache_end (cache, store_parts (cache, batch, updated_at, error), error);
}

/* Back at the end of their own order: what was acknowledged by a council that forgot it. */
static gboolean
resend_acknowledged (EhcpCache *cache, GError **error)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, error, "SELECT id, kind, case_id, position, sealed FROM sent ORDER BY position", "");

  while (rows != NULL && ehcp_rows_step (rows))
    {
      const char *id = ehcp_rows_get_text (rows, 0);
      const char *kind = ehcp_rows_get_text (rows, 1);
      const char *case_id = ehcp_rows_get_text (rows, 2);
      g_autoptr (GBytes) sealed = ehcp_rows_get_bytes (rows, 4);
      g_autoptr (GBytes) text = ehcp_cache_open_row (cache, "sent", case_id, id, kind, 0, sealed);
      g_autoptr (GBytes) again = NULL;

      if (text == NULL && !ehcp_cache_is_read (cache, error))
        return FALSE;
      if (text == NULL)
        continue;
      again = ehcp_cache_seal_row (cache, "outbox", case_id, id, kind, 0, g_bytes_get_data (text, NULL),
                                   g_bytes_get_size (text), error);
      if (again == NULL ||
          !ehcp_cache_run (cache, error,
                           "INSERT INTO outbox (position, id, kind, case_id, state, not_before, sealed)"
                           " VALUES (?, ?, ?, ?, 'again', 0, ?) ON CONFLICT (id) DO NOTHING",
                           "isssb", ehcp_rows_get_int (rows, 3), id, kind, case_id, again))
        return FALSE;
    }
  return rows != NULL && ehcp_cache_is_read (cache, error) &&
         ehcp_cache_run (cache, error, "DELETE FROM sent", "");
}

static gboolean
begin_afresh (EhcpCache *cache, const char *epoch, GError **error)
{
  gint64 generation = ehcp_cache_get_number (cache, "generation");
  gint64 before = ehcp_cache_get_number (cache, "is-afresh");
  gint64 afresh = epoch != NULL || before == EHCP_CACHE_IS_OF_BEFORE ? EHCP_CACHE_IS_OF_BEFORE : EHCP_CACHE_IS_AFRESH;

  if (generation < 0)
    return ehcp_cache_is_read (cache, error);
  if (epoch != NULL && (!resend_acknowledged (cache, error) ||
                        !ehcp_cache_run (cache, error, "UPDATE outbox SET state = 'again' WHERE state = 'waiting'", "") ||
                        !ehcp_cache_run (cache, error, "DELETE FROM patience", "") ||
                        !ehcp_cache_set_meta (cache, "epoch", epoch, error)))
    return FALSE;
  return ehcp_cache_set_number (cache, "generation", generation + 1, error) &&
         ehcp_cache_set_number (cache, "is-afresh", afresh, error) &&
         ehcp_cache_set_meta (cache, "state", "", error);
}

/**
 * ehcp_cache_start_afresh:
 * @cache: the cache
 * @epoch: (nullable): the council's new epoch, when it was restored from a backup
 * @error: return location
 *
 * The next pull starts from the beginning; records stay until it is complete, and the outbox and drafts
 * stay. With @epoch, acknowledged commands go back into the outbox: their ids make that harmless.
 * Those that wait may need them, and so go with them.
 *
 * Returns: %FALSE with %EHCP_ERROR_STORAGE
 */
gboolean
ehcp_cache_start_afresh (EhcpCache *cache, const char *epoch, GError **error)
{
  if (!ehcp_cache_begin (cache, error))
    return FALSE;
  return ehcp_cache_end (cache, begin_afresh (cache, epoch, error), error);
}
