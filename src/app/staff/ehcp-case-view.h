/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Place "case/CASE": everything that staff do about one child. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_CASE_VIEW (ehcp_case_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseView, ehcp_case_view, EHCP, CASE_VIEW, EhcpView)

G_END_DECLS
