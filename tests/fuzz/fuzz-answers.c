/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program reads of a council's answers, whatever stands in them: over a line of our own, through the real code
 * above it. */
#include "fuzz.h"

#include "ehcp-batch.h"
#include "ehcp-json.h"
#include "ehcp-past-act.h"
#include "ehcp-service.h"
#include "ehcp-session.h"
#include "ehcp-transport.h"

static FuzzInput line;

EhcpTransport *
ehcp_transport_new (guint timeout_s)
{
  return g_malloc (1);
}

void
ehcp_transport_free (EhcpTransport *transport)
{
  g_free (transport);
}

/* One line for each head, then the body. */
gboolean
ehcp_transport_send (EhcpTransport *transport, const char *url, const EhcpRequest *request, EhcpReply *reply,
                     GCancellable *cancellable, GError **error)
{
  static const guint statuses[] = { 200, 204, 206, 301, 400, 401, 404, 409, 410, 429, 500, 502, 503, 507 };

  reply->status = statuses[fuzz_byte (&line) % G_N_ELEMENTS (statuses)];
  reply->location = fuzz_text (&line, '\n');
  reply->content_range = fuzz_text (&line, '\n');
  reply->upload_offset = fuzz_text (&line, '\n');
  reply->retry_after = fuzz_text (&line, '\n');
  reply->session_ends = fuzz_text (&line, '\n');
  reply->body = g_memory_input_stream_new_from_data (line.at, fuzz_left (&line), NULL);
  return TRUE;
}

static void
read_body (GBytes *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text != NULL ? text : "", length, G_MAXSSIZE, NULL);
  EhcpBatch *batch = ehcp_batch_parse (body, NULL);
  EhcpService *service = ehcp_service_parse (body, NULL);
  EhcpCodeSent *sent = ehcp_code_sent_parse (body, 1795528800, NULL);
  EhcpAuthenticator *authenticator = object != NULL ? ehcp_authenticator_parse (object, "id", 1795528800) : NULL;
  gboolean has_more;
  GPtrArray *acts = ehcp_past_acts_parse (body, &has_more, NULL);

  g_clear_pointer (&batch, ehcp_batch_free);
  g_clear_object (&service);
  g_clear_pointer (&sent, ehcp_code_sent_free);
  g_clear_pointer (&authenticator, ehcp_authenticator_free);
  g_clear_pointer (&acts, g_ptr_array_unref);
}

static void
read_kept (const FuzzInput *input)
{
  g_autofree char *text = g_strndup (input->at, fuzz_left (input));
  EhcpSession *session = ehcp_session_parse (text);

  g_clear_pointer (&session, ehcp_session_free);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const EhcpRequest request = { .method = "GET", .path = "/v1/changes" };
  g_autoptr (EhcpHttp) http = ehcp_http_new ("https://council.example", 1);
  g_autoptr (EhcpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  FuzzInput whole = fuzz_input (data, size);

  line = whole;
  read_kept (&whole);
  answer = ehcp_http_send (http, &request, NULL, &error);
  FUZZ_HOLDS ((answer == NULL) == (error != NULL));
  if (answer != NULL)
    read_body (answer->body);
  return 0;
}
