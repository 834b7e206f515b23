/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsoup's place: one request of a program, faults on its way, the council's worker, faults on the way back. */
#include "ehcp-transport.h"
#include "sim-net-private.h"

#include <string.h>

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
  return sim_net_is_up () && !sim_is_cut_off[host];
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

  if (!sim_chance (sim_weather.cut))
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
  reply->location = g_strdup (sim_get_response_header (response, "Location"));
  reply->content_range = g_strdup (sim_get_response_header (response, "Content-Range"));
  reply->upload_offset = g_strdup (sim_get_response_header (response, "Upload-Offset"));
  reply->retry_after = g_strdup (sim_get_response_header (response, "Retry-After"));
  reply->date = sim_now_us () / G_USEC_PER_SEC; /* as the HTTP library of the council says by itself */
  reply->body = make_stream (response->body->data, strcmp (connection->method, "HEAD") == 0 ? 0 : response->body->len);
}

/* What something between program and council says. */
static gboolean
answer_for_council (EhcpReply *reply)
{
  static const char *const bodies[] = { "<html><h1>502 Bad Gateway</h1></html>", "", "{}", "{\"code\":1}", "[[[[" };
  static const guint statuses[] = { 502, 500, 504, 302, 404, 403, 200, 403 };
  const char *body;

  if (sim_chance (sim_weather.refuse))
    {
      reply->status = sim_random (2) == 0 ? 503 : 429;
      reply->retry_after = g_strdup_printf ("%u", sim_random (90));
    }
  else if (sim_chance (sim_weather.garbage))
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
  sim_sleep (sim_chance (sim_weather.slow) ? 1000 * (1 + sim_random (20000)) : 1000 * (1 + sim_random (30)));
}

static void
deliver (struct MHD_Connection *connection)
{
  __wrap_g_async_queue_push (sim_daemon_up->requests, connection);
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
  if (strcmp (request->method, "GET") != 0 && sim_chance (sim_weather.repeat))
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
  if (sim_chance (sim_weather.lose_request))
    return fail (error, "the request is lost");
  if (answer_for_council (reply))
    return TRUE;
  connection = make_connection (url, request);
  daemon = sim_daemon_up;
  perhaps_repeat (url, request);
  deliver (connection);
  while (!connection->is_answered && sim_daemon_up == daemon && sim_now_us () < until)
    if (!sim_wait_flag (&connection->is_answered, cancellable, MIN (until, sim_now_us () + G_USEC_PER_SEC)) &&
        g_cancellable_is_cancelled (cancellable))
      break;
  if (!connection->is_answered)
    {
      connection->is_abandoned = TRUE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      return fail (error, sim_daemon_up != daemon ? "the council is gone" : "no answer in time");
    }
  pass_time ();
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (connection->is_closed)
    {
      sim_free_connection (connection);
      return fail (error, "the council closes the line");
    }
  if (sim_is_cut_off[host] || sim_chance (sim_weather.lose_answer))
    return fail (error, "the answer is lost");
  if (connection->status >= 400)
    sim_step ("  %u %.*s", connection->status, (int) connection->response->body->len,
              (const char *) connection->response->body->data);
  else
    sim_step ("  %u, %u bytes", connection->status, connection->response->body->len);
  fill_reply (reply, connection);
  sim_free_connection (connection);
  return TRUE;
}
