/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts of a case in one line of text, so that the tests of the rules can be tables:
 * "request-received=2026-09-07; advice-asked:health=2026-10-20; closure=2026-07-22/2026-09-02". */
#pragma once

#include "ehcp-rules.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FACTS 80

typedef struct
{
  EhcpFact facts[MAX_FACTS];
  guint n_facts;
  GStrv words; /* what the facts point into */
} FactLine;

static inline EhcpDay
day (const char *text)
{
  EhcpDay parsed = ehcp_day_parse (text);

  if (parsed == EHCP_DAY_NONE)
    g_error ("not a day: %s", text);
  return parsed;
}

static inline EhcpFact
parse_fact (char *text)
{
  EhcpFact fact = { .name = g_strstrip (text) };
  char *date = strchr (text, '=');
  char *value = strchr (text, ':');
  char *until;

  g_assert_nonnull (date);
  *date++ = '\0';
  if (value != NULL)
    *value++ = '\0';
  fact.value = value;
  until = strchr (date, '/');
  if (until != NULL)
    *until++ = '\0';
  /* "transfer-year=2027;phase=…": any day of the year will do. */
  fact.date = strlen (date) == 4 ? ehcp_day_from_ymd (atoi (date), 1, 1) : day (date);
  fact.until = until != NULL ? day (until) : EHCP_DAY_NONE;
  return fact;
}

static inline FactLine
parse_facts (const char *line)
{
  FactLine parsed = { .words = g_strsplit (line, ";", -1) };

  for (guint i = 0; parsed.words[i] != NULL && parsed.words[i][0] != '\0'; i++)
    {
      g_assert_cmpuint (parsed.n_facts, <, MAX_FACTS);
      if (g_str_has_prefix (parsed.words[i], "phase="))
        parsed.facts[parsed.n_facts - 1].value = parsed.words[i] + strlen ("phase=");
      else
        parsed.facts[parsed.n_facts++] = parse_fact (parsed.words[i]);
    }
  return parsed;
}

static inline void
fact_line_clear (FactLine *line)
{
  g_clear_pointer (&line->words, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FactLine, fact_line_clear)

static inline void
shuffle_facts (EhcpFact *facts, guint n_facts)
{
  for (guint i = n_facts; i > 1; i--)
    {
      guint other = (guint) g_test_rand_int_range (0, (gint32) i);
      EhcpFact fact = facts[i - 1];

      facts[i - 1] = facts[other];
      facts[other] = fact;
    }
}

static inline void
assert_day (EhcpDay found, const char *expected)
{
  g_autofree char *text = ehcp_day_format (found);

  g_assert_cmpstr (text, ==, expected);
}
