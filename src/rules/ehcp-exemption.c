/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grounds of exemption against the facts. Which rule has which ground stands in the table of rules; that an
 * exemption never moves a day is ehcp-rules.c's. */
#include "ehcp-exemption.h"

#include "ehcp-rule-private.h"

#include <string.h>

#define MIN_ABSENCE_DAYS 28 /* 4 weeks, the first and the last day included */
#define MIN_CLOSURE_DAYS 28

typedef struct
{
  const EhcpFact *facts;
  guint n_facts;
  EhcpDay begins, ends; /* the limit's period */
} Period;

static const struct
{
  EhcpGround ground;
  const char *name;
  const char *words;
} grounds[EHCP_N_GROUNDS] = {
  { EHCP_GROUND_SCHOOL_CLOSED, "school-closed",
    "advice was asked of a head or principal around a closure of at least 4 weeks" },
  { EHCP_GROUND_EARLY_YEARS_CLOSED, "early-years-closed",
    "advice was asked of an early-years provider around a closure of at least 4 weeks" },
  { EHCP_GROUND_PERSONAL, "personal",
    "exceptional personal circumstances of the child, the parent or the young person" },
  { EHCP_GROUND_ABSENCE, "absence",
    "the child, the parent or the young person was away from the area for at least 4 weeks on end" },
  { EHCP_GROUND_APPOINTMENT, "appointment", "an appointment with that adviser was missed" },
};

static const char *const reasons[] = {
  [EHCP_EXEMPTION_NO_RULE] = "There is no limit of this name.",
  [EHCP_EXEMPTION_NO_GROUNDS] = "The law has no exemption from this limit.",
  [EHCP_EXEMPTION_OTHER_GROUNDS] = "The law does not excuse from this limit on this ground.",
  [EHCP_EXEMPTION_NOT_RUNNING] = "This limit is not running: what it is counted from was not entered.",
  [EHCP_EXEMPTION_NO_DATES] =
      "The dates of the ground are missing: the first day closed and the day of re-opening, or the first "
      "and the last day away.",
  [EHCP_EXEMPTION_OUTSIDE] =
      "The dates of the ground lie outside the time of this limit, so that it cannot be the reason.",
  [EHCP_EXEMPTION_SHORT_CLOSURE] =
      "The closure was shorter than 4 weeks on end. Half-terms and short holidays excuse nobody.",
  [EHCP_EXEMPTION_SHORT_ABSENCE] =
      "The absence was shorter than 4 weeks on end within the time of this limit.",
  [EHCP_EXEMPTION_NOT_ASKED] =
      "No question to the head, principal or early-years provider was entered (head-asked).",
  [EHCP_EXEMPTION_ASKED_OUTSIDE] =
      "The head was not asked between 1 week before the closure and 1 week before the re-opening.",
  [EHCP_EXEMPTION_APPLIES] = "The ground applies.",
};

EhcpGround
ehcp_ground_nth (guint n)
{
  g_return_val_if_fail (n < EHCP_N_GROUNDS, EHCP_GROUND_NONE);
  return grounds[n].ground;
}

const char *
ehcp_ground_to_string (EhcpGround ground)
{
  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
    if (grounds[i].ground == ground)
      return grounds[i].name;
  return NULL;
}

EhcpGround
ehcp_ground_from_string (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (grounds); i++)
    if (strcmp (grounds[i].name, name) == 0)
      return grounds[i].ground;
  return EHCP_GROUND_NONE;
}

const char *
ehcp_ground_explain (EhcpGround ground)
{
  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
    if (grounds[i].ground == ground)
      return grounds[i].words;
  g_return_val_if_reached ("");
}

/* A member's name has spaces of its own ("advice/Social care"), so only a last word that is a ground is
 * one. */
EhcpGround
ehcp_exemption_get_ground (const char *value)
{
  const char *space = value != NULL ? strrchr (value, ' ') : NULL;

  return space != NULL ? ehcp_ground_from_string (space + 1) : EHCP_GROUND_NONE;
}

/* How much of a value is the name of a limit. */
static size_t
get_target_length (const char *value)
{
  return ehcp_exemption_get_ground (value) != EHCP_GROUND_NONE
             ? (size_t) (strrchr (value, ' ') - value)
             : strlen (value);
}

static gboolean
is_text (const char *text, size_t length, const char *other)
{
  return other != NULL && strlen (other) == length && strncmp (text, other, length) == 0;
}

gboolean
ehcp_exemption_names (const char *value, const EhcpRule *rule, const char *about)
{
  size_t length = strlen (rule->id);

  if (value == NULL || strncmp (value, rule->id, length) != 0)
    return FALSE;
  value += length;
  if (*value == '\0')
    return TRUE;
  if (*value == ' ')
    return ehcp_ground_from_string (value + 1) != EHCP_GROUND_NONE;
  if (*value != '/')
    return FALSE;
  value++;
  length = get_target_length (value);
  return is_text (value, length, rule->part) || (rule->is_by_member && is_text (value, length, about));
}

static EhcpExemption
check_absence (const Period *period, EhcpDay from, EhcpDay until)
{
  EhcpDay first = MAX (from, period->begins), last = MIN (until, period->ends);

  if (until == EHCP_DAY_NONE)
    return EHCP_EXEMPTION_NO_DATES;
  if (last < first)
    return EHCP_EXEMPTION_OUTSIDE;
  return last - first + 1 >= MIN_ABSENCE_DAYS ? EHCP_EXEMPTION_APPLIES : EHCP_EXEMPTION_SHORT_ABSENCE;
}

/* A question of an earlier assessment, or one after the limit was over, explains nothing. */
static EhcpExemption
check_question (const Period *period, EhcpDay closed, EhcpDay reopens)
{
  EhcpExemption found = EHCP_EXEMPTION_NOT_ASKED;

  for (guint i = 0; i < period->n_facts; i++)
    {
      const EhcpFact *fact = &period->facts[i];

      if (!ehcp_fact_matches (fact, "head-asked") || fact->date < period->begins ||
          fact->date > period->ends)
        continue;
      if (ehcp_closure_excuses (fact->date, closed, reopens))
        return EHCP_EXEMPTION_APPLIES;
      found = EHCP_EXEMPTION_ASKED_OUTSIDE;
    }
  return found;
}

static EhcpExemption
check_closure (const Period *period, EhcpDay closed, EhcpDay reopens)
{
  if (closed > period->ends || reopens <= period->begins)
    return EHCP_EXEMPTION_OUTSIDE;
  if (reopens - closed < MIN_CLOSURE_DAYS)
    return EHCP_EXEMPTION_SHORT_CLOSURE;
  return check_question (period, closed, reopens);
}

static EhcpExemption
check_closures (const Period *period)
{
  EhcpExemption best = EHCP_EXEMPTION_NO_DATES;

  for (guint i = 0; i < period->n_facts; i++)
    if (ehcp_fact_matches (&period->facts[i], "closure") && period->facts[i].until != EHCP_DAY_NONE)
      best = MAX (best, check_closure (period, period->facts[i].date, period->facts[i].until));
  return best;
}

static EhcpExemption
check_in_period (const Period *period, EhcpGround ground, EhcpDay from, EhcpDay until)
{
  if (ground & EHCP_GROUNDS_CLOSED)
    return until != EHCP_DAY_NONE ? check_closure (period, from, until) : check_closures (period);
  if (ground == EHCP_GROUND_ABSENCE)
    return check_absence (period, from, until);
  return from <= period->ends && MAX (from, until) >= period->begins ? EHCP_EXEMPTION_APPLIES
                                                                    : EHCP_EXEMPTION_OUTSIDE;
}

EhcpExemption
ehcp_exemption_check (const EhcpRule *rule, const char *about, EhcpGround ground, const EhcpFact *facts,
                      guint n_facts, EhcpDay from, EhcpDay until)
{
  EhcpDue dues[EHCP_RULES_MAX_DUES];
  EhcpExemption best = EHCP_EXEMPTION_NOT_RUNNING;
  guint n_dues;

  g_return_val_if_fail (rule != NULL, EHCP_EXEMPTION_NO_RULE);
  g_return_val_if_fail (from != EHCP_DAY_NONE, EHCP_EXEMPTION_NO_DATES);

  if (rule->grounds == EHCP_GROUND_NONE)
    return EHCP_EXEMPTION_NO_GROUNDS;
  if ((rule->grounds & ground) == 0)
    return EHCP_EXEMPTION_OTHER_GROUNDS;
  n_dues = ehcp_rule_conclude (rule, facts, n_facts, from, dues, G_N_ELEMENTS (dues));
  for (guint i = 0; i < n_dues; i++)
    {
      const Period period = { facts, n_facts, dues[i].trigger_date, dues[i].due };

      if (about == NULL || g_strcmp0 (about, dues[i].about) == 0)
        best = MAX (best, check_in_period (&period, ground, from, until));
    }
  return best;
}

/* "Social care" of "advice/Social care absence"; NULL when the rule as a whole is meant. */
static char *
copy_member (const char *value, const EhcpRule *rule)
{
  const char *member = value + strlen (rule->id);

  return rule->is_by_member && *member == '/' ? g_strndup (member + 1, get_target_length (member + 1))
                                              : NULL;
}

EhcpExemption
ehcp_exemption_check_value (const char *value, const EhcpFact *facts, guint n_facts, EhcpDay from,
                            EhcpDay until)
{
  EhcpGround ground = ehcp_exemption_get_ground (value);
  EhcpExemption best = EHCP_EXEMPTION_NO_RULE;

  g_return_val_if_fail (value != NULL, EHCP_EXEMPTION_NO_RULE);

  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);
      g_autofree char *member = g_str_has_prefix (value, rule->id) ? copy_member (value, rule) : NULL;

      if (!ehcp_exemption_names (value, rule, member))
        continue;
      if (ground != EHCP_GROUND_NONE)
        best = MAX (best, ehcp_exemption_check (rule, member, ground, facts, n_facts, from, until));
      else
        best = MAX (best, rule->grounds != EHCP_GROUND_NONE ? EHCP_EXEMPTION_APPLIES
                                                            : EHCP_EXEMPTION_NO_GROUNDS);
    }
  return best;
}

const char *
ehcp_exemption_explain (EhcpExemption exemption)
{
  g_return_val_if_fail ((guint) exemption < G_N_ELEMENTS (reasons), NULL);
  return reasons[exemption];
}
