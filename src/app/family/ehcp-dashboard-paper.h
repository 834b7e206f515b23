/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dashboard on paper, for a meeting or a folder. */
#pragma once

#include "ehcp-link.h"
#include "ehcp-paper.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): NULL when the case is not there. */
EhcpPaper *ehcp_dashboard_paper_new (EhcpLink *link, const char *case_id);

G_END_DECLS
