/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a first assessment as a family sees them: which is done, where the case is, what is
 * late. */
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
  int first_week;         /* weeks of the 20 that the stage covers: a bar for each, first..last */
  int last_week;          /* Request received has none: 1 and 0 */
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

/**
 * ehcp_timeline_compute:
 * @facts: (array length=n_facts): what is known of one case, in any order; corrected entries left
 *   out
 * @n_facts: how many, may be 0
 * @today: the legal day to judge by, not %EHCP_DAY_NONE
 * @timeline: (out caller-allocates): the stages; undefined when %FALSE is returned
 *
 * Places the last assessment of a case on the 20 weeks. `stages` holds every stage once, in order.
 *
 * A stage is done by its own fact or by a later one that could not be without it: a draft shows
 * that there will be a plan. Gathering advice is done when everybody who was asked has answered, or
 * when the decision was taken without the rest; Your draft plan, when the draft was served: the
 * family's 15 days run on in the due of rule `draft-comments`. `current` is the first stage that is
 * not done; the next one that is not done is %EHCP_STAGE_NEXT. After a decision "no" that stands
 * the later stages are %EHCP_STAGE_NOT_NEEDED, without dates, and `current` is the stage of that
 * decision; after the final plan it is %EHCP_STAGE_FINAL. In both cases no stage is
 * %EHCP_STAGE_CURRENT.
 *
 * `due` is the rule's last day; with several advisers the latest of theirs, and before they are
 * asked the end of week 12. `is_late` and `days_late` follow the dues of law alone: Your draft
 * plan, whose day is practice, is never late, nor what is excused or lapsed. A stage can be both
 * excused and late if that concerns different advisers. `from` is a day of the past for what has
 * begun, and never one for what has not. `days_used`, and with it `week`, stops at the day that
 * ended the assessment.
 *
 * Pure, allocates nothing. May be called from any thread. Law: SI 2014/1530, regs 4 to 13.
 *
 * Returns: %FALSE when there was no request and the council did not become responsible.
 */
gboolean ehcp_timeline_compute (const EhcpFact *facts, guint n_facts, EhcpDay today,
                                EhcpTimeline *timeline);

/**
 * ehcp_stage_id_to_string:
 * @id: a stage
 *
 * Names a stage as the wire and the store do. May be called from any thread.
 *
 * Returns: (transfer none): "request", "assess", "advice", "decide", "draft" or "final"; static.
 */
const char *ehcp_stage_id_to_string (EhcpStageId id);

G_END_DECLS
