/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line to a council: one request out, one reply in. What is made of it is ehcp-http.c's; tests put a
 * simulated line here. */
#pragma once

#include "ehcp-http.h"

G_BEGIN_DECLS

typedef struct _EhcpTransport EhcpTransport;

/* What came back. Texts are the headers as they were, or NULL. */
typedef struct
{
  guint status;
  char *location;
  char *content_range;
  char *upload_offset;
  char *retry_after;
  char *session_ends;
  gint64 date;        /* s since 1970; 0: none, or not a date */
  GInputStream *body;
} EhcpReply;

void ehcp_reply_clear (EhcpReply *reply);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpReply, ehcp_reply_clear)

EhcpTransport *ehcp_transport_new (guint timeout_s);
void ehcp_transport_free (EhcpTransport *transport);
gboolean ehcp_transport_send (EhcpTransport *transport, const char *url, const EhcpRequest *request,
                              EhcpReply *reply, GCancellable *cancellable, GError **error);

G_END_DECLS
