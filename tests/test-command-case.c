/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and allocating cases, events, corrections, notes, and the deadlines that follow. */
#include "council-fixture.h"

#include "ehcp-deadlines.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

#define DAY_S (24 * 60 * 60)

static void
assert_warning (JsonObject *result, const char *warning)
{
  JsonArray *warnings = ehcp_json_get_array (result, "warnings");

  if (warning == NULL)
    {
      g_assert_null (warnings);
      return;
    }
  g_assert_nonnull (warnings);
  g_assert_cmpuint (json_array_get_length (warnings), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (warnings, 0), ==, warning);
}

/* Returns the event's id. */
static char *
record (CouncilFixture *f, const char *case_id, const char *what, const char *date, const char *value,
        const char *warning)
{
  char *id = ehcp_text_new_id ();
  g_autofree char *more = value != NULL ? g_strdup_printf (",'value':'%s'", value) : g_strdup ("");
  g_autoptr (JsonObject) result = NULL;

  result = council_send (f, &f->priya, id,
                         "{'kind':'event.record','case':'%s','what':'%s','date':'%s'%s}", case_id, what,
                         date, more);
  assert_warning (result, warning);
  return id;
}

static EhcpRecord *
find_deadline (CouncilFixture *f, const char *case_id, const char *rule, const char *about)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (f->council, &error);
  g_autoptr (GPtrArray) list = ehcp_store_list (db, EHCP_KIND_DEADLINE, case_id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (ehcp_record_get_text (list->pdata[i], "rule"), rule) &&
        g_strcmp0 (ehcp_record_get_text (list->pdata[i], "about"), about) == 0)
      return g_object_ref (list->pdata[i]);
  return NULL;
}

static void
assert_deadline (CouncilFixture *f, const char *case_id, const char *rule, const char *about,
                 const char *due, const char *state)
{
  g_autoptr (EhcpRecord) deadline = find_deadline (f, case_id, rule, about);
  char text[EHCP_DATE_LENGTH + 1];

  g_assert_nonnull (deadline);
  g_assert_cmpstr (ehcp_date_format (ehcp_record_get_date (deadline, "due"), text), ==, due);
  g_assert_cmpstr (ehcp_record_get_text (deadline, "state"), ==, state);
  g_assert_cmpstr (ehcp_record_get_text (deadline, "audience"), ==, "adults");
}

static void
assert_stage (CouncilFixture *f, const char *case_id, const char *stage, const char *status)
{
  g_autoptr (EhcpRecord) record_of_case = council_find (f, EHCP_KIND_CASE, case_id);

  g_assert_cmpstr (ehcp_record_get_text (record_of_case, "stage"), ==, stage);
  g_assert_cmpstr (ehcp_record_get_text (record_of_case, "status"), ==, status);
}

static void
test_open (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *second = council_open_case (f, "Theo", "2026-09-07");
  g_autoptr (EhcpRecord) opened = council_find (f, EHCP_KIND_CASE, id);
  g_autoptr (EhcpRecord) later = council_find (f, EHCP_KIND_CASE, second);
  g_autoptr (EhcpRecord) event = council_first (f, EHCP_KIND_EVENT, id);

  g_assert_cmpstr (ehcp_record_get_text (opened, "reference"), ==, "WY-2026-00001");
  g_assert_cmpstr (ehcp_record_get_text (later, "reference"), ==, "WY-2026-00002");
  g_assert_cmpstr (ehcp_record_get_text (opened, "child_forename"), ==, "Isla");
  g_assert_cmpstr (ehcp_record_get_text (event, "what"), ==, "request-received");
  g_assert_cmpstr (ehcp_record_get_text (event, "entered_by"), ==, "Priya Nair");
  assert_stage (f, id, "assess", "open");
  assert_deadline (f, id, "assess-decision", NULL, "2026-10-19", "late");
  assert_deadline (f, id, "final-plan", NULL, "2027-01-25", "due");
  g_assert_true (council_sees (f, &f->priya, EHCP_KIND_CASE, id));
  g_assert_true (council_sees (f, &f->manager, EHCP_KIND_CASE, id));
  g_assert_false (council_sees (f, &f->omar, EHCP_KIND_CASE, id));
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_CASE, id));
  g_assert_false (council_sees (f, &f->admin, EHCP_KIND_CASE, id));
}

static void
test_open_refused (CouncilFixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'case.open','child_forename':'Isla','child_surname':'Marlow',"
                               "'date_of_birth':'%s','received':'%s'%s}";
  g_autoptr (JsonObject) by_hand = NULL;

#define REFUSED(code, field, ...) council_refused (f, &f->priya, code, field, format, __VA_ARGS__)
  REFUSED (EHCP_ERROR_RANGE, "/received", "2018-03-14", "2026-11-25", "");
  REFUSED (EHCP_ERROR_RANGE, "/date_of_birth", "2026-11-25", "2026-11-24", "");
  REFUSED (EHCP_ERROR_RANGE, "/received", "2018-03-14", "2018-03-13", "");
  REFUSED (EHCP_ERROR_MALFORMED, "/received", "2018-03-14", "2026-02-30", "");
  by_hand = council_send (f, &f->priya, NULL, format, "2018-03-14", "2026-11-24",
                          ",'reference':'WY-2026-00001'");
  g_assert_cmpstr (ehcp_json_get_text (by_hand, "reference"), ==, "WY-2026-00001");
  REFUSED (EHCP_ERROR_CONFLICT, "/reference", "2018-03-14", "2026-11-24", ",'reference':'WY-2026-00001'");
#undef REFUSED
  {
    /* The council's own numbers pass over one that was given by hand. */
    g_autofree char *next = council_open_case (f, "Theo", "2026-11-24");
    g_autoptr (EhcpRecord) opened = council_find (f, EHCP_KIND_CASE, next);

    g_assert_cmpstr (ehcp_record_get_text (opened, "reference"), ==, "WY-2026-00002");
  }
}

static void
test_allocate (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) allocated = NULL;

  council_refused (f, &f->priya, EHCP_ERROR_NOT_FOUND, "/caseworker",
                   "{'kind':'case.allocate','case':'%s','caseworker':'%s'}", id, f->helen.account);
  council_refused (f, &f->priya, EHCP_ERROR_NOT_FOUND, "/caseworker",
                   "{'kind':'case.allocate','case':'%s','caseworker':'%s'}", id, id);
  result = council_send (f, &f->manager, NULL, "{'kind':'case.allocate','case':'%s','caseworker':'%s'}",
                         id, f->omar.account);
  allocated = council_find (f, EHCP_KIND_CASE, id);
  g_assert_cmpstr (ehcp_record_get_text (allocated, "caseworker"), ==, f->omar.account);
  g_assert_cmpstr (ehcp_record_get_text (allocated, "caseworker_name"), ==, "Omar Aziz");
  g_assert_cmpstr (ehcp_record_get_text (allocated, "caseworker_telephone"), ==, "01632 960 400");
  g_assert_cmpstr (ehcp_record_get_text (allocated, "caseworker_email"), ==,
                   "omar.aziz@wyreshire.example");
  g_assert_true (council_sees (f, &f->omar, EHCP_KIND_CASE, id));
  /* What somebody has is for the manager to give to another. */
  council_refused (f, &f->omar, EHCP_ERROR_CONFLICT, "/caseworker",
                   "{'kind':'case.allocate','case':'%s','caseworker':'%s'}", id, f->priya.account);
}

static void
test_events (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-07-27");
  g_autofree char *decided = record (f, id, "assess-decided", "2026-09-04", "yes", NULL);
  g_autofree char *asked = record (f, id, "advice-asked", "2026-09-07", "School", NULL);
  g_autofree char *other = record (f, id, "advice-asked", "2026-09-07", "Social care", NULL);
  g_autofree char *in = record (f, id, "advice-received", "2026-10-01", "School", NULL);

  assert_stage (f, id, "advice", "open");
  assert_deadline (f, id, "assess-decision", NULL, "2026-09-07", "met");
  assert_deadline (f, id, "advice", "School", "2026-10-19", "met");
  assert_deadline (f, id, "advice", "Social care", "2026-10-19", "late");
  g_assert_true (council_sees (f, &f->priya, EHCP_KIND_EVENT, in));
}

static void
test_event_refused (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  static const struct
  {
    const char *members;
    EhcpError code;
    const char *field;
  } cases[] = {
    { "'what':'lunch','date':'2026-09-08'", EHCP_ERROR_RANGE, "/what" },
    { "'what':'void','date':'2026-09-08'", EHCP_ERROR_RANGE, "/what" },
    { "'what':'assess-decided','date':'2026-11-25'", EHCP_ERROR_RANGE, "/date" },
    { "'what':'assess-decided','date':'2026-09-06'", EHCP_ERROR_RANGE, "/date" },
    { "'what':'review-meeting','date':'2029-01-01'", EHCP_ERROR_RANGE, "/date" },
    { "'what':'birth','date':'2018-03-13'", EHCP_ERROR_RANGE, "/date" },
    { "'what':'assess-decided','date':'2026-10-01','value':'perhaps'", EHCP_ERROR_RANGE, "/value" },
    { "'what':'order','date':'2026-10-01'", EHCP_ERROR_MISSING, "/value" },
    { "'what':'closure','date':'2026-10-01','until':'2026-09-30'", EHCP_ERROR_RANGE, "/until" },
    { "'what':'exemption','date':'2026-10-01','note':'n'", EHCP_ERROR_MISSING, "/value" },
    { "'what':'exemption','date':'2026-10-01','value':'final-plan'", EHCP_ERROR_MISSING, "/note" },
    { "'what':'exemption','date':'2026-10-01','value':'draft-comments','note':'n'", EHCP_ERROR_RANGE,
      "/value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    council_refused (f, &f->priya, cases[i].code, cases[i].field, "{'kind':'event.record','case':'%s',%s}",
                     id, cases[i].members);
  g_assert_cmpuint (council_count (f, EHCP_KIND_EVENT, id), ==, 1);
}

static void
test_warnings (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-06-01");
  g_autofree char *a = record (f, id, "advice-received", "2026-08-01", "School", "advice-not-asked");
  g_autofree char *b = record (f, id, "school-answered", "2026-08-01", "Hill", "school-not-consulted");
  g_autofree char *c = record (f, id, "assess-decided", "2026-07-01", "yes", NULL);
  g_autofree char *d = record (f, id, "assess-decided", "2026-07-01", "yes", "entered-before");
  g_autofree char *e = record (f, id, "draft-comments-received", "2026-08-30", NULL, "draft-not-served");
  g_autofree char *g = record (f, id, "draft-served", "2026-09-10", NULL, NULL);
  g_autofree char *h = record (f, id, "final-issued", "2026-09-24", NULL, "final-within-15-days");
  g_autofree char *i = record (f, id, "draft-served", "2026-10-10", NULL, "draft-after-final");
}

static void
test_final_without_draft (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-06-01");
  g_autofree char *final = record (f, id, "final-issued", "2026-10-19", NULL, "draft-not-served");

  assert_stage (f, id, "final", "open");
  assert_deadline (f, id, "final-plan", NULL, "2026-10-19", "met");
  /* A plan that was issued was made: the year of the review begins. */
  assert_deadline (f, id, "review-year", NULL, "2027-10-18", "due");
}

/* A meeting that is planned: the invitations are due two weeks before it. */
static void
test_planned (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2025-06-01");
  g_autofree char *draft = record (f, id, "draft-served", "2025-09-10", NULL, NULL);
  g_autofree char *final = record (f, id, "final-issued", "2025-10-10", NULL, NULL);
  g_autofree char *meeting = record (f, id, "review-meeting", "2026-12-15", NULL, NULL);

  assert_stage (f, id, "review", "open");
  assert_deadline (f, id, "review-notice", NULL, "2026-12-01", "due");
}

static void
test_ended (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *no = record (f, id, "assess-decided", "2026-10-12", "no", NULL);

  assert_stage (f, id, "ended", "closed");
  assert_deadline (f, id, "final-plan", NULL, "2027-01-25", "lapsed");
  /* The rights that a refusal brings, though nobody entered the letter. */
  assert_deadline (f, id, "mediation-contact", NULL, "2026-12-12", "due");
  assert_deadline (f, id, "appeal", NULL, "2026-12-14", "due");
  {
    g_autofree char *order = record (f, id, "order", "2026-11-20", "assess", NULL);

    assert_stage (f, id, "assess", "open");
    assert_deadline (f, id, "order-assess", NULL, "2026-12-04", "due");
  }
}

/* The letter went out a day later than the decision: that is the day that counts, under the same id. */
static void
test_decision_sent (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *no = record (f, id, "assess-decided", "2026-10-12", "no", NULL);
  g_autoptr (EhcpRecord) before = find_deadline (f, id, "appeal", NULL);
  g_autofree char *sent = record (f, id, "decision-sent", "2026-10-13", NULL, NULL);
  g_autoptr (EhcpRecord) after = find_deadline (f, id, "appeal", NULL);
  guint n = council_count (f, EHCP_KIND_DEADLINE, id);

  g_assert_cmpstr (ehcp_record_get_id (before), ==, ehcp_record_get_id (after));
  assert_deadline (f, id, "mediation-contact", NULL, "2026-12-13", "due");
  {
    g_autofree char *told = record (f, id, "appeal-sent", "2026-11-02", NULL, NULL);

    assert_deadline (f, id, "appeal", NULL, "2026-12-14", "met");
    assert_deadline (f, id, "mediation-contact", NULL, "2026-12-13", "lapsed");
    g_assert_cmpuint (council_count (f, EHCP_KIND_DEADLINE, id), ==, n + 1);
  }
}

static void
test_exemption (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-06-01");
  g_autoptr (EhcpRecord) deadline = NULL;
  g_autoptr (JsonObject) result = NULL;

  assert_deadline (f, id, "final-plan", NULL, "2026-10-19", "late");
  result = council_send (f, &f->priya, NULL,
                         "{'kind':'event.record','case':'%s','what':'exemption','date':'2026-08-01',"
                         "'until':'2026-08-31','value':'final-plan','note':'Away for five weeks.'}",
                         id);
  deadline = find_deadline (f, id, "final-plan", NULL);
  g_assert_cmpstr (ehcp_record_get_text (deadline, "state"), ==, "excused");
  g_assert_cmpstr (ehcp_record_get_text (deadline, "ground"), ==, "Away for five weeks.");
}

/* A ground that does not apply is refused with the reason; the words of one that does are the deadline's. */
static void
test_grounds (CouncilFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *value, *date, *until, *words;
  } cases[] = {
    { "final-plan school-closed", "2026-07-22", "2026-08-18", "shorter than 4 weeks" },
    { "final-plan school-closed", "2026-07-22", "2026-09-02", "head was not asked between" },
    { "final-plan appointment", "2026-07-22", "2026-07-22", "not excuse from this limit on this ground" },
    { "final-plan absence", "2026-07-22", "2026-08-17", "absence was shorter" },
    { "final-plan personal", "2026-10-20", "2026-10-21", "outside the time" },
    { "reassess-final personal", "2026-07-22", "2026-07-23", "not running" },
    { "draft-comments personal", "2026-07-22", "2026-07-23", "no exemption" },
    { "final-planx personal", "2026-07-22", "2026-07-23", "no limit of this name" },
  };
  static const char format[] = "{'kind':'event.record','case':'%s','what':'exemption','value':'%s','date':'%s',"
                               "'until':'%s','note':'n'}";
  g_autofree char *id = council_open_case (f, "Isla", "2026-06-01");
  g_autofree char *asked = record (f, id, "head-asked", "2026-07-10", NULL, NULL);
  g_autoptr (JsonObject) result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strdup_printf (format, id, cases[i].value, cases[i].date, cases[i].until);
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = council_put (f, &f->priya, NULL, body, &error);

      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_RANGE);
      g_assert_cmpstr (ehcp_error_get_field (error), ==, "/value");
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (answer);
    }
  assert_deadline (f, id, "final-plan", NULL, "2026-10-19", "late");
  result = council_send (f, &f->priya, NULL, format, id, "final-plan absence", "2026-07-22", "2026-08-18");
  assert_deadline (f, id, "final-plan", NULL, "2026-10-19", "excused");
  assert_deadline (f, id, "no-plan-decision", NULL, "2026-09-21", "late");
}

/* The family was told of a day for its comments: it may become later, never earlier. */
static void
test_service (CouncilFixture *f, gconstpointer data)
{
  static const char correct[] = "{'kind':'event.correct','case':'%s','corrects':'%s','what':'draft-served',"
                                "'date':'%s','value':'post','note':'n'}";
  g_autofree char *id = council_open_case (f, "Isla", "2026-07-01");
  g_autofree char *served = record (f, id, "draft-served", "2026-11-16", "email", NULL);
  g_autofree char *later = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) event = NULL;

  assert_deadline (f, id, "draft-comments", NULL, "2026-11-30", "due");
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/date", correct, id, served, "2026-11-15");
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/date",
                   "{'kind':'event.record','case':'%s','what':'draft-served','date':'2026-11-15'}", id);
  council_refused (f, &f->priya, EHCP_ERROR_RANGE, "/value",
                   "{'kind':'event.record','case':'%s','what':'draft-served','date':'2026-11-18','value':'owl'}", id);
  assert_deadline (f, id, "draft-comments", NULL, "2026-11-30", "due");
  later = ehcp_text_new_id ();
  result = council_send (f, &f->priya, later, correct, id, served, "2026-11-18");
  assert_deadline (f, id, "draft-comments", NULL, "2026-12-02", "due");
  event = council_find (f, EHCP_KIND_EVENT, later);
  g_assert_cmpstr (ehcp_record_get_text (event, "value"), ==, "post");
  g_assert_cmpstr (ehcp_record_get_text (event, "entered_by"), ==, "Priya Nair");
}

/* A corrected day moves the deadline under its own id; only what changed gets a new number. */
static void
test_correct (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autoptr (EhcpRecord) request = council_find_where (f, EHCP_KIND_EVENT, "what", "request-received");
  g_autoptr (EhcpRecord) before = find_deadline (f, id, "final-plan", NULL);
  g_autoptr (EhcpRecord) after = NULL;
  g_autoptr (JsonObject) result = NULL;
  guint n = council_count (f, EHCP_KIND_DEADLINE, id);

  result = council_send (f, &f->priya, NULL,
                         "{'kind':'event.correct','case':'%s','corrects':'%s','what':'request-received',"
                         "'date':'2026-10-19','note':'It came to another office.'}",
                         id, ehcp_record_get_id (request));
  after = find_deadline (f, id, "final-plan", NULL);
  g_assert_cmpstr (ehcp_record_get_id (before), ==, ehcp_record_get_id (after));
  assert_deadline (f, id, "final-plan", NULL, "2027-03-08", "due");
  g_assert_cmpuint (council_count (f, EHCP_KIND_DEADLINE, id), ==, n);
  g_assert_cmpuint (council_count (f, EHCP_KIND_EVENT, id), ==, 2);
  council_refused (f, &f->priya, EHCP_ERROR_CONFLICT, "/corrects",
                   "{'kind':'event.correct','case':'%s','corrects':'%s','what':'request-received',"
                   "'date':'2026-10-20','note':'Once more.'}",
                   id, ehcp_record_get_id (request));
}

static void
test_void (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *asked = record (f, id, "advice-asked", "2026-10-12", "School", NULL);
  g_autoptr (EhcpRecord) request = council_find_where (f, EHCP_KIND_EVENT, "what", "request-received");
  g_autoptr (EhcpRecord) none = NULL;
  g_autoptr (JsonObject) result = NULL;

  assert_deadline (f, id, "advice", "School", "2026-11-23", "late");
  result = council_send (f, &f->priya, NULL,
                         "{'kind':'event.correct','case':'%s','corrects':'%s','what':'void',"
                         "'date':'2026-10-12','note':'Entered on the wrong case.'}",
                         id, asked);
  none = find_deadline (f, id, "advice", "School");
  g_assert_null (none);
  council_refused (f, &f->priya, EHCP_ERROR_CONFLICT, "/what",
                   "{'kind':'event.correct','case':'%s','corrects':'%s','what':'void',"
                   "'date':'2026-10-12','note':'Gone.'}",
                   id, ehcp_record_get_id (request));
}

/* Two advisers: a further entry about one leaves the other's deadline alone. */
static void
test_unchanged (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *a = record (f, id, "advice-asked", "2026-10-12", "School", NULL);
  g_autofree char *b = record (f, id, "advice-asked", "2026-10-13", "Social care", NULL);
  g_autoptr (EhcpRecord) before = find_deadline (f, id, "advice", "School");
  g_autofree char *c = record (f, id, "advice-received", "2026-11-01", "Social care", NULL);
  g_autoptr (EhcpRecord) after = find_deadline (f, id, "advice", "School");

  g_assert_cmpint (ehcp_record_get_int (before, "seq"), ==, ehcp_record_get_int (after, "seq"));
}

static void
test_new_day (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *id = council_open_case (f, "Isla", "2026-10-13");
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) final = NULL;
  g_autoptr (EhcpRecord) same = NULL;

  assert_deadline (f, id, "assess-decision", NULL, COUNCIL_TODAY, "due");
  final = find_deadline (f, id, "final-plan", NULL);
  g_assert_true (ehcp_deadlines_update_all (f->council, &error));
  assert_deadline (f, id, "assess-decision", NULL, COUNCIL_TODAY, "due");
  ehcp_clock_advance (f->clock, DAY_S);
  g_assert_true (ehcp_deadlines_update_all (f->council, &error));
  g_assert_no_error (error);
  assert_deadline (f, id, "assess-decision", NULL, COUNCIL_TODAY, "late");
  same = find_deadline (f, id, "final-plan", NULL);
  g_assert_cmpint (ehcp_record_get_int (final, "seq"), ==, ehcp_record_get_int (same, "seq"));
}

static void
test_note (CouncilFixture *f, gconstpointer data)
{
  static const char id[] = "11111111-1111-4111-8111-111111111111";
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_join (f, case_id, &f->helen, FALSE);
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) note = NULL;

  result = council_send (f, &f->priya, id, "{'kind':'note.add','case':'%s','text':'Rang the school.'}",
                         case_id);
  note = council_find (f, EHCP_KIND_NOTE, id);
  g_assert_cmpstr (ehcp_record_get_text (note, "author"), ==, "Priya Nair");
  g_assert_true (council_sees (f, &f->manager, EHCP_KIND_NOTE, id));
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_NOTE, id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/command/case" path, CouncilFixture, NULL, council_fixture_set_up, test, \
              council_fixture_tear_down)
  ADD ("/open", test_open);
  ADD ("/open-refused", test_open_refused);
  ADD ("/allocate", test_allocate);
  ADD ("/events", test_events);
  ADD ("/event-refused", test_event_refused);
  ADD ("/warnings", test_warnings);
  ADD ("/final-without-draft", test_final_without_draft);
  ADD ("/planned", test_planned);
  ADD ("/ended", test_ended);
  ADD ("/decision-sent", test_decision_sent);
  ADD ("/exemption", test_exemption);
  ADD ("/grounds", test_grounds);
  ADD ("/service", test_service);
  ADD ("/correct", test_correct);
  ADD ("/void", test_void);
  ADD ("/unchanged", test_unchanged);
  ADD ("/new-day", test_new_day);
  ADD ("/note", test_note);
  return g_test_run ();
}
