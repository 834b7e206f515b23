/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When something happened, in the words of the screens; days by the calendar of Europe/London, like
 * every legal day, so that a screen and a letter name the same one. */
#include "ehcp-time-words.h"

#include <glib/gi18n.h>

#include "ehcp-clock.h"
#include "ehcp-text.h"

static char *
format (gint64 unix_s, const char *pattern)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_s);
  g_autoptr (GDateTime) local = zone != NULL && utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  GDateTime *time = local != NULL ? local : utc;

  return time != NULL ? g_date_time_format (time, pattern) : g_strdup ("");
}

/* How many days before today; negative for a time to come. */
static int
days_ago (gint64 unix_s, gint64 now_s)
{
  return ehcp_clock_day_of (now_s) - ehcp_clock_day_of (unix_s);
}

/* "Today 14:05"; within the last six days "Mon 14:05"; otherwise "24 November 2026". */
char *
ehcp_time_words (gint64 unix_s, gint64 now_s)
{
  int n_days = days_ago (unix_s, now_s);

  if (n_days == 0)
    return format (unix_s, _("Today %H:%M"));
  if (n_days > 0 && n_days < 7)
    return format (unix_s, _("%a %H:%M"));
  return format (unix_s, _("%-e %B %Y"));
}

/* The same of a record's time; "" of NULL or of what is no time. */
char *
ehcp_time_words_of_text (const char *time, gint64 now_s)
{
  gint64 unix_s = time != NULL ? ehcp_time_parse (time) : -1;

  return unix_s >= 0 ? ehcp_time_words (unix_s, now_s) : g_strdup ("");
}

/* In the middle of a sentence: "at 14:05", "on Monday at 14:05", "on 24 November 2026 at 14:05". */
char *
ehcp_time_words_saved (gint64 unix_s, gint64 now_s)
{
  int n_days = days_ago (unix_s, now_s);

  if (n_days == 0)
    return format (unix_s, _("at %H:%M"));
  if (n_days > 0 && n_days < 7)
    return format (unix_s, _("on %A at %H:%M"));
  return format (unix_s, _("on %-e %B %Y at %H:%M"));
}

/* "14:05" */
char *
ehcp_time_words_clock (gint64 unix_s)
{
  return format (unix_s, "%H:%M");
}

/* "12:41", minutes and seconds; "0:00" when nothing is left. */
char *
ehcp_time_words_countdown (gint64 seconds)
{
  gint64 left = MAX (seconds, 0);

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT, left / 60, left % 60);
}
