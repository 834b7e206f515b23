/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The law as a pure function: dated facts over a table of rules give deadlines, with reasons. */
#pragma once

#include "ehcp-day.h"

G_BEGIN_DECLS

/* What happened, or what somebody said of the case. */
typedef struct
{
  const char *name;    /* one that ehcp_rules_knows_fact(), "request-received"; never NULL */
  EhcpDay date;        /* the legal day; a fact without one is passed over */
  EhcpDay until;       /* end of a fact with two dates (closure: the day of re-opening), or none */
  const char *value;   /* outcome or member, such as "yes", "no", "primary-to-secondary"; or NULL */
} EhcpFact;

typedef enum
{
  EHCP_DUE_DUE,
  EHCP_DUE_MET,
  EHCP_DUE_LATE,       /* the last day is over and nothing was done; or it was done after it */
  EHCP_DUE_EXCUSED,    /* an exemption was recorded: the last day stays, and no longer binds */
  EHCP_DUE_LAPSED      /* no longer applies: the case took another way */
} EhcpDueState;

typedef enum
{
  EHCP_ACTOR_COUNCIL,
  EHCP_ACTOR_FAMILY,
  EHCP_ACTOR_ADVISER,
  EHCP_ACTOR_SCHOOL
} EhcpActor;

/* Grounds on which a limit need not be kept, where they also make it impractical to keep it. */
typedef enum
{
  EHCP_GROUND_NONE = 0,
  EHCP_GROUND_SCHOOL_CLOSED = 1 << 0,      /* advice asked of a head around a long closure */
  EHCP_GROUND_EARLY_YEARS_CLOSED = 1 << 1, /* the same for an early-years provider */
  EHCP_GROUND_PERSONAL = 1 << 2,           /* exceptional personal circumstances */
  EHCP_GROUND_ABSENCE = 1 << 3,            /* away from the area for at least 4 weeks on end */
  EHCP_GROUND_APPOINTMENT = 1 << 4         /* an appointment with that adviser was missed */
} EhcpGround;

typedef struct _EhcpRule EhcpRule;

typedef struct
{
  const EhcpRule *rule;   /* static, owned by the table */
  EhcpDay due;            /* the last day on which it may be done */
  EhcpDay trigger_date;   /* the day that it is counted from */
  const char *trigger;    /* the name of the fact that set it off; static */
  EhcpDueState state;
  EhcpDay met_on;         /* the day on which it was done, or none */
  const char *about;      /* whom it concerns (adviser, school): the trigger's value, borrowed from
                             the facts; NULL for rules that concern the case as a whole */
} EhcpDue;

#define EHCP_RULES_MAX_DUES 64

/**
 * ehcp_rules_conclude:
 * @facts: (array length=n_facts): what is known of one case, in any order; corrected entries left
 *   out
 * @n_facts: how many, may be 0
 * @today: the legal day to judge by, not %EHCP_DAY_NONE
 * @dues: (out caller-allocates) (array length=n_dues): where to write
 * @n_dues: the room in @dues; %EHCP_RULES_MAX_DUES is ample
 *
 * Applies every rule of the table to the facts. A rule gives no due before its trigger has
 * happened, nor when its trigger lies outside the days on which the rule is law. Facts count
 * whatever their date, those after @today too, so that a step can be previewed before it is
 * recorded.
 *
 * An act counts for a due from its trigger's day on. An exemption is the fact `exemption`, its
 * value the rule's id, or id and part or member with a slash between (`advice/psychologist`), maybe
 * with its ground after a space; whether that applies is ehcp_exemption_check()'s to say. It never moves
 * a day, and for a rule without grounds it has no effect. A request that comes after a
 * case ended starts the weeks anew: what came before belongs to the earlier assessment. A decision
 * not to assess or to make no plan lapses what would have followed; if the council goes on by
 * itself, the first limits bind again, but not after a Tribunal's order, which brings its own.
 *
 * Pure: the same set of facts gives the same dues. Allocates nothing. May be called from any
 * thread. Law: Children and Families Act 2014 Part 3; SI 2014/1530.
 *
 * Returns: how many were written, at most @n_dues: ordered by last day, then as in the table, then
 *   by trigger date and member; when there is no room for all, the ones with the latest days are
 *   left out.
 */
guint ehcp_rules_conclude (const EhcpFact *facts, guint n_facts, EhcpDay today, EhcpDue *dues,
                           guint n_dues);

/**
 * ehcp_due_days_left:
 * @due: a due
 * @today: the legal day to count from
 *
 * Counts the days up to the last day. May be called from any thread.
 *
 * Returns: 0 on the last day itself, and when it was done, lapsed or the last day is over; else the
 *   number of days, at least 1. An excused due that is not done yet still counts to its first day.
 */
int ehcp_due_days_left (const EhcpDue *due, EhcpDay today);

/**
 * ehcp_due_days_late:
 * @due: a due
 * @today: the legal day to count to, if it is not done yet
 *
 * Counts the days after the last day, up to the day on which it was done. May be called from any
 * thread.
 *
 * Returns: at least 1 in state %EHCP_DUE_LATE, else 0: what is excused is not late.
 */
int ehcp_due_days_late (const EhcpDue *due, EhcpDay today);

/**
 * ehcp_closure_excuses:
 * @asked: the day on which a head, principal or early-years provider was asked for advice
 * @closed: the first day on which the place was closed
 * @reopens: the day on which it opened again
 *
 * Tells whether ground (a) or (b) may be claimed: the closure lasted for at least 4 weeks on end,
 * and the council asked within the time from 1 week before it to 1 week before the re-opening. It
 * is for a person to say whether that also made the limit impractical. May be called from any
 * thread. Law: SI 2014/1530, regs 5(4), 10(4), 13(3).
 *
 * Returns: whether the ground holds; %FALSE when one of the days is %EHCP_DAY_NONE.
 */
gboolean ehcp_closure_excuses (EhcpDay asked, EhcpDay closed, EhcpDay reopens);

/**
 * ehcp_rule_find:
 * @id: the rule's id, such as "final-plan"
 * @part: (nullable): the limit's name in a rule with several, such as "draft" in "order-make-plan"
 *
 * Looks a rule up. Where a rule was changed by law, the row that is law now. May be called from any
 * thread.
 *
 * Returns: (nullable) (transfer none): the rule, static, or %NULL when the table has none such.
 */
const EhcpRule *ehcp_rule_find (const char *id, const char *part);

/** ehcp_rule_is_known: Returns: whether any row of the table, of whatever part, has @id. Any thread. */
gboolean ehcp_rule_is_known (const char *id);

/**
 * ehcp_rule_nth:
 * @n: 0 to ehcp_rule_count() − 1
 *
 * Gives the table's row. Rules stand in the order in which a case meets them. May be called from
 * any thread.
 *
 * Returns: (nullable) (transfer none): the rule, static, or %NULL past the end.
 */
const EhcpRule *ehcp_rule_nth (guint n);

/**
 * ehcp_rule_count:
 *
 * Counts the table's rows. May be called from any thread.
 *
 * Returns: their number, at least 1.
 */
guint ehcp_rule_count (void);

/**
 * ehcp_rule_get_id:
 * @rule: a rule
 *
 * Returns: (transfer none): the id, lower case with hyphens, static. Parts of a rule share it.
 */
const char *ehcp_rule_get_id (const EhcpRule *rule);

/**
 * ehcp_rule_get_part:
 * @rule: a rule
 *
 * Returns: (nullable) (transfer none): which of the rule's several limits it is, or %NULL if it
 *   has only one; static.
 */
const char *ehcp_rule_get_part (const EhcpRule *rule);

/**
 * ehcp_rule_get_source:
 * @rule: a rule
 *
 * Returns: (transfer none): where the rule is written, in English as lawyers cite it, at most 100
 *   bytes, static. Not translated: it is a name.
 */
const char *ehcp_rule_get_source (const EhcpRule *rule);

/**
 * ehcp_rule_get_actor:
 * @rule: a rule
 *
 * Returns: who must act, or for the family, may.
 */
EhcpActor ehcp_rule_get_actor (const EhcpRule *rule);

/**
 * ehcp_rule_is_law:
 * @rule: a rule
 *
 * Returns: %TRUE for the Act and the Regulations, %FALSE for practice and for guidance: what misses
 *   such a day is not to be called late in public.
 */
gboolean ehcp_rule_is_law (const EhcpRule *rule);

/**
 * ehcp_rule_is_verified:
 * @rule: a rule
 *
 * Returns: %FALSE when the row was not compared with the text of the law yet, and a lawyer should.
 */
gboolean ehcp_rule_is_verified (const EhcpRule *rule);

/**
 * ehcp_rule_get_grounds:
 * @rule: a rule
 *
 * Returns: the grounds on which its limit need not be kept, %EHCP_GROUND_NONE if there are none.
 *   Law: SI 2014/1530, regs 5(4), 8(2), 10(4), 13(3), 27(3), 44(3).
 */
EhcpGround ehcp_rule_get_grounds (const EhcpRule *rule);

/**
 * ehcp_rule_get_exemption:
 * @rule: a rule
 *
 * Returns: (nullable) (transfer none): where the grounds are written, such as "reg 13(3)", or %NULL
 *   if the rule has none; static.
 */
const char *ehcp_rule_get_exemption (const EhcpRule *rule);

/**
 * ehcp_rule_get_trigger:
 * @rule: a rule
 * @n: 0 for the first
 *
 * Returns: (nullable) (transfer none): the @n-th fact that sets the rule off, as a name, or as
 *   `name=value` where only that value does; %NULL past the last; static.
 */
const char *ehcp_rule_get_trigger (const EhcpRule *rule, guint n);

/**
 * ehcp_rule_get_done:
 * @rule: a rule
 * @n: 0 for the first
 *
 * Returns: (nullable) (transfer none): the @n-th fact that fulfils the rule, in the form of
 *   ehcp_rule_get_trigger(); %NULL past the last; static.
 */
const char *ehcp_rule_get_done (const EhcpRule *rule, guint n);

/**
 * ehcp_rule_get_length:
 * @rule: a rule
 * @unit: (out) (optional) (transfer none): "days", "weeks" or "months"; static
 *
 * Gives the limit as the law words it. May be called from any thread.
 *
 * Returns: the number, at least 1.
 */
int ehcp_rule_get_length (const EhcpRule *rule, const char **unit);

/**
 * ehcp_rule_is_beginning_with:
 * @rule: a rule
 *
 * Returns: %TRUE when the trigger's day is the first of the limit ("15 days beginning with"),
 *   %FALSE when it is not counted ("within 6 weeks of").
 */
gboolean ehcp_rule_is_beginning_with (const EhcpRule *rule);

/**
 * ehcp_rules_knows_fact:
 * @name: (nullable): the name of a fact, without a value
 *
 * Tells whether a name may be recorded of a case: it sets a rule off, fulfils or ends one, or is
 * kept for rules that are not in the table yet. May be called from any thread.
 *
 * Returns: whether it is known; %FALSE for %NULL.
 */
gboolean ehcp_rules_knows_fact (const char *name);

/**
 * ehcp_rules_nth_fact:
 * @n: 0 for the first
 *
 * Goes through the names of facts. May be called from any thread.
 *
 * Returns: (nullable) (transfer none): the name, unique, static; %NULL past the last.
 */
const char *ehcp_rules_nth_fact (guint n);

/**
 * ehcp_due_state_to_string:
 * @state: a state
 *
 * Names a state as the wire and the store do. May be called from any thread.
 *
 * Returns: (transfer none): "due", "met", "late", "excused" or "lapsed"; static.
 */
const char *ehcp_due_state_to_string (EhcpDueState state);

G_END_DECLS
