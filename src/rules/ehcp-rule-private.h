/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the table of rules, for the files of this folder: others use the getters. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_UNIT_DAYS,
  EHCP_UNIT_WEEKS,
  EHCP_UNIT_MONTHS,
  EHCP_UNIT_WORKING_DAYS
} EhcpUnit;

typedef enum
{
  EHCP_COUNT_WITHIN,         /* the trigger's day is not counted */
  EHCP_COUNT_BEGINNING_WITH, /* the trigger's day is day 1 */
  EHCP_COUNT_BEFORE,         /* at least that long before the trigger's day */
  EHCP_COUNT_IN_YEAR,        /* a fixed day of the trigger's year: `length` is month × 100 + day */
  EHCP_COUNT_SCHOOL_LEAVING  /* the last Friday of June of the school year of that birthday */
} EhcpCounting;

typedef struct
{
  EhcpCounting counting;
  int length;
  EhcpUnit unit;
} EhcpLimit;

/* Where another fact is looked for that takes part in a limit. */
typedef enum
{
  EHCP_LOOK_BEFORE, /* the latest up to the trigger's day */
  EHCP_LOOK_AFTER,  /* the earliest from the trigger's day on */
  EHCP_LOOK_ANY     /* the latest of all */
} EhcpLook;

/* A second limit, counted from another fact. Without that fact it does not take part. */
typedef struct
{
  const char *from[3];
  EhcpLook look;
  EhcpLimit limit;
} EhcpBound;

typedef enum
{
  EHCP_PICK_PROCESS, /* the fact that began the assessment, see ehcp-process.h: one due */
  EHCP_PICK_EACH,    /* every fact of the name: a due for each */
  EHCP_PICK_LATEST   /* the last fact of the name replaces the earlier ones: one due */
} EhcpPick;

/* Facts in a row are patterns: "name", "name=value" where only that value counts, or "name!value" where
 * every other one does. A decision
 * that was recorded without its outcome counts as "yes": that keeps the limits alive. */
struct _EhcpRule
{
  const char *id;
  const char *part;              /* NULL if the rule has one limit only */
  EhcpActor actor;
  EhcpPick pick;
  const char *triggers[8];
  EhcpLimit limit;
  const char *done[4];
  const char *overtaken_by[6];   /* later facts after which it need not be done any more */
  gboolean is_by_member;         /* done by the trigger's value: that adviser, that school */
  EhcpBound cap;                 /* the last day is at most this one */
  EhcpBound floor;               /* the last day is at least this one: "the later of" */
  EhcpBound applies;             /* the row is for triggers before this day; without its fact, never */
  gboolean rolls;                /* a limit of the Tribunal: to the next day on which it can be reached */
  gboolean comes_by_itself;      /* nobody has to do anything: on its day it is met */
  EhcpGround grounds;
  const char *exemption;         /* where the grounds are written */
  EhcpDay valid_from, valid_to;  /* trigger days for which the row is law; NONE leaves it open */
  gboolean is_law;
  gboolean is_verified;
  const char *source;
};

/**
 * ehcp_limit_count:
 * @limit: a limit
 * @from: the day that it is counted from, not %EHCP_DAY_NONE
 *
 * Counts a limit in calendar days: weekends and holidays do not move it.
 *
 * Returns: the last day of the limit, or %EHCP_DAY_NONE when it would leave the calendar.
 */
EhcpDay ehcp_limit_count (const EhcpLimit *limit, EhcpDay from);

/**
 * ehcp_fact_matches:
 * @fact: a fact
 * @pattern: "name" or "name=value"
 *
 * Returns: whether the fact has a date, the name and, if the pattern has one, the value.
 */
gboolean ehcp_fact_matches (const EhcpFact *fact, const char *pattern);

/**
 * ehcp_facts_earliest:
 * @facts: (array length=n_facts): facts in any order
 * @n_facts: how many
 * @patterns: (array zero-terminated=1): what to look for
 * @from: the first day to look at
 *
 * Returns: (nullable) (transfer none): the earliest fact on or after @from that matches a pattern;
 *   of several on one day, the one that matches the earliest pattern.
 */
const EhcpFact *ehcp_facts_earliest (const EhcpFact *facts, guint n_facts,
                                     const char *const *patterns, EhcpDay from);

/**
 * ehcp_facts_latest:
 * @facts: (array length=n_facts): facts in any order
 * @n_facts: how many
 * @patterns: (array zero-terminated=1): what to look for
 * @to: the last day to look at
 *
 * Returns: (nullable) (transfer none): the latest fact on or before @to that matches a pattern; of
 *   several on one day, the one that matches the earliest pattern.
 */
const EhcpFact *ehcp_facts_latest (const EhcpFact *facts, guint n_facts,
                                   const char *const *patterns, EhcpDay to);

/**
 * ehcp_fact_name:
 * @name: a fact's name
 *
 * Returns: (nullable) (transfer none): the same name as a static string, or %NULL if it is not
 *   known.
 */
const char *ehcp_fact_name (const char *name);

/**
 * ehcp_rule_conclude:
 * @rule: a rule
 * @facts: (array length=n_facts): facts in any order
 * @n_facts: how many
 * @today: the legal day to judge by
 * @dues: (out caller-allocates) (array length=n_dues): where to write
 * @n_dues: the room in @dues
 *
 * ehcp_rules_conclude() for a single rule.
 *
 * Returns: how many were written, in the same order.
 */
guint ehcp_rule_conclude (const EhcpRule *rule, const EhcpFact *facts, guint n_facts, EhcpDay today,
                          EhcpDue *dues, guint n_dues);

/**
 * ehcp_rules_conclude_table:
 * @rules: (array length=n_rules): a table of rules; dues point into it
 * @n_rules: its rows
 * @facts: (array length=n_facts): facts in any order
 * @n_facts: how many
 * @today: the legal day to judge by
 * @dues: (out caller-allocates) (array length=n_dues): where to write
 * @n_dues: the room in @dues
 *
 * ehcp_rules_conclude() with another table: for a law that is being drafted.
 *
 * Returns: how many were written, in the same order.
 */
guint ehcp_rules_conclude_table (const EhcpRule *rules, guint n_rules, const EhcpFact *facts, guint n_facts,
                                 EhcpDay today, EhcpDue *dues, guint n_dues);

G_END_DECLS
