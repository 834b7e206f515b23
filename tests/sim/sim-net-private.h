/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What both ends of the line share. */
#pragma once

#include "sim-net.h"
#include "sim-threads.h"

#include <microhttpd.h>

struct MHD_Response
{
  guint n_refs;
  GByteArray *body;
  GPtrArray *headers; /* name, value, … */
};

struct MHD_Connection
{
  guint host;
  char *method;
  char *path;
  GHashTable *headers;
  GHashTable *query;
  GBytes *body;
  char *token;
  void *slot;
  gboolean is_begun;
  gboolean is_body_sent;
  gboolean is_suspended;
  gboolean was_suspended; /* in this call of the handler */
  gboolean is_served;     /* a worker has it */
  guint status;
  struct MHD_Response *response;
  gboolean is_answered;
  gboolean is_closed;    /* the council closed it instead */
  gboolean is_abandoned; /* nobody waits: it is given back when it is answered */
};

struct MHD_Daemon
{
  MHD_AcceptPolicyCallback policy; /* whether to take another connection */
  void *policy_data;
  MHD_AccessHandlerCallback handler;
  void *data;
  MHD_RequestCompletedCallback completed;
  void *completed_data;
  GAsyncQueue *requests;
  GPtrArray *threads;
  gboolean is_closing;
};

extern struct MHD_Daemon *sim_daemon_up;
extern SimWeather sim_weather;
extern gboolean sim_is_cut_off[SIM_MAX_HOSTS];

const char *sim_get_response_header (const struct MHD_Response *response, const char *name);
void sim_free_connection (struct MHD_Connection *connection);
void __wrap_g_async_queue_push (GAsyncQueue *queue, gpointer data);
GThread *__wrap_g_thread_new (const char *name, GThreadFunc func, gpointer data);
