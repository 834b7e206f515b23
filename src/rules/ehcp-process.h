/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The assessment that is under way, found among all that ever happened in a case: where it began,
 * and whether a decision ended it. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

typedef struct
{
  const EhcpFact *start;   /* what began it, borrowed; NULL when there was no request */
  EhcpDay after;           /* facts up to this day belong to an earlier assessment; may be none */
  const EhcpFact *ended;   /* the decision "no" that stands, borrowed; NULL while it goes on */
  EhcpDay closed;          /* the day on which the limits counted from `start` ceased to run: that
                              of `ended`, or of a "no" that a Tribunal's order replaced; or none */
} EhcpProcess;

/**
 * ehcp_process_find:
 * @facts: (array length=n_facts): facts in any order
 * @n_facts: how many
 * @process: (out caller-allocates): the last assessment of the case
 *
 * Finds the last assessment. It begins with the first request (CFA s36(1)) or the first day of
 * being responsible (s24) after the previous one ended with a decision or a final plan.
 */
void ehcp_process_find (const EhcpFact *facts, guint n_facts, EhcpProcess *process);

G_END_DECLS
