/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers to invitations on their way to the council. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

typedef struct
{
  char *invitation;    /* its id */
  GPtrArray *children; /* ids of the invitation-child records that are accepted; empty: none */
} EhcpInvitationReply;

/* Array of EhcpInvitationReply: one for each invitation that @children (invitation-child records) belong
 * to, in their order. @accepted: for each child, whether it is accepted. */
GPtrArray *ehcp_invitation_replies_new (GPtrArray *children, const gboolean *accepted);

/* Sends one after the other. Each that has arrived is taken out of @replies, so that a second call after
 * an error sends the rest only. */
void ehcp_invitation_replies_send_async (GPtrArray *replies, EhcpLink *link, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_invitation_replies_send_finish (GAsyncResult *result, GError **error);

G_END_DECLS
