/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows from entries without being entered. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

/**
 * ehcp_facts_add_implied:
 * @facts: (element-type EhcpFact): what was entered of one case, corrected entries left out
 *
 * Appends that the plan was made on the day on which the first final plan was issued, unless a day was entered for it
 * (CFA s44(1)(a)), and that a decision which can be appealed (CFA s51) was sent on its day, unless its letter was
 * entered by itself between it and the next one. Pure but for the array; may be called from any thread.
 */
void ehcp_facts_add_implied (GArray *facts);

G_END_DECLS
