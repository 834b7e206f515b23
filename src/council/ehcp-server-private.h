/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server and its exchanges share; handlers use ehcp-exchange.h alone. */
#pragma once

#include <microhttpd.h>

#include "ehcp-endings.h"
#include "ehcp-holds.h"
#include "ehcp-routes.h"
#include "ehcp-server.h"
#include "ehcp-throttle.h"

G_BEGIN_DECLS

#define EHCP_MAX_ROUTES 64
#define EHCP_N_STATUS_CLASSES 6

struct _EhcpServer
{
  EhcpCouncil *council;
  EhcpSessions *sessions;
  EhcpAccounts *accounts;
  EhcpEndings *endings;
  EhcpHolds *holds;
  EhcpThrottle *looks; /* at the pages of e-mailed links */
  GThreadPool *pools[EHCP_N_PLACES]; /* none for workers */
  struct MHD_Daemon *daemon;
  struct MHD_Daemon *operations;
  guint port;
  guint operations_port;
  GMutex lock;     /* of the next two */
  GCond changed;   /* signalled when n_suspended or n_exchanges falls */
  int is_stopping; /* atomic */
  guint n_suspended;
  guint n_exchanges; /* atomic */
  guint n_answers[EHCP_MAX_ROUTES + 1][EHCP_N_STATUS_CLASSES]; /* atomic; the last row: no route */
};

struct _EhcpExchange
{
  EhcpServer *server;
  struct MHD_Connection *connection;
  const EhcpRoute *route; /* NULL: no such route */
  char *parameter;
  EhcpActorId actor;
  gint64 ends_at; /* of the session */

  gint64 began_us;
  GByteArray *body;
  guint64 n_received;
  gboolean is_suspended; /* the worker's own note: no other thread touches it */

  guint status;
  struct MHD_Response *response;
  gpointer state;
  GDestroyNotify free_state;
};

EhcpExchange *ehcp_exchange_new (EhcpServer *server, struct MHD_Connection *connection);
void ehcp_exchange_free (EhcpExchange *exchange);
enum MHD_Result ehcp_exchange_send (EhcpExchange *exchange);

G_END_DECLS
