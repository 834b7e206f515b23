/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and answers over libmicrohttpd. Answers are made in any thread, and sent by the worker
 * that the connection belongs to. */
#include "ehcp-server-private.h"

#include "ehcp-codec.h"

#include <netinet/in.h>
#include <string.h>

#define JSON_TYPE "application/json"
#define PROBLEM_TYPE "application/problem+json"
#define BEARER "Bearer "

static const struct
{
  guint status;
  const char *title;
} titles[] = {
  { 400, "Bad request" },
  { 401, "Not signed in" },
  { 403, "Not allowed" },
  { 404, "Not found" },
  { 405, "Method not allowed" },
  { 409, "Conflict" },
  { 410, "Gone" },
  { 412, "Precondition failed" },
  { 413, "Too large" },
  { 415, "Unsupported type" },
  { 416, "Range not satisfiable" },
  { 422, "Cannot be accepted" },
  { 429, "Too many requests" },
  { 460, "Checksum mismatch" },
  { 500, "Server error" },
  { 503, "Busy" },
  { 507, "Cannot be stored" },
};

/** ehcp_exchange_new: Returns: (transfer full): the exchange of a request whose headers are there.
 */
EhcpExchange *
ehcp_exchange_new (EhcpServer *server, struct MHD_Connection *connection)
{
  EhcpExchange *exchange = g_new0 (EhcpExchange, 1);

  exchange->server = server;
  exchange->connection = connection;
  __atomic_add_fetch (&server->n_exchanges, 1, __ATOMIC_SEQ_CST);
  return exchange;
}

/** ehcp_exchange_free: The request is over, answered or not. */
void
ehcp_exchange_free (EhcpExchange *exchange)
{
  EhcpServer *server = exchange->server;

  if (exchange->free_state != NULL)
    exchange->free_state (exchange->state);
  g_clear_pointer (&exchange->response, MHD_destroy_response);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_clear_pointer (&exchange->parameter, g_free);
  g_free (exchange);
  if (__atomic_sub_fetch (&server->n_exchanges, 1, __ATOMIC_SEQ_CST) > 0)
    return;
  g_mutex_lock (&server->lock);
  g_cond_broadcast (&server->changed);
  g_mutex_unlock (&server->lock);
}

/** ehcp_exchange_get_council: Returns: (transfer none): the council. */
EhcpCouncil *
ehcp_exchange_get_council (EhcpExchange *exchange)
{
  return exchange->server->council;
}

/** ehcp_exchange_get_accounts: Returns: (transfer none): the accounts. */
EhcpAccounts *
ehcp_exchange_get_accounts (EhcpExchange *exchange)
{
  return exchange->server->accounts;
}

/** ehcp_exchange_get_sessions: Returns: (transfer none): the sessions. */
EhcpSessions *
ehcp_exchange_get_sessions (EhcpExchange *exchange)
{
  return exchange->server->sessions;
}

/** ehcp_exchange_get_actor: Returns: (transfer none): who asks; empty on routes for anybody. */
const EhcpActorId *
ehcp_exchange_get_actor (EhcpExchange *exchange)
{
  return &exchange->actor;
}

/** ehcp_exchange_get_parameter: Returns: (transfer none) (nullable): the part of the path that
 * stands for ID (an id) or CODE (any text). */
const char *
ehcp_exchange_get_parameter (EhcpExchange *exchange)
{
  return exchange->parameter;
}

/** ehcp_exchange_get_header: Returns: (transfer none) (nullable): a header of the request. */
const char *
ehcp_exchange_get_header (EhcpExchange *exchange, const char *name)
{
  return MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND, name);
}

/** ehcp_exchange_get_query: Returns: (transfer none) (nullable): a parameter of the query. */
const char *
ehcp_exchange_get_query (EhcpExchange *exchange, const char *name)
{
  return MHD_lookup_connection_value (exchange->connection, MHD_GET_ARGUMENT_KIND, name);
}

typedef struct
{
  const char *name;
  const char *last; /* its value */
  guint n;
} Lines;

static enum MHD_Result
look_at_line (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  Lines *lines = data;

  if (g_ascii_strcasecmp (name, lines->name) == 0)
    {
      lines->last = value;
      lines->n++;
    }
  return MHD_YES;
}

/**
 * ehcp_exchange_count_headers:
 * @exchange: an exchange
 * @name: of a header
 * @last: (out) (optional) (nullable) (transfer none): the value of the last line of that name
 *
 * Returns: how many lines of the request's head have that name
 */
guint
ehcp_exchange_count_headers (EhcpExchange *exchange, const char *name, const char **last)
{
  Lines lines = { .name = name };

  MHD_get_connection_values (exchange->connection, MHD_HEADER_KIND, look_at_line, &lines);
  if (last != NULL)
    *last = lines.last;
  return lines.n;
}

static GInetAddress *
get_peer (EhcpExchange *exchange)
{
  const union MHD_ConnectionInfo *info;
  const char *forwarded = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  const struct sockaddr *native;

  if (ehcp_council_get_config (exchange->server->council)->believes_forwarded)
    ehcp_exchange_count_headers (exchange, "X-Forwarded-For", &forwarded);
  if (forwarded != NULL)
    {
      /* The proxy appends, to the line or a line of its own: what stands before was written by the sender. */
      const char *last = strrchr (forwarded, ',');
      g_autofree char *text = g_strstrip (g_strdup (last != NULL ? last + 1 : forwarded));

      return g_inet_address_new_from_string (text);
    }
  info = MHD_get_connection_info (exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  native = info != NULL ? info->client_addr : NULL;
  if (native == NULL)
    return NULL;
  address = g_socket_address_new_from_native ((gpointer) native, native->sa_family == AF_INET6
                                                                     ? sizeof (struct sockaddr_in6)
                                                                     : sizeof (struct sockaddr_in));
  return address != NULL && G_IS_INET_SOCKET_ADDRESS (address)
             ? g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)))
             : NULL;
}

/**
 * ehcp_exchange_get_network:
 * @exchange: an exchange
 *
 * Returns: (transfer full): the network that the request came from, as a key: the first 24 bits of
 * an IPv4 address, the first 56 of an IPv6 one, which is what one household gets; "unknown" when it
 * cannot be told
 */
char *
ehcp_exchange_get_network (EhcpExchange *exchange)
{
  g_autoptr (GInetAddress) peer = get_peer (exchange);
  guint n_bytes = peer != NULL && g_inet_address_get_family (peer) == G_SOCKET_FAMILY_IPV6 ? 7 : 3;
  g_autoptr (GString) key = g_string_new (NULL);

  if (peer == NULL)
    return g_strdup ("unknown");
  for (guint i = 0; i < n_bytes; i++)
    g_string_append_printf (key, "%02x", g_inet_address_to_bytes (peer)[i]);
  return g_strdup (key->str);
}

/** ehcp_exchange_get_body: Returns: (transfer full): the whole body; may be empty. */
GBytes *
ehcp_exchange_get_body (EhcpExchange *exchange)
{
  if (exchange->body == NULL)
    return g_bytes_new (NULL, 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
}

/**
 * ehcp_exchange_read_body:
 * @exchange: an exchange
 * @body: which body
 * @error: return location
 *
 * Returns: (transfer full): the body, decoded strictly; or %NULL as ehcp_codec_decode(). What was
 * received is wiped: it may hold a password.
 */
EhcpRecord *
ehcp_exchange_read_body (EhcpExchange *exchange, EhcpBody body, GError **error)
{
  GByteArray *bytes = exchange->body;
  EhcpRecord *record = ehcp_codec_decode (
      ehcp_body_get_shape (body), bytes != NULL && bytes->len > 0 ? (const char *) bytes->data : "",
      bytes != NULL ? bytes->len : 0, exchange->route->max_body, EHCP_DECODE_STRICT, error);

  if (bytes != NULL && bytes->len > 0)
    explicit_bzero (bytes->data, bytes->len);
  return record;
}

static const char *
get_title (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].status == status)
      return titles[i].title;
  return "Refused";
}

/* Once a second for each thread: the council's own clock, which programs take the time from. */
static const char *
get_date (EhcpClock *clock)
{
  static _Thread_local gint64 shown;
  static _Thread_local char text[32];
  gint64 now = ehcp_clock_now (clock);

  if (now != shown || text[0] == '\0')
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now);
      static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
      static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

      g_snprintf (text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days[g_date_time_get_day_of_week (time) - 1], g_date_time_get_day_of_month (time),
                  months[g_date_time_get_month (time) - 1], g_date_time_get_year (time),
                  g_date_time_get_hour (time), g_date_time_get_minute (time),
                  g_date_time_get_second (time));
      shown = now;
    }
  return text;
}

static void
set_response (EhcpExchange *exchange, guint status, const char *media_type,
              struct MHD_Response *response)
{
  struct MHD_Response *early = exchange->response;

  g_return_if_fail (response != NULL);
  exchange->status = status;
  exchange->response = response;
  MHD_add_response_header (response, "Date",
                           get_date (ehcp_council_get_clock (exchange->server->council)));
  MHD_add_response_header (response, "Cache-Control", "no-store");
  MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
  if (media_type != NULL)
    MHD_add_response_header (response, "Content-Type", media_type);
  if (early != NULL)
    MHD_destroy_response (early);
}

/**
 * ehcp_exchange_set_header:
 * @exchange: an exchange that is answered already
 * @name: of a header
 * @value: what it says
 */
void
ehcp_exchange_set_header (EhcpExchange *exchange, const char *name, const char *value)
{
  g_return_if_fail (exchange->response != NULL);
  MHD_add_response_header (exchange->response, name, value);
}

/**
 * ehcp_exchange_answer:
 * @exchange: an exchange
 * @status: HTTP status
 * @media_type: of @body
 * @body: (transfer full): allocated by g_malloc()
 * @length: of @body in bytes
 */
void
ehcp_exchange_answer (EhcpExchange *exchange, guint status, const char *media_type, char *body,
                      gsize length)
{
  set_response (exchange, status, media_type,
                MHD_create_response_from_buffer (length, body, MHD_RESPMEM_MUST_FREE));
  /* Pages say themselves what a browser may do with them, and so do documents. */
  if (media_type == NULL || !g_str_has_prefix (media_type, "text/html"))
    ehcp_exchange_set_header (exchange, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}

/** ehcp_exchange_answer_json: Answers with @json (transfer full). */
void
ehcp_exchange_answer_json (EhcpExchange *exchange, guint status, char *json)
{
  ehcp_exchange_answer (exchange, status, JSON_TYPE, json, strlen (json));
}

/** ehcp_exchange_answer_empty: Answers without a body. */
void
ehcp_exchange_answer_empty (EhcpExchange *exchange, guint status)
{
  set_response (exchange, status, NULL,
                MHD_create_response_from_buffer (0, (void *) "", MHD_RESPMEM_PERSISTENT));
}

/** ehcp_exchange_answer_file: Answers with @length bytes of the file @fd (taken over) from @offset
 * on. */
void
ehcp_exchange_answer_file (EhcpExchange *exchange, guint status, const char *media_type, int fd,
                           guint64 offset, guint64 length)
{
  set_response (exchange, status, media_type,
                MHD_create_response_from_fd_at_offset64 (length, fd, offset));
}

/* What is not for this person and what is not there answer with the same bytes. Other errors than
 * the protocol's tell the log what happened, and the sender nothing. */
static const char *
get_detail (EhcpExchange *exchange, const GError *error)
{
  if (error->domain == EHCP_ERROR && error->code == EHCP_ERROR_NOT_FOUND)
    return "Not there, or not for this person.";
  if (error->domain == EHCP_ERROR && error->code != EHCP_ERROR_FAILED &&
      error->code != EHCP_ERROR_STORAGE)
    return error->message;
  g_message ("%s %s failed: %s", exchange->route != NULL ? exchange->route->method : "",
             exchange->route != NULL ? exchange->route->pattern : "a request", error->message);
  return "The server could not do this.";
}

/* Who tries doors stands in the log: the route as a pattern, the code, the network without the computer in it, and the id
 * of the account; nothing of what was sent. */
static void
note_refusal (EhcpExchange *exchange, int code)
{
  g_autofree char *network = NULL;
  gboolean is_somebody = exchange->actor.account[0] != '\0';

  if (code != EHCP_ERROR_NOT_SIGNED_IN && code != EHCP_ERROR_WRONG_CREDENTIALS && code != EHCP_ERROR_WRONG_CODE &&
      code != EHCP_ERROR_TOO_MANY && code != EHCP_ERROR_NOT_ALLOWED && (code != EHCP_ERROR_NOT_FOUND || !is_somebody))
    return;
  network = ehcp_exchange_get_network (exchange);
  g_message ("refused: %s %s, %s, network %s, account %s", exchange->route != NULL ? exchange->route->method : "",
             exchange->route != NULL ? exchange->route->pattern : "a request", ehcp_error_code_to_string (code), network,
             is_somebody ? exchange->actor.account : "none");
}

/** ehcp_exchange_refuse_with: As ehcp_exchange_refuse(), with another status than the code's own.
 */
void
ehcp_exchange_refuse_with (EhcpExchange *exchange, guint status, const GError *error)
{
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);
  int code = error->domain == EHCP_ERROR ? error->code : EHCP_ERROR_FAILED;
  int wait_s = ehcp_error_get_retry_after (error);
  gsize length;

  note_refusal (exchange, code);
  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "type", "about:blank");
  ehcp_json_text (&json, "title", get_title (status));
  ehcp_json_int (&json, "status", status);
  ehcp_json_text (&json, "detail", get_detail (exchange, error));
  ehcp_json_text (&json, "code", ehcp_error_code_to_string (code));
  if (ehcp_error_get_field (error) != NULL)
    ehcp_json_text (&json, "field", ehcp_error_get_field (error));
  ehcp_json_end (&json, '}');
  length = text->len;
  ehcp_exchange_answer (exchange, status, PROBLEM_TYPE, g_string_free (text, FALSE), length);
  if (code == EHCP_ERROR_TOO_MANY || code == EHCP_ERROR_BUSY)
    {
      char seconds[16];

      g_snprintf (seconds, sizeof seconds, "%d", MAX (wait_s, 1));
      ehcp_exchange_set_header (exchange, "Retry-After", seconds);
    }
  if (status == 401)
    ehcp_exchange_set_header (exchange, "WWW-Authenticate", "Bearer");
}

/**
 * ehcp_exchange_refuse:
 * @exchange: an exchange
 * @error: (nullable): a refusal of the protocol; anything else is answered as "failed", and logged
 *
 * Answers with application/problem+json (RFC 9457).
 */
void
ehcp_exchange_refuse (EhcpExchange *exchange, const GError *error)
{
  g_autoptr (GError) unknown = NULL;

  if (error == NULL)
    ehcp_set_error (&unknown, EHCP_ERROR_FAILED, NULL, "no reason was given");
  if (error == NULL)
    error = unknown;
  ehcp_exchange_refuse_with (
      exchange, error->domain == EHCP_ERROR ? ehcp_error_code_get_status (error->code) : 500,
      error);
}

/** ehcp_exchange_refuse_busy: Answers that the server has too much to do, or stops. */
void
ehcp_exchange_refuse_busy (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  ehcp_set_error (&error, EHCP_ERROR_BUSY, NULL, "Try again in some seconds.");
  ehcp_error_set_retry_after (error, 5);
  ehcp_exchange_refuse (exchange, error);
}

/**
 * ehcp_exchange_suspend:
 * @exchange: an exchange
 *
 * The worker goes on with others. To be called before anybody else gets hold of the exchange.
 *
 * Returns: %FALSE when the server stops: nothing is suspended any more, and the exchange has to be
 * answered now
 */
gboolean
ehcp_exchange_suspend (EhcpExchange *exchange)
{
  EhcpServer *server = exchange->server;
  gboolean is_stopping;

  g_mutex_lock (&server->lock);
  is_stopping = server->is_stopping;
  if (!is_stopping)
    server->n_suspended++;
  g_mutex_unlock (&server->lock);
  if (is_stopping)
    return FALSE;
  exchange->is_suspended = TRUE;
  MHD_suspend_connection (exchange->connection);
  return TRUE;
}

/** ehcp_exchange_resume: Gives a suspended exchange back to its worker: the caller must not touch
 * it any more. One that is not answered has its handler run again. Any thread. */
void
ehcp_exchange_resume (EhcpExchange *exchange)
{
  EhcpServer *server = exchange->server;

  MHD_resume_connection (exchange->connection);
  g_mutex_lock (&server->lock);
  server->n_suspended--;
  g_cond_broadcast (&server->changed);
  g_mutex_unlock (&server->lock);
}

/** ehcp_exchange_get_state: Returns: (transfer none) (nullable): what ehcp_exchange_set_state() was
 * given. */
gpointer
ehcp_exchange_get_state (EhcpExchange *exchange)
{
  return exchange->state;
}

/** ehcp_exchange_set_state: Keeps @state for the handler's next call; @free_state gives it back. */
void
ehcp_exchange_set_state (EhcpExchange *exchange, gpointer state, GDestroyNotify free_state)
{
  exchange->state = state;
  exchange->free_state = free_state;
}

/**
 * ehcp_exchange_identify:
 * @exchange: an exchange
 * @error: return location
 *
 * Looks (again) who asks: a session may end while a request is held.
 *
 * Returns: whether the session lives; otherwise %EHCP_ERROR_NOT_SIGNED_IN
 */
gboolean
ehcp_exchange_identify (EhcpExchange *exchange, GError **error)
{
  const char *header = ehcp_exchange_get_header (exchange, MHD_HTTP_HEADER_AUTHORIZATION);
  const char *token = header != NULL && g_ascii_strncasecmp (header, BEARER, strlen (BEARER)) == 0
                          ? header + strlen (BEARER)
                          : NULL;

  /* Waiting for the feed is no use of a session, unless the program says that somebody is there. */
  gboolean is_feed = exchange->route != NULL && exchange->route->handler == ehcp_route_changes;
  gboolean is_use = !is_feed || ehcp_exchange_get_query (exchange, "active") != NULL;

  return ehcp_sessions_find (exchange->server->sessions, token, is_use, &exchange->actor, &exchange->ends_at,
                             error);
}

/** ehcp_exchange_send: Queues the answer. Returns: what libmicrohttpd wants to know. Worker
 * threads. */
enum MHD_Result
ehcp_exchange_send (EhcpExchange *exchange)
{
  guint n_routes;
  guint row =
      exchange->route != NULL ? exchange->route - ehcp_routes_get (&n_routes) : EHCP_MAX_ROUTES;

  __atomic_add_fetch (&exchange->server->n_answers[row][MIN (exchange->status / 100, 5)], 1,
                      __ATOMIC_RELAXED);
  return MHD_queue_response (exchange->connection, exchange->status, exchange->response);
}
