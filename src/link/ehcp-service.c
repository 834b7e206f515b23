/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a council says of itself, read from its answer; and the small answers of the sign-in routes. */
#include "ehcp-service.h"

#include "ehcp-error.h"
#include "ehcp-json.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_BODY (256 * 1024)
#define DEFAULT_MAX_FILE_BYTES (50 * 1024 * 1024)
#define DEFAULT_MIN_PASSWORD 12
#define DEFAULT_MAX_PASSWORD 128

struct _EhcpService
{
  GObject parent_instance;
  char *name;
  char *team;
  char *telephone;
  char *email;
  char *hours;
  int min_password_length;
  int max_password_length;
  gint64 max_file_bytes;
};

enum
{
  PROP_NAME = 1,
  PROP_TEAM,
  PROP_TELEPHONE,
  PROP_EMAIL,
  PROP_HOURS,
  PROP_MIN_PASSWORD_LENGTH,
  PROP_MAX_PASSWORD_LENGTH,
  PROP_MAX_FILE_BYTES,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpService, ehcp_service, G_TYPE_OBJECT)

static void
ehcp_service_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpService *service = EHCP_SERVICE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, service->name);
      break;
    case PROP_TEAM:
      g_value_set_string (value, service->team);
      break;
    case PROP_TELEPHONE:
      g_value_set_string (value, service->telephone);
      break;
    case PROP_EMAIL:
      g_value_set_string (value, service->email);
      break;
    case PROP_HOURS:
      g_value_set_string (value, service->hours);
      break;
    case PROP_MIN_PASSWORD_LENGTH:
      g_value_set_int (value, service->min_password_length);
      break;
    case PROP_MAX_PASSWORD_LENGTH:
      g_value_set_int (value, service->max_password_length);
      break;
    case PROP_MAX_FILE_BYTES:
      g_value_set_int64 (value, service->max_file_bytes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ehcp_service_finalize (GObject *object)
{
  EhcpService *service = EHCP_SERVICE (object);

  g_clear_pointer (&service->name, g_free);
  g_clear_pointer (&service->team, g_free);
  g_clear_pointer (&service->telephone, g_free);
  g_clear_pointer (&service->email, g_free);
  g_clear_pointer (&service->hours, g_free);
  G_OBJECT_CLASS (ehcp_service_parent_class)->finalize (object);
}

static void
ehcp_service_class_init (EhcpServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ehcp_service_get_property;
  object_class->finalize = ehcp_service_finalize;
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_TEAM] = g_param_spec_string ("team", NULL, NULL, NULL, flags);
  props[PROP_TELEPHONE] = g_param_spec_string ("telephone", NULL, NULL, NULL, flags);
  props[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  props[PROP_HOURS] = g_param_spec_string ("hours", NULL, NULL, NULL, flags);
  props[PROP_MIN_PASSWORD_LENGTH] =
      g_param_spec_int ("min-password-length", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_MAX_PASSWORD_LENGTH] =
      g_param_spec_int ("max-password-length", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_MAX_FILE_BYTES] =
      g_param_spec_int64 ("max-file-bytes", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ehcp_service_init (EhcpService *service)
{
}

static int
get_int (JsonObject *object, const char *name, int otherwise)
{
  gint64 value = object != NULL ? ehcp_json_get_int (object, name) : 0;

  return value > 0 && value <= G_MAXINT ? (int) value : otherwise;
}

/* What stands on a screen as one line must be one: the council's name is not ours to trust. */
static char *
dup_line (JsonObject *object, const char *name)
{
  const char *text = ehcp_json_get_text (object, name);

  return text != NULL && ehcp_text_is_clean (text, TRUE) ? g_strdup (text) : g_strdup ("");
}

/**
 * ehcp_service_parse:
 * @body: the answer to GET /v1/service
 * @error: return location
 *
 * Any thread.
 *
 * Returns: (transfer full): what it says; limits that are missing have the protocol's values; or %NULL
 *   with %EHCP_ERROR_FAILED when this is not the answer of a council
 */
EhcpService *
ehcp_service_parse (GBytes *body, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BODY, NULL);
  g_autoptr (EhcpService) service = NULL;
  JsonObject *limits, *password;

  if (object == NULL || ehcp_json_get_text (object, "name") == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "this is not the answer of a council");
      return NULL;
    }
  limits = ehcp_json_get_object (object, "limits");
  password = ehcp_json_get_object (object, "password");
  service = g_object_new (EHCP_TYPE_SERVICE, NULL);
  service->name = dup_line (object, "name");
  service->team = dup_line (object, "team");
  service->telephone = dup_line (object, "telephone");
  service->email = dup_line (object, "email");
  service->hours = dup_line (object, "hours");
  service->min_password_length = get_int (password, "min", DEFAULT_MIN_PASSWORD);
  service->max_password_length = get_int (password, "max", DEFAULT_MAX_PASSWORD);
  service->max_file_bytes = get_int (limits, "file_bytes", DEFAULT_MAX_FILE_BYTES);
  return g_steal_pointer (&service);
}

/** ehcp_service_get_name: Returns: (transfer none): such as "Wyreshire Council". */
const char *
ehcp_service_get_name (EhcpService *service)
{
  return service->name;
}

/** ehcp_service_get_team: Returns: (transfer none): such as "SEND Assessment Team"; "" for none. */
const char *
ehcp_service_get_team (EhcpService *service)
{
  return service->team;
}

/** ehcp_service_get_telephone: Returns: (transfer none): as it is printed; "" for none. */
const char *
ehcp_service_get_telephone (EhcpService *service)
{
  return service->telephone;
}

/** ehcp_service_get_email: Returns: (transfer none): the team's address; "" for none. */
const char *
ehcp_service_get_email (EhcpService *service)
{
  return service->email;
}

/** ehcp_service_get_hours: Returns: (transfer none): when the team can be reached, in words; "". */
const char *
ehcp_service_get_hours (EhcpService *service)
{
  return service->hours;
}

/** ehcp_service_get_min_password_length: Returns: characters, 1 or more. */
int
ehcp_service_get_min_password_length (EhcpService *service)
{
  return service->min_password_length;
}

/** ehcp_service_get_max_password_length: Returns: characters, 1 or more. */
int
ehcp_service_get_max_password_length (EhcpService *service)
{
  return service->max_password_length;
}

/** ehcp_service_get_max_file_bytes: Returns: the most that one file may have, in bytes. */
gint64
ehcp_service_get_max_file_bytes (EhcpService *service)
{
  return service->max_file_bytes;
}

/**
 * ehcp_code_sent_parse:
 * @body: the answer to a registration, a sign-in, a reset or a resend
 * @server_now: the server's clock when it answered, s since 1970: both times are counted from it, because
 *   the clocks of family computers are often wrong
 * @error: return location
 *
 * Returns: (transfer full): the struct, or %NULL with %EHCP_ERROR_FAILED. Any thread.
 */
EhcpCodeSent *
ehcp_code_sent_parse (GBytes *body, gint64 server_now, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BODY, NULL);
  const char *id = object != NULL ? ehcp_json_get_text (object, "id") : NULL;
  g_autoptr (EhcpCodeSent) sent = NULL;

  if (id == NULL || !ehcp_text_is_id (id))
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer has no id");
      return NULL;
    }
  sent = g_new0 (EhcpCodeSent, 1);
  sent->id = g_strdup (id);
  sent->sent_to = dup_line (object, "sent_to");
  sent->expires_in_s =
      MAX (0, ehcp_time_parse (ehcp_json_get_text (object, "expires_at")) - server_now);
  sent->resend_after_s =
      MAX (0, ehcp_time_parse (ehcp_json_get_text (object, "resend_after")) - server_now);
  return g_steal_pointer (&sent);
}

/** ehcp_code_sent_copy: Returns: (transfer full): the same again. */
EhcpCodeSent *
ehcp_code_sent_copy (const EhcpCodeSent *sent)
{
  EhcpCodeSent *copy = g_new0 (EhcpCodeSent, 1);

  *copy = *sent;
  copy->id = g_strdup (sent->id);
  copy->sent_to = g_strdup (sent->sent_to);
  return copy;
}

/** ehcp_code_sent_free: Gives it back. */
void
ehcp_code_sent_free (EhcpCodeSent *sent)
{
  g_clear_pointer (&sent->id, g_free);
  g_clear_pointer (&sent->sent_to, g_free);
  g_free (sent);
}

/** ehcp_device_free: Gives it back. */
void
ehcp_device_free (EhcpDevice *device)
{
  g_clear_pointer (&device->id, g_free);
  g_clear_pointer (&device->device, g_free);
  g_clear_pointer (&device->signed_in_at, g_free);
  g_clear_pointer (&device->last_used_at, g_free);
  g_free (device);
}

/** ehcp_authenticator_parse: Returns: (transfer full) (nullable): what is asked for; %NULL when the answer asks for
 * nothing. Any thread. */
EhcpAuthenticator *
ehcp_authenticator_parse (JsonObject *answer, const char *sign_in_id, gint64 server_now)
{
  JsonObject *asked = ehcp_json_get_object (answer, "authenticator");
  EhcpAuthenticator *authenticator;

  if (asked == NULL)
    return NULL;
  authenticator = g_new0 (EhcpAuthenticator, 1);
  authenticator->sign_in_id = g_strdup (sign_in_id);
  if (ehcp_json_get_bool (asked, "is_new"))
    {
      authenticator->secret = dup_line (asked, "secret");
      authenticator->uri = dup_line (asked, "uri");
    }
  authenticator->expires_in_s =
      MAX (0, ehcp_time_parse (ehcp_json_get_text (answer, "expires_at")) - server_now);
  return authenticator;
}

/** ehcp_authenticator_free: Wipes the secret. */
void
ehcp_authenticator_free (EhcpAuthenticator *authenticator)
{
  if (authenticator->secret != NULL)
    explicit_bzero (authenticator->secret, strlen (authenticator->secret));
  if (authenticator->uri != NULL)
    explicit_bzero (authenticator->uri, strlen (authenticator->uri));
  g_clear_pointer (&authenticator->sign_in_id, g_free);
  g_clear_pointer (&authenticator->secret, g_free);
  g_clear_pointer (&authenticator->uri, g_free);
  g_free (authenticator);
}
