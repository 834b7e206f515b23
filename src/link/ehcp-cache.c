/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offline copy: opening, keys, and sealing of rows. Loading, the feed, the outbox and
 * the files are in files of their own (ehcp-cache-*.c). */
#include "ehcp-cache-private.h"

#include "ehcp-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_CHECKED_BYTES (64 * 1024 * 1024)

/* In clear: ids, kinds, cases, numbers and states. Everything that says something is in `sealed`. */
const char *const ehcp_cache_schema[] = {
  "CREATE TABLE IF NOT EXISTS meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS case_key (case_id TEXT NOT NULL PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS record (kind TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL,"
  " seq INTEGER NOT NULL, generation INTEGER NOT NULL, sealed BLOB NOT NULL,"
  " PRIMARY KEY (kind, id)) STRICT",
  "CREATE INDEX IF NOT EXISTS record_case ON record (case_id)",
  "CREATE TABLE IF NOT EXISTS outbox (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
  " kind TEXT NOT NULL, case_id TEXT NOT NULL, state TEXT NOT NULL, refusal TEXT,"
  " not_before INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS sent (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
  " kind TEXT NOT NULL, case_id TEXT NOT NULL, sent_at INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS draft (id TEXT NOT NULL PRIMARY KEY, case_id TEXT NOT NULL,"
  " sealed BLOB NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS document (id TEXT NOT NULL PRIMARY KEY, case_id TEXT NOT NULL,"
  " is_wanted INTEGER NOT NULL, file TEXT) STRICT",
  "CREATE TABLE IF NOT EXISTS keep_all (case_id TEXT NOT NULL PRIMARY KEY) STRICT",
  /* How long refusals of a case were not believed since the council was restored. */
  "CREATE TABLE IF NOT EXISTS patience (case_id TEXT NOT NULL PRIMARY KEY, waited_s INTEGER NOT NULL) STRICT",
  "CREATE TABLE IF NOT EXISTS saved (id TEXT NOT NULL PRIMARY KEY, case_id TEXT NOT NULL, sealed BLOB NOT NULL) STRICT",
  /* What could be undone when the program ended is sent now: nobody is there to undo it. */
  "UPDATE outbox SET not_before = 0",
  NULL,
};

/* secure_delete: what was withdrawn is overwritten, even though it is sealed. */
static const char *const pragmas[] = {
  "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON",
  "PRAGMA temp_store = MEMORY", "PRAGMA foreign_keys = ON",
};

/** ehcp_cache_make_path: Returns: (transfer full): the folder of one account at one council, whose name
 * does not say which. Any thread. */
char *
ehcp_cache_make_path (const char *cache_dir, const char *council, const char *account)
{
  g_autofree char *text = g_strdup_printf ("%s\n%s", council, account);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  name[32] = '\0';
  return g_build_filename (cache_dir, name, NULL);
}

static void
remove_folder (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (dir);
}

static void
wipe_key (gpointer data)
{
  explicit_bzero (data, sizeof (EhcpKey));
  g_free (data);
}

/** ehcp_cache_close: Closes it, and forgets the keys. */
void
ehcp_cache_close (EhcpCache *cache)
{
  g_clear_pointer (&cache->statements, g_hash_table_unref);
  sqlite3_close (cache->db);
  explicit_bzero (&cache->master, sizeof cache->master);
  g_clear_pointer (&cache->keys, g_hash_table_unref);
  g_clear_pointer (&cache->memory_files, g_hash_table_unref);
  g_clear_pointer (&cache->dir, g_free);
  g_free (cache);
}

/** ehcp_cache_wipe: Closes it, and removes everything that it wrote. */
void
ehcp_cache_wipe (EhcpCache *cache)
{
  g_autofree char *dir = g_strdup (cache->dir);

  ehcp_cache_remove_traces (cache, NULL);
  ehcp_cache_close (cache);
  if (dir != NULL)
    remove_folder (dir);
}

static gboolean
make_folders (const char *dir, GError **error)
{
  g_autofree char *files = g_build_filename (dir, "files", NULL);

  if (g_mkdir_with_parents (files, 0700) == 0)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "the offline copy: %s", g_strerror (errno));
  return FALSE;
}

static gboolean
prepare_database (EhcpCache *cache, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (pragmas); i++)
    if (!ehcp_cache_run (cache, error, pragmas[i], ""))
      return FALSE;
  for (guint i = 0; ehcp_cache_schema[i] != NULL; i++)
    if (!ehcp_cache_run (cache, error, ehcp_cache_schema[i], ""))
      return FALSE;
  return TRUE;
}

/* The master key of another time opens nothing here. */
static gboolean
check_master (EhcpCache *cache, gboolean *is_other_key, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error, "SELECT sealed FROM case_key WHERE case_id = ''", "");
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) opened = NULL;

  if (rows == NULL)
    return FALSE;
  if (!ehcp_rows_step (rows))
    {
      if (!ehcp_cache_is_read (cache, error))
        return FALSE;
      g_clear_pointer (&rows, ehcp_rows_end);
      return ehcp_cache_get_key (cache, "", TRUE, error) != NULL;
    }
  sealed = ehcp_rows_get_bytes (rows, 0);
  opened = ehcp_seal_open (&cache->master, "case_key|", sealed, error);
  *is_other_key = opened == NULL;
  return opened != NULL;
}

/** ehcp_cache_is_damaged: Returns: whether a call failed because this is no sound database. */
gboolean
ehcp_cache_is_damaged (EhcpCache *cache)
{
  return cache->is_damaged;
}

static char *
make_database_path (const char *dir)
{
  return dir != NULL ? g_build_filename (dir, "cache.sqlite", NULL) : g_strdup (":memory:");
}

static gboolean
open_database (EhcpCache *cache, GError **error)
{
  g_autofree char *path = make_database_path (cache->dir);

  if (sqlite3_open_v2 (path, &cache->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                       NULL) != SQLITE_OK)
    {
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "the offline copy: %s",
                      sqlite3_errmsg (cache->db));
      return FALSE;
    }
  sqlite3_busy_timeout (cache->db, 5000);
  return prepare_database (cache, error);
}

/**
 * ehcp_cache_mend:
 * @cache: a cache of which ehcp_cache_is_damaged() said so, or in which rows did not open
 * @error: return location
 *
 * Takes over what can be read into a new database; then everything is pulled afresh.
 *
 * Returns: whether it can be written to again; otherwise %EHCP_ERROR_STORAGE, and only ehcp_cache_wipe() is left
 */
gboolean
ehcp_cache_mend (EhcpCache *cache, GError **error)
{
  g_autofree char *path = make_database_path (cache->dir);

  if (cache->dir == NULL)
    return ehcp_cache_start_afresh (cache, NULL, error);
  g_message ("the offline copy is damaged: what can be read of it is taken over");
  g_hash_table_remove_all (cache->statements);
  sqlite3_close (cache->db);
  cache->db = NULL;
  cache->is_damaged = FALSE;
  g_hash_table_remove_all (cache->keys);
  ehcp_cache_rescue (path);
  return open_database (cache, error) && ehcp_cache_start_afresh (cache, NULL, error);
}

/* *is_useless: what is there will never open with this key. *is_damaged: some of it may. */
static EhcpCache *
try_open (const char *dir, const EhcpKey *key, gboolean *is_useless, gboolean *is_damaged, GError **error)
{
  g_autoptr (EhcpCache) cache = g_new0 (EhcpCache, 1);

  cache->dir = g_strdup (dir);
  cache->master = *key;
  cache->thread = g_thread_self ();
  cache->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe_key);
  cache->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) ehcp_rows_end);
  cache->memory_files =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  if (dir != NULL && !make_folders (dir, error))
    return NULL;
  if (open_database (cache, error) && check_master (cache, is_useless, error))
    return g_steal_pointer (&cache);
  *is_damaged = ehcp_cache_is_damaged (cache);
  return NULL;
}

/**
 * ehcp_cache_open:
 * @dir: (nullable): its folder, made when it is not there; %NULL: in memory alone
 * @key: the master key
 * @error: return location
 *
 * Of a database that is damaged, what can be read is taken over. What cannot be opened with @key, or is no database any
 * more, is thrown away: the council has it all but for what was not sent, and that cannot be read either. The calling
 * thread owns the cache.
 *
 * Returns: (transfer full): the cache, or %NULL with %EHCP_ERROR_STORAGE when nothing can be written there
 *   now; then what is there stays
 */
EhcpCache *
ehcp_cache_open (const char *dir, const EhcpKey *key, GError **error)
{
  g_autofree char *path = make_database_path (dir);
  g_autoptr (GError) local_error = NULL;
  gboolean is_useless = FALSE, is_damaged = FALSE;
  EhcpCache *cache = try_open (dir, key, &is_useless, &is_damaged, &local_error);

  if (cache == NULL && is_damaged && dir != NULL && ehcp_cache_rescue (path))
    {
      g_clear_error (&local_error);
      is_damaged = FALSE;
      cache = try_open (dir, key, &is_useless, &is_damaged, &local_error);
      if (cache != NULL && !ehcp_cache_start_afresh (cache, NULL, &local_error))
        g_clear_pointer (&cache, ehcp_cache_close);
    }
  if (cache == NULL && (is_useless || is_damaged) && dir != NULL)
    {
      g_message ("the offline copy is made anew: %s", local_error->message);
      g_clear_error (&local_error);
      remove_folder (dir);
      cache = try_open (dir, key, &is_useless, &is_damaged, &local_error);
    }
  if (cache == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return cache;
}

/* Where that is quick, since writing waits for it. */
static gboolean
is_sound (EhcpCache *cache)
{
  g_autoptr (EhcpRows) size = NULL;
  g_autoptr (EhcpRows) rows = NULL;

  size = ehcp_cache_query (cache, NULL, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", "");
  if (size == NULL || !ehcp_rows_step (size) || ehcp_rows_get_int (size, 0) > MAX_CHECKED_BYTES)
    return TRUE;
  rows = ehcp_cache_query (cache, NULL, "PRAGMA integrity_check (1)", "");
  return rows == NULL || !ehcp_rows_step (rows) || g_strcmp0 (ehcp_rows_get_text (rows, 0), "ok") == 0;
}

/**
 * ehcp_cache_check:
 * @cache: a cache that was opened and read, before the first pull writes into it
 * @error: return location
 *
 * An index that disagrees with its table makes no error of its own: a row that was withdrawn could stay. What a start
 * reads does not hang on indexes, and each row is authenticated, so that the first screen need not wait for this.
 *
 * Returns: whether it is sound, mended if need be; otherwise %EHCP_ERROR_STORAGE
 */
gboolean
ehcp_cache_check (EhcpCache *cache, GError **error)
{
  return is_sound (cache) || ehcp_cache_mend (cache, error);
}

/* FALSE when it cannot be read: then no other may take its place. */
static gboolean
find_sealed_key (EhcpCache *cache, const char *case_id, GBytes **sealed, GError **error)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, error, "SELECT sealed FROM case_key WHERE case_id = ?", "s", case_id);

  if (rows == NULL)
    return FALSE;
  if (ehcp_rows_step (rows))
    *sealed = ehcp_rows_get_bytes (rows, 0);
  return *sealed != NULL || ehcp_cache_is_read (cache, error);
}

static gboolean
make_key (EhcpCache *cache, const char *case_id, const char *place, EhcpKey *key, GError **error)
{
  g_autoptr (GBytes) sealed = NULL;

  ehcp_key_make (key);
  sealed = ehcp_seal (&cache->master, place, key->bytes, sizeof key->bytes);
  return ehcp_cache_run (cache, error,
                         "INSERT INTO case_key (case_id, sealed) VALUES (?, ?)"
                         " ON CONFLICT (case_id) DO UPDATE SET sealed = excluded.sealed",
                         "sb", case_id, sealed);
}

/* NULL when it does not open. */
static EhcpKey *
keep_key (EhcpCache *cache, const char *case_id, const char *place, GBytes *sealed)
{
  g_autoptr (GBytes) opened = ehcp_seal_open (&cache->master, place, sealed, NULL);
  EhcpKey *key;

  if (opened == NULL || g_bytes_get_size (opened) != sizeof key->bytes)
    return NULL;
  key = g_memdup2 (g_bytes_get_data (opened, NULL), sizeof *key);
  g_hash_table_insert (cache->keys, g_strdup (case_id), key);
  return key;
}

/**
 * ehcp_cache_get_key:
 * @cache: the cache
 * @case_id: a case, "" for what belongs to none
 * @may_make: whether to make one when there is none, or none that can be opened
 * @error: return location
 *
 * Returns: (nullable) (transfer none): the key of that case; %NULL without @may_make when there is none
 */
const EhcpKey *
ehcp_cache_get_key (EhcpCache *cache, const char *case_id, gboolean may_make, GError **error)
{
  EhcpKey *found = g_hash_table_lookup (cache->keys, case_id);
  g_autofree char *place = g_strconcat ("case_key|", case_id, NULL);
  g_autoptr (GBytes) sealed = NULL;
  EhcpKey key = { 0 };

  if (found != NULL)
    return found;
  if (!find_sealed_key (cache, case_id, &sealed, error))
    return NULL;
  if (sealed != NULL)
    found = keep_key (cache, case_id, place, sealed);
  if (found != NULL || !may_make || !make_key (cache, case_id, place, &key, error))
    return found;
  found = g_memdup2 (&key, sizeof key);
  explicit_bzero (&key, sizeof key);
  g_hash_table_insert (cache->keys, g_strdup (case_id), found);
  return found;
}

/** ehcp_cache_load_keys: Opens all keys at once: to ask for them case by case took as long as to open the rows.
 * Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_load_keys (EhcpCache *cache, GError **error)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (cache, error, "SELECT case_id, sealed FROM case_key", "");

  while (rows != NULL && ehcp_rows_step (rows))
    {
      const char *case_id = ehcp_rows_get_text (rows, 0);
      g_autofree char *place = g_strconcat ("case_key|", case_id, NULL);
      g_autoptr (GBytes) sealed = ehcp_rows_get_bytes (rows, 1);

      if (!g_hash_table_contains (cache->keys, case_id))
        keep_key (cache, case_id, place, sealed);
    }
  return rows != NULL && ehcp_cache_is_read (cache, error);
}

static char *
make_place (const char *table, const char *id, const char *kind, gint64 seq)
{
  char number[24];

  g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT, seq);
  return g_strjoin ("|", table, id, kind, number, NULL);
}

/** ehcp_cache_seal_row: Returns: (transfer full): what stands in the column `sealed`, or %NULL. */
GBytes *
ehcp_cache_seal_row (EhcpCache *cache, const char *table, const char *case_id, const char *id,
                     const char *kind, gint64 seq, const void *data, gsize length, GError **error)
{
  const EhcpKey *key = ehcp_cache_get_key (cache, case_id, TRUE, error);
  g_autofree char *place = make_place (table, id, kind, seq);

  return key != NULL ? ehcp_seal (key, place, data, length) : NULL;
}

/** ehcp_cache_open_row: Returns: (transfer full) (nullable): the bytes, %NULL when the row is damaged. */
GBytes *
ehcp_cache_open_row (EhcpCache *cache, const char *table, const char *case_id, const char *id,
                     const char *kind, gint64 seq, GBytes *sealed)
{
  const EhcpKey *key = ehcp_cache_get_key (cache, case_id, FALSE, NULL);
  g_autofree char *place = make_place (table, id, kind, seq);

  return key != NULL ? ehcp_seal_open (key, place, sealed, NULL) : NULL;
}

GBytes *
ehcp_cache_open_known_row (EhcpCache *cache, const char *table, const char *case_id, const char *id,
                           const char *kind, gint64 seq, GBytes *sealed)
{
  const EhcpKey *key = g_hash_table_lookup (cache->keys, case_id);
  g_autofree char *place = make_place (table, id, kind, seq);

  return key != NULL ? ehcp_seal_open (key, place, sealed, NULL) : NULL;
}
