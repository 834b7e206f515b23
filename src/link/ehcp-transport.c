/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line by libsoup's blocking calls. A session belongs to the thread that sent its first request. Redirects
 * are not followed: the address that a family typed is the one that gets the password. */
#include "ehcp-transport.h"

#include <libsoup/soup.h>

struct _EhcpTransport
{
  guint timeout_s;
  SoupSession *session; /* made by the first request, in its thread */
  GThread *thread;
};

/** ehcp_transport_new: Returns: (transfer full): a line for one thread; @timeout_s: how long a silent
 * connection is waited for. */
EhcpTransport *
ehcp_transport_new (guint timeout_s)
{
  EhcpTransport *transport = g_new0 (EhcpTransport, 1);

  transport->timeout_s = timeout_s;
  return transport;
}

/** ehcp_transport_free: Closes its connections. In its thread, or after that ended. */
void
ehcp_transport_free (EhcpTransport *transport)
{
  g_clear_object (&transport->session);
  g_free (transport);
}

static SoupSession *
get_session (EhcpTransport *transport)
{
  if (transport->session == NULL)
    {
      transport->session = soup_session_new_with_options ("timeout", transport->timeout_s, "user-agent",
                                                          "ehcp-portal", NULL);
      transport->thread = g_thread_self ();
    }
  g_assert (transport->thread == g_thread_self ());
  return transport->session;
}

static SoupMessage *
make_message (const char *url, const EhcpRequest *request)
{
  SoupMessage *message = soup_message_new (request->method, url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  if (request->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", request->token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  for (guint i = 0; request->headers[i] != NULL; i += 2)
    soup_message_headers_replace (headers, request->headers[i], request->headers[i + 1]);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (
        message, request->content_type != NULL ? request->content_type : "application/json",
        request->body);
  return message;
}

static char *
get_header (SoupMessageHeaders *headers, const char *name)
{
  return g_strdup (soup_message_headers_get_one (headers, name));
}

static gint64
read_date (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

/**
 * ehcp_transport_send:
 * @transport: of this thread
 * @url: the whole address, which may be used
 * @request: what to send
 * @reply: (out caller-allocates): what came back, with its body to be read
 * @cancellable: (nullable): ends the wait
 * @error: return location
 *
 * Blocks until the head of the reply is there.
 *
 * Returns: whether there is a reply, whatever it says; otherwise what the network says
 */
gboolean
ehcp_transport_send (EhcpTransport *transport, const char *url, const EhcpRequest *request,
                     EhcpReply *reply, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message = make_message (url, request);
  SoupMessageHeaders *headers;

  if (message == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "this is no address");
      return FALSE;
    }
  reply->body = soup_session_send (get_session (transport), message, cancellable, error);
  if (reply->body == NULL)
    return FALSE;
  headers = soup_message_get_response_headers (message);
  reply->status = soup_message_get_status (message);
  reply->location = get_header (headers, "Location");
  reply->content_range = get_header (headers, "Content-Range");
  reply->upload_offset = get_header (headers, "Upload-Offset");
  reply->session_ends = get_header (headers, "Session-Ends");
  reply->retry_after = get_header (headers, "Retry-After");
  reply->date = read_date (headers);
  return TRUE;
}
