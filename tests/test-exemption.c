/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of grounds and of what they are claimed for; tests/law holds the dates. */
#include "ehcp-exemption.h"
#include "ehcp-facts-check.h"

#include "test-facts.h"

static void
test_names (void)
{
  static const struct
  {
    const char *value, *rule, *part, *about;
    gboolean names;
    const char *ground;
  } cases[] = {
    { "final-plan", "final-plan", NULL, NULL, TRUE, NULL },
    { "final-plan school-closed", "final-plan", NULL, NULL, TRUE, "school-closed" },
    { "final-plan half-term", "final-plan", NULL, NULL, FALSE, NULL },
    { "final-planx", "final-plan", NULL, NULL, FALSE, NULL },
    { "final", "final-plan", NULL, NULL, FALSE, NULL },
    { "order-assess", "order-assess", "final", NULL, TRUE, NULL },
    { "order-assess/final", "order-assess", "final", NULL, TRUE, NULL },
    { "order-assess/final absence", "order-assess", "final", NULL, TRUE, "absence" },
    { "order-assess/final absence", "order-assess", "no-plan", NULL, FALSE, "absence" },
    { "advice/Social care", "advice", NULL, "Social care", TRUE, NULL },
    { "advice/Social care appointment", "advice", NULL, "Social care", TRUE, "appointment" },
    { "advice/Social care appointment", "advice", NULL, "School", FALSE, "appointment" },
    { "advice personal", "advice", NULL, "School", TRUE, "personal" },
    { "advice/Social", "advice", NULL, "Social care", FALSE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const EhcpRule *rule = ehcp_rule_find (cases[i].rule, cases[i].part);

      g_assert_true (ehcp_exemption_names (cases[i].value, rule, cases[i].about) == cases[i].names);
      g_assert_cmpstr (ehcp_ground_to_string (ehcp_exemption_get_ground (cases[i].value)), ==, cases[i].ground);
    }
  g_assert_false (ehcp_exemption_names (NULL, ehcp_rule_find ("advice", NULL), NULL));
  g_assert_cmpint (ehcp_exemption_get_ground (NULL), ==, EHCP_GROUND_NONE);
}

/* What the engine excuses is what the names say, with a ground or without. */
static void
test_engine (void)
{
  g_auto (FactLine) line = parse_facts ("advice-asked:Social care=2026-10-20;advice-asked:School=2026-10-20;"
                                        "exemption:advice/Social care absence=2026-10-21");
  EhcpDue dues[EHCP_RULES_MAX_DUES];

  g_assert_cmpuint (ehcp_rules_conclude (line.facts, line.n_facts, day ("2026-12-20"), dues, 64), ==, 2);
  g_assert_cmpstr (dues[0].about, ==, "School");
  g_assert_cmpint (dues[0].state, ==, EHCP_DUE_LATE);
  g_assert_cmpint (dues[1].state, ==, EHCP_DUE_EXCUSED);
}

/* A question of the refused assessment says nothing of the next one. */
static void
test_earlier_assessment (void)
{
  const EhcpRule *rule = ehcp_rule_find ("final-plan", NULL);
  g_auto (FactLine) line = parse_facts ("request-received=2026-06-15;head-asked=2026-07-20;"
                                        "closure=2026-07-22/2026-09-02;assess-decided:no=2026-07-24;"
                                        "request-received=2026-08-03");

  g_assert_cmpint (ehcp_exemption_check (rule, NULL, EHCP_GROUND_SCHOOL_CLOSED, line.facts, line.n_facts,
                                         day ("2026-07-22"), day ("2026-09-02")),
                   ==, EHCP_EXEMPTION_NOT_ASKED);
}

static void
test_words (void)
{
  const char *code;

  for (guint i = 0; (code = ehcp_finding_nth_code (i, NULL)) != NULL; i++)
    g_assert_nonnull (ehcp_finding_explain (code));
  g_assert_null (ehcp_finding_explain ("lunch"));
  for (int i = EHCP_EXEMPTION_NO_RULE; i <= EHCP_EXEMPTION_APPLIES; i++)
    g_assert_cmpstr (ehcp_exemption_explain ((EhcpExemption) i), !=, "");
  for (guint i = 0; i < EHCP_N_GROUNDS; i++)
    g_assert_cmpint (ehcp_ground_from_string (ehcp_ground_to_string (ehcp_ground_nth (i))), ==, ehcp_ground_nth (i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exemption/names", test_names);
  g_test_add_func ("/exemption/engine", test_engine);
  g_test_add_func ("/exemption/earlier-assessment", test_earlier_assessment);
  g_test_add_func ("/exemption/words", test_words);
  return g_test_run ();
}
