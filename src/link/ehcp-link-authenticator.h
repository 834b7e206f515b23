/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family's authenticator app: looked at, set up, switched on and off. What the council gives to set up is shown once. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

void ehcp_link_look_at_authenticator_async (EhcpLink *link, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_link_look_at_authenticator_finish (EhcpLink *link, GAsyncResult *result, gboolean *is_on,
                                                 GError **error);
void ehcp_link_set_up_authenticator_async (EhcpLink *link, const char *email, const char *password,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
EhcpAuthenticator *ehcp_link_set_up_authenticator_finish (EhcpLink *link, GAsyncResult *result, GError **error);
void ehcp_link_switch_authenticator_async (EhcpLink *link, const char *code, gboolean is_on,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_link_switch_authenticator_finish (EhcpLink *link, GAsyncResult *result, GError **error);

G_END_DECLS
