/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages about one child: three boxes, and the thread that is open. Place: messages/CASE[/THREAD]. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_MESSAGES_VIEW (ehcp_messages_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpMessagesView, ehcp_messages_view, EHCP, MESSAGES_VIEW, EhcpView)

G_END_DECLS
