/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that block: which addresses may be used, how much of an answer is taken, what a refusal is. The
 * line itself is ehcp-transport.c's; what an answer means is the callers' business. */
#include "ehcp-http.h"

#include "ehcp-codec.h"
#include "ehcp-text.h"
#include "ehcp-transport.h"

#include <string.h>

#define DEFAULT_MAX_BYTES (1024 * 1024)
#define MAX_PROBLEM_BYTES (64 * 1024)
#define PIECE_BYTES (64 * 1024)

struct _EhcpHttp
{
  char *url;
  EhcpTransport *transport;
};

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * ehcp_http_is_allowed:
 * @url: a council's address
 *
 * Returns: whether the program may talk to it: https, or http to this computer alone. Any thread.
 */
gboolean
ehcp_http_is_allowed (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL || *host == '\0' || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  return g_str_equal (g_uri_get_scheme (uri), "https") ||
         (g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (host));
}

/**
 * ehcp_http_new:
 * @url: the council's address, without a slash at the end
 * @timeout_s: how long a silent connection is waited for
 *
 * Returns: (transfer full): what one thread sends its requests with
 */
EhcpHttp *
ehcp_http_new (const char *url, guint timeout_s)
{
  EhcpHttp *http = g_new0 (EhcpHttp, 1);

  http->url = g_strdup (url);
  http->transport = ehcp_transport_new (timeout_s);
  return http;
}

/** ehcp_http_free: Closes its connections. In its thread, or after that ended. */
void
ehcp_http_free (EhcpHttp *http)
{
  g_clear_pointer (&http->transport, ehcp_transport_free);
  g_clear_pointer (&http->url, g_free);
  g_free (http);
}

/* Whatever came between us and the answer, the person can do nothing but wait or check their network. */
static void
set_offline (GError **error, GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return;
    }
  ehcp_set_error (error, EHCP_ERROR_OFFLINE, NULL, "no answer: %s", cause->message);
  g_error_free (cause);
}

/* The status of a proxy or a captive portal, which do not speak our protocol; or of an answer to HEAD, which
 * has no body to say more: an upload that is gone, or that another session began, is begun again, and
 * that request is told what is the matter. */
static EhcpError
guess_code (const EhcpRequest *request, guint status)
{
  if (strcmp (request->method, "HEAD") == 0 && (status == 401 || status == 404 || status == 410))
    return EHCP_ERROR_NOT_FOUND;
  if (status >= 300 && status < 400)
    return EHCP_ERROR_FAILED;
  if (status == 413)
    return EHCP_ERROR_TOO_LARGE;
  if (status == 429)
    return EHCP_ERROR_TOO_MANY;
  if (status == 502 || status == 503 || status == 504)
    return EHCP_ERROR_BUSY;
  return EHCP_ERROR_FAILED;
}

static void
set_problem (GError **error, const EhcpRequest *request, const EhcpReply *reply, GByteArray *body)
{
  guint status = reply->status;
  g_autoptr (JsonObject) problem =
      ehcp_json_parse_object ((const char *) body->data, body->len, MAX_PROBLEM_BYTES, NULL);
  const char *name = problem != NULL ? ehcp_json_get_text (problem, "code") : NULL;
  int code = name != NULL ? ehcp_error_code_from_string (name) : (int) guess_code (request, status);
  g_autoptr (GError) refusal = NULL;

  ehcp_set_error (&refusal, code, problem != NULL ? ehcp_json_get_text (problem, "field") : NULL,
                  "status %u, %s", status, name != NULL ? name : "no code");
  if (reply->retry_after != NULL)
    ehcp_error_set_retry_after (refusal,
                                (int) CLAMP (g_ascii_strtoll (reply->retry_after, NULL, 10), 0, 86400));
  g_propagate_error (error, g_steal_pointer (&refusal));
}

static EhcpAnswer *
make_answer (EhcpReply *reply)
{
  EhcpAnswer *answer = g_new0 (EhcpAnswer, 1);

  answer->status = reply->status;
  answer->location = g_steal_pointer (&reply->location);
  answer->content_range = g_steal_pointer (&reply->content_range);
  answer->upload_offset = -1;
  if (reply->upload_offset != NULL && !g_ascii_string_to_signed (reply->upload_offset, 10, 0, G_MAXINT64,
                                                                 &answer->upload_offset, NULL))
    answer->upload_offset = -1;
  answer->date = reply->date;
  answer->server_now = reply->date > 0 ? reply->date : g_get_real_time () / G_USEC_PER_SEC;
  if (reply->session_ends != NULL)
    answer->session_ends_in = MAX (1, ehcp_time_parse (reply->session_ends) - answer->server_now);
  return answer;
}

/* The most that is taken into memory of a body that we did not ask for. */
static gboolean
read_all (GInputStream *stream, GByteArray *body, gsize max_bytes, GCancellable *cancellable,
          GError **error)
{
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, piece, PIECE_BYTES, cancellable, error)) > 0)
    {
      if (body->len + (gsize) n > max_bytes)
        {
          ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer has more than %zu bytes",
                          max_bytes);
          return FALSE;
        }
      g_byte_array_append (body, (const guint8 *) piece, n);
    }
  return n == 0;
}

static gboolean
read_pieces (GInputStream *stream, guint status, EhcpPieceFunc func, gpointer data,
             GCancellable *cancellable, GError **error)
{
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, piece, PIECE_BYTES, cancellable, error)) > 0)
    if (!func (data, status, piece, n, error))
      return FALSE;
  return n == 0;
}

static gboolean
read_body (GInputStream *stream, const EhcpRequest *request, guint status, EhcpPieceFunc func,
           gpointer data, GByteArray *body, GCancellable *cancellable, GError **error)
{
  gsize max_bytes = request->max_bytes > 0 ? request->max_bytes : DEFAULT_MAX_BYTES;
  g_autoptr (GError) local_error = NULL;
  gboolean is_read;

  if (func != NULL && status >= 200 && status < 300)
    is_read = read_pieces (stream, status, func, data, cancellable, &local_error);
  else
    is_read = read_all (stream, body, status < 300 ? max_bytes : MAX_PROBLEM_BYTES, cancellable,
                        &local_error);
  if (is_read)
    return TRUE;
  if (local_error->domain == EHCP_ERROR)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    set_offline (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * ehcp_http_receive:
 * @http: of this thread
 * @request: what to send
 * @piece: (nullable): takes the body of an answer from 200 to 299 as it comes; %NULL: it is kept
 * @data: for @piece
 * @cancellable: (nullable): ends the wait
 * @error: return location
 *
 * Blocks. Redirects are not followed: the address that a family typed is the one that gets the password.
 *
 * Returns: (transfer full): the answer; or %NULL with the council's refusal, %EHCP_ERROR_OFFLINE when
 *   there was no whole answer, %EHCP_ERROR_FAILED for an address or an answer that may not be used, or
 *   %G_IO_ERROR_CANCELLED
 */
EhcpAnswer *
ehcp_http_receive (EhcpHttp *http, const EhcpRequest *request, EhcpPieceFunc piece, gpointer data,
                   GCancellable *cancellable, GError **error)
{
  g_autofree char *url = g_strconcat (http->url, request->path, NULL);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_auto (EhcpReply) reply = { 0 };
  g_autoptr (EhcpAnswer) answer = NULL;
  GError *cause = NULL;

  if (!ehcp_http_is_allowed (url))
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "this address may not be used: https is needed");
      return NULL;
    }
  if (!ehcp_transport_send (http->transport, url, request, &reply, cancellable, &cause))
    {
      set_offline (error, cause);
      return NULL;
    }
  if (!read_body (reply.body, request, reply.status, piece, data, body, cancellable, error))
    return NULL;
  if (reply.status < 200 || reply.status >= 300)
    {
      set_problem (error, request, &reply, body);
      return NULL;
    }
  answer = make_answer (&reply);
  answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&body));
  return g_steal_pointer (&answer);
}

/** ehcp_http_send: As ehcp_http_receive(), with the whole body in the answer. */
EhcpAnswer *
ehcp_http_send (EhcpHttp *http, const EhcpRequest *request, GCancellable *cancellable, GError **error)
{
  return ehcp_http_receive (http, request, NULL, NULL, cancellable, error);
}

static void
wipe_text (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

/** ehcp_http_encode: Returns: (transfer full): @body as JSON, wiped when it is given back: it may hold a
 * password. */
GBytes *
ehcp_http_encode (EhcpRecord *body)
{
  char *text = ehcp_codec_encode (body);

  return g_bytes_new_with_free_func (text, strlen (text), wipe_text, text);
}

/** ehcp_answer_free: Gives it back. */
void
ehcp_answer_free (EhcpAnswer *answer)
{
  g_clear_pointer (&answer->body, g_bytes_unref);
  g_clear_pointer (&answer->location, g_free);
  g_clear_pointer (&answer->content_range, g_free);
  g_free (answer);
}
