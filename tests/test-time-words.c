/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Today 14:05", "Mon 14:05", "24 November 2026": also over the change of the clocks and of the day. */
#include "ehcp-time-words.h"

#include "ehcp-text.h"

typedef struct
{
  const char *time;
  const char *now;
  const char *words;
  const char *saved;
} Case;

static const Case cases[] = {
  { "2026-11-24T14:05:00Z", "2026-11-24T14:06:00Z", "Today 14:05", "at 14:05" },
  { "2026-11-24T00:00:00Z", "2026-11-24T23:59:59Z", "Today 00:00", "at 00:00" },
  { "2026-11-23T14:05:00Z", "2026-11-24T09:00:00Z", "Mon 14:05", "on Monday at 14:05" },
  { "2026-11-18T23:59:59Z", "2026-11-24T09:00:00Z", "Wed 23:59", "on Wednesday at 23:59" },
  { "2026-11-17T23:59:59Z", "2026-11-24T00:00:00Z", "17 November 2026", "on 17 November 2026 at 23:59" },
  { "2025-12-31T10:00:00Z", "2026-11-24T00:00:00Z", "31 December 2025", "on 31 December 2025 at 10:00" },
  /* Summer time: half past eleven in the evening UTC is the next day in London. */
  { "2026-07-01T23:30:00Z", "2026-07-02T08:00:00Z", "Today 00:30", "at 00:30" },
  /* A clock that runs ahead: a time to come is named by its date, never by "Mon". */
  { "2026-11-26T10:00:00Z", "2026-11-24T10:00:00Z", "26 November 2026", "on 26 November 2026 at 10:00" },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time = ehcp_time_parse (cases[i].time), now = ehcp_time_parse (cases[i].now);
      g_autofree char *words = ehcp_time_words (time, now);
      g_autofree char *of_text = ehcp_time_words_of_text (cases[i].time, now);
      g_autofree char *saved = ehcp_time_words_saved (time, now);

      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (of_text, ==, cases[i].words);
      g_assert_cmpstr (saved, ==, cases[i].saved);
    }
}

static void
test_no_time (void)
{
  g_autofree char *of_nothing = ehcp_time_words_of_text (NULL, 0);
  g_autofree char *of_nonsense = ehcp_time_words_of_text ("yesterday", 0);

  g_assert_cmpstr (of_nothing, ==, "");
  g_assert_cmpstr (of_nonsense, ==, "");
}

static void
test_countdown (void)
{
  static const struct
  {
    gint64 seconds;
    const char *words;
  } times[] = { { 761, "12:41" }, { 600, "10:00" }, { 60, "1:00" },
                { 9, "0:09" },    { 0, "0:00" },    { -5, "0:00" } };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *words = ehcp_time_words_countdown (times[i].seconds);

      g_assert_cmpstr (words, ==, times[i].words);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-words/words", test_words);
  g_test_add_func ("/time-words/no-time", test_no_time);
  g_test_add_func ("/time-words/countdown", test_countdown);
  return g_test_run ();
}
