/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the law counts: the last day of a limit. Calendar days only; whatever rolls over holidays
 * needs a calendar and is not here. */
#include "ehcp-rule-private.h"

#define DAYS_IN_WEEK 7
#define LAST_DAY ((EhcpDay) 3652059) /* 31 December 9999: a later day has no text */

/* The clause about the closure is worded alike in all three regulations. */
#define CLOSURE_MIN_DAYS (4 * DAYS_IN_WEEK)

/* Where the month has no corresponding date, its last day already is the end of the period that
 * began with the 29th, 30th or 31st: one day less would take a day from it. */
static EhcpDay
count_months (const EhcpLimit *limit, EhcpDay from)
{
  EhcpDay day = ehcp_day_add_months (from, limit->length);
  int first = 0, last = 0;

  if (day == EHCP_DAY_NONE || limit->counting == EHCP_COUNT_WITHIN)
    return day;
  ehcp_day_to_ymd (from, NULL, NULL, &first);
  ehcp_day_to_ymd (day, NULL, NULL, &last);
  return first == last ? day - 1 : day;
}

EhcpDay
ehcp_limit_count (const EhcpLimit *limit, EhcpDay from)
{
  int n_days = limit->length;

  g_assert (from != EHCP_DAY_NONE && limit->length > 0);
  if (limit->unit == EHCP_UNIT_MONTHS)
    return count_months (limit, from);
  if (limit->unit == EHCP_UNIT_WEEKS)
    n_days *= DAYS_IN_WEEK;
  if (limit->counting == EHCP_COUNT_BEGINNING_WITH)
    n_days--;
  return from <= LAST_DAY - n_days ? from + n_days : EHCP_DAY_NONE;
}

gboolean
ehcp_closure_excuses (EhcpDay asked, EhcpDay closed, EhcpDay reopens)
{
  if (asked == EHCP_DAY_NONE || closed == EHCP_DAY_NONE || reopens == EHCP_DAY_NONE)
    return FALSE;
  return reopens - closed >= CLOSURE_MIN_DAYS && asked >= closed - DAYS_IN_WEEK &&
         asked <= reopens - DAYS_IN_WEEK;
}
