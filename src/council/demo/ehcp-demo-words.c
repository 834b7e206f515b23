/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The demo's texts name children and days by tokens in braces, because all its days are counted from the
 * day on which it is started. */
#include "ehcp-demo-words.h"

#include <stdlib.h>
#include <string.h>

static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };
static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July",
                                      "August", "September", "October", "November", "December" };

/** ehcp_demo_words_day: Returns: (transfer full): "Tuesday 24 November 2026" of a GLib Julian day. */
char *
ehcp_demo_words_day (gint32 day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%s %d %s %d", weekdays[g_date_get_weekday (&date) - 1], g_date_get_day (&date),
                          months[g_date_get_month (&date) - 1], g_date_get_year (&date));
}

static const char *
find_name (const char *token, const EhcpDemoNames *names)
{
  const struct
  {
    const char *token, *text;
  } known[] = {
    { "child", names->child },   { "child_full", names->child_full }, { "adult", names->adult },
    { "name", names->name },     { "school", names->school },         { "title", names->title },
    { "reference", names->reference },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (token, known[i].token) == 0)
      return known[i].text;
  return NULL;
}

static gint32
find_day (const char *token, const EhcpDemoNames *names)
{
  const struct
  {
    const char *prefix;
    gint32 day;
  } known[] = { { "today", names->today }, { "received", names->received }, { "issued", names->issued } };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (token, known[i].prefix) && known[i].day != 0)
      return known[i].day + atoi (token + strlen (known[i].prefix));
  return 0;
}

static void
append_token (GString *out, const char *token, const EhcpDemoNames *names)
{
  const char *text = find_name (token, names);
  gint32 day = text == NULL ? find_day (token, names) : 0;
  g_autofree char *words = day != 0 ? ehcp_demo_words_day (day) : NULL;

  if (text == NULL && words == NULL)
    g_warning ("the demo's text names “%s”, which is not known there", token);
  else
    g_string_append (out, text != NULL ? text : words);
}

/** ehcp_demo_words_fill: Returns: (transfer full): @text with names and days in place of its tokens. */
char *
ehcp_demo_words_fill (const char *text, const EhcpDemoNames *names)
{
  GString *out = g_string_new (NULL);
  const char *open;

  while ((open = strchr (text, '{')) != NULL && strchr (open, '}') != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *token = g_strndup (open + 1, close - open - 1);

      g_string_append_len (out, text, open - text);
      append_token (out, token, names);
      text = close + 1;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static gint64
make_time (gint32 julian, const char *clock)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) time = NULL;
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_julian (&date, julian);
  time = g_date_time_new (zone, g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date),
                          atoi (clock), atoi (clock + 3), 0);
  return g_date_time_to_unix (time);
}

/**
 * ehcp_demo_words_time:
 * @text: "-77 09:10", the time on the 77th day before today; or "0 -40", 40 minutes ago
 * @today: GLib Julian day
 * @now: seconds since 1970
 *
 * Returns: seconds since 1970, never after @now
 */
gint64
ehcp_demo_words_time (const char *text, gint32 today, gint64 now)
{
  const char *clock = strchr (text, ' ') + 1;

  if (*clock == '-')
    return now + atoi (clock) * 60;
  return MIN (make_time (today + atoi (text), clock), now);
}
