/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Legal days and numbers of days, in the words of the screens. Names of days and months are the
 * locale's. Times of day are ehcp-display.c's. */
#include "ehcp-day-words.h"

#include <glib/gi18n.h>

static char *
format_day (EhcpDay day, const char *format)
{
  char text[128];
  GDate date;

  g_return_val_if_fail (day > EHCP_DAY_NONE, g_strdup (""));
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) day);
  g_date_strftime (text, sizeof text, format, &date);
  return g_strdup (text);
}

static int
year_of (EhcpDay day)
{
  int year;

  ehcp_day_to_ymd (day, &year, NULL, NULL);
  return year;
}

/* "Mon 19 Oct", and "Mon 25 Jan 2027" when it is not this year's. */
char *
ehcp_day_words_short (EhcpDay day, EhcpDay today)
{
  if (today != EHCP_DAY_NONE && year_of (day) == year_of (today))
    return format_day (day, _("%a %-e %b"));
  return ehcp_day_words_year (day);
}

/* "Mon 7 Sep 2026" */
char *
ehcp_day_words_year (EhcpDay day)
{
  return format_day (day, _("%a %-e %b %Y"));
}

/* "Fri 27 November 2026" */
char *
ehcp_day_words_long (EhcpDay day)
{
  return format_day (day, _("%a %-e %B %Y"));
}

/* In a sentence: "Tue 1 December", and "Mon 25 January 2027" when it is not this year's. */
char *
ehcp_day_words_full (EhcpDay day, EhcpDay today)
{
  if (today != EHCP_DAY_NONE && year_of (day) == year_of (today))
    return format_day (day, _("%a %-e %B"));
  return ehcp_day_words_long (day);
}

/* "Tuesday 1 December 2026", for what is read aloud */
char *
ehcp_day_words_spoken (EhcpDay day)
{
  return format_day (day, _("%A %-e %B %Y"));
}

/* "7 days left"; on the last day "today". */
char *
ehcp_day_words_left (int n_days)
{
  if (n_days <= 0)
    return g_strdup (_("today"));
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) n_days), n_days);
}

char *
ehcp_day_words_late (int n_days)
{
  return g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong) n_days), n_days);
}
