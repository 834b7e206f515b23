/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which passwords are taken: by length, and not by which characters they are made of. */
#include "ehcp-password-check.h"

static const char *const personal[] = { "Helen", "Marlow", "helen.marlow@family.example", NULL };

static const struct
{
  const char *password;
  const char *again;
  guint not_met;
} cases[] = {
  { "orchard gate at seven", "orchard gate at seven", 0 },
  { "kestrel over the mill", "kestrel over the mill", 0 },
  { "seven quiet lamps 41", "seven quiet lamps 41", 0 },
  { "Zoë mag grüne Äpfel", "Zoë mag grüne Äpfel", 0 },
  { "orchard gate at seven", "orchard gate at seve", EHCP_PASSWORD_SAME },
  { "gate at 7", "gate at 7", EHCP_PASSWORD_LONG },
  { "password1234", "password1234", EHCP_PASSWORD_UNCOMMON },
  { "letmein12345", "letmein12345", EHCP_PASSWORD_UNCOMMON },
  { "qwertyuiop12", "qwertyuiop12", EHCP_PASSWORD_UNCOMMON },
  { "123456789012", "123456789012", EHCP_PASSWORD_UNCOMMON },
  { "aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", EHCP_PASSWORD_UNCOMMON },
  { "the old MARLOW orchard", "the old MARLOW orchard", EHCP_PASSWORD_IMPERSONAL },
  { "helen.marlow under the oak", "helen.marlow under the oak", EHCP_PASSWORD_IMPERSONAL },
};

static EhcpCommonPasswords *common;

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint met = ehcp_password_check (common, cases[i].password, cases[i].again, personal, 12, 128);

      g_test_message ("%s", cases[i].password);
      g_assert_cmphex (EHCP_PASSWORD_ALL & ~met & cases[i].not_met, ==, cases[i].not_met);
      if (cases[i].not_met != EHCP_PASSWORD_LONG)
        g_assert_cmphex (EHCP_PASSWORD_ALL & ~met, ==, cases[i].not_met);
    }
}

static void
test_empty (void)
{
  g_assert_cmphex (ehcp_password_check (common, "", "", personal, 12, 128), ==, 0);
}

static void
test_too_long (void)
{
  g_autofree char *many = g_strnfill (129, 'x');
  guint met = ehcp_password_check (common, many, many, personal, 12, 128);

  g_assert_cmphex (met & EHCP_PASSWORD_LONG, ==, 0);
}

/* Two letters are in too many words to be somebody's name. */
static void
test_short_name (void)
{
  const char *const names[] = { "Al", "Bo", "", NULL };
  guint met = ehcp_password_check (common, "also a bottle of ink", "also a bottle of ink", names, 12, 128);

  g_assert_cmphex (met, ==, EHCP_PASSWORD_ALL);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password-check/cases", test_cases);
  g_test_add_func ("/password-check/empty", test_empty);
  g_test_add_func ("/password-check/too-long", test_too_long);
  g_test_add_func ("/password-check/short-name", test_short_name);
  common = ehcp_common_passwords_new ();
  g_assert_nonnull (common);
  result = g_test_run ();
  ehcp_common_passwords_free (common);
  return result;
}
