/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a first assessment as a family sees them: which is done, where the case is, what is late. */
#pragma once

#include "ehcp-rules.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_STAGE_REQUEST,     /* Request received, day 0 */
  EHCP_STAGE_ASSESS,      /* Deciding whether to assess, weeks 0 to 6 */
  EHCP_STAGE_ADVICE,      /* Gathering advice, weeks 6 to 12 */
  EHCP_STAGE_DECIDE,      /* Deciding whether to issue a plan, weeks 12 to 16 */
  EHCP_STAGE_DRAFT,       /* Your draft plan, about weeks 14 to 18 */
  EHCP_STAGE_FINAL,       /* Final plan, weeks 18 to 20 */
  EHCP_N_STAGES
} EhcpStageId;

typedef enum
{
  EHCP_STAGE_DONE,
  EHCP_STAGE_CURRENT,
  EHCP_STAGE_NEXT,
  EHCP_STAGE_LATER,
  EHCP_STAGE_NOT_NEEDED   /* the case ended before it: no assessment, or no plan */
} EhcpStageState;

typedef struct
{
  EhcpStageId id;
  EhcpStageState state;
  gboolean is_late;       /* done after its last day, or its last day is over and it is not done */
  gboolean is_excused;    /* an exemption holds; the first last day stays in `due` */
  EhcpDay due;            /* last day, or none (Request received) */
  EhcpDay done_on;        /* or none */
  EhcpDay from;           /* when the stage began, or is expected to */
  int days_late;          /* 0 when it is not late */
  int days_left;          /* up to `due`, 0 when done or over */
  const char *outcome;    /* "yes" or "no" for the two decisions, else NULL; static */
  int n_asked, n_in;      /* Gathering advice: how many were asked, how many answered */
  int first_week;         /* weeks of the 20 that the stage covers: bars are drawn for first..last */
  int last_week;
} EhcpStage;

typedef struct
{
  EhcpStage stages[EHCP_N_STAGES];
  EhcpStageId current;
  EhcpDay received;       /* day 0 */
  EhcpDay final_due;      /* the last day of week 20 */
  int week;               /* (days used - 1) / 7 + 1, at least 1; goes on above 20 */
  int days_used;
  int days_left;          /* up to final_due, 0 when over */
  int days_late;          /* after final_due when there is no final plan; else 0 */
  gboolean is_over;       /* final plan issued, or ended by a decision "no" */
} EhcpTimeline;

gboolean ehcp_timeline_compute (const EhcpFact *facts, guint n_facts, EhcpDay today,
                                EhcpTimeline *timeline);
const char *ehcp_stage_id_to_string (EhcpStageId id);

G_END_DECLS
