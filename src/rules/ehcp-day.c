/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arithmetic of legal days over GDate. What a limit means in days is ehcp-counting.c's. */
#include "ehcp-day.h"

#include <string.h>

#define LAST_YEAR 9999

EhcpDay
ehcp_day_from_ymd (int year, int month, int day)
{
  GDate date;

  /* GDate takes narrower types: out of range, they would wrap round to a day that exists. */
  if (year < 1 || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > 31)
    return EHCP_DAY_NONE;
  if (!g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return EHCP_DAY_NONE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (EhcpDay) g_date_get_julian (&date);
}

void
ehcp_day_to_ymd (EhcpDay day, int *year, int *month, int *day_of_month)
{
  GDate date;
  gboolean is_day = day > EHCP_DAY_NONE;

  g_date_clear (&date, 1);
  if (is_day)
    g_date_set_julian (&date, (guint32) day);

  if (year != NULL)
    *year = is_day ? g_date_get_year (&date) : 0;
  if (month != NULL)
    *month = is_day ? (int) g_date_get_month (&date) : 0;
  if (day_of_month != NULL)
    *day_of_month = is_day ? g_date_get_day (&date) : 0;

  g_return_if_fail (is_day);
}

static int
read_digits (const char *text, int n_digits)
{
  int number = 0;

  for (int i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + (text[i] - '0');
    }
  return number;
}

EhcpDay
ehcp_day_parse (const char *text)
{
  if (text == NULL || strlen (text) != strlen ("YYYY-MM-DD"))
    return EHCP_DAY_NONE;
  if (text[4] != '-' || text[7] != '-')
    return EHCP_DAY_NONE;
  return ehcp_day_from_ymd (read_digits (text, 4), read_digits (text + 5, 2),
                            read_digits (text + 8, 2));
}

char *
ehcp_day_format (EhcpDay day)
{
  int year, month, day_of_month;

  if (day <= EHCP_DAY_NONE)
    return NULL;
  ehcp_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day_of_month);
}

int
ehcp_day_weekday (EhcpDay day)
{
  if (day <= EHCP_DAY_NONE)
    return 0;
  return (day - 1) % 7 + 1;
}

EhcpDay
ehcp_day_add_months (EhcpDay day, int n_months)
{
  int year, month, day_of_month;
  gint64 months;

  g_return_val_if_fail (day > EHCP_DAY_NONE, EHCP_DAY_NONE);

  ehcp_day_to_ymd (day, &year, &month, &day_of_month);
  months = (gint64) year * 12 + (month - 1) + n_months;
  if (months < 12 || months / 12 > LAST_YEAR)
    return EHCP_DAY_NONE;

  year = (int) (months / 12);
  month = (int) (months % 12) + 1;
  return ehcp_day_from_ymd (
      year, month,
      MIN (day_of_month, (int) g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year)));
}
