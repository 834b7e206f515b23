/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offline copy: nothing readable on the disk, nothing lost by a fault, nothing left of what was
 * withdrawn. */
#include "cache-fixture.h"

#include "ehcp-error.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* When the council last answered is sealed: who has the disk and not the key cannot write it anew. */
static void
test_lease (CacheFixture *fixture, gconstpointer data)
{
  const EhcpLease lease = { .answered_at = 1795528800, .seen_at = 1795528900 };
  EhcpLease found = ehcp_cache_load_lease (fixture->cache);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;

  g_assert_true (ehcp_lease_is_over (&found, FALSE, 1795528800));
  found = ehcp_cache_note_seen (fixture->cache, 1795528800);
  g_assert_cmpint (found.answered_at, ==, 0);
  g_assert_true (ehcp_cache_store_lease (fixture->cache, &lease, &error));
  g_assert_no_error (error);
  first = ehcp_cache_get_meta (fixture->cache, "lease");
  g_assert_null (strstr (first, "17955"));
  found = ehcp_cache_note_seen (fixture->cache, 1795529000);
  g_assert_cmpint (found.answered_at, ==, 1795528800);
  g_assert_cmpint (found.seen_at, ==, 1795529000);
  found = ehcp_cache_note_seen (fixture->cache, 1795528000);
  g_assert_cmpint (found.seen_at, ==, 1795529000);
  first[10] = first[10] == 'A' ? 'B' : 'A';
  g_assert_true (ehcp_cache_set_meta (fixture->cache, "lease", first, &error));
  found = ehcp_cache_load_lease (fixture->cache);
  g_assert_true (ehcp_lease_is_over (&found, FALSE, 1795529000));
}

static void
test_sealed (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpRecord) draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  g_autoptr (GBytes) content = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr (EhcpLoaded) loaded = NULL;

  cache_store (fixture, BATCH ("1", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "1", SECRET) "]", ""));
  cache_add_command (fixture, COMMAND, CASE_A, 0);
  ehcp_record_set_text (draft, "id", DOCUMENT);
  ehcp_record_set_int (draft, "seq", 0);
  ehcp_record_set_text (draft, "audience", "account");
  ehcp_record_set_text (draft, "saved_at", "2026-11-24T14:05:00Z");
  ehcp_record_set_text (draft, "text", SECRET);
  g_assert_true (ehcp_cache_store_draft (fixture->cache, draft, NULL));
  g_assert_true (ehcp_cache_store_document (fixture->cache, DOCUMENT, CASE_A, content, NULL));

  g_assert_false (cache_is_on_disk (fixture->dir, SECRET));
  g_assert_true (cache_is_on_disk (fixture->dir, NOTE_1));
  cache_open (fixture);
  loaded = cache_load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 2);
  g_assert_cmpuint (loaded->outbox->len, ==, 1);
  g_assert_true (loaded->has_view);
  g_assert_cmpint (loaded->updated_at, ==, 1000);
  g_assert_true (g_hash_table_contains (loaded->kept, DOCUMENT));
}

/* Lengths are multiples of a block: "yes" and "no" look alike. */
static void
test_padding (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) yes = ehcp_seal (&fixture->key, "p", "yes", 3);
  g_autoptr (GBytes) no = ehcp_seal (&fixture->key, "p", "no", 2);
  g_autoptr (GBytes) nothing = ehcp_seal (&fixture->key, "p", NULL, 0);
  g_autoptr (GBytes) opened = ehcp_seal_open (&fixture->key, "p", nothing, NULL);

  g_assert_cmpuint (g_bytes_get_size (yes), ==, g_bytes_get_size (no));
  g_assert_cmpuint (g_bytes_get_size (opened), ==, 0);
  g_assert_null (ehcp_seal_open (&fixture->key, "q", yes, NULL));
}

static void
damage (CacheFixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", "cache.sqlite", NULL);
  sqlite3 *db = NULL;

  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
  cache_open (fixture);
}

#define FLIP \
  "UPDATE record SET sealed = cast (substr (sealed, 1, 60) || x'00000000' || substr (sealed, 65) AS BLOB)"

/* A damaged row, one that was moved under another id, and one whose number was changed back. */
static void
test_damaged (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpLoaded) first = NULL;
  g_autoptr (EhcpLoaded) healed = NULL;
  g_autofree char *state = NULL;

  cache_store (fixture, BATCH ("1", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_A, "2", "two") "]",
                         ""));
  cache_add_command (fixture, COMMAND, CASE_A, 0);
  damage (fixture, data);
  first = cache_load (fixture);
  g_assert_cmpuint (first->n_damaged, ==, 1);
  g_assert_cmpuint (first->records->len, ==, 1);
  g_assert_cmpuint (first->outbox->len, ==, 1);
  state = ehcp_cache_get_state (fixture->cache);
  g_assert_cmpstr (state, ==, "");

  cache_store (fixture, BATCH ("2", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_A, "2", "two") "]",
                         ""));
  healed = cache_load (fixture);
  g_assert_cmpuint (healed->n_damaged, ==, 0);
  g_assert_cmpuint (healed->records->len, ==, 2);
  g_assert_cmpuint (healed->outbox->len, ==, 1);
  g_assert_true (healed->has_view);
}

/* What a pull from the beginning leaves out is gone; in pieces, only after the last. */
static void
test_sweep (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpBatch) last = NULL;
  g_autoptr (EhcpLoaded) between = NULL;
  g_autoptr (EhcpLoaded) after = NULL;

  cache_store (fixture, BATCH ("1", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_B, "2", "two") "]",
                         ""));
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, NULL, NULL));
  cache_store (fixture, BATCH ("2", "e", "true", "", ""));
  between = cache_load (fixture);
  g_assert_cmpuint (between->records->len, ==, 2);
  g_assert_false (between->has_view);
  last = cache_parse (BATCH ("3", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "]", ""));
  g_assert_true (ehcp_cache_store_batch (fixture->cache, last, 1, NULL));
  g_assert_cmpuint (last->gone->len, ==, 1);
  g_assert_cmpstr (((EhcpGone *) last->gone->pdata[0])->id, ==, NOTE_2);
  after = cache_load (fixture);
  g_assert_cmpuint (after->records->len, ==, 1);
}

static void
test_revoked (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) content = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr (EhcpLoaded) loaded = NULL;

  cache_store (fixture, BATCH ("1", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_B, "2", "two") "]",
                         ""));
  cache_add_command (fixture, COMMAND, CASE_A, 0);
  g_assert_true (ehcp_cache_store_document (fixture->cache, DOCUMENT, CASE_A, content, NULL));
  g_assert_cmpuint (cache_count_files (fixture), ==, 2);
  cache_store (fixture, BATCH ("2", "e", "false", "", ",\"revoked\":[\"" CASE_A "\"]"));
  loaded = cache_load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 1);
  g_assert_cmpuint (loaded->outbox->len, ==, 0);
  g_assert_cmpuint (cache_count_files (fixture), ==, 0);
  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  g_assert_false (cache_is_on_disk (fixture->dir, CASE_A));
  cache_open (fixture);
}

static void
test_gone_document (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) content = g_bytes_new_static (SECRET, strlen (SECRET));

  g_assert_true (ehcp_cache_store_document (fixture->cache, DOCUMENT, CASE_A, content, NULL));
  cache_store (fixture, BATCH ("2", "e", "false", "", ",\"gone\":[{\"kind\":\"document\",\"id\":\"" DOCUMENT "\"}]"));
  g_assert_cmpuint (cache_count_files (fixture), ==, 0);
  g_assert_null (ehcp_cache_read_document (fixture->cache, DOCUMENT, CASE_A, NULL));
}

static void
test_unknown_kind (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpLoaded) loaded = NULL;

  cache_store (fixture, BATCH ("1", "e", "false", "\"weather\":[{\"id\":\"" NOTE_1 "\",\"seq\":4,\"sky\":\"blue\"}]", ""));
  loaded = cache_load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 0);
  g_assert_cmpuint (loaded->n_damaged, ==, 0);
  g_assert_true (cache_is_on_disk (fixture->dir, NOTE_1));
}

/* Everything that a desktop may note of a file. */
static void
make_traces (const char *uri)
{
  static const char *const folders[] = { "normal", "x-large", "fail/gnome-thumbnail-factory" };
  g_autofree char *recent = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autoptr (GBookmarkFile) list = g_bookmark_file_new ();
  g_autoptr (GError) error = NULL;

  g_bookmark_file_load_from_file (list, recent, NULL);
  g_bookmark_file_set_mime_type (list, uri, "application/pdf");
  g_bookmark_file_add_application (list, uri, "Document Viewer", "evince %u");
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_bookmark_file_to_file (list, recent, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "thumbnails", folders[i], NULL);
      g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, sum);

      g_mkdir_with_parents (folder, 0700);
      g_assert_true (g_file_set_contents (path, "png", -1, NULL));
    }
}

/* 0: none; 4: all. */
static guint
count_traces (const char *uri)
{
  static const char *const folders[] = { "normal", "x-large", "fail/gnome-thumbnail-factory" };
  g_autofree char *recent = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autoptr (GBookmarkFile) list = g_bookmark_file_new ();
  guint n = 0;

  g_assert_true (g_bookmark_file_load_from_file (list, recent, NULL));
  n += g_bookmark_file_has_item (list, uri);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/thumbnails/%s/%s.png", g_get_user_cache_dir (), folders[i], sum);

      n += g_file_test (path, G_FILE_TEST_EXISTS);
    }
  return n;
}

/* What a desktop noted of files that were saved goes with their case, and all of it at log-out; nobody else's does. */
static void
test_traces (CacheFixture *fixture, gconstpointer data)
{
  static const char first[] = "file:///Downloads/Plan%20Isla.pdf", second[] = "file:///Downloads/Plan%20Tom.pdf",
                    loose[] = "file:///Downloads/sen2.csv", foreign[] = "file:///Downloads/Bus%20times.pdf";
  static const char *const uris[] = { first, second, loose, foreign };

  cache_store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_A) "," CASE (CASE_B) "]", ""));
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    make_traces (uris[i]);
  g_assert_true (ehcp_cache_add_saved (fixture->cache, CASE_A, first, NULL));
  g_assert_true (ehcp_cache_add_saved (fixture->cache, CASE_B, second, NULL));
  g_assert_true (ehcp_cache_add_saved (fixture->cache, "", loose, NULL));
  g_assert_false (cache_is_on_disk (fixture->dir, "Isla.pdf"));
  cache_open (fixture);

  g_assert_true (ehcp_cache_forget_case (fixture->cache, CASE_A, NULL));
  g_assert_cmpuint (count_traces (first), ==, 0);
  g_assert_cmpuint (count_traces (second), ==, 4);
  g_assert_true (ehcp_cache_add_saved (fixture->cache, "33333333-0000-4000-8000-000000000009", second, NULL));
  g_assert_cmpuint (cache_count_rows (fixture, "saved"), ==, 2);

  ehcp_cache_wipe (fixture->cache);
  fixture->cache = NULL;
  g_assert_cmpuint (count_traces (second), ==, 0);
  g_assert_cmpuint (count_traces (loose), ==, 0);
  g_assert_cmpuint (count_traces (foreign), ==, 4);
}

static void
test_other_key (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpLoaded) loaded = NULL;

  cache_store (fixture, BATCH ("1", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "]", ""));
  ehcp_key_make (&fixture->key);
  cache_open (fixture);
  loaded = cache_load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 0);
  g_assert_false (loaded->has_view);
}

static void
test_not_a_database (CacheFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", "cache.sqlite", NULL);
  g_autoptr (EhcpLoaded) loaded = NULL;

  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  g_assert_true (g_file_set_contents (path, "this is no database, and it is long enough to be seen", -1, NULL));
  cache_open (fixture);
  loaded = cache_load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 0);
}

static void
test_memory (void)
{
  g_autoptr (EhcpCache) cache = NULL;
  g_autoptr (GBytes) content = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr (GBytes) again = NULL;
  EhcpKey key;

  ehcp_key_make (&key);
  cache = ehcp_cache_open (NULL, &key, NULL);
  g_assert_true (ehcp_cache_store_document (cache, DOCUMENT, CASE_A, content, NULL));
  again = ehcp_cache_read_document (cache, DOCUMENT, CASE_A, NULL);
  g_assert_true (g_bytes_equal (content, again));
}

static void
test_wants (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) fewer = NULL;

  cache_store (fixture, BATCH ("1", "e", "false", "\"document\":[{\"id\":\"" DOCUMENT "\",\"case\":\"" CASE_A "\",\"seq\":1}]", ""));
  g_assert_false (ehcp_cache_is_wanted (fixture->cache, DOCUMENT, CASE_A));
  g_assert_true (ehcp_cache_set_keep_all (fixture->cache, CASE_A, TRUE, NULL));
  g_assert_true (ehcp_cache_is_wanted (fixture->cache, DOCUMENT, CASE_A));
  missing = ehcp_cache_list_missing (fixture->cache, NULL);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_true (ehcp_cache_want_document (fixture->cache, DOCUMENT, CASE_A, FALSE, NULL));
  fewer = ehcp_cache_list_missing (fixture->cache, NULL);
  g_assert_cmpuint (fewer->len, ==, 0);
}

#define ADD(path, func) g_test_add (path, CacheFixture, NULL, cache_set_up, func, cache_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/cache/sealed", test_sealed);
  ADD ("/cache/padding", test_padding);
  ADD ("/cache/lease", test_lease);
  g_test_add ("/cache/damaged/flipped", CacheFixture, FLIP " WHERE id = '" NOTE_1 "'", cache_set_up, test_damaged,
              cache_tear_down);
  g_test_add ("/cache/damaged/moved", CacheFixture,
              "UPDATE record SET sealed = (SELECT sealed FROM record WHERE id = '" NOTE_2
              "') WHERE id = '" NOTE_1 "'",
              cache_set_up, test_damaged, cache_tear_down);
  g_test_add ("/cache/damaged/without-a-case", CacheFixture,
              "PRAGMA writable_schema = ON;"
              "UPDATE sqlite_schema SET sql = replace (sql, 'case_id TEXT NOT NULL', 'case_id TEXT') WHERE name = 'record';"
              "PRAGMA writable_schema = RESET; UPDATE record SET case_id = NULL WHERE id = '" NOTE_1 "'",
              cache_set_up, test_damaged, cache_tear_down);
  g_test_add ("/cache/damaged/renumbered", CacheFixture, "UPDATE record SET seq = 9 WHERE id = '" NOTE_1 "'",
              cache_set_up, test_damaged, cache_tear_down);
  ADD ("/cache/sweep", test_sweep);
  ADD ("/cache/revoked", test_revoked);
  ADD ("/cache/gone-document", test_gone_document);
  ADD ("/cache/unknown-kind", test_unknown_kind);
  ADD ("/cache/traces", test_traces);
  ADD ("/cache/other-key", test_other_key);
  ADD ("/cache/not-a-database", test_not_a_database);
  ADD ("/cache/wants", test_wants);
  g_test_add_func ("/cache/memory", test_memory);
  return g_test_run ();
}
