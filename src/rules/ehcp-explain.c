/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for a conclusion. They follow the row of the table, so that a changed row explains itself. */
#include "ehcp-explain.h"

#include "ehcp-rule-private.h"

#include <string.h>

static const char *const units[] = { [EHCP_UNIT_DAYS] = "day", [EHCP_UNIT_WEEKS] = "week",
                                     [EHCP_UNIT_MONTHS] = "month",
                                     [EHCP_UNIT_WORKING_DAYS] = "working day" };

char *
ehcp_day_explain (EhcpDay day)
{
  static const char *const weekdays[] = { "", "Monday", "Tuesday", "Wednesday", "Thursday",
                                          "Friday", "Saturday", "Sunday" };
  static const char *const months[] = { "", "January", "February", "March", "April", "May", "June", "July",
                                        "August", "September", "October", "November", "December" };
  int year, month, day_of_month;

  if (day == EHCP_DAY_NONE)
    return g_strdup ("");
  ehcp_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%s %d %s %d", weekdays[ehcp_day_weekday (day)], day_of_month, months[month], year);
}

static void
append_limit (GString *text, const EhcpLimit *limit)
{
  const char *unit = units[limit->unit];
  const char *plural = limit->length == 1 ? "" : "s";

  switch (limit->counting)
    {
    case EHCP_COUNT_BEGINNING_WITH:
      g_string_append_printf (text, "%d %s%s beginning with that day, which is day 1", limit->length, unit, plural);
      break;
    case EHCP_COUNT_BEFORE:
      g_string_append_printf (text, "at least %d %s%s before that day", limit->length, unit, plural);
      break;
    case EHCP_COUNT_IN_YEAR:
      g_string_append_printf (text, "before a fixed day of that year, so up to %d %s", limit->length % 100,
                              limit->length / 100 == 2 ? "February" : "March");
      break;
    case EHCP_COUNT_SCHOOL_LEAVING:
      g_string_append_printf (text, "the last Friday of June of the school year of the %dth birthday", limit->length);
      break;
    case EHCP_COUNT_WITHIN:
    default:
      if (limit->length == 0)
        g_string_append (text, "on that day");
      else
        g_string_append_printf (text, "within %d %s%s, that day not counted", limit->length, unit, plural);
    }
}

static void
append_bound (GString *text, const EhcpBound *bound, const EhcpDue *due, const EhcpFact *facts, guint n_facts,
              const char *words)
{
  const EhcpFact *from;
  g_autofree char *day = NULL;

  if (bound->from[0] == NULL)
    return;
  if (bound->look == EHCP_LOOK_AFTER)
    from = ehcp_facts_earliest (facts, n_facts, bound->from, due->trigger_date);
  else
    from = ehcp_facts_latest (facts, n_facts, bound->from,
                              bound->look == EHCP_LOOK_ANY ? G_MAXINT32 : due->trigger_date);
  if (from == NULL)
    return;
  day = ehcp_day_explain (from->date);
  g_string_append_printf (text, " %s %s on %s, ", words, from->name, day);
  append_limit (text, &bound->limit);
  g_string_append_c (text, '.');
}

static void
append_state (GString *text, const EhcpDue *due, EhcpDay today)
{
  g_autofree char *met_on = ehcp_day_explain (due->met_on);
  int n_late = ehcp_due_days_late (due, today), n_left = ehcp_due_days_left (due, today);

  if (due->met_on != EHCP_DAY_NONE)
    g_string_append_printf (text, " It was done on %s.", met_on);
  if (due->state == EHCP_DUE_LATE)
    g_string_append_printf (text, " %d day%s late.", n_late, n_late == 1 ? "" : "s");
  else if (due->state == EHCP_DUE_EXCUSED)
    g_string_append_printf (text, " An exemption was recorded (%s): no day is added, the limit no longer binds, "
                                  "and the act is due as soon as practicable.",
                            due->rule->exemption);
  else if (due->state == EHCP_DUE_LAPSED)
    g_string_append (text, " It does not apply any more: the case took another way.");
  else if (due->state == EHCP_DUE_DUE)
    g_string_append_printf (text, " %d day%s left.", n_left, n_left == 1 ? "" : "s");
}

char *
ehcp_due_explain (const EhcpDue *due, const EhcpFact *facts, guint n_facts, EhcpDay today)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *trigger_day = NULL, *last_day = NULL;
  const EhcpRule *rule;

  g_return_val_if_fail (due != NULL, NULL);
  g_return_val_if_fail (facts != NULL || n_facts == 0, NULL);

  rule = due->rule;
  trigger_day = ehcp_day_explain (due->trigger_date);
  last_day = ehcp_day_explain (due->due);
  g_string_append_printf (text, "Counted from %s on %s: ", due->trigger, trigger_day);
  append_limit (text, &rule->limit);
  g_string_append_c (text, '.');
  append_bound (text, &rule->cap, due, facts, n_facts, "Never later than what is counted from");
  append_bound (text, &rule->floor, due, facts, n_facts, "Or, if that is later, what is counted from");
  if (rule->rolls)
    g_string_append (text, " A day on which the Tribunal cannot be reached (25 December to 1 January, August, or "
                           "no working day) moves to the next working day.");
  g_string_append_printf (text, " The last day is %s.", last_day);
  append_state (text, due, today);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
