/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the offline copy: documents that are kept, and what waits to be uploaded; one sealed file each.
 * Without a folder they are in memory, sealed all the same. */
#include "ehcp-cache-private.h"

#include "ehcp-error.h"
#include "ehcp-text.h"

#include <glib/gstdio.h>

static char *
make_path (EhcpCache *cache, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".sealed", NULL);

  return g_build_filename (cache->dir, "files", file, NULL);
}

static gboolean
write_sealed (EhcpCache *cache, const char *name, GBytes *sealed, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (sealed, &length);
  g_autoptr (GError) cause = NULL;
  g_autofree char *path = NULL;

  if (cache->dir == NULL)
    {
      g_hash_table_insert (cache->memory_files, g_strdup (name), g_bytes_ref (sealed));
      return TRUE;
    }
  path = make_path (cache, name);
  if (g_file_set_contents_full (path, data, length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "the offline copy: %s", cause->message);
  return FALSE;
}

static GBytes *
read_sealed (EhcpCache *cache, const char *name)
{
  g_autofree char *path = NULL;
  char *data = NULL;
  gsize length = 0;

  if (cache->dir == NULL)
    {
      GBytes *found = g_hash_table_lookup (cache->memory_files, name);

      return found != NULL ? g_bytes_ref (found) : NULL;
    }
  path = make_path (cache, name);
  if (!g_file_get_contents (path, &data, &length, NULL))
    return NULL;
  return g_bytes_new_take (data, length);
}

/** ehcp_cache_write_file: Seals @content under @name, synced. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_write_file (EhcpCache *cache, const char *case_id, const char *name, GBytes *content,
                       GError **error)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (content, &length);
  g_autoptr (GBytes) sealed =
      ehcp_cache_seal_row (cache, "file", case_id, name, "", 0, data, length, error);

  return sealed != NULL && write_sealed (cache, name, sealed, error);
}

/**
 * ehcp_cache_read_file:
 * @cache: the cache
 * @case_id: whose it is, "" for none
 * @name: its name
 * @error: return location
 *
 * Returns: (transfer full): the content, or %NULL with %EHCP_ERROR_NOT_FOUND when it is not there or
 *   damaged
 */
GBytes *
ehcp_cache_read_file (EhcpCache *cache, const char *case_id, const char *name, GError **error)
{
  g_autoptr (GBytes) sealed = read_sealed (cache, name);
  GBytes *content =
      sealed != NULL ? ehcp_cache_open_row (cache, "file", case_id, name, "", 0, sealed) : NULL;

  if (content == NULL)
    ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "the file is not in the offline copy");
  return content;
}

/** ehcp_cache_remove_file: Removes a file; one that is not there is no mistake. */
void
ehcp_cache_remove_file (EhcpCache *cache, const char *name)
{
  g_autofree char *path = NULL;

  g_hash_table_remove (cache->memory_files, name);
  if (cache->dir == NULL)
    return;
  path = make_path (cache, name);
  g_unlink (path);
}

/** ehcp_cache_remove_files_of: Removes the files that go with a command. */
void
ehcp_cache_remove_files_of (EhcpCache *cache, EhcpOutgoing *outgoing)
{
  for (guint i = 0; i < outgoing->files->len; i++)
    {
      EhcpOutgoingFile *file = g_ptr_array_index (outgoing->files, i);

      ehcp_cache_remove_file (cache, file->file);
    }
}

static char *
find_file (EhcpCache *cache, const char *id)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, NULL, "SELECT file FROM document WHERE id = ?", "s", id);

  return rows != NULL && ehcp_rows_step (rows) ? g_strdup (ehcp_rows_find_text (rows, 0)) : NULL;
}

/** ehcp_cache_store_document: Keeps a document's content, checked by the caller. Returns: %FALSE with
 * %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_store_document (EhcpCache *cache, const char *id, const char *case_id, GBytes *content,
                           GError **error)
{
  g_autofree char *old = find_file (cache, id);
  g_autofree char *name = ehcp_text_new_id ();

  if (!ehcp_cache_write_file (cache, case_id, name, content, error))
    return FALSE;
  if (!ehcp_cache_run (cache, error,
                       "INSERT INTO document (id, case_id, is_wanted, file) VALUES (?, ?, 1, ?)"
                       " ON CONFLICT (id) DO UPDATE SET file = excluded.file",
                       "sss", id, case_id, name))
    {
      ehcp_cache_remove_file (cache, name);
      return FALSE;
    }
  if (old != NULL)
    ehcp_cache_remove_file (cache, old);
  return TRUE;
}

/** ehcp_cache_read_document: Returns: (transfer full): its content, or %NULL with %EHCP_ERROR_NOT_FOUND. */
GBytes *
ehcp_cache_read_document (EhcpCache *cache, const char *id, const char *case_id, GError **error)
{
  g_autofree char *file = find_file (cache, id);

  return ehcp_cache_read_file (cache, case_id, file != NULL ? file : "", error);
}

/** ehcp_cache_forget_document: Removes content and wish. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_forget_document (EhcpCache *cache, const char *id, GError **error)
{
  g_autofree char *file = find_file (cache, id);

  if (file != NULL)
    ehcp_cache_remove_file (cache, file);
  return ehcp_cache_run (cache, error, "DELETE FROM document WHERE id = ?", "s", id);
}

/** ehcp_cache_want_document: Notes whether a document is to be kept; when not, its content goes, and it is
 * left out when all of its case are kept. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_want_document (EhcpCache *cache, const char *id, const char *case_id, gboolean is_wanted,
                          GError **error)
{
  if (!is_wanted && !ehcp_cache_forget_document (cache, id, error))
    return FALSE;
  return ehcp_cache_run (cache, error,
                         "INSERT INTO document (id, case_id, is_wanted) VALUES (?, ?, ?)"
                         " ON CONFLICT (id) DO UPDATE SET is_wanted = excluded.is_wanted",
                         "ssi", id, case_id, (gint64) is_wanted);
}

/** ehcp_cache_is_wanted: Returns: whether a document's content is to be kept. */
gboolean
ehcp_cache_is_wanted (EhcpCache *cache, const char *id, const char *case_id)
{
  g_autoptr (EhcpRows) rows =
      ehcp_cache_query (cache, NULL,
                        "SELECT coalesce ((SELECT is_wanted FROM document WHERE id = ?),"
                        " EXISTS (SELECT 1 FROM keep_all WHERE case_id = ?))",
                        "ss", id, case_id);

  return rows != NULL && ehcp_rows_step (rows) && ehcp_rows_get_int (rows, 0) != 0;
}

/** ehcp_cache_set_keep_all: Notes whether all documents of a case are to be kept, those to come too; what
 * is here stays. Returns: %FALSE with %EHCP_ERROR_STORAGE. */
gboolean
ehcp_cache_set_keep_all (EhcpCache *cache, const char *case_id, gboolean keep_all, GError **error)
{
  if (!keep_all)
    return ehcp_cache_run (cache, error, "DELETE FROM keep_all WHERE case_id = ?", "s", case_id);
  return ehcp_cache_run (cache, error, "DELETE FROM document WHERE case_id = ? AND is_wanted = 0", "s",
                         case_id) &&
         ehcp_cache_run (cache, error,
                         "INSERT INTO keep_all (case_id) VALUES (?) ON CONFLICT (case_id) DO NOTHING",
                         "s", case_id);
}

/** ehcp_cache_list_missing: Returns: (transfer full): ids of documents that are to be kept and are not
 * here yet; or %NULL with %EHCP_ERROR_STORAGE. */
GPtrArray *
ehcp_cache_list_missing (EhcpCache *cache, GError **error)
{
  g_autoptr (EhcpRows) rows = ehcp_cache_query (
      cache, error,
      "SELECT r.id FROM record r LEFT JOIN document d ON d.id = r.id WHERE r.kind = 'document'"
      " AND d.file IS NULL AND (d.is_wanted = 1"
      " OR (d.id IS NULL AND r.case_id IN (SELECT case_id FROM keep_all)))",
      "");
  GPtrArray *ids;

  if (rows == NULL)
    return NULL;
  ids = g_ptr_array_new_with_free_func (g_free);
  while (ehcp_rows_step (rows))
    g_ptr_array_add (ids, g_strdup (ehcp_rows_get_text (rows, 0)));
  return ids;
}
