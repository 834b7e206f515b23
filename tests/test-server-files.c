/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files over HTTP: uploads in pieces (tus 1.0), and documents with ranges, caches and their audit.
 */
#include "wire-fixture.h"

#include "ehcp-error.h"
#include "ehcp-media-type.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOWHERE "11111111-1111-4111-8111-111111111111"
#define TUS "Tus-Resumable: 1.0.0"
#define BYTES "Content-Type: application/offset+octet-stream"
#define PDF "%PDF-1.4\nA letter about the assessment, with ten lines of it\n"

static WireAnswer *
make_upload (WireFixture *f, const char *token, const char *name64, const char *content,
             gsize length)
{
  g_autofree char *sum =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, length);
  g_autofree char *sum64 = g_base64_encode ((const guchar *) sum, strlen (sum));
  g_autofree char *size = g_strdup_printf ("Upload-Length: %zu", length);
  g_autofree char *meta = g_strdup_printf ("Upload-Metadata: filename %s,sha256 %s", name64, sum64);
  WireAnswer *made = wire_call (f, "POST", "/v1/uploads", token, "", TUS, size, meta, NULL);

  g_assert_cmpint (made->status, ==, 201);
  g_assert_cmpstr (wire_header (made, "tus-resumable"), ==, "1.0.0");
  g_assert_cmpstr (wire_header (made, "upload-expires"), ==, "Thu, 26 Nov 2026 14:00:00 GMT");
  return made;
}

static WireAnswer *
send_piece (WireFixture *f, const char *token, const char *path, const char *content, gsize from,
            gsize length, const char *more)
{
  g_autofree char *offset = g_strdup_printf ("Upload-Offset: %zu", from);

  return wire_send (f, "PATCH", path, token, content + from, length, TUS, BYTES, offset, more,
                    NULL);
}

static void
test_pieces (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) made = make_upload (f, token, "bGV0dGVyLnBkZg==", PDF, strlen (PDF));
  const char *path = wire_header (made, "location");
  g_autoptr (WireAnswer) fresh = wire_call (f, "HEAD", path, token, NULL, TUS, NULL);
  g_autoptr (WireAnswer) first = NULL, head = NULL, stale = NULL, last = NULL, after = NULL;

  g_assert_cmpint (fresh->status, ==, 200);
  g_assert_cmpstr (wire_header (fresh, "upload-offset"), ==, "0");
  g_assert_cmpstr (wire_header (fresh, "cache-control"), ==, "no-store");
  first = send_piece (f, token, path, PDF, 0, 10, NULL);
  g_assert_cmpint (first->status, ==, 204);
  g_assert_cmpstr (wire_header (first, "upload-offset"), ==, "10");
  head = wire_call (f, "HEAD", path, token, NULL, TUS, NULL);
  g_assert_cmpstr (wire_header (head, "upload-offset"), ==, "10");
  stale = send_piece (f, token, path, PDF, 0, 10, NULL);
  wire_refused (stale, EHCP_ERROR_CONFLICT, NULL);
  last = send_piece (f, token, path, PDF, 10, strlen (PDF) - 10, NULL);
  g_assert_cmpint (last->status, ==, 204);
  g_assert_cmpint (atoi (wire_header (last, "upload-offset")), ==, strlen (PDF));
  after = wire_call (f, "HEAD", path, token, NULL, TUS, NULL);
  g_assert_cmpstr (wire_header (after, "upload-offset"), ==, wire_header (after, "upload-length"));
}

/* The server was restarted, and a day went by: the upload goes on where it was. */
static void
test_resumed (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) made = make_upload (f, token, "bGV0dGVyLnBkZg==", PDF, strlen (PDF));
  const char *path = wire_header (made, "location");
  g_autoptr (WireAnswer) first = send_piece (f, token, path, PDF, 0, 10, NULL);
  g_autoptr (WireAnswer) head = NULL, last = NULL;

  wire_fixture_stop (f);
  ehcp_clock_advance (f->council.clock, 24 * 3600);
  wire_fixture_start (f);
  head = wire_call (f, "HEAD", path, token, NULL, TUS, NULL);
  g_assert_cmpstr (wire_header (head, "upload-offset"), ==, "10");
  last = send_piece (f, token, path, PDF, 10, strlen (PDF) - 10, NULL);
  g_assert_cmpint (last->status, ==, 204);
}

static void
test_checksum (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) made = make_upload (f, token, "bGV0dGVyLnBkZg==", PDF, strlen (PDF));
  const char *path = wire_header (made, "location");
  g_autofree char *sum = NULL, *header = NULL;
  guint8 digest[32];
  gsize n = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (WireAnswer) wrong = NULL, head = NULL, other = NULL, right = NULL;

  wrong = send_piece (f, token, path, PDF, 0, 10, "Upload-Checksum: sha256 AAAA");
  g_assert_cmpint (wrong->status, ==, 460);
  head = wire_call (f, "HEAD", path, token, NULL, TUS, NULL);
  g_assert_cmpstr (wire_header (head, "upload-offset"), ==, "0");
  other = send_piece (f, token, path, PDF, 0, 10, "Upload-Checksum: md5 AAAA");
  g_assert_cmpint (other->status, ==, 400);
  g_checksum_update (checksum, (const guchar *) PDF, 10);
  g_checksum_get_digest (checksum, digest, &n);
  sum = g_base64_encode (digest, n);
  header = g_strconcat ("Upload-Checksum: sha256 ", sum, NULL);
  right = send_piece (f, token, path, PDF, 0, 10, header);
  g_assert_cmpint (right->status, ==, 204);
}

static void
test_refusals (WireFixture *f, gconstpointer data)
{
  static const char good_meta[] =
      "Upload-Metadata: filename YQ==,sha256 "
      "ZTNiMGM0NDI5OGZjMWMxNDlhZmJmNGM4OTk2ZmI5MjQyN2FlNDFlNDY0OWI5MzRjYTQ5NTk5MWI3ODUyYjg1NQ==";
  static const struct
  {
    const char *length, *meta;
    int status;
    const char *code;
  } rows[] = {
    { "Upload-Length: 0", good_meta, 422, "range" },
    { "Upload-Length: x", good_meta, 400, "malformed" },
    { "Upload-Length: -5", good_meta, 400, "malformed" },
    { "Upload-Defer-Length: 1", good_meta, 400, "malformed" },
    { "Upload-Length: 52428801", good_meta, 413, "too-large" },
    { "Upload-Length: 5", "X-Nothing: x", 400, "malformed" },
    { "Upload-Length: 5", "Upload-Metadata: filename YQ==", 400, "malformed" },
    { "Upload-Length: 5", "Upload-Metadata: filename YQ==,sha256 YQ==", 400, "malformed" },
    { "Upload-Length: 5", "Upload-Metadata: filename /w==,sha256 YQ==", 400, "malformed" },
  };
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) no_tus =
      wire_call (f, "POST", "/v1/uploads", token, "", "Upload-Length: 5", good_meta, NULL);

  g_assert_cmpint (no_tus->status, ==, 412);
  g_assert_cmpstr (wire_header (no_tus, "tus-version"), ==, "1.0.0");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WireAnswer) answer =
          wire_call (f, "POST", "/v1/uploads", token, "", TUS, rows[i].length, rows[i].meta, NULL);

      g_test_message ("%s %s", rows[i].length, rows[i].meta);
      g_assert_cmpint (answer->status, ==, rows[i].status);
      g_assert_cmpstr (wire_text (answer, "code"), ==, rows[i].code);
    }
}

static void
test_piece_refusals (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autofree char *david = wire_make_session (f, &f->council.david);
  g_autoptr (WireAnswer) made = make_upload (f, token, "bGV0dGVyLnBkZg==", PDF, strlen (PDF));
  const char *path = wire_header (made, "location");
  g_autofree char *long_text = g_strnfill (strlen (PDF) + 1, 'x');
  g_autoptr (WireAnswer) foreign = send_piece (f, david, path, PDF, 0, 10, NULL);
  g_autoptr (WireAnswer) absent = send_piece (f, david, "/v1/uploads/" NOWHERE, PDF, 0, 10, NULL);
  g_autoptr (WireAnswer) beyond =
      send_piece (f, token, path, long_text, 0, strlen (long_text), NULL);
  g_autoptr (WireAnswer) type = wire_send (f, "PATCH", path, token, "x", 1, TUS, "Upload-Offset: 0",
                                           "Content-Type: text/plain", NULL);
  g_autoptr (WireAnswer) none = wire_send (f, "PATCH", path, token, "x", 1, TUS, BYTES, NULL);
  g_autoptr (WireAnswer) head = wire_call (f, "HEAD", path, david, NULL, TUS, NULL);

  wire_refused (foreign, EHCP_ERROR_NOT_FOUND, NULL);
  wire_refused (absent, EHCP_ERROR_NOT_FOUND, NULL);
  g_assert_cmpmem (foreign->body->data, foreign->body->len, absent->body->data, absent->body->len);
  wire_refused (beyond, EHCP_ERROR_TOO_LARGE, NULL);
  wire_refused (type, EHCP_ERROR_UNSUPPORTED_TYPE, NULL);
  wire_refused (none, EHCP_ERROR_MALFORMED, NULL);
  g_assert_cmpint (head->status, ==, 404);
}

static void
test_wrong_content (WireFixture *f, gconstpointer data)
{
  static const char program[] = "\x7f"
                                "ELF\2\1\1\0not a letter";
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) made = make_upload (f, token, "YQ==", PDF, strlen (PDF));
  g_autoptr (WireAnswer) other = make_upload (f, token, "YQ==", program, sizeof program);
  g_autofree char *long_text = g_strnfill (strlen (PDF), 'x');
  g_autoptr (WireAnswer) hash =
      send_piece (f, token, wire_header (made, "location"), long_text, 0, strlen (PDF), NULL);
  g_autoptr (WireAnswer) gone =
      wire_call (f, "HEAD", wire_header (made, "location"), token, NULL, TUS, NULL);
  g_autoptr (WireAnswer) kind =
      send_piece (f, token, wire_header (other, "location"), program, 0, sizeof program, NULL);

  wire_refused (hash, EHCP_ERROR_RANGE, "/sha256");
  g_assert_cmpint (gone->status, ==, 404);
  wire_refused (kind, EHCP_ERROR_UNSUPPORTED_TYPE, NULL);
}

static void
test_quota (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (GError) error = NULL;
  g_autofree char *sum = g_strnfill (64, 'a');
  guint n = 0;

  for (;;)
    {
      g_autofree char *id =
          ehcp_upload_begin (f->council.council, f->council.helen.account, "a", 1, sum, &error);

      if (id == NULL)
        break;
      g_assert_cmpuint (++n, <, 100);
    }
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);

  /* A day later they are gone, from the folder too. */
  ehcp_clock_advance (f->council.clock, EHCP_UPLOAD_HOURS * 3600 + 1);
  g_clear_error (&error);
  g_assert_true (ehcp_upload_purge (f->council.council, &error));
  g_assert_cmpint (council_sql (&f->council, "SELECT count(*) FROM upload"), ==, 0);
  {
    g_autofree char *folder = g_build_filename (f->council.config->data_dir, "uploads", NULL);
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

    g_assert_null (g_dir_read_name (dir));
  }
}

/* Publishes PDF on a new case; (transfer full): the path of its content. */
static char *
publish (WireFixture *f, const char *token, char **case_id)
{
  g_autofree char *upload =
      wire_upload (f, token, "../../Plan \"für\" Isla.pdf", PDF, strlen (PDF));
  g_autoptr (WireAnswer) answer = NULL;
  g_autofree char *body = NULL;

  *case_id = council_open_case (&f->council, "Isla", "2026-11-01");
  body = g_strdup_printf ("{'kind':'document.publish','case':'%s','upload':'%s','title':'Letter',"
                          "'document_kind':'letter','issued':'2026-11-20','audience':'adults'}",
                          *case_id, upload);
  answer =
      wire_call (f, "PUT", "/v1/commands/33333333-3333-4333-8333-333333333333", token, body, NULL);
  g_assert_cmpint (answer->status, ==, 200);
  return g_strdup ("/v1/documents/33333333-3333-4333-8333-333333333333/content");
}

static gint64
count_readings (WireFixture *f)
{
  return council_sql (&f->council, "SELECT count(*) FROM audit WHERE what = 'document.content'");
}

static void
test_document (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  g_autofree char *case_id = NULL;
  g_autofree char *path = publish (f, token, &case_id);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PDF, -1);
  g_autofree char *etag = g_strdup_printf ("\"%s\"", sum);
  g_autofree char *if_none = g_strdup_printf ("If-None-Match: %s", etag);
  g_autofree char *file = ehcp_upload_get_path (f->council.council, case_id, sum);
  g_autoptr (WireAnswer) whole = wire_call (f, "GET", path, token, NULL, NULL);
  g_autoptr (WireAnswer) cached = NULL;
  GStatBuf status;

  g_assert_cmpint (whole->status, ==, 200);
  g_assert_cmpmem (whole->body->data, whole->body->len, PDF, strlen (PDF));
  g_assert_cmpstr (wire_header (whole, "etag"), ==, etag);
  g_assert_cmpstr (wire_header (whole, "content-type"), ==, "application/pdf");
  g_assert_cmpstr (wire_header (whole, "accept-ranges"), ==, "bytes");
  g_assert_cmpstr (wire_header (whole, "content-disposition"), ==,
                   "attachment; filename*=UTF-8''Plan%20f%C3%BCr%20Isla.pdf");
  g_assert_cmpint (count_readings (f), ==, 1);
  cached = wire_call (f, "GET", path, token, NULL, if_none, NULL);
  g_assert_cmpint (cached->status, ==, 304);
  g_assert_cmpuint (cached->body->len, ==, 0);
  g_assert_cmpint (count_readings (f), ==, 1);
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 077, ==, 0);
}

static void
test_ranges (WireFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *header, *more;
    int status;
    int first, length;
    const char *content_range;
  } rows[] = {
    { "Range: bytes=0-3", NULL, 206, 0, 4, "bytes 0-3/61" },
    { "Range: bytes=5-", NULL, 206, 5, 56, "bytes 5-60/61" },
    { "Range: bytes=-4", NULL, 206, 57, 4, "bytes 57-60/61" },
    { "Range: bytes=-400", NULL, 206, 0, 61, "bytes 0-60/61" },
    { "Range: bytes=60-100", NULL, 206, 60, 1, "bytes 60-60/61" },
    { "Range: bytes=61-", NULL, 416, 0, 0, "bytes */61" },
    { "Range: bytes=-0", NULL, 416, 0, 0, "bytes */61" },
    { "Range: bytes=0-1,3-4", NULL, 200, 0, 61, NULL },
    { "Range: bytes=4-2", NULL, 200, 0, 61, NULL },
    { "Range: bytes=x-", NULL, 200, 0, 61, NULL },
    { "Range: lines=0-3", NULL, 200, 0, 61, NULL },
    { "Range: bytes=0-3", "If-Range: \"other\"", 200, 0, 61, NULL },
  };
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  g_autofree char *case_id = NULL;
  g_autofree char *path = publish (f, token, &case_id);

  g_assert_cmpuint (strlen (PDF), ==, 61);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WireAnswer) answer =
          wire_call (f, "GET", path, token, NULL, rows[i].header, rows[i].more, NULL);

      g_test_message ("%s", rows[i].header);
      g_assert_cmpint (answer->status, ==, rows[i].status);
      g_assert_cmpstr (wire_header (answer, "content-range"), ==, rows[i].content_range);
      if (rows[i].status != 416)
        g_assert_cmpmem (answer->body->data, answer->body->len, &PDF[rows[i].first],
                         rows[i].length);
    }
}

static void
test_document_of_others (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  g_autofree char *omar = wire_make_session (f, &f->council.omar);
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autofree char *case_id = NULL;
  g_autofree char *path = publish (f, token, &case_id);
  g_autoptr (WireAnswer) foreign = wire_call (f, "GET", path, omar, NULL, NULL);
  g_autoptr (WireAnswer) family = wire_call (f, "GET", path, helen, NULL, NULL);
  g_autoptr (WireAnswer) absent =
      wire_call (f, "GET", "/v1/documents/" NOWHERE "/content", omar, NULL, NULL);

  wire_refused (foreign, EHCP_ERROR_NOT_FOUND, NULL);
  g_assert_cmpmem (foreign->body->data, foreign->body->len, absent->body->data, absent->body->len);
  g_assert_cmpmem (family->body->data, family->body->len, absent->body->data, absent->body->len);
  g_assert_cmpint (count_readings (f), ==, 0);
}

static gboolean
write_request_file (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, PDF, -1);
  g_autoptr (EhcpRecord) document = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DOCUMENT));
  g_autofree char *path = ehcp_upload_get_path (council, NOWHERE, sum);
  g_autofree char *folder = g_path_get_dirname (path);

  ehcp_record_set_text (document, "id", data);
  ehcp_record_set_text (document, "audience", "staff");
  ehcp_record_set_text (document, "title", "Report.pdf");
  ehcp_record_set_text (document, "file_name", "Report.pdf");
  ehcp_record_set_text (document, "kind", "other");
  ehcp_record_set_text (document, "media_type", "application/pdf");
  ehcp_record_set_text (document, "sha256", sum);
  ehcp_record_set_int (document, "size", strlen (PDF));
  ehcp_record_set_date (document, "issued", ehcp_date_parse (COUNCIL_TODAY));
  ehcp_record_set_text (document, "published_at", "2026-11-24T10:00:00Z");
  ehcp_record_set_text (document, "form", NOWHERE);
  return g_mkdir_with_parents (folder, 0700) == 0 && g_file_set_contents (path, PDF, -1, error) &&
         ehcp_store_add (council, db, document, NULL, error);
}

/* What came with a request: any member of staff reads it before there is a case, and each reading has its row. */
static void
test_document_of_request (WireFixture *f, gconstpointer data)
{
  const EhcpActorId *const staff[] = { &f->council.priya, &f->council.omar };
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *path = g_strdup_printf ("/v1/documents/%s/content", id);
  g_autoptr (WireAnswer) family = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_council_write_sync (f->council.council, write_request_file, id, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (staff); i++)
    {
      g_autofree char *token = wire_make_session (f, staff[i]);
      g_autoptr (WireAnswer) answer = wire_call (f, "GET", path, token, NULL, NULL);

      g_assert_cmpint (answer->status, ==, 200);
      g_assert_cmpmem (answer->body->data, answer->body->len, PDF, strlen (PDF));
      g_assert_cmpint (count_readings (f), ==, i + 1);
    }
  family = wire_call (f, "GET", path, helen, NULL, NULL);
  wire_refused (family, EHCP_ERROR_NOT_FOUND, NULL);
  g_assert_cmpint (count_readings (f), ==, 2);
}

static void
test_media_types (void)
{
  static const struct
  {
    const char *head;
    gsize length;
    const char *media_type;
  } rows[] = {
    { "%PDF-1.7", 8, "application/pdf" },
    { "\x89PNG\r\n\x1a\n....", 12, "image/png" },
    { "\xff\xd8\xff\xe0", 4, "image/jpeg" },
    { "\0\0\0\x18"
      "ftypheic",
      12, "image/heic" },
    { "Plain words, für alle.", 23, "text/plain" },
    { "one\0two", 7, NULL },
    { "\x7f"
      "ELF\2\1",
      6, NULL },
    { "MZ\x90\0\3\0\0\0", 8, NULL },
    { "PK\3\4....................", 24, NULL },
    { "PK\3\4......word/document.xml", 27,
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { "PK\3\4word/document.xml word/vbaProject.bin", 41, NULL },
    { "PK\3\4..........................mimetypeapplication/vnd.oasis.opendocument.textPK", 79,
      "application/vnd.oasis.opendocument.text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (
        ehcp_media_type_find (rows[i].head, rows[i].length, rows[i].head, rows[i].length), ==,
        rows[i].media_type);
}

static void
test_file_names (void)
{
  static const char *const rows[][2] = {
    { "letter.pdf", "letter.pdf" },
    { "../../etc/passwd", "passwd" },
    { "C:\\Users\\Helen\\plan.docx", "plan.docx" },
    { "a\nb\x7f.pdf", "ab.pdf" },
    { "gpj.\u202egnp", "gpj.gnp" },
    { "plan\u0601\u200b\U000e0041\U000f0000.pdf", "plan.pdf" },
    { "", "file" },
    { "..", "file" },
    { "a/", "file" },
    { "  <Plan>?.pdf ", "Plan.pdf" },
    { "Übersicht – Zoë.pdf", "Übersicht – Zoë.pdf" },
  };
  g_autofree char *long_name = g_strnfill (500, 'x');
  g_autofree char *cut = ehcp_file_name_clean (long_name);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = ehcp_file_name_clean (rows[i][0]);

      g_assert_cmpstr (clean, ==, rows[i][1]);
    }
  g_assert_cmpuint (strlen (cut), ==, 200);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/files/" name, WireFixture, NULL, wire_fixture_set_up, func, wire_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("upload/pieces", test_pieces);
  ADD ("upload/resumed", test_resumed);
  ADD ("upload/checksum", test_checksum);
  ADD ("upload/refusals", test_refusals);
  ADD ("upload/piece-refusals", test_piece_refusals);
  ADD ("upload/wrong-content", test_wrong_content);
  ADD ("upload/quota", test_quota);
  ADD ("document", test_document);
  ADD ("document/ranges", test_ranges);
  ADD ("document/of-others", test_document_of_others);
  ADD ("document/of-request", test_document_of_request);
  g_test_add_func ("/files/media-types", test_media_types);
  g_test_add_func ("/files/names", test_file_names);
  return g_test_run ();
}
