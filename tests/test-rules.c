/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The law: worked cases computed by hand, the states of a due, the table itself. */
#include "ehcp-rules.h"

#include "test-facts.h"

static const EhcpDue *
find_due (const EhcpDue *dues, guint n_dues, const char *rule)
{
  g_auto (GStrv) names = g_strsplit (rule, "/", 2);
  const EhcpRule *found = ehcp_rule_find (names[0], names[1]);

  for (guint i = 0; i < n_dues; i++)
    if (dues[i].rule == found)
      return &dues[i];
  return NULL;
}

/* The file names only the day of an order; which order it was stands in the rule's name. */
static void
name_order (FactLine *line, const char *rule)
{
  for (guint i = 0; i < line->n_facts; i++)
    if (g_str_equal (line->facts[i].name, "order"))
      line->facts[i].value = rule + strlen ("order-");
}

static void
test_vector (gconstpointer data)
{
  const char *const *columns = data;
  g_auto (GStrv) names = g_strsplit (columns[1], "/", 2);
  g_auto (FactLine) line = { .n_facts = 0 };
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  const EhcpDue *due;
  guint n_dues;

  g_assert_nonnull (ehcp_rule_find (names[0], names[1]));
  line = parse_facts (columns[2]);
  name_order (&line, names[0]);
  n_dues = ehcp_rules_conclude (line.facts, line.n_facts, day ("2026-01-01"), dues,
                                G_N_ELEMENTS (dues));
  due = find_due (dues, n_dues, columns[1]);
  g_assert_nonnull (due);
  assert_day (due->due, columns[3]);
}

static void
add_vectors (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_file_get_contents (TEST_SRCDIR "/golden/law-vectors.csv", &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      GStrv columns = g_strsplit (lines[i], ",", 5);
      g_autofree char *path = g_strdup_printf ("/rules/vectors/%s", columns[0]);

      if (lines[i][0] != '#')
        g_test_add_data_func_full (path, columns, test_vector, (GDestroyNotify) g_strfreev);
      else
        g_strfreev (columns);
    }
}

typedef struct
{
  const char *path;
  const char *facts;
  const char *today;
  const char *rule;
  const char *state;  /* NULL: there must be no such due */
  const char *met_on;
  int days_left;
  int days_late;
} StateCase;

#define REQUEST "request-received=2026-09-07"

static const StateCase state_cases[] = {
  { "no-facts", "", "2026-09-07", "final-plan", NULL },
  { "due", REQUEST, "2026-09-07", "assess-decision", "due", NULL, 42 },
  { "due-on-last-day", REQUEST, "2026-10-19", "assess-decision", "due", NULL, 0 },
  { "late-a-day-after", REQUEST, "2026-10-20", "assess-decision", "late", NULL, 0, 1 },
  { "met", REQUEST ";assess-decided:yes=2026-10-16", "2026-12-01", "assess-decision", "met",
    "2026-10-16" },
  { "met-on-last-day", REQUEST ";assess-decided:no=2026-10-19", "2026-12-01", "assess-decision",
    "met", "2026-10-19" },
  { "met-late", REQUEST ";assess-decided:yes=2026-10-23", "2026-12-01", "assess-decision", "late",
    "2026-10-23", 0, 4 },
  { "first-decision-counts", REQUEST ";assess-decided:yes=2026-10-23;assess-decided:no=2026-10-16",
    "2026-12-01", "assess-decision", "met", "2026-10-16" },
  { "decision-not-recorded", REQUEST ";draft-served=2026-12-14", "2026-12-15", "assess-decision",
    "lapsed" },
  { "responsible", "became-responsible=2026-09-07", "2026-10-20", "assess-decision", "late", NULL,
    0, 1 },
  { "responsible-final", "became-responsible=2026-09-07", "2027-01-24", "final-plan", "due", NULL,
    1 },
  { "earliest-start", REQUEST ";became-responsible=2026-09-01", "2026-10-13", "assess-decision",
    "due", NULL, 0 },
  { "second-request-while-running", REQUEST ";request-received=2026-09-21", "2026-10-20",
    "assess-decision", "late", NULL, 0, 1 },

  { "excused-before", REQUEST ";exemption:final-plan=2026-12-01", "2027-01-01", "final-plan",
    "excused", NULL, 24 },
  { "excused-after", REQUEST ";exemption:final-plan=2026-12-01", "2027-03-01", "final-plan",
    "excused" },
  { "excused-and-done-late", REQUEST ";exemption:final-plan=2026-12-01;final-issued=2027-02-01",
    "2027-03-01", "final-plan", "excused", "2027-02-01" },
  { "excused-and-done-in-time", REQUEST ";exemption:final-plan=2026-12-01;final-issued=2027-01-25",
    "2027-03-01", "final-plan", "met", "2027-01-25" },
  { "excused-another-rule", REQUEST ";exemption:final-plan=2026-12-01", "2027-03-01",
    "no-plan-decision", "late", NULL, 0, 63 },
  { "excused-like-named", REQUEST ";exemption:final-planx=2026-12-01", "2027-03-01", "final-plan",
    "late", NULL, 0, 35 },
  { "no-exemption-for-comments", "draft-served=2026-12-14;exemption:draft-comments=2026-12-15",
    "2026-12-29", "draft-comments", "late", NULL, 0, 1 },
  { "no-exemption-for-practice", REQUEST ";exemption:draft-practice=2026-12-01", "2026-12-15",
    "draft-practice", "late", NULL, 0, 1 },
  { "exempt-part", "order:make-plan=2027-01-11;exemption:order-make-plan/final=2027-02-01",
    "2027-05-01", "order-make-plan/final", "excused" },
  { "exempt-other-part", "order:make-plan=2027-01-11;exemption:order-make-plan/draft=2027-02-01",
    "2027-03-30", "order-make-plan/final", "late", NULL, 0, 1 },
  { "exempt-all-parts", "order:make-plan=2027-01-11;exemption:order-make-plan=2027-02-01",
    "2027-05-01", "order-make-plan/draft", "excused" },

  { "plan-decided", REQUEST ";plan-decided:yes=2026-12-11", "2027-01-01", "no-plan-decision",
    "met", "2026-12-11" },
  { "plan-decided-late", REQUEST ";plan-decided:yes=2026-12-30", "2027-01-01", "no-plan-decision",
    "late", "2026-12-30", 0, 2 },
  { "no-plan", REQUEST ";no-plan-notified=2026-12-28", "2027-01-01", "no-plan-decision", "met",
    "2026-12-28" },
  { "draft-without-decision", REQUEST ";draft-served=2026-12-14", "2026-12-15",
    "no-plan-decision", "lapsed" },
  { "final-without-draft", REQUEST ";final-issued=2026-12-20", "2027-01-01", "draft-practice",
    "lapsed" },
  { "no-assessment-ends-final", REQUEST ";assess-decided:no=2026-10-16", "2027-02-01",
    "final-plan", "lapsed" },
  { "no-assessment-ends-decision", REQUEST ";assess-decided:no=2026-10-16", "2027-02-01",
    "no-plan-decision", "lapsed" },
  { "no-assessment-ends-excused", REQUEST ";exemption:final-plan=2026-10-01;"
    "assess-decided:no=2026-10-16", "2027-02-01", "final-plan", "lapsed" },
  { "no-plan-ends-final", REQUEST ";no-plan-notified=2026-12-11", "2027-02-01", "final-plan",
    "lapsed" },
  { "no-plan-ends-practice", REQUEST ";no-plan-notified=2026-12-11", "2027-02-01",
    "draft-practice", "lapsed" },
  { "no-plan-ends-advice", "advice-asked:health=2026-10-20;no-plan-notified=2026-11-11",
    "2027-02-01", "advice", "lapsed" },
  { "outcome-left-out-goes-on", REQUEST ";assess-decided=2026-10-16", "2027-01-26", "final-plan",
    "late", NULL, 0, 1 },
  { "change-of-mind-binds-again", REQUEST ";assess-decided:no=2026-10-16;"
    "assess-decided:yes=2026-11-16", "2027-01-26", "final-plan", "late", NULL, 0, 1 },
  { "order-brings-its-own", REQUEST ";assess-decided:no=2026-10-16;order:assess=2027-02-01;"
    "assess-decided:yes=2027-02-10;final-issued=2027-05-01", "2027-06-01", "final-plan",
    "lapsed" },
  { "order-met", REQUEST ";assess-decided:no=2026-10-16;order:assess=2027-02-01;"
    "assess-decided:yes=2027-02-10;final-issued=2027-05-01", "2027-06-01", "order-assess/final",
    "met", "2027-05-01" },
  { "order-to-notify", REQUEST ";assess-decided:no=2026-10-16;order:assess=2027-02-01",
    "2027-02-16", "order-assess/notify", "late", NULL, 0, 1 },
  { "order-of-another-kind", "order:amend=2027-01-11", "2027-02-01", "order-school", NULL },
  { "asked-again-after-refusal", REQUEST ";assess-decided:no=2026-10-16;"
    "request-received=2027-01-11", "2027-02-22", "assess-decision", "due", NULL, 0 },
  { "old-exemption-is-over", REQUEST ";exemption:final-plan=2026-10-01;"
    "assess-decided:no=2026-10-16;request-received=2027-01-11", "2027-06-01", "final-plan", "late",
    NULL, 0, 1 },

  { "ground-that-lasts-on", REQUEST ";exemption:final-plan=2026-10-01/2027-02-01;"
    "assess-decided:no=2026-10-16;request-received=2027-01-11", "2027-06-01", "final-plan",
    "excused" },

  { "advice-met", "advice-asked:health=2026-10-20;advice-received:health=2026-12-01",
    "2026-12-20", "advice", "met", "2026-12-01" },
  { "advice-of-another", "advice-asked:health=2026-10-20;advice-received:school=2026-11-01",
    "2026-12-02", "advice", "late", NULL, 0, 1 },
  { "advice-before-asked", "advice-asked:health=2026-10-20;advice-received:health=2026-10-19",
    "2026-12-01", "advice", "due", NULL, 0 },
  { "advice-no-longer-needed", "advice-asked:health=2026-10-20;plan-decided:yes=2026-11-20",
    "2026-12-20", "advice", "lapsed" },
  { "advice-after-all", "advice-asked:health=2026-10-20;plan-decided:yes=2026-11-20;"
    "advice-received:health=2026-12-03", "2026-12-20", "advice", "late", "2026-12-03", 0, 2 },
  { "advice-one-excused", "advice-asked:health=2026-10-20;exemption:advice/health=2026-11-01",
    "2026-12-20", "advice", "excused" },
  { "advice-another-excused", "advice-asked:health=2026-10-20;exemption:advice/school=2026-11-01",
    "2026-12-02", "advice", "late", NULL, 0, 1 },
  { "advice-all-excused", "advice-asked:health=2026-10-20;exemption:advice=2026-11-01",
    "2026-12-20", "advice", "excused" },

  { "comments-met", "draft-served=2026-12-14;draft-comments-received=2026-12-16", "2027-01-01",
    "draft-comments", "met", "2026-12-16" },
  { "comments-over", "draft-served=2026-12-14;final-issued=2027-01-20", "2027-02-01",
    "draft-comments", "lapsed" },
  { "comments-draft-anew", "draft-served=2026-12-14;draft-served=2026-12-21", "2027-01-03",
    "draft-comments", "lapsed" },
  { "capped-by-meeting", "review-meeting=2027-01-18;amendment-notice=2027-03-01", "2027-04-13",
    "amended-final", "late", NULL, 0, 1 },
  { "latest-review", "plan-made=2026-03-09;last-reviewed=2027-02-01", "2028-01-31", "review-year",
    "due", NULL, 0 },
  { "year-from-leap-day", "plan-made=2028-02-29", "2029-03-01", "review-year", "late", NULL, 0, 1 },
  { "before-the-regulations", "request-received=2014-08-31", "2014-09-10", "final-plan", NULL },
  { "first-day-of-the-regulations", "request-received=2014-09-01", "2014-09-10", "final-plan",
    "due", NULL, 131 },
};

static void
test_state (gconstpointer data)
{
  const StateCase *state_case = data;
  g_auto (FactLine) line = parse_facts (state_case->facts);
  EhcpDay today = day (state_case->today);
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  guint n_dues = ehcp_rules_conclude (line.facts, line.n_facts, today, dues, G_N_ELEMENTS (dues));
  const EhcpDue *due = find_due (dues, n_dues, state_case->rule);

  if (state_case->state == NULL)
    {
      g_assert_null (due);
      return;
    }
  g_assert_nonnull (due);
  g_assert_cmpstr (ehcp_due_state_to_string (due->state), ==, state_case->state);
  assert_day (due->met_on, state_case->met_on);
  g_assert_cmpint (ehcp_due_days_left (due, today), ==, state_case->days_left);
  g_assert_cmpint (ehcp_due_days_late (due, today), ==, state_case->days_late);
}

/* Each adviser has a due, named, from the day on which that one was asked. */
static void
test_advisers (void)
{
  g_auto (FactLine) line = parse_facts ("advice-asked:school=2026-10-22;"
                                        "advice-asked:psychologist=2026-10-20;"
                                        "advice-asked:health=2026-10-20;"
                                        "advice-received:psychologist=2026-11-20");
  EhcpDue dues[EHCP_RULES_MAX_DUES];

  g_assert_cmpuint (ehcp_rules_conclude (line.facts, line.n_facts, day ("2026-12-02"), dues, 64),
                    ==, 3);
  g_assert_cmpstr (dues[0].about, ==, "health");
  g_assert_cmpint (dues[0].state, ==, EHCP_DUE_LATE);
  g_assert_cmpstr (dues[0].trigger, ==, "advice-asked");
  assert_day (dues[0].trigger_date, "2026-10-20");
  g_assert_cmpstr (dues[1].about, ==, "psychologist");
  g_assert_cmpint (dues[1].state, ==, EHCP_DUE_MET);
  g_assert_cmpstr (dues[2].about, ==, "school");
  g_assert_cmpint (dues[2].state, ==, EHCP_DUE_DUE);
}

static void
test_closure (void)
{
  static const struct
  {
    const char *asked, *closed, *reopens;
    gboolean excuses;
  } cases[] = {
    { "2026-07-20", "2026-07-22", "2026-09-02", TRUE },  /* T5a */
    { "2026-07-10", "2026-07-22", "2026-09-02", FALSE }, /* T5b */
    { "2026-07-14", "2026-07-22", "2026-09-02", FALSE },
    { "2026-07-15", "2026-07-22", "2026-09-02", TRUE },
    { "2026-08-26", "2026-07-22", "2026-09-02", TRUE },
    { "2026-08-27", "2026-07-22", "2026-09-02", FALSE },
    { "2026-03-30", "2026-03-28", "2026-04-13", FALSE }, /* T6 */
    { "2026-07-22", "2026-07-22", "2026-08-19", TRUE },
    { "2026-07-22", "2026-07-22", "2026-08-18", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ehcp_closure_excuses (day (cases[i].asked), day (cases[i].closed),
                                           day (cases[i].reopens)),
                     ==, cases[i].excuses);
  g_assert_false (ehcp_closure_excuses (day ("2026-07-20"), day ("2026-07-22"), EHCP_DAY_NONE));
}

static void
assert_known (const char *pattern)
{
  g_auto (GStrv) words = g_strsplit_set (pattern, "=!", 2);

  g_assert_true (ehcp_rules_knows_fact (words[0]));
}

static void
test_table (void)
{
  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);
      gboolean has_grounds = ehcp_rule_get_grounds (rule) != EHCP_GROUND_NONE;
      const char *unit = NULL;

      g_test_message ("%s", ehcp_rule_get_id (rule));
      g_assert_true (ehcp_rule_find (ehcp_rule_get_id (rule), ehcp_rule_get_part (rule)) == rule);
      g_assert_cmpint (ehcp_rule_get_length (rule, &unit), >, 0);
      g_assert_nonnull (unit);
      g_assert_cmpuint (strlen (ehcp_rule_get_source (rule)), <=, 100);
      g_assert_cmpint (has_grounds, ==, ehcp_rule_get_exemption (rule) != NULL);
      g_assert_nonnull (ehcp_rule_get_trigger (rule, 0));
      g_assert_nonnull (ehcp_rule_get_done (rule, 0));
      for (guint n = 0; ehcp_rule_get_trigger (rule, n) != NULL; n++)
        assert_known (ehcp_rule_get_trigger (rule, n));
      for (guint n = 0; ehcp_rule_get_done (rule, n) != NULL; n++)
        assert_known (ehcp_rule_get_done (rule, n));
    }
  g_assert_null (ehcp_rule_nth (ehcp_rule_count ()));
  g_assert_null (ehcp_rule_find ("final-plan", "draft"));
  g_assert_null (ehcp_rule_find ("order-make-plan", NULL));
  g_assert_false (ehcp_rules_knows_fact ("request"));
  g_assert_false (ehcp_rules_knows_fact (""));
  g_assert_false (ehcp_rules_knows_fact (NULL));
}

/* Who acts, what is law, which grounds: what the screens and the statistics rely on. */
static void
test_rows (void)
{
  static const struct
  {
    const char *id;
    EhcpActor actor;
    gboolean is_law, is_beginning_with;
    int length;
    const char *unit, *exemption;
  } cases[] = {
    { "assess-decision", EHCP_ACTOR_COUNCIL, TRUE, FALSE, 6, "weeks", "reg 5(4)" },
    { "advice", EHCP_ACTOR_ADVISER, TRUE, FALSE, 6, "weeks", "reg 8(2)" },
    { "no-plan-decision", EHCP_ACTOR_COUNCIL, TRUE, FALSE, 16, "weeks", "reg 10(4)" },
    { "draft-practice", EHCP_ACTOR_COUNCIL, FALSE, FALSE, 14, "weeks", NULL },
    { "draft-comments", EHCP_ACTOR_FAMILY, TRUE, TRUE, 15, "days", NULL },
    { "school-answer", EHCP_ACTOR_SCHOOL, FALSE, FALSE, 15, "days", NULL },
    { "final-plan", EHCP_ACTOR_COUNCIL, TRUE, FALSE, 20, "weeks", "reg 13(3)" },
    { "review-year", EHCP_ACTOR_COUNCIL, TRUE, TRUE, 12, "months", NULL },
    { "reassess-final", EHCP_ACTOR_COUNCIL, TRUE, FALSE, 14, "weeks", "reg 27(3)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const EhcpRule *rule = ehcp_rule_find (cases[i].id, NULL);
      const char *unit;

      g_assert_cmpint (ehcp_rule_get_actor (rule), ==, cases[i].actor);
      g_assert_cmpint (ehcp_rule_is_law (rule), ==, cases[i].is_law);
      g_assert_cmpint (ehcp_rule_is_beginning_with (rule), ==, cases[i].is_beginning_with);
      g_assert_cmpint (ehcp_rule_get_length (rule, &unit), ==, cases[i].length);
      g_assert_cmpstr (unit, ==, cases[i].unit);
      g_assert_cmpstr (ehcp_rule_get_exemption (rule), ==, cases[i].exemption);
    }
  g_assert_false (ehcp_rule_get_grounds (ehcp_rule_find ("advice", NULL)) &
                  EHCP_GROUND_SCHOOL_CLOSED);
  g_assert_false (ehcp_rule_is_verified (ehcp_rule_find ("order-school", NULL)));
}

/* With too little room the same dues stay, whatever the order of the facts: the earliest. */
static void
test_room (void)
{
  EhcpFact facts[MAX_FACTS];
  EhcpDue dues[EHCP_RULES_MAX_DUES + 1] = { 0 };

  for (guint i = 0; i < MAX_FACTS; i++)
    facts[i] = (EhcpFact){ .name = "advice-asked", .date = day ("2026-01-01") + (EhcpDay) i };
  shuffle_facts (facts, MAX_FACTS);
  g_assert_cmpuint (ehcp_rules_conclude (facts, MAX_FACTS, day ("2026-01-01"), dues,
                                         EHCP_RULES_MAX_DUES),
                    ==, EHCP_RULES_MAX_DUES);
  for (guint i = 0; i < EHCP_RULES_MAX_DUES; i++)
    g_assert_cmpint (dues[i].trigger_date, ==, day ("2026-01-01") + (EhcpDay) i);
  g_assert_null (dues[EHCP_RULES_MAX_DUES].rule);
  g_assert_cmpuint (ehcp_rules_conclude (facts, MAX_FACTS, day ("2026-01-01"), NULL, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_vectors ();
  for (guint i = 0; i < G_N_ELEMENTS (state_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/state/%s", state_cases[i].path);
      g_test_add_data_func (path, &state_cases[i], test_state);
    }
  g_test_add_func ("/rules/advisers", test_advisers);
  g_test_add_func ("/rules/closure", test_closure);
  g_test_add_func ("/rules/table", test_table);
  g_test_add_func ("/rules/rows", test_rows);
  g_test_add_func ("/rules/room", test_room);

  return g_test_run ();
}
