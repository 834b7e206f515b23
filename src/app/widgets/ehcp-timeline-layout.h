/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where each part of the drawn timeline stands. Pure geometry: text sizes are asked for, nothing is
 * drawn. */
#pragma once

#include <cairo.h>

#include "ehcp-stages.h"

G_BEGIN_DECLS

/* The parts of a stage's text, from top to bottom. */
typedef enum
{
  EHCP_TIMELINE_STATE,      /* "Current stage"; a tag where the case is now */
  EHCP_TIMELINE_LATE_TAG,   /* beside it where the current stage is late */
  EHCP_TIMELINE_NAME,
  EHCP_TIMELINE_LINE_1,
  EHCP_TIMELINE_LINE_2,
  EHCP_TIMELINE_LINE_3,
  EHCP_TIMELINE_N_TEXTS
} EhcpTimelineText;

/* One week. */
typedef struct
{
  cairo_rectangle_t area;
  double filled;            /* 0 to 1: how much of it is used */
  gboolean is_over;         /* after the last day: hatched */
} EhcpWeekBar;

/* A bar for each week of a stage and for each week over its limit; the text has the exact number. */
#define EHCP_TIMELINE_MAX_BARS 16
#define EHCP_TIMELINE_N_WEEKS 20

typedef struct
{
  cairo_rectangle_t area;   /* all of it: what takes the focus, and what a screen reader outlines */
  cairo_rectangle_t sign;   /* the square that the sign fills */
  cairo_rectangle_t line;   /* the thin line to the next sign; empty if there is none */
  EhcpWeekBar bars[EHCP_TIMELINE_MAX_BARS];
  guint n_bars;
  cairo_rectangle_t texts[EHCP_TIMELINE_N_TEXTS]; /* height 0 where there is none */
} EhcpStageLayout;

typedef struct
{
  gboolean is_vertical;
  gboolean is_mirrored;     /* from right to left */
  double scale;             /* of the text: 1 for 11 points at 96 dots an inch */
  double width, height;
  EhcpStageLayout stages[EHCP_N_STAGES];
} EhcpTimelineLayout;

/* Tells the size of a text that is wrapped at @width; height 0 where the stage has none such. Tags come
 * with their padding. */
typedef void (*EhcpTimelineMeasure) (EhcpStageId id, EhcpTimelineText text, double width,
                                     double *text_width, double *text_height, gpointer data);

void ehcp_timeline_layout_compute (EhcpTimelineLayout *layout, const EhcpTimeline *timeline,
                                   double width, double scale, gboolean is_mirrored,
                                   EhcpTimelineMeasure measure, gpointer data);
gboolean ehcp_timeline_layout_is_vertical (double width, double scale);
guint ehcp_timeline_fill_bars (const EhcpTimeline *timeline, EhcpStageId id, EhcpWeekBar *bars,
                               guint n_bars);
guint ehcp_timeline_fill_weeks (const EhcpTimeline *timeline, EhcpWeekBar *bars, guint n_bars);

G_END_DECLS
