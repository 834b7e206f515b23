/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council stores what it concludes with these, and the program previews with the same. */
#include "ehcp-facts-implied.h"

#include <string.h>

/* What a family can appeal against (CFA s51), and the value that makes it so. A review that changes nothing is
 * one too, but only whoever enters it knows. */
static const struct
{
  const char *what, *value;
} decisions[] = {
  { "assess-decided", "no" },       { "no-plan-notified", NULL },     { "final-issued", NULL },
  { "amended-final-issued", NULL }, { "reassess-decided", "no" },     { "ceased", NULL },
};

static const EhcpFact *
nth (GArray *facts, guint n)
{
  return &g_array_index (facts, EhcpFact, n);
}

static EhcpDay
find_first (GArray *facts, const char *name)
{
  EhcpDay first = EHCP_DAY_NONE;

  for (guint i = 0; i < facts->len; i++)
    if (strcmp (nth (facts, i)->name, name) == 0 && (first == EHCP_DAY_NONE || nth (facts, i)->date < first))
      first = nth (facts, i)->date;
  return first;
}

/* The year of the first review begins with the day on which the plan was made (CFA s44(1)(a)). A council
 * that issued the final plan has made it; a day that was entered for it goes before. */
static void
add_plan_made (GArray *facts)
{
  EhcpDay issued = find_first (facts, "final-issued");
  EhcpFact fact = { .name = "plan-made", .date = issued };

  if (issued != EHCP_DAY_NONE && find_first (facts, "plan-made") == EHCP_DAY_NONE)
    g_array_append_val (facts, fact);
}

static gboolean
is_decision (const EhcpFact *fact)
{
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (strcmp (fact->name, decisions[i].what) == 0 &&
        (decisions[i].value == NULL || g_strcmp0 (fact->value, decisions[i].value) == 0))
      return TRUE;
  return FALSE;
}

/* Whether its letter was entered by itself: on that day or later, before the next decision. */
static gboolean
is_sent (GArray *facts, guint n_entered, const EhcpFact *decision)
{
  EhcpDay next = G_MAXINT32;

  for (guint i = 0; i < n_entered; i++)
    if (is_decision (nth (facts, i)) && nth (facts, i)->date > decision->date)
      next = MIN (next, nth (facts, i)->date);
  for (guint i = 0; i < n_entered; i++)
    if (strcmp (nth (facts, i)->name, "decision-sent") == 0 && nth (facts, i)->date >= decision->date &&
        nth (facts, i)->date < next)
      return TRUE;
  return FALSE;
}

static gboolean
has_implied (GArray *facts, guint n_entered, EhcpDay date)
{
  for (guint i = n_entered; i < facts->len; i++)
    if (strcmp (nth (facts, i)->name, "decision-sent") == 0 && nth (facts, i)->date == date)
      return TRUE;
  return FALSE;
}

/* A family that was refused must see its last day to appeal although nobody entered the letter. */
static void
add_decisions_sent (GArray *facts, guint n_entered)
{
  for (guint i = 0; i < n_entered; i++)
    {
      const EhcpFact decision = *nth (facts, i);
      EhcpFact sent = { .name = "decision-sent", .date = decision.date };

      if (is_decision (&decision) && !is_sent (facts, n_entered, &decision) &&
          !has_implied (facts, n_entered, decision.date))
        g_array_append_val (facts, sent);
    }
}

void
ehcp_facts_add_implied (GArray *facts)
{
  guint n_entered = facts->len;

  add_plan_made (facts);
  add_decisions_sent (facts, n_entered);
}
