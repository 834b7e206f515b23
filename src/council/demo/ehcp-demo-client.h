/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client of the council's public API, as any other: for the demo's caseworker and its families. */
#pragma once

#include "ehcp-json.h"

G_BEGIN_DECLS

typedef struct _EhcpDemoClient EhcpDemoClient;

EhcpDemoClient *ehcp_demo_client_new (const char *url, const char *mail_folder);
void ehcp_demo_client_free (EhcpDemoClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpDemoClient, ehcp_demo_client_free)

JsonObject *ehcp_demo_client_call (EhcpDemoClient *client, const char *method, const char *path,
                                   const char *body, GError **error);
gboolean ehcp_demo_client_sign_in (EhcpDemoClient *client, const char *email, const char *password,
                                   GError **error);
JsonObject *ehcp_demo_client_command (EhcpDemoClient *client, const char *id, const char *body,
                                      GError **error);
JsonObject *ehcp_demo_client_pull (EhcpDemoClient *client, const char *since, guint wait_s,
                                   GError **error);
char *ehcp_demo_client_upload (EhcpDemoClient *client, const char *file_name, GBytes *content,
                               GError **error);
const char *ehcp_demo_client_get_account (EhcpDemoClient *client);
const char *ehcp_demo_client_get_secret (EhcpDemoClient *client);

/* Codes out of the mails in the folder; newest first. */
char *ehcp_demo_client_wait_digits (EhcpDemoClient *client, const char *to, GError **error);
char *ehcp_demo_client_wait_unique_code (EhcpDemoClient *client, const char *to, guint n_codes,
                                         GError **error);
GStrv ehcp_demo_client_list_unique_codes (EhcpDemoClient *client, const char *to);

G_END_DECLS
