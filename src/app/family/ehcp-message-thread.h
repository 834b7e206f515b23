/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open thread of messages. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

/* Emits "closed" when its Close was pressed, or when its thread is not there any more. */
#define EHCP_TYPE_MESSAGE_THREAD (ehcp_message_thread_get_type ())
G_DECLARE_FINAL_TYPE (EhcpMessageThread, ehcp_message_thread, EHCP, MESSAGE_THREAD, AdwBin)

void ehcp_message_thread_open (EhcpMessageThread *thread, EhcpLink *link, const char *case_id,
                               const char *thread_id);
void ehcp_message_thread_close (EhcpMessageThread *thread);
void ehcp_message_thread_refresh (EhcpMessageThread *thread);
const char *ehcp_message_thread_get_id (EhcpMessageThread *thread);

G_END_DECLS
