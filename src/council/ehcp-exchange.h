/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request and its answer, as handlers see it. It belongs to one thread at a time: a worker of
 * the server, or whoever answers it while it is suspended. */
#pragma once

#include "ehcp-accounts.h"
#include "ehcp-json.h"

G_BEGIN_DECLS

typedef struct _EhcpExchange EhcpExchange;
typedef struct _EhcpRoute EhcpRoute;

/* What handlers may use. */
EhcpCouncil *ehcp_exchange_get_council (EhcpExchange *exchange);
EhcpAccounts *ehcp_exchange_get_accounts (EhcpExchange *exchange);
EhcpSessions *ehcp_exchange_get_sessions (EhcpExchange *exchange);

/* The request. */
const EhcpActorId *ehcp_exchange_get_actor (EhcpExchange *exchange);
const char *ehcp_exchange_get_parameter (EhcpExchange *exchange);
const char *ehcp_exchange_get_header (EhcpExchange *exchange, const char *name);
guint ehcp_exchange_count_headers (EhcpExchange *exchange, const char *name, const char **last);
const char *ehcp_exchange_get_query (EhcpExchange *exchange, const char *name);
char *ehcp_exchange_get_network (EhcpExchange *exchange);
GBytes *ehcp_exchange_get_body (EhcpExchange *exchange);
EhcpRecord *ehcp_exchange_read_body (EhcpExchange *exchange, EhcpBody body, GError **error);

/* The answer: once. */
void ehcp_exchange_set_header (EhcpExchange *exchange, const char *name, const char *value);
void ehcp_exchange_answer (EhcpExchange *exchange, guint status, const char *media_type, char *body,
                           gsize length);
void ehcp_exchange_answer_json (EhcpExchange *exchange, guint status, char *json);
void ehcp_exchange_answer_empty (EhcpExchange *exchange, guint status);
void ehcp_exchange_answer_file (EhcpExchange *exchange, guint status, const char *media_type,
                                int fd, guint64 offset, guint64 length);
void ehcp_exchange_refuse (EhcpExchange *exchange, const GError *error);
void ehcp_exchange_refuse_busy (EhcpExchange *exchange);
void ehcp_exchange_refuse_with (EhcpExchange *exchange, guint status, const GError *error);

/* To answer later: suspend it, hand it to another thread, which answers and then resumes it. FALSE
 * when the server stops: answer at once. */
gboolean ehcp_exchange_suspend (EhcpExchange *exchange);
void ehcp_exchange_resume (EhcpExchange *exchange);

/* What a handler keeps between its calls; freed with the exchange. */
gpointer ehcp_exchange_get_state (EhcpExchange *exchange);
void ehcp_exchange_set_state (EhcpExchange *exchange, gpointer state, GDestroyNotify free_state);
gboolean ehcp_exchange_identify (EhcpExchange *exchange, GError **error);

G_END_DECLS
