/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Legal days: the calendar, the text of the wire, weekdays and corresponding dates. */
#include "ehcp-day.h"

static void
test_from_ymd (void)
{
  static const struct
  {
    int year, month, day;
    gboolean is_day;
  } cases[] = {
    { 1, 1, 1, TRUE }, { 9999, 12, 31, TRUE }, { 2028, 2, 29, TRUE }, { 2000, 2, 29, TRUE },
    { 2026, 2, 29, FALSE }, { 2100, 2, 29, FALSE }, { 2026, 4, 31, FALSE }, { 2026, 13, 1, FALSE },
    { 2026, 0, 1, FALSE }, { 2026, 1, 0, FALSE }, { 0, 1, 1, FALSE }, { 10000, 1, 1, FALSE },
    { -2026, 1, 1, FALSE }, { 65536 + 2026, 1, 1, FALSE }, { 2026, 257, 1, FALSE },
    { 2026, 1, 257, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ehcp_day_from_ymd (cases[i].year, cases[i].month, cases[i].day)
                         != EHCP_DAY_NONE,
                     ==, cases[i].is_day);
}

static void
test_parse (void)
{
  static const char *const good[] = { "2026-09-07", "2028-02-29", "0001-01-01", "9999-12-31" };
  static const char *const bad[] = {
    "", "2026", "2026-9-7", "2026-09-7", "2026-09-07 ", " 2026-09-07", "2026-09-07T00:00:00Z",
    "2026/09/07", "20260907", "2026-09-31", "2026-02-29", "2026-00-10", "2026-10-00", "0000-01-01",
    "+026-09-07", "-026-09-07", "2026-+9-07", "2026- 9-07", "2026-09-0x", "٢٠-09-07", "abcd-ef-gh",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = ehcp_day_format (ehcp_day_parse (good[i]));
      g_assert_cmpstr (text, ==, good[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (ehcp_day_parse (bad[i]), ==, EHCP_DAY_NONE);
  g_assert_cmpint (ehcp_day_parse (NULL), ==, EHCP_DAY_NONE);
  g_assert_null (ehcp_day_format (EHCP_DAY_NONE));
}

/* Every day of two centuries: apart and together, as text, one weekday after the other. */
static void
test_round_trip (void)
{
  EhcpDay first = ehcp_day_from_ymd (1950, 1, 1);
  EhcpDay last = ehcp_day_from_ymd (2149, 12, 31);

  for (EhcpDay day = first; day <= last; day++)
    {
      g_autofree char *text = ehcp_day_format (day);
      int year, month, day_of_month;

      ehcp_day_to_ymd (day, &year, &month, &day_of_month);
      g_assert_cmpint (ehcp_day_from_ymd (year, month, day_of_month), ==, day);
      g_assert_cmpint (ehcp_day_parse (text), ==, day);
      g_assert_cmpint (ehcp_day_weekday (day + 1), ==, ehcp_day_weekday (day) % 7 + 1);
    }
}

static void
test_julian (void)
{
  GDate *date = g_date_new_dmy (7, G_DATE_SEPTEMBER, 2026);

  g_assert_cmpint (ehcp_day_from_ymd (2026, 9, 7), ==, (int) g_date_get_julian (date));
  g_assert_cmpint (ehcp_day_from_ymd (1, 1, 1), ==, 1);
  g_date_free (date);
}

static void
test_weekday (void)
{
  g_assert_cmpint (ehcp_day_weekday (ehcp_day_parse ("2026-09-07")), ==, G_DATE_MONDAY);
  g_assert_cmpint (ehcp_day_weekday (ehcp_day_parse ("2026-02-28")), ==, G_DATE_SATURDAY);
  g_assert_cmpint (ehcp_day_weekday (ehcp_day_parse ("2026-08-30")), ==, G_DATE_SUNDAY);
  g_assert_cmpint (ehcp_day_weekday (EHCP_DAY_NONE), ==, 0);
}

static void
test_add_months (void)
{
  static const struct
  {
    const char *from;
    int n_months;
    const char *expected;
  } cases[] = {
    { "2026-06-12", 2, "2026-08-12" }, { "2026-01-31", 1, "2026-02-28" },
    { "2028-01-31", 1, "2028-02-29" }, { "2028-02-29", 12, "2029-02-28" },
    { "2028-02-29", 48, "2032-02-29" }, { "2026-12-31", 2, "2027-02-28" },
    { "2026-12-15", 1, "2027-01-15" }, { "2026-08-31", 1, "2026-09-30" },
    { "2026-03-31", 0, "2026-03-31" }, { "2027-09-06", -5, "2027-04-06" },
    { "2026-03-31", -1, "2026-02-28" }, { "2026-01-15", -1, "2025-12-15" },
    { "0001-01-01", -1, NULL }, { "9999-12-01", 1, NULL }, { "2026-01-01", G_MAXINT, NULL },
    { "2026-01-01", G_MININT, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EhcpDay day = ehcp_day_add_months (ehcp_day_parse (cases[i].from), cases[i].n_months);
      g_autofree char *text = ehcp_day_format (day);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/day/from-ymd", test_from_ymd);
  g_test_add_func ("/day/parse", test_parse);
  g_test_add_func ("/day/round-trip", test_round_trip);
  g_test_add_func ("/day/julian", test_julian);
  g_test_add_func ("/day/weekday", test_weekday);
  g_test_add_func ("/day/add-months", test_add_months);

  return g_test_run ();
}
