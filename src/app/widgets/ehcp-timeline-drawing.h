/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the timeline with cairo: the same on the screen and on paper. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-timeline-layout.h"
#include "ehcp-timeline-texts.h"

G_BEGIN_DECLS

typedef struct
{
  GdkRGBA text;
  GdkRGBA ground;      /* what the signs stand on: ticks are cut out in it */
  GdkRGBA current, current_ground;
  GdkRGBA late, late_ground;
  GdkRGBA done;
  GdkRGBA ring;        /* of a stage to come */
  GdkRGBA outline;     /* of its weeks */
  double dim;          /* opacity of dates */
  gboolean has_borders; /* high contrast: every tag is outlined */
} EhcpTimelineColours;

void ehcp_timeline_colours_look_up (EhcpTimelineColours *colours);
void ehcp_timeline_colours_for_paper (EhcpTimelineColours *colours);
void ehcp_timeline_draw (cairo_t *cr, const EhcpTimelineLayout *layout, const EhcpTimeline *timeline,
                         const EhcpTimelineTexts *texts, const EhcpTimelineColours *colours);
void ehcp_timeline_draw_bar (cairo_t *cr, const EhcpWeekBar *bar, const GdkRGBA *used,
                             const GdkRGBA *outline, const GdkRGBA *over, double scale,
                             gboolean is_mirrored);

G_END_DECLS
