/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a form that came back, accepting or returning it. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_REVIEW_VIEW (ehcp_review_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpReviewView, ehcp_review_view, EHCP, REVIEW_VIEW, EhcpView)

G_END_DECLS
