/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The team view's cards, filled with figures: charts, and the same numbers as tables. */
#pragma once

#include "ehcp-column-chart.h"
#include "ehcp-team-figures.h"

G_BEGIN_DECLS

void ehcp_team_panels_show_months (EhcpColumnChart *chart, GtkGrid *table, const EhcpTeamFigures *figures);
void ehcp_team_panels_show_weeks (EhcpColumnChart *chart, GtkGrid *table, const EhcpTeamFigures *figures,
                                  EhcpDay today);
void ehcp_team_panels_show_loads (GtkGrid *chart, GtkGrid *table, const EhcpTeamFigures *figures);

/* "November" */
char *ehcp_team_panels_month_name (EhcpDay first);

G_END_DECLS
