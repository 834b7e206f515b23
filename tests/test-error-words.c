/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every code has a sentence for people, and the field at fault its own. */
#include "ehcp-error-words.h"

#include "ehcp-error.h"

typedef struct
{
  int code;
  const char *field;
  const char *part; /* of the sentence */
} Case;

static const Case cases[] = {
  { EHCP_ERROR_WRONG_CREDENTIALS, NULL, "do not match" },
  { EHCP_ERROR_WRONG_CREDENTIALS, "/password", "not your password" },
  { EHCP_ERROR_WRONG_CODE, NULL, "not the code" },
  { EHCP_ERROR_EXPIRED, NULL, "Ask for a new one" },
  { EHCP_ERROR_MALFORMED, "/postcode", "full postcode" },
  { EHCP_ERROR_NOT_FOUND, "/code", "signed in with the address" },
  { EHCP_ERROR_RANGE, "/password", "Choose another password" },
  { EHCP_ERROR_RANGE, "/something", "Check what you typed" },
  { EHCP_ERROR_OFFLINE, NULL, "connection" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;

      ehcp_set_error (&error, cases[i].code, cases[i].field, "for the log");
      words = ehcp_error_words (error);
      g_assert_nonnull (strstr (words, cases[i].part));
    }
}

/* No sentence shows a code or the message for the log, blames, or sends people away. */
static void
test_all_codes (void)
{
  static const char *const never[] = { "for the log", "nvalid", "ops", "later", "rror", "failed" };

  for (int code = EHCP_ERROR_FAILED; code <= EHCP_ERROR_KEYRING; code++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;

      ehcp_set_error (&error, code, NULL, "for the log");
      words = ehcp_error_words (error);
      g_assert_true (g_str_has_suffix (words, "."));
      for (guint i = 0; i < G_N_ELEMENTS (never); i++)
        g_assert_null (strstr (words, never[i]));
    }
}

static void
test_too_many (void)
{
  static const struct
  {
    int seconds;
    const char *part;
  } waits[] = { { 0, "a little" }, { 1, "1 second." }, { 24, "24 seconds" }, { 61, "2 minutes" } };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *words = NULL;

      ehcp_set_error (&error, EHCP_ERROR_TOO_MANY, NULL, "slow down");
      ehcp_error_set_retry_after (error, waits[i].seconds);
      words = ehcp_error_words (error);
      g_assert_nonnull (strstr (words, waits[i].part));
    }
}

static void
test_field (void)
{
  g_autoptr (GError) with = NULL, without = NULL, foreign = NULL;

  ehcp_set_error (&with, EHCP_ERROR_MISSING, "/email", "x");
  ehcp_set_error (&without, EHCP_ERROR_MISSING, NULL, "x");
  foreign = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x");
  g_assert_cmpstr (ehcp_error_words_get_field (with), ==, "email");
  g_assert_null (ehcp_error_words_get_field (without));
  g_assert_null (ehcp_error_words_get_field (foreign));
}

static void
test_files (void)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x");
  g_autofree char *words = ehcp_error_words (error);

  g_assert_nonnull (strstr (words, "space"));
}

int
main (int argc, char *argv[])
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-words/cases", test_cases);
  g_test_add_func ("/error-words/all-codes", test_all_codes);
  g_test_add_func ("/error-words/too-many", test_too_many);
  g_test_add_func ("/error-words/field", test_field);
  g_test_add_func ("/error-words/files", test_files);
  return g_test_run ();
}
