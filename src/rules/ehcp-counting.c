/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the law counts: the last day of a limit. Working days are ehcp-working-days.c's. */
#include "ehcp-rule-private.h"
#include "ehcp-working-days.h"

#define DAYS_IN_WEEK 7
#define FRIDAY 5
#define JUNE 6
#define SEPTEMBER 9
#define LAST_DAY ((EhcpDay) 3652059) /* 31 December 9999: a later day has no text */

/* The clause about the closure is worded alike in all three regulations. */
#define CLOSURE_MIN_DAYS (4 * DAYS_IN_WEEK)

/* Where the month has no corresponding date, its last day already is the end of the period that
 * began with the 29th, 30th or 31st: one day less would take a day from it. */
static EhcpDay
count_months (const EhcpLimit *limit, EhcpDay from)
{
  gboolean is_before = limit->counting == EHCP_COUNT_BEFORE;
  EhcpDay day = ehcp_day_add_months (from, is_before ? -limit->length : limit->length);
  int first = 0, last = 0;

  if (day == EHCP_DAY_NONE || limit->counting != EHCP_COUNT_BEGINNING_WITH)
    return day;
  ehcp_day_to_ymd (from, NULL, NULL, &first);
  ehcp_day_to_ymd (day, NULL, NULL, &last);
  return first == last ? day - 1 : day;
}

static EhcpDay
count_in_year (const EhcpLimit *limit, EhcpDay from)
{
  int year;

  ehcp_day_to_ymd (from, &year, NULL, NULL);
  return ehcp_day_from_ymd (year, limit->length / 100, limit->length % 100);
}

/* A school year runs from 1 September; `length` is the birthday's age. Compulsory school age ends on the
 * school leaving date: Education Act 1996, s8; SI 1997/1970. */
static EhcpDay
count_school_leaving (const EhcpLimit *limit, EhcpDay birth)
{
  int year, month;
  EhcpDay day;

  ehcp_day_to_ymd (birth, &year, &month, NULL);
  day = ehcp_day_from_ymd (year + limit->length + (month >= SEPTEMBER ? 1 : 0), JUNE, 30);
  while (day != EHCP_DAY_NONE && ehcp_day_weekday (day) != FRIDAY)
    day--;
  return day;
}

EhcpDay
ehcp_limit_count (const EhcpLimit *limit, EhcpDay from)
{
  int n_days = limit->length;

  g_assert (from != EHCP_DAY_NONE && limit->length >= 0);
  if (limit->counting == EHCP_COUNT_IN_YEAR)
    return count_in_year (limit, from);
  if (limit->counting == EHCP_COUNT_SCHOOL_LEAVING)
    return count_school_leaving (limit, from);
  if (limit->unit == EHCP_UNIT_MONTHS)
    return count_months (limit, from);
  if (limit->unit == EHCP_UNIT_WORKING_DAYS)
    return from > LAST_DAY - 4 * n_days - DAYS_IN_WEEK * 2
               ? EHCP_DAY_NONE
               : ehcp_day_add_working (from, n_days, limit->counting == EHCP_COUNT_BEGINNING_WITH);
  if (limit->unit == EHCP_UNIT_WEEKS)
    n_days *= DAYS_IN_WEEK;
  if (limit->counting == EHCP_COUNT_BEFORE)
    return from > n_days ? from - n_days : EHCP_DAY_NONE;
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
