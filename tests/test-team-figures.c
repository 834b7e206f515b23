/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The team view's numbers, the yearly return and CSV, against cases that were counted by hand. */
#include <string.h>

#include "ehcp-csv.h"
#include "ehcp-kinds.h"
#include "ehcp-team-figures.h"
#include "ehcp-text.h"
#include "ehcp-yearly-return.h"

#define TODAY "2026-11-24" /* a Tuesday */

typedef struct
{
  GListStore *cases, *deadlines, *events;
  guint n_ids;
} Book;

static EhcpRecord *
make (Book *book, EhcpKind kind, const char *case_id)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));
  g_autofree char *id = g_strdup_printf ("10000000-0000-4000-8000-%012u", ++book->n_ids);

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "case", case_id);
  ehcp_record_set_int (record, "seq", book->n_ids);
  return record;
}

static void
add_case (Book *book, const char *id, const char *surname, const char *caseworker, const char *status)
{
  g_autoptr (EhcpRecord) child = make (book, EHCP_KIND_CASE, id);

  ehcp_record_set_text (child, "id", id);
  ehcp_record_set_text (child, "reference", id);
  ehcp_record_set_text (child, "child_forename", "Ada");
  ehcp_record_set_text (child, "child_surname", surname);
  ehcp_record_set_date (child, "date_of_birth", ehcp_date_parse ("2018-02-03"));
  ehcp_record_set_text (child, "stage", g_str_equal (status, "open") ? "advice" : "ended");
  ehcp_record_set_text (child, "status", status);
  if (caseworker != NULL)
    {
      ehcp_record_set_text (child, "caseworker", caseworker);
      ehcp_record_set_text (child, "caseworker_name", caseworker);
    }
  g_list_store_append (book->cases, child);
}

static void
add_deadline (Book *book, const char *case_id, const char *rule, const char *from, const char *due,
              const char *state, const char *met_on)
{
  g_autoptr (EhcpRecord) deadline = make (book, EHCP_KIND_DEADLINE, case_id);

  ehcp_record_set_text (deadline, "rule", rule);
  ehcp_record_set_text (deadline, "state", state);
  ehcp_record_set_text (deadline, "actor", g_str_equal (rule, "advice") ? "adviser" : "council");
  ehcp_record_set_text (deadline, "trigger", "request-received");
  ehcp_record_set_date (deadline, "trigger_date", ehcp_date_parse (from));
  ehcp_record_set_date (deadline, "due", ehcp_date_parse (due));
  if (met_on != NULL)
    ehcp_record_set_date (deadline, "met_on", ehcp_date_parse (met_on));
  g_list_store_append (book->deadlines, deadline);
}

static EhcpRecord *
add_event (Book *book, const char *case_id, const char *what, const char *day, const char *value,
           const char *note)
{
  g_autoptr (EhcpRecord) event = make (book, EHCP_KIND_EVENT, case_id);

  ehcp_record_set_text (event, "what", what);
  ehcp_record_set_date (event, "date", ehcp_date_parse (day));
  ehcp_record_set_text (event, "value", value);
  ehcp_record_set_text (event, "note", note);
  ehcp_record_set_text (event, "entered_at", "2026-11-01T09:00:00Z");
  g_list_store_append (book->events, event);
  return event;
}

static void
set_up (Book *book)
{
  *book = (Book){ g_list_store_new (EHCP_TYPE_RECORD), g_list_store_new (EHCP_TYPE_RECORD),
                  g_list_store_new (EHCP_TYPE_RECORD), 0 };
}

static void
tear_down (Book *book)
{
  g_clear_object (&book->cases);
  g_clear_object (&book->deadlines);
  g_clear_object (&book->events);
}

static EhcpTeamFigures *
count (Book *book)
{
  return ehcp_team_figures_new (G_LIST_MODEL (book->cases), G_LIST_MODEL (book->deadlines),
                                ehcp_date_parse (TODAY));
}

static void
test_nothing (void)
{
  Book book;
  g_autoptr (EhcpTeamFigures) figures = NULL;

  set_up (&book);
  figures = count (&book);
  g_assert_cmpuint (figures->n_open, ==, 0);
  g_assert_cmpuint (figures->loads->len, ==, 0);
  g_assert_cmpint (ehcp_team_month_share (&figures->months[5], TRUE), ==, -1);
  tear_down (&book);
}

/* A day counts as due up to and with its last, as late from the next one on. */
static void
test_due_and_late (void)
{
  Book book;
  g_autoptr (EhcpTeamFigures) figures = NULL;

  set_up (&book);
  add_case (&book, "a", "Ash", "Priya", "open");
  add_case (&book, "b", "Birch", "Daniel", "open");
  add_case (&book, "c", "Cedar", NULL, "open");
  add_case (&book, "d", "Damson", "Daniel", "closed");
  add_deadline (&book, "a", "final-plan", "2026-07-06", "2026-11-23", "due", NULL);      /* since yesterday */
  add_deadline (&book, "a", "assess-decision", "2026-07-06", "2026-11-24", "due", NULL); /* today */
  add_deadline (&book, "b", "final-plan", "2026-07-14", "2026-12-01", "due", NULL);      /* 7 days */
  add_deadline (&book, "b", "no-plan-decision", "2026-07-14", "2026-12-02", "due", NULL); /* 8: not soon */
  add_deadline (&book, "b", "assess-decision", "2026-07-01", "2026-11-02", "excused", NULL);
  add_deadline (&book, "c", "final-plan", "2026-06-23", "2026-11-10", "late", "2026-11-12"); /* is done */
  add_deadline (&book, "c", "no-plan-decision", "2026-06-23", "2026-11-10", "lapsed", NULL);
  add_deadline (&book, "c", "advice", "2026-06-23", "2026-11-10", "late", NULL);         /* an adviser's */
  add_deadline (&book, "c", "draft-practice", "2026-06-23", "2026-11-10", "late", NULL); /* not law */
  add_deadline (&book, "d", "final-plan", "2026-07-06", "2026-11-23", "late", NULL);     /* closed */
  figures = count (&book);
  g_assert_cmpuint (figures->n_open, ==, 3);
  g_assert_cmpuint (figures->n_unallocated, ==, 1);
  g_assert_cmpuint (figures->n_caseworkers, ==, 2);
  g_assert_cmpuint (figures->n_soon, ==, 2);
  g_assert_cmpuint (figures->n_late, ==, 2);
  g_assert_cmpuint (figures->n_late_excused, ==, 1);

  g_assert_cmpuint (figures->loads->len, ==, 3);
  {
    const EhcpTeamLoad *daniel = figures->loads->pdata[0];
    const EhcpTeamLoad *priya = figures->loads->pdata[1];
    const EhcpTeamLoad *nobody = figures->loads->pdata[2];

    g_assert_cmpstr (daniel->name, ==, "Daniel");
    g_assert_cmpuint (daniel->n_open, ==, 1);
    g_assert_cmpuint (daniel->n_soon, ==, 1);
    g_assert_cmpuint (daniel->n_late, ==, 0); /* the one over its day is excused */
    g_assert_cmpstr (priya->name, ==, "Priya");
    g_assert_cmpuint (priya->n_soon, ==, 1);
    g_assert_cmpuint (priya->n_late, ==, 1);
    g_assert_null (nobody->id);
    g_assert_cmpuint (nobody->n_open, ==, 1);
  }

  /* Late first, then soon, then what is excused. */
  g_assert_cmpuint (figures->tasks->len, ==, 4);
  g_assert_cmpint (((EhcpTeamTask *) figures->tasks->pdata[0])->days_left, ==, -1);
  g_assert_cmpint (((EhcpTeamTask *) figures->tasks->pdata[1])->days_left, ==, 0);
  g_assert_cmpint (((EhcpTeamTask *) figures->tasks->pdata[2])->days_left, ==, 7);
  g_assert_true (((EhcpTeamTask *) figures->tasks->pdata[3])->is_excused);
  tear_down (&book);
}

static void
test_weeks (void)
{
  Book book;
  g_autoptr (EhcpTeamFigures) figures = NULL;
  const EhcpTeamWeek *now;

  set_up (&book);
  add_case (&book, "a", "Ash", "Priya", "open");
  add_deadline (&book, "a", "final-plan", "2026-07-06", "2026-11-23", "due", NULL);  /* Monday of this week */
  add_deadline (&book, "a", "assess-decision", "2026-07-06", "2026-11-29", "due", NULL); /* its Sunday */
  add_deadline (&book, "a", "reassess-final", "2026-07-06", "2026-11-22", "excused", NULL); /* Sunday before */
  add_deadline (&book, "a", "no-plan-decision", "2026-07-06", "2026-11-16", "met", "2026-11-16");
  add_deadline (&book, "a", "amended-final", "2026-07-06", "2026-10-25", "late", NULL); /* before them all */
  add_deadline (&book, "a", "review-year", "2026-07-06", "2027-01-04", "due", NULL);    /* after them all */
  figures = count (&book);
  now = &figures->weeks[EHCP_TEAM_WEEKS_BEFORE];
  g_assert_cmpint (now->monday, ==, ehcp_date_parse ("2026-11-23"));
  g_assert_cmpuint (now->n_late, ==, 1);
  g_assert_cmpuint (now->n_due, ==, 1);
  g_assert_cmpuint (now[-1].n_late, ==, 1);
  g_assert_cmpuint (now[-1].n_excused, ==, 1);
  g_assert_cmpuint (now[-1].n_done, ==, 1);
  g_assert_cmpint (figures->weeks[0].monday, ==, ehcp_date_parse ("2026-10-26"));
  g_assert_cmpuint (figures->weeks[0].n_late, ==, 0);
  g_assert_cmpint (figures->weeks[EHCP_TEAM_N_WEEKS - 1].monday, ==, ehcp_date_parse ("2026-12-21"));
  g_assert_cmpuint (figures->weeks[EHCP_TEAM_N_WEEKS - 1].n_due, ==, 0);
  tear_down (&book);
}

/* November: 4 plans, of which 2 in time; 2 have an exemption, one of them in time all the same. */
static void
test_share (void)
{
  Book book;
  g_autoptr (EhcpTeamFigures) figures = NULL;
  const EhcpTeamMonth *november;

  set_up (&book);
  add_case (&book, "a", "Ash", "Priya", "closed"); /* closed cases count */
  add_deadline (&book, "a", "final-plan", "2026-06-15", "2026-11-02", "met", "2026-11-02");
  add_deadline (&book, "a", "final-plan", "2026-06-15", "2026-11-02", "late", "2026-11-03");
  add_deadline (&book, "a", "final-plan", "2026-06-15", "2026-11-02", "excused", "2026-11-20");
  add_deadline (&book, "a", "final-plan", "2026-06-15", "2026-11-02", "excused", "2026-11-01");
  add_deadline (&book, "a", "final-plan", "2026-06-15", "2026-11-02", "met", "2026-10-31");  /* October */
  add_deadline (&book, "a", "final-plan", "2026-01-05", "2026-05-25", "late", "2026-05-31"); /* too old */
  add_deadline (&book, "a", "final-plan", "2026-07-15", "2026-12-02", "due", NULL);          /* not made */
  figures = count (&book);
  november = &figures->months[EHCP_TEAM_N_MONTHS - 1];
  g_assert_cmpint (november->first, ==, ehcp_date_parse ("2026-11-01"));
  g_assert_cmpint (figures->months[0].first, ==, ehcp_date_parse ("2026-06-01"));
  g_assert_cmpuint (november->n_plans, ==, 4);
  g_assert_cmpuint (november->n_in_time, ==, 2);
  g_assert_cmpint (ehcp_team_month_share (november, TRUE), ==, 50);
  g_assert_cmpint (ehcp_team_month_share (november, FALSE), ==, 50);
  g_assert_cmpuint (november[-1].n_plans, ==, 1);
  g_assert_cmpint (ehcp_team_month_share (&november[-1], TRUE), ==, 100);
  g_assert_cmpint (ehcp_team_month_share (&figures->months[0], TRUE), ==, -1);

  {
    EhcpTeamMonth odd = { 0, 3, 2, 1, 0 };

    g_assert_cmpint (ehcp_team_month_share (&odd, TRUE), ==, 67);
    g_assert_cmpint (ehcp_team_month_share (&odd, FALSE), ==, 100);
  }
  tear_down (&book);
}

static void
test_csv (void)
{
  static const struct
  {
    const char *text, *field;
  } cases[] = {
    { "plain", "plain" }, { "", "" }, { NULL, "" }, { "a,b", "\"a,b\"" },
    { "say \"hello\"", "\"say \"\"hello\"\"\"" }, { "two\nlines", "\"two\nlines\"" },
    { "two\r\nlines", "\"two\r\nlines\"" }, { "=1+1", "\"'=1+1\"" }, { "+44 1632", "\"'+44 1632\"" },
    { "-1", "\"'-1\"" }, { "@SUM(A1)", "\"'@SUM(A1)\"" }, { "\t=1", "\"'\t=1\"" }, { " =1", "\"' =1\"" },
    { "=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"" }, { "a=b", "a=b" }, { "Zoë", "Zoë" },
    { " spaced ", " spaced " },
  };
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      ehcp_csv_add (csv, cases[i].text, TRUE);
      g_assert_cmpstr (csv->str, ==, cases[i].field);
    }
  ehcp_csv_add_line (line, (const char *const[]){ "a", NULL, "c" }, 3);
  g_assert_cmpstr (line->str, ==, "a,,c\r\n");
}

/* Returns the value of a column of a line; fields of these cases hold no commas. */
static char *
get_field (const char *csv, guint n_line, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);
  g_auto (GStrv) head = g_strsplit (lines[0], ",", -1);
  g_auto (GStrv) fields = NULL;

  g_assert_cmpuint (g_strv_length (lines), >, n_line + 1);
  fields = g_strsplit (lines[n_line], ",", -1);
  g_assert_cmpuint (g_strv_length (head), ==, g_strv_length (fields));
  for (guint i = 0; head[i] != NULL; i++)
    if (g_str_equal (head[i], name))
      return g_strdup (fields[i]);
  g_error ("no column %s", name);
}

static void
assert_field (const char *csv, guint n_line, const char *name, const char *value)
{
  g_autofree char *field = get_field (csv, n_line, name);

  g_assert_cmpstr (field, ==, value);
}

static void
test_yearly_return (void)
{
  Book book;
  g_autofree char *csv = NULL;
  EhcpRecord *wrong;

  set_up (&book);
  add_case (&book, "WY-2", "Birch", NULL, "open");
  add_case (&book, "WY-1", "=Ash", "Priya", "open");
  add_event (&book, "WY-1", "request-received", "2025-03-03", NULL, NULL);
  add_event (&book, "WY-1", "assess-decided", "2025-04-10", "no", "School support first");
  add_event (&book, "WY-1", "appeal-sent", "2025-06-01", NULL, NULL);
  add_event (&book, "WY-1", "request-received", "2026-03-02", NULL, NULL);
  wrong = add_event (&book, "WY-1", "assess-decided", "2026-04-20", "no", NULL);
  ehcp_record_set_text (add_event (&book, "WY-1", "assess-decided", "2026-04-09", "yes", NULL), "corrects",
                        ehcp_record_get_id (wrong));
  add_event (&book, "WY-1", "exemption", "2026-07-22", "final-plan school-closed", "Closed for the summer");
  add_event (&book, "WY-1", "plan-decided", "2026-06-20", NULL, NULL);
  add_event (&book, "WY-1", "draft-served", "2026-07-10", "portal", NULL);
  add_event (&book, "WY-1", "final-issued", "2026-07-27", "portal", NULL);
  add_deadline (&book, "WY-1", "assess-decision", "2026-03-02", "2026-04-13", "met", "2026-04-09");
  add_deadline (&book, "WY-1", "final-plan", "2026-03-02", "2026-07-20", "excused", "2026-07-27");
  add_deadline (&book, "WY-1", "final-plan", "2025-03-03", "2025-07-21", "lapsed", NULL);
  add_event (&book, "WY-2", "became-responsible", "2026-09-01", NULL, NULL);
  add_deadline (&book, "WY-2", "assess-decision", "2026-09-01", "2026-10-13", "late", NULL);
  add_deadline (&book, "WY-2", "final-plan", "2026-09-01", "2027-01-19", "due", NULL);
  csv = ehcp_yearly_return_make (G_LIST_MODEL (book.cases), G_LIST_MODEL (book.events),
                                 G_LIST_MODEL (book.deadlines), ehcp_date_parse (TODAY));

  /* By the day of the request; the first one of WY-1 ended with a decision not to assess. */
  assert_field (csv, 1, "reference", "WY-1");
  assert_field (csv, 1, "surname", "\"'=Ash\"");
  assert_field (csv, 1, "request_received", "2025-03-03");
  assert_field (csv, 1, "request_outcome", "no");
  assert_field (csv, 1, "appeal_sent", "2025-06-01");
  assert_field (csv, 1, "final_plan_date", "");
  assert_field (csv, 1, "plan_within_20_weeks", "");

  assert_field (csv, 2, "request_received", "2026-03-02");
  assert_field (csv, 2, "request_outcome", "yes");
  assert_field (csv, 2, "request_outcome_date", "2026-04-09");
  assert_field (csv, 2, "request_outcome_within_6_weeks", "yes");
  assert_field (csv, 2, "assessment_outcome", "yes");
  assert_field (csv, 2, "assessment_outcome_date", "2026-06-20");
  assert_field (csv, 2, "draft_plan_date", "2026-07-10");
  assert_field (csv, 2, "final_plan_date", "2026-07-27");
  assert_field (csv, 2, "days_from_request_to_plan", "147");
  assert_field (csv, 2, "plan_within_20_weeks", "no");
  assert_field (csv, 2, "final_plan_exemption", "school-closed");
  assert_field (csv, 2, "final_plan_exemption_reason", "Closed for the summer");

  assert_field (csv, 3, "reference", "WY-2");
  assert_field (csv, 3, "request_type", "became responsible");
  assert_field (csv, 3, "request_outcome_within_6_weeks", "no"); /* its day is over */
  assert_field (csv, 3, "plan_within_20_weeks", "");             /* not known yet */
  tear_down (&book);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team-figures/nothing", test_nothing);
  g_test_add_func ("/team-figures/due-and-late", test_due_and_late);
  g_test_add_func ("/team-figures/weeks", test_weeks);
  g_test_add_func ("/team-figures/share", test_share);
  g_test_add_func ("/csv/fields", test_csv);
  g_test_add_func ("/yearly-return/lines", test_yearly_return);
  return g_test_run ();
}
