/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days as people in England type them: day first, then month, then a year of four digits. */
#include "ehcp-typed-day.h"

#include <stdlib.h>
#include <string.h>

#define N_PARTS 3
#define FIRST_YEAR 1900
#define LAST_YEAR 2200

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                      "jul", "aug", "sep", "oct", "nov", "dec" };

/* -1 when it is not a number of one to four digits. */
static int
read_number (const char *part)
{
  gsize length = strlen (part);

  if (length == 0 || length > 4 || strspn (part, "0123456789") != length)
    return -1;
  return atoi (part);
}

static int
read_month (const char *part)
{
  g_autofree char *lower = g_ascii_strdown (part, -1);

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (g_str_has_prefix (lower, months[i]))
      return (int) i + 1;
  return read_number (part);
}

/* EHCP_DAY_NONE when it is not a day. */
EhcpDay
ehcp_typed_day_parse (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " ./-,\t", -1);
  const char *found[N_PARTS] = { NULL };
  guint n = 0;
  int year, month, day;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      if (n == N_PARTS)
        return EHCP_DAY_NONE;
      found[n++] = parts[i];
    }
  if (n < N_PARTS)
    return EHCP_DAY_NONE;
  if (strlen (found[0]) == 4)
    {
      const char *swapped = found[0];

      found[0] = found[2];
      found[2] = swapped;
    }
  day = read_number (found[0]);
  month = read_month (found[1]);
  year = read_number (found[2]);
  if (day < 1 || day > 31 || month < 1 || month > 12 || year < FIRST_YEAR || year > LAST_YEAR ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return EHCP_DAY_NONE;
  return ehcp_day_from_ymd (year, month, day);
}

char *
ehcp_typed_day_to_value (const char *text)
{
  EhcpDay day = ehcp_typed_day_parse (text);

  return day != EHCP_DAY_NONE ? ehcp_day_format (day) : g_strdup (text);
}

char *
ehcp_typed_day_from_value (const char *value)
{
  EhcpDay day = ehcp_day_parse (value);
  int year, month, day_of_month;

  if (day == EHCP_DAY_NONE)
    return g_strdup (value);
  ehcp_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%d/%d/%d", day_of_month, month, year);
}
