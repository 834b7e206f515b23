/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline of the 20 weeks: six stages, drawn; a list of six items to a screen reader. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-stages.h"

G_BEGIN_DECLS

#define EHCP_TYPE_TIMELINE_CHART (ehcp_timeline_chart_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTimelineChart, ehcp_timeline_chart, EHCP, TIMELINE_CHART, GtkWidget)

GtkWidget *ehcp_timeline_chart_new (void);
/* @grounds: (nullable): why a stage is excused, EHCP_N_STAGES of them or NULLs; copied. */
void ehcp_timeline_chart_set_timeline (EhcpTimelineChart *chart, const EhcpTimeline *timeline,
                                       EhcpDay today, const char *const *grounds);

G_END_DECLS
