/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline's words, set in type: for the screen and for paper. */
#pragma once

#include <pango/pango.h>

#include "ehcp-timeline-layout.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_TIMELINE_TONE_PLAIN,
  EHCP_TIMELINE_TONE_DIM,
  EHCP_TIMELINE_TONE_LATE,
  EHCP_TIMELINE_TONE_CURRENT_TAG,
  EHCP_TIMELINE_TONE_LATE_TAG,
} EhcpTimelineTone;

typedef struct
{
  PangoLayout *layouts[EHCP_N_STAGES][EHCP_TIMELINE_N_TEXTS]; /* NULL where there is none */
  EhcpTimelineTone tones[EHCP_N_STAGES][EHCP_TIMELINE_N_TEXTS];
  char *spoken[EHCP_N_STAGES];
  double scale;
} EhcpTimelineTexts;

/* The padding of a tag, and the room for the diamond in the late one; to be scaled with the text. */
#define EHCP_TIMELINE_TAG_X 8.0
#define EHCP_TIMELINE_TAG_Y 1.5
#define EHCP_TIMELINE_TAG_SIGN 16.0

EhcpTimelineTexts *ehcp_timeline_texts_new (PangoContext *context, const EhcpTimeline *timeline,
                                            EhcpDay today, const char *const *grounds);
void ehcp_timeline_texts_free (EhcpTimelineTexts *texts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpTimelineTexts, ehcp_timeline_texts_free)
void ehcp_timeline_texts_measure (EhcpStageId id, EhcpTimelineText text, double width,
                                  double *text_width, double *text_height, gpointer texts);

G_END_DECLS
