/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters: their heads, what has to be typed, paragraphs; and that those of the program can be filled in whole. */
#include <string.h>

#include "ehcp-letter-template.h"
#include "ehcp-rules.h"

static char *
value_of (const char *name, gpointer data)
{
  return g_str_equal (name, "child") ? g_strdup ("Isla {Marlow}") : NULL;
}

static void
test_parse (void)
{
  g_autoptr (EhcpLetterTemplate) letter =
      ehcp_letter_template_parse ("x", "# comment\nname: A\ntitle: About {child}\nkind: letter\n\nDear {family},\n\nhello");

  g_assert_nonnull (letter);
  g_assert_cmpstr (letter->name, ==, "A");
  g_assert_cmpstr (letter->title, ==, "About {child}");
  g_assert_cmpstr (letter->text, ==, "Dear {family},\n\nhello");
  g_assert_null (ehcp_letter_template_parse ("x", "name: A\ntitle: B\n\nno kind"));
  g_assert_null (ehcp_letter_template_parse ("x", "name: A\ntitle: B\nkind: letter"));
}

static void
test_open (void)
{
  g_autoptr (EhcpLetterTemplate) letter = ehcp_letter_template_parse (
      "x", "name: A\ntitle: {child}\nkind: letter\n\n{line:When} {child} {text:Why} {line:When} {school}");
  g_auto (GStrv) open = ehcp_letter_template_list_open (letter, value_of, NULL);

  g_assert_cmpuint (g_strv_length (open), ==, 3);
  g_assert_cmpstr (open[0], ==, "line:When");
  g_assert_cmpstr (open[1], ==, "text:Why");
  g_assert_cmpstr (open[2], ==, "school");
}

static void
test_split (void)
{
  g_auto (GStrv) parts = ehcp_letter_template_split ("Dear Helen,\n\none\ntwo\n# Heading\nthree\n**When:** four\n\n\nfive");
  const char *const wanted[] = { "Dear Helen,", "one two", "# Heading", "three", "**When:** four", "five", NULL };

  g_assert_true (g_strv_equal ((const char *const *) parts, wanted));
}

static char *
value_if_known (const char *name, gpointer data)
{
  gboolean is_known = ehcp_template_is_field (name) || g_str_has_prefix (name, "line:") ||
                      g_str_has_prefix (name, "text:") ||
                      (g_str_has_prefix (name, "due:") && ehcp_rule_find (name + strlen ("due:"), NULL) != NULL);

  return is_known ? g_strdup ("words") : NULL;
}

/* A field that is misspelt would be asked for under its own name. */
static void
test_shipped (void)
{
  g_autoptr (GPtrArray) letters = ehcp_letter_template_list ();

  g_assert_cmpuint (letters->len, ==, 6);
  for (guint i = 0; i < letters->len; i++)
    {
      EhcpLetterTemplate *letter = letters->pdata[i];
      g_auto (GStrv) open = ehcp_letter_template_list_open (letter, value_if_known, NULL);

      g_assert_cmpstr (letter->kind, ==, "letter");
      g_assert_null (open[0]);
      if (g_str_equal (letter->id, "will-not-assess") || g_str_equal (letter->id, "final-plan"))
        {
          g_assert_nonnull (strstr (letter->text, "two months"));
          g_assert_nonnull (strstr (letter->text, "mediation adviser"));
          g_assert_nonnull (strstr (letter->text, "Tribunal"));
        }
      if (g_str_equal (letter->id, "draft-plan"))
        g_assert_nonnull (strstr (letter->text, "at least 15 days"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter-template/parse", test_parse);
  g_test_add_func ("/letter-template/open", test_open);
  g_test_add_func ("/letter-template/split", test_split);
  g_test_add_func ("/letter-template/shipped", test_shipped);
  return g_test_run ();
}
