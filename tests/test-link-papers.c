/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's side against a real council: documents and files, what is withdrawn, what is left after
 * logging out or in a session of memory alone. */
#include "link-fixture.h"

#include "ehcp-text.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

/* Something that the council takes for a PDF document, of a length that no piece fits evenly. */
static GBytes *
make_pdf (gsize length)
{
  char *data = g_malloc (length);

  memset (data, 'x', length);
  memcpy (data, "%PDF-1.7\n", 9);
  memcpy (data + length - 6, "%%EOF\n", 6);
  return g_bytes_new_take (data, length);
}

static gboolean
is_kept (LinkFixture *f, gconstpointer data)
{
  EhcpRecord *document = ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, data);

  return document != NULL && ehcp_record_is_kept (document);
}

static gboolean
is_gone (LinkFixture *f, gconstpointer data)
{
  return ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, data) == NULL;
}

static void
test_document (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (300001);
  g_autofree char *id = link_council_publish (f->council, f->case_id, pdf);
  g_autoptr (GBytes) loaded = NULL;
  g_autoptr (GBytes) offline = NULL;
  g_autoptr (GError) error = NULL;

  link_wait_record (f, EHCP_KIND_DOCUMENT, id);
  g_assert_cmpuint (ehcp_book_count_unread (f->book, EHCP_KIND_DOCUMENT, f->case_id), ==, 1);
  loaded = link_load (f, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (loaded, pdf));
  g_assert_cmpuint (link_count_files (f->cache_dir, ".sealed"), ==, 0);

  ehcp_link_keep_document (f->link, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), TRUE);
  link_wait (f, is_kept, id, "a kept document");
  g_assert_cmpuint (link_count_files (f->cache_dir, ".sealed"), ==, 1);
  g_assert_false (link_is_on_disk (f->cache_dir, "%PDF"));
  link_close (f);
  link_council_stop (f->council);
  link_open (f);
  g_assert_true (is_kept (f, id));
  offline = link_load (f, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (offline, pdf));

  ehcp_link_keep_document (f->link, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), FALSE);
  g_assert_false (is_kept (f, id));
  g_clear_pointer (&offline, g_bytes_unref);
  offline = link_load (f, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), &error);
  g_assert_null (offline);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_OFFLINE);
  g_assert_cmpuint (link_count_files (f->cache_dir, ".sealed"), ==, 0);
  link_council_start (f->council);
}

/* What is to be kept while the council cannot be reached comes when it can; what comes later too. */
static void
test_keep_all (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000);
  g_autofree char *first = link_council_publish (f->council, f->case_id, pdf);
  g_autofree char *second = NULL;

  link_wait_record (f, EHCP_KIND_DOCUMENT, first);
  link_council_stop (f->council);
  link_wait_online (f, FALSE);
  ehcp_link_set_keep_all (f->link, f->case_id, TRUE);
  link_council_start (f->council);
  ehcp_link_wake (f->link);
  link_wait (f, is_kept, first, "a kept document");
  second = link_council_publish (f->council, f->case_id, pdf);
  link_wait (f, is_kept, second, "a kept document");
  link_close (f);
  link_open (f);
  g_assert_true (ehcp_link_get_keep_all (f->link, f->case_id));
}

/* A file that was damaged on the disk is fetched again. */
static void
test_damaged_file (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000);
  g_autofree char *id = link_council_publish (f->council, f->case_id, pdf);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *files = NULL;
  g_autoptr (GBytes) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;

  link_wait_record (f, EHCP_KIND_DOCUMENT, id);
  ehcp_link_keep_document (f->link, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), TRUE);
  link_wait (f, is_kept, id, "a kept document");
  dir = g_dir_open (f->cache_dir, 0, NULL);
  folder = g_build_filename (f->cache_dir, g_dir_read_name (dir), "files", NULL);
  g_clear_pointer (&dir, g_dir_close);
  dir = g_dir_open (folder, 0, NULL);
  path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
  loaded = link_load (f, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (loaded, pdf));
}

/* Takes a record's row out of the index by which it is found, of which SQLite says nothing. */
static void
lose_from_index (LinkFixture *f, const char *id)
{
  g_autoptr (GDir) dir = g_dir_open (f->cache_dir, 0, NULL);
  g_autofree char *path = g_build_filename (f->cache_dir, g_dir_read_name (dir), "cache.sqlite", NULL);
  g_autofree char *sql = g_strdup_printf (
      "CREATE TEMP TABLE row AS SELECT * FROM record WHERE id = '%s';"
      "CREATE TEMP TABLE known AS SELECT * FROM sqlite_schema WHERE name IN ('record', 'sqlite_autoindex_record_1');"
      "DELETE FROM record WHERE id = '%s';"
      "PRAGMA writable_schema = ON;"
      "DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_record_1';"
      "UPDATE sqlite_schema SET sql = replace (sql, ', PRIMARY KEY (kind, id)', '') WHERE name = 'record';"
      "PRAGMA writable_schema = RESET;"
      "INSERT INTO record SELECT * FROM row;"
      "PRAGMA writable_schema = ON;"
      "UPDATE sqlite_schema SET sql = (SELECT sql FROM known WHERE name = 'record') WHERE name = 'record';"
      "INSERT INTO sqlite_schema SELECT * FROM known WHERE type = 'index';"
      "PRAGMA writable_schema = RESET;", id, id);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (db), ==, 1);
  sqlite3_close (db);
}

/* It is shown at once, checked before the first pull, and then goes from the disk too. */
static void
test_damaged_index (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000);
  g_autofree char *id = link_council_publish (f->council, f->case_id, pdf);
  g_autofree char *withdrawn = NULL;

  link_wait_record (f, EHCP_KIND_DOCUMENT, id);
  link_close (f);
  lose_from_index (f, id);
  link_council_stop (f->council);
  link_open (f);
  g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id));
  link_council_start (f->council);
  ehcp_link_wake (f->link);
  withdrawn = link_council_send (
      f->council, "{'kind':'document.withdraw','case':'%s','document':'%s','reason':'Wrong child'}",
      f->case_id, id);
  link_wait (f, is_gone, id, "the document to go");
  link_close (f);
  link_council_stop (f->council);
  link_open (f);
  g_assert_null (ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id));
  g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_CASE, f->case_id));
  link_council_start (f->council);
}

static void
test_withdrawn (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000);
  g_autofree char *id = link_council_publish (f->council, f->case_id, pdf);
  g_autofree char *withdrawn = NULL;

  link_wait_record (f, EHCP_KIND_DOCUMENT, id);
  ehcp_link_keep_document (f->link, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), TRUE);
  link_wait (f, is_kept, id, "a kept document");
  withdrawn = link_council_send (
      f->council, "{'kind':'document.withdraw','case':'%s','document':'%s','reason':'Wrong child'}",
      f->case_id, id);
  link_wait (f, is_gone, id, "the document to go");
  g_assert_cmpuint (link_count_files (f->cache_dir, ".sealed"), ==, 0);
}

static GPtrArray *
make_files (GBytes *content)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);

  g_ptr_array_add (files, ehcp_file_new ("diary.pdf", "application/pdf", content));
  return files;
}

static gboolean
has_attachment (LinkFixture *f, gconstpointer message)
{
  EhcpRecord *document = ehcp_book_find_where (f->book, EHCP_KIND_DOCUMENT, "message", message);

  return document != NULL && ehcp_record_get_int (document, "seq") > 0;
}

/* Written offline with a file of several pieces: it is seen at once, and arrives whole. */
static void
test_attachment (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (2500001);
  g_autoptr (GPtrArray) files = make_files (pdf);
  g_autoptr (GBytes) waiting = NULL;
  g_autoptr (GBytes) arrived = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  EhcpRecord *document;

  link_council_stop (f->council);
  message = link_say (f, "With a file", files, 0);
  document = ehcp_book_find_where (f->book, EHCP_KIND_DOCUMENT, "message", message);
  g_assert_cmpstr (ehcp_record_get_text (document, "title"), ==, "diary.pdf");
  waiting = link_load (f, document, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (waiting, pdf));
  link_close (f);
  link_council_start (f->council);
  link_open (f);
  link_wait_sent (f);
  link_wait (f, has_attachment, message, "the attachment");
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_DOCUMENT, "message", message), ==, 1);
  document = ehcp_book_find_where (f->book, EHCP_KIND_DOCUMENT, "message", message);
  arrived = link_load (f, document, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (arrived, pdf));
}

static gboolean
has_no_case (LinkFixture *f, gconstpointer data)
{
  return ehcp_book_find (f->book, EHCP_KIND_CASE, f->case_id) == NULL;
}

/* Rows, files, index and key of the case are gone from this computer. */
static void
test_revoked (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000);
  g_autofree char *id = link_council_publish (f->council, f->case_id, pdf);
  g_autofree char *withdrawn = NULL;
  GListModel *messages = ehcp_book_get_list (f->book, EHCP_KIND_MESSAGE, f->case_id);
  g_autofree char *message = link_say (f, "Before", NULL, 0);

  link_wait_sent (f);
  link_wait_record (f, EHCP_KIND_DOCUMENT, id);
  ehcp_link_keep_document (f->link, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), TRUE);
  link_wait (f, is_kept, id, "a kept document");
  withdrawn = link_council_send (
      f->council, "{'kind':'access.withdraw','case':'%s','person':'%s','reason':'Moved'}", f->case_id,
      f->person);
  link_wait (f, has_no_case, NULL, "the case to go");
  g_assert_cmpuint (g_list_model_get_n_items (messages), ==, 0);
  g_assert_null (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, message));
  g_assert_cmpuint (link_count_files (f->cache_dir, ".sealed"), ==, 0);
  link_close (f);
  link_open (f);
  g_assert_true (has_no_case (f, NULL));
}

static void
test_drafts (LinkFixture *f, gconstpointer data)
{
  g_autoptr (EhcpRecord) draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  g_autofree char *id = NULL;

  ehcp_record_set_text (draft, "case", f->case_id);
  ehcp_record_set_text (draft, "text", "Dear Priya, I wonder");
  ehcp_link_save_draft (f->link, draft);
  id = g_strdup (ehcp_record_get_id (draft));
  link_close (f);
  g_assert_false (link_is_on_disk (f->cache_dir, "wonder"));
  link_open (f);
  g_assert_cmpstr (ehcp_record_get_text (ehcp_book_find (f->book, EHCP_KIND_DRAFT, id), "text"), ==,
                   "Dear Priya, I wonder");
  g_assert_cmpint (ehcp_record_get_delivery (ehcp_book_find (f->book, EHCP_KIND_DRAFT, id)), ==,
                   EHCP_DELIVERY_DRAFT);
  ehcp_link_delete_draft (f->link, id);
  ehcp_link_delete_draft (f->link, id);
  link_close (f);
  link_open (f);
  g_assert_null (ehcp_book_find (f->book, EHCP_KIND_DRAFT, id));
}

static void
log_out (LinkFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_link_log_out_async (f->link, NULL, link_ready_cb, &result);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_OUT);
  g_assert_null (ehcp_book_get_account (f->book));
  g_assert_true (ehcp_link_log_out_finish (f->link, link_result (&result), &error));
  g_assert_no_error (error);
}

static void
test_log_out (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000);
  g_autofree char *id = link_council_publish (f->council, f->case_id, pdf);

  link_wait_record (f, EHCP_KIND_DOCUMENT, id);
  ehcp_link_keep_document (f->link, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), TRUE);
  link_wait (f, is_kept, id, "a kept document");
  log_out (f);
  g_assert_cmpuint (link_count_files (f->cache_dir, ""), ==, 0);
  link_close (f);
  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_OUT);
  link_sign_in (f);
  link_wait_record (f, EHCP_KIND_CASE, f->case_id);
}

/* The window is closed at once after "Log out", and the council cannot be reached. */
static void
test_log_out_and_close (LinkFixture *f, gconstpointer data)
{
  link_council_stop (f->council);
  ehcp_link_log_out_async (f->link, NULL, NULL, NULL);
  link_close (f);
  g_assert_cmpuint (link_count_files (f->cache_dir, ""), ==, 0);
  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_OUT);
  link_council_start (f->council);
}

static void
test_memory_only (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000);
  g_autoptr (GPtrArray) files = make_files (pdf);
  g_autofree char *message = NULL;

  log_out (f);
  ehcp_link_use_memory_only (f->link);
  link_sign_in (f);
  g_assert_true (ehcp_link_is_memory_only (f->link));
  link_wait_record (f, EHCP_KIND_CASE, f->case_id);
  message = link_say (f, "From memory", files, 0);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, message));
  g_assert_cmpuint (link_count_files (f->cache_dir, ""), ==, 0);
  link_close (f);
  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_OUT);
}

/* An answer of somebody else's server does no harm, and is said to be no council. */
static void
test_not_allowed_address (void)
{
  g_autoptr (EhcpClock) clock = ehcp_clock_new ();
  g_autoptr (EhcpLink) link = ehcp_link_new ("http://wyreshire.example", g_get_tmp_dir (), clock);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_link_fetch_service_async (link, NULL, link_ready_cb, &result);
  g_assert_null (ehcp_link_fetch_service_finish (link, link_result (&result), &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
}

#define ADD(path, func) \
  g_test_add (path, LinkFixture, NULL, link_fixture_set_up, func, link_fixture_tear_down)

static EhcpRecord *
make_add (LinkFixture *f)
{
  EhcpRecord *command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_DOCUMENT_ADD));

  ehcp_record_set_text (command, "kind", "document.add");
  ehcp_record_set_text (command, "case", f->case_id);
  ehcp_record_set_text (command, "title", "Our report");
  ehcp_record_set_text (command, "document_kind", "report");
  return command;
}

static gboolean
is_moving (LinkFixture *f, gconstpointer id)
{
  EhcpRecord *document = ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id);

  return document != NULL && ehcp_record_get_progress (document) > 0;
}

/* In the list at once, readable before it is sent, seen on its way, and then the council's. */
static void
test_add (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (5000001);
  g_autoptr (GPtrArray) files = make_files (pdf);
  g_autoptr (EhcpRecord) command = make_add (f);
  g_autoptr (GBytes) own = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  link_council_stop (f->council);
  link_wait_online (f, FALSE);
  id = link_send (f, command, files, 0);
  own = link_load (f, ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (own, pdf));
  link_council_start (f->council);
  ehcp_link_wake (f->link);
  link_wait (f, is_moving, id, "progress");
  link_wait_delivery (f, EHCP_KIND_DOCUMENT, id, EHCP_DELIVERY_DONE);
  link_wait_sent (f);
}

static gboolean
has_no_files (LinkFixture *f, gconstpointer data)
{
  return link_count_files (f->cache_dir, ".sealed") == 0;
}

/* While its file is on its way a document can be taken back, and nothing of it stays here. */
static void
test_cancel (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) pdf = make_pdf (40000001);
  g_autoptr (GPtrArray) files = make_files (pdf);
  g_autoptr (EhcpRecord) command = make_add (f);
  g_autofree char *id = link_send (f, command, files, 0);

  link_wait (f, is_moving, id, "progress");
  ehcp_link_discard (f->link, id);
  g_assert_null (ehcp_book_find (f->book, EHCP_KIND_DOCUMENT, id));
  link_wait (f, has_no_files, NULL, "the file to go");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/link/document", test_document);
  ADD ("/link/keep-all", test_keep_all);
  ADD ("/link/damaged-file", test_damaged_file);
  ADD ("/link/damaged-index", test_damaged_index);
  ADD ("/link/withdrawn", test_withdrawn);
  ADD ("/link/attachment", test_attachment);
  ADD ("/link/add", test_add);
  ADD ("/link/cancel", test_cancel);
  ADD ("/link/revoked", test_revoked);
  ADD ("/link/drafts", test_drafts);
  ADD ("/link/log-out", test_log_out);
  ADD ("/link/log-out-and-close", test_log_out_and_close);
  ADD ("/link/memory-only", test_memory_only);
  g_test_add_func ("/link/not-allowed-address", test_not_allowed_address);
  return link_fixture_run ();
}
