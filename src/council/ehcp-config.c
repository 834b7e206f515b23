/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the council's configuration: one flat table of keys, each with its reader. A key or group
 * that the table lacks is an error, so that a slip of the pen never switches a setting off in
 * silence. */
#include "ehcp-config.h"

#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

#define MIB (1024u * 1024u)
#define MAX_TEXT 200

/* Checks @text and stores it at @member; FALSE with *why for a value that cannot be. */
typedef gboolean (*ReadFunc) (const char *text, const char *folder, gpointer member, char **why);

typedef struct
{
  const char *group;
  const char *key;
  ReadFunc read;
  gsize member;
  const char *fallback; /* NULL: optional */
  gboolean is_required;
} Key;

static gboolean
refuse (char **why, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  *why = g_strdup_vprintf (format, args);
  va_end (args);
  return FALSE;
}

static gboolean
read_line (const char *text, const char *folder, gpointer member, char **why)
{
  if (!g_utf8_validate (text, -1, NULL) || !ehcp_text_is_clean (text, TRUE))
    return refuse (why, "has control characters");
  if (g_utf8_strlen (text, -1) > MAX_TEXT)
    return refuse (why, "is longer than %d characters", MAX_TEXT);
  *(char **) member = g_strdup (text);
  return TRUE;
}

static gboolean
read_email (const char *text, const char *folder, gpointer member, char **why)
{
  if (!ehcp_text_is_email (text))
    return refuse (why, "is not an e-mail address");
  *(char **) member = g_strdup (text);
  return TRUE;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0 ||
         (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
read_url (const char *text, const char *folder, gpointer member, char **why)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  char *url;

  if (host == NULL || *host == '\0' ||
      (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0))
    return refuse (why, "is not an address such as https://send.wyreshire.example");
  if (strcmp (scheme, "http") == 0 && !is_loopback (host))
    return refuse (why, "has to begin with https: http is for this computer only");
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL ||
      g_uri_get_userinfo (uri) != NULL)
    return refuse (why, "has more than scheme, host, port and path");
  url = g_strdup (text);
  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  *(char **) member = url;
  return TRUE;
}

static gboolean
read_path (const char *text, const char *folder, gpointer member, char **why)
{
  *(char **) member = g_canonicalize_filename (text, folder);
  return TRUE;
}

static gboolean
read_secret (const char *text, const char *folder, gpointer member, char **why)
{
  g_autofree char *path = g_canonicalize_filename (text, folder);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  if (!g_file_get_contents (path, &content, NULL, &error))
    return refuse (why, "cannot be read: %s", error->message);
  *(char **) member = g_strchomp (content);
  return **(char **) member != '\0' || refuse (why, "names an empty file");
}

static gboolean
read_clamd (const char *text, const char *folder, gpointer member, char **why)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 3);

  if (!g_regex_match_simple ("^(unix:/.+|tcp:[^:]+:[0-9]{1,5})$", text, 0, 0))
    return refuse (why, "is not unix:/path/of/the/socket or tcp:host:port");
  /* clamd knows neither passwords nor encryption. */
  if (strcmp (parts[0], "tcp") == 0 && !is_loopback (parts[1]))
    return refuse (why, "is another computer: documents would go there in clear");
  *(char **) member = g_strdup (text);
  return TRUE;
}

static gboolean
read_megabytes (const char *text, const char *folder, gpointer member, char **why)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 50, 1024 * 1024, &number, NULL))
    return refuse (why, "is not a number from 50 to 1048576");
  *(guint *) member = (guint) number;
  return TRUE;
}

static gboolean
read_prefix (const char *text, const char *folder, gpointer member, char **why)
{
  if (!g_regex_match_simple ("^[A-Z][A-Z0-9]{0,7}$", text, 0, 0))
    return refuse (why, "is not 1 to 8 capital letters and digits");
  *(char **) member = g_strdup (text);
  return TRUE;
}

static gboolean
read_address (const char *text, const char *folder, gpointer member, char **why)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  if (address == NULL)
    return refuse (why, "is not an IP address such as 127.0.0.1");
  *(char **) member = g_strdup (text);
  return TRUE;
}

static gboolean
read_list (const char *text, const char *folder, gpointer member, char **why)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) == '\0')
        continue;
      if (!ehcp_text_is_clean (parts[i], TRUE) || g_utf8_strlen (parts[i], -1) > 100)
        return refuse (why, "has an entry that is longer than 100 characters");
      g_strv_builder_add (builder, parts[i]);
      n++;
    }
  if (n == 0 || n > 50)
    return refuse (why, "needs 1 to 50 entries, with a semicolon after each");
  *(char ***) member = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_number (const char *text, guint min, guint max, guint unit, guint *member, char **why)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    return refuse (why, "is not a whole number from %u to %u", min, max);
  *member = (guint) value * unit;
  return TRUE;
}

#define NUMBER_READER(name, min, max, unit)                                                        \
  static gboolean name (const char *text, const char *folder, gpointer member, char **why)         \
  {                                                                                                \
    return read_number (text, min, max, unit, member, why);                                        \
  }

NUMBER_READER (read_port, 0, 65535, 1)
NUMBER_READER (read_threads, 1, 64, 1)
NUMBER_READER (read_connections, 16, 100000, 1)
NUMBER_READER (read_idle_minutes, 5, 129600, 60)
NUMBER_READER (read_days, 1, 90, 86400)
NUMBER_READER (read_hours, 1, 90 * 24, 3600)
NUMBER_READER (read_resend, 1, 600, 1)

static gboolean
read_bool (const char *text, const char *folder, gpointer member, char **why)
{
  if (strcmp (text, "yes") != 0 && strcmp (text, "no") != 0)
    return refuse (why, "is neither yes nor no");
  *(gboolean *) member = strcmp (text, "yes") == 0;
  return TRUE;
}

static gboolean
read_transport (const char *text, const char *folder, gpointer member, char **why)
{
  if (strcmp (text, "folder") != 0 && strcmp (text, "smtp") != 0)
    return refuse (why, "is neither smtp nor folder");
  *(EhcpMailTransport *) member = strcmp (text, "smtp") == 0 ? EHCP_MAIL_SMTP : EHCP_MAIL_FOLDER;
  return TRUE;
}

static gboolean
read_security (const char *text, const char *folder, gpointer member, char **why)
{
  static const char *const names[] = { "none", "starttls", "tls", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (text, names[i]) == 0)
      {
        *(EhcpSmtpSecurity *) member = i;
        return TRUE;
      }
  return refuse (why, "is none of starttls, tls and none");
}

#define AT(member) G_STRUCT_OFFSET (EhcpConfig, member)
#define MESSAGE_TYPES                                                                              \
  "Question about my child’s case;Question about a document;Schools and placements;"             \
  "Meetings and appointments;Changes to our details;Something else;"

static const Key keys[] = {
  { "council", "name", read_line, AT (name), NULL, TRUE },
  { "council", "team", read_line, AT (team), "SEND Assessment Team", FALSE },
  { "council", "telephone", read_line, AT (telephone), NULL, FALSE },
  { "council", "email", read_email, AT (email), NULL, TRUE },
  { "council", "hours", read_line, AT (hours), NULL, FALSE },
  { "council", "url", read_url, AT (url), NULL, TRUE },
  { "council", "reference-prefix", read_prefix, AT (reference_prefix), "EHC", FALSE },
  { "council", "data-dir", read_path, AT (data_dir), "data", FALSE },
  { "council", "message-types", read_list, AT (message_types), MESSAGE_TYPES, FALSE },
  { "server", "address", read_address, AT (address), "127.0.0.1", FALSE },
  { "server", "port", read_port, AT (port), "8080", FALSE },
  { "server", "threads", read_threads, AT (n_threads), NULL, FALSE },
  { "server", "connections", read_connections, AT (n_connections), "12000", FALSE },
  { "server", "forwarded-for", read_bool, AT (believes_forwarded), NULL, FALSE },
  { "server", "in-clear", read_bool, AT (may_be_in_clear), NULL, FALSE },
  { "operations", "address", read_address, AT (operations_address), "127.0.0.1", FALSE },
  { "operations", "port", read_port, AT (operations_port), "0", FALSE },
  { "mail", "transport", read_transport, AT (mail_transport), NULL, TRUE },
  { "mail", "folder", read_path, AT (mail_folder), NULL, FALSE },
  { "mail", "host", read_line, AT (mail_host), NULL, FALSE },
  { "mail", "port", read_port, AT (mail_port), NULL, FALSE },
  { "mail", "security", read_security, AT (mail_security), "starttls", FALSE },
  { "mail", "user", read_line, AT (mail_user), NULL, FALSE },
  { "mail", "password-file", read_secret, AT (mail_password), NULL, FALSE },
  { "mail", "ca-file", read_path, AT (mail_ca_file), NULL, FALSE },
  { "mail", "from", read_email, AT (mail_from), NULL, FALSE },
  { "audit", "mail", read_email, AT (audit_mail), NULL, FALSE },
  { "files", "clamd", read_clamd, AT (clamd), NULL, FALSE },
  { "files", "case-megabytes", read_megabytes, AT (case_megabytes), "2048", FALSE },
  { "forms", "dir", read_path, AT (forms_dir), EHCP_DATADIR "/forms", FALSE },
  { "schools", "file", read_path, AT (schools_file), NULL, FALSE },
  { "stage-text", "file", read_path, AT (stage_text_file), EHCP_DATADIR "/stage-text/stages.json",
    FALSE },
  { "sessions", "idle-minutes", read_idle_minutes, AT (session_idle_s), "20160", FALSE },
  { "sessions", "days", read_days, AT (session_max_s), "30", FALSE },
  { "sessions", "staff-idle-minutes", read_idle_minutes, AT (staff_idle_s), "30", FALSE },
  { "sessions", "staff-hours", read_hours, AT (staff_max_s), "12", FALSE },
  { "staff", "key-file", read_path, AT (staff_key_file), NULL, FALSE },
  { "staff", "authenticator-name", read_line, AT (staff_issuer), NULL, FALSE },
  { "codes", "resend-seconds", read_resend, AT (sign_in_resend_s), "30", FALSE },
};

static gboolean
is_known (const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].group, group) == 0 && (key == NULL || strcmp (keys[i].key, key) == 0))
      return TRUE;
  return FALSE;
}

static gboolean
check_known (GKeyFile *file, const char *path, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_key_file_get_keys (file, groups[i], NULL, NULL);

      if (!is_known (groups[i], NULL))
        {
          ehcp_set_error (error, EHCP_ERROR_UNKNOWN_FIELD, NULL, "%s: there is no group [%s]", path,
                          groups[i]);
          return FALSE;
        }
      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        if (!is_known (groups[i], names[j]))
          {
            ehcp_set_error (error, EHCP_ERROR_UNKNOWN_FIELD, NULL, "%s: [%s] has no key “%s”", path,
                            groups[i], names[j]);
            return FALSE;
          }
    }
  return TRUE;
}

static gboolean
refuse_key (const char *path, const char *group, const char *key, const char *why, GError **error)
{
  ehcp_set_error (error, EHCP_ERROR_RANGE, NULL, "%s: [%s] %s %s", path, group, key, why);
  return FALSE;
}

/* GLib warns of its own when two escapes in a value are wrong, so they are looked at first. */
static gboolean
has_stray_backslash (const char *value)
{
  for (const char *c = strchr (value, '\\'); c != NULL; c = strchr (c + 2, '\\'))
    if (c[1] == '\0' || strchr ("sntr\\", c[1]) == NULL)
      return TRUE;
  return FALSE;
}

static gboolean
read_key (EhcpConfig *config, const Key *key, GKeyFile *file, const char *path, const char *folder,
          GError **error)
{
  g_autofree char *value = g_key_file_get_value (file, key->group, key->key, NULL);
  g_autofree char *text = value == NULL || has_stray_backslash (value)
                              ? NULL
                              : g_key_file_get_string (file, key->group, key->key, NULL);
  g_autofree char *why = NULL;

  if (text == NULL && value != NULL)
    return refuse_key (path, key->group, key->key, "is not UTF-8, or has a stray backslash", error);
  if (text == NULL)
    text = g_strdup (key->fallback);
  if (text == NULL && key->is_required)
    return refuse_key (path, key->group, key->key, "is missing", error);
  if (text == NULL)
    return TRUE;
  if (*g_strstrip (text) == '\0')
    return refuse_key (path, key->group, key->key, "is empty", error);
  return key->read (text, folder, (char *) config + key->member, &why) ||
         refuse_key (path, key->group, key->key, why, error);
}

static gboolean
check_smtp (EhcpConfig *config, const char *path, GError **error)
{
  static const guint ports[] = { 25, 587, 465 };

  if (config->mail_host == NULL)
    return refuse_key (path, "mail", "host", "is missing", error);
  if (config->mail_security == EHCP_SMTP_NONE && !is_loopback (config->mail_host))
    return refuse_key (path, "mail", "security",
                       "cannot be none: only a relay on this computer goes without encryption",
                       error);
  if ((config->mail_user == NULL) != (config->mail_password == NULL))
    return refuse_key (path, "mail", config->mail_user == NULL ? "user" : "password-file",
                       "is missing: user and password-file go together", error);
  if (config->mail_port == 0)
    config->mail_port = ports[config->mail_security];
  return TRUE;
}

/* On this computer's own address only a proxy calls, for everybody: without its word all senders
 * would be one. */
static void
decide_forwarded (EhcpConfig *config, GKeyFile *file)
{
  if (!g_key_file_has_key (file, "server", "forwarded-for", NULL))
    config->believes_forwarded = is_loopback (config->address);
}

static gboolean
check_together (EhcpConfig *config, const char *path, GError **error)
{
  if (config->mail_transport == EHCP_MAIL_SMTP && !check_smtp (config, path, error))
    return FALSE;
  if (config->mail_transport == EHCP_MAIL_FOLDER && config->mail_folder == NULL)
    return refuse_key (path, "mail", "folder", "is missing", error);
  /* HTTPS is the proxy's. A line to it that leaves this computer shows what families write to whoever listens. */
  if (!config->may_be_in_clear && !is_loopback (config->address))
    return refuse_key (path, "server", "address", "is not of this computer alone: in-clear=yes if the line is guarded", error);
  if (!config->may_be_in_clear && config->operations_port != 0 && !is_loopback (config->operations_address))
    return refuse_key (path, "operations", "address",
                       "is not of this computer alone: in-clear=yes in [server] if the line is guarded", error);
  if (config->operations_port != 0 && config->operations_port == config->port &&
      strcmp (config->operations_address, config->address) == 0)
    return refuse_key (path, "operations", "port", "is the port of [server]", error);
  if (config->session_idle_s > config->session_max_s)
    return refuse_key (path, "sessions", "idle-minutes", "is longer than days", error);
  if (config->staff_idle_s > config->staff_max_s)
    return refuse_key (path, "sessions", "staff-idle-minutes", "is longer than staff-hours", error);
  return TRUE;
}

static void
set_derived (EhcpConfig *config)
{
  if (config->mail_from == NULL)
    config->mail_from = g_strdup (config->email);
  if (config->n_threads == 0)
    config->n_threads = CLAMP (g_get_num_processors (), 1, 8);
  config->password_memory = 64 * MIB;
  config->password_passes = 3;
  config->answer_beat_ms = 250;
}

/** ehcp_config_get_idle_s: Returns: after how many seconds without use a session ends. Any thread. */
guint
ehcp_config_get_idle_s (const EhcpConfig *config, gboolean is_staff)
{
  if (!is_staff)
    return config->session_idle_s;
  return config->staff_idle_s > 0 ? config->staff_idle_s : 30 * 60;
}

/** ehcp_config_get_max_s: Returns: after how many seconds a session ends in any case. Any thread. */
guint
ehcp_config_get_max_s (const EhcpConfig *config, gboolean is_staff)
{
  if (!is_staff)
    return config->session_max_s;
  return config->staff_max_s > 0 ? config->staff_max_s : 12 * 3600;
}

/**
 * ehcp_config_load:
 * @path: the configuration file; relative paths in it are relative to its folder
 * @error: return location
 *
 * Returns: (transfer full): every setting, checked, with the defaults filled in; or %NULL with a
 * message that names the file, the group and the key: %EHCP_ERROR_UNKNOWN_FIELD for a key or group
 * that does not exist, %EHCP_ERROR_RANGE for a value that cannot be, and those of
 * g_key_file_load_from_file(). Any thread.
 */
EhcpConfig *
ehcp_config_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (EhcpConfig) config = g_new0 (EhcpConfig, 1);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (!check_known (file, path, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!read_key (config, &keys[i], file, path, folder, error))
      return NULL;
  if (!check_together (config, path, error))
    return NULL;
  decide_forwarded (config, file);
  set_derived (config);
  return g_steal_pointer (&config);
}

/** ehcp_config_free: Gives it back; the relay's password is wiped. */
void
ehcp_config_free (EhcpConfig *config)
{
  if (config->mail_password != NULL)
    explicit_bzero (config->mail_password, strlen (config->mail_password));
  g_free (config->name);
  g_free (config->team);
  g_free (config->telephone);
  g_free (config->email);
  g_free (config->hours);
  g_free (config->url);
  g_free (config->reference_prefix);
  g_free (config->data_dir);
  g_free (config->clamd);
  g_strfreev (config->message_types);
  g_free (config->address);
  g_free (config->operations_address);
  g_free (config->mail_folder);
  g_free (config->mail_host);
  g_free (config->mail_user);
  g_free (config->mail_password);
  g_free (config->mail_ca_file);
  g_free (config->mail_from);
  g_free (config->audit_mail);
  g_free (config->forms_dir);
  g_free (config->schools_file);
  g_free (config->stage_text_file);
  g_free (config->staff_key_file);
  g_free (config->staff_issuer);
  g_free (config);
}
