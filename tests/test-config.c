/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The configuration file: what is good, and for each thing that is not, a message that names the
 * place. */
#include "ehcp-config.h"
#include "ehcp-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* The least that will do. */
static const char *const least[][3] = {
  { "council", "name", "Wyreshire Council" },
  { "council", "email", "send@wyreshire.example" },
  { "council", "url", "https://send.wyreshire.example" },
  { "mail", "transport", "smtp" },
  { "mail", "host", "relay.wyreshire.example" },
};

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("ehcp-config-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "council.conf", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autofree char *secret = g_build_filename (f->dir, "secret", NULL);

  g_remove (f->path);
  g_remove (secret);
  g_rmdir (f->dir);
  g_free (f->path);
  g_free (f->dir);
}

/* The least with one key set, or taken away (value NULL). */
static EhcpConfig *
load_with (Fixture *f, const char *group, const char *key, const char *value, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (least); i++)
    g_key_file_set_value (file, least[i][0], least[i][1], least[i][2]);
  if (group != NULL && value != NULL)
    g_key_file_set_value (file, group, key, value);
  else if (group != NULL)
    g_assert_true (g_key_file_remove_key (file, group, key, NULL));
  text = g_key_file_to_data (file, NULL, NULL);
  g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  return ehcp_config_load (f->path, error);
}

static void
test_defaults (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpConfig) config = load_with (f, NULL, NULL, NULL, &error);
  g_autofree char *data_dir = g_build_filename (f->dir, "data", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (config->name, ==, "Wyreshire Council");
  g_assert_cmpstr (config->mail_from, ==, "send@wyreshire.example");
  g_assert_cmpstr (config->data_dir, ==, data_dir);
  g_assert_cmpstr (config->address, ==, "127.0.0.1");
  g_assert_cmpuint (config->port, ==, 8080);
  g_assert_cmpuint (config->operations_port, ==, 0);
  g_assert_cmpuint (config->n_threads, >, 0);
  g_assert_cmpuint (config->sign_in_resend_s, ==, 30);
  g_assert_cmpuint (config->session_max_s, ==, 30 * 86400);
  g_assert_cmpuint (config->session_idle_s, ==, 14 * 86400);
  g_assert_cmpint (config->mail_security, ==, EHCP_SMTP_STARTTLS);
  g_assert_cmpuint (config->mail_port, ==, 587);
  g_assert_cmpuint (config->password_memory, ==, 64 * 1024 * 1024);
  g_assert_cmpuint (config->password_passes, ==, 3);
  g_assert_cmpuint (config->answer_beat_ms, ==, 250);
  g_assert_cmpuint (g_strv_length (config->message_types), >, 0);
  g_assert_true (config->believes_forwarded);
  g_assert_null (config->telephone);
  g_assert_null (config->hours);
}

/* Whether a header of the sender's is believed is never left to chance. */
static void
test_forwarded (Fixture *f, gconstpointer data)
{
  g_autoptr (EhcpConfig) far = load_with (f, "server", "in-clear", "yes\naddress=0.0.0.0", NULL);
  g_autoptr (EhcpConfig) near = load_with (f, "server", "address", "::1", NULL);
  g_autoptr (EhcpConfig) off = load_with (f, "server", "forwarded-for", "no", NULL);

  g_assert_nonnull (far);
  g_assert_false (far->believes_forwarded);
  g_assert_true (near->believes_forwarded);
  g_assert_false (off->believes_forwarded);
}

static void
test_example (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpConfig) config = ehcp_config_load (TEST_DATADIR "/council.conf.example", &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (config->reference_prefix, ==, "WY");

  /* The keys that show their defaults are right too. */
  g_assert_true (g_file_get_contents (TEST_DATADIR "/council.conf.example", &text, NULL, NULL));
  for (const char *p = text; (p = strstr (p, "\n#")) != NULL; p++)
    if (p[2] != ' ')
      g_assert_nonnull (strchr (p + 2, '='));
}

/* What the journey's walk writes, with ConfigParser. */
static void
test_walk (Fixture *f, gconstpointer data)
{
  static const char text[] =
      "[council]\nname=Wyreshire Council\nteam=SEND Assessment Team\ntelephone=01632 960 400\n"
      "email=send@wyreshire.example\nurl=http://127.0.0.1:4321/\nreference-prefix=WY\n"
      "hours=Monday to Thursday, 9:00 to 16:30\ndata-dir=inner/../data\n\n"
      "[server]\naddress=127.0.0.1\nport=4321\n\n"
      "[mail]\ntransport=smtp\nhost=127.0.0.1\nport=2525\nsecurity=none\nfrom=send@wyreshire."
      "example\n\n"
      "[forms]\ndir=/usr/share/forms\n\n[stage-text]\nfile=stages.json\n";
  g_autofree char *stages = g_build_filename (f->dir, "stages.json", NULL);
  g_autofree char *data_dir = g_build_filename (f->dir, "data", NULL);
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  config = ehcp_config_load (f->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config->url, ==, "http://127.0.0.1:4321");
  g_assert_cmpstr (config->data_dir, ==, data_dir);
  g_assert_cmpstr (config->forms_dir, ==, "/usr/share/forms");
  g_assert_cmpstr (config->stage_text_file, ==, stages);
  g_assert_cmpuint (config->port, ==, 4321);
  g_assert_cmpuint (config->mail_port, ==, 2525);
  g_assert_cmpint (config->mail_security, ==, EHCP_SMTP_NONE);
}

/* A group and a key, a value (NULL: taken away), and words of the message. */
static const char *const bad[][4] = {
  { "council", "name", NULL, "is missing" },
  { "council", "name", "", "is empty" },
  { "council", "name", "  ", "is empty" },
  { "council", "name", "a\\nb", "control characters" },
  { "council", "email", NULL, "is missing" },
  { "council", "email", "send", "not an e-mail address" },
  { "council", "url", NULL, "is missing" },
  { "council", "url", "send.wyreshire.example", "is not an address" },
  { "council", "url", "ftp://wyreshire.example", "is not an address" },
  { "council", "url", "http://wyreshire.example", "has to begin with https" },
  { "council", "url", "https://wyreshire.example/?a=1", "more than scheme" },
  { "council", "url", "https://me@wyreshire.example", "more than scheme" },
  { "council", "url", "https://wyreshire.example/#a", "more than scheme" },
  { "council", "reference-prefix", "wy", "capital letters" },
  { "council", "reference-prefix", "WYRESHIRE", "capital letters" },
  { "council", "message-types", ";;", "1 to 50 entries" },
  { "council", "colour", "red", "has no key" },
  { "council", "Name", "x", "has no key" },
  { "server", "address", "localhost", "not an IP address" },
  { "server", "address", "10.0.0.5", "in-clear=yes" },
  { "server", "in-clear", "perhaps", "neither yes nor no" },
  { "server", "port", "70000", "from 0 to 65535" },
  { "server", "port", "-1", "from 0 to 65535" },
  { "server", "port", "http", "from 0 to 65535" },
  { "server", "threads", "0", "from 1 to 64" },
  { "server", "threads", "65", "from 1 to 64" },
  { "server", "connections", "1", "from 16" },
  { "server", "forwarded-for", "maybe", "neither yes nor no" },
  { "operations", "port", "x", "not a whole number" },
  { "operations", "port", "8080", "is the port of [server]" },
  { "operations", "port", "9080\naddress=10.0.0.5", "in-clear=yes in [server]" },
  { "mail", "transport", NULL, "is missing" },
  { "mail", "transport", "pigeon", "neither smtp nor folder" },
  { "mail", "transport", "folder", "folder is missing" },
  { "mail", "host", NULL, "is missing" },
  { "mail", "security", "none", "cannot be none" },
  { "mail", "security", "maybe", "is none of" },
  { "mail", "user", "send", "go together" },
  { "mail", "password-file", "nowhere", "cannot be read" },
  { "mail", "from", "nobody", "not an e-mail address" },
  { "sessions", "idle-minutes", "4", "from 5" },
  { "sessions", "idle-minutes", "100000", "longer than days" },
  { "sessions", "days", "91", "from 1 to 90" },
  { "sessions", "staff-idle-minutes", "4", "from 5" },
  { "sessions", "staff-idle-minutes", "721", "longer than staff-hours" },
  { "sessions", "staff-hours", "0", "from 1" },
  { "staff", "authenticator", "off", "no key" },
  { "files", "clamd", "/run/clamd", "is not unix:" },
  { "files", "clamd", "tcp:scanner.wyreshire.example:3310", "another computer" },
  { "files", "clamd", "tcp:127.evil.example:3310", "another computer" },
  { "council", "name", "Wyre\\ishire\\", "stray backslash" },
  { "codes", "resend-seconds", "0", "from 1 to 600" },
  { "post", "host", "x", "no group [post]" },
};

static void
test_bad (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EhcpConfig) config = load_with (f, bad[i][0], bad[i][1], bad[i][2], &error);
      g_autofree char *group = g_strdup_printf ("[%s]", bad[i][0]);

      g_test_message ("[%s] %s=%s", bad[i][0], bad[i][1], bad[i][2]);
      g_assert_null (config);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, bad[i][3]));
      g_assert_nonnull (strstr (error->message, group));
      g_assert_true (g_str_has_prefix (error->message, f->path));
    }
}

static void
test_secret (Fixture *f, gconstpointer data)
{
  static const char text[] =
      "[council]\nname=W\nemail=s@w.example\nurl=https://w.example\n"
      "[mail]\ntransport=smtp\nhost=relay.example\nuser=send\npassword-file=secret\n";
  g_autofree char *secret = g_build_filename (f->dir, "secret", NULL);
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  g_assert_true (g_file_set_contents (secret, "hush hush\n", -1, NULL));
  config = ehcp_config_load (f->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config->mail_password, ==, "hush hush");
  g_clear_pointer (&config, ehcp_config_free);

  g_assert_true (g_file_set_contents (secret, "\n", -1, NULL));
  config = ehcp_config_load (f->path, &error);
  g_assert_null (config);
  g_assert_nonnull (strstr (error->message, "empty file"));
}

static void
test_unreadable (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpConfig) config = ehcp_config_load (f->path, &error);

  g_assert_null (config);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_true (g_str_has_prefix (error->message, f->path));
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (f->path, "name=Wyreshire\n", -1, NULL));
  config = ehcp_config_load (f->path, &error);
  g_assert_null (config);
  g_assert_true (g_str_has_prefix (error->message, f->path));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/config/defaults", Fixture, NULL, set_up, test_defaults, tear_down);
  g_test_add ("/config/forwarded", Fixture, NULL, set_up, test_forwarded, tear_down);
  g_test_add_func ("/config/example", test_example);
  g_test_add ("/config/walk", Fixture, NULL, set_up, test_walk, tear_down);
  g_test_add ("/config/bad", Fixture, NULL, set_up, test_bad, tear_down);
  g_test_add ("/config/secret", Fixture, NULL, set_up, test_secret, tear_down);
  g_test_add ("/config/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  return g_test_run ();
}
