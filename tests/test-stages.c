/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline: the cases that the screens were drawn from, cases that take another way, and what
 * must hold of any case. */
#include "ehcp-stages.h"

#include "test-facts.h"

#define N_ROUNDS 3000

#define ISLA \
  "request-received=2026-09-07;assess-decided:yes=2026-10-16;advice-asked:school=2026-10-20;" \
  "advice-asked:psychologist=2026-10-20;advice-asked:health=2026-10-20;" \
  "advice-received:school=2026-11-06;advice-received:health=2026-11-20"
#define ISLA_READY \
  ISLA ";advice-received:psychologist=2026-12-01;plan-decided:yes=2026-12-11"
#define THEO \
  "request-received=2026-06-15;assess-decided:yes=2026-07-17;advice-asked:school=2026-07-20;" \
  "advice-received:school=2026-09-18;exemption:no-plan-decision=2026-10-02;" \
  "plan-decided:yes=2026-10-12;draft-served=2026-10-26;draft-comments-received=2026-11-06"
#define START "request-received=2026-09-07"
#define REFUSED START ";assess-decided:no=2026-10-16"

/* One letter a stage: Done, Current, Next, Later, Needed not; small when it is also late. */
static const char letters[] = { [EHCP_STAGE_DONE] = 'D', [EHCP_STAGE_CURRENT] = 'C',
                                [EHCP_STAGE_NEXT] = 'N', [EHCP_STAGE_LATER] = 'L',
                                [EHCP_STAGE_NOT_NEEDED] = '-' };

static const struct
{
  const char *path;
  const char *facts;
  const char *today;
  const char *states;
  EhcpStageId current;
  int week, days_used, days_left, days_late;
  gboolean is_over;
} cases[] = {
  { "day-0", START, "2026-09-07", "DCNLLL", EHCP_STAGE_ASSESS, 1, 0, 140, 0 },
  { "day-1", START, "2026-09-08", "DCNLLL", EHCP_STAGE_ASSESS, 1, 1, 139, 0 },
  { "day-7", START, "2026-09-14", "DCNLLL", EHCP_STAGE_ASSESS, 1, 7, 133, 0 },
  { "day-8", START, "2026-09-15", "DCNLLL", EHCP_STAGE_ASSESS, 2, 8, 132, 0 },
  { "request-of-tomorrow", START, "2026-09-06", "DCNLLL", EHCP_STAGE_ASSESS, 1, 0, 141, 0 },
  { "isla-november", ISLA, "2026-11-24", "DDCNLL", EHCP_STAGE_ADVICE, 12, 78, 62, 0 },
  { "isla-december", ISLA_READY, "2026-12-14", "DDDDCN", EHCP_STAGE_DRAFT, 14, 98, 42, 0 },
  { "isla-served", ISLA_READY ";draft-served=2026-12-14", "2026-12-16", "DDDDDC",
    EHCP_STAGE_FINAL, 15, 100, 40, 0 },
  { "theo", THEO, "2026-11-24", "DDdDDc", EHCP_STAGE_FINAL, 24, 162, 0, 22 },
  { "theo-excused", THEO ";exemption:final-plan=2026-10-30", "2026-11-24", "DDdDDC",
    EHCP_STAGE_FINAL, 24, 162, 0, 0 },
  { "theo-issued", THEO ";final-issued=2026-11-30", "2027-03-01", "DDdDDd", EHCP_STAGE_FINAL, 24,
    168, 0, 0, TRUE },
  { "responsible", "became-responsible=2026-09-07", "2026-11-24", "DcNLLL", EHCP_STAGE_ASSESS, 12,
    78, 62, 0 },
  { "all-over-and-nothing-done", START, "2027-01-26", "DcNlLl", EHCP_STAGE_ASSESS, 21, 141, 0, 1 },
  { "nobody-asked-yet", START ";assess-decided:yes=2026-10-16", "2026-12-20", "DDCNLL",
    EHCP_STAGE_ADVICE, 15, 104, 36, 0 },
  { "draft-late-by-practice-only", ISLA_READY, "2027-01-10", "DDDDCN", EHCP_STAGE_DRAFT, 18, 125,
    15, 0 },
  { "letter-forgotten", START ";draft-served=2026-12-14", "2026-12-16", "DDDDDC",
    EHCP_STAGE_FINAL, 15, 100, 40, 0 },
  { "advice-before-letter", START ";advice-asked:health=2026-09-21;"
    "advice-received:health=2026-10-01", "2026-10-05", "DCDNLL", EHCP_STAGE_ASSESS, 4, 28, 112, 0 },
  { "final-alone", START ";final-issued=2027-01-20", "2027-02-01", "DDDDDD", EHCP_STAGE_FINAL, 20,
    135, 0, 0, TRUE },
  { "no-assessment", REFUSED, "2027-02-01", "DD----", EHCP_STAGE_ASSESS, 6, 39, 0, 0, TRUE },
  { "no-assessment-late", START ";assess-decided:no=2026-10-23", "2027-02-01", "Dd----",
    EHCP_STAGE_ASSESS, 7, 46, 0, 0, TRUE },
  { "no-plan", ISLA ";no-plan-notified=2026-12-11", "2027-02-01", "DDDD--", EHCP_STAGE_DECIDE, 14,
    95, 0, 0, TRUE },
  { "no-plan-alone", START ";no-plan-notified=2026-12-11", "2027-02-01", "DDDD--",
    EHCP_STAGE_DECIDE, 14, 95, 0, 0, TRUE },
  { "change-of-mind", REFUSED ";assess-decided:yes=2026-11-02", "2027-01-26", "DDCnLl",
    EHCP_STAGE_ADVICE, 21, 141, 0, 1 },
  { "under-an-order", REFUSED ";order:assess=2027-01-11;assess-decided:yes=2027-01-20",
    "2027-02-01", "DDCNLL", EHCP_STAGE_ADVICE, 21, 147, 0, 0 },
  { "asked-again", REFUSED ";request-received=2027-01-11", "2027-01-25", "DCNLLL",
    EHCP_STAGE_ASSESS, 2, 14, 126, 0 },
  { "asked-again-after-advice", ISLA ";no-plan-notified=2026-12-11;request-received=2027-06-01",
    "2027-06-15", "DCNLLL", EHCP_STAGE_ASSESS, 2, 14, 126, 0 },
};

static EhcpTimeline
compute (const char *facts, const char *today)
{
  g_auto (FactLine) line = parse_facts (facts);
  EhcpTimeline timeline;

  g_assert_true (ehcp_timeline_compute (line.facts, line.n_facts, day (today), &timeline));
  return timeline;
}

static void
test_case (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  EhcpTimeline timeline = compute (cases[n].facts, cases[n].today);
  char states[EHCP_N_STAGES + 1] = "";

  for (guint i = 0; i < EHCP_N_STAGES; i++)
    {
      states[i] = letters[timeline.stages[i].state];
      if (timeline.stages[i].is_late)
        states[i] = g_ascii_tolower (states[i]);
    }
  g_assert_cmpstr (states, ==, cases[n].states);
  g_assert_cmpint (timeline.current, ==, cases[n].current);
  g_assert_cmpint (timeline.week, ==, cases[n].week);
  g_assert_cmpint (timeline.days_used, ==, cases[n].days_used);
  g_assert_cmpint (timeline.days_left, ==, cases[n].days_left);
  g_assert_cmpint (timeline.days_late, ==, cases[n].days_late);
  g_assert_cmpint (timeline.is_over, ==, cases[n].is_over);
}

static void
test_isla (void)
{
  EhcpTimeline timeline = compute (ISLA, "2026-11-24");
  const EhcpStage *stages = timeline.stages;

  assert_day (timeline.received, "2026-09-07");
  assert_day (timeline.final_due, "2027-01-25");
  assert_day (stages[EHCP_STAGE_REQUEST].done_on, "2026-09-07");
  assert_day (stages[EHCP_STAGE_REQUEST].due, NULL);
  assert_day (stages[EHCP_STAGE_ASSESS].due, "2026-10-19");
  assert_day (stages[EHCP_STAGE_ASSESS].done_on, "2026-10-16");
  g_assert_cmpstr (stages[EHCP_STAGE_ASSESS].outcome, ==, "yes");
  g_assert_cmpint (stages[EHCP_STAGE_ASSESS].days_left, ==, 0);
  assert_day (stages[EHCP_STAGE_ADVICE].from, "2026-10-20");
  assert_day (stages[EHCP_STAGE_ADVICE].due, "2026-12-01");
  g_assert_cmpint (stages[EHCP_STAGE_ADVICE].days_left, ==, 7);
  g_assert_cmpint (stages[EHCP_STAGE_ADVICE].n_asked, ==, 3);
  g_assert_cmpint (stages[EHCP_STAGE_ADVICE].n_in, ==, 2);
  assert_day (stages[EHCP_STAGE_DECIDE].from, "2026-11-30");
  assert_day (stages[EHCP_STAGE_DECIDE].due, "2026-12-28");
  g_assert_null (stages[EHCP_STAGE_DECIDE].outcome);
  assert_day (stages[EHCP_STAGE_DRAFT].from, "2026-12-14");
  assert_day (stages[EHCP_STAGE_DRAFT].due, "2026-12-14");
  assert_day (stages[EHCP_STAGE_FINAL].from, "2027-01-11");
  assert_day (stages[EHCP_STAGE_FINAL].due, "2027-01-25");
  g_assert_cmpint (stages[EHCP_STAGE_FINAL].days_left, ==, 62);
}

static void
test_theo (void)
{
  EhcpTimeline timeline = compute (THEO, "2026-11-24");
  const EhcpStage *stages = timeline.stages;

  assert_day (stages[EHCP_STAGE_ADVICE].due, "2026-08-31");
  assert_day (stages[EHCP_STAGE_ADVICE].done_on, "2026-09-18");
  g_assert_cmpint (stages[EHCP_STAGE_ADVICE].days_late, ==, 18);
  g_assert_true (stages[EHCP_STAGE_DECIDE].is_excused);
  g_assert_cmpint (stages[EHCP_STAGE_DECIDE].days_late, ==, 0);
  assert_day (stages[EHCP_STAGE_DECIDE].due, "2026-10-05");
  assert_day (stages[EHCP_STAGE_DECIDE].done_on, "2026-10-12");
  assert_day (stages[EHCP_STAGE_DRAFT].done_on, "2026-10-26");
  assert_day (stages[EHCP_STAGE_FINAL].due, "2026-11-02");
  g_assert_cmpint (stages[EHCP_STAGE_FINAL].days_late, ==, 22);
}

/* One adviser excused and another late: both are said. */
static void
test_excused_and_late (void)
{
  EhcpTimeline timeline = compute (ISLA ";advice-asked:social-care=2026-10-21;"
                                        "exemption:advice/psychologist=2026-11-02",
                                   "2026-12-12");
  const EhcpStage *stage = &timeline.stages[EHCP_STAGE_ADVICE];

  g_assert_true (stage->is_excused);
  g_assert_true (stage->is_late);
  g_assert_cmpint (stage->days_late, ==, 10);
}

static void
test_outcomes (void)
{
  EhcpTimeline refused = compute (REFUSED, "2026-11-24");
  EhcpTimeline changed = compute (REFUSED ";assess-decided:yes=2026-11-02", "2026-11-24");
  EhcpTimeline no_plan = compute (ISLA ";no-plan-notified=2026-12-11", "2026-12-12");

  g_assert_cmpstr (refused.stages[EHCP_STAGE_ASSESS].outcome, ==, "no");
  assert_day (refused.stages[EHCP_STAGE_ASSESS].done_on, "2026-10-16");
  assert_day (refused.stages[EHCP_STAGE_FINAL].due, NULL);
  g_assert_cmpstr (changed.stages[EHCP_STAGE_ASSESS].outcome, ==, "yes");
  assert_day (changed.stages[EHCP_STAGE_ASSESS].done_on, "2026-11-02");
  g_assert_false (changed.stages[EHCP_STAGE_ASSESS].is_late);
  g_assert_cmpstr (no_plan.stages[EHCP_STAGE_ASSESS].outcome, ==, "yes");
  g_assert_cmpstr (no_plan.stages[EHCP_STAGE_DECIDE].outcome, ==, "no");
  assert_day (no_plan.stages[EHCP_STAGE_ADVICE].done_on, "2026-12-11");
}

static void
test_no_request (void)
{
  g_auto (FactLine) line = parse_facts ("draft-served=2026-12-14");
  EhcpTimeline timeline;

  g_assert_false (ehcp_timeline_compute (NULL, 0, day ("2026-11-24"), &timeline));
  g_assert_false (ehcp_timeline_compute (line.facts, 1, day ("2026-11-24"), &timeline));
}

/* Twenty weeks, twenty bars, each in one stage. */
static void
test_bars (void)
{
  EhcpTimeline timeline = compute (START, "2026-09-07");
  int next_week = 1;

  for (guint i = 0; i < EHCP_N_STAGES; i++)
    {
      g_assert_cmpint (timeline.stages[i].id, ==, (int) i);
      g_assert_cmpint (timeline.stages[i].first_week, ==, next_week);
      next_week = timeline.stages[i].last_week + 1;
    }
  g_assert_cmpint (next_week, ==, 21);
}

static void
test_names (void)
{
  static const char *const names[] = { "request", "assess", "advice", "decide", "draft", "final" };

  for (guint i = 0; i < EHCP_N_STAGES; i++)
    g_assert_cmpstr (ehcp_stage_id_to_string (i), ==, names[i]);
}

static guint
invent_course (EhcpFact *facts)
{
  static const EhcpFact kinds[] = {
    { "request-received" }, { "assess-decided", .value = "yes" },
    { "assess-decided", .value = "no" },
    { "advice-asked", .value = "health" }, { "advice-received", .value = "health" },
    { "advice-asked", .value = "school" }, { "advice-received", .value = "school" },
    { "plan-decided", .value = "yes" }, { "no-plan-notified" }, { "draft-served" },
    { "final-issued" }, { "order", .value = "assess" }, { "exemption", .value = "advice" },
  };
  guint n_facts = 1 + (guint) g_test_rand_int_range (0, 12);

  facts[0] = (EhcpFact){ .name = "request-received", .date = day ("2026-01-01") };
  for (guint i = 1; i < n_facts; i++)
    {
      facts[i] = kinds[g_test_rand_int_range (0, G_N_ELEMENTS (kinds))];
      facts[i].date = day ("2026-01-01") + g_test_rand_int_range (0, 250);
    }
  return n_facts;
}

static void
assert_is_sound (const EhcpTimeline *timeline, EhcpDay today)
{
  guint n_current = 0, n_next = 0;

  for (guint i = 0; i < EHCP_N_STAGES; i++)
    {
      const EhcpStage *stage = &timeline->stages[i];

      n_current += stage->state == EHCP_STAGE_CURRENT;
      n_next += stage->state == EHCP_STAGE_NEXT;
      g_assert_cmpint (stage->state == EHCP_STAGE_DONE, ==, stage->done_on != EHCP_DAY_NONE);
      g_assert_cmpint (stage->is_late, ==, stage->days_late > 0);
      g_assert_cmpint (stage->days_late, >=, 0);
      g_assert_cmpint (stage->days_left, >=, 0);
      g_assert_cmpint (stage->n_in, <=, stage->n_asked);
      g_assert_true (stage->done_on == EHCP_DAY_NONE || stage->from <= stage->done_on);
    }
  g_assert_cmpuint (n_current, ==, timeline->is_over ? 0 : 1);
  g_assert_cmpuint (n_next, <=, n_current);
  g_assert_cmpint (timeline->stages[timeline->current].state, ==,
                   timeline->is_over ? EHCP_STAGE_DONE : EHCP_STAGE_CURRENT);
  g_assert_cmpint (timeline->final_due - timeline->received, ==, 140);
  g_assert_cmpint (timeline->days_late, <=, MAX (today - timeline->final_due, 0));
}

static void
test_always (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      EhcpFact facts[MAX_FACTS];
      EhcpTimeline one, other;
      guint n_facts = invent_course (facts);
      EhcpDay today = day ("2026-01-01") + g_test_rand_int_range (0, 300);

      g_assert_true (ehcp_timeline_compute (facts, n_facts, today, &one));
      assert_is_sound (&one, today);
      shuffle_facts (facts, n_facts);
      g_assert_true (ehcp_timeline_compute (facts, n_facts, today, &other));
      g_assert_cmpmem (&one, sizeof one, &other, sizeof other);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/stages/case/%s", cases[i].path);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/stages/isla", test_isla);
  g_test_add_func ("/stages/theo", test_theo);
  g_test_add_func ("/stages/excused-and-late", test_excused_and_late);
  g_test_add_func ("/stages/outcomes", test_outcomes);
  g_test_add_func ("/stages/no-request", test_no_request);
  g_test_add_func ("/stages/bars", test_bars);
  g_test_add_func ("/stages/names", test_names);
  g_test_add_func ("/stages/always", test_always);

  return g_test_run ();
}
