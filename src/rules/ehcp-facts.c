/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of facts, and the search for facts among a case's. No answer depends on their order. */
#include "ehcp-rule-private.h"

#include <string.h>

/* What happened, what was done, and what later rules will ask for, so that it is on record. */
static const char *const names[] = {
  "request-received", "became-responsible", "assess-decided", "advice-asked", "advice-received",
  "head-asked", "closure", "exemption", "plan-decided", "no-plan-notified", "draft-served",
  "draft-comments-received", "school-consulted", "school-answered", "final-issued",
  "plan-made", "last-reviewed", "review-meeting", "review-report-sent", "review-decided",
  "amendment-notice", "amendment-served", "amend-comments-received", "amended-final-issued",
  "transfer-year", "phase", "move", "reassessment-asked", "reassess-decided",
  "reassessment-notified", "old-council-knew", "moved", "plan-transferred", "transfer-told",
  "decision-sent", "mediation-asked", "adviser-told", "mediation-ended", "certificate",
  "appeal-sent", "appeal-answered", "order", "birth", "review-invited", "review-considered",
  "move-agreed", "transfer-reviewed", "mediation-held", "ceased",
};

const char *
ehcp_fact_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return names[i];
  return NULL;
}

gboolean
ehcp_rules_knows_fact (const char *name)
{
  return name != NULL && ehcp_fact_name (name) != NULL;
}

const char *
ehcp_rules_nth_fact (guint n)
{
  return n < G_N_ELEMENTS (names) ? names[n] : NULL;
}

gboolean
ehcp_fact_matches (const EhcpFact *fact, const char *pattern)
{
  size_t length = strcspn (pattern, "=!");

  if (fact->date <= EHCP_DAY_NONE)
    return FALSE;
  if (strncmp (fact->name, pattern, length) != 0 || fact->name[length] != '\0')
    return FALSE;
  if (pattern[length] == '\0')
    return TRUE;
  return (strcmp (fact->value != NULL ? fact->value : "yes", pattern + length + 1) == 0) ==
         (pattern[length] == '=');
}

const EhcpFact *
ehcp_facts_earliest (const EhcpFact *facts, guint n_facts, const char *const *patterns,
                     EhcpDay from)
{
  const EhcpFact *found = NULL;

  for (; *patterns != NULL; patterns++)
    for (guint i = 0; i < n_facts; i++)
      if (facts[i].date >= from && (found == NULL || facts[i].date < found->date) &&
          ehcp_fact_matches (&facts[i], *patterns))
        found = &facts[i];
  return found;
}

const EhcpFact *
ehcp_facts_latest (const EhcpFact *facts, guint n_facts, const char *const *patterns, EhcpDay to)
{
  const EhcpFact *found = NULL;

  for (; *patterns != NULL; patterns++)
    for (guint i = 0; i < n_facts; i++)
      if (facts[i].date <= to && (found == NULL || facts[i].date > found->date) &&
          ehcp_fact_matches (&facts[i], *patterns))
        found = &facts[i];
  return found;
}
