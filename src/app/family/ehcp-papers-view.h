/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Your papers: everything about one child as one file. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_PAPERS_VIEW (ehcp_papers_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPapersView, ehcp_papers_view, EHCP, PAPERS_VIEW, EhcpView)

G_END_DECLS
