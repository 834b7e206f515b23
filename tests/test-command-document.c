/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents: published from uploads, attached to messages, served, read, withdrawn with their files. */
#include "council-fixture.h"

#include "ehcp-error.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"

#include <string.h>

#define HELEN "helen.marlow@family.example"
#define ABSENT "99999999-9999-4999-8999-999999999999"

typedef struct
{
  CouncilFixture council;
  char *case_id;
  char *helen;
  char *david;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  council_fixture_set_up (&f->council, data);
  f->case_id = council_open_case (&f->council, "Isla", "2026-06-01");
  f->helen = council_join (&f->council, f->case_id, &f->council.helen, FALSE);
  f->david = council_join (&f->council, f->case_id, &f->council.david, FALSE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->case_id);
  g_free (f->helen);
  g_free (f->david);
  council_fixture_tear_down (&f->council, data);
}

static char *
upload (Fixture *f, const EhcpActorId *actor, const char *text)
{
  g_autofree char *content = g_strconcat ("%PDF-1.4\n%", text, "\n%%EOF\n", NULL);

  return council_upload (&f->council, actor, "Letter.pdf", content);
}

/* Returns the document's id. */
static char *
publish (Fixture *f, const char *text, const char *kind, const char *more, const char **warning)
{
  g_autofree char *file = upload (f, &f->council.priya, text);
  char *id = ehcp_text_new_id ();
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, &f->council.priya, id,
                         "{'kind':'document.publish','case':'%s','upload':'%s','title':'Letter for Isla',"
                         "'document_kind':'%s','issued':'2026-11-20'%s}",
                         f->case_id, file, kind, more);
  if (warning != NULL)
    {
      JsonArray *warnings = ehcp_json_get_array (result, "warnings");

      *warning = warnings != NULL
                     ? g_intern_string (json_array_get_string_element (warnings, 0))
                     : NULL;
    }
  return id;
}

static EhcpRecord *
find (Fixture *f, const char *id)
{
  return council_find (&f->council, EHCP_KIND_DOCUMENT, id);
}

static gboolean
has_file (Fixture *f, const char *sha256)
{
  g_autofree char *path = ehcp_upload_get_path (f->council.council, f->case_id, sha256);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_publish (Fixture *f, gconstpointer data)
{
  g_autofree char *id = publish (f, "one", "letter", ",'audience':'adults'", NULL);
  g_autoptr (EhcpRecord) document = find (f, id);
  g_autofree char *mail = council_mail (&f->council, HELEN, "document");

  g_assert_cmpstr (ehcp_record_get_text (document, "title"), ==, "Letter for Isla");
  g_assert_cmpstr (ehcp_record_get_text (document, "media_type"), ==, "application/pdf");
  g_assert_cmpstr (ehcp_record_get_text (document, "file_name"), ==, "Letter.pdf");
  g_assert_cmpint (ehcp_record_get_int (document, "size"), ==, strlen ("%PDF-1.4\n%one\n%%EOF\n"));
  g_assert_true (has_file (f, ehcp_record_get_text (document, "sha256")));
  g_assert_nonnull (strstr (mail, "letter"));
  g_assert_null (strstr (mail, "Isla"));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, id));
  g_assert_false (council_sees (&f->council, &f->council.omar, EHCP_KIND_DOCUMENT, id));
}

/* Parents who live apart: a letter that concerns one of them. */
static void
test_audience (Fixture *f, gconstpointer data)
{
  g_autofree char *named = g_strdup_printf (",'audience':'named','named':['%s']", f->david);
  g_autofree char *for_david = publish (f, "one", "letter", named, NULL);
  g_autofree char *for_staff = publish (f, "two", "report", ",'audience':'staff'", NULL);

  g_assert_false (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, for_david));
  g_assert_true (council_sees (&f->council, &f->council.david, EHCP_KIND_DOCUMENT, for_david));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_DOCUMENT, for_staff));
  g_assert_true (council_sees (&f->council, &f->council.manager, EHCP_KIND_DOCUMENT, for_staff));
  g_assert_cmpuint (council_count_mails (&f->council, HELEN, "document"), ==, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'document.publish','case':'%s','upload':'%s','title':'t',"
                               "'document_kind':'letter','issued':'%s'%s}";
  const EhcpActorId *priya = &f->council.priya;
  g_autofree char *own = upload (f, priya, "own");
  g_autofree char *theirs = upload (f, &f->council.helen, "theirs");
  g_autofree char *begun = council_begin_upload (&f->council, priya, "Letter.pdf", "not sent");
  g_autoptr (JsonObject) result = NULL;
  const char *all = ",'audience':'adults'";

#define REFUSED(code, field, ...) \
  council_refused (&f->council, priya, code, field, format, f->case_id, __VA_ARGS__)
  REFUSED (EHCP_ERROR_NOT_FOUND, "/upload", ABSENT, "2026-11-20", all);
  REFUSED (EHCP_ERROR_NOT_FOUND, "/upload", theirs, "2026-11-20", all);
  REFUSED (EHCP_ERROR_CONFLICT, "/upload", begun, "2026-11-20", all);
  REFUSED (EHCP_ERROR_RANGE, "/issued", own, "2026-11-25", all);
  REFUSED (EHCP_ERROR_RANGE, "/served_on", own, "2026-11-20", ",'audience':'adults','served_on':'2026-11-25'");
  REFUSED (EHCP_ERROR_MISSING, "/named", own, "2026-11-20", ",'audience':'named'");
  REFUSED (EHCP_ERROR_NOT_FOUND, "/named/0", own, "2026-11-20",
           ",'audience':'named','named':['" ABSENT "']");
  REFUSED (EHCP_ERROR_MISSING, "/audience", own, "2026-11-20", "");
  /* After all that the upload is still there, and then used up. */
  result = council_send (&f->council, priya, NULL, format, f->case_id, own, "2026-11-20", all);
  REFUSED (EHCP_ERROR_NOT_FOUND, "/upload", own, "2026-11-20", all);
#undef REFUSED
}

static guint
count_events (Fixture *f, const char *what)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (f->council.council, &error);
  g_autoptr (GPtrArray) events = ehcp_store_list (db, EHCP_KIND_EVENT, f->case_id, &error);
  guint n = 0;

  for (guint i = 0; i < events->len; i++)
    n += g_str_equal (ehcp_record_get_text (events->pdata[i], "what"), what);
  return n;
}

static void
record (Fixture *f, const char *what, const char *date)
{
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, &f->council.priya, NULL,
                         "{'kind':'event.record','case':'%s','what':'%s','date':'%s'}", f->case_id, what,
                         date);
}

/* A second service while the family's time runs gives more time, never less. */
static void
test_served_again (Fixture *f, gconstpointer data)
{
  g_autofree char *first = publish (f, "d", "draft-plan", ",'audience':'adults','served_on':'2026-11-20'", NULL);
  g_autofree char *file = upload (f, &f->council.priya, "d2");
  g_autoptr (EhcpRecord) event = council_find_where (&f->council, EHCP_KIND_EVENT, "what", "draft-served");
  g_autoptr (EhcpRecord) deadline = NULL;

  g_assert_cmpstr (ehcp_record_get_text (event, "value"), ==, "portal");
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_RANGE, "/served_on",
                   "{'kind':'document.publish','case':'%s','upload':'%s','title':'Draft','document_kind':'draft-plan',"
                   "'issued':'2026-11-20','audience':'adults','served_on':'2026-11-19'}",
                   f->case_id, file);
  deadline = council_find_where (&f->council, EHCP_KIND_DEADLINE, "rule", "draft-comments");
  g_assert_cmpint (ehcp_record_get_date (deadline, "due"), ==, ehcp_date_parse ("2026-12-04"));
}

/* Serving the draft starts the family's 15 days. */
static void
test_served (Fixture *f, gconstpointer data)
{
  const char *warning;
  g_autofree char *letter = publish (f, "l", "letter", ",'audience':'adults','served_on':'2026-11-02'", NULL);
  g_autofree char *draft = NULL;
  g_autofree char *again = NULL;
  g_autofree char *final = NULL;
  g_autoptr (EhcpRecord) deadline = NULL;

  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_EVENT, f->case_id), ==, 1);
  draft = publish (f, "d", "draft-plan", ",'audience':'adults','served_on':'2026-11-02'", &warning);
  g_assert_cmpuint (count_events (f, "draft-served"), ==, 1);
  g_assert_null (warning);
  deadline = council_find_where (&f->council, EHCP_KIND_DEADLINE, "rule", "draft-comments");
  g_assert_nonnull (deadline);
  /* A second file of the same service. */
  again = publish (f, "d2", "draft-plan", ",'audience':'adults','served_on':'2026-11-02'", &warning);
  g_assert_cmpuint (count_events (f, "draft-served"), ==, 1);
  final = publish (f, "f", "final-plan", ",'audience':'adults','served_on':'2026-11-10'", &warning);
  g_assert_cmpuint (count_events (f, "final-issued"), ==, 1);
  g_assert_cmpstr (warning, ==, "final-within-15-days");
  {
    g_autoptr (EhcpRecord) of_case = council_find (&f->council, EHCP_KIND_CASE, f->case_id);

    g_assert_cmpstr (ehcp_record_get_text (of_case, "stage"), ==, "final");
  }
}

static void
test_served_amendment (Fixture *f, gconstpointer data)
{
  g_autofree char *draft = NULL;
  g_autofree char *final = NULL;

  record (f, "draft-served", "2026-08-03");
  record (f, "final-issued", "2026-08-31");
  record (f, "review-meeting", "2026-10-01");
  record (f, "amendment-notice", "2026-10-20");
  draft = publish (f, "d", "draft-plan", ",'audience':'adults','served_on':'2026-10-20'", NULL);
  final = publish (f, "f", "final-plan", ",'audience':'adults','served_on':'2026-11-20'", NULL);
  g_assert_cmpuint (count_events (f, "amendment-served"), ==, 1);
  g_assert_cmpuint (count_events (f, "amended-final-issued"), ==, 1);
  g_assert_cmpuint (count_events (f, "draft-served"), ==, 1);
  g_assert_cmpuint (count_events (f, "final-issued"), ==, 1);
}

/* A day of service that cannot be is refused as the member that the sender gave. */
static void
test_served_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *file = upload (f, &f->council.priya, "d");

  council_refused (&f->council, &f->council.priya, EHCP_ERROR_RANGE, "/served_on",
                   "{'kind':'document.publish','case':'%s','upload':'%s','title':'t',"
                   "'document_kind':'draft-plan','issued':'2026-11-20','served_on':'2026-05-31',"
                   "'audience':'adults'}",
                   f->case_id, file);
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_EVENT, f->case_id), ==, 1);
}

static void
read_document (Fixture *f, const EhcpActorId *actor, const char *document)
{
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, actor, NULL, "{'kind':'document.read','case':'%s','document':'%s'}",
                         f->case_id, document);
}

static void
test_read (Fixture *f, gconstpointer data)
{
  g_autofree char *id = publish (f, "one", "letter", ",'audience':'adults'", NULL);
  g_autoptr (EhcpRecord) by_staff = NULL;
  g_autoptr (EhcpRecord) by_family = NULL;
  g_autoptr (EhcpRecord) by_both = NULL;

  read_document (f, &f->council.priya, id);
  by_staff = find (f, id);
  g_assert_false (ehcp_record_has (by_staff, "read_at"));
  read_document (f, &f->council.helen, id);
  by_family = find (f, id);
  g_assert_cmpstr (ehcp_record_get_text (by_family, "read_at"), ==, "2026-11-24T14:00:00Z");
  ehcp_clock_advance (f->council.clock, 60);
  read_document (f, &f->council.david, id);
  by_both = find (f, id);
  g_assert_cmpstr (ehcp_record_get_text (by_both, "read_at"), ==, "2026-11-24T14:00:00Z");
}

static void
test_withdraw (Fixture *f, gconstpointer data)
{
  g_autofree char *id = publish (f, "secret", "letter", ",'audience':'adults'", NULL);
  g_autofree char *same = publish (f, "secret", "letter", ",'audience':'staff'", NULL);
  g_autoptr (EhcpRecord) document = find (f, id);
  g_autofree char *sha256 = g_strdup (ehcp_record_get_text (document, "sha256"));
  g_autoptr (EhcpRecord) activity = NULL;
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  JsonArray *readers;

  read_document (f, &f->council.helen, id);
  read_document (f, &f->council.helen, id);
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_NOT_ALLOWED, NULL,
                   "{'kind':'document.withdraw','case':'%s','document':'%s','reason':'r'}", f->case_id, id);
  first = council_send (&f->council, &f->council.priya, NULL,
                        "{'kind':'document.withdraw','case':'%s','document':'%s',"
                        "'reason':'Wrong child'}",
                        f->case_id, id);
  readers = ehcp_json_get_array (first, "read_by");
  g_assert_cmpuint (json_array_get_length (readers), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (readers, 0), ==, f->helen);
  g_assert_false (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, id));
  activity = council_find_where (&f->council, EHCP_KIND_ACTIVITY, "item", id);
  g_assert_null (activity);
  /* Another document of the case has the same content: the file goes with the last one. */
  g_assert_true (has_file (f, sha256));
  second = council_send (&f->council, &f->council.priya, NULL,
                         "{'kind':'document.withdraw','case':'%s','document':'%s','reason':'r'}",
                         f->case_id, same);
  g_assert_false (has_file (f, sha256));
}

static void
test_attachment (Fixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'message.send','case':'%s','message_type':'Appointment',"
                               "'subject':'Photo','text':'Here it is.',"
                               "'composed_at':'2026-11-24T10:00:00Z','uploads':['%s','%s']}";
  g_autofree char *one = upload (f, &f->council.helen, "one");
  g_autofree char *two = upload (f, &f->council.helen, "two");
  g_autofree char *theirs = upload (f, &f->council.david, "theirs");
  g_autofree char *message = ehcp_text_new_id ();
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) document = NULL;

  council_refused (&f->council, &f->council.helen, EHCP_ERROR_NOT_FOUND, "/uploads/1", format, f->case_id,
                   one, theirs);
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_MESSAGE, f->case_id), ==, 0);
  result = council_send (&f->council, &f->council.helen, message, format, f->case_id, one, two);
  document = find (f, one);
  g_assert_cmpstr (ehcp_record_get_text (document, "kind"), ==, "attachment");
  g_assert_cmpstr (ehcp_record_get_text (document, "message"), ==, message);
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, two));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, two));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_DOCUMENT, two));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/command/document" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/publish", test_publish);
  ADD ("/audience", test_audience);
  ADD ("/refused", test_refused);
  ADD ("/served", test_served);
  ADD ("/served-again", test_served_again);
  ADD ("/served-amendment", test_served_amendment);
  ADD ("/served-refused", test_served_refused);
  ADD ("/read", test_read);
  ADD ("/withdraw", test_withdraw);
  ADD ("/attachment", test_attachment);
  return g_test_run ();
}
