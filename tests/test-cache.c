/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offline copy: nothing readable on the disk, nothing lost by a fault, nothing left of what was
 * withdrawn. */
#include "ehcp-cache-private.h"

#include "ehcp-error.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#define CASE_A "aaaaaaaa-0000-4000-8000-000000000001"
#define CASE_B "bbbbbbbb-0000-4000-8000-000000000001"
#define DOCUMENT "dddddddd-0000-4000-8000-000000000001"
#define COMMAND "11111111-0000-4000-8000-000000000001"
#define SECRET "Plantedsecretstring"

typedef struct
{
  char *dir;
  EhcpKey key;
  EhcpCache *cache;
} Fixture;

static void
open_cache (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_build_filename (fixture->dir, "cache", NULL);

  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  fixture->cache = ehcp_cache_open (dir, &fixture->key, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = g_dir_make_tmp ("ehcp-cache-XXXXXX", NULL);
  ehcp_key_make (&fixture->key);
  open_cache (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->cache, ehcp_cache_wipe);
  g_assert_cmpint (g_rmdir (fixture->dir), ==, 0);
  g_clear_pointer (&fixture->dir, g_free);
}

static EhcpBatch *
parse (const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  EhcpBatch *batch = ehcp_batch_parse (body, &error);

  g_assert_no_error (error);
  return batch;
}

/* When the council last answered is sealed: who has the disk and not the key cannot write it anew. */
static void
test_lease (Fixture *fixture, gconstpointer data)
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

#define NOTE(id, case_id, seq, text)                                                                  \
  "{\"id\":\"" id "\",\"case\":\"" case_id "\",\"seq\":" seq ",\"audience\":\"staff\",\"text\":\"" text \
  "\",\"author\":\"P\",\"written_at\":\"2026-11-24T14:05:00Z\"}"
#define NOTE_1 "eeeeeeee-0000-4000-8000-000000000001"
#define NOTE_2 "eeeeeeee-0000-4000-8000-000000000002"
#define CASE(id) \
  "{\"id\":\"" id "\",\"case\":\"" id "\",\"seq\":1,\"audience\":\"adults\",\"reference\":\"WY-1\"," \
  "\"child_forename\":\"Isla\",\"child_surname\":\"Marlow\",\"date_of_birth\":\"2018-03-14\"," \
  "\"stage\":\"advice\",\"status\":\"open\"}"
#define BATCH(state, epoch, more, records, rest)                                            \
  "{\"epoch\":\"" epoch "\",\"state\":\"" state "\",\"has_more\":" more ",\"records\":{" records \
  "}" rest "}"

static void
store (Fixture *fixture, const char *text)
{
  g_autoptr (EhcpBatch) batch = parse (text);
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_cache_store_batch (fixture->cache, batch, 1000, &error));
  g_assert_no_error (error);
}

static EhcpLoaded *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  EhcpLoaded *loaded = ehcp_cache_load (fixture->cache, &error);

  g_assert_no_error (error);
  return loaded;
}

static gboolean
is_on_disk (const char *dir, const char *needle)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *data = NULL;
      gsize length = 0;

      if (g_file_test (path, G_FILE_TEST_IS_DIR) ? is_on_disk (path, needle)
                                                 : g_file_get_contents (path, &data, &length, NULL) &&
                                                       memmem (data, length, needle, strlen (needle)))
        return TRUE;
    }
  return FALSE;
}

static EhcpOutgoing *
make_command (const char *id, const char *case_id, const char *text)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_NOTE_ADD));

  ehcp_record_set_text (command, "kind", "note.add");
  ehcp_record_set_text (command, "case", case_id);
  ehcp_record_set_text (command, "text", text);
  return ehcp_outgoing_new (id, command);
}

static void
add_command (Fixture *fixture, const char *id, const char *case_id, gint64 not_before)
{
  g_autoptr (EhcpOutgoing) outgoing = make_command (id, case_id, SECRET);
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (contents, g_bytes_new_static (SECRET, strlen (SECRET)));
  ehcp_outgoing_add_file (outgoing, SECRET ".pdf", "application/pdf", contents->pdata[0]);
  outgoing->not_before = not_before;
  g_assert_true (ehcp_cache_add_command (fixture->cache, outgoing, contents, NULL, &error));
  g_assert_no_error (error);
}

static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpRecord) draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  g_autoptr (GBytes) content = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr (EhcpLoaded) loaded = NULL;

  store (fixture, BATCH ("1", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "1", SECRET) "]", ""));
  add_command (fixture, COMMAND, CASE_A, 0);
  ehcp_record_set_text (draft, "id", DOCUMENT);
  ehcp_record_set_int (draft, "seq", 0);
  ehcp_record_set_text (draft, "audience", "account");
  ehcp_record_set_text (draft, "saved_at", "2026-11-24T14:05:00Z");
  ehcp_record_set_text (draft, "text", SECRET);
  g_assert_true (ehcp_cache_store_draft (fixture->cache, draft, NULL));
  g_assert_true (ehcp_cache_store_document (fixture->cache, DOCUMENT, CASE_A, content, NULL));

  g_assert_false (is_on_disk (fixture->dir, SECRET));
  g_assert_true (is_on_disk (fixture->dir, NOTE_1));
  open_cache (fixture);
  loaded = load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 2);
  g_assert_cmpuint (loaded->outbox->len, ==, 1);
  g_assert_true (loaded->has_view);
  g_assert_cmpint (loaded->updated_at, ==, 1000);
  g_assert_true (g_hash_table_contains (loaded->kept, DOCUMENT));
}

/* Lengths are multiples of a block: "yes" and "no" look alike. */
static void
test_padding (Fixture *fixture, gconstpointer data)
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
damage (Fixture *fixture, const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", "cache.sqlite", NULL);
  sqlite3 *db = NULL;

  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), >, 0);
  sqlite3_close (db);
  open_cache (fixture);
}

#define FLIP \
  "UPDATE record SET sealed = cast (substr (sealed, 1, 60) || x'00000000' || substr (sealed, 65) AS BLOB)"

/* A damaged row, one that was moved under another id, and one whose number was changed back. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpLoaded) first = NULL;
  g_autoptr (EhcpLoaded) healed = NULL;
  g_autofree char *state = NULL;

  store (fixture, BATCH ("1", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_A, "2", "two") "]",
                         ""));
  add_command (fixture, COMMAND, CASE_A, 0);
  damage (fixture, data);
  first = load (fixture);
  g_assert_cmpuint (first->n_damaged, ==, 1);
  g_assert_cmpuint (first->records->len, ==, 1);
  g_assert_cmpuint (first->outbox->len, ==, 1);
  state = ehcp_cache_get_state (fixture->cache);
  g_assert_cmpstr (state, ==, "");

  store (fixture, BATCH ("2", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_A, "2", "two") "]",
                         ""));
  healed = load (fixture);
  g_assert_cmpuint (healed->n_damaged, ==, 0);
  g_assert_cmpuint (healed->records->len, ==, 2);
  g_assert_cmpuint (healed->outbox->len, ==, 1);
  g_assert_true (healed->has_view);
}

/* What a pull from the beginning leaves out is gone; in pieces, only after the last. */
static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpBatch) last = NULL;
  g_autoptr (EhcpLoaded) between = NULL;
  g_autoptr (EhcpLoaded) after = NULL;

  store (fixture, BATCH ("1", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_B, "2", "two") "]",
                         ""));
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, NULL, NULL));
  store (fixture, BATCH ("2", "e", "true", "", ""));
  between = load (fixture);
  g_assert_cmpuint (between->records->len, ==, 2);
  g_assert_false (between->has_view);
  last = parse (BATCH ("3", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "]", ""));
  g_assert_true (ehcp_cache_store_batch (fixture->cache, last, 1, NULL));
  g_assert_cmpuint (last->gone->len, ==, 1);
  g_assert_cmpstr (((EhcpGone *) last->gone->pdata[0])->id, ==, NOTE_2);
  after = load (fixture);
  g_assert_cmpuint (after->records->len, ==, 1);
}

static guint
count_rows (Fixture *fixture, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s", table);
  g_autoptr (EhcpRows) rows = ehcp_cache_query (fixture->cache, NULL, sql, "");
  guint n = 0;

  while (ehcp_rows_step (rows))
    n++;
  return n;
}

static guint
count_files (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", "files", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) content = g_bytes_new_static (SECRET, strlen (SECRET));
  g_autoptr (EhcpLoaded) loaded = NULL;

  store (fixture, BATCH ("1", "e", "false",
                         "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "," NOTE (NOTE_2, CASE_B, "2", "two") "]",
                         ""));
  add_command (fixture, COMMAND, CASE_A, 0);
  g_assert_true (ehcp_cache_store_document (fixture->cache, DOCUMENT, CASE_A, content, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 2);
  store (fixture, BATCH ("2", "e", "false", "", ",\"revoked\":[\"" CASE_A "\"]"));
  loaded = load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 1);
  g_assert_cmpuint (loaded->outbox->len, ==, 0);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  g_assert_false (is_on_disk (fixture->dir, CASE_A));
  open_cache (fixture);
}

static void
test_gone_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) content = g_bytes_new_static (SECRET, strlen (SECRET));

  g_assert_true (ehcp_cache_store_document (fixture->cache, DOCUMENT, CASE_A, content, NULL));
  store (fixture, BATCH ("2", "e", "false", "", ",\"gone\":[{\"kind\":\"document\",\"id\":\"" DOCUMENT "\"}]"));
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_null (ehcp_cache_read_document (fixture->cache, DOCUMENT, CASE_A, NULL));
}

static void
test_unknown_kind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpLoaded) loaded = NULL;

  store (fixture, BATCH ("1", "e", "false", "\"weather\":[{\"id\":\"" NOTE_1 "\",\"seq\":4,\"sky\":\"blue\"}]", ""));
  loaded = load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 0);
  g_assert_cmpuint (loaded->n_damaged, ==, 0);
  g_assert_true (is_on_disk (fixture->dir, NOTE_1));
}

static EhcpOutgoing *
find_next (Fixture *fixture, gint64 now, gint64 *next_at)
{
  g_autoptr (GError) error = NULL;
  EhcpOutgoing *outgoing = ehcp_cache_find_next (fixture->cache, now, next_at, &error);

  g_assert_no_error (error);
  return outgoing;
}

#define SECOND "11111111-0000-4000-8000-000000000002"

static void
test_outbox (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) next = NULL;
  g_autoptr (EhcpOutgoing) after = NULL;
  gint64 next_at = 0;

  add_command (fixture, COMMAND, CASE_A, 500);
  g_assert_null (find_next (fixture, 499, &next_at));
  g_assert_cmpint (next_at, ==, 500);
  add_command (fixture, SECOND, CASE_A, 0);
  next = find_next (fixture, 500, &next_at);
  g_assert_cmpstr (next->id, ==, COMMAND);

  next->delivery = EHCP_DELIVERY_REFUSED;
  next->refusal = g_strdup ("not-allowed");
  g_assert_true (ehcp_cache_update_command (fixture->cache, next, NULL));
  open_cache (fixture);
  after = find_next (fixture, 0, &next_at);
  g_assert_cmpstr (after->id, ==, SECOND);
  g_assert_cmpuint (count_files (fixture), ==, 2);
  g_assert_true (ehcp_cache_remove_command (fixture->cache, COMMAND, NULL));
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* After a restore of the council, what it had acknowledged is sent again, before what waits. */
static void
test_new_epoch (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) sent = NULL;
  g_autoptr (EhcpOutgoing) again = NULL;
  g_autofree char *epoch = NULL;
  gint64 next_at = 0;

  add_command (fixture, COMMAND, CASE_A, 0);
  sent = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, sent, 1000, NULL));
  g_assert_null (find_next (fixture, 0, &next_at));
  add_command (fixture, SECOND, CASE_A, 0);
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "other", NULL));
  again = find_next (fixture, 0, &next_at);
  g_assert_cmpstr (again->id, ==, COMMAND);
  g_assert_cmpuint (again->files->len, ==, 1);
  epoch = ehcp_cache_get_epoch (fixture->cache);
  g_assert_cmpstr (epoch, ==, "other");
}

static gboolean
put_off (Fixture *fixture, const char *id, gint64 wait_s)
{
  g_autoptr (EhcpOutgoing) outgoing = NULL;
  gboolean is_deferred = FALSE;
  gint64 next_at;

  outgoing = find_next (fixture, G_MAXINT64, &next_at);
  g_assert_cmpstr (outgoing->id, ==, id);
  g_assert_true (ehcp_cache_defer_command (fixture->cache, outgoing, wait_s, 100, &is_deferred, NULL));
  return is_deferred;
}

/* What is refused after a restore waits as long as its case's patience lasts, over restarts; the next one of the case has
 * what is left of it, one of another case its own, and another restore makes it new. */
static void
test_patience (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) first = NULL, second = NULL;
  gint64 next_at = 0;

  add_command (fixture, COMMAND, CASE_A, 0);
  first = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, first, 1000, NULL));
  add_command (fixture, SECOND, CASE_A, 0);
  second = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, second, 1000, NULL));
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "other", NULL));

  g_assert_true (put_off (fixture, COMMAND, 60));
  g_assert_null (find_next (fixture, g_get_monotonic_time (), &next_at));
  open_cache (fixture);
  g_assert_true (put_off (fixture, COMMAND, 39));
  g_assert_true (put_off (fixture, COMMAND, 60));
  g_assert_false (put_off (fixture, COMMAND, 60));
  g_assert_true (ehcp_cache_remove_command (fixture->cache, COMMAND, NULL));
  g_assert_false (put_off (fixture, SECOND, 60));

  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "third", NULL));
  g_assert_true (put_off (fixture, SECOND, 60));
  g_assert_true (ehcp_cache_forget_case (fixture->cache, CASE_A, NULL));
  g_assert_cmpint (count_rows (fixture, "patience"), ==, 0);
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
test_traces (Fixture *fixture, gconstpointer data)
{
  static const char first[] = "file:///Downloads/Plan%20Isla.pdf", second[] = "file:///Downloads/Plan%20Tom.pdf",
                    loose[] = "file:///Downloads/sen2.csv", foreign[] = "file:///Downloads/Bus%20times.pdf";
  static const char *const uris[] = { first, second, loose, foreign };

  store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_A) "," CASE (CASE_B) "]", ""));
  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    make_traces (uris[i]);
  g_assert_true (ehcp_cache_add_saved (fixture->cache, CASE_A, first, NULL));
  g_assert_true (ehcp_cache_add_saved (fixture->cache, CASE_B, second, NULL));
  g_assert_true (ehcp_cache_add_saved (fixture->cache, "", loose, NULL));
  g_assert_false (is_on_disk (fixture->dir, "Isla.pdf"));
  open_cache (fixture);

  g_assert_true (ehcp_cache_forget_case (fixture->cache, CASE_A, NULL));
  g_assert_cmpuint (count_traces (first), ==, 0);
  g_assert_cmpuint (count_traces (second), ==, 4);
  g_assert_true (ehcp_cache_add_saved (fixture->cache, "33333333-0000-4000-8000-000000000009", second, NULL));
  g_assert_cmpuint (count_rows (fixture, "saved"), ==, 2);

  ehcp_cache_wipe (fixture->cache);
  fixture->cache = NULL;
  g_assert_cmpuint (count_traces (second), ==, 0);
  g_assert_cmpuint (count_traces (loose), ==, 0);
  g_assert_cmpuint (count_traces (foreign), ==, 4);
}

static void
acknowledge_at (Fixture *fixture, const char *id, gint64 council_now)
{
  g_autoptr (EhcpOutgoing) outgoing = NULL;
  gint64 next_at;

  add_command (fixture, id, CASE_A, 0);
  outgoing = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, council_now, NULL));
}

/* The log of what was acknowledged goes by the council's clock; an answer that does not say the time prunes nothing; and
 * the newest 200 stay in any case. */
static void
test_sent_log (Fixture *fixture, gconstpointer data)
{
  const gint64 begin = 1795528800, month = 30 * 86400;

  for (guint i = 0; i < 203; i++)
    {
      g_autofree char *id = g_strdup_printf ("22222222-0000-4000-8000-%012u", i);

      acknowledge_at (fixture, id, i == 1 || i == 202 ? 0 : begin + i);
    }
  g_assert_cmpint (count_rows (fixture, "sent"), ==, 203);
  acknowledge_at (fixture, COMMAND, begin + month + 1);
  g_assert_cmpint (count_rows (fixture, "sent"), ==, 202); /* without 0, and 1, which is dated as 0 was */
  acknowledge_at (fixture, SECOND, begin + month + 1000);
  g_assert_cmpint (count_rows (fixture, "sent"), ==, 200);
  g_assert_cmpuint (count_files (fixture), ==, 200);
}

/* What a command made is there until the council's copy comes, and does not replace a newer one. */
static void
test_echo_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) outgoing = make_command (NOTE_1, CASE_A, "mine");
  g_autoptr (EhcpRecord) echo = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_NOTE));
  g_autoptr (EhcpLoaded) loaded = NULL;
  g_autoptr (EhcpLoaded) newer = NULL;

  ehcp_record_set_text (echo, "id", NOTE_1);
  ehcp_record_set_text (echo, "case", CASE_A);
  ehcp_record_set_int (echo, "seq", 0);
  ehcp_record_set_text (echo, "audience", "staff");
  ehcp_record_set_text (echo, "text", "mine");
  ehcp_record_set_text (echo, "author", "P");
  ehcp_record_set_text (echo, "written_at", "2026-11-24T14:05:00Z");
  g_ptr_array_add (outgoing->echo, g_object_ref (echo));
  store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_A) "]", ""));
  g_assert_true (ehcp_cache_add_command (fixture->cache, outgoing, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, 1000, NULL));
  loaded = load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 2);

  store (fixture, BATCH ("1", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "7", "theirs") "]", ""));
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, 1000, NULL));
  newer = load (fixture);
  g_assert_cmpuint (newer->records->len, ==, 2);
  for (guint i = 0; i < newer->records->len; i++)
    if (g_str_equal (ehcp_record_get_kind (newer->records->pdata[i]), "note"))
      g_assert_cmpstr (ehcp_record_get_text (newer->records->pdata[i], "text"), ==, "theirs");
}

/* A command that is acknowledged again after a restore brings nothing of a case that is this person's no more. */
static void
test_echo_without_case (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) outgoing = make_command (NOTE_1, CASE_A, "mine");
  g_autoptr (EhcpRecord) echo = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_NOTE));
  g_autoptr (EhcpLoaded) loaded = NULL;

  store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_B) "]", ""));
  ehcp_record_set_text (echo, "id", NOTE_1);
  ehcp_record_set_text (echo, "case", CASE_A);
  g_ptr_array_add (outgoing->echo, g_object_ref (echo));
  g_assert_true (ehcp_cache_add_command (fixture->cache, outgoing, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, 1000, NULL));
  loaded = load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 1);
  g_assert_cmpuint (loaded->outbox->len, ==, 0);
}

/* What is typed while a case is taken away goes with it, and makes no new key for it. */
static void
test_late_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpRecord) draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  guint n_keys;

  store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_A) "]", ""));
  ehcp_record_set_text (draft, "id", DOCUMENT);
  ehcp_record_set_text (draft, "case", CASE_A);
  g_assert_true (ehcp_cache_store_draft (fixture->cache, draft, NULL));
  g_assert_cmpuint (count_rows (fixture, "draft"), ==, 1);
  g_assert_true (ehcp_cache_forget_case (fixture->cache, CASE_A, NULL));
  n_keys = count_rows (fixture, "case_key");
  g_assert_true (ehcp_cache_store_draft (fixture->cache, draft, NULL));
  g_assert_cmpuint (count_rows (fixture, "draft"), ==, 0);
  g_assert_cmpuint (count_rows (fixture, "case_key"), ==, n_keys);
}

/* Of a refused command about such a case neither row nor key stays; other words about it keep theirs. */
static void
test_drop_command (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) first = make_command (NOTE_1, CASE_A, "first");
  g_autoptr (EhcpOutgoing) second = make_command (NOTE_2, CASE_A, "second");
  guint n_keys;

  store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_B) "]", ""));
  n_keys = count_rows (fixture, "case_key");
  g_assert_false (ehcp_cache_has_case (fixture->cache, CASE_A));
  g_assert_true (ehcp_cache_has_case (fixture->cache, CASE_B));
  g_assert_true (ehcp_cache_has_case (fixture->cache, ""));
  g_assert_true (ehcp_cache_add_command (fixture->cache, first, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_add_command (fixture->cache, second, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_drop_command (fixture->cache, NOTE_1, CASE_A, NULL));
  g_assert_cmpuint (count_rows (fixture, "outbox"), ==, 1);
  g_assert_cmpuint (count_rows (fixture, "case_key"), ==, n_keys + 1);
  g_assert_true (ehcp_cache_drop_command (fixture->cache, NOTE_2, CASE_A, NULL));
  g_assert_cmpuint (count_rows (fixture, "outbox"), ==, 0);
  g_assert_cmpuint (count_rows (fixture, "case_key"), ==, n_keys);
}

static void
test_other_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpLoaded) loaded = NULL;

  store (fixture, BATCH ("1", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "1", "one") "]", ""));
  ehcp_key_make (&fixture->key);
  open_cache (fixture);
  loaded = load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 0);
  g_assert_false (loaded->has_view);
}

static void
test_not_a_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", "cache.sqlite", NULL);
  g_autoptr (EhcpLoaded) loaded = NULL;

  g_clear_pointer (&fixture->cache, ehcp_cache_close);
  g_assert_true (g_file_set_contents (path, "this is no database, and it is long enough to be seen", -1, NULL));
  open_cache (fixture);
  loaded = load (fixture);
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
test_wants (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) fewer = NULL;

  store (fixture, BATCH ("1", "e", "false", "\"document\":[{\"id\":\"" DOCUMENT "\",\"case\":\"" CASE_A "\",\"seq\":1}]", ""));
  g_assert_false (ehcp_cache_is_wanted (fixture->cache, DOCUMENT, CASE_A));
  g_assert_true (ehcp_cache_set_keep_all (fixture->cache, CASE_A, TRUE, NULL));
  g_assert_true (ehcp_cache_is_wanted (fixture->cache, DOCUMENT, CASE_A));
  missing = ehcp_cache_list_missing (fixture->cache, NULL);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_true (ehcp_cache_want_document (fixture->cache, DOCUMENT, CASE_A, FALSE, NULL));
  fewer = ehcp_cache_list_missing (fixture->cache, NULL);
  g_assert_cmpuint (fewer->len, ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/cache/sealed", test_sealed);
  ADD ("/cache/padding", test_padding);
  ADD ("/cache/lease", test_lease);
  g_test_add ("/cache/damaged/flipped", Fixture, FLIP " WHERE id = '" NOTE_1 "'", set_up, test_damaged,
              tear_down);
  g_test_add ("/cache/damaged/moved", Fixture,
              "UPDATE record SET sealed = (SELECT sealed FROM record WHERE id = '" NOTE_2
              "') WHERE id = '" NOTE_1 "'",
              set_up, test_damaged, tear_down);
  g_test_add ("/cache/damaged/renumbered", Fixture, "UPDATE record SET seq = 9 WHERE id = '" NOTE_1 "'",
              set_up, test_damaged, tear_down);
  ADD ("/cache/sweep", test_sweep);
  ADD ("/cache/revoked", test_revoked);
  ADD ("/cache/gone-document", test_gone_document);
  ADD ("/cache/unknown-kind", test_unknown_kind);
  ADD ("/cache/outbox", test_outbox);
  ADD ("/cache/new-epoch", test_new_epoch);
  ADD ("/cache/patience", test_patience);
  ADD ("/cache/sent-log", test_sent_log);
  ADD ("/cache/traces", test_traces);
  ADD ("/cache/late-draft", test_late_draft);
  ADD ("/cache/echo-stays", test_echo_stays);
  ADD ("/cache/echo-without-case", test_echo_without_case);
  ADD ("/cache/drop-command", test_drop_command);
  ADD ("/cache/other-key", test_other_key);
  ADD ("/cache/not-a-database", test_not_a_database);
  ADD ("/cache/wants", test_wants);
  g_test_add_func ("/cache/memory", test_memory);
  return g_test_run ();
}
