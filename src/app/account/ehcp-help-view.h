/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom to ask, and the keys. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_HELP_VIEW (ehcp_help_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpHelpView, ehcp_help_view, EHCP, HELP_VIEW, EhcpView)

G_END_DECLS
