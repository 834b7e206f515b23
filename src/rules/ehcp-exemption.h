/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exemptions: the grounds by name, and whether one of them can hold for a limit. It is for a person to say
 * whether it also made the limit impractical. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

/* Why a ground does not apply. The order is that of how near it came: the largest tells most. */
typedef enum
{
  EHCP_EXEMPTION_NO_RULE,          /* no limit has that name */
  EHCP_EXEMPTION_NO_GROUNDS,       /* the law excuses nobody from this limit */
  EHCP_EXEMPTION_OTHER_GROUNDS,    /* it excuses on other grounds only */
  EHCP_EXEMPTION_NOT_RUNNING,      /* what the limit is counted from is not known */
  EHCP_EXEMPTION_NO_DATES,         /* the dates of the ground were not given */
  EHCP_EXEMPTION_OUTSIDE,          /* they lie outside the limit's period */
  EHCP_EXEMPTION_SHORT_CLOSURE,    /* closed for less than 4 weeks on end */
  EHCP_EXEMPTION_SHORT_ABSENCE,    /* away for less than 4 weeks on end within the period */
  EHCP_EXEMPTION_NOT_ASKED,        /* the head was not asked for advice */
  EHCP_EXEMPTION_ASKED_OUTSIDE,    /* the head was asked, but not around the closure */
  EHCP_EXEMPTION_APPLIES
} EhcpExemption;

#define EHCP_N_GROUNDS 5
#define EHCP_GROUNDS_CLOSED (EHCP_GROUND_SCHOOL_CLOSED | EHCP_GROUND_EARLY_YEARS_CLOSED)

/**
 * ehcp_ground_nth:
 * @n: 0 to %EHCP_N_GROUNDS − 1
 *
 * Returns: the ground with that number, in the order of the regulations. May be called from any thread.
 */
EhcpGround ehcp_ground_nth (guint n);

/**
 * ehcp_ground_to_string:
 * @ground: a single ground
 *
 * Names a ground as the wire and the store do. May be called from any thread.
 *
 * Returns: (transfer none) (nullable): "school-closed", "early-years-closed", "personal", "absence" or
 *   "appointment", static; %NULL for none or several.
 */
const char *ehcp_ground_to_string (EhcpGround ground);

/**
 * ehcp_ground_from_string:
 * @name: (nullable): a ground's name
 *
 * Returns: the ground, or %EHCP_GROUND_NONE when there is none of that name. May be called from any
 *   thread.
 */
EhcpGround ehcp_ground_from_string (const char *name);

/**
 * ehcp_ground_explain:
 * @ground: a single ground
 *
 * Returns: (transfer none): the ground in English as the regulations mean it, static, without a full
 *   stop: "the school was closed …". May be called from any thread.
 */
const char *ehcp_ground_explain (EhcpGround ground);

/**
 * ehcp_exemption_get_ground:
 * @value: (nullable): the value of a fact `exemption`
 *
 * Finds the ground in "final-plan school-closed", "order-assess/final absence" or
 * "advice/Social care appointment": it is the last word. May be called from any thread.
 *
 * Returns: the ground, or %EHCP_GROUND_NONE when the value names the rule alone.
 */
EhcpGround ehcp_exemption_get_ground (const char *value);

/**
 * ehcp_exemption_names:
 * @value: (nullable): the value of a fact `exemption`
 * @rule: a rule
 * @about: (nullable): the adviser or school of the due, as in #EhcpDue
 *
 * Tells whether an exemption is from a limit: its value is the rule's id, or id and part or member with
 * a slash between, and then maybe a space and the ground. May be called from any thread.
 *
 * Returns: whether it is; %FALSE for %NULL.
 */
gboolean ehcp_exemption_names (const char *value, const EhcpRule *rule, const char *about);

/**
 * ehcp_exemption_check:
 * @rule: a rule
 * @about: (nullable): the adviser or school of the due; %NULL for any
 * @ground: a single ground
 * @facts: (array length=n_facts): what is known of the case, in any order
 * @n_facts: how many, may be 0
 * @from: the ground's first day: closed, away, the day of the appointment or of the circumstance
 * @until: its end: the day of re-opening, the last day away; or %EHCP_DAY_NONE
 *
 * Holds a ground against the law. Of a closure without @until the facts `closure` are tried, and the
 * question is looked for among the facts `head-asked`, which are the head's, the principal's or the
 * early-years provider's. An absence counts with its first and its last day. Every ground must touch the
 * limit's period, from its trigger to its last day; the four weeks of an absence must lie within it.
 * Of the personal circumstances only the dates can be checked. May be called from any thread.
 * Law: SI 2014/1530, regs 5(4), 8(2), 10(4), 13(3), 27(3), 44(3).
 *
 * Returns: %EHCP_EXEMPTION_APPLIES, or the reason why not; where a rule has several limits in the case,
 *   the best that was found.
 */
EhcpExemption ehcp_exemption_check (const EhcpRule *rule, const char *about, EhcpGround ground,
                                    const EhcpFact *facts, guint n_facts, EhcpDay from, EhcpDay until);

/**
 * ehcp_exemption_check_value:
 * @value: the value of a fact `exemption`, with or without a ground
 * @facts: (array length=n_facts): what is known of the case, in any order
 * @n_facts: how many, may be 0
 * @from: the fact's date
 * @until: the fact's end, or %EHCP_DAY_NONE
 *
 * ehcp_exemption_check() for what was entered. Without a ground nothing but the rule is checked. May be
 * called from any thread.
 *
 * Returns: %EHCP_EXEMPTION_APPLIES if it does for one limit of that name; otherwise the best that was
 *   found, %EHCP_EXEMPTION_NO_RULE when no limit has the name.
 */
EhcpExemption ehcp_exemption_check_value (const char *value, const EhcpFact *facts, guint n_facts,
                                          EhcpDay from, EhcpDay until);

/**
 * ehcp_exemption_explain:
 * @exemption: what a check said
 *
 * Returns: (transfer none): one or two English sentences for a caseworker, static, never empty. May be
 *   called from any thread.
 */
const char *ehcp_exemption_explain (EhcpExemption exemption);

G_END_DECLS
