/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The flat table of routes. src/PROTOCOL.md and data/openapi.yaml list the same; a test compares
 * them. */
#include "ehcp-routes.h"

#include "ehcp-text.h"

#include <string.h>

#define NONE 0
#define BODY (64 * 1024)
#define COMMAND (256 * 1024)
#define FILE_BYTES (50 * 1024 * 1024)

#define ANYBODY EHCP_WHO_ANYBODY
#define SIGNED_IN EHCP_WHO_SIGNED_IN
#define OPERATIONS EHCP_WHO_OPERATIONS
#define WORKER EHCP_PLACE_WORKER
#define ACCOUNTS EHCP_PLACE_ACCOUNTS
#define FILES EHCP_PLACE_FILES

/* The two that programs use all day come first. */
static const EhcpRoute routes[] = {
  { "GET", "/v1/changes", SIGNED_IN, WORKER, NONE, ehcp_route_changes },
  { "PUT", "/v1/commands/ID", SIGNED_IN, WORKER, COMMAND, ehcp_route_command },
  { "GET", "/v1/service", ANYBODY, WORKER, NONE, ehcp_route_service },
  { "POST", "/v1/registrations", ANYBODY, ACCOUNTS, BODY, ehcp_route_register },
  { "POST", "/v1/registrations/ID/verify", ANYBODY, ACCOUNTS, BODY, ehcp_route_verify },
  { "POST", "/v1/registrations/ID/resend", ANYBODY, ACCOUNTS, BODY, ehcp_route_resend_registration },
  { "POST", "/v1/sign-ins", ANYBODY, ACCOUNTS, BODY, ehcp_route_sign_in },
  { "POST", "/v1/sign-ins/ID/finish", ANYBODY, ACCOUNTS, BODY, ehcp_route_finish_sign_in },
  { "POST", "/v1/sign-ins/ID/authenticator", ANYBODY, ACCOUNTS, BODY, ehcp_route_answer_authenticator },
  { "POST", "/v1/sign-ins/ID/resend", ANYBODY, ACCOUNTS, BODY, ehcp_route_resend_sign_in },
  { "POST", "/v1/password-resets", ANYBODY, ACCOUNTS, BODY, ehcp_route_reset },
  { "POST", "/v1/password-resets/ID/finish", ANYBODY, ACCOUNTS, BODY, ehcp_route_finish_reset },
  { "POST", "/v1/password-resets/ID/resend", ANYBODY, ACCOUNTS, BODY, ehcp_route_resend_reset },
  { "POST", "/v1/staff-links/finish", ANYBODY, ACCOUNTS, BODY, ehcp_route_finish_staff_link },
  { "POST", "/v1/password", SIGNED_IN, ACCOUNTS, BODY, ehcp_route_change_password },
  { "GET", "/v1/authenticator", SIGNED_IN, WORKER, NONE, ehcp_route_look_at_authenticator },
  { "POST", "/v1/authenticator", SIGNED_IN, ACCOUNTS, BODY, ehcp_route_offer_authenticator },
  { "POST", "/v1/authenticator/on", SIGNED_IN, ACCOUNTS, BODY, ehcp_route_switch_authenticator_on },
  { "POST", "/v1/authenticator/off", SIGNED_IN, ACCOUNTS, BODY, ehcp_route_switch_authenticator_off },
  { "GET", "/v1/sessions", SIGNED_IN, WORKER, NONE, ehcp_route_list_sessions },
  { "DELETE", "/v1/sessions/ID", SIGNED_IN, ACCOUNTS, NONE, ehcp_route_end_session },
  { "DELETE", "/v1/session", SIGNED_IN, ACCOUNTS, NONE, ehcp_route_log_out },
  { "POST", "/v1/uploads", SIGNED_IN, FILES, NONE, ehcp_route_make_upload },
  { "HEAD", "/v1/uploads/ID", SIGNED_IN, WORKER, NONE, ehcp_route_look_at_upload },
  { "PATCH", "/v1/uploads/ID", SIGNED_IN, FILES, FILE_BYTES, ehcp_route_finish_piece,
    ehcp_route_receive_upload },
  { "GET", "/v1/documents/ID/content", SIGNED_IN, FILES, NONE, ehcp_route_document },
  { "GET", "/v1/cases/ID/history", SIGNED_IN, WORKER, NONE, ehcp_route_history },
  { "GET", "/accept/CODE", ANYBODY, WORKER, NONE, ehcp_route_accept },
  { "GET", "/staff/CODE", ANYBODY, WORKER, NONE, ehcp_route_staff },
  { "GET", "/healthz", OPERATIONS, WORKER, NONE, ehcp_route_healthz },
  { "GET", "/readyz", OPERATIONS, WORKER, NONE, ehcp_route_readyz },
  { "GET", "/metrics", OPERATIONS, WORKER, NONE, ehcp_route_metrics },
};

/** ehcp_routes_get: Returns: (transfer none) (array length=n_routes): the table; static. */
const EhcpRoute *
ehcp_routes_get (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

/* Compares part by part; *parameter points into @path at the part that stands for ID or CODE. */
static gboolean
matches (const char *pattern, const char *path, const char **parameter, gsize *length)
{
  while (*pattern != '\0')
    {
      gsize part = strcspn (path, "/");
      gboolean is_id = strncmp (pattern, "ID", 2) == 0;

      if (!is_id && strncmp (pattern, "CODE", 4) != 0)
        {
          if (*pattern++ != *path++)
            return FALSE;
          continue;
        }
      if (part == 0 || (is_id && part != 36))
        return FALSE;
      *parameter = path;
      *length = part;
      pattern += is_id ? 2 : 4;
      path += part;
    }
  return *path == '\0';
}

/**
 * ehcp_routes_find:
 * @method: of the request
 * @path: of the request, without the query
 * @is_operations: on which listener it came
 * @parameter: (out) (transfer full) (nullable): the part that stands for ID or CODE
 * @is_known_path: (out): whether the path exists with another method
 *
 * Returns: (nullable) (transfer none): the route. Any thread.
 */
const EhcpRoute *
ehcp_routes_find (const char *method, const char *path, gboolean is_operations, char **parameter,
                  gboolean *is_known_path)
{
  *parameter = NULL;
  *is_known_path = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      const char *found = NULL;
      gsize length = 0;

      if ((routes[i].who == EHCP_WHO_OPERATIONS) != is_operations ||
          !matches (routes[i].pattern, path, &found, &length))
        continue;
      *is_known_path = TRUE;
      if (strcmp (routes[i].method, method) != 0)
        continue;
      *parameter = found != NULL ? g_strndup (found, length) : NULL;
      if (strstr (routes[i].pattern, "/ID") == NULL || ehcp_text_is_id (*parameter))
        return &routes[i];
      g_clear_pointer (parameter, g_free);
      *is_known_path = FALSE;
      return NULL;
    }
  return NULL;
}
