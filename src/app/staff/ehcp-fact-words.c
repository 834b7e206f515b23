/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of facts for those who enter them. What follows from them is src/rules' business. */
#include "ehcp-fact-words.h"

#include <glib/gi18n.h>

static const EhcpFactKind kinds[] = {
  { "request-received", N_("Request received"), EHCP_FACT_PLAIN },
  { "became-responsible", N_("Council became responsible"), EHCP_FACT_PLAIN },
  { "assess-decided", N_("Decision whether to assess sent"), EHCP_FACT_OUTCOME },
  { "advice-asked", N_("Advice asked for"), EHCP_FACT_WHO },
  { "head-asked", N_("Head or provider asked for advice"), EHCP_FACT_PLAIN },
  { "advice-received", N_("Advice received"), EHCP_FACT_WHO },
  { "plan-decided", N_("Decided to issue a plan"), EHCP_FACT_PLAIN },
  { "no-plan-notified", N_("Decision not to issue a plan sent"), EHCP_FACT_PLAIN },
  { "draft-served", N_("Draft plan served"), EHCP_FACT_HOW },
  { "draft-comments-received", N_("Family’s comments on the draft received"), EHCP_FACT_PLAIN },
  { "school-consulted", N_("School consulted"), EHCP_FACT_WHO },
  { "school-answered", N_("School answered"), EHCP_FACT_WHO },
  { "final-issued", N_("Final plan issued"), EHCP_FACT_HOW },
  { "closure", N_("School closed"), EHCP_FACT_UNTIL },
  { "review-meeting", N_("Review meeting"), EHCP_FACT_PLAIN },
  { "review-invited", N_("Invitations to the review sent"), EHCP_FACT_PLAIN },
  { "review-report-sent", N_("Report of the review sent"), EHCP_FACT_PLAIN },
  { "review-decided", N_("Decision after the review sent"), EHCP_FACT_PLAIN },
  { "review-considered", N_("Review considered for a child under 5"), EHCP_FACT_PLAIN },
  { "amendment-notice", N_("Notice of changes sent"), EHCP_FACT_PLAIN },
  { "amendment-served", N_("Changes served"), EHCP_FACT_HOW },
  { "amend-comments-received", N_("Family’s comments on the changes received"), EHCP_FACT_PLAIN },
  { "amended-final-issued", N_("Changed plan issued"), EHCP_FACT_HOW },
  { "plan-made", N_("Plan made"), EHCP_FACT_PLAIN },
  { "last-reviewed", N_("Plan last reviewed"), EHCP_FACT_PLAIN },
  { "transfer-year", N_("Moves to the next phase in that year"), EHCP_FACT_PHASE },
  { "move", N_("Move between places after 16"), EHCP_FACT_PLAIN },
  { "move-agreed", N_("Move agreed"), EHCP_FACT_PLAIN },
  { "reassessment-asked", N_("New assessment asked for"), EHCP_FACT_PLAIN },
  { "reassess-decided", N_("Decision whether to assess again sent"), EHCP_FACT_OUTCOME },
  { "reassessment-notified", N_("Family told that we assess again"), EHCP_FACT_PLAIN },
  { "old-council-knew", N_("Old council learned of the move"), EHCP_FACT_PLAIN },
  { "moved", N_("Family moved to another council"), EHCP_FACT_PLAIN },
  { "plan-transferred", N_("Plan transferred"), EHCP_FACT_PLAIN },
  { "transfer-told", N_("Family told what happens to the plan"), EHCP_FACT_PLAIN },
  { "transfer-reviewed", N_("Plan reviewed after the transfer"), EHCP_FACT_PLAIN },
  { "decision-sent", N_("Decision letter sent"), EHCP_FACT_PLAIN },
  { "mediation-asked", N_("Mediation asked for"), EHCP_FACT_PLAIN },
  { "adviser-told", N_("Adviser told: no mediation"), EHCP_FACT_PLAIN },
  { "mediation-held", N_("Mediation meeting held"), EHCP_FACT_PLAIN },
  { "mediation-ended", N_("Mediation ended"), EHCP_FACT_PLAIN },
  { "certificate", N_("Mediation certificate issued"), EHCP_FACT_PLAIN },
  { "appeal-sent", N_("Appeal received"), EHCP_FACT_PLAIN },
  { "appeal-answered", N_("Appeal answered"), EHCP_FACT_PLAIN },
  { "order", N_("Tribunal’s order"), EHCP_FACT_ORDER },
  { "ceased", N_("Plan ceased"), EHCP_FACT_PLAIN },
  { "birth", N_("Child born (for the rules by age)"), EHCP_FACT_PLAIN },
};

static const EhcpFactChoice outcomes[] = { { "yes", N_("Yes") }, { "no", N_("No") } };

static const EhcpFactChoice ways[] = { { "portal", N_("In the portal") },
                                       { "post", N_("By post") },
                                       { "email", N_("By e-mail") },
                                       { "hand", N_("By hand") } };

static const EhcpFactChoice orders[] = { { "assess", N_("Assess") },
                                         { "make-plan", N_("Make a plan") },
                                         { "amend", N_("Change the plan") },
                                         { "school", N_("Name the school") } };

static const EhcpFactChoice phases[] = {
  { "early-years-to-school", N_("Early years to school") }, { "infant-to-junior", N_("Infant to junior") },
  { "primary-to-middle", N_("Primary to middle") },         { "primary-to-secondary", N_("Primary to secondary") },
  { "middle-to-secondary", N_("Middle to secondary") },     { "secondary-to-post16", N_("Secondary to post-16") },
};

const EhcpFactKind *
ehcp_fact_kinds (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}

/* NULL for a fact that is not entered here. */
const EhcpFactKind *
ehcp_fact_kind_find (const char *fact)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].fact, fact) == 0)
      return &kinds[i];
  return NULL;
}

const EhcpFactChoice *
ehcp_fact_choices (EhcpFactNeed need, guint *n_choices)
{
  switch (need)
    {
    case EHCP_FACT_OUTCOME:
      *n_choices = G_N_ELEMENTS (outcomes);
      return outcomes;
    case EHCP_FACT_HOW:
      *n_choices = G_N_ELEMENTS (ways);
      return ways;
    case EHCP_FACT_ORDER:
      *n_choices = G_N_ELEMENTS (orders);
      return orders;
    case EHCP_FACT_PHASE:
      *n_choices = G_N_ELEMENTS (phases);
      return phases;
    case EHCP_FACT_PLAIN:
    case EHCP_FACT_WHO:
    case EHCP_FACT_UNTIL:
    default:
      *n_choices = 0;
      return NULL;
    }
}

/* What most often comes next in a stage. */
const char *
ehcp_fact_suggest (const char *stage)
{
  static const char *const next[][2] = {
    { "request", "assess-decided" }, { "assess", "assess-decided" }, { "advice", "advice-received" },
    { "decide", "plan-decided" },    { "draft", "draft-served" },    { "final", "final-issued" },
    { "review", "review-meeting" },  { "ended", "mediation-asked" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    if (g_strcmp0 (next[i][0], stage) == 0)
      return next[i][1];
  return kinds[0].fact;
}

char *
ehcp_fact_words (const char *fact, const char *value)
{
  const EhcpFactKind *kind = ehcp_fact_kind_find (fact);
  const EhcpFactChoice *choices;
  guint n_choices;

  if (g_strcmp0 (fact, "void") == 0)
    return g_strdup (_("Entry taken back"));
  if (g_strcmp0 (fact, "exemption") == 0)
    return g_strdup (_("Exemption recorded"));
  if (kind == NULL)
    return g_strdup (_("Entry of another kind"));
  if (value == NULL || *value == '\0')
    return g_strdup (_(kind->words));
  choices = ehcp_fact_choices (kind->need, &n_choices);
  for (guint i = 0; i < n_choices; i++)
    if (g_str_equal (choices[i].value, value))
      return g_strdup_printf ("%s: %s", _(kind->words), _(choices[i].words));
  return g_strdup_printf ("%s: %s", _(kind->words), value);
}
