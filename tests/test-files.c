/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in as a file: names, kinds, viruses, quarantine, room, and the family's own documents. clamd is
 * played by a thread that speaks INSTREAM. */
#include "council-fixture.h"

#include "ehcp-error.h"
#include "ehcp-media-type.h"
#include "ehcp-quarantine.h"
#include "ehcp-scan.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define VIRUS "%PDF-1.4 a test virus\n%%EOF\n"
#define LETTER "%PDF-1.4\n%letter\n%%EOF\n"

typedef struct
{
  CouncilFixture council;
  char *case_id;
  char *helen;
  char *folder;
  GSocketService *clamd; /* NULL: it does not run */
} Fixture;

/* clamd: what has "virus" in it is infected. */
static gboolean
scan_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GString) all = g_string_new (NULL);
  char command[10];
  guint32 length;
  const char *answer;

  g_input_stream_read_all (in, command, sizeof command, NULL, NULL, NULL);
  g_assert_cmpmem (command, sizeof command, "zINSTREAM", 10);
  while (g_input_stream_read_all (in, &length, sizeof length, NULL, NULL, NULL) && (length = g_ntohl (length)) > 0)
    {
      g_autofree char *piece = g_malloc (length);

      g_input_stream_read_all (in, piece, length, NULL, NULL, NULL);
      g_string_append_len (all, piece, length);
    }
  answer = strstr (all->str, "virus") != NULL ? "stream: Test.Virus FOUND" : "stream: OK";
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                             strlen (answer) + 1, NULL, NULL, NULL);
  return TRUE;
}

static void
start_clamd (Fixture *f)
{
  g_autofree char *path = g_build_filename (f->folder, "clamd", NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);

  f->clamd = g_threaded_socket_service_new (2);
  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (f->clamd), address, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
  g_signal_connect (f->clamd, "run", G_CALLBACK (scan_cb), NULL);
  g_socket_service_start (f->clamd);
}

/* The service accepts in the main context. */
static gpointer
iterate (gpointer data)
{
  while (!g_atomic_int_get ((int *) data))
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  return NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  council_fixture_set_up (&f->council, data);
  f->case_id = council_open_case (&f->council, "Isla", "2026-06-01");
  f->helen = council_join (&f->council, f->case_id, &f->council.helen, FALSE);
  f->folder = g_dir_make_tmp ("test-files-XXXXXX", NULL);
  f->council.config->case_megabytes = 2048;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->clamd != NULL)
    g_socket_service_stop (f->clamd);
  g_clear_object (&f->clamd);
  g_clear_pointer (&f->council.config->clamd, g_free);
  g_free (f->case_id);
  g_free (f->helen);
  g_free (f->folder);
  council_fixture_tear_down (&f->council, data);
}

static void
use_clamd (Fixture *f)
{
  f->council.config->clamd = g_strdup_printf ("unix:%s/clamd", f->folder);
}

/* Returns its id, or NULL with what the last piece was refused for. */
static char *
bring (Fixture *f, const char *content, GError **error)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, content, -1);
  const char *account = f->council.helen.account;
  g_autofree char *id =
      ehcp_upload_begin (f->council.council, account, "a.pdf", (gint64) strlen (content), sum, error);
  EhcpPiece *piece = ehcp_piece_open (f->council.council, ehcp_council_get_reader (f->council.council, NULL),
                                      account, id, 0, NULL, error);
  EhcpUploadState state;
  int is_over = 0;
  GThread *thread = g_thread_new ("clamd", iterate, &is_over);
  gboolean is_good;

  g_assert_true (ehcp_piece_write (piece, content, strlen (content), error));
  is_good = ehcp_piece_finish (piece, &state, error);
  ehcp_piece_free (piece);
  g_atomic_int_set (&is_over, 1);
  g_thread_join (thread);
  return is_good ? g_steal_pointer (&id) : NULL;
}

static EhcpRecord *
add (Fixture *f, const char *upload, char **id)
{
  g_autoptr (JsonObject) result = NULL;

  *id = ehcp_text_new_id ();
  result = council_send (&f->council, &f->council.helen, *id,
                         "{'kind':'document.add','case':'%s','upload':'%s','title':'Our report',"
                         "'document_kind':'report'}", f->case_id, upload);
  return council_find (&f->council, EHCP_KIND_DOCUMENT, *id);
}

static void
test_endings (void)
{
  static const struct
  {
    const char *name, *media_type, *fitting;
  } rows[] = {
    { "Report.pdf", "application/pdf", "Report.pdf" },
    { "Report.PDF", "application/pdf", "Report.PDF" },
    { "Report", "application/pdf", "Report.pdf" },
    { "report.exe", "application/pdf", "report.exe.pdf" },
    { "plan.desktop", "text/plain", "plan.desktop.txt" },
    { "plan.vbs", "text/plain", "plan.vbs.txt" },
    { "photo.jpeg", "image/jpeg", "photo.jpeg" },
    { "photo.png", "image/jpeg", "photo.png.jpg" },
    { "budget.xls", "application/msword", "budget.xls" },
    { ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx" },
    { "letter.docm", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "letter.docm.docx" },
  };
  g_autofree char *wide = g_strnfill (200, 'a');
  g_autofree char *cut = ehcp_file_name_fit (wide, "application/pdf");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *fitting = ehcp_file_name_fit (rows[i].name, rows[i].media_type);

      g_assert_cmpstr (fitting, ==, rows[i].fitting);
    }
  g_assert_cmpuint (strlen (cut), ==, 200);
  g_assert_true (g_str_has_suffix (cut, ".pdf"));
}

static void
test_names (void)
{
  static const struct
  {
    const char *name, *clean;
  } rows[] = {
    { "../../etc/passwd", "passwd" },
    { "C:\\Users\\Helen\\letter.pdf", "letter.pdf" },
    { "letter\r\n\x7f.pdf", "letter.pdf" },
    { "invoice\u202efdp.exe", "invoicefdp.exe" },
    { "le\u200btter\u200f.pdf", "letter.pdf" },
    { "a<b>:\"|?*.pdf", "ab.pdf" },
    { "..", "file" },
    { "", "file" },
    { "\u202e\u2066", "file" },
    { "Zo\u00eb\u2019s report.pdf", "Zo\u00eb\u2019s report.pdf" },
  };
  g_autofree char *long_name = g_strnfill (296, 'n');
  g_autofree char *with_end = g_strconcat (long_name, ".pdf", NULL);
  g_autofree char *cut = ehcp_file_name_clean (with_end);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *cut_wide = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = ehcp_file_name_clean (rows[i].name);

      g_assert_cmpstr (clean, ==, rows[i].clean);
    }
  g_assert_cmpuint (strlen (cut), ==, 200);
  g_assert_true (g_str_has_suffix (cut, "n.pdf"));
  for (int i = 0; i < 150; i++)
    g_string_append (wide, "\u00eb");
  cut_wide = ehcp_file_name_clean (wide->str);
  g_assert_true (g_utf8_validate (cut_wide, -1, NULL));
  g_assert_cmpuint (strlen (cut_wide), <=, 200);
}

static gboolean
agrees (const char *content, gsize length, const char *media_type)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp (NULL, &path, NULL);
  gboolean is_same;

  g_assert_cmpint (write (fd, content, length), ==, (gssize) length);
  is_same = ehcp_scan_agrees (fd, media_type);
  close (fd);
  g_unlink (path);
  return is_same;
}

static void
test_kinds (void)
{
  static const char page[] = "<!DOCTYPE html><html><script>alert(1)</script></html>";
  static const char script[] = "#!/bin/sh\nrm -rf ~\n";
  static const char program[] = "MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0";

  g_assert_true (agrees (LETTER, strlen (LETTER), "application/pdf"));
  g_assert_true (agrees ("Dear Priya,\n", 12, "text/plain"));
  g_assert_false (agrees (page, strlen (page), "text/plain"));
  g_assert_false (agrees (script, strlen (script), "text/plain"));
  g_assert_false (agrees (program, sizeof program - 1, "application/msword"));
}

static void
test_add (Fixture *f, gconstpointer data)
{
  g_autofree char *upload = council_upload (&f->council, &f->council.helen, "../Report.pdf", LETTER);
  g_autofree char *id = NULL;
  g_autoptr (EhcpRecord) document = add (f, upload, &id);

  g_assert_cmpstr (ehcp_record_get_text (document, "title"), ==, "Our report");
  g_assert_cmpstr (ehcp_record_get_text (document, "kind"), ==, "report");
  g_assert_cmpstr (ehcp_record_get_text (document, "added_by"), ==, "Helen Marlow");
  g_assert_false (ehcp_record_has (document, "check"));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, id));
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, id));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_DOCUMENT, id));
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_NOT_ALLOWED, NULL,
                   "{'kind':'document.add','case':'%s','upload':'%s','title':'A','document_kind':'other'}",
                   f->case_id, upload);
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_NOT_FOUND, "/upload",
                   "{'kind':'document.add','case':'%s','upload':'%s','title':'A','document_kind':'other'}",
                   f->case_id, upload);
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_RANGE, "/issued",
                   "{'kind':'document.add','case':'%s','upload':'%s','title':'A','document_kind':'other',"
                   "'issued':'2099-01-01'}", f->case_id, upload);
}

static void
test_virus (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = NULL;

  start_clamd (f);
  use_clamd (f);
  g_assert_null (bring (f, VIRUS, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_INFECTED);
  g_clear_error (&error);
  g_assert_cmpint (council_sql (&f->council, "SELECT count(*) FROM upload"), ==, 0);
  clean = bring (f, LETTER, &error);
  g_assert_no_error (error);
  g_assert_nonnull (clean);
}

/* clamd is away: the files are taken, and wait. It comes back: one is clean, of the other nothing stays. */
static void
test_quarantine (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *good = NULL, *bad = NULL, *good_id = NULL, *bad_id = NULL, *path = NULL;
  g_autofree char *again = NULL, *again_id = NULL;
  g_autoptr (EhcpRecord) letter = NULL, virus = NULL, same = NULL;
  int is_over = 0;
  GThread *thread;

  use_clamd (f);
  good = bring (f, LETTER, &error);
  bad = bring (f, VIRUS, &error);
  again = bring (f, VIRUS, &error);
  g_assert_no_error (error);
  same = add (f, again, &again_id);
  letter = add (f, good, &good_id);
  virus = add (f, bad, &bad_id);
  g_assert_cmpstr (ehcp_record_get_text (letter, "check"), ==, "waiting");
  path = ehcp_upload_get_path (f->council.council, f->case_id, ehcp_record_get_text (virus, "sha256"));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (ehcp_quarantine_look (f->council.council, &error));
  g_clear_object (&letter);
  letter = council_find (&f->council, EHCP_KIND_DOCUMENT, good_id);
  g_assert_cmpstr (ehcp_record_get_text (letter, "check"), ==, "waiting");

  start_clamd (f);
  thread = g_thread_new ("clamd", iterate, &is_over);
  g_assert_true (ehcp_quarantine_look (f->council.council, &error));
  g_atomic_int_set (&is_over, 1);
  g_thread_join (thread);
  g_assert_no_error (error);
  g_clear_object (&letter);
  g_clear_object (&virus);
  g_clear_object (&same);
  same = council_find (&f->council, EHCP_KIND_DOCUMENT, again_id);
  letter = council_find (&f->council, EHCP_KIND_DOCUMENT, good_id);
  virus = council_find (&f->council, EHCP_KIND_DOCUMENT, bad_id);
  g_assert_false (ehcp_record_has (letter, "check"));
  g_assert_cmpstr (ehcp_record_get_text (virus, "check"), ==, "infected");
  /* The same content came twice: both say it, although it was looked at once. */
  g_assert_cmpstr (ehcp_record_get_text (same, "check"), ==, "infected");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (council_sql (&f->council, "SELECT count(*) FROM audit WHERE what = 'document.scanned'"), ==, 3);
}

/* Room is counted in contents: the same file twice needs it once. */
static void
test_room (Fixture *f, gconstpointer data)
{
  g_autofree char *first = council_upload (&f->council, &f->council.helen, "a.pdf", LETTER);
  g_autofree char *again = council_upload (&f->council, &f->council.helen, "b.pdf", LETTER);
  g_autofree char *filling = g_strnfill (1024 * 1024, 'x');
  g_autofree char *large = g_strconcat (LETTER, "%", filling, "\n", NULL);
  g_autofree char *other = council_upload (&f->council, &f->council.helen, "c.pdf", large);
  g_autofree char *id = NULL, *again_id = NULL;
  g_autoptr (EhcpRecord) a = add (f, first, &id);
  g_autoptr (EhcpRecord) b = NULL;

  f->council.config->case_megabytes = 1;
  b = add (f, again, &again_id);
  g_assert_nonnull (b);
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_TOO_LARGE, "/upload",
                   "{'kind':'document.add','case':'%s','upload':'%s','title':'A','document_kind':'other'}",
                   f->case_id, other);
}

/* A content that no document has goes after a day, a young one stays, and so does one that is in use. */
static void
test_collect (Fixture *f, gconstpointer data)
{
  g_autofree char *upload = council_upload (&f->council, &f->council.helen, "a.pdf", LETTER);
  g_autofree char *id = NULL;
  g_autoptr (EhcpRecord) document = add (f, upload, &id);
  g_autofree char *used = ehcp_upload_get_path (f->council.council, f->case_id,
                                                ehcp_record_get_text (document, "sha256"));
  g_autofree char *orphan = ehcp_upload_get_path (f->council.council, f->case_id, "0123");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (orphan, "x", 1, NULL));
  g_assert_true (ehcp_documents_collect (f->council.council, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (orphan, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (used, G_FILE_TEST_EXISTS));
  /* As if a day had passed. */
  g_assert_true (ehcp_documents_collect_older (f->council.council, G_MAXINT64, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (used, G_FILE_TEST_EXISTS));
}

#define ADD(path, func) g_test_add ("/files/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/names", test_names);
  g_test_add_func ("/files/endings", test_endings);
  g_test_add_func ("/files/kinds", test_kinds);
  ADD ("add", test_add);
  ADD ("virus", test_virus);
  ADD ("quarantine", test_quarantine);
  ADD ("room", test_room);
  ADD ("collect", test_collect);
  return g_test_run ();
}
