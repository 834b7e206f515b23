/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids, codes, days and times as texts. */
#include "ehcp-clock.h"
#include "ehcp-text.h"

static void
test_id (void)
{
  g_autofree char *id = ehcp_text_new_id ();

  g_assert_true (ehcp_text_is_id (id));
  g_assert_false (ehcp_text_is_id (""));
  g_assert_false (ehcp_text_is_id ("11111111-1111-4111-8111-11111111111"));
  g_assert_false (ehcp_text_is_id ("11111111-1111-4111-8111-1111111111111"));
  g_assert_false (ehcp_text_is_id ("1111111111111-4111-8111-1111111111111"));
}

static void
test_email (void)
{
  static const char *const good[] = { "h@x.org", "helen.marlow+send@family.example", "o'neil@a.b.uk" };
  static const char *const bad[] = { "", "h", "h@", "@x.org", "h@x", "h@x.", "h@.org", "a b@x.org",
                                     "a@b@x.org", "a@x..org", "a@x.org\nBcc: z@x.org", "<a@x.org>",
                                     "\xc3\xa9lise@x.org", "a@x.org\xef\xbf\xbd" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (ehcp_text_is_email (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (ehcp_text_is_email (bad[i]));
}

static void
test_masked (void)
{
  g_autofree char *masked = ehcp_text_mask_email ("helen@family.example");
  g_autofree char *accented = ehcp_text_mask_email ("élise@family.example");

  g_assert_cmpstr (masked, ==, "h•••@family.example");
  g_assert_cmpstr (accented, ==, "é•••@family.example");
}

static void
test_postcode (void)
{
  static const struct
  {
    const char *typed, *postcode;
  } rows[] = { { "WY4 2QR", "WY4 2QR" }, { "wy42qr", "WY4 2QR" }, { " sw1a  1aa ", "SW1A 1AA" },
               { "M1 1AE", "M1 1AE" },   { "WY4", NULL },         { "WY4 2Q", NULL },
               { "", NULL },             { "12345", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *postcode = ehcp_text_normalise_postcode (rows[i].typed);

      g_assert_cmpstr (postcode, ==, rows[i].postcode);
    }
}

static void
test_code (void)
{
  static const struct
  {
    const char *typed, *code;
  } rows[] = { { "K7QM-4XHD", "K7QM4XHD" },        { "k7qm 4xhd", "K7QM4XHD" },
               { " K7QM–4XHD\n", "K7QM4XHD" },     { "K7QM4XH", NULL },
               { "K7QM4XH0", NULL },               { "K7QM4XHDA", NULL } };
  g_autofree char *digits = ehcp_text_strip_code (" 123 4\u200956-");
  g_autofree char *grouped = ehcp_text_group_unique_code ("K7QM4XHD");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *code = ehcp_text_normalise_unique_code (rows[i].typed);

      g_assert_cmpstr (code, ==, rows[i].code);
    }
  g_assert_cmpstr (digits, ==, "123456");
  g_assert_cmpstr (grouped, ==, "K7QM-4XHD");
}

static void
test_dates (void)
{
  static const char *const bad[] = { "", "2026-2-03", "2026-02-30", "1899-12-31", "2026-11-24 ",
                                     "2026/11/24", "x026-11-24" };
  char buffer[EHCP_DATE_LENGTH + 1];

  g_assert_cmpstr (ehcp_date_format (ehcp_date_parse ("2028-02-29"), buffer), ==, "2028-02-29");
  g_assert_cmpstr (ehcp_date_format (0, buffer), ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (ehcp_date_parse (bad[i]), ==, 0);
}

static void
test_times (void)
{
  static const char *const bad[] = { "", "2026-11-24T14:05:00", "2026-11-24T14:05:00+00:00",
                                     "2026-11-24T24:05:00Z", "2026-11-24T14:61:00Z" };
  g_autofree char *text = ehcp_time_format (1795529100);

  g_assert_cmpstr (text, ==, "2026-11-24T14:05:00Z");
  g_assert_cmpint (ehcp_time_parse (text), ==, 1795529100);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (ehcp_time_parse (bad[i]), ==, -1);
}

/* The legal day is that of the clock on the wall in London, on both sides of the clock change. */
static void
test_today (void)
{
  static const struct
  {
    const char *utc, *day;
  } rows[] = { { "2026-11-24T23:59:59Z", "2026-11-24" }, { "2026-06-30T22:59:59Z", "2026-06-30" },
               { "2026-06-30T23:00:00Z", "2026-07-01" }, { "2026-10-25T00:30:00Z", "2026-10-25" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EhcpClock) clock = ehcp_clock_new_fixed (ehcp_time_parse (rows[i].utc));

      g_assert_cmpint (ehcp_clock_today (clock), ==, ehcp_date_parse (rows[i].day));
    }
}

static void
test_clock_moves (void)
{
  g_autoptr (EhcpClock) clock = ehcp_clock_new_fixed (1000);

  ehcp_clock_advance (clock, 600);
  g_assert_cmpint (ehcp_clock_now (clock), ==, 1600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/id", test_id);
  g_test_add_func ("/text/email", test_email);
  g_test_add_func ("/text/masked", test_masked);
  g_test_add_func ("/text/postcode", test_postcode);
  g_test_add_func ("/text/code", test_code);
  g_test_add_func ("/text/dates", test_dates);
  g_test_add_func ("/text/times", test_times);
  g_test_add_func ("/clock/today", test_today);
  g_test_add_func ("/clock/moves", test_clock_moves);
  return g_test_run ();
}
