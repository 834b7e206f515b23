/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question to "timescale", as it was read. */
#pragma once

#include "ehcp-exemption.h"
#include "ehcp-rules.h"

G_BEGIN_DECLS

/* An exemption that somebody claims: whether it applies is not known yet. */
typedef struct
{
  char *target;       /* "final-plan", "advice/School"; NULL: every limit that has the ground */
  EhcpGround ground;  /* or none: the rule alone was named */
  EhcpDay from;       /* none: the closure among the facts, or today */
  EhcpDay until;
  char *reason;       /* or NULL */
  gboolean applies;
} EhcpClaim;

typedef struct
{
  EhcpDay today;
  GArray *facts;      /* of EhcpFact */
  GPtrArray *claims;  /* of EhcpClaim */
  GPtrArray *texts;   /* what the facts point into */
  gboolean is_any_order; /* an order without its kind: every kind was put in */
  gboolean has_odd_phase;
} EhcpTimescale;

EhcpTimescale *ehcp_timescale_read (const char *text, gsize length, GError **error);
void ehcp_timescale_free (EhcpTimescale *timescale);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpTimescale, ehcp_timescale_free)

G_END_DECLS
