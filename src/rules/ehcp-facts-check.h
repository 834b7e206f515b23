/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what was entered can be true: facts held against each other. What cannot be is refused; what is
 * possible but unusual is warned of, because the caseworker may know better. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code;     /* stable, "draft-not-served"; static */
  gboolean is_refused;  /* else warned of */
  const char *member;   /* what is at fault in an entry: "what", "date", "until" or "value"; static */
  const EhcpFact *fact; /* the one that was checked, borrowed */
} EhcpFinding;

#define EHCP_FACT_MAX_FINDINGS 8

/**
 * ehcp_fact_check:
 * @fact: what somebody wants to enter; or one of @facts
 * @facts: (array length=n_facts): what is known of the case, in any order; corrected entries left out
 * @n_facts: how many, may be 0
 * @today: the legal day, not %EHCP_DAY_NONE
 * @birth: the child's date of birth, or %EHCP_DAY_NONE: then that of the fact `birth`, if there is one
 * @findings: (out caller-allocates) (array length=n_findings): where to write
 * @n_findings: the room; %EHCP_FACT_MAX_FINDINGS is ample
 *
 * Checks one fact by itself and against the others. Refused findings come first. A ground of an
 * exemption is ehcp_exemption_check_value()'s. Pure, allocates nothing. May be called from any thread.
 *
 * Returns: how many were written; 0 when nothing is unusual.
 */
guint ehcp_fact_check (const EhcpFact *fact, const EhcpFact *facts, guint n_facts, EhcpDay today,
                       EhcpDay birth, EhcpFinding *findings, guint n_findings);

/**
 * ehcp_facts_check:
 * @facts: (array length=n_facts): what is known of a case, in any order
 * @n_facts: how many, may be 0
 * @today: the legal day, not %EHCP_DAY_NONE
 * @birth: the child's date of birth, or %EHCP_DAY_NONE
 * @findings: (out caller-allocates) (array length=n_findings): where to write
 * @n_findings: the room
 *
 * ehcp_fact_check() for each of the facts. Of two that are the same only the later in the array is
 * reported. May be called from any thread.
 *
 * Returns: how many were written, in the order of the facts.
 */
guint ehcp_facts_check (const EhcpFact *facts, guint n_facts, EhcpDay today, EhcpDay birth,
                        EhcpFinding *findings, guint n_findings);

/**
 * ehcp_finding_nth_code:
 * @n: 0 for the first
 * @is_refused: (out) (optional): whether it is refused
 *
 * Goes through all that can be found, for documents and tests.
 *
 * Returns: (transfer none) (nullable): the code, static; %NULL past the last.
 */
const char *ehcp_finding_nth_code (guint n, gboolean *is_refused);

/**
 * ehcp_finding_explain:
 * @code: (nullable): the code of a finding
 *
 * Says it to a caseworker. May be called from any thread.
 *
 * Returns: (transfer none) (nullable): one or two English sentences, static; %NULL for a code that is not
 *   known.
 */
const char *ehcp_finding_explain (const char *code);

G_END_DECLS
