/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file to the council, in pieces that survive a bad line (tus 1.0). */
#pragma once

#include "ehcp-http.h"
#include "ehcp-outgoing.h"

G_BEGIN_DECLS

gboolean ehcp_tus_begin (EhcpHttp *http, const char *token, EhcpOutgoingFile *file,
                            GCancellable *cancellable, GError **error);
/* Called after each piece with what the server has; FALSE gives up, with cancelled. */
typedef gboolean (*EhcpTusFunc) (gpointer data, gint64 n_sent, gint64 n_bytes);

gboolean ehcp_tus_send (EhcpHttp *http, const char *token, EhcpOutgoingFile *file, GBytes *content,
                        EhcpTusFunc goes_on, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
