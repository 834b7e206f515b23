/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which passwords are taken: by length, and not by which characters they are made of. */
#include "ehcp-password-check.h"

#include "ehcp-password-strength.h"

#include <string.h>

static const char *const personal[] = { "Helen", "Marlow", "helen.marlow@family.example", NULL };

static const char *const local[] = { "Wyreshire Council", "SEND Assessment Team", NULL };

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
  { "Helen Marlow 1986", "Helen Marlow 1986", EHCP_PASSWORD_IMPERSONAL },
  { "the old MARLOW orchard", "the old MARLOW orchard", EHCP_PASSWORD_IMPERSONAL },
  { "helen.marlow under the oak", "helen.marlow under the oak", EHCP_PASSWORD_IMPERSONAL },
};

static const char *const common_ones[] = {
  /* walks over rows, columns and the number pad; two walks in turn; with Shift */
  "1qaz2wsx3edc4rfv", "q1w2e3r4t5y6", "1q2w3e4r5t6y", "zaq12wsxcde3", "asdfghjkl;'#",
  "poiuytrewq12", "qwe123asd456", "147258369147", "!@#$%^&*()_+", "1234qwerasdf",
  "zxcvbnm,./12", 
  /* counting */
  "abcdefghijkl", "abc123def456", "987654321098", "112233445566", "13579246802468", "zyxwvutsrqpo",
  /* a unit again and again, whole or cut short */
  "trustno1trustno1", "kestrelkestrel", "xk4!xk4!xk4!x", "orchard1orchard1orc", "lanternslanterns",
  "nevergiveup nevergiveup",
  /* phrases, with what people add */
  "thisisapassword", "Th1s1sap4ssw0rd", "manchesterunited", "M4nchester-United99", "nevergiveup1",
  "ILoveYouSoMuch", "iloveyou2iloveyou", "friends4ever!!",
  "letmein-letmein-please", "MayTheForceBeWithYou", "1l0vel1verp00l", "Summertime 2024",
  "\xEF\xBD\x8E\xEF\xBD\x85vergiveup1", "névergivéup1",
  /* of this place */
  "WyreshireCouncil", "ehcp-portal-1", "Wyreshire2024!", "SENDAssessmentTeam", "ehcpehcp2024", "Wyreshire County Council",
  "the ehcp portal password", "My5chool-Portal", "wyresh1re-c0uncil",
};

/* Words that do not belong together, what a program for passwords makes, and the passwords of the other tests. */
static const char *const rare_ones[] = {
  "orchard gate at seven", "three kites over the hill", "four ferries in the fog", "blue lantern on a stair",
  "salt wind and warm bread", "a heron by the lower pond", "summer tiger happy dragon", "school tiger plan dragon",
  "correct horse pencil", "copper thimble weather", "tree frog window", "we were free to row", "hammock plum tractor",
  "mustard 41 violin", "grandma's blue teapot", "my password is a heron", "council of herons", "wyreshire heron teapot",
  "8f#Kq2!vLm9z", "vK3-tR8-pW5-n", "4821 7730 9156", "abc heron tractor",
  "horse case service", "green person number", "work morning lantern",
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint met = ehcp_password_check (cases[i].password, cases[i].again, personal, local, 12, 128);

      g_test_message ("%s", cases[i].password);
      g_assert_cmphex (EHCP_PASSWORD_ALL & ~met & cases[i].not_met, ==, cases[i].not_met);
      if (cases[i].not_met != EHCP_PASSWORD_LONG)
        g_assert_cmphex (EHCP_PASSWORD_ALL & ~met, ==, cases[i].not_met);
    }
}

static gboolean
is_common (const char *password)
{
  return (ehcp_password_check (password, password, personal, local, 12, 128) & EHCP_PASSWORD_UNCOMMON) == 0;
}

static void
test_common (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (common_ones); i++)
    {
      g_test_message ("%s", common_ones[i]);
      if (!is_common (common_ones[i]))
        g_test_fail ();
    }
}

static void
test_rare (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rare_ones); i++)
    {
      g_test_message ("%s", rare_ones[i]);
      if (is_common (rare_ones[i]))
        g_test_fail ();
    }
}

/* Elsewhere, the names of this council are two words like others. */
static void
test_local (void)
{
  g_assert_true (is_common ("WyreshireCouncil"));
  g_assert_true (ehcp_password_is_easy ("ehcp-wyreshire", local));
  g_assert_false (ehcp_password_is_easy ("ehcp-wyreshire", NULL));
}

/* Names of two and three letters count when nothing else is there. */
static void
test_short_names_alone (void)
{
  const char *const names[] = { "Jo", "Oke", "jo.oke@family.example", NULL };

  g_assert_true (ehcp_password_is_personal ("Jooke-Okejo1", names));
  g_assert_false (ehcp_password_is_personal ("jolly oke teapot", names));
  g_assert_true (ehcp_password_is_personal ("a J\xC3\x96.OKE teapot", names));
}

static void
test_empty (void)
{
  g_assert_cmphex (ehcp_password_check ("", "", personal, local, 12, 128), ==, 0);
}

static void
test_too_long (void)
{
  g_autofree char *many = g_strnfill (129, 'x');
  guint met = ehcp_password_check (many, many, personal, local, 12, 128);

  g_assert_cmphex (met & EHCP_PASSWORD_LONG, ==, 0);
}

/* Two letters are in too many words to be somebody's name. */
static void
test_short_name (void)
{
  const char *const names[] = { "Al", "Bo", "", NULL };
  guint met = ehcp_password_check ("also a bottle of ink", "also a bottle of ink", names, local, 12, 128);

  g_assert_cmphex (met, ==, EHCP_PASSWORD_ALL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password-check/cases", test_cases);
  g_test_add_func ("/password-check/common", test_common);
  g_test_add_func ("/password-check/rare", test_rare);
  g_test_add_func ("/password-check/local", test_local);
  g_test_add_func ("/password-check/short-names-alone", test_short_names_alone);
  g_test_add_func ("/password-check/empty", test_empty);
  g_test_add_func ("/password-check/too-long", test_too_long);
  g_test_add_func ("/password-check/short-name", test_short_name);
  return g_test_run ();
}
