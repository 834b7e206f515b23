/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite in a few calls: bind, step, read; transactions; the table of single values. */
#include "ehcp-cache-private.h"

#include "ehcp-error.h"

#include <stdarg.h>

static void
set_error (EhcpCache *cache, GError **error)
{
  int code = sqlite3_errcode (cache->db) & 0xff;

  cache->is_damaged |= code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "the offline copy: %s", sqlite3_errmsg (cache->db));
}

static void
bind_bytes (EhcpRows *rows, int n, GBytes *bytes)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);

  sqlite3_bind_blob64 (rows, n, data, length, SQLITE_TRANSIENT);
}

static EhcpRows *
prepare (EhcpCache *cache, GError **error, const char *sql)
{
  EhcpRows *rows = NULL;

  g_assert (cache->thread == g_thread_self ());
  if (sqlite3_prepare_v2 (cache->db, sql, -1, &rows, NULL) != SQLITE_OK)
    set_error (cache, error);
  return rows;
}

/* To prepare a statement for each record took most of the time of a first pull. */
static EhcpRows *
take_prepared (EhcpCache *cache, GError **error, const char *sql)
{
  gpointer name, rows;

  g_assert (cache->thread == g_thread_self ());
  if (!g_hash_table_steal_extended (cache->statements, sql, &name, &rows))
    return prepare (cache, error, sql);
  g_free (name);
  return rows;
}

static void
keep_prepared (EhcpCache *cache, const char *sql, EhcpRows *rows)
{
  sqlite3_reset (rows);
  sqlite3_clear_bindings (rows);
  g_hash_table_replace (cache->statements, g_strdup (sql), rows);
}

static void
bind (EhcpRows *rows, const char *types, va_list args)
{
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        sqlite3_bind_text (rows, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'i':
        sqlite3_bind_int64 (rows, i + 1, va_arg (args, gint64));
        break;
      case 'b':
        bind_bytes (rows, i + 1, va_arg (args, GBytes *));
        break;
      default:
        g_assert_not_reached ();
      }
}

/** ehcp_rows_end: Gives a query back. */
void
ehcp_rows_end (EhcpRows *rows)
{
  sqlite3_finalize (rows);
}

/** ehcp_cache_query: Returns: (transfer full): rows to step through, or %NULL with %EHCP_ERROR_STORAGE. */
EhcpRows *
ehcp_cache_query (EhcpCache *cache, GError **error, const char *sql, const char *types, ...)
{
  EhcpRows *rows = prepare (cache, error, sql);
  va_list args;

  if (rows == NULL)
    return NULL;
  va_start (args, types);
  bind (rows, types, args);
  va_end (args);
  return rows;
}

/** ehcp_cache_run: Runs one statement to its end. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_run (EhcpCache *cache, GError **error, const char *sql, const char *types, ...)
{
  EhcpRows *rows = take_prepared (cache, error, sql);
  va_list args;
  int code;

  if (rows == NULL)
    return FALSE;
  va_start (args, types);
  bind (rows, types, args);
  va_end (args);
  while ((code = sqlite3_step (rows)) == SQLITE_ROW)
    continue;
  if (code != SQLITE_DONE)
    set_error (cache, error);
  keep_prepared (cache, sql, rows);
  return code == SQLITE_DONE;
}

/** ehcp_rows_step: Returns: whether there is another row. */
gboolean
ehcp_rows_step (EhcpRows *rows)
{
  return sqlite3_step (rows) == SQLITE_ROW;
}

/** ehcp_cache_is_read: See the header. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_is_read (EhcpCache *cache, GError **error)
{
  int code = sqlite3_errcode (cache->db) & 0xff;

  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  set_error (cache, error);
  return FALSE;
}

/** ehcp_rows_find_text: Returns: (nullable) (transfer none): %NULL for NULL; until the next step. */
const char *
ehcp_rows_find_text (EhcpRows *rows, int column)
{
  return (const char *) sqlite3_column_text (rows, column);
}

/** ehcp_rows_get_text: For columns that are never NULL, but in a damaged file. Returns: (transfer none): "" for NULL,
 * with which a row of a case does not open; until the next step. */
const char *
ehcp_rows_get_text (EhcpRows *rows, int column)
{
  const char *text = ehcp_rows_find_text (rows, column);

  return text != NULL ? text : "";
}

/** ehcp_rows_get_int: Returns: the number, 0 for NULL. */
gint64
ehcp_rows_get_int (EhcpRows *rows, int column)
{
  return sqlite3_column_int64 (rows, column);
}

/** ehcp_rows_get_bytes: Returns: (transfer full): a copy. */
GBytes *
ehcp_rows_get_bytes (EhcpRows *rows, int column)
{
  const void *data = sqlite3_column_blob (rows, column);

  return g_bytes_new (data, sqlite3_column_bytes (rows, column));
}

/** ehcp_cache_begin: Begins the one transaction. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_begin (EhcpCache *cache, GError **error)
{
  return ehcp_cache_run (cache, error, "BEGIN IMMEDIATE", "");
}

/**
 * ehcp_cache_end:
 * @cache: the cache
 * @is_good: whether everything inside succeeded, in which case @error is not set yet
 * @error: return location
 *
 * Commits, or rolls back.
 *
 * Returns: whether it is on the disk now
 */
gboolean
ehcp_cache_end (EhcpCache *cache, gboolean is_good, GError **error)
{
  if (is_good && ehcp_cache_run (cache, error, "COMMIT", ""))
    return TRUE;
  ehcp_cache_run (cache, NULL, "ROLLBACK", "");
  /* A key that was made inside would seal rows that nobody can ever open again. */
  g_hash_table_remove_all (cache->keys);
  return FALSE;
}

/** ehcp_cache_get_meta: Returns: (transfer full) (nullable): a single value, "" when it was never set; %NULL
 * when it cannot be read. */
char *
ehcp_cache_get_meta (EhcpCache *cache, const char *name)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, NULL, "SELECT value FROM meta WHERE name = ?", "s", name);

  if (rows == NULL)
    return NULL;
  if (ehcp_rows_step (rows))
    return g_strdup (ehcp_rows_get_text (rows, 0));
  return ehcp_cache_is_read (cache, NULL) ? g_strdup ("") : NULL;
}

/** ehcp_cache_set_meta: Sets a single value. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_set_meta (EhcpCache *cache, const char *name, const char *value, GError **error)
{
  return ehcp_cache_run (cache, error,
                         "INSERT INTO meta (name, value) VALUES (?, ?)"
                         " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                         "ss", name, value);
}

/** ehcp_cache_get_number: Returns: a single value as a number, 0 when it was never set; -1 when it cannot be
 * read. */
gint64
ehcp_cache_get_number (EhcpCache *cache, const char *name)
{
  g_autofree char *value = ehcp_cache_get_meta (cache, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : -1;
}

/** ehcp_cache_set_number: Sets a single value. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_set_number (EhcpCache *cache, const char *name, gint64 value, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return ehcp_cache_set_meta (cache, name, text, error);
}
