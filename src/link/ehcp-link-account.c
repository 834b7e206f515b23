/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account routes that leave the link as it is: registration, codes, passwords, devices. */
#include "ehcp-link-private.h"

#include "ehcp-json.h"
#include "ehcp-text.h"

#define MAX_BODY (256 * 1024)

static const char *const flow_paths[] = {
  [EHCP_FLOW_REGISTRATION] = "/v1/registrations",
  [EHCP_FLOW_SIGN_IN] = "/v1/sign-ins",
  [EHCP_FLOW_PASSWORD_RESET] = "/v1/password-resets",
};

static gpointer
read_nothing (EhcpAnswer *answer, GError **error)
{
  return GINT_TO_POINTER (TRUE);
}

static gpointer
read_code_sent (EhcpAnswer *answer, GError **error)
{
  return ehcp_code_sent_parse (answer->body, answer->server_now, error);
}

static gpointer
read_service (EhcpAnswer *answer, GError **error)
{
  return ehcp_service_parse (answer->body, error);
}

/* "Your code is 123 456" holds the code. */
char *
ehcp_link_take_digits (const char *typed)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return digits->len > 0 ? g_strdup (digits->str) : ehcp_text_strip_code (typed);
}

/* Fields of a body, as pairs of a name and a text, then NULL. */
static EhcpRecord *
make_body (EhcpBody body, const char *field, ...)
{
  EhcpRecord *record = ehcp_record_new (ehcp_body_get_shape (body));
  va_list args;

  va_start (args, field);
  for (const char *name = field; name != NULL; name = va_arg (args, const char *))
    ehcp_record_set_text (record, name, va_arg (args, const char *));
  va_end (args);
  return record;
}

static gboolean
take_success (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error) != NULL;
}

/**
 * ehcp_link_fetch_service_async:
 * @link: the link
 * @cancellable: (nullable): ends the wait
 * @callback: called when it is there
 * @data: for @callback
 *
 * Asks what the council says of itself; needs no sign-in.
 */
void
ehcp_link_fetch_service_async (EhcpLink *link, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_fetch_service_async, cancellable, callback, data);

  ehcp_link_call (link, task, "GET", g_strdup ("/v1/service"), NULL, read_service, g_object_unref);
}

/** ehcp_link_fetch_service_finish: Returns: (transfer full): the answer, which is the property "service"
 * from now on; or %NULL with %EHCP_ERROR_OFFLINE, or %EHCP_ERROR_FAILED when this is no council. */
EhcpService *
ehcp_link_fetch_service_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  EhcpService *service = ehcp_link_take_pointer (link, result, error);

  if (service != NULL)
    ehcp_link_set_service (link, service);
  return service;
}

/** ehcp_link_register_async: Registers; @registration: a body of %EHCP_BODY_REGISTRATION, copied. */
void
ehcp_link_register_async (EhcpLink *link, EhcpRecord *registration, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_register_async, cancellable, callback, data);

  ehcp_link_call (link, task, "POST", g_strdup (flow_paths[EHCP_FLOW_REGISTRATION]),
                  ehcp_record_copy (registration), read_code_sent, (GDestroyNotify) ehcp_code_sent_free);
}

/** ehcp_link_register_finish: Returns: (transfer full): where the code went, the same whether or not the
 * address is known; or %NULL with a refusal whose field is at fault, or %EHCP_ERROR_OFFLINE. */
EhcpCodeSent *
ehcp_link_register_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error);
}

/** ehcp_link_verify_async: Ends a registration; @code: as typed, whatever stands around its digits. */
void
ehcp_link_verify_async (EhcpLink *link, const char *registration_id, const char *code,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_verify_async, cancellable, callback, data);
  g_autofree char *digits = ehcp_link_take_digits (code);

  ehcp_link_call (link, task, "POST", g_strdup_printf ("/v1/registrations/%s/verify", registration_id),
                  make_body (EHCP_BODY_CODE, "code", digits, NULL), read_nothing, NULL);
}

/** ehcp_link_verify_finish: Returns: whether the account is there now; otherwise %EHCP_ERROR_WRONG_CODE,
 * %EHCP_ERROR_EXPIRED or %EHCP_ERROR_OFFLINE. */
gboolean
ehcp_link_verify_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return take_success (link, result, error);
}

/** ehcp_link_resend_async: Asks for another code; the one before stops working. */
void
ehcp_link_resend_async (EhcpLink *link, EhcpFlow flow, const char *id, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_resend_async, cancellable, callback, data);

  ehcp_link_call (link, task, "POST", g_strdup_printf ("%s/%s/resend", flow_paths[flow], id), NULL,
                  read_code_sent, (GDestroyNotify) ehcp_code_sent_free);
}

/** ehcp_link_resend_finish: Returns: (transfer full): where it went; or %NULL, also with
 * %EHCP_ERROR_TOO_MANY. */
EhcpCodeSent *
ehcp_link_resend_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error);
}

/** ehcp_link_sign_in_async: Begins to sign in: a code is sent to the address. */
void
ehcp_link_sign_in_async (EhcpLink *link, const char *email, const char *password,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_sign_in_async, cancellable, callback, data);

  ehcp_link_take_typed (link, password);
  ehcp_link_call (link, task, "POST", g_strdup (flow_paths[EHCP_FLOW_SIGN_IN]),
                  make_body (EHCP_BODY_SIGN_IN, "email", email, "password", password, NULL),
                  read_code_sent, (GDestroyNotify) ehcp_code_sent_free);
}

/** ehcp_link_sign_in_finish: Returns: (transfer full): where the code went; or %NULL with
 * %EHCP_ERROR_WRONG_CREDENTIALS, the same for an unknown address, or another refusal. */
EhcpCodeSent *
ehcp_link_sign_in_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error);
}

/** ehcp_link_reset_password_async: Asks for a code to set a new password with. */
void
ehcp_link_reset_password_async (EhcpLink *link, const char *email, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_reset_password_async, cancellable, callback, data);

  ehcp_link_call (link, task, "POST", g_strdup (flow_paths[EHCP_FLOW_PASSWORD_RESET]),
                  make_body (EHCP_BODY_PASSWORD_RESET, "email", email, NULL), read_code_sent,
                  (GDestroyNotify) ehcp_code_sent_free);
}

/** ehcp_link_reset_password_finish: Returns: (transfer full): where the code went, if there is such an
 * account; or %NULL with an error. */
EhcpCodeSent *
ehcp_link_reset_password_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error);
}

/** ehcp_link_finish_reset_async: Sets the new password; every session of the account ends. */
void
ehcp_link_finish_reset_async (EhcpLink *link, const char *reset_id, const char *code,
                              const char *password, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_finish_reset_async, cancellable, callback, data);
  g_autofree char *digits = ehcp_link_take_digits (code);

  ehcp_link_call (link, task, "POST", g_strdup_printf ("/v1/password-resets/%s/finish", reset_id),
                  make_body (EHCP_BODY_PASSWORD_FINISH, "code", digits, "password", password, NULL),
                  read_nothing, NULL);
}

/** ehcp_link_finish_reset_finish: Returns: whether the password is set; otherwise a refusal, whose field
 * "/password" means that it is too short, too long or too common. */
gboolean
ehcp_link_finish_reset_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return take_success (link, result, error);
}

/** ehcp_link_finish_staff_link_async: Sets the first password of a staff account, with its one-use link's
 * code. */
void
ehcp_link_finish_staff_link_async (EhcpLink *link, const char *code, const char *password,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_finish_staff_link_async, cancellable, callback, data);

  ehcp_link_call (link, task, "POST", g_strdup ("/v1/staff-links/finish"),
                  make_body (EHCP_BODY_PASSWORD_FINISH, "code", code, "password", password, NULL),
                  read_nothing, NULL);
}

/** ehcp_link_finish_staff_link_finish: Returns: whether the password is set; as for a reset. */
gboolean
ehcp_link_finish_staff_link_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return take_success (link, result, error);
}

/** ehcp_link_change_password_async: Changes the password; every other session of the account ends. */
void
ehcp_link_change_password_async (EhcpLink *link, const char *password, const char *new_password,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_change_password_async, cancellable, callback, data);

  ehcp_link_take_typed (link, new_password);
  ehcp_link_call (
      link, task, "POST", g_strdup ("/v1/password"),
      make_body (EHCP_BODY_PASSWORD_CHANGE, "password", password, "new_password", new_password, NULL),
      read_nothing, NULL);
}

/** ehcp_link_change_password_finish: Returns: whether it is changed; otherwise a refusal:
 * %EHCP_ERROR_WRONG_CREDENTIALS for the old one, "/new_password" for the new one. */
gboolean
ehcp_link_change_password_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  gboolean is_changed = take_success (link, result, error);

  if (is_changed)
    ehcp_link_renew_lock (link);
  ehcp_link_take_typed (link, NULL);
  return is_changed;
}

static EhcpDevice *
read_device (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  EhcpDevice *device;

  if (object == NULL || !ehcp_text_is_id (ehcp_json_get_text (object, "id")))
    return NULL;
  device = g_new0 (EhcpDevice, 1);
  device->id = g_strdup (ehcp_json_get_text (object, "id"));
  device->device = g_strdup (ehcp_json_get_text (object, "device"));
  device->signed_in_at = g_strdup (ehcp_json_get_text (object, "signed_in_at"));
  device->last_used_at = g_strdup (ehcp_json_get_text (object, "last_used_at"));
  device->is_this = ehcp_json_get_bool (object, "is_this");
  return device;
}

static gpointer
read_devices (EhcpAnswer *answer, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BODY, NULL);
  JsonArray *sessions = object != NULL ? ehcp_json_get_array (object, "sessions") : NULL;
  GPtrArray *devices;

  if (sessions == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer has no sessions");
      return NULL;
    }
  devices = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_device_free);
  for (guint i = 0; i < json_array_get_length (sessions); i++)
    {
      EhcpDevice *device = read_device (json_array_get_element (sessions, i));

      if (device != NULL)
        g_ptr_array_add (devices, device);
    }
  return devices;
}

/** ehcp_link_list_devices_async: Asks where this account is signed in. */
void
ehcp_link_list_devices_async (EhcpLink *link, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_list_devices_async, cancellable, callback, data);

  ehcp_link_call (link, task, "GET", g_strdup ("/v1/sessions"), NULL, read_devices,
                  (GDestroyNotify) g_ptr_array_unref);
}

/** ehcp_link_list_devices_finish: Returns: (transfer full): of #EhcpDevice, as the council orders them,
 * this one among them; or %NULL with an error. */
GPtrArray *
ehcp_link_list_devices_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return ehcp_link_take_pointer (link, result, error);
}

/** ehcp_link_end_device_async: Signs another device out. */
void
ehcp_link_end_device_async (EhcpLink *link, const char *session_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = ehcp_link_new_task (link, ehcp_link_end_device_async, cancellable, callback, data);

  ehcp_link_call (link, task, "DELETE", g_strdup_printf ("/v1/sessions/%s", session_id), NULL,
                  read_nothing, NULL);
}

/** ehcp_link_end_device_finish: Returns: whether it is signed out; otherwise %EHCP_ERROR_NOT_FOUND when it
 * was not signed in any more, or another error. */
gboolean
ehcp_link_end_device_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return take_success (link, result, error);
}
