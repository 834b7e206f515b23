/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine: what a row of the table means for the facts of a case. It knows no rule by name. */
#include "ehcp-rules.h"

#include "ehcp-exemption.h"
#include "ehcp-process.h"
#include "ehcp-rule-private.h"
#include "ehcp-working-days.h"

#include <string.h>

typedef struct
{
  const EhcpFact *facts;
  guint n_facts;
  EhcpDay today;
  EhcpProcess process;
  EhcpDue *dues;
  guint n_room;
  guint n_dues;
} Conclusion;

/* An act counts from the trigger on; where the limit ends before the trigger, from a year before it. */
static EhcpDay
get_first_act (const EhcpRule *rule, const EhcpFact *trigger)
{
  switch (rule->limit.counting)
    {
    case EHCP_COUNT_BEFORE:
    case EHCP_COUNT_IN_YEAR:
      return ehcp_day_add_months (trigger->date, -12);
    case EHCP_COUNT_WITHIN:
    case EHCP_COUNT_BEGINNING_WITH:
    case EHCP_COUNT_SCHOOL_LEAVING:
    default:
      return trigger->date;
    }
}

static EhcpDay
find_done (const Conclusion *conclusion, const EhcpRule *rule, const EhcpFact *trigger)
{
  EhcpDay first = get_first_act (rule, trigger);
  EhcpDay found = EHCP_DAY_NONE;

  for (guint i = 0; i < conclusion->n_facts; i++)
    {
      const EhcpFact *fact = &conclusion->facts[i];

      if (fact->date < first || (found != EHCP_DAY_NONE && fact->date >= found))
        continue;
      if (rule->is_by_member && g_strcmp0 (fact->value, trigger->value) != 0)
        continue;
      for (guint n = 0; n < G_N_ELEMENTS (rule->done) && rule->done[n] != NULL; n++)
        if (ehcp_fact_matches (fact, rule->done[n]))
          found = fact->date;
    }
  return found;
}

/* What is done under a Tribunal's order does not fulfil the limit that the refusal had ended. */
static EhcpDay
find_met_on (const Conclusion *conclusion, const EhcpRule *rule, const EhcpFact *trigger)
{
  EhcpDay done = find_done (conclusion, rule, trigger);
  EhcpDay closed = conclusion->process.closed;

  if (rule->pick == EHCP_PICK_PROCESS && closed != EHCP_DAY_NONE && done > closed)
    return EHCP_DAY_NONE;
  return done;
}

static gboolean
is_overtaken (const Conclusion *conclusion, const EhcpRule *rule, const EhcpFact *trigger)
{
  if (rule->pick == EHCP_PICK_PROCESS && conclusion->process.closed != EHCP_DAY_NONE)
    return TRUE;
  return ehcp_facts_earliest (conclusion->facts, conclusion->n_facts, rule->overtaken_by,
                              trigger->date + 1) != NULL;
}

/* An exemption of the earlier assessment does not reach into the next one; a ground that lasts on does. */
static gboolean
is_of_assessment (const Conclusion *conclusion, const EhcpFact *exemption, const EhcpFact *trigger)
{
  EhcpDay after = conclusion->process.after;

  return trigger->date > after ? MAX (exemption->date, exemption->until) > after : exemption->date <= after;
}

static gboolean
is_exempt (const Conclusion *conclusion, const EhcpRule *rule, const EhcpFact *trigger)
{
  if (rule->grounds == EHCP_GROUND_NONE)
    return FALSE;
  for (guint i = 0; i < conclusion->n_facts; i++)
    {
      const EhcpFact *fact = &conclusion->facts[i];

      if (ehcp_fact_matches (fact, "exemption") &&
          ehcp_exemption_names (fact->value, rule, trigger->value) &&
          is_of_assessment (conclusion, fact, trigger))
        return TRUE;
    }
  return FALSE;
}

static EhcpDueState
judge (const Conclusion *conclusion, const EhcpDue *due, const EhcpFact *trigger)
{
  gboolean is_done = due->met_on != EHCP_DAY_NONE;

  if (is_done && due->met_on <= due->due)
    return EHCP_DUE_MET;
  if (!is_done && is_overtaken (conclusion, due->rule, trigger))
    return EHCP_DUE_LAPSED;
  if (is_exempt (conclusion, due->rule, trigger))
    return EHCP_DUE_EXCUSED;
  if (is_done || conclusion->today > due->due)
    return EHCP_DUE_LATE;
  return EHCP_DUE_DUE;
}

static EhcpDay
count_bound (const Conclusion *conclusion, const EhcpBound *bound, const EhcpFact *trigger)
{
  const EhcpFact *from;

  if (bound->from[0] == NULL)
    return EHCP_DAY_NONE;
  if (bound->look == EHCP_LOOK_AFTER)
    from = ehcp_facts_earliest (conclusion->facts, conclusion->n_facts, bound->from, trigger->date);
  else
    from = ehcp_facts_latest (conclusion->facts, conclusion->n_facts, bound->from,
                              bound->look == EHCP_LOOK_ANY ? G_MAXINT32 : trigger->date);
  return from != NULL ? ehcp_limit_count (&bound->limit, from->date) : EHCP_DAY_NONE;
}

static EhcpDay
count_last_day (const Conclusion *conclusion, const EhcpRule *rule, const EhcpFact *trigger)
{
  EhcpDay due = ehcp_limit_count (&rule->limit, trigger->date);
  EhcpDay cap = count_bound (conclusion, &rule->cap, trigger);
  EhcpDay floor = count_bound (conclusion, &rule->floor, trigger);

  if (due == EHCP_DAY_NONE)
    return EHCP_DAY_NONE;
  if (cap != EHCP_DAY_NONE)
    due = MIN (due, cap);
  due = MAX (due, floor);
  return rule->rolls ? ehcp_day_roll_for_tribunal (due) : due;
}

static int
compare_dues (const EhcpDue *a, const EhcpDue *b)
{
  if (a->due != b->due)
    return a->due < b->due ? -1 : 1;
  if (a->rule != b->rule)
    return a->rule < b->rule ? -1 : 1;
  if (a->trigger_date != b->trigger_date)
    return a->trigger_date < b->trigger_date ? -1 : 1;
  return g_strcmp0 (a->about, b->about);
}

/* Kept in order while inserting: with no room left it is always the latest day that goes. */
static void
insert_due (Conclusion *conclusion, const EhcpDue *due)
{
  guint place = conclusion->n_dues;

  while (place > 0 && compare_dues (due, &conclusion->dues[place - 1]) < 0)
    place--;
  if (place >= conclusion->n_room)
    return;
  if (conclusion->n_dues < conclusion->n_room)
    conclusion->n_dues++;
  memmove (&conclusion->dues[place + 1], &conclusion->dues[place],
           (conclusion->n_dues - place - 1) * sizeof (EhcpDue));
  conclusion->dues[place] = *due;
}

static void
conclude_trigger (Conclusion *conclusion, const EhcpRule *rule, const EhcpFact *trigger)
{
  EhcpDue due = { .rule = rule, .trigger_date = trigger->date };

  if (trigger->date < rule->valid_from ||
      (rule->valid_to != EHCP_DAY_NONE && trigger->date > rule->valid_to))
    return;
  if (rule->applies.from[0] != NULL &&
      trigger->date >= count_bound (conclusion, &rule->applies, trigger))
    return;
  due.due = count_last_day (conclusion, rule, trigger);
  if (due.due == EHCP_DAY_NONE)
    return;
  due.trigger = ehcp_fact_name (trigger->name);
  due.about = rule->is_by_member ? trigger->value : NULL;
  due.met_on = find_met_on (conclusion, rule, trigger);
  if (rule->comes_by_itself && conclusion->today >= due.due)
    due.met_on = due.due;
  due.state = judge (conclusion, &due, trigger);
  insert_due (conclusion, &due);
}

static void
conclude_each (Conclusion *conclusion, const EhcpRule *rule)
{
  for (guint i = 0; i < conclusion->n_facts; i++)
    for (guint n = 0; n < G_N_ELEMENTS (rule->triggers) && rule->triggers[n] != NULL; n++)
      if (ehcp_fact_matches (&conclusion->facts[i], rule->triggers[n]))
        conclude_trigger (conclusion, rule, &conclusion->facts[i]);
}

static void
conclude_rule (Conclusion *conclusion, const EhcpRule *rule)
{
  const EhcpFact *trigger = NULL;

  switch (rule->pick)
    {
    case EHCP_PICK_EACH:
      conclude_each (conclusion, rule);
      break;
    case EHCP_PICK_PROCESS:
      trigger = conclusion->process.start;
      break;
    case EHCP_PICK_LATEST:
      trigger = ehcp_facts_latest (conclusion->facts, conclusion->n_facts, rule->triggers,
                                   G_MAXINT32);
      break;
    default:
      g_assert_not_reached ();
    }
  if (trigger != NULL)
    conclude_trigger (conclusion, rule, trigger);
}

guint
ehcp_rule_conclude (const EhcpRule *rule, const EhcpFact *facts, guint n_facts, EhcpDay today,
                    EhcpDue *dues, guint n_dues)
{
  Conclusion conclusion = { .facts = facts, .n_facts = n_facts, .today = today,
                            .dues = dues, .n_room = n_dues };

  ehcp_process_find (facts, n_facts, &conclusion.process);
  conclude_rule (&conclusion, rule);
  return conclusion.n_dues;
}

guint
ehcp_rules_conclude_table (const EhcpRule *rules, guint n_rules, const EhcpFact *facts, guint n_facts,
                           EhcpDay today, EhcpDue *dues, guint n_dues)
{
  Conclusion conclusion = { .facts = facts, .n_facts = n_facts, .today = today,
                            .dues = dues, .n_room = n_dues };

  ehcp_process_find (facts, n_facts, &conclusion.process);
  for (guint i = 0; i < n_rules; i++)
    conclude_rule (&conclusion, &rules[i]);
  return conclusion.n_dues;
}

guint
ehcp_rules_conclude (const EhcpFact *facts, guint n_facts, EhcpDay today, EhcpDue *dues,
                     guint n_dues)
{
  g_return_val_if_fail (facts != NULL || n_facts == 0, 0);
  g_return_val_if_fail (dues != NULL || n_dues == 0, 0);
  g_return_val_if_fail (today != EHCP_DAY_NONE, 0);

  return ehcp_rules_conclude_table (ehcp_rule_nth (0), ehcp_rule_count (), facts, n_facts, today, dues,
                                    n_dues);
}

int
ehcp_due_days_left (const EhcpDue *due, EhcpDay today)
{
  g_return_val_if_fail (due != NULL, 0);

  if (due->met_on != EHCP_DAY_NONE || due->state == EHCP_DUE_LAPSED)
    return 0;
  return MAX (due->due - today, 0);
}

int
ehcp_due_days_late (const EhcpDue *due, EhcpDay today)
{
  g_return_val_if_fail (due != NULL, 0);

  if (due->state != EHCP_DUE_LATE)
    return 0;
  return MAX ((due->met_on != EHCP_DAY_NONE ? due->met_on : today) - due->due, 0);
}

const char *
ehcp_due_state_to_string (EhcpDueState state)
{
  static const char *const names[] = {
    [EHCP_DUE_DUE] = "due", [EHCP_DUE_MET] = "met", [EHCP_DUE_LATE] = "late",
    [EHCP_DUE_EXCUSED] = "excused", [EHCP_DUE_LAPSED] = "lapsed"
  };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (names), NULL);
  return names[state];
}
