/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request of a program: faults on its way, the council's worker, faults on the way back. */
#include "sim-net.h"

#include "ehcp-transport.h"
#include "sim-threads.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <string.h>
#include <unistd.h>

#define PIECE 4096

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
  gboolean is_abandoned; /* nobody waits: it is given back when it is answered */
};

struct MHD_Daemon
{
  MHD_AccessHandlerCallback handler;
  void *data;
  MHD_RequestCompletedCallback completed;
  void *completed_data;
  GAsyncQueue *requests;
  GPtrArray *threads;
  gboolean is_closing;
};

static struct MHD_Daemon *daemon_up;
static SimWeather weather;
static gboolean is_cut_off[SIM_MAX_HOSTS];
static SimEars ears;
static guint n_held;

void
sim_net_set_weather (const SimWeather *new_weather)
{
  weather = *new_weather;
}

void
sim_net_set_reachable (guint host, gboolean is_reachable)
{
  is_cut_off[host] = !is_reachable;
}

void
sim_net_set_ears (const SimEars *new_ears)
{
  ears = *new_ears;
}

gboolean
sim_net_is_up (void)
{
  return daemon_up != NULL && !daemon_up->is_closing;
}

guint
sim_net_count_held (void)
{
  return n_held;
}

void
sim_net_council_died (void)
{
  daemon_up = NULL;
  n_held = 0;
}

/* --- libmicrohttpd's place --- */

struct MHD_Daemon *__wrap_MHD_start_daemon (unsigned flags, uint16_t port, MHD_AcceptPolicyCallback policy,
                                            void *policy_data, MHD_AccessHandlerCallback handler, void *data, ...);
void __wrap_MHD_stop_daemon (struct MHD_Daemon *daemon);
MHD_socket __wrap_MHD_quiesce_daemon (struct MHD_Daemon *daemon);
const union MHD_DaemonInfo *__wrap_MHD_get_daemon_info (struct MHD_Daemon *daemon, enum MHD_DaemonInfoType what, ...);
const char *__wrap_MHD_lookup_connection_value (struct MHD_Connection *connection, enum MHD_ValueKind kind,
                                                const char *name);
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

static const char *
get_response_header (const struct MHD_Response *response, const char *name)
{
  for (guint i = 0; i < response->headers->len; i += 2)
    if (g_ascii_strcasecmp (response->headers->pdata[i], name) == 0)
      return response->headers->pdata[i + 1];
  return NULL;
}

static void
free_connection (struct MHD_Connection *connection)
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
  tell_ears (connection);
  connection->is_answered = TRUE;
  if (daemon->completed != NULL)
    daemon->completed (daemon->completed_data, connection, &connection->slot, MHD_REQUEST_TERMINATED_COMPLETED_OK);
  if (connection->is_abandoned)
    free_connection (connection);
}

static void
call (struct MHD_Daemon *daemon, struct MHD_Connection *connection, const char *piece, size_t *length)
{
  daemon->handler (daemon->data, connection, connection->path, connection->method, "HTTP/1.1", piece, length,
                   &connection->slot);
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
  daemon_up = daemon;
  return daemon;
}

MHD_socket
__wrap_MHD_quiesce_daemon (struct MHD_Daemon *daemon)
{
  daemon->is_closing = TRUE;
  return -1;
}

void
__wrap_MHD_stop_daemon (struct MHD_Daemon *daemon)
{
  daemon->is_closing = TRUE;
  for (guint i = 0; i < daemon->threads->len; i++)
    __wrap_g_async_queue_push (daemon->requests, daemon);
  for (guint i = 0; i < daemon->threads->len; i++)
    __wrap_g_thread_join (daemon->threads->pdata[i]);
  if (daemon_up == daemon)
    daemon_up = NULL;
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
  if (daemon_up != NULL && !connection->is_served)
    __wrap_g_async_queue_push (daemon_up->requests, connection);
}

/* --- libsoup's place --- */

struct _EhcpTransport
{
  guint timeout_s;
};

EhcpTransport *
ehcp_transport_new (guint timeout_s)
{
  EhcpTransport *transport = g_new0 (EhcpTransport, 1);

  transport->timeout_s = timeout_s;
  return transport;
}

void
ehcp_transport_free (EhcpTransport *transport)
{
  g_free (transport);
}

static void
read_query (struct MHD_Connection *connection, const char *query)
{
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals != NULL)
        g_hash_table_insert (connection->query, g_strndup (pairs[i], equals - pairs[i]),
                             g_uri_unescape_string (equals + 1, NULL));
    }
}

static void
set_header (struct MHD_Connection *connection, const char *name, char *value)
{
  g_hash_table_insert (connection->headers, g_ascii_strdown (name, -1), value);
}

static struct MHD_Connection *
make_connection (const char *url, const EhcpRequest *request)
{
  struct MHD_Connection *connection = g_new0 (struct MHD_Connection, 1);
  const char *path = strstr (url, "/v1/");
  const char *mark = strchr (path, '?');

  connection->host = sim_get_host ();
  connection->method = g_strdup (request->method);
  connection->path = mark != NULL ? g_strndup (path, mark - path) : g_strdup (path);
  connection->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  connection->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  connection->body = request->body != NULL ? g_bytes_ref (request->body) : g_bytes_new (NULL, 0);
  connection->token = g_strdup (request->token != NULL ? request->token : "");
  if (mark != NULL)
    read_query (connection, mark + 1);
  if (request->token != NULL)
    set_header (connection, "authorization", g_strconcat ("Bearer ", request->token, NULL));
  for (guint i = 0; request->headers[i] != NULL; i += 2)
    set_header (connection, request->headers[i], g_strdup (request->headers[i + 1]));
  if (request->content_type != NULL)
    set_header (connection, "content-type", g_strdup (request->content_type));
  if (request->body != NULL)
    set_header (connection, "content-length", g_strdup_printf ("%zu", g_bytes_get_size (request->body)));
  return connection;
}

static gboolean
fail (GError **error, const char *why)
{
  sim_step ("  %s", why);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, why);
  return FALSE;
}

static gboolean
is_reachable (guint host)
{
  return sim_net_is_up () && !is_cut_off[host];
}

/* A stream that ends in a broken line. */
typedef struct
{
  GMemoryInputStream parent;
} CutStream;
typedef GMemoryInputStreamClass CutStreamClass;

static GType cut_stream_get_type (void);
G_DEFINE_TYPE (CutStream, cut_stream, G_TYPE_MEMORY_INPUT_STREAM)

static gssize
cut_stream_read (GInputStream *stream, void *out, gsize n, GCancellable *cancellable, GError **error)
{
  gssize got = G_INPUT_STREAM_CLASS (cut_stream_parent_class)->read_fn (stream, out, n, cancellable, error);

  if (got != 0)
    return got;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "the line broke");
  return -1;
}

static void
cut_stream_class_init (CutStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = cut_stream_read;
}

static void
cut_stream_init (CutStream *stream)
{
}

static GInputStream *
make_stream (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) whole = g_bytes_new (bytes, length);
  GInputStream *stream;

  if (!sim_chance (weather.cut))
    return g_memory_input_stream_new_from_bytes (whole);
  sim_step ("  the answer is cut");
  stream = g_object_new (cut_stream_get_type (), NULL);
  g_memory_input_stream_add_bytes (G_MEMORY_INPUT_STREAM (stream),
                                   g_bytes_new_from_bytes (whole, 0, length > 0 ? sim_random (length) : 0));
  return stream;
}

static void
fill_reply (EhcpReply *reply, const struct MHD_Connection *connection)
{
  const struct MHD_Response *response = connection->response;

  reply->status = connection->status;
  reply->location = g_strdup (get_response_header (response, "Location"));
  reply->content_range = g_strdup (get_response_header (response, "Content-Range"));
  reply->upload_offset = g_strdup (get_response_header (response, "Upload-Offset"));
  reply->retry_after = g_strdup (get_response_header (response, "Retry-After"));
  reply->body = make_stream (response->body->data, strcmp (connection->method, "HEAD") == 0 ? 0 : response->body->len);
}

/* What something between program and council says. */
static gboolean
answer_for_council (EhcpReply *reply)
{
  static const char *const bodies[] = { "<html><h1>502 Bad Gateway</h1></html>", "", "{}", "{\"code\":1}", "[[[[" };
  static const guint statuses[] = { 502, 500, 504, 302, 404, 403, 200, 403 };
  const char *body;

  if (sim_chance (weather.refuse))
    {
      reply->status = sim_random (2) == 0 ? 503 : 429;
      reply->retry_after = g_strdup_printf ("%u", sim_random (90));
    }
  else if (sim_chance (weather.garbage))
    reply->status = statuses[sim_random (G_N_ELEMENTS (statuses))];
  else
    return FALSE;
  body = bodies[sim_random (G_N_ELEMENTS (bodies))];
  reply->body = make_stream ((const guint8 *) body, strlen (body));
  sim_step ("  a proxy answers %u", reply->status);
  return TRUE;
}

static void
pass_time (void)
{
  sim_sleep (sim_chance (weather.slow) ? 1000 * (1 + sim_random (20000)) : 1000 * (1 + sim_random (30)));
}

static void
deliver (struct MHD_Connection *connection)
{
  __wrap_g_async_queue_push (daemon_up->requests, connection);
}

/* A retransmission, or an impatient proxy: the same request once more, and nobody waits for it. */
static gpointer
repeat_later (gpointer data)
{
  struct MHD_Connection *again = data;

  sim_sleep (1000 * (1 + sim_random (8000)));
  if (!is_reachable (again->host))
    return NULL;
  again->is_abandoned = TRUE;
  sim_step ("  %s %s comes once more", again->method, again->path);
  deliver (again);
  return NULL;
}

static void
perhaps_repeat (const char *url, const EhcpRequest *request)
{
  if (strcmp (request->method, "GET") != 0 && sim_chance (weather.repeat))
    __wrap_g_thread_new ("repeat", repeat_later, make_connection (url, request));
}

gboolean
ehcp_transport_send (EhcpTransport *transport, const char *url, const EhcpRequest *request, EhcpReply *reply,
                     GCancellable *cancellable, GError **error)
{
  guint host = sim_get_host ();
  gint64 until = sim_now_us () + transport->timeout_s * G_USEC_PER_SEC;
  struct MHD_Connection *connection;
  struct MHD_Daemon *daemon;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  sim_step ("%s %s", request->method, strstr (url, "/v1/"));
  pass_time ();
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!is_reachable (host))
    return fail (error, "no way to the council");
  if (sim_chance (weather.lose_request))
    return fail (error, "the request is lost");
  if (answer_for_council (reply))
    return TRUE;
  connection = make_connection (url, request);
  daemon = daemon_up;
  perhaps_repeat (url, request);
  deliver (connection);
  while (!connection->is_answered && daemon_up == daemon && sim_now_us () < until)
    if (!sim_wait_flag (&connection->is_answered, cancellable, MIN (until, sim_now_us () + G_USEC_PER_SEC)) &&
        g_cancellable_is_cancelled (cancellable))
      break;
  if (!connection->is_answered)
    {
      connection->is_abandoned = TRUE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      return fail (error, daemon_up != daemon ? "the council is gone" : "no answer in time");
    }
  pass_time ();
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (is_cut_off[host] || sim_chance (weather.lose_answer))
    return fail (error, "the answer is lost");
  if (connection->status >= 400)
    sim_step ("  %u %.*s", connection->status, (int) connection->response->body->len,
              (const char *) connection->response->body->data);
  else
    sim_step ("  %u, %u bytes", connection->status, connection->response->body->len);
  fill_reply (reply, connection);
  free_connection (connection);
  return TRUE;
}
