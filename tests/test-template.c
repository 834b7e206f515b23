/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of message templates: which there are, what is text, what is put in. */
#include "ehcp-template.h"

static gboolean
knows (const char *rule)
{
  return g_str_equal (rule, "final-plan");
}

static char *
value (const char *name, gpointer data)
{
  if (g_str_equal (name, "child"))
    return g_strdup ("Zoë {school}");
  if (g_str_equal (name, "school"))
    return g_strdup ("");
  return g_str_equal (name, "due:final-plan") ? g_strdup ("25 January 2027") : NULL;
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *wrong;
  } rows[] = {
    { "", NULL },
    { "Dear {family}, {child} has {caseworker}.", NULL },
    { "by {due:final-plan}", NULL },
    { "by {due:final}", "{due:final}" },
    { "by {due:}", "{due:}" },
    { "a brace { and } apart", "{ and }" },
    { "never closed {child", NULL },
    { "{child}{chidl}", "{chidl}" },
    { "{}", "{}" },
    { "{{child}}", NULL },
    { "over a line {\n}", NULL },
    { "{ child}", "{ child}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *wrong = ehcp_template_find_wrong (rows[i].text, knows);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (wrong, ==, rows[i].wrong);
    }
}

static void
assert_filled (const char *text, const char *filled, const char *missing)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *found = ehcp_template_fill (text, value, NULL, &names);
  g_autofree char *joined = g_strjoinv (" ", names);

  g_assert_cmpstr (found, ==, filled);
  g_assert_cmpstr (joined, ==, missing);
}

static void
test_fill (void)
{
  assert_filled ("", "", "");
  assert_filled ("Nothing", "Nothing", "");
  assert_filled ("{child}: {due:final-plan}.", "Zoë {school}: 25 January 2027.", "");
  assert_filled ("{school}, {team}, {school}", "{school}, {team}, {school}", "school team");
  assert_filled ("{{child}}", "{Zoë {school}}", "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/wrong", test_wrong);
  g_test_add_func ("/template/fill", test_fill);
  return g_test_run ();
}
