/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outbox in the offline copy, the log of what was acknowledged, and drafts. */
#include "ehcp-cache-private.h"

#include "ehcp-codec.h"
#include "ehcp-kinds.h"

#include <string.h>

/* How long an acknowledged command can be sent again to a council that was restored from a backup. */
#define SENT_LOG_S (30 * 24 * 3600)

static GBytes *
seal (EhcpCache *cache, const char *table, EhcpOutgoing *outgoing, GError **error)
{
  g_autofree char *text = ehcp_outgoing_format (outgoing);

  return ehcp_cache_seal_row (cache, table, ehcp_outgoing_get_case (outgoing), outgoing->id,
                              ehcp_record_get_kind (outgoing->command), 0, text, strlen (text), error);
}

static gboolean
insert (EhcpCache *cache, EhcpOutgoing *outgoing, GError **error)
{
  g_autoptr (GBytes) sealed = NULL;

  if (outgoing->epoch == NULL)
    outgoing->epoch = ehcp_cache_get_epoch (cache);
  if (outgoing->epoch == NULL)
    return ehcp_cache_is_read (cache, error);
  /* Of what was there before a restore, and may be on its way again. */
  outgoing->is_again = ehcp_cache_get_number (cache, "is-afresh") == EHCP_CACHE_IS_OF_BEFORE;
  sealed = seal (cache, "outbox", outgoing, error);
  if (sealed == NULL ||
      !ehcp_cache_run (cache, error,
                       "INSERT INTO outbox (id, kind, case_id, state, not_before, sealed)"
                       " VALUES (?, ?, ?, ?, ?, ?)",
                       "ssssib", outgoing->id, ehcp_record_get_kind (outgoing->command),
                       ehcp_outgoing_get_case (outgoing), outgoing->is_again ? "again" : "waiting",
                       outgoing->not_before, sealed))
    return FALSE;
  outgoing->position = sqlite3_last_insert_rowid (cache->db);
  return TRUE;
}

static gboolean
write_contents (EhcpCache *cache, EhcpOutgoing *outgoing, GPtrArray *contents, GError **error)
{
  for (guint i = 0; contents != NULL && i < outgoing->files->len; i++)
    {
      EhcpOutgoingFile *file = g_ptr_array_index (outgoing->files, i);

      if (!ehcp_cache_write_file (cache, ehcp_outgoing_get_case (outgoing), file->file,
                                  g_ptr_array_index (contents, i), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * ehcp_cache_add_command:
 * @cache: the cache
 * @outgoing: a waiting command; gets its position
 * @contents: (nullable): of #GBytes, of its files, in their order; %NULL: they are there already
 * @instead_of: (nullable): a refused command whose place it takes
 * @error: return location
 *
 * Files first, each synced, then the row: a row never speaks of a file that is not there.
 *
 * Returns: whether it is on the disk; otherwise %EHCP_ERROR_STORAGE
 */
gboolean
ehcp_cache_add_command (EhcpCache *cache, EhcpOutgoing *outgoing, GPtrArray *contents,
                        const char *instead_of, GError **error)
{
  gboolean is_good;

  if (!write_contents (cache, outgoing, contents, error) || !ehcp_cache_begin (cache, error))
    return FALSE;
  is_good = insert (cache, outgoing, error) &&
            (instead_of == NULL ||
             ehcp_cache_run (cache, error, "DELETE FROM outbox WHERE id = ?", "s", instead_of));
  return ehcp_cache_end (cache, is_good, error);
}

/** ehcp_cache_update_command: Stores delivery, refusal, begun uploads and when it is due of a command that is
 * there.
 * Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_update_command (EhcpCache *cache, EhcpOutgoing *outgoing, GError **error)
{
  g_autoptr (GBytes) sealed = seal (cache, "outbox", outgoing, error);
  const char *state = outgoing->delivery == EHCP_DELIVERY_REFUSED ? "refused"
                      : outgoing->is_again                        ? "again"
                                                                  : "waiting";

  return sealed != NULL &&
         ehcp_cache_run (cache, error,
                         "UPDATE outbox SET state = ?, refusal = ?, not_before = ?, sealed = ? WHERE id = ?",
                         "ssibs", state, outgoing->refusal, outgoing->not_before, sealed, outgoing->id);
}

static gint64
get_waited (EhcpCache *cache, const char *case_id)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, NULL, "SELECT waited_s FROM patience WHERE case_id = ?", "s", case_id);

  return rows != NULL && ehcp_rows_step (rows) ? ehcp_rows_get_int (rows, 0) : 0;
}

/**
 * ehcp_cache_check_again:
 * @cache: the cache
 * @outgoing: a command that was refused
 * @error: return location
 *
 * Sets is_again when it goes to a restored council again, or when something of its case still does, on which it may
 * depend: then it takes its place behind that.
 *
 * Returns: %FALSE with %EHCP_ERROR_STORAGE
 */
gboolean
ehcp_cache_check_again (EhcpCache *cache, EhcpOutgoing *outgoing, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error,
                        "SELECT 1 FROM outbox WHERE state = 'again' AND (id = ? OR case_id = ?) LIMIT 1", "ss",
                        outgoing->id, ehcp_outgoing_get_case (outgoing));

  if (rows == NULL)
    return FALSE;
  if (ehcp_rows_step (rows))
    outgoing->is_again = TRUE;
  return ehcp_cache_is_read (cache, error);
}

/**
 * ehcp_cache_defer_command:
 * @cache: the cache
 * @outgoing: a command that goes to a restored council again, and that was refused
 * @wait_s: how long it is put off
 * @limit_s: how long refusals of one case are not believed in all, since the last restore
 * @is_deferred: (out): %FALSE: nothing was changed, since the patience of its case is used up
 * @error: return location
 *
 * Commands of a case wait for each other, so that this is the time that passes until all of them are told.
 *
 * Returns: %FALSE with %EHCP_ERROR_STORAGE
 */
gboolean
ehcp_cache_defer_command (EhcpCache *cache, EhcpOutgoing *outgoing, gint64 wait_s, gint64 limit_s,
                          gboolean *is_deferred, GError **error)
{
  const char *case_id = ehcp_outgoing_get_case (outgoing);
  gint64 waited_s = get_waited (cache, case_id);

  *is_deferred = FALSE;
  if (!ehcp_cache_is_read (cache, error))
    return FALSE;
  if (waited_s >= limit_s)
    return TRUE;
  *is_deferred = TRUE;
  outgoing->n_deferred++;
  outgoing->not_before = g_get_monotonic_time () + wait_s * G_USEC_PER_SEC;
  if (!ehcp_cache_begin (cache, error))
    return FALSE;
  return ehcp_cache_end (cache,
                         ehcp_cache_update_command (cache, outgoing, error) &&
                             ehcp_cache_run (cache, error,
                                             "INSERT INTO patience (case_id, waited_s) VALUES (?, ?)"
                                             " ON CONFLICT (case_id) DO UPDATE SET waited_s = excluded.waited_s",
                                             "si", case_id, waited_s + wait_s),
                         error);
}

/* The columns: id, kind, case_id, state, refusal, not_before, position, sealed. */
static EhcpOutgoing *
read_row (EhcpCache *cache, EhcpRows *rows)
{
  const char *id = ehcp_rows_get_text (rows, 0);
  g_autoptr (GBytes) sealed = ehcp_rows_get_bytes (rows, 7);
  g_autoptr (GBytes) text =
      ehcp_cache_open_row (cache, "outbox", ehcp_rows_get_text (rows, 2), id,
                           ehcp_rows_get_text (rows, 1), 0, sealed);
  EhcpOutgoing *outgoing = text != NULL ? ehcp_outgoing_parse (id, text) : NULL;

  if (outgoing == NULL)
    return NULL;
  outgoing->delivery = strcmp (ehcp_rows_get_text (rows, 3), "refused") == 0 ? EHCP_DELIVERY_REFUSED
                                                                              : EHCP_DELIVERY_WAITING;
  outgoing->is_again = strcmp (ehcp_rows_get_text (rows, 3), "again") == 0;
  outgoing->refusal = g_strdup (ehcp_rows_find_text (rows, 4));
  outgoing->not_before = ehcp_rows_get_int (rows, 5);
  outgoing->position = ehcp_rows_get_int (rows, 6);
  return outgoing;
}

/* *outgoing: the command, or NULL when it is not there or damaged. FALSE with %EHCP_ERROR_STORAGE. */
static gboolean
find_command (EhcpCache *cache, const char *id, EhcpOutgoing **outgoing, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error,
                        "SELECT id, kind, case_id, state, refusal, not_before, position, sealed"
                        " FROM outbox WHERE id = ?",
                        "s", id);

  if (rows != NULL && ehcp_rows_step (rows))
    *outgoing = read_row (cache, rows);
  return rows != NULL;
}

/** ehcp_cache_remove_command: Takes it out of the outbox, with its files. Returns: %FALSE with
 * %EHCP_ERROR_STORAGE; one that is not there is no mistake. */
gboolean
ehcp_cache_remove_command (EhcpCache *cache, const char *id, GError **error)
{
  g_autoptr (EhcpOutgoing) outgoing = NULL;

  if (!find_command (cache, id, &outgoing, error))
    return FALSE;
  if (outgoing != NULL)
    ehcp_cache_remove_files_of (cache, outgoing);
  return ehcp_cache_run (cache, error, "DELETE FROM outbox WHERE id = ?", "s", id);
}

/** ehcp_cache_note_upload: Notes that the @n-th file of a command was begun. Returns: %FALSE with
 * %EHCP_ERROR_STORAGE, or %G_IO_ERROR_CANCELLED when the command is not there any more. */
gboolean
ehcp_cache_note_upload (EhcpCache *cache, const char *id, guint n, const char *upload, GError **error)
{
  g_autoptr (EhcpOutgoing) outgoing = NULL;
  EhcpOutgoingFile *file;

  if (!find_command (cache, id, &outgoing, error))
    return FALSE;
  if (outgoing == NULL || n >= outgoing->files->len)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the command was taken back");
      return FALSE;
    }
  file = g_ptr_array_index (outgoing->files, n);
  g_free (file->upload);
  file->upload = g_strdup (upload);
  return ehcp_cache_update_command (cache, outgoing, error);
}

static gint64
find_next_at (EhcpCache *cache)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, NULL, "SELECT min (not_before) FROM outbox WHERE state IN ('waiting', 'again')", "");

  return rows != NULL && ehcp_rows_step (rows) ? ehcp_rows_get_int (rows, 0) : 0;
}

/**
 * ehcp_cache_find_next:
 * @cache: the cache
 * @now: monotonic µs
 * @next_at: (out): when the first of those that can still be undone is due, or 0
 * @error: return location
 *
 * Commands that go to a restored council again keep their order within a case, whichever of them waits.
 *
 * Returns: (transfer full) (nullable): the oldest waiting command that is due; %NULL without an error
 *   when there is none
 */
EhcpOutgoing *
ehcp_cache_find_next (EhcpCache *cache, gint64 now, gint64 *next_at, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error,
                        "SELECT id, kind, case_id, state, refusal, not_before, position, sealed"
                        " FROM outbox WHERE state IN ('waiting', 'again') AND not_before <= ?"
                        " AND NOT (state = 'again' AND EXISTS (SELECT 1 FROM outbox e WHERE e.state = 'again'"
                        " AND e.case_id = outbox.case_id AND e.position < outbox.position"
                        " AND e.not_before > ?)) ORDER BY position",
                        "ii", now, now);

  *next_at = find_next_at (cache);
  while (rows != NULL && ehcp_rows_step (rows))
    {
      EhcpOutgoing *outgoing = read_row (cache, rows);

      if (outgoing != NULL)
        return outgoing;
      if (!ehcp_cache_is_read (cache, error))
        return NULL;
    }
  if (rows != NULL)
    ehcp_cache_is_read (cache, error);
  return NULL;
}

/** ehcp_cache_list_outbox: Returns: (transfer full): of #EhcpOutgoing, in the order of sending; damaged
 * rows are left out; or %NULL with %EHCP_ERROR_STORAGE. */
GPtrArray *
ehcp_cache_list_outbox (EhcpCache *cache, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error,
                        "SELECT id, kind, case_id, state, refusal, not_before, position, sealed"
                        " FROM outbox ORDER BY position",
                        "");
  GPtrArray *outbox;

  if (rows == NULL)
    return NULL;
  outbox = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_outgoing_free);
  while (ehcp_rows_step (rows))
    {
      EhcpOutgoing *outgoing = read_row (cache, rows);

      if (outgoing != NULL)
        g_ptr_array_add (outbox, outgoing);
      else if (!ehcp_cache_is_read (cache, NULL))
        break;
    }
  if (!ehcp_cache_is_read (cache, error))
    g_clear_pointer (&outbox, g_ptr_array_unref);
  return outbox;
}

static gboolean
log_sent (EhcpCache *cache, EhcpOutgoing *outgoing, gint64 now, GError **error)
{
  g_autoptr (GBytes) sealed = seal (cache, "sent", outgoing, error);

  return sealed != NULL &&
         ehcp_cache_run (cache, error,
                         "INSERT INTO sent (position, id, kind, case_id, sent_at, sealed)"
                         " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                         "isssib", outgoing->position, outgoing->id,
                         ehcp_record_get_kind (outgoing->command), ehcp_outgoing_get_case (outgoing),
                         now, sealed);
}

/* The numbers of another epoch say nothing about which copy is newer: then whatever is there stays. */
static gboolean
store_echo_record (EhcpCache *cache, EhcpRecord *record, gint64 generation, gboolean is_same_epoch,
                   GError **error)
{
  const char *kind = ehcp_record_get_kind (record);
  const char *id = ehcp_record_get_id (record);
  const char *case_id = ehcp_record_get_case (record) != NULL ? ehcp_record_get_case (record) : "";
  gint64 seq = ehcp_record_get_int (record, "seq");
  gint64 newest = is_same_epoch ? seq : -1;
  g_autofree char *text = ehcp_codec_encode (record);
  g_autoptr (GBytes) sealed =
      ehcp_cache_seal_row (cache, "record", case_id, id, kind, seq, text, strlen (text), error);

  return sealed != NULL &&
         ehcp_cache_run (cache, error,
                         "INSERT INTO record (kind, id, case_id, seq, generation, sealed)"
                         " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET"
                         " seq = excluded.seq, sealed = excluded.sealed"
                         " WHERE record.seq <= ?",
                         "sssiibi", kind, id, case_id, seq, generation, sealed, newest);
}

/** ehcp_cache_is_of_epoch: Returns: whether the numbers in a command's echo are of the epoch that the records
 * are of. */
gboolean
ehcp_cache_is_of_epoch (EhcpCache *cache, const EhcpOutgoing *outgoing)
{
  g_autofree char *epoch = ehcp_cache_get_epoch (cache);

  return outgoing->epoch == NULL || g_strcmp0 (outgoing->epoch, epoch) == 0;
}

/** ehcp_cache_has_case: Returns: whether the case is in the copy; "" for what belongs to none always is. */
gboolean
ehcp_cache_has_case (EhcpCache *cache, const char *case_id)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, NULL, "SELECT 1 FROM record WHERE kind = 'case' AND id = ?", "s", case_id);

  return *case_id == '\0' || (rows != NULL && ehcp_rows_step (rows));
}

/* What the command made stays to be seen until the council's own copy comes. Attachments get ids of the
 * council's making, so that theirs would stay beside them. After a restore a command may be acknowledged again
 * when its case is this person's no more: nothing of that case comes back. */
static gboolean
store_echo (EhcpCache *cache, EhcpOutgoing *outgoing, GError **error)
{
  gint64 generation = ehcp_cache_get_number (cache, "generation");
  gboolean is_same_epoch = ehcp_cache_is_of_epoch (cache, outgoing);

  if (generation < 0)
    return ehcp_cache_is_read (cache, error);
  if (!ehcp_cache_has_case (cache, ehcp_outgoing_get_case (outgoing)))
    return ehcp_cache_is_read (cache, error);
  for (guint i = 0; i < outgoing->echo->len; i++)
    {
      EhcpRecord *record = g_ptr_array_index (outgoing->echo, i);

      if (ehcp_kind_find (ehcp_record_get_kind (record)) != EHCP_KIND_DOCUMENT &&
          !store_echo_record (cache, record, generation, is_same_epoch, error))
        return FALSE;
    }
  return TRUE;
}

/* An answer that does not say the council's time: as the one before it. This computer's clock may be years off. */
static gint64
get_last_sent_at (EhcpCache *cache)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (cache, NULL, "SELECT coalesce (max (sent_at), 0) FROM sent", "");

  return rows != NULL && ehcp_rows_step (rows) ? ehcp_rows_get_int (rows, 0) : 0;
}

/* The newest stay however old they look: the council's clock may have been set ahead for a while. */
#define SENT_LOG_MIN (G_GINT64_CONSTANT (200))
#define IS_OLD "sent_at < ? AND position <= (SELECT max (position) FROM sent) - ?"

static void
prune_sent (EhcpCache *cache, gint64 now)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_outgoing_free);
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, NULL, "SELECT id, kind, case_id, sealed FROM sent WHERE " IS_OLD, "ii", now - SENT_LOG_S, SENT_LOG_MIN);

  while (rows != NULL && ehcp_rows_step (rows))
    {
      const char *id = ehcp_rows_get_text (rows, 0);
      g_autoptr (GBytes) sealed = ehcp_rows_get_bytes (rows, 3);
      g_autoptr (GBytes) text = ehcp_cache_open_row (cache, "sent", ehcp_rows_get_text (rows, 2), id,
                                                     ehcp_rows_get_text (rows, 1), 0, sealed);
      EhcpOutgoing *outgoing = text != NULL ? ehcp_outgoing_parse (id, text) : NULL;

      if (outgoing != NULL)
        g_ptr_array_add (old, outgoing);
    }
  g_clear_pointer (&rows, ehcp_rows_end);
  for (guint i = 0; i < old->len; i++)
    ehcp_cache_remove_files_of (cache, g_ptr_array_index (old, i));
  ehcp_cache_run (cache, NULL, "DELETE FROM sent WHERE " IS_OLD, "ii", now - SENT_LOG_S, SENT_LOG_MIN);
}

/**
 * ehcp_cache_acknowledge:
 * @cache: the cache
 * @outgoing: a command that the council answered
 * @now: the council's clock when it answered, s since 1970; 0: it did not say
 * @error: return location
 *
 * Out of the outbox, into the log, in one transaction; what it made becomes a record.
 *
 * Returns: whether it is on the disk; otherwise %EHCP_ERROR_STORAGE, and it will be sent again
 */
gboolean
ehcp_cache_acknowledge (EhcpCache *cache, EhcpOutgoing *outgoing, gint64 now, GError **error)
{
  gboolean is_good;

  if (now == 0)
    now = get_last_sent_at (cache);
  if (!ehcp_cache_begin (cache, error))
    return FALSE;
  is_good = ehcp_cache_run (cache, error, "DELETE FROM outbox WHERE id = ?", "s", outgoing->id) &&
            log_sent (cache, outgoing, now, error) && store_echo (cache, outgoing, error);
  if (!ehcp_cache_end (cache, is_good, error))
    return FALSE;
  prune_sent (cache, now);
  return TRUE;
}

/* A case that is shown has a key, since its records are sealed; when the case is taken away, that goes first. */
static gboolean
has_key (EhcpCache *cache, const char *case_id)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (cache, NULL, "SELECT 1 FROM case_key WHERE case_id = ?", "s", case_id);

  return *case_id == '\0' || (rows != NULL && ehcp_rows_step (rows));
}

/** ehcp_cache_store_draft: Stores a draft, in the place of an older one; what was typed about a case while that was taken
 * away goes with it. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_store_draft (EhcpCache *cache, EhcpRecord *draft, GError **error)
{
  const char *id = ehcp_record_get_id (draft);
  const char *case_id = ehcp_record_get_case (draft) != NULL ? ehcp_record_get_case (draft) : "";
  g_autofree char *text = ehcp_codec_encode (draft);
  g_autoptr (GBytes) sealed = NULL;

  if (!has_key (cache, case_id))
    return ehcp_cache_is_read (cache, error);
  sealed = ehcp_cache_seal_row (cache, "draft", case_id, id, "draft", 0, text, strlen (text), error);
  return sealed != NULL &&
         ehcp_cache_run (cache, error,
                         "INSERT INTO draft (id, case_id, sealed) VALUES (?, ?, ?) ON CONFLICT (id)"
                         " DO UPDATE SET case_id = excluded.case_id, sealed = excluded.sealed",
                         "ssb", id, case_id, sealed);
}

/** ehcp_cache_remove_draft: Removes a draft; one that is not there is no mistake. Returns: %FALSE with
 * %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_remove_draft (EhcpCache *cache, const char *id, GError **error)
{
  return ehcp_cache_run (cache, error, "DELETE FROM draft WHERE id = ?", "s", id);
}
