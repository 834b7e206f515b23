/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP side of the council: libmicrohttpd, the route table, held requests. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

typedef struct _EhcpServer EhcpServer;

/* Listens as the configuration says; port 0 there takes a free one. Any thread. */
EhcpServer *ehcp_server_start (EhcpCouncil *council, GError **error);
guint ehcp_server_get_port (EhcpServer *server);
guint ehcp_server_get_operations_port (EhcpServer *server);
guint ehcp_server_count_held (EhcpServer *server);
/* Answers held requests, waits for those under way, closes. */
void ehcp_server_stop (EhcpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpServer, ehcp_server_stop)

G_END_DECLS
