/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the timeline says of the weeks as a whole. */
#include "ehcp-stage-words.h"

#include <glib/gi18n.h>

#define N_WEEKS 20

/* "11 weeks and 1 day" */
static char *
count_days (int n_days)
{
  int n_weeks = n_days / 7;
  int n_rest = n_days % 7;
  g_autofree char *weeks = g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) n_weeks),
                                            n_weeks);
  g_autofree char *rest = g_strdup_printf (ngettext ("%d day", "%d days", (gulong) n_rest), n_rest);

  if (n_weeks == 0)
    return g_steal_pointer (&rest);
  if (n_rest == 0)
    return g_steal_pointer (&weeks);
  return g_strdup_printf (_("%s and %s"), weeks, rest);
}

/* "Week 12 of 20"; after the last of them "Week 24". */
char *
ehcp_weeks_words_title (const EhcpTimeline *timeline)
{
  if (timeline->is_over)
    return g_strdup_printf (_("Finished in week %d"), timeline->week);
  if (timeline->week > N_WEEKS)
    return g_strdup_printf (_("Week %d"), timeline->week);
  return g_strdup_printf (_("Week %d of %d"), timeline->week, N_WEEKS);
}

/* "62 days left", "22 days over", or NULL when it is over. */
static char *
count_rest (const EhcpTimeline *timeline)
{
  if (timeline->is_over)
    return NULL;
  if (timeline->days_left == 0 && timeline->days_used > N_WEEKS * 7)
    {
      int n_over = timeline->days_used - N_WEEKS * 7;

      return g_strdup_printf (ngettext ("%d day over", "%d days over", (gulong) n_over), n_over);
    }
  if (timeline->days_left == 0)
    return g_strdup (_("today is the last day"));
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong) timeline->days_left),
                          timeline->days_left);
}

/* "11 weeks and 1 day used, 62 days left" */
char *
ehcp_weeks_words_used (const EhcpTimeline *timeline)
{
  g_autofree char *used = count_days (timeline->days_used);
  g_autofree char *rest = count_rest (timeline);

  if (rest == NULL)
    return g_strdup_printf (_("%s used"), used);
  return g_strdup_printf (_("%s used, %s"), used, rest);
}

/* One line for a small card: "Week 12 of 20, 62 days left", "Week 24, 22 days over the 20 weeks". */
char *
ehcp_weeks_words_line (const EhcpTimeline *timeline)
{
  g_autofree char *title = ehcp_weeks_words_title (timeline);
  g_autofree char *rest = count_rest (timeline);

  if (rest == NULL)
    return g_steal_pointer (&title);
  if (timeline->week > N_WEEKS)
    return g_strdup_printf (_("%s, %s the 20 weeks"), title, rest);
  return g_strdup_printf ("%s, %s", title, rest);
}

/* The accessible name of the list of stages. */
char *
ehcp_weeks_words_spoken (const EhcpTimeline *timeline)
{
  g_autofree char *title = ehcp_weeks_words_title (timeline);
  g_autofree char *lower = g_utf8_strdown (title, -1);
  g_autofree char *used = ehcp_weeks_words_used (timeline);

  return g_strdup_printf (_("Statutory Timescales, %s, %s"), lower, used);
}
