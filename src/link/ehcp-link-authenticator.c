/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family's own authenticator app: whether it is asked for, set up, switched on and off. The code at a sign-in is
 * ehcp-link-session.c's. */
#include "ehcp-link-authenticator.h"

#include "ehcp-json.h"
#include "ehcp-link-private.h"

#define MAX_BODY (64 * 1024)

static gpointer
read_state (EhcpAnswer *answer, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BODY, NULL);

  if (object == NULL || !json_object_has_member (object, "is_on"))
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer does not say whether there is an authenticator");
      return NULL;
    }
  return ehcp_json_get_bool (object, "is_on") ? "on" : "off";
}

static gpointer
read_offer (EhcpAnswer *answer, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BODY, NULL);
  g_autoptr (EhcpAuthenticator) offer =
      object != NULL ? ehcp_authenticator_parse (object, NULL, answer->server_now) : NULL;

  if (offer != NULL && offer->secret != NULL && offer->uri != NULL)
    return g_steal_pointer (&offer);
  ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer has no secret");
  return NULL;
}

static gpointer
read_done (EhcpAnswer *answer, GError **error)
{
  return "done";
}

/**
 * ehcp_link_look_at_authenticator_async:
 * @link: the link, signed in
 * @cancellable: (nullable): ends the wait
 * @callback: called with the answer
 * @data: for @callback
 *
 * Asks whether a sign-in of this account asks for the code of an app. Nothing of it is kept for when the line is down.
 */
void
ehcp_link_look_at_authenticator_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_look_at_authenticator_async, cancellable, callback, data);

  ehcp_link_call (link, task, "GET", g_strdup ("/v1/authenticator"), NULL, read_state, NULL);
}

/** ehcp_link_look_at_authenticator_finish: Fills @is_on. Returns: %FALSE with an error, also %EHCP_ERROR_OFFLINE. */
gboolean
ehcp_link_look_at_authenticator_finish (EhcpLink *link, GAsyncResult *result, gboolean *is_on, GError **error)
{
  const char *state = ehcp_link_take_pointer (link, result, error);

  *is_on = g_strcmp0 (state, "on") == 0;
  return state != NULL;
}

/** ehcp_link_set_up_authenticator_async: Asks for the secret of a new app; @email and @password: the account's, as to
 * sign in, because somebody else may sit at an open program. */
void
ehcp_link_set_up_authenticator_async (EhcpLink *link, const char *email, const char *password,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_set_up_authenticator_async, cancellable, callback, data);
  EhcpRecord *body = ehcp_record_new (ehcp_body_get_shape (EHCP_BODY_SIGN_IN));

  ehcp_record_set_text (body, "email", email);
  ehcp_record_set_text (body, "password", password);
  ehcp_link_call (link, task, "POST", g_strdup ("/v1/authenticator"), body, read_offer,
                  (GDestroyNotify) ehcp_authenticator_free);
}

/** ehcp_link_set_up_authenticator_finish: Returns: (transfer full): secret and URI, neither %NULL, which count once a code
 * switched them on; or %NULL with %EHCP_ERROR_WRONG_CREDENTIALS, %EHCP_ERROR_CONFLICT when there is an app,
 * %EHCP_ERROR_NOT_ALLOWED for staff, or another error. */
EhcpAuthenticator *
ehcp_link_set_up_authenticator_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error);
}

/** ehcp_link_switch_authenticator_async: Switches the app that was set up on, or the account's off; @code: as typed. */
void
ehcp_link_switch_authenticator_async (EhcpLink *link, const char *code, gboolean is_on, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_switch_authenticator_async, cancellable, callback, data);
  EhcpRecord *body = ehcp_record_new (ehcp_body_get_shape (EHCP_BODY_CODE));
  g_autofree char *digits = ehcp_link_take_digits (code);

  ehcp_record_set_text (body, "code", digits);
  ehcp_link_call (link, task, "POST", g_strdup (is_on ? "/v1/authenticator/on" : "/v1/authenticator/off"), body, read_done,
                  NULL);
}

/** ehcp_link_switch_authenticator_finish: Returns: whether it is done, and all other sessions ended; otherwise
 * %EHCP_ERROR_WRONG_CODE, %EHCP_ERROR_EXPIRED, %EHCP_ERROR_TOO_MANY or another error. */
gboolean
ehcp_link_switch_authenticator_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error) != NULL;
}
