/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the timeline says: of each stage, and of the weeks as a whole. Pure functions. */
#pragma once

#include "ehcp-stages.h"

G_BEGIN_DECLS

#define EHCP_STAGE_N_LINES 3

typedef enum
{
  EHCP_STAGE_LINE_DIM,   /* dates */
  EHCP_STAGE_LINE_NOTE,  /* what is to be read first */
  EHCP_STAGE_LINE_LATE,
} EhcpStageLineTone;

typedef struct
{
  char *state;      /* "Done late" */
  char *name;       /* "Gathering advice" */
  char *lines[EHCP_STAGE_N_LINES]; /* from the first on; NULL where there is none */
  EhcpStageLineTone tones[EHCP_STAGE_N_LINES];
  char *spoken;     /* all of it as one sentence, for what is read aloud */
} EhcpStageWords;

EhcpStageWords *ehcp_stage_words_new (const EhcpTimeline *timeline, EhcpStageId id, EhcpDay today,
                                      const char *ground);
void ehcp_stage_words_free (EhcpStageWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpStageWords, ehcp_stage_words_free)

const char *ehcp_stage_words_name (EhcpStageId id);
const char *ehcp_stage_words_rule (EhcpStageId id);
char *ehcp_weeks_words_title (const EhcpTimeline *timeline);
char *ehcp_weeks_words_used (const EhcpTimeline *timeline);
char *ehcp_weeks_words_line (const EhcpTimeline *timeline);
char *ehcp_weeks_words_spoken (const EhcpTimeline *timeline);

G_END_DECLS
