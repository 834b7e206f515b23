/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working days. The holidays themselves are data. */
#include "ehcp-working-days.h"

#define SATURDAY 6

static gboolean
is_bank_holiday (EhcpDay day)
{
  guint low = 0;
  guint high = ehcp_n_bank_holidays;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (ehcp_bank_holidays[middle] == day)
        return TRUE;
      if (ehcp_bank_holidays[middle] < day)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

gboolean
ehcp_day_is_working (EhcpDay day)
{
  return ehcp_day_weekday (day) < SATURDAY && !is_bank_holiday (day);
}

EhcpDay
ehcp_day_add_working (EhcpDay day, int n_days, gboolean beginning_with)
{
  g_return_val_if_fail (n_days > 0, day);

  if (!beginning_with)
    day++;
  for (;; day++)
    if (ehcp_day_is_working (day) && --n_days == 0)
      return day;
}

/* August, and 25 December to 1 January. */
static gboolean
is_closed_time (EhcpDay day)
{
  int month, day_of_month;

  ehcp_day_to_ymd (day, NULL, &month, &day_of_month);
  return month == 8 || (month == 12 && day_of_month >= 25) || (month == 1 && day_of_month == 1);
}

EhcpDay
ehcp_day_roll_for_tribunal (EhcpDay day)
{
  while (is_closed_time (day) || !ehcp_day_is_working (day))
    day++;
  return day;
}
