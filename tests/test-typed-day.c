/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehcp-typed-day.h"

typedef struct
{
  const char *typed;
  const char *value; /* NULL: not a day, stays as typed */
} Typed;

static const Typed typed[] = {
  { "14/6/1986", "1986-06-14" },   { "14 6 1986", "1986-06-14" },  { "14.06.1986", "1986-06-14" },
  { " 14-6-1986 ", "1986-06-14" }, { "1986-06-14", "1986-06-14" }, { "14 June 1986", "1986-06-14" },
  { "14 jun 1986", "1986-06-14" }, { "29/2/2028", "2028-02-29" },  { "29/2/2027", NULL },
  { "31/4/2026", NULL },           { "0/1/2026", NULL },           { "1/13/2026", NULL },
  { "14/6/86", NULL },             { "14/6", NULL },               { "14/6/1986/1", NULL },
  { "tomorrow", NULL },            { "-1/2/2026", "2026-02-01" },  { "1/2/99999", NULL },
  { "1/2/1899", NULL },            { "\xe2\x80\x8f" "1/2/2026", NULL },
};

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *value = ehcp_typed_day_to_value (typed[i].typed);

      g_assert_cmpstr (value, ==, typed[i].value != NULL ? typed[i].value : typed[i].typed);
      g_assert_cmpint (ehcp_typed_day_parse (typed[i].typed) != EHCP_DAY_NONE, ==,
                       typed[i].value != NULL);
    }
  g_assert_cmpint (ehcp_typed_day_parse (NULL), ==, EHCP_DAY_NONE);
  g_assert_cmpint (ehcp_typed_day_parse (""), ==, EHCP_DAY_NONE);
}

static void
test_shown (void)
{
  g_autofree char *shown = ehcp_typed_day_from_value ("1986-06-14");
  g_autofree char *kept = ehcp_typed_day_from_value ("14/6");

  g_assert_cmpstr (shown, ==, "14/6/1986");
  g_assert_cmpstr (kept, ==, "14/6");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/typed-day/parse", test_parse);
  g_test_add_func ("/typed-day/shown", test_shown);
  return g_test_run ();
}
