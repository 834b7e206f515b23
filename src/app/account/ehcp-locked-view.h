/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring is locked: unlock it, or go on without it. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_LOCKED_VIEW (ehcp_locked_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpLockedView, ehcp_locked_view, EHCP, LOCKED_VIEW, EhcpView)

G_END_DECLS
