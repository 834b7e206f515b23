/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All messages of the cases that this member of staff sees. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_INBOX_VIEW (ehcp_inbox_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpInboxView, ehcp_inbox_view, EHCP, INBOX_VIEW, EhcpView)

G_END_DECLS
