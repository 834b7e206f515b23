/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adapter between libmicrohttpd and the routes: method, path, network, query, body. */
#include "ehcp-server-private.h"

#include "fuzz.h"

#include "ehcp-commands.h"
#include "ehcp-text.h"

static char *value; /* of every head and query */
static EhcpConfig config = { .believes_forwarded = TRUE };

EhcpConfig *
ehcp_council_get_config (EhcpCouncil *council)
{
  return &config;
}

const char *
MHD_lookup_connection_value (struct MHD_Connection *connection, enum MHD_ValueKind kind, const char *key)
{
  return value;
}

/* Two lines of that head: the sender's own, and the proxy's. */
int
MHD_get_connection_values (struct MHD_Connection *connection, enum MHD_ValueKind kind, MHD_KeyValueIterator look,
                           void *data)
{
  look (data, kind, "x-forwarded-for", "198.51.100.1");
  look (data, kind, "X-Forwarded-For", value);
  return 2;
}

static void
check_parameter (const EhcpRoute *route, const char *parameter)
{
  if (strstr (route->pattern, "/ID") != NULL)
    FUZZ_HOLDS (ehcp_text_is_id (parameter));
  else if (strstr (route->pattern, "/CODE") != NULL)
    FUZZ_HOLDS (parameter[0] != '\0' && strchr (parameter, '/') == NULL);
  else
    FUZZ_HOLDS (parameter == NULL);
}

static void
read_body (EhcpExchange *exchange, FuzzInput *input, guint8 body)
{
  g_autoptr (EhcpRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  exchange->body = g_byte_array_new ();
  g_byte_array_append (exchange->body, (const guint8 *) input->at, fuzz_left (input));
  record = ehcp_exchange_read_body (exchange, body % EHCP_N_BODIES, &error);
  FUZZ_HOLDS ((record == NULL) == (error != NULL));
  g_clear_pointer (&exchange->body, g_byte_array_unref);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const methods[] = { "GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS" };
  FuzzInput input = fuzz_input (data, size);
  guint8 choice = fuzz_byte (&input);
  g_autofree char *path = fuzz_text (&input, '\n');
  g_autofree char *parameter = NULL;
  g_autofree char *network = NULL;
  EhcpServer server = { 0 };
  EhcpExchange exchange = { .server = &server };
  const EhcpRoute *route;
  gboolean is_known;

  if (path == NULL)
    return 0;
  route = ehcp_routes_find (methods[choice % G_N_ELEMENTS (methods)], path, choice & 0x80, &parameter, &is_known);
  FUZZ_HOLDS (route == NULL || is_known);
  if (route != NULL)
    check_parameter (route, parameter);
  else
    route = &(EhcpRoute){ .max_body = 64 * 1024 };
  value = fuzz_text (&input, '\n');
  exchange.route = route;
  if (value != NULL)
    {
      network = ehcp_exchange_get_network (&exchange);
      FUZZ_HOLDS (strcmp (network, "unknown") == 0 || strlen (network) == 6 || strlen (network) == 14);
    }
  read_body (&exchange, &input, choice);
  g_clear_pointer (&value, g_free);
  return 0;
}
