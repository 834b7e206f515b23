/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person can choose. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_PREFERENCES_VIEW (ehcp_preferences_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPreferencesView, ehcp_preferences_view, EHCP, PREFERENCES_VIEW, EhcpView)

G_END_DECLS
