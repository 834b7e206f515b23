/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The 20 weeks as one grey bar, for a small card. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-stages.h"

G_BEGIN_DECLS

#define EHCP_TYPE_WEEKS_BAR (ehcp_weeks_bar_get_type ())
G_DECLARE_FINAL_TYPE (EhcpWeeksBar, ehcp_weeks_bar, EHCP, WEEKS_BAR, GtkWidget)

GtkWidget *ehcp_weeks_bar_new (void);
void ehcp_weeks_bar_set_timeline (EhcpWeeksBar *bar, const EhcpTimeline *timeline);

G_END_DECLS
