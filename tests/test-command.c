/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of every command: strict reading, policy, receipts, versions, the same answer for what is
 * foreign and what is absent. */
#include "council-fixture.h"

#include "ehcp-audit.h"
#include "ehcp-error.h"
#include "ehcp-feed.h"
#include "ehcp-text.h"

#include <string.h>

#define ABSENT "99999999-9999-4999-8999-999999999999"

static void
assert_error (CouncilFixture *f, const EhcpActorId *actor, const char *id, const char *body,
              EhcpError code, const char *field)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = council_put (f, actor, id, body, &error);

  g_assert_error (error, EHCP_ERROR, (int) code);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, field);
  g_assert_null (answer);
}

static void
test_malformed (CouncilFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *body;
    EhcpError code;
    const char *field;
  } cases[] = {
    { "", EHCP_ERROR_MALFORMED, NULL },
    { "[]", EHCP_ERROR_MALFORMED, "" },
    { "{", EHCP_ERROR_MALFORMED, NULL },
    { "{}", EHCP_ERROR_MISSING, "/kind" },
    { "{'kind':'case.burn'}", EHCP_ERROR_MALFORMED, "/kind" },
    { "{'kind':7}", EHCP_ERROR_MALFORMED, "/kind" },
    { "{'kind':'note.add','case':'" ABSENT "'}", EHCP_ERROR_MISSING, "/text" },
    { "{'kind':'note.add','case':'" ABSENT "','text':''}", EHCP_ERROR_MISSING, "/text" },
    { "{'kind':'note.add','case':'X','text':'t'}", EHCP_ERROR_MALFORMED, "/case" },
    { "{'kind':'note.add','case':'" ABSENT "','text':'t','to':'me'}", EHCP_ERROR_UNKNOWN_FIELD, "/to" },
    { "{'kind':'note.add','case':'" ABSENT "','text':'t','base':-1}", EHCP_ERROR_RANGE, "/base" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_error (f, &f->priya, NULL, cases[i].body, cases[i].code, cases[i].field);
  assert_error (f, &f->priya, "note-1", "{'kind':'note.add'}", EHCP_ERROR_MALFORMED, NULL);
}

static void
test_size (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (256 * 1024, 'x');
  g_autofree char *too_large = g_strdup_printf ("{'kind':'note.add','text':'%s'}", long_text);
  g_autofree char *deep = g_strnfill (100000, '[');

  assert_error (f, &f->priya, NULL, too_large, EHCP_ERROR_TOO_LARGE, NULL);
  assert_error (f, &f->priya, NULL, deep, EHCP_ERROR_MALFORMED, NULL);
}

/* Which role may send which command: every command once for each role, as far as policy. */
static void
test_policy (CouncilFixture *f, gconstpointer data)
{
  static const char family[] = "{'kind':'message.send','case':'" ABSENT "','message_type':'Appointment',"
                               "'subject':'s','text':'t','composed_at':'2026-11-24T10:00:00Z'}";
  static const char staff[] = "{'kind':'note.add','case':'" ABSENT "','text':'t'}";
  static const char own[] = "{'kind':'invitation.open','code':'AAAA-AAAA'}";

  assert_error (f, &f->helen, NULL, family, EHCP_ERROR_NOT_FOUND, "/case");
  assert_error (f, &f->priya, NULL, family, EHCP_ERROR_NOT_FOUND, "/case");
  assert_error (f, &f->admin, NULL, family, EHCP_ERROR_NOT_ALLOWED, NULL);
  assert_error (f, &f->helen, NULL, staff, EHCP_ERROR_NOT_ALLOWED, NULL);
  assert_error (f, &f->manager, NULL, staff, EHCP_ERROR_NOT_FOUND, "/case");
  assert_error (f, &f->priya, NULL, own, EHCP_ERROR_NOT_ALLOWED, NULL);
  assert_error (f, &f->helen, NULL, own, EHCP_ERROR_NOT_FOUND, "/code");
}

static void
test_repeated (CouncilFixture *f, gconstpointer data)
{
  static const char id[] = "11111111-1111-4111-8111-111111111111";
  static const char body[] = "{'kind':'case.open','child_forename':'Isla','child_surname':'Marlow',"
                             "'date_of_birth':'2018-03-14','received':'2026-09-07'}";
  static const char same[] = "{ 'received':'2026-09-07', 'child_surname':'Marlow',\n"
                             "'date_of_birth':'2018-03-14','kind':'case.open','child_forename':'Isla' }";
  g_autoptr (GError) error = NULL;
  g_autofree char *first = council_put (f, &f->priya, id, body, &error);
  g_autofree char *second = council_put (f, &f->priya, id, body, &error);
  g_autofree char *third = council_put (f, &f->priya, id, same, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, ==, third);
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM receipt"), ==, 1);
  g_assert_cmpuint (council_count (f, EHCP_KIND_EVENT, id), ==, 1);
}

static void
test_conflict (CouncilFixture *f, gconstpointer data)
{
  static const char id[] = "11111111-1111-4111-8111-111111111111";
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *note = g_strdup_printf ("{'kind':'note.add','case':'%s','text':'one'}", case_id);
  g_autofree char *other = g_strdup_printf ("{'kind':'note.add','case':'%s','text':'two'}", case_id);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) record = NULL;

  answer = council_put (f, &f->priya, id, note, &error);
  g_assert_no_error (error);
  assert_error (f, &f->priya, id, other, EHCP_ERROR_CONFLICT, NULL);
  /* Somebody else's id: the same refusal, whether or not the body is the same. */
  assert_error (f, &f->manager, id, note, EHCP_ERROR_CONFLICT, NULL);
  assert_error (f, &f->omar, id, other, EHCP_ERROR_CONFLICT, NULL);
  /* An id that a record has and no command had. */
  record = council_find_where (f, EHCP_KIND_EVENT, "what", "request-received");
  assert_error (f, &f->priya, ehcp_record_get_id (record), note, EHCP_ERROR_CONFLICT, NULL);
  g_assert_cmpuint (council_count (f, EHCP_KIND_NOTE, case_id), ==, 1);
}

/* A refused command leaves nothing behind, and its id may be used again. */
static void
test_refused_then_sent (CouncilFixture *f, gconstpointer data)
{
  static const char id[] = "11111111-1111-4111-8111-111111111111";
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *wrong = g_strdup_printf ("{'kind':'event.record','case':'%s','what':'assess-decided',"
                                            "'date':'2026-12-24'}",
                                            case_id);
  g_autofree char *right = g_strdup_printf ("{'kind':'event.record','case':'%s','what':'assess-decided',"
                                            "'date':'2026-10-12'}",
                                            case_id);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  gint64 n_audit = council_sql (f, "SELECT count (*) FROM audit");

  assert_error (f, &f->priya, id, wrong, EHCP_ERROR_RANGE, "/date");
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM audit"), ==, n_audit);
  answer = council_put (f, &f->priya, id, right, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM audit"), ==, n_audit + 1);
}

static void
test_base (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autoptr (EhcpRecord) before = council_find (f, EHCP_KIND_CASE, case_id);
  gint64 seq = ehcp_record_get_int (before, "seq");
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (EhcpRecord) after = NULL;

  first = council_send (f, &f->priya, NULL,
                        "{'kind':'event.record','case':'%s','base':%d,'what':'assess-decided',"
                        "'date':'2026-10-12','value':'yes'}",
                        case_id, (int) seq);
  after = council_find (f, EHCP_KIND_CASE, case_id);
  g_assert_cmpint (ehcp_record_get_int (after, "seq"), >, seq);
  council_refused (f, &f->priya, EHCP_ERROR_STALE, "/base",
                   "{'kind':'event.record','case':'%s','base':%d,'what':'plan-decided',"
                   "'date':'2026-11-12'}",
                   case_id, (int) seq);
}

/* What is not the sender's, is withdrawn, or does not exist answers with the same bytes. */
static void
test_foreign (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *elsewhere = council_open_case (f, "Theo", "2026-09-07");
  g_autofree char *person = council_join (f, elsewhere, &f->david, FALSE);
  g_autoptr (GError) foreign = NULL;
  g_autoptr (GError) absent = NULL;
  g_autofree char *body = g_strdup_printf ("{'kind':'note.add','case':'%s','text':'t'}", case_id);

  council_put (f, &f->omar, NULL, body, &foreign);
  council_put (f, &f->omar, NULL, "{'kind':'note.add','case':'" ABSENT "','text':'t'}", &absent);
  g_assert_error (foreign, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_assert_cmpstr (foreign->message, ==, absent->message);
  g_assert_cmpstr (ehcp_error_get_field (foreign), ==, ehcp_error_get_field (absent));

  /* Of another case of the same caseworker. */
  council_refused (f, &f->priya, EHCP_ERROR_NOT_FOUND, "/person",
                   "{'kind':'access.withdraw','case':'%s','person':'%s'}", case_id, person);
  council_refused (f, &f->david, EHCP_ERROR_NOT_FOUND, "/case",
                   "{'kind':'message.read','case':'%s','message':'" ABSENT "'}", case_id);
  council_refused (f, &f->david, EHCP_ERROR_NOT_FOUND, "/message",
                   "{'kind':'message.read','case':'%s','message':'" ABSENT "'}", elsewhere);
}

static void
test_withdrawn (CouncilFixture *f, gconstpointer data)
{
  static const char id[] = "11111111-1111-4111-8111-111111111111";
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_join (f, case_id, &f->helen, FALSE);
  g_autofree char *body = g_strdup_printf ("{'kind':'message.send','case':'%s','message_type':'Appointment',"
                                           "'subject':'s','text':'t','composed_at':'2026-11-24T10:00:00Z'}",
                                           case_id);
  g_autoptr (JsonObject) withdrawn = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = council_put (f, &f->helen, id, body, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  withdrawn = council_send (f, &f->priya, NULL, "{'kind':'access.withdraw','case':'%s','person':'%s'}",
                            case_id, person);
  council_refused (f, &f->helen, EHCP_ERROR_NOT_FOUND, "/case", "%s", body);
  /* What had arrived has arrived: a lost answer is repeated. */
  again = council_put (f, &f->helen, id, body, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, again);
}

static void
test_audit (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (f->council, &error);
  guint64 before, after;

  g_assert_true (ehcp_audit_verify (db, &before, &error));
  result = council_send (f, &f->priya, NULL, "{'kind':'note.add','case':'%s','text':'t'}", case_id);
  g_assert_true (ehcp_audit_verify (db, &after, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (after, ==, before + 1);
}

/* The state of the answer: a feed from there has nothing new, one from before has the effect. */
static void
test_state (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *body = g_strdup_printf ("{'kind':'note.add','case':'%s','text':'rang'}", case_id);
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (f->council, &error);
  g_autofree char *first = council_put (f, &f->priya, NULL, body, &error);
  g_autofree char *second = council_put (f, &f->priya, NULL, body, &error);
  g_autoptr (JsonObject) before = ehcp_json_parse_object (first, strlen (first), G_MAXSSIZE, &error);
  g_autoptr (JsonObject) after = ehcp_json_parse_object (second, strlen (second), G_MAXSSIZE, &error);
  g_autofree char *news = NULL;
  g_autofree char *nothing = NULL;
  gboolean has_news;

  news = ehcp_feed_read (f->council, db, &f->priya, ehcp_json_get_text (before, "state"), 500, &has_news,
                         &error);
  g_assert_no_error (error);
  g_assert_true (has_news);
  g_assert_nonnull (strstr (news, ehcp_json_get_text (after, "id")));
  g_assert_null (strstr (news, ehcp_json_get_text (before, "id")));
  nothing = ehcp_feed_read (f->council, db, &f->priya, ehcp_json_get_text (after, "state"), 500, &has_news,
                            &error);
  g_assert_no_error (error);
  g_assert_false (has_news);
}

#define N_THREADS 6
#define N_NOTES 20

typedef struct
{
  CouncilFixture *f;
  const char *case_id;
  char **ids; /* the same for all threads */
} Crowd;

static gpointer
send_notes (gpointer data)
{
  Crowd *crowd = data;

  for (guint i = 0; i < N_NOTES; i++)
    {
      g_autofree char *body = g_strdup_printf ("{'kind':'note.add','case':'%s','text':'note %u'}",
                                               crowd->case_id, i);
      g_autofree char *answer = NULL;
      g_autoptr (GError) error = NULL;

      answer = council_put (crowd->f, &crowd->f->priya, crowd->ids[i], body, &error);
      g_assert_no_error (error);
      g_assert_nonnull (answer);
    }
  return NULL;
}

/* A program that lost its answers sends again while the first sending is still in the queue. */
static void
test_crowd (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_auto (GStrv) ids = g_new0 (char *, N_NOTES + 1);
  Crowd crowd = { f, case_id, ids };
  GThread *threads[N_THREADS];
  gint64 n_audit = council_sql (f, "SELECT count (*) FROM audit");

  for (guint i = 0; i < N_NOTES; i++)
    ids[i] = ehcp_text_new_id ();
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("crowd", send_notes, &crowd);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (council_count (f, EHCP_KIND_NOTE, case_id), ==, N_NOTES);
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM audit"), ==, n_audit + N_NOTES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/command" path, CouncilFixture, NULL, council_fixture_set_up, test, \
              council_fixture_tear_down)
  ADD ("/malformed", test_malformed);
  ADD ("/size", test_size);
  ADD ("/policy", test_policy);
  ADD ("/repeated", test_repeated);
  ADD ("/conflict", test_conflict);
  ADD ("/refused-then-sent", test_refused_then_sent);
  ADD ("/base", test_base);
  ADD ("/foreign", test_foreign);
  ADD ("/withdrawn", test_withdrawn);
  ADD ("/audit", test_audit);
  ADD ("/state", test_state);
  ADD ("/crowd", test_crowd);
  return g_test_run ();
}
