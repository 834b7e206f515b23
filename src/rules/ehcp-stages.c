/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a first assessment, out of its facts and dues. Words and drawing are app's. */
#include "ehcp-stages.h"

#include "ehcp-process.h"
#include "ehcp-rule-private.h"

#define DAYS_IN_WEEK 7
#define N_WEEKS 20

/* What ends a stage: a decision "no", or any of `done`, of which the first one is its own fact and
 * the others imply it. */
typedef struct
{
  const char *rule;        /* the rule that sets its last day */
  int from_week;           /* weeks after the request when it is expected to begin */
  int due_week;            /* and to end, as long as its rule gives no day */
  int first_week;
  int last_week;
  const char *no[2];
  const char *done[6];
  gboolean is_decision;
} StagePlan;

static const StagePlan plans[EHCP_N_STAGES] = {
  [EHCP_STAGE_REQUEST] = { NULL, 0, 0, 1, 0, { NULL }, { NULL }, FALSE },
  [EHCP_STAGE_ASSESS] = { "assess-decision", 0, 6, 1, 6, { "assess-decided=no" },
                          { "assess-decided=yes", "plan-decided", "no-plan-notified",
                            "draft-served", "final-issued" },
                          TRUE },
  [EHCP_STAGE_ADVICE] = { "advice", 6, 12, 7, 12, { NULL },
                          { "plan-decided", "no-plan-notified", "draft-served", "final-issued" },
                          FALSE },
  [EHCP_STAGE_DECIDE] = { "no-plan-decision", 12, 16, 13, 16, { "no-plan-notified" },
                          { "plan-decided", "draft-served", "final-issued" },
                          TRUE },
  [EHCP_STAGE_DRAFT] = { "draft-practice", 14, 14, 17, 18, { NULL },
                         { "draft-served", "final-issued" },
                         FALSE },
  [EHCP_STAGE_FINAL] = { "final-plan", 18, N_WEEKS, 19, N_WEEKS, { NULL }, { "final-issued" },
                         FALSE },
};

typedef struct
{
  const EhcpFact *facts;
  guint n_facts;
  EhcpDay today;
  EhcpProcess process;
  EhcpTimeline *timeline;
} Course;

static EhcpDay
earliest (const Course *course, const char *const *patterns)
{
  const EhcpFact *fact = ehcp_facts_earliest (course->facts, course->n_facts, patterns,
                                              course->process.start->date);

  return fact != NULL ? fact->date : EHCP_DAY_NONE;
}

static EhcpDay
latest (const Course *course, const char *const *patterns)
{
  const EhcpFact *fact = ehcp_facts_latest (course->facts, course->n_facts, patterns, G_MAXINT32);

  return fact != NULL && fact->date >= course->process.start->date ? fact->date : EHCP_DAY_NONE;
}

/* A council may change its mind: the last word is the outcome, and its first day the answer's. */
static void
fill_outcome (const Course *course, EhcpStage *stage, const StagePlan *plan)
{
  EhcpDay last_no = latest (course, plan->no);
  gboolean is_no = last_no != EHCP_DAY_NONE && last_no >= latest (course, plan->done);

  stage->done_on = earliest (course, is_no ? plan->no : plan->done);
  if (plan->is_decision && stage->done_on != EHCP_DAY_NONE)
    stage->outcome = is_no ? "no" : "yes";
}

static void
fill_from_due (const Course *course, EhcpStage *stage, const EhcpDue *due)
{
  EhcpDay end = due->met_on != EHCP_DAY_NONE ? due->met_on : course->today;

  if (due->state == EHCP_DUE_EXCUSED)
    stage->is_excused = TRUE;
  if (due->state == EHCP_DUE_LATE && ehcp_rule_is_law (due->rule))
    stage->days_late = MAX (stage->days_late, end - stage->due);
  stage->is_late = stage->days_late > 0;
}

static void
fill_answers (EhcpStage *stage, const EhcpDue *dues, guint n_dues)
{
  EhcpDay last = EHCP_DAY_NONE;

  if (n_dues == 0)
    return;
  stage->n_asked = (int) n_dues;
  stage->from = dues[0].trigger_date;
  for (guint i = 0; i < n_dues; i++)
    {
      stage->n_in += dues[i].met_on != EHCP_DAY_NONE;
      last = MAX (last, dues[i].met_on);
    }
  if (stage->n_in < stage->n_asked)
    return;
  stage->done_on = stage->done_on == EHCP_DAY_NONE ? last : MIN (stage->done_on, last);
}

/* The dues of the earlier assessment are still there, since advice was asked of each adviser then
 * too. */
static guint
conclude_stage (const Course *course, const StagePlan *plan, EhcpDue *dues, guint n_room)
{
  guint n_dues = ehcp_rule_conclude (ehcp_rule_find (plan->rule, NULL), course->facts,
                                     course->n_facts, course->today, dues, n_room);
  guint n_kept = 0;

  for (guint i = 0; i < n_dues; i++)
    if (dues[i].trigger_date >= course->process.start->date)
      dues[n_kept++] = dues[i];
  return n_kept;
}

/* Before it has begun, a stage is expected at its week, or from now on if that week is over. */
static void
fill_from (const Course *course, EhcpStage *stage, const StagePlan *plan)
{
  EhcpDay previous = course->timeline->stages[stage->id - 1].done_on;
  EhcpDay expected = course->process.start->date + plan->from_week * DAYS_IN_WEEK;

  if (previous != EHCP_DAY_NONE)
    stage->from = previous;
  else
    stage->from = MAX (expected, course->today);
}

static void
fill_stage (const Course *course, EhcpStage *stage, const StagePlan *plan)
{
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  guint n_dues = conclude_stage (course, plan, dues, G_N_ELEMENTS (dues));

  stage->due = course->process.start->date + plan->due_week * DAYS_IN_WEEK;
  if (n_dues > 0)
    stage->due = dues[n_dues - 1].due;
  fill_outcome (course, stage, plan);
  fill_from (course, stage, plan);
  if (stage->id == EHCP_STAGE_ADVICE)
    fill_answers (stage, dues, n_dues);
  if (stage->done_on != EHCP_DAY_NONE)
    stage->from = MIN (stage->from, stage->done_on);
  for (guint i = 0; i < n_dues; i++)
    fill_from_due (course, stage, &dues[i]);
  if (stage->done_on == EHCP_DAY_NONE)
    stage->days_left = MAX (stage->due - course->today, 0);
}

static void
fill_request (const Course *course, EhcpStage *stage)
{
  stage->done_on = course->process.start->date;
  stage->from = stage->done_on;
}

static void
drop_stage (EhcpStage *stage)
{
  EhcpStage dropped = { .id = stage->id, .state = EHCP_STAGE_NOT_NEEDED,
                        .first_week = stage->first_week, .last_week = stage->last_week };

  *stage = dropped;
}

static EhcpStageId
find_ending_stage (const Course *course)
{
  const char *const *no = plans[EHCP_STAGE_ASSESS].no;

  return ehcp_fact_matches (course->process.ended, no[0]) ? EHCP_STAGE_ASSESS : EHCP_STAGE_DECIDE;
}

static void
place_stages (const Course *course, EhcpStageId last_needed)
{
  static const EhcpStageState ahead[] = { EHCP_STAGE_CURRENT, EHCP_STAGE_NEXT, EHCP_STAGE_LATER };
  EhcpTimeline *timeline = course->timeline;
  guint n_open = 0;

  timeline->current = last_needed;
  for (guint i = 0; i < EHCP_N_STAGES; i++)
    {
      EhcpStage *stage = &timeline->stages[i];

      if (stage->id > last_needed)
        {
          drop_stage (stage);
          continue;
        }
      if (stage->done_on != EHCP_DAY_NONE)
        {
          stage->state = EHCP_STAGE_DONE;
          continue;
        }
      if (n_open == 0)
        timeline->current = stage->id;
      stage->state = ahead[MIN (n_open, G_N_ELEMENTS (ahead) - 1)];
      n_open++;
    }
}

static void
count_weeks (const Course *course)
{
  EhcpTimeline *timeline = course->timeline;
  const EhcpStage *final = &timeline->stages[EHCP_STAGE_FINAL];
  EhcpDay end = course->today;

  if (final->done_on != EHCP_DAY_NONE)
    end = final->done_on;
  else if (course->process.ended != NULL)
    end = course->process.ended->date;

  timeline->is_over = final->done_on != EHCP_DAY_NONE || course->process.ended != NULL;
  timeline->final_due = timeline->received + N_WEEKS * DAYS_IN_WEEK;
  timeline->days_used = MAX (end - timeline->received, 0);
  timeline->week = timeline->days_used < 1 ? 1 : (timeline->days_used - 1) / DAYS_IN_WEEK + 1;
  if (timeline->is_over)
    return;
  timeline->days_left = MAX (timeline->final_due - course->today, 0);
  timeline->days_late = final->days_late;
}

gboolean
ehcp_timeline_compute (const EhcpFact *facts, guint n_facts, EhcpDay today, EhcpTimeline *timeline)
{
  Course course = { .facts = facts, .n_facts = n_facts, .today = today, .timeline = timeline };

  g_return_val_if_fail (facts != NULL || n_facts == 0, FALSE);
  g_return_val_if_fail (today != EHCP_DAY_NONE && timeline != NULL, FALSE);

  ehcp_process_find (facts, n_facts, &course.process);
  if (course.process.start == NULL)
    return FALSE;

  *timeline = (EhcpTimeline){ .received = course.process.start->date };
  for (guint i = 0; i < EHCP_N_STAGES; i++)
    {
      EhcpStage *stage = &timeline->stages[i];

      stage->id = (EhcpStageId) i;
      stage->first_week = plans[i].first_week;
      stage->last_week = plans[i].last_week;
      if (stage->id == EHCP_STAGE_REQUEST)
        fill_request (&course, stage);
      else
        fill_stage (&course, stage, &plans[i]);
    }
  place_stages (&course, course.process.ended != NULL ? find_ending_stage (&course)
                                                       : EHCP_STAGE_FINAL);
  count_weeks (&course);
  return TRUE;
}

const char *
ehcp_stage_id_to_string (EhcpStageId id)
{
  static const char *const names[EHCP_N_STAGES] = { "request", "assess", "advice",
                                                     "decide", "draft", "final" };

  g_return_val_if_fail ((guint) id < EHCP_N_STAGES, NULL);
  return names[id];
}
