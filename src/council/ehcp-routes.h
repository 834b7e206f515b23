/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The route table: what the server answers, to whom, in which thread. */
#pragma once

#include "ehcp-exchange.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_WHO_ANYBODY,
  EHCP_WHO_SIGNED_IN,
  EHCP_WHO_OPERATIONS, /* on the listener of [operations] alone */
} EhcpWho;

/* Where the handler runs. Workers must not wait; the pools may. */
typedef enum
{
  EHCP_PLACE_WORKER,
  EHCP_PLACE_ACCOUNTS, /* Argon2id */
  EHCP_PLACE_FILES,
  EHCP_N_PLACES
} EhcpPlace;

/* Answers the exchange, or suspends it for somebody who will. */
typedef void (*EhcpHandler) (EhcpExchange *exchange);
/* Takes a piece of a body that does not go into memory. FALSE with @error refuses the request. */
typedef gboolean (*EhcpReceiver) (EhcpExchange *exchange, const char *piece, gsize length,
                                  GError **error);

struct _EhcpRoute
{
  const char *method;
  const char *pattern; /* "ID": an id; "CODE": any other single part */
  EhcpWho who;
  EhcpPlace place;
  gsize max_body; /* bytes; with @receive: the most of one request */
  EhcpHandler handler;
  EhcpReceiver receive; /* or NULL: the body is kept in memory */
};

const EhcpRoute *ehcp_routes_get (guint *n_routes);
const EhcpRoute *ehcp_routes_find (const char *method, const char *path, gboolean is_operations,
                                   char **parameter, gboolean *is_known_path);

/* Handlers, by file. */
void ehcp_route_service (EhcpExchange *exchange);
void ehcp_route_accept (EhcpExchange *exchange);
void ehcp_route_staff (EhcpExchange *exchange);
void ehcp_route_healthz (EhcpExchange *exchange);
void ehcp_route_readyz (EhcpExchange *exchange);
void ehcp_route_metrics (EhcpExchange *exchange);

void ehcp_route_register (EhcpExchange *exchange);
void ehcp_route_verify (EhcpExchange *exchange);
void ehcp_route_sign_in (EhcpExchange *exchange);
void ehcp_route_finish_sign_in (EhcpExchange *exchange);
void ehcp_route_answer_authenticator (EhcpExchange *exchange);
void ehcp_route_reset (EhcpExchange *exchange);
void ehcp_route_finish_reset (EhcpExchange *exchange);
void ehcp_route_resend_registration (EhcpExchange *exchange);
void ehcp_route_resend_sign_in (EhcpExchange *exchange);
void ehcp_route_resend_reset (EhcpExchange *exchange);
void ehcp_route_finish_staff_link (EhcpExchange *exchange);
void ehcp_route_change_password (EhcpExchange *exchange);
void ehcp_route_look_at_authenticator (EhcpExchange *exchange);
void ehcp_route_offer_authenticator (EhcpExchange *exchange);
void ehcp_route_switch_authenticator_on (EhcpExchange *exchange);
void ehcp_route_switch_authenticator_off (EhcpExchange *exchange);
void ehcp_route_list_sessions (EhcpExchange *exchange);
void ehcp_route_end_session (EhcpExchange *exchange);
void ehcp_route_log_out (EhcpExchange *exchange);

void ehcp_route_changes (EhcpExchange *exchange);
void ehcp_route_command (EhcpExchange *exchange);

void ehcp_route_history (EhcpExchange *exchange);

void ehcp_route_make_upload (EhcpExchange *exchange);
void ehcp_route_look_at_upload (EhcpExchange *exchange);
gboolean ehcp_route_receive_upload (EhcpExchange *exchange, const char *piece, gsize length,
                                    GError **error);
void ehcp_route_finish_piece (EhcpExchange *exchange);
void ehcp_route_document (EhcpExchange *exchange);

G_END_DECLS
