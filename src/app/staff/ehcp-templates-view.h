/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of messages, kept by managers. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_TEMPLATES_VIEW (ehcp_templates_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTemplatesView, ehcp_templates_view, EHCP, TEMPLATES_VIEW, EhcpView)

G_END_DECLS
