/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the server's route table as JSON, for the script that holds the documents against it. */
#include "ehcp-routes.h"

int
main (void)
{
  static const char *const who[] = { [EHCP_WHO_ANYBODY] = "anybody",
                                     [EHCP_WHO_SIGNED_IN] = "signed in",
                                     [EHCP_WHO_OPERATIONS] = "operations" };
  g_autoptr (GString) out = g_string_new (NULL);
  EhcpJson json = ehcp_json (out);
  guint n_routes;
  const EhcpRoute *routes = ehcp_routes_get (&n_routes);

  ehcp_json_begin (&json, NULL, '[');
  for (guint i = 0; i < n_routes; i++)
    {
      ehcp_json_begin (&json, NULL, '{');
      ehcp_json_text (&json, "method", routes[i].method);
      ehcp_json_text (&json, "pattern", routes[i].pattern);
      ehcp_json_text (&json, "who", who[routes[i].who]);
      ehcp_json_int (&json, "max_body", routes[i].max_body);
      ehcp_json_end (&json, '}');
    }
  ehcp_json_end (&json, ']');
  g_print ("%s\n", out->str);
  return 0;
}
