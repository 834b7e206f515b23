/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a start reads of the offline copy: all of it, before the first screen is shown. */
#include "ehcp-cache-private.h"

#include "ehcp-codec.h"

#define MAX_RECORD_BYTES (4 * 1024 * 1024)
#define PORTION 256
#define MOST_THREADS 4

/** ehcp_loaded_free: Gives it back. */
void
ehcp_loaded_free (EhcpLoaded *loaded)
{
  g_clear_pointer (&loaded->records, g_ptr_array_unref);
  g_clear_pointer (&loaded->outbox, g_ptr_array_unref);
  g_clear_pointer (&loaded->kept, g_hash_table_unref);
  g_clear_pointer (&loaded->keep_all, g_hash_table_unref);
  g_free (loaded);
}

static EhcpRecord *
decode (const char *kind, GBytes *json)
{
  int known = ehcp_kind_find (kind);
  gsize length = 0;
  const char *text = g_bytes_get_data (json, &length);

  return known < 0 ? NULL
                   : ehcp_codec_decode (ehcp_kind_get_shape (known), text, length, MAX_RECORD_BYTES,
                                        EHCP_DECODE_IGNORE_UNKNOWN, NULL);
}

/* Rows are read by the thread that owns the database, and opened and decoded by as many as there are processors. */
typedef struct
{
  char *kind, *id, *case_id;
  gint64 seq;
  GBytes *sealed;
  EhcpRecord *record;
  gboolean is_damaged;
} Row;

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->kind);
  g_free (row->id);
  g_free (row->case_id);
  g_clear_pointer (&row->sealed, g_bytes_unref);
  g_clear_object (&row->record);
  g_free (row);
}

static void
open_rows (gpointer data, gpointer owner)
{
  GPtrArray *rows = data;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = rows->pdata[i];
      g_autoptr (GBytes) json = ehcp_cache_open_known_row (owner, "record", row->case_id, row->id, row->kind, row->seq,
                                                           row->sealed);

      g_clear_pointer (&row->sealed, g_bytes_unref);
      row->is_damaged = json == NULL;
      if (json != NULL)
        row->record = decode (row->kind, json);
    }
}

static Row *
read_row (EhcpRows *rows)
{
  Row *row = g_new0 (Row, 1);

  row->kind = g_strdup (ehcp_rows_get_text (rows, 0));
  row->id = g_strdup (ehcp_rows_get_text (rows, 1));
  row->case_id = g_strdup (ehcp_rows_get_text (rows, 2));
  row->seq = ehcp_rows_get_int (rows, 3);
  row->sealed = ehcp_rows_get_bytes (rows, 4);
  return row;
}

/* @portions: of GPtrArray of Row; each is in work when this returns. */
static gboolean
read_rows (EhcpCache *cache, GThreadPool *pool, GPtrArray *portions, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error, "SELECT kind, id, case_id, seq, sealed FROM record", "");
  GPtrArray *portion = NULL;

  while (rows != NULL && ehcp_rows_step (rows))
    {
      if (portion == NULL)
        {
          portion = g_ptr_array_new_with_free_func (free_row);
          g_ptr_array_add (portions, portion);
        }
      g_ptr_array_add (portion, read_row (rows));
      if (portion->len == PORTION)
        g_thread_pool_push (pool, g_steal_pointer (&portion), NULL);
    }
  if (portion != NULL)
    g_thread_pool_push (pool, portion, NULL);
  return rows != NULL && ehcp_cache_is_read (cache, error);
}

static void
take_portion (EhcpLoaded *loaded, GPtrArray *portion)
{
  for (guint i = 0; i < portion->len; i++)
    {
      Row *row = portion->pdata[i];

      loaded->n_damaged += row->is_damaged ? 1 : 0;
      if (row->record != NULL)
        g_ptr_array_add (loaded->records, g_steal_pointer (&row->record));
    }
}

static gboolean
load_records (EhcpCache *cache, EhcpLoaded *loaded, GError **error)
{
  g_autoptr (GPtrArray) portions = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GThreadPool *pool = g_thread_pool_new (open_rows, cache, (int) CLAMP (g_get_num_processors (), 1, MOST_THREADS),
                                         FALSE, NULL);
  gboolean is_read = read_rows (cache, pool, portions, error);

  g_thread_pool_free (pool, FALSE, TRUE);
  for (guint i = 0; is_read && i < portions->len; i++)
    take_portion (loaded, portions->pdata[i]);
  return is_read;
}

static gboolean
load_drafts (EhcpCache *cache, EhcpLoaded *loaded, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error, "SELECT id, case_id, sealed FROM draft", "");

  while (rows != NULL && ehcp_rows_step (rows))
    {
      g_autoptr (GBytes) sealed = ehcp_rows_get_bytes (rows, 2);
      g_autoptr (GBytes) json = ehcp_cache_open_row (cache, "draft", ehcp_rows_get_text (rows, 1),
                                                     ehcp_rows_get_text (rows, 0), "draft", 0, sealed);
      EhcpRecord *draft = json != NULL ? decode ("draft", json) : NULL;

      if (draft == NULL)
        continue;
      ehcp_record_set_delivery (draft, EHCP_DELIVERY_DRAFT, NULL);
      g_ptr_array_add (loaded->records, draft);
    }
  return rows != NULL && ehcp_cache_is_read (cache, error);
}

static gboolean
load_set (EhcpCache *cache, const char *sql, GHashTable *set, GError **error)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (cache, error, sql, "");

  while (rows != NULL && ehcp_rows_step (rows))
    g_hash_table_add (set, g_strdup (ehcp_rows_get_text (rows, 0)));
  return rows != NULL && ehcp_cache_is_read (cache, error);
}

static gboolean
load_meta (EhcpCache *cache, EhcpLoaded *loaded, GError **error)
{
  g_autofree char *state = ehcp_cache_get_meta (cache, "state");

  if (state == NULL)
    return ehcp_cache_is_read (cache, error);
  loaded->updated_at = MAX (ehcp_cache_get_number (cache, "updated-at"), 0);
  loaded->lease = ehcp_cache_load_lease (cache);
  loaded->has_view = *state != '\0' && ehcp_cache_get_number (cache, "is-afresh") == EHCP_CACHE_IS_WHOLE;
  return TRUE;
}

/**
 * ehcp_cache_load:
 * @cache: the cache
 * @error: return location
 *
 * Rows that cannot be opened are left out; then everything is pulled afresh, which replaces them. The
 * outbox stays as it is.
 *
 * Returns: (transfer full): what is there, or %NULL with %EHCP_ERROR_STORAGE
 */
EhcpLoaded *
ehcp_cache_load (EhcpCache *cache, GError **error)
{
  g_autoptr (EhcpLoaded) loaded = g_new0 (EhcpLoaded, 1);

  loaded->records = g_ptr_array_new_with_free_func (g_object_unref);
  loaded->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  loaded->keep_all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!ehcp_cache_load_keys (cache, error) || !load_records (cache, loaded, error) || !load_drafts (cache, loaded, error) ||
      !load_set (cache, "SELECT id FROM document WHERE file IS NOT NULL", loaded->kept, error) ||
      !load_set (cache, "SELECT case_id FROM keep_all", loaded->keep_all, error))
    return NULL;
  loaded->outbox = ehcp_cache_list_outbox (cache, error);
  if (loaded->outbox == NULL || !load_meta (cache, loaded, error))
    return NULL;
  /* A row and its index may disagree, of which SQLite says nothing: then no pull would ever put it right. */
  if (loaded->n_damaged > 0 && !ehcp_cache_mend (cache, error))
    return NULL;
  return g_steal_pointer (&loaded);
}
