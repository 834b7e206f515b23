/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manager's view of the team: what is due, what is late, who has how much. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_TEAM_VIEW (ehcp_team_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTeamView, ehcp_team_view, EHCP, TEAM_VIEW, EhcpView)

G_END_DECLS
