/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stage of the timeline, as a screen reader and the keyboard meet it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EHCP_TYPE_TIMELINE_STAGE (ehcp_timeline_stage_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTimelineStage, ehcp_timeline_stage, EHCP, TIMELINE_STAGE, GtkWidget)

GtkWidget *ehcp_timeline_stage_new (int position, int n_stages);
void ehcp_timeline_stage_set_spoken (EhcpTimelineStage *stage, const char *spoken);

G_END_DECLS
