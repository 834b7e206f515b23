/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server: libmicrohttpd's workers (epoll), two pools of threads for what waits, limits. A
 * worker never waits for the writer or for Argon2id: it suspends the connection and goes on with
 * others. */
#include "ehcp-server-private.h"

#include "ehcp-feed.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#define IDLE_TIMEOUT_S 75
#define REQUEST_HEADERS_BYTES (16 * 1024)
#define MAX_DISCARDED (1024 * 1024)
#define N_ACCOUNT_THREADS 2 /* each holds 64 MiB while it hashes */
#define STEPPED_BACK 10     /* nice */
#define N_FILE_THREADS 2
#define MAX_QUEUED 256
#define FILES_KEPT 256
#define MAX_BODY_S                                                                                 \
  60 /* for a body that is kept in memory: who sends a byte a minute does not hold it for ever */
#define MAX_FAREWELL_S 3

/* Refusing before the body is read closes the connection, and the sender may see that before the
 * answer: so a body of moderate size is read and thrown away first. */
static enum MHD_Result
refuse_early (EhcpExchange *exchange, guint64 announced)
{
  if (announced <= MAX_DISCARDED)
    return MHD_YES;
  ehcp_exchange_set_header (exchange, "Connection", "close");
  return ehcp_exchange_send (exchange);
}

/* A proxy that took another of two lengths for the right one would take the rest of the body for a request of somebody
 * else (RFC 9112, 6.3): what can be read in two ways is not read. */
static gboolean
read_length (EhcpExchange *exchange, guint64 *length, GError **error)
{
  const char *announced = NULL, *coding = NULL;
  guint n_lengths = ehcp_exchange_count_headers (exchange, MHD_HTTP_HEADER_CONTENT_LENGTH, &announced);
  guint n_codings = ehcp_exchange_count_headers (exchange, MHD_HTTP_HEADER_TRANSFER_ENCODING, &coding);
  const char *wrong = NULL;

  *length = 0;
  if (n_lengths > 1 || n_codings > 1 || (n_lengths == 1 && n_codings == 1))
    wrong = "The length of the body is given twice.";
  else if (n_codings == 1 && g_ascii_strcasecmp (coding, "chunked") != 0)
    wrong = "Transfer-Encoding is not chunked.";
  else if (n_lengths == 1 && !g_ascii_string_to_unsigned (announced, 10, 0, G_MAXINT64, length, NULL))
    wrong = "Content-Length is not a number.";
  if (wrong != NULL)
    ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "%s", wrong);
  return wrong == NULL;
}

static gboolean
check_head (EhcpExchange *exchange, guint64 length, gboolean is_known_path, GError **error)
{
  if (exchange->route == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL,
                      is_known_path ? "not with this method" : "no such route");
      return FALSE;
    }
  if (length > exchange->route->max_body && length > 0)
    {
      ehcp_set_error (error, EHCP_ERROR_TOO_LARGE, NULL, "The body is larger than %zu bytes.",
                      exchange->route->max_body);
      return FALSE;
    }
  return exchange->route->who != EHCP_WHO_SIGNED_IN || ehcp_exchange_identify (exchange, error);
}

static enum MHD_Result
begin (EhcpServer *server, gboolean is_operations, struct MHD_Connection *connection,
       const char *path, const char *method, void **slot)
{
  EhcpExchange *exchange = ehcp_exchange_new (server, connection);
  gboolean is_known_path = FALSE;
  g_autoptr (GError) error = NULL;
  guint64 length = 0;
  gboolean has_length;

  *slot = exchange;
  exchange->began_us = g_get_monotonic_time ();
  exchange->route =
      ehcp_routes_find (method, path, is_operations, &exchange->parameter, &is_known_path);
  has_length = read_length (exchange, &length, &error);
  if (has_length && check_head (exchange, length, is_known_path, &error))
    return MHD_YES;

  if (has_length && exchange->route == NULL && is_known_path)
    ehcp_exchange_refuse_with (exchange, 405, error);
  else
    ehcp_exchange_refuse (exchange, error);
  /* Where this request ends is not known: nothing behind it is one. */
  if (!has_length)
    length = G_MAXUINT64;
  return refuse_early (exchange, length);
}

/* A piece of the body. MHD_NO closes the connection: only for a sender who goes on and on after a
 * refusal. */
static enum MHD_Result
receive (EhcpExchange *exchange, const char *piece, gsize length)
{
  g_autoptr (GError) error = NULL;

  exchange->n_received += length;
  if (exchange->route == NULL || exchange->route->receive == NULL)
    if (g_get_monotonic_time () > exchange->began_us + MAX_BODY_S * G_USEC_PER_SEC)
      return MHD_NO;
  if (exchange->response != NULL)
    return exchange->n_received <= MAX_DISCARDED ? MHD_YES : MHD_NO;
  if (exchange->n_received > exchange->route->max_body)
    ehcp_set_error (&error, EHCP_ERROR_TOO_LARGE, NULL, "The body is larger than %zu bytes.",
                    exchange->route->max_body);
  else if (exchange->route->receive != NULL)
    exchange->route->receive (exchange, piece, length, &error);
  else
    {
      if (exchange->body == NULL)
        exchange->body = g_byte_array_new ();
      g_byte_array_append (exchange->body, (const guint8 *) piece, length);
    }
  if (error != NULL)
    {
      ehcp_exchange_refuse (exchange, error);
      exchange->n_received = 0;
    }
  return MHD_YES;
}

static void
resume_cb (gpointer item, gpointer user)
{
  ehcp_exchange_resume (item);
}

/* How long an answer took must not tell whether somebody has an account: to who is not signed in it leaves on a
 * beat that is counted from the request. A thread of the pool does not wait for it. */
static void
resume_on_the_beat (EhcpExchange *exchange)
{
  EhcpServer *server = exchange->server;
  gint64 beat_us = (gint64) ehcp_council_get_config (server->council)->answer_beat_ms * 1000;
  gint64 now_us = g_get_monotonic_time ();

  if (beat_us == 0 || exchange->route->place != EHCP_PLACE_ACCOUNTS ||
      exchange->route->who == EHCP_WHO_SIGNED_IN)
    ehcp_exchange_resume (exchange);
  else
    ehcp_holds_add (server->holds, exchange, now_us + beat_us - (now_us - exchange->began_us) % beat_us,
                    resume_cb);
}

/* Argon2id takes a core for a while: those who sign in must not hold up those who are in. */
static void
step_back (void)
{
  static _Thread_local gboolean has_stepped_back;

  if (!has_stepped_back && gettid () != getpid ())
    setpriority (PRIO_PROCESS, (id_t) gettid (), STEPPED_BACK);
  has_stepped_back = TRUE;
}

static void
run_in_pool (gpointer item, gpointer user)
{
  EhcpExchange *exchange = item;

  if (exchange->route->place == EHCP_PLACE_ACCOUNTS)
    step_back ();
  exchange->route->handler (exchange);
  if (exchange->response == NULL)
    ehcp_exchange_refuse (exchange, NULL);
  resume_on_the_beat (exchange);
}

/* Runs the handler, here or in a pool. */
static void
run (EhcpExchange *exchange)
{
  GThreadPool *pool = exchange->server->pools[exchange->route->place];

  if (pool == NULL)
    exchange->route->handler (exchange);
  else if (g_thread_pool_unprocessed (pool) < MAX_QUEUED && ehcp_exchange_suspend (exchange))
    g_thread_pool_push (pool, exchange, NULL);
  else
    ehcp_exchange_refuse_busy (exchange);
}

static enum MHD_Result
handle (EhcpServer *server, gboolean is_operations, struct MHD_Connection *connection,
        const char *path, const char *method, const char *piece, size_t *length, void **slot)
{
  EhcpExchange *exchange = *slot;

  if (exchange == NULL)
    return begin (server, is_operations, connection, path, method, slot);
  if (*length > 0)
    {
      gsize n = *length;

      *length = 0;
      return receive (exchange, piece, n);
    }
  exchange->is_suspended = FALSE;
  if (exchange->response == NULL)
    run (exchange);
  /* From here on a suspended exchange may be in another thread's hands. */
  return exchange->is_suspended ? MHD_YES : ehcp_exchange_send (exchange);
}

static enum MHD_Result
handle_cb (void *data, struct MHD_Connection *connection, const char *path, const char *method,
           const char *version, const char *piece, size_t *length, void **slot)
{
  return handle (data, FALSE, connection, path, method, piece, length, slot);
}

static enum MHD_Result
handle_operations_cb (void *data, struct MHD_Connection *connection, const char *path,
                      const char *method, const char *version, const char *piece, size_t *length,
                      void **slot)
{
  return handle (data, TRUE, connection, path, method, piece, length, slot);
}

static void
completed_cb (void *data, struct MHD_Connection *connection, void **slot,
              enum MHD_RequestTerminationCode code)
{
  g_clear_pointer ((EhcpExchange **) slot, ehcp_exchange_free);
}

/* libmicrohttpd speaks of single connections: of no use in a log, and never of ours. */
static void
log_cb (void *data, const char *format, va_list args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  g_debug ("%s", g_strchomp (text));
}

/* Not MHD_quiesce_daemon(): it takes the listener from threads that may just take it from themselves, and ends the
 * whole process when the second of them finds it gone. */
static enum MHD_Result
accept_cb (void *data, const struct sockaddr *address, socklen_t length)
{
  EhcpServer *server = data;

  return g_atomic_int_get (&server->is_stopping) ? MHD_NO : MHD_YES;
}

static struct MHD_Daemon *
listen_at (EhcpServer *server, const char *address, guint port, guint n_threads,
           guint n_connections, MHD_AccessHandlerCallback handler, GError **error)
{
  guint flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  g_autoptr (GSocketAddress) socket_address = g_inet_socket_address_new_from_string (address, port);
  struct sockaddr_storage native;
  struct MHD_Daemon *daemon;

  g_socket_address_to_native (socket_address, &native, sizeof native, NULL);
  if (native.ss_family == AF_INET6)
    flags |= MHD_USE_IPv6;
  daemon = MHD_start_daemon (
      flags, 0, accept_cb, server, handler, server, MHD_OPTION_EXTERNAL_LOGGER, log_cb, NULL,
      MHD_OPTION_SOCK_ADDR, &native, MHD_OPTION_THREAD_POOL_SIZE, n_threads > 1 ? n_threads : 0,
      MHD_OPTION_CONNECTION_LIMIT, n_connections, MHD_OPTION_CONNECTION_TIMEOUT,
      (guint) IDLE_TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) REQUEST_HEADERS_BYTES,
      MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_NOTIFY_COMPLETED, completed_cb, NULL, MHD_OPTION_END);
  if (daemon == NULL)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "cannot listen on %s port %u: %s", address,
                    port, g_strerror (errno));
  return daemon;
}

static guint
get_port (struct MHD_Daemon *daemon)
{
  const union MHD_DaemonInfo *info = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT);

  return info != NULL ? info->port : 0;
}

/* Each connection takes a file descriptor, and the usual soft limit of 1,024 is soon used up. Some
 * are kept for the database and for documents: senders alone must not use them all. */
static guint
limit_connections (guint n_wanted)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return n_wanted;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  return limit.rlim_max == RLIM_INFINITY ? n_wanted
                                         : MIN (n_wanted, MAX (limit.rlim_max, 512) - FILES_KEPT);
}

static gboolean
listen_as_configured (EhcpServer *server, GError **error)
{
  EhcpConfig *config = ehcp_council_get_config (server->council);

  server->daemon =
      listen_at (server, config->address, config->port, MAX (config->n_threads, 1),
                 limit_connections (config->n_connections > 0 ? config->n_connections : 1000),
                 handle_cb, error);
  if (server->daemon == NULL)
    return FALSE;
  server->port = get_port (server->daemon);
  if (config->operations_port == 0)
    return TRUE;
  server->operations = listen_at (server, config->operations_address, config->operations_port, 1,
                                  32, handle_operations_cb, error);
  if (server->operations != NULL)
    server->operations_port = get_port (server->operations);
  return server->operations != NULL;
}

static void
ended_cb (gpointer data, const char *account)
{
  ehcp_feed_wake (data, account);
}

/**
 * ehcp_server_start:
 * @council: the council
 * @error: return location
 *
 * Returns: (transfer full): a server that listens; or %NULL when the address is taken, or as
 * ehcp_passwords_new()
 */
EhcpServer *
ehcp_server_start (EhcpCouncil *council, GError **error)
{
  g_autoptr (EhcpServer) server = g_new0 (EhcpServer, 1);

  g_mutex_init (&server->lock);
  g_cond_init (&server->changed);
  server->council = g_object_ref (council);
  server->sessions = ehcp_sessions_new (council);
  ehcp_sessions_set_ended (server->sessions, ended_cb, council);
  server->accounts = ehcp_accounts_new (council, server->sessions, error);
  if (server->accounts == NULL)
    return NULL;
  server->endings = ehcp_endings_start (council, server->sessions);
  server->holds = ehcp_holds_new ();
  server->looks = ehcp_throttle_new (ehcp_council_get_clock (council));
  server->pools[EHCP_PLACE_ACCOUNTS] =
      g_thread_pool_new (run_in_pool, NULL, N_ACCOUNT_THREADS, TRUE, error);
  server->pools[EHCP_PLACE_FILES] =
      g_thread_pool_new (run_in_pool, NULL, N_FILE_THREADS, TRUE, error);
  if (!listen_as_configured (server, error))
    return NULL;
  return g_steal_pointer (&server);
}

/** ehcp_server_get_port: Returns: the port that it listens on. Any thread. */
guint
ehcp_server_get_port (EhcpServer *server)
{
  return server->port;
}

/** ehcp_server_get_operations_port: Returns: the port of [operations]; 0 without one. Any thread.
 */
guint
ehcp_server_get_operations_port (EhcpServer *server)
{
  return server->operations_port;
}

/** ehcp_server_count_held: Returns: how many requests wait for news. Any thread. */
guint
ehcp_server_count_held (EhcpServer *server)
{
  return ehcp_holds_count (server->holds);
}

static gboolean
wait_for (EhcpServer *server, guint *count, gint64 until_us)
{
  gboolean is_zero;

  g_mutex_lock (&server->lock);
  while (!(is_zero = __atomic_load_n (count, __ATOMIC_SEQ_CST) == 0))
    if (!g_cond_wait_until (&server->changed, &server->lock, until_us))
      break;
  g_mutex_unlock (&server->lock);
  return is_zero;
}

static void
close_listeners (EhcpServer *server)
{
  g_mutex_lock (&server->lock);
  g_atomic_int_set (&server->is_stopping, TRUE);
  g_mutex_unlock (&server->lock);
  if (server->holds != NULL)
    ehcp_holds_wake_all (server->holds);
  /* What waits for a commit or a hash has to come back, however long it takes; senders have no such
   * claim. */
  wait_for (server, &server->n_suspended, G_MAXINT64);
  wait_for (server, &server->n_exchanges,
            g_get_monotonic_time () + MAX_FAREWELL_S * G_USEC_PER_SEC);
  g_clear_pointer (&server->operations, MHD_stop_daemon);
  g_clear_pointer (&server->daemon, MHD_stop_daemon);
}

/**
 * ehcp_server_stop:
 * @server: (transfer full): a server
 *
 * Takes no new connections, answers what is held, waits for what is under way, and closes. The
 * council must still run.
 */
void
ehcp_server_stop (EhcpServer *server)
{
  close_listeners (server);
  g_clear_pointer (&server->endings, ehcp_endings_stop);
  for (guint i = 0; i < EHCP_N_PLACES; i++)
    if (server->pools[i] != NULL)
      g_thread_pool_free (server->pools[i], FALSE, TRUE);
  g_clear_pointer (&server->holds, ehcp_holds_free);
  g_clear_pointer (&server->looks, ehcp_throttle_free);
  g_clear_pointer (&server->accounts, ehcp_accounts_free);
  g_clear_pointer (&server->sessions, ehcp_sessions_free);
  g_clear_object (&server->council);
  g_cond_clear (&server->changed);
  g_mutex_clear (&server->lock);
  g_free (server);
}
