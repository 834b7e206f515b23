/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the whole law takes for 900,000 cases on one core: about twice the plans that there are in
 * England. Each case has the facts of an assessment in full, of one review and of an appeal. */
#include "ehcp-rules.h"

#define N_CASES 900000

static const EhcpFact steps[] = {
  { "request-received", .date = 0 },
  { "assess-decided", .date = 39, .value = "yes" },
  { "advice-asked", .date = 43, .value = "psychologist" },
  { "advice-asked", .date = 43, .value = "school" },
  { "advice-asked", .date = 43, .value = "health" },
  { "advice-received", .date = 80, .value = "psychologist" },
  { "advice-received", .date = 70, .value = "school" },
  { "plan-decided", .date = 90, .value = "yes" },
  { "draft-served", .date = 98 },
  { "draft-comments-received", .date = 110 },
  { "final-issued", .date = 138 },
  { "plan-made", .date = 138 },
  { "decision-sent", .date = 138, .value = "plan" },
  { "review-meeting", .date = 480 },
  { "amendment-notice", .date = 500 },
};

int
main (void)
{
  EhcpFact facts[G_N_ELEMENTS (steps)];
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  EhcpDay first = ehcp_day_from_ymd (2024, 1, 1);
  guint64 n_dues = 0;
  gint64 start = g_get_monotonic_time ();

  for (guint n = 0; n < N_CASES; n++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          facts[i] = steps[i];
          facts[i].date += first + (EhcpDay) (n % 900);
        }
      n_dues += ehcp_rules_conclude (facts, G_N_ELEMENTS (facts), first + 700, dues, G_N_ELEMENTS (dues));
    }
  g_print ("bench recompute/900000-cases ours=%.1f bar=30.0 unit=s dues=%" G_GUINT64_FORMAT "\n",
           (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC, n_dues);
  return 0;
}
