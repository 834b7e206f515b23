/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

void
cache_open (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (fixture->dir, "cache", NULL);

  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  fixture->cache = ehcp_cache_open (dir, &fixture->key, &error);
  g_assert_no_error (error);
}

void
cache_set_up (CacheFixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ehcp-cache-XXXXXX", NULL);
  ehcp_key_make (&fixture->key);
  cache_open (fixture);
}

void
cache_tear_down (CacheFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->cache, ehcp_cache_wipe);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_clear_pointer (&fixture->dir, g_free);
}

EhcpBatch *
cache_parse (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  EhcpBatch *batch = ehcp_batch_parse (body, &error);

  g_assert_no_error (error);
  return batch;
}

void
cache_store (CacheFixture *fixture, const char *text)
{
  g_autoptr (EhcpBatch) batch = cache_parse (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_cache_store_batch (fixture->cache, batch, 1000, &error));
  g_assert_no_error (error);
}

EhcpLoaded *
cache_load (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EhcpLoaded *loaded = ehcp_cache_load (fixture->cache, &error);

  g_assert_no_error (error);
  return loaded;
}

gboolean
cache_is_on_disk (const char *dir, const char *needle)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *data = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? cache_is_on_disk (path, needle)
                                                 : g_file_get_contents (path, &data, &length, NULL) &&
                                                       memmem (data, length, needle, strlen (needle)))
        return TRUE;
    }
  return FALSE;
}

EhcpOutgoing *
cache_make_command (const char *id, const char *case_id, const char *text)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_NOTE_ADD));

  ehcp_record_set_text (command, "kind", "note.add");
  ehcp_record_set_text (command, "case", case_id);
  ehcp_record_set_text (command, "text", text);
  return ehcp_outgoing_new (id, command);
}

void
cache_add_command (CacheFixture *fixture, const char *id, const char *case_id, gint64 not_before)
{
  g_autoptr (EhcpOutgoing) outgoing = cache_make_command (id, case_id, SECRET);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (contents, g_bytes_new_static (SECRET, strlen (SECRET)));
  ehcp_outgoing_add_file (outgoing, SECRET ".pdf", "application/pdf", contents->pdata[0]);
  outgoing->not_before = not_before;
  g_assert_true (ehcp_cache_add_command (fixture->cache, outgoing, contents, NULL, &error));
  g_assert_no_error (error);
}

guint
cache_count_rows (CacheFixture *fixture, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s", table);
  g_autoptr (EhcpRows) rows = ehcp_cache_query (fixture->cache, NULL, sql, "");
  guint n = 0;

  while (ehcp_rows_step (rows))
    n++;
  return n;
}

guint
cache_count_files (CacheFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", "files", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}
