/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type about themselves, and the codes that they paste. */
#include "ehcp-details-check.h"

#include "ehcp-text.h"

static const struct
{
  const char *typed;
  const char *code;
} codes[] = {
  { "123456", "123456" },
  { "123 456", "123456" },
  { "123-456", "123456" },
  { " 123\u2011456 ", "123456" },
  { "1 2 3 4 5 6", "123456" },
  { "Your code is 123 456", "123456" },
  { "Your code is 123 456. It works for 10 minutes.", "123456" },
  { "Your code is 123456, sent at 14:05 on 24 November 2026", "123456" },
  { "", NULL },
  { "12345", NULL },
  { "1234567", NULL },
  { "K7QM-4XHD", NULL },
  { "Your code is", NULL },
  { "\xff\xfe", NULL },
};

static void
test_code (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *code = ehcp_details_find_code (codes[i].typed);

      g_assert_cmpstr (code, ==, codes[i].code);
    }
}

static const struct
{
  const char *typed;
  const char *date; /* NULL: refused */
  const char *part; /* of the sentence */
} births[] = {
  { "14/6/1986", "1986-06-14", NULL },
  { " 14 / 06 / 1986 ", "1986-06-14", NULL },
  { "14.6.1986", "1986-06-14", NULL },
  { "14 6 1986", "1986-06-14", NULL },
  { "29/2/2000", "2000-02-29", NULL },
  { "", NULL, "Enter your date of birth" },
  { "14 June", NULL, "such as 14/6/1986" },
  { "1986-06-14", NULL, "such as 14/6/1986" },
  { "14/6", NULL, "such as 14/6/1986" },
  { "14/6/86", NULL, "four digits" },
  { "14/13/1986", NULL, "month" },
  { "31/6/1986", NULL, "day of your birth" },
  { "29/2/2001", NULL, "day of your birth" },
  { "0/6/1986", NULL, "day of your birth" },
  { "24/11/2026", NULL, "not in the past" },
  { "1/1/2090", NULL, "not in the past" },
  { "1/1/1880", NULL, "too long ago" },
  { "1/1/1986/2", NULL, "such as 14/6/1986" },
  { "14/6/19865", NULL, "such as 14/6/1986" },
};

static void
test_date_of_birth (void)
{
  gint32 today = ehcp_date_parse ("2026-11-24");

  for (guint i = 0; i < G_N_ELEMENTS (births); i++)
    {
      gint32 day;
      g_autofree char *message = ehcp_details_check_date_of_birth (births[i].typed, today, &day);

      if (births[i].date != NULL)
        {
          g_assert_null (message);
          g_assert_cmpint (day, ==, ehcp_date_parse (births[i].date));
        }
      else
        {
          g_assert_nonnull (message);
          g_assert_nonnull (strstr (message, births[i].part));
          g_assert_cmpint (day, ==, 0);
        }
    }
}

static void
test_postcode (void)
{
  static const struct
  {
    const char *typed;
    const char *postcode;
  } cases[] = { { "wy4 2qr", "WY4 2QR" }, { "WY42QR", "WY4 2QR" }, { "WY4", NULL }, { "", NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *postcode = NULL;
      g_autofree char *message = ehcp_details_check_postcode (cases[i].typed, &postcode);

      g_assert_cmpstr (postcode, ==, cases[i].postcode);
      g_assert_true ((message == NULL) == (cases[i].postcode != NULL));
    }
}

static void
test_telephone (void)
{
  static const char *const right[] = { "01632 960 733", "+44 (0)1632 960733", "07700900123" };
  static const char *const wrong[] = { "", "960 733", "01632 960 733 ext 4", "12345678901234567" };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *message = ehcp_details_check_telephone (right[i]);

      g_assert_null (message);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *message = ehcp_details_check_telephone (wrong[i]);

      g_assert_nonnull (message);
    }
}

static void
test_email (void)
{
  g_autofree char *email = NULL, *none = NULL;
  g_autofree char *right = ehcp_details_check_email (" helen@example.org ", &email);
  g_autofree char *wrong = ehcp_details_check_email ("helen", &none);

  g_assert_null (right);
  g_assert_cmpstr (email, ==, "helen@example.org");
  g_assert_nonnull (wrong);
  g_assert_null (none);
}

static void
test_text (void)
{
  g_autofree char *long_text = g_strnfill (101, 'a');
  g_autofree char *missing = ehcp_details_check_text ("   ", "Enter it", 100);
  g_autofree char *too_long = ehcp_details_check_text (long_text, "Enter it", 100);
  g_autofree char *right = ehcp_details_check_text ("Zoë O’Neill", "Enter it", 100);
  g_autofree char *optional = ehcp_details_check_text ("", NULL, 100);

  g_assert_cmpstr (missing, ==, "Enter it");
  g_assert_nonnull (strstr (too_long, "100"));
  g_assert_null (right);
  g_assert_null (optional);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/details-check/code", test_code);
  g_test_add_func ("/details-check/date-of-birth", test_date_of_birth);
  g_test_add_func ("/details-check/postcode", test_postcode);
  g_test_add_func ("/details-check/telephone", test_telephone);
  g_test_add_func ("/details-check/email", test_email);
  g_test_add_func ("/details-check/text", test_text);
  return g_test_run ();
}
