/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case's timeline from its records. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-stages.h"

G_BEGIN_DECLS

typedef struct
{
  EhcpTimeline timeline;
  const char *grounds[EHCP_N_STAGES]; /* why a stage is excused; borrowed from the book, or NULL */
} EhcpCaseTimeline;

gboolean ehcp_case_timeline_compute (EhcpBook *book, const char *case_id, EhcpDay today,
                                     EhcpCaseTimeline *out);

G_END_DECLS
