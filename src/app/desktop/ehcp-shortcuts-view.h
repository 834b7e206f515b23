/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_SHORTCUTS_VIEW (ehcp_shortcuts_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpShortcutsView, ehcp_shortcuts_view, EHCP, SHORTCUTS_VIEW, EhcpView)

G_END_DECLS
