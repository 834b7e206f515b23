/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the timeline says, for the cases of two invented children and for each way a stage can stand. */
#include "ehcp-stage-words.h"

#define MAX_FACTS 24

typedef struct
{
  EhcpFact facts[MAX_FACTS];
  guint n_facts;
  EhcpTimeline timeline;
  EhcpDay today;
} Course;

static EhcpDay
day (const char *text)
{
  EhcpDay found = ehcp_day_parse (text);

  g_assert_cmpint (found, !=, EHCP_DAY_NONE);
  return found;
}

static void
add (Course *course, const char *name, const char *date, const char *value)
{
  g_assert_cmpuint (course->n_facts, <, MAX_FACTS);
  course->facts[course->n_facts++] = (EhcpFact){ name, day (date), EHCP_DAY_NONE, value };
}

static void
compute (Course *course, const char *today)
{
  course->today = day (today);
  g_assert_true (ehcp_timeline_compute (course->facts, course->n_facts, course->today,
                                        &course->timeline));
}

/* Week 12 of 20, four of six reports in. */
static void
make_isla (Course *course)
{
  static const char *const asked[] = { "school", "psychologist", "health", "social-care",
                                       "parent", "speech" };

  add (course, "request-received", "2026-09-07", NULL);
  add (course, "assess-decided", "2026-10-16", "yes");
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    add (course, "advice-asked", "2026-10-20", asked[i]);
  for (guint i = 0; i < 4; i++)
    add (course, "advice-received", "2026-11-23", asked[i]);
  compute (course, "2026-11-24");
}

/* Week 24: advice late, the decision excused, the final plan 22 days late. */
static void
make_theo (Course *course)
{
  add (course, "request-received", "2026-06-15", NULL);
  add (course, "assess-decided", "2026-07-17", "yes");
  add (course, "advice-asked", "2026-07-20", "school");
  add (course, "advice-received", "2026-09-18", "school");
  add (course, "exemption", "2026-09-20", "no-plan-decision");
  add (course, "plan-decided", "2026-10-12", "yes");
  add (course, "draft-served", "2026-10-26", NULL);
  compute (course, "2026-11-24");
}

static void
assert_stage (const Course *course, EhcpStageId id, const char *ground, const char *state,
              const char *first, const char *second, const char *third)
{
  g_autoptr (EhcpStageWords) words = ehcp_stage_words_new (&course->timeline, id, course->today,
                                                           ground);

  g_assert_cmpstr (words->state, ==, state);
  g_assert_cmpstr (words->lines[0], ==, first);
  g_assert_cmpstr (words->lines[1], ==, second);
  g_assert_cmpstr (words->lines[2], ==, third);
}

static void
assert_spoken (const Course *course, EhcpStageId id, const char *ground, const char *spoken)
{
  g_autoptr (EhcpStageWords) words = ehcp_stage_words_new (&course->timeline, id, course->today,
                                                           ground);

  g_assert_cmpstr (words->spoken, ==, spoken);
}

static void
test_on_time (void)
{
  Course isla = { 0 };

  make_isla (&isla);
  assert_stage (&isla, EHCP_STAGE_REQUEST, NULL, "Done", "Mon 7 Sep 2026", NULL, NULL);
  assert_stage (&isla, EHCP_STAGE_ASSESS, NULL, "Done", "By week 6, Mon 19 Oct",
                "Answered Fri 16 Oct: yes", NULL);
  assert_stage (&isla, EHCP_STAGE_ADVICE, NULL, "Current stage", "Weeks 6 to 12",
                "By Tue 1 Dec, 7 days left", "4 of 6 reports are in");
  assert_stage (&isla, EHCP_STAGE_DECIDE, NULL, "Next", "Weeks 12 to 16", "By Mon 28 Dec", NULL);
  assert_stage (&isla, EHCP_STAGE_DRAFT, NULL, "Later", "From about Mon 14 Dec",
                "15 days or more for you", NULL);
  assert_stage (&isla, EHCP_STAGE_FINAL, NULL, "Later", "Weeks 18 to 20", "By Mon 25 Jan 2027",
                NULL);
}

static void
test_late (void)
{
  const char *ground = "The school was closed over summer";
  Course theo = { 0 };

  make_theo (&theo);
  assert_stage (&theo, EHCP_STAGE_ADVICE, NULL, "Done late", "By Mon 31 Aug",
                "Last report Fri 18 Sep", "18 days late");
  assert_stage (&theo, EHCP_STAGE_DECIDE, ground, "Done, excused", "By week 16, Mon 5 Oct",
                "Answered Mon 12 Oct: yes", ground);
  assert_stage (&theo, EHCP_STAGE_DECIDE, NULL, "Done, excused", "By week 16, Mon 5 Oct",
                "Answered Mon 12 Oct: yes", "Excused by law");
  assert_stage (&theo, EHCP_STAGE_DRAFT, NULL, "Done", "Served Mon 26 Oct",
                "Your 15 days: to Mon 9 Nov", NULL);
  assert_stage (&theo, EHCP_STAGE_FINAL, NULL, "Current stage", "Was due Mon 2 Nov 2026",
                "22 days late", NULL);
}

static void
test_spoken (void)
{
  Course isla = { 0 };
  Course theo = { 0 };

  make_isla (&isla);
  make_theo (&theo);
  assert_spoken (&isla, EHCP_STAGE_ADVICE, NULL,
                 "Stage 3 of 6, Gathering advice, current stage, weeks 6 to 12, "
                 "due Tuesday 1 December 2026, 7 days left, 4 of 6 reports are in");
  assert_spoken (&isla, EHCP_STAGE_REQUEST, NULL,
                 "Stage 1 of 6, Request received, done, Monday 7 September 2026");
  assert_spoken (&theo, EHCP_STAGE_DECIDE, "the school was closed from 22 July to 2 September",
                 "Stage 4 of 6, Deciding whether to issue a plan, done, excused, "
                 "answered yes on Monday 12 October 2026, "
                 "excused: the school was closed from 22 July to 2 September; "
                 "the date was Monday 5 October 2026");
  assert_spoken (&theo, EHCP_STAGE_FINAL, NULL,
                 "Stage 6 of 6, Final plan, current stage, was due Monday 2 November 2026, "
                 "22 days late");
}

static void
test_refused (void)
{
  Course course = { 0 };

  add (&course, "request-received", "2026-09-07", NULL);
  add (&course, "assess-decided", "2026-10-16", "no");
  compute (&course, "2026-11-24");
  assert_stage (&course, EHCP_STAGE_ASSESS, NULL, "Done", "By week 6, Mon 19 Oct",
                "Answered Fri 16 Oct: no", NULL);
  assert_stage (&course, EHCP_STAGE_FINAL, NULL, "Not needed", NULL, NULL, NULL);
  assert_spoken (&course, EHCP_STAGE_FINAL, NULL, "Stage 6 of 6, Final plan, not needed");
}

static void
test_late_before_begun (void)
{
  Course course = { 0 };

  add (&course, "request-received", "2026-06-15", NULL);
  compute (&course, "2026-11-09");
  assert_stage (&course, EHCP_STAGE_ASSESS, NULL, "Current stage", "Was due Mon 27 Jul 2026",
                "105 days late", NULL);
  assert_stage (&course, EHCP_STAGE_DRAFT, NULL, "Later", "Expected about Mon 21 Sep",
                "15 days or more for you", NULL);
  assert_stage (&course, EHCP_STAGE_FINAL, NULL, "Late", "Was due Mon 2 Nov 2026",
                "7 days late, not yet begun", NULL);
}

static void
assert_weeks (const Course *course, const char *title, const char *used, const char *line)
{
  g_autofree char *title_is = ehcp_weeks_words_title (&course->timeline);
  g_autofree char *used_is = ehcp_weeks_words_used (&course->timeline);
  g_autofree char *line_is = ehcp_weeks_words_line (&course->timeline);

  g_assert_cmpstr (title_is, ==, title);
  g_assert_cmpstr (used_is, ==, used);
  g_assert_cmpstr (line_is, ==, line);
}

static void
test_weeks (void)
{
  Course isla = { 0 };
  Course theo = { 0 };
  Course edge = { 0 };

  make_isla (&isla);
  assert_weeks (&isla, "Week 12 of 20", "11 weeks and 1 day used, 62 days left",
                "Week 12 of 20, 62 days left");
  make_theo (&theo);
  assert_weeks (&theo, "Week 24", "23 weeks and 1 day used, 22 days over",
                "Week 24, 22 days over the 20 weeks");

  add (&edge, "request-received", "2026-09-07", NULL);
  compute (&edge, "2026-09-07");
  assert_weeks (&edge, "Week 1 of 20", "0 days used, 140 days left", "Week 1 of 20, 140 days left");
  compute (&edge, "2027-01-25");
  assert_weeks (&edge, "Week 20 of 20", "20 weeks used, today is the last day",
                "Week 20 of 20, today is the last day");
  compute (&edge, "2027-01-26");
  assert_weeks (&edge, "Week 21", "20 weeks and 1 day used, 1 day over",
                "Week 21, 1 day over the 20 weeks");
}

static void
test_weeks_over (void)
{
  Course isla = { 0 };
  g_autofree char *spoken = NULL;

  make_isla (&isla);
  spoken = ehcp_weeks_words_spoken (&isla.timeline);
  g_assert_cmpstr (spoken, ==,
                   "Statutory Timescales, week 12 of 20, 11 weeks and 1 day used, 62 days left");

  add (&isla, "plan-decided", "2026-12-01", "yes");
  add (&isla, "draft-served", "2026-12-14", NULL);
  add (&isla, "final-issued", "2027-01-18", NULL);
  compute (&isla, "2027-02-01");
  assert_weeks (&isla, "Finished in week 19", "19 weeks used", "Finished in week 19");
  assert_stage (&isla, EHCP_STAGE_FINAL, NULL, "Done", "By week 20, Mon 25 Jan",
                "Issued Mon 18 Jan", NULL);
}

/* Stages in one case each: excused and still open, nobody asked yet, a draft that is expected. */
static void
test_current_variants (void)
{
  const char *ground = "The school was closed over summer";
  Course open = { 0 }, early = { 0 }, draft = { 0 };

  add (&open, "request-received", "2026-06-15", NULL);
  add (&open, "assess-decided", "2026-07-17", "yes");
  add (&open, "advice-asked", "2026-07-20", "school");
  add (&open, "advice-received", "2026-08-20", "school");
  add (&open, "exemption", "2026-09-20", "no-plan-decision");
  compute (&open, "2026-10-12");
  assert_stage (&open, EHCP_STAGE_DECIDE, ground, "Current stage", "Was due Mon 5 Oct 2026", ground, NULL);
  assert_spoken (&open, EHCP_STAGE_DECIDE, ground,
                 "Stage 4 of 6, Deciding whether to issue a plan, current stage, excused: The school was "
                 "closed over summer; the date was Monday 5 October 2026");

  add (&early, "request-received", "2026-09-07", NULL);
  compute (&early, "2026-09-21");
  assert_stage (&early, EHCP_STAGE_ASSESS, NULL, "Current stage", "Weeks 0 to 6",
                "By Mon 19 Oct, 28 days left", NULL);
  assert_stage (&early, EHCP_STAGE_ADVICE, NULL, "Next", "Weeks 6 to 12", "By Mon 30 Nov", NULL);

  add (&draft, "request-received", "2026-06-15", NULL);
  add (&draft, "assess-decided", "2026-07-17", "yes");
  add (&draft, "plan-decided", "2026-09-14", "yes");
  compute (&draft, "2026-10-01");
  assert_stage (&draft, EHCP_STAGE_DRAFT, NULL, "Current stage", "Expected about Mon 21 Sep",
                "15 days or more for you", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage-words/on-time", test_on_time);
  g_test_add_func ("/stage-words/late", test_late);
  g_test_add_func ("/stage-words/spoken", test_spoken);
  g_test_add_func ("/stage-words/refused", test_refused);
  g_test_add_func ("/stage-words/late-before-begun", test_late_before_begun);
  g_test_add_func ("/stage-words/current-variants", test_current_variants);
  g_test_add_func ("/stage-words/weeks", test_weeks);
  g_test_add_func ("/stage-words/weeks-over", test_weeks_over);
  return g_test_run ();
}
