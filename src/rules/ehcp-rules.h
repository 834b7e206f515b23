/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The law as a pure function: dated facts over a table of rules give deadlines with their reasons. */
#pragma once

#include "ehcp-day.h"

G_BEGIN_DECLS

/* What happened, or what somebody said of the case. */
typedef struct
{
  const char *name;    /* a name of law.md, such as "request-received"; never NULL */
  EhcpDay date;        /* the legal day */
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

typedef struct _EhcpRule EhcpRule;

typedef struct
{
  const EhcpRule *rule;   /* static, owned by the table */
  EhcpDay due;            /* the last day on which it may be done */
  EhcpDay trigger_date;   /* the day that it is counted from */
  const char *trigger;    /* the name of the fact that set it off; static */
  EhcpDueState state;
  EhcpDay met_on;         /* the day on which it was done, or none */
} EhcpDue;

#define EHCP_RULES_MAX_DUES 64

guint ehcp_rules_conclude (const EhcpFact *facts, guint n_facts, EhcpDay today, EhcpDue *dues,
                           guint n_dues);
int ehcp_due_days_left (const EhcpDue *due, EhcpDay today);
int ehcp_due_days_late (const EhcpDue *due, EhcpDay today);

const EhcpRule *ehcp_rule_find (const char *id, const char *part);
const EhcpRule *ehcp_rule_nth (guint n);
guint ehcp_rule_count (void);
const char *ehcp_rule_get_id (const EhcpRule *rule);
const char *ehcp_rule_get_part (const EhcpRule *rule);
const char *ehcp_rule_get_source (const EhcpRule *rule);
EhcpActor ehcp_rule_get_actor (const EhcpRule *rule);
gboolean ehcp_rule_is_law (const EhcpRule *rule);
int ehcp_rule_get_length (const EhcpRule *rule, const char **unit);
gboolean ehcp_rules_knows_fact (const char *name);

const char *ehcp_due_state_to_string (EhcpDueState state);

G_END_DECLS
