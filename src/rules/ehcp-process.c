/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the bounds of the last assessment. What is due within it is ehcp-rules.c's. */
#include "ehcp-process.h"

#include "ehcp-rule-private.h"

static const char *const starts[] = { "request-received", "became-responsible", NULL };
static const char *const decisions_no[] = { "assess-decided=no", "no-plan-notified", NULL };
static const char *const endings[] = { "assess-decided=no", "no-plan-notified", "final-issued",
                                       NULL };
static const char *const steps_on[] = { "assess-decided=yes", "plan-decided", "draft-served",
                                        "final-issued", NULL };
static const char *const orders[] = { "order", NULL };

/* A case may be refused and asked for again: a request after the end starts the weeks anew, but a
 * second request while one is running does not. */
static void
find_start (const EhcpFact *facts, guint n_facts, EhcpProcess *process)
{
  const EhcpFact *last = ehcp_facts_latest (facts, n_facts, starts, G_MAXINT32);
  const EhcpFact *ending;

  if (last == NULL)
    return;
  ending = ehcp_facts_latest (facts, n_facts, endings, last->date - 1);
  process->after = ending != NULL ? ending->date : EHCP_DAY_NONE;
  process->start = ehcp_facts_earliest (facts, n_facts, starts, process->after + 1);
}

/* A council that changes its mind is bound by its first limits again; one that was ordered to is
 * bound by the order's (reg 44), and would otherwise be shown as late from the day of the order. */
static void
find_end (const EhcpFact *facts, guint n_facts, EhcpProcess *process)
{
  const EhcpFact *no = ehcp_facts_earliest (facts, n_facts, decisions_no, process->start->date);

  while (no != NULL)
    {
      gboolean goes_on = ehcp_facts_earliest (facts, n_facts, steps_on, no->date + 1) != NULL;
      gboolean is_ordered = ehcp_facts_earliest (facts, n_facts, orders, no->date) != NULL;

      if (process->closed == EHCP_DAY_NONE && (!goes_on || is_ordered))
        process->closed = no->date;
      if (process->ended == NULL && !goes_on)
        process->ended = no;
      no = ehcp_facts_earliest (facts, n_facts, decisions_no, no->date + 1);
    }
}

void
ehcp_process_find (const EhcpFact *facts, guint n_facts, EhcpProcess *process)
{
  *process = (EhcpProcess){ 0 };
  find_start (facts, n_facts, process);
  if (process->start != NULL)
    find_end (facts, n_facts, process);
}
