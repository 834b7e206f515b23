/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can happen in a case, as staff say it, and what each entry needs besides its day. Pure functions. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_FACT_PLAIN,
  EHCP_FACT_OUTCOME, /* yes or no */
  EHCP_FACT_HOW,     /* how it was served */
  EHCP_FACT_WHO,     /* the adviser or school */
  EHCP_FACT_ORDER,   /* what the Tribunal ordered */
  EHCP_FACT_PHASE,   /* between which schools */
  EHCP_FACT_UNTIL,   /* a second day */
} EhcpFactNeed;

typedef struct
{
  const char *fact;
  const char *words;  /* to be translated */
  EhcpFactNeed need;
} EhcpFactKind;

typedef struct
{
  const char *value;
  const char *words;  /* to be translated */
} EhcpFactChoice;

/* Those that staff enter by hand, in the order in which a case meets them; static. */
const EhcpFactKind *ehcp_fact_kinds (guint *n_kinds);
const EhcpFactKind *ehcp_fact_kind_find (const char *fact);
/* The values that a fact can have, or NULL where it is text or there is none; static. */
const EhcpFactChoice *ehcp_fact_choices (EhcpFactNeed need, guint *n_choices);
const char *ehcp_fact_suggest (const char *stage);
/* "Draft plan served, in the portal" (transfer full). */
char *ehcp_fact_words (const char *fact, const char *value);

G_END_DECLS
