/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file to the council, in pieces that survive a bad line (tus 1.0). */
#pragma once

#include "ehcp-http.h"
#include "ehcp-outgoing.h"

G_BEGIN_DECLS

gboolean ehcp_tus_begin (EhcpHttp *http, const char *token, EhcpOutgoingFile *file,
                            GCancellable *cancellable, GError **error);
gboolean ehcp_tus_send (EhcpHttp *http, const char *token, EhcpOutgoingFile *file, GBytes *content,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
