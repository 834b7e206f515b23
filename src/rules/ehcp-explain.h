/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deadline's arithmetic in English, for those who check the rules. Families read other words, which
 * screens make and translate. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

/**
 * ehcp_due_explain:
 * @due: a due that ehcp_rules_conclude() gave for @facts
 * @facts: (array length=n_facts): the facts
 * @n_facts: how many
 * @today: the legal day
 *
 * Says what the limit is counted from and how, what else took part in it (a second limit, the Tribunal's
 * calendar), the last day, and how it stands. May be called from any thread.
 *
 * Returns: (transfer full): English sentences, ASCII but for names out of the facts.
 */
char *ehcp_due_explain (const EhcpDue *due, const EhcpFact *facts, guint n_facts, EhcpDay today);

/**
 * ehcp_day_explain:
 * @day: a day
 *
 * Returns: (transfer full): "Monday 25 January 2027", in English whatever the locale; empty for
 *   %EHCP_DAY_NONE. May be called from any thread.
 */
char *ehcp_day_explain (EhcpDay day);

G_END_DECLS
