/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold of any facts: over many thousands of invented cases and every day of three years. */
#include "ehcp-rule-private.h"

#include "test-facts.h"

#include <time.h>

#define N_ROUNDS 100000

static guint
invent_facts (EhcpFact *facts)
{
  static const EhcpFact kinds[] = {
    { "request-received" }, { "became-responsible" }, { "assess-decided", .value = "yes" },
    { "assess-decided", .value = "no" }, { "advice-asked", .value = "health" },
    { "advice-asked", .value = "school" }, { "advice-received", .value = "health" },
    { "advice-received", .value = "school" }, { "plan-decided", .value = "yes" },
    { "no-plan-notified" }, { "draft-served" }, { "draft-comments-received" }, { "final-issued" },
    { "exemption", .value = "final-plan" }, { "exemption", .value = "advice/health" },
    { "order", .value = "assess" }, { "review-meeting" }, { "amendment-notice" },
    { "amended-final-issued" }, { "plan-made" }, { "closure" }, { "assess-decided" },
  };
  guint n_facts = (guint) g_test_rand_int_range (0, 20);

  for (guint i = 0; i < n_facts; i++)
    {
      facts[i] = kinds[g_test_rand_int_range (0, G_N_ELEMENTS (kinds))];
      facts[i].date = day ("2026-01-01") + g_test_rand_int_range (0, 400);
    }
  return n_facts;
}

static void
assert_same_dues (const EhcpDue *one, guint n_one, const EhcpDue *other, guint n_other)
{
  g_assert_cmpuint (n_one, ==, n_other);
  for (guint i = 0; i < n_one; i++)
    {
      g_assert_true (one[i].rule == other[i].rule);
      g_assert_cmpint (one[i].due, ==, other[i].due);
      g_assert_cmpint (one[i].trigger_date, ==, other[i].trigger_date);
      g_assert_cmpstr (one[i].trigger, ==, other[i].trigger);
      g_assert_cmpint (one[i].state, ==, other[i].state);
      g_assert_cmpint (one[i].met_on, ==, other[i].met_on);
      g_assert_cmpstr (one[i].about, ==, other[i].about);
    }
}

static void
test_order_is_irrelevant (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      EhcpFact facts[MAX_FACTS];
      EhcpDue one[EHCP_RULES_MAX_DUES], other[EHCP_RULES_MAX_DUES];
      guint n_facts = invent_facts (facts);
      EhcpDay today = day ("2026-06-01") + g_test_rand_int_range (0, 300);
      guint n_one = ehcp_rules_conclude (facts, n_facts, today, one, G_N_ELEMENTS (one));

      shuffle_facts (facts, n_facts);
      assert_same_dues (one, n_one, other,
                        ehcp_rules_conclude (facts, n_facts, today, other, G_N_ELEMENTS (other)));
    }
}

/* An exemption is not a pause: it changes no day, and no state but that of what it excuses. */
static void
test_exemption_moves_nothing (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      EhcpFact facts[MAX_FACTS];
      EhcpDue plain[EHCP_RULES_MAX_DUES], excused[EHCP_RULES_MAX_DUES];
      guint n_facts = invent_facts (facts);
      const EhcpRule *rule = ehcp_rule_nth ((guint) g_test_rand_int_range (
          0, (gint32) ehcp_rule_count ()));
      EhcpDay today = day ("2026-06-01") + g_test_rand_int_range (0, 300);
      guint n_dues = ehcp_rules_conclude (facts, n_facts, today, plain, G_N_ELEMENTS (plain));

      facts[n_facts++] = (EhcpFact){ .name = "exemption", .date = day ("2026-12-01"),
                                     .value = ehcp_rule_get_id (rule) };
      g_assert_cmpuint (ehcp_rules_conclude (facts, n_facts, today, excused, 64), ==, n_dues);
      for (guint i = 0; i < n_dues; i++)
        {
          if (excused[i].state != plain[i].state)
            {
              g_assert_cmpstr (ehcp_rule_get_id (plain[i].rule), ==, ehcp_rule_get_id (rule));
              g_assert_cmpint (excused[i].state, ==, EHCP_DUE_EXCUSED);
            }
          excused[i].state = plain[i].state;
        }
      assert_same_dues (plain, n_dues, excused, n_dues);
    }
}

/* Limits that end before their trigger, or on a day that the year fixes. */
static gboolean
counts_forward (const EhcpRule *rule)
{
  static const char *const others[] = { "review-notice", "post16-move", "phase-transfer", NULL };

  return !g_strv_contains (others, ehcp_rule_get_id (rule));
}

static const EhcpDue *
conclude_one (const EhcpRule *rule, EhcpDay date, EhcpDue *dues)
{
  g_auto (GStrv) words = g_strsplit (ehcp_rule_get_trigger (rule, 0), "=", 2);
  g_auto (GStrv) names = g_strsplit (words[0], "!", 2);
  EhcpFact facts[] = { { .name = names[0], .date = date, .value = words[1] },
                       { .name = "birth", .date = day ("2025-06-01") } };
  guint n_facts = g_str_equal (names[0], "birth") ? 1 : 2;
  guint n_dues = ehcp_rules_conclude (facts, n_facts, date, dues, EHCP_RULES_MAX_DUES);

  for (guint i = 0; i < n_dues; i++)
    if (dues[i].rule == rule)
      return &dues[i];
  return NULL;
}

/* Of every rule: a trigger one day later never makes the last day earlier, nor moves it by more than the
 * days by which months differ, Christmas takes or the Tribunal rests; the last day is never before the
 * trigger where the limit counts from it. */
static void
test_monotone (void)
{
  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);
      gboolean is_fixed = g_str_equal (ehcp_rule_get_id (rule), "young-person") ||
                          g_str_equal (ehcp_rule_get_id (rule), "phase-transfer");
      EhcpDay last = EHCP_DAY_NONE;

      for (EhcpDay date = day ("2026-01-01"); date < day ("2029-01-01"); date++)
        {
          EhcpDue dues[EHCP_RULES_MAX_DUES];
          const EhcpDue *due = conclude_one (rule, date, dues);

          g_assert_nonnull (due);
          g_assert_true (!counts_forward (rule) || due->due >= date);
          g_assert_true (last == EHCP_DAY_NONE || due->due >= last);
          g_assert_true (last == EHCP_DAY_NONE || is_fixed || due->due <= last + 36);
          last = due->due;
        }
    }
}

/* The engine has no clock and no time zone. */
static void
test_no_time_zone (void)
{
  static const char *const zones[] = { "Europe/London", "Pacific/Kiritimati", "America/Los_Angeles" };
  EhcpFact facts[] = { { .name = "request-received", .date = day ("2026-10-12") } };
  EhcpDue first[EHCP_RULES_MAX_DUES];
  guint n_first = 0;

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      EhcpDue dues[EHCP_RULES_MAX_DUES];
      guint n_dues;

      g_setenv ("TZ", zones[i], TRUE);
      tzset ();
      n_dues = ehcp_rules_conclude (facts, 1, day ("2026-10-25"), dues, G_N_ELEMENTS (dues));
      if (i > 0)
        assert_same_dues (first, n_first, dues, n_dues);
      memcpy (first, dues, sizeof dues);
      n_first = n_dues;
    }
}

/* The law changes: the new row is for requests from its day on, and old cases stay as they were. */
static void
test_changed_law (void)
{
  EhcpRule table[] = { *ehcp_rule_find ("final-plan", NULL), *ehcp_rule_find ("final-plan", NULL) };
  EhcpFact old_case = { .name = "request-received", .date = day ("2030-08-31") };
  EhcpFact new_case = { .name = "request-received", .date = day ("2030-09-01") };
  EhcpDue due, before;

  g_assert_cmpuint (ehcp_rules_conclude_table (table, 1, &old_case, 1, day ("2030-09-02"), &before, 1), ==,
                    1);
  table[0].valid_to = day ("2030-08-31");
  table[1].valid_from = day ("2030-09-01");
  table[1].limit.length = 16;
  g_assert_cmpuint (ehcp_rules_conclude_table (table, 2, &old_case, 1, day ("2030-09-02"), &due, 1), ==, 1);
  g_assert_cmpint (due.due, ==, before.due);
  g_assert_true (due.rule == &table[0]);
  g_assert_cmpuint (ehcp_rules_conclude_table (table, 2, &new_case, 1, day ("2030-09-02"), &due, 1), ==, 1);
  g_assert_cmpint (due.due, ==, new_case.date + 16 * 7);
}

/* What is late stays late, and what is not done is never met, as the days go by. */
static void
test_time_goes_by (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      EhcpFact facts[MAX_FACTS];
      EhcpDue now[EHCP_RULES_MAX_DUES], later[EHCP_RULES_MAX_DUES];
      guint n_facts = invent_facts (facts);
      EhcpDay today = day ("2026-06-01") + g_test_rand_int_range (0, 300);
      guint n_dues = ehcp_rules_conclude (facts, n_facts, today, now, G_N_ELEMENTS (now));

      ehcp_rules_conclude (facts, n_facts, today + 30, later, G_N_ELEMENTS (later));
      for (guint i = 0; i < n_dues; i++)
        {
          g_assert_cmpint (now[i].due, ==, later[i].due);
          g_assert_true (now[i].state == later[i].state || (now[i].state == EHCP_DUE_DUE &&
                                                           later[i].state == EHCP_DUE_LATE));
          g_assert_cmpint (ehcp_due_days_late (&later[i], today + 30), >=,
                           ehcp_due_days_late (&now[i], today));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/always/order-is-irrelevant", test_order_is_irrelevant);
  g_test_add_func ("/rules/always/exemption-moves-nothing", test_exemption_moves_nothing);
  g_test_add_func ("/rules/always/monotone", test_monotone);
  g_test_add_func ("/rules/always/no-time-zone", test_no_time_zone);
  g_test_add_func ("/rules/always/time-goes-by", test_time_goes_by);
  g_test_add_func ("/rules/changed-law", test_changed_law);
  return g_test_run ();
}
