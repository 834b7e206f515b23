/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libmicrohttpd's place: a worker that has one request after the other. */
#include "sim-net-private.h"

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

#define PIECE 4096

struct MHD_Daemon *sim_daemon_up;
SimWeather sim_weather;
gboolean sim_is_cut_off[SIM_MAX_HOSTS];
static SimEars ears;
static guint n_held;

void
sim_net_set_weather (const SimWeather *new_weather)
{
  sim_weather = *new_weather;
}

void
sim_net_set_reachable (guint host, gboolean is_reachable)
{
  sim_is_cut_off[host] = !is_reachable;
}

void
sim_net_set_ears (const SimEars *new_ears)
{
  ears = *new_ears;
}

gboolean
sim_net_is_up (void)
{
  return sim_daemon_up != NULL && !sim_daemon_up->is_closing &&
         sim_daemon_up->policy (sim_daemon_up->policy_data, NULL, 0) == MHD_YES;
}

guint
sim_net_count_held (void)
{
  return n_held;
}

void
sim_net_council_died (void)
{
  sim_daemon_up = NULL;
  n_held = 0;
}

struct MHD_Daemon *__wrap_MHD_start_daemon (unsigned flags, uint16_t port, MHD_AcceptPolicyCallback policy,
                                            void *policy_data, MHD_AccessHandlerCallback handler, void *data, ...);
void __wrap_MHD_stop_daemon (struct MHD_Daemon *daemon);
const union MHD_DaemonInfo *__wrap_MHD_get_daemon_info (struct MHD_Daemon *daemon, enum MHD_DaemonInfoType what, ...);
const char *__wrap_MHD_lookup_connection_value (struct MHD_Connection *connection, enum MHD_ValueKind kind,
                                                const char *name);
int __wrap_MHD_get_connection_values (struct MHD_Connection *connection, enum MHD_ValueKind kind,
                                      MHD_KeyValueIterator look, void *data);
const union MHD_ConnectionInfo *__wrap_MHD_get_connection_info (struct MHD_Connection *connection,
                                                                enum MHD_ConnectionInfoType what, ...);
struct MHD_Response *__wrap_MHD_create_response_from_buffer (size_t size, void *buffer,
                                                             enum MHD_ResponseMemoryMode mode);
struct MHD_Response *__wrap_MHD_create_response_from_fd_at_offset64 (uint64_t size, int fd, uint64_t offset);
enum MHD_Result __wrap_MHD_add_response_header (struct MHD_Response *response, const char *name, const char *value);
void __wrap_MHD_destroy_response (struct MHD_Response *response);
enum MHD_Result __wrap_MHD_queue_response (struct MHD_Connection *connection, unsigned status,
                                           struct MHD_Response *response);
void __wrap_MHD_suspend_connection (struct MHD_Connection *connection);
void __wrap_MHD_resume_connection (struct MHD_Connection *connection);
void __wrap_g_async_queue_push (GAsyncQueue *queue, gpointer data);
gpointer __wrap_g_async_queue_pop (GAsyncQueue *queue);
GThread *__wrap_g_thread_new (const char *name, GThreadFunc func, gpointer data);
gpointer __wrap_g_thread_join (GThread *thread);

const char *
sim_get_response_header (const struct MHD_Response *response, const char *name)
{
  for (guint i = 0; i < response->headers->len; i += 2)
    if (g_ascii_strcasecmp (response->headers->pdata[i], name) == 0)
      return response->headers->pdata[i + 1];
  return NULL;
}

void
sim_free_connection (struct MHD_Connection *connection)
{
  g_free (connection->method);
  g_free (connection->path);
  g_free (connection->token);
  g_hash_table_unref (connection->headers);
  g_hash_table_unref (connection->query);
  g_bytes_unref (connection->body);
  if (connection->response != NULL)
    __wrap_MHD_destroy_response (connection->response);
  g_free (connection);
}

static void
tell_ears (struct MHD_Connection *connection)
{
  g_autofree char *text = g_strndup ((const char *) connection->response->body->data,
                                     connection->response->body->len);
  gsize n = 0;
  const char *bytes = g_bytes_get_data (connection->body, &n);
  g_autofree char *sent = g_strndup (bytes, n);

  if (strcmp (connection->method, "PUT") == 0 && ears.commanded != NULL)
    ears.commanded (connection->host, connection->token, strrchr (connection->path, '/') + 1, sent,
                    connection->status, text);
  if (strcmp (connection->path, "/v1/changes") == 0 && connection->status == 200 && ears.fed != NULL)
    ears.fed (connection->host, connection->token, text);
}

static void
complete (struct MHD_Daemon *daemon, struct MHD_Connection *connection)
{
  if (!connection->is_closed)
    tell_ears (connection);
  connection->is_answered = TRUE;
  if (daemon->completed != NULL)
    daemon->completed (daemon->completed_data, connection, &connection->slot, MHD_REQUEST_TERMINATED_COMPLETED_OK);
  if (connection->is_abandoned)
    sim_free_connection (connection);
}

static void
call (struct MHD_Daemon *daemon, struct MHD_Connection *connection, const char *piece, size_t *length)
{
  if (!connection->is_closed)
    connection->is_closed = daemon->handler (daemon->data, connection, connection->path, connection->method,
                                             "HTTP/1.1", piece, length, &connection->slot) == MHD_NO;
}

/* As a worker does: head, pieces, end; again from the end after each resumption. */
static void
serve (struct MHD_Daemon *daemon, struct MHD_Connection *connection)
{
  size_t none = 0;

  connection->is_served = TRUE;
  connection->was_suspended = FALSE;
  if (!connection->is_begun)
    {
      connection->is_begun = TRUE;
      call (daemon, connection, NULL, &none);
    }
  if (!connection->is_body_sent && connection->response == NULL)
    {
      gsize length = 0;
      const char *bytes = g_bytes_get_data (connection->body, &length);

      connection->is_body_sent = TRUE;
      for (gsize at = 0; at < length; at += PIECE)
        {
          size_t n = MIN (PIECE, length - at);

          call (daemon, connection, bytes + at, &n);
          if (sim_chance (30))
            sim_yield ();
        }
    }
  none = 0;
  if (connection->response == NULL)
    call (daemon, connection, NULL, &none);
  connection->is_served = FALSE;
  if (!connection->was_suspended)
    complete (daemon, connection);
  else if (!connection->is_suspended)
    __wrap_g_async_queue_push (daemon->requests, connection);
}

static gpointer
work (gpointer data)
{
  struct MHD_Daemon *daemon = data;

  while (TRUE)
    {
      struct MHD_Connection *connection = __wrap_g_async_queue_pop (daemon->requests);

      if ((gpointer) connection == (gpointer) daemon)
        return NULL;
      serve (daemon, connection);
    }
}

struct MHD_Daemon *
__wrap_MHD_start_daemon (unsigned flags, uint16_t port, MHD_AcceptPolicyCallback policy, void *policy_data,
                         MHD_AccessHandlerCallback handler, void *data, ...)
{
  struct MHD_Daemon *daemon = g_new0 (struct MHD_Daemon, 1);
  va_list args;
  int option;

  daemon->policy = policy;
  daemon->policy_data = policy_data;
  daemon->handler = handler;
  daemon->data = data;
  va_start (args, data);
  while ((option = va_arg (args, int)) != MHD_OPTION_END)
    switch (option)
      {
      case MHD_OPTION_NOTIFY_COMPLETED:
        daemon->completed = va_arg (args, MHD_RequestCompletedCallback);
        daemon->completed_data = va_arg (args, void *);
        break;
      case MHD_OPTION_EXTERNAL_LOGGER:
        va_arg (args, void *);
        va_arg (args, void *);
        break;
      case MHD_OPTION_SOCK_ADDR:
        va_arg (args, void *);
        break;
      case MHD_OPTION_CONNECTION_MEMORY_LIMIT:
        va_arg (args, size_t);
        break;
      default:
        va_arg (args, unsigned);
      }
  va_end (args);
  daemon->requests = g_async_queue_new ();
  daemon->threads = g_ptr_array_new ();
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (daemon->threads, __wrap_g_thread_new ("worker", work, daemon));
  sim_daemon_up = daemon;
  return daemon;
}

void
__wrap_MHD_stop_daemon (struct MHD_Daemon *daemon)
{
  daemon->is_closing = TRUE;
  for (guint i = 0; i < daemon->threads->len; i++)
    __wrap_g_async_queue_push (daemon->requests, daemon);
  for (guint i = 0; i < daemon->threads->len; i++)
    __wrap_g_thread_join (daemon->threads->pdata[i]);
  if (sim_daemon_up == daemon)
    sim_daemon_up = NULL;
}

const union MHD_DaemonInfo *
__wrap_MHD_get_daemon_info (struct MHD_Daemon *daemon, enum MHD_DaemonInfoType what, ...)
{
  static union MHD_DaemonInfo info = { .port = 8080 };

  return &info;
}

const char *
__wrap_MHD_lookup_connection_value (struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return kind == MHD_HEADER_KIND ? g_hash_table_lookup (connection->headers, lower)
                                 : g_hash_table_lookup (connection->query, name);
}

int
__wrap_MHD_get_connection_values (struct MHD_Connection *connection, enum MHD_ValueKind kind, MHD_KeyValueIterator look,
                                  void *data)
{
  GHashTableIter iter;
  gpointer name, value;
  int n = 0;

  g_hash_table_iter_init (&iter, kind == MHD_HEADER_KIND ? connection->headers : connection->query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      look (data, kind, name, value);
      n++;
    }
  return n;
}

const union MHD_ConnectionInfo *
__wrap_MHD_get_connection_info (struct MHD_Connection *connection, enum MHD_ConnectionInfoType what, ...)
{
  static struct sockaddr_in address = { .sin_family = AF_INET };
  static union MHD_ConnectionInfo info;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  info.client_addr = (struct sockaddr *) &address;
  return &info;
}

static struct MHD_Response *
make_response (void)
{
  struct MHD_Response *response = g_new0 (struct MHD_Response, 1);

  response->n_refs = 1;
  response->body = g_byte_array_new ();
  response->headers = g_ptr_array_new_with_free_func (g_free);
  return response;
}

struct MHD_Response *
__wrap_MHD_create_response_from_buffer (size_t size, void *buffer, enum MHD_ResponseMemoryMode mode)
{
  struct MHD_Response *response = make_response ();

  g_byte_array_append (response->body, buffer, size);
  if (mode == MHD_RESPMEM_MUST_FREE)
    free (buffer);
  return response;
}

struct MHD_Response *
__wrap_MHD_create_response_from_fd_at_offset64 (uint64_t size, int fd, uint64_t offset)
{
  struct MHD_Response *response = make_response ();

  g_byte_array_set_size (response->body, size);
  if (pread (fd, response->body->data, size, offset) != (gssize) size)
    g_error ("a document is shorter than it was said to be");
  close (fd);
  return response;
}

enum MHD_Result
__wrap_MHD_add_response_header (struct MHD_Response *response, const char *name, const char *value)
{
  g_ptr_array_add (response->headers, g_strdup (name));
  g_ptr_array_add (response->headers, g_strdup (value));
  return MHD_YES;
}

void
__wrap_MHD_destroy_response (struct MHD_Response *response)
{
  if (--response->n_refs > 0)
    return;
  g_byte_array_unref (response->body);
  g_ptr_array_unref (response->headers);
  g_free (response);
}

enum MHD_Result
__wrap_MHD_queue_response (struct MHD_Connection *connection, unsigned status, struct MHD_Response *response)
{
  response->n_refs++;
  connection->status = status;
  connection->response = response;
  return MHD_YES;
}

void
__wrap_MHD_suspend_connection (struct MHD_Connection *connection)
{
  connection->is_suspended = connection->was_suspended = TRUE;
  n_held++;
}

void
__wrap_MHD_resume_connection (struct MHD_Connection *connection)
{
  connection->is_suspended = FALSE;
  n_held--;
  if (sim_daemon_up != NULL && !connection->is_served)
    __wrap_g_async_queue_push (sim_daemon_up->requests, connection);
}
