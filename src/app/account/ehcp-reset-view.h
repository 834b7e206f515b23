/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A forgotten password: address, code, new password. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_RESET_VIEW (ehcp_reset_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpResetView, ehcp_reset_view, EHCP, RESET_VIEW, EhcpView)

G_END_DECLS
