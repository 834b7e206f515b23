/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Publishing files on a case. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_PUBLISH_VIEW (ehcp_publish_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPublishView, ehcp_publish_view, EHCP, PUBLISH_VIEW, EhcpView)

G_END_DECLS
