/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks as tables: which fact asks for which other before it, and what each finding means. */
#include "ehcp-facts-check.h"

#include "ehcp-process.h"
#include "ehcp-rule-private.h"

#include <string.h>

#define DAYS_FOR_COMMENTS 15
#define MAX_DAYS_AHEAD (2 * 366)

typedef struct
{
  const EhcpFact *fact;
  const EhcpFact *facts;
  guint n_facts;
  EhcpDay today;
  EhcpDay birth;
  EhcpFinding *findings;
  guint n_room;
  guint n_findings;
} Check;

/* The refused ones first: that is the order in which they are looked for. */
static const struct
{
  const char *code;
  gboolean is_refused;
  const char *member;
  const char *words;
} meanings[] = {
  { "unknown-fact", TRUE, "what", "The rules know no fact of this name." },
  { "in-the-future", TRUE, "date",
    "The date is in the future. Enter it when it has happened: the family's dates are counted from it." },
  { "too-far-ahead", TRUE, "date",
    "The date is more than two years ahead. Please check the year." },
  { "before-birth", TRUE, "date", "The date is before the child was born." },
  { "before-request", TRUE, "date",
    "The date is before the request for assessment. No part of an assessment can come before it: check both "
    "dates, and correct the request if that is the wrong one." },
  { "ends-before-it-begins", TRUE, "until", "The last day is before the first." },
  { "outcome-missing", TRUE, "value", "Say which kind it was: the limits depend on it." },
  { "outcome-unknown", TRUE, "value", "This is none of the outcomes that the law knows here." },
  { "entered-before", FALSE, "date", "The same was entered for the same day. Is this one entry too many?" },
  { "steps-before-request", FALSE, "date",
    "Other steps of the assessment are dated before this request. Check their dates." },
  { "asked-before-request", FALSE, "date",
    "This is dated before the request for assessment. Does it belong to this assessment?" },
  { "decided-otherwise", FALSE, "value",
    "Another decision on the same question was entered. If one was wrong, correct it; if the council changed "
    "its mind, its first limits bind again." },
  { "after-refusal", FALSE, "date",
    "The council had decided against an assessment or a plan before this day, and no order or new decision "
    "was entered since." },
  { "advice-not-asked", FALSE, "date", "Nobody of that name was asked for advice up to this day." },
  { "school-not-consulted", FALSE, "date", "No school of that name was consulted up to this day." },
  { "draft-not-served", FALSE, "date",
    "No draft was served up to this day. A family must have the draft first (regulation 13)." },
  { "draft-after-final", FALSE, "date",
    "A final plan was issued before this draft, and no reassessment was notified." },
  { "final-within-15-days", FALSE, "date",
    "The family's 15 days for comments were not over, and no comments were entered (regulation 13(1))." },
  { "meeting-before-plan", FALSE, "date",
    "No plan had been made up to the day of this meeting: what is there to review?" },
  { "no-review-meeting", FALSE, "date", "No review meeting was entered up to this day." },
  { "no-amendment-notice", FALSE, "date",
    "No amendment notice was sent up to this day. A plan is changed after a notice (regulation 22)." },
  { "amended-within-15-days", FALSE, "date",
    "The family's 15 days for comments on the changes were not over, and no comments were entered "
    "(regulation 22(2)(c))." },
  { "reassessment-not-asked", FALSE, "date", "No reassessment was asked for up to this day." },
  { "plan-not-transferred", FALSE, "date", "No plan had come from another council up to this day." },
  { "no-decision-sent", FALSE, "date",
    "No decision that can be appealed was sent to the family up to this day." },
  { "mediation-not-asked", FALSE, "date", "Nobody had asked for mediation up to this day." },
  { "no-appeal", FALSE, "date", "No appeal was entered up to this day." },
  { "closure-without-end", FALSE, "until",
    "The day of re-opening is missing, so that this closure excuses nothing." },
  { "phase-missing", FALSE, "value",
    "The phase is missing. It is counted as one that ends before 15 February." },
};

/* Parts of a first assessment: none can have been before the request. */
static const char *const assessment_facts[] = { "assess-decided", "advice-asked", "advice-received",
                                                "plan-decided", "no-plan-notified", "draft-served",
                                                "draft-comments-received", "final-issued", NULL };

/* These mostly belong to one, but may have come about otherwise. */
static const char *const other_steps[] = { "head-asked", "school-consulted", "school-answered", NULL };

/* What is known beforehand: limits count back from it. */
static const char *const planned_facts[] = { "closure", "move", "moved", "review-meeting", "transfer-year",
                                             NULL };

static const char *const start_facts[] = { "request-received", "became-responsible", NULL };
static const char *const decisions_no[] = { "assess-decided=no", "no-plan-notified", NULL };
static const char *const answers_no[] = { "assess-decided=yes", "plan-decided", "order", NULL };
static const char *const steps_on[] = { "advice-asked", "draft-served", "final-issued", NULL };

/* Outcomes; and how something came to the family. */
static const struct
{
  const char *what;
  const char *values[5];
  gboolean is_needed;
} outcomes[] = {
  { "assess-decided", { "yes", "no" }, FALSE },
  { "reassess-decided", { "yes", "no" }, FALSE },
  { "order", { "assess", "make-plan", "amend", "school" }, TRUE },
  { "draft-served", { "post", "email", "portal", "hand" }, FALSE },
  { "amendment-served", { "post", "email", "portal", "hand" }, FALSE },
  { "final-issued", { "post", "email", "portal", "hand" }, FALSE },
  { "amended-final-issued", { "post", "email", "portal", "hand" }, FALSE },
};

#define APPEALABLE \
  "decision-sent", "assess-decided=no", "no-plan-notified", "final-issued", "amended-final-issued", \
      "reassess-decided=no", "ceased"

/* What follows, and one of what it follows from, on or before its day. */
static const struct
{
  const char *fact;
  const char *after[8]; /* patterns */
  const char *code;
  gboolean is_by_member;
} orders[] = {
  { "advice-received", { "advice-asked" }, "advice-not-asked", TRUE },
  { "school-answered", { "school-consulted" }, "school-not-consulted", TRUE },
  { "draft-comments-received", { "draft-served" }, "draft-not-served", FALSE },
  { "final-issued", { "draft-served" }, "draft-not-served", FALSE },
  { "review-meeting", { "plan-made", "final-issued", "plan-transferred" }, "meeting-before-plan", FALSE },
  { "review-decided", { "review-meeting" }, "no-review-meeting", FALSE },
  { "review-report-sent", { "review-meeting" }, "no-review-meeting", FALSE },
  { "amend-comments-received", { "amendment-served", "amendment-notice" }, "no-amendment-notice", FALSE },
  { "amended-final-issued", { "amendment-notice", "order" }, "no-amendment-notice", FALSE },
  { "reassess-decided", { "reassessment-asked" }, "reassessment-not-asked", FALSE },
  { "transfer-told", { "plan-transferred" }, "plan-not-transferred", FALSE },
  { "transfer-reviewed", { "plan-transferred" }, "plan-not-transferred", FALSE },
  { "certificate", { APPEALABLE }, "no-decision-sent", FALSE },
  { "appeal-sent", { APPEALABLE }, "no-decision-sent", FALSE },
  { "mediation-held", { "mediation-asked" }, "mediation-not-asked", FALSE },
  { "mediation-ended", { "mediation-asked" }, "mediation-not-asked", FALSE },
  { "appeal-answered", { "appeal-sent" }, "no-appeal", FALSE },
};

static gboolean
is_one_of (const EhcpFact *fact, const char *const *names)
{
  return g_strv_contains (names, fact->name);
}

static void
report (Check *check, gboolean is_so, const char *code)
{
  if (!is_so || check->n_findings == check->n_room)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (strcmp (meanings[i].code, code) == 0)
      check->findings[check->n_findings++] =
          (EhcpFinding){ meanings[i].code, meanings[i].is_refused, meanings[i].member, check->fact };
}

/* Another fact of that name, from one day to another; with @value only one that has it. */
static gboolean
has_fact (const Check *check, const char *name, const char *value, EhcpDay from, EhcpDay to)
{
  for (guint i = 0; i < check->n_facts; i++)
    {
      const EhcpFact *other = &check->facts[i];

      if (other != check->fact && strcmp (other->name, name) == 0 && other->date >= from &&
          other->date <= to && (value == NULL || g_strcmp0 (other->value, value) == 0))
        return TRUE;
    }
  return FALSE;
}

static EhcpDay
find_start (const Check *check)
{
  const EhcpFact *start = ehcp_facts_earliest (check->facts, check->n_facts, start_facts, 1);

  return start != NULL ? start->date : EHCP_DAY_NONE;
}

static void
check_day (Check *check)
{
  gboolean is_planned = is_one_of (check->fact, planned_facts);
  EhcpDay start = find_start (check);

  report (check, !is_planned && check->fact->date > check->today, "in-the-future");
  report (check, is_planned && check->fact->date > check->today + MAX_DAYS_AHEAD, "too-far-ahead");
  report (check, check->fact->date < check->birth, "before-birth");
  report (check, is_one_of (check->fact, assessment_facts) && check->fact->date < start, "before-request");
  report (check, check->fact->until != EHCP_DAY_NONE && check->fact->until < check->fact->date,
        "ends-before-it-begins");
}

static void
check_outcome (Check *check)
{
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      if (strcmp (check->fact->name, outcomes[i].what) != 0)
        continue;
      if (check->fact->value == NULL)
        report (check, outcomes[i].is_needed, "outcome-missing");
      else
        report (check, !g_strv_contains (outcomes[i].values, check->fact->value), "outcome-unknown");
    }
}

/* Each adviser and school has a name of its own; two entries of one day are one entry too many. Within
 * the array the earlier of two is not reported as well. */
static void
check_twice (Check *check)
{
  for (guint i = 0; i < check->n_facts && &check->facts[i] != check->fact; i++)
    {
      const EhcpFact *other = &check->facts[i];

      /* What has no value of its own ("draft-served") is the same whatever else was entered. */
      if (strcmp (other->name, check->fact->name) == 0 && other->date == check->fact->date &&
          (check->fact->value == NULL || g_strcmp0 (other->value, check->fact->value) == 0))
        {
          report (check, TRUE, "entered-before");
          return;
        }
    }
}

static void
check_request (Check *check)
{
  EhcpDay start = find_start (check);
  gboolean is_first = is_one_of (check->fact, start_facts) && (start == EHCP_DAY_NONE ||
                                                               check->fact->date <= start);
  gboolean has_steps = FALSE;

  for (guint i = 0; i < check->n_facts && is_first; i++)
    has_steps |= is_one_of (&check->facts[i], assessment_facts) &&
                 check->facts[i].date < check->fact->date;
  report (check, has_steps, "steps-before-request");
  report (check, is_one_of (check->fact, other_steps) && check->fact->date < start, "asked-before-request");
}

/* Under a Tribunal's order the other decision is what was ordered. */
static void
check_decision (Check *check)
{
  const char *value = check->fact->value != NULL ? check->fact->value : "yes";
  EhcpProcess process;

  if (strcmp (check->fact->name, "assess-decided") != 0 ||
      has_fact (check, "order", NULL, 1, check->fact->date))
    return;
  ehcp_process_find (check->facts, check->n_facts, &process);
  report (check,
        has_fact (check, "assess-decided", strcmp (value, "yes") == 0 ? "no" : "yes", process.after + 1,
                  check->fact->date),
        "decided-otherwise");
}

static void
check_refusal (Check *check)
{
  const EhcpFact *no, *start, *answer;

  if (!is_one_of (check->fact, steps_on))
    return;
  no = ehcp_facts_latest (check->facts, check->n_facts, decisions_no, check->fact->date - 1);
  if (no == NULL)
    return;
  start = ehcp_facts_latest (check->facts, check->n_facts, start_facts, check->fact->date);
  answer = ehcp_facts_latest (check->facts, check->n_facts, answers_no, check->fact->date);
  report (check,
        (start == NULL || start->date <= no->date) && (answer == NULL || answer->date <= no->date) &&
            !has_fact (check, "reassessment-notified", NULL, no->date, check->fact->date),
        "after-refusal");
}

static gboolean
has_one_before (const Check *check, const char *pattern, const char *value)
{
  for (guint i = 0; i < check->n_facts; i++)
    {
      const EhcpFact *other = &check->facts[i];

      if (other != check->fact && other->date <= check->fact->date && ehcp_fact_matches (other, pattern) &&
          (value == NULL || g_strcmp0 (other->value, value) == 0))
        return TRUE;
    }
  return FALSE;
}

static void
check_order (Check *check)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      gboolean has_one = FALSE;

      if (strcmp (check->fact->name, orders[i].fact) != 0)
        continue;
      for (guint n = 0; n < G_N_ELEMENTS (orders[i].after) && orders[i].after[n] != NULL; n++)
        has_one |= has_one_before (check, orders[i].after[n], orders[i].is_by_member ? check->fact->value : NULL);
      report (check, !has_one, orders[i].code);
    }
}

/* At least 15 days beginning with service, so what is final is too early before the 16th, unless the
 * family has answered. */
static void
check_comments (Check *check, const char *final, const char *served, const char *received,
                const char *code)
{
  const char *const names[] = { served, NULL };
  const EhcpFact *last;

  if (strcmp (check->fact->name, final) != 0)
    return;
  last = ehcp_facts_latest (check->facts, check->n_facts, names, check->fact->date);
  report (check,
        last != NULL && check->fact->date < last->date + DAYS_FOR_COMMENTS &&
            !has_fact (check, received, NULL, last->date, check->fact->date),
        code);
}

static void
check_draft (Check *check)
{
  report (check,
        strcmp (check->fact->name, "draft-served") == 0 &&
            has_fact (check, "final-issued", NULL, MAX (find_start (check), 1), check->fact->date) &&
            !has_fact (check, "reassessment-notified", NULL, 1, check->fact->date),
        "draft-after-final");
}

static void
check_parts (Check *check)
{
  report (check, strcmp (check->fact->name, "closure") == 0 && check->fact->until == EHCP_DAY_NONE,
        "closure-without-end");
  report (check, strcmp (check->fact->name, "transfer-year") == 0 && check->fact->value == NULL,
        "phase-missing");
}

guint
ehcp_fact_check (const EhcpFact *fact, const EhcpFact *facts, guint n_facts, EhcpDay today, EhcpDay birth,
                 EhcpFinding *findings, guint n_findings)
{
  static const char *const births[] = { "birth", NULL };
  Check check = { fact, facts, n_facts, today, birth, findings, n_findings, 0 };
  const EhcpFact *born;

  g_return_val_if_fail (fact != NULL && (facts != NULL || n_facts == 0), 0);
  g_return_val_if_fail (today != EHCP_DAY_NONE, 0);

  born = ehcp_facts_latest (facts, n_facts, births, G_MAXINT32);
  if (birth == EHCP_DAY_NONE && born != NULL && born != fact)
    check.birth = born->date;
  report (&check, !ehcp_rules_knows_fact (fact->name), "unknown-fact");
  check_day (&check);
  check_outcome (&check);
  check_twice (&check);
  check_request (&check);
  check_decision (&check);
  check_refusal (&check);
  check_draft (&check);
  check_order (&check);
  check_comments (&check, "final-issued", "draft-served", "draft-comments-received",
                  "final-within-15-days");
  check_comments (&check, "amended-final-issued", "amendment-served", "amend-comments-received",
                  "amended-within-15-days");
  check_parts (&check);
  return check.n_findings;
}

guint
ehcp_facts_check (const EhcpFact *facts, guint n_facts, EhcpDay today, EhcpDay birth,
                  EhcpFinding *findings, guint n_findings)
{
  guint n = 0;

  for (guint i = 0; i < n_facts; i++)
    n += ehcp_fact_check (&facts[i], facts, n_facts, today, birth, findings + n, n_findings - n);
  return n;
}

const char *
ehcp_finding_nth_code (guint n, gboolean *is_refused)
{
  if (n >= G_N_ELEMENTS (meanings))
    return NULL;
  if (is_refused != NULL)
    *is_refused = meanings[n].is_refused;
  return meanings[n].code;
}

const char *
ehcp_finding_explain (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (meanings); i++)
    if (strcmp (meanings[i].code, code) == 0)
      return meanings[i].words;
  return NULL;
}
