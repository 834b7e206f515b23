/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program ehcp-council: one sub-command each for the administrator. */
#include "ehcp-accounts.h"
#include "ehcp-bounce.h"
#include "ehcp-catalogue.h"
#include "ehcp-council-keep.h"
#include "ehcp-deadlines.h"
#include "ehcp-demo.h"
#include "ehcp-form-check.h"
#include "ehcp-housekeeping.h"
#include "ehcp-mail.h"
#include "ehcp-passwords.h"
#include "ehcp-policy.h"
#include "ehcp-server.h"
#include "ehcp-staff.h"
#include "ehcp-text.h"
#include "ehcp-timescale.h"
#include "ehcp-uploads.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

/* Exit codes: 0 good, 1 it failed, 2 it was called wrongly. */
#define EXIT_FAILED 1
#define EXIT_USAGE 2

typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} SubCommand;

static int
fail (const GError *error)
{
  g_printerr ("ehcp-council: %s\n", error->message);
  return EXIT_FAILED;
}

static int
fail_usage (const char *command, const char *why)
{
  g_printerr ("ehcp-council %s: %s\nTry: ehcp-council %s --help\n", command, why, command);
  return EXIT_USAGE;
}

/* Parses the options of a sub-command. FALSE with *code to exit with. */
static gboolean
parse (const char *command, const char *summary, const GOptionEntry *more, char **path, int argc,
       char **argv, int *code)
{
  const GOptionEntry config[] = { { "config", 'c', 0, G_OPTION_ARG_FILENAME, path,
                                    "Configuration file", "FILE" },
                                  G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, config, NULL);
  if (more != NULL)
    g_option_context_add_main_entries (context, more, NULL);
  *code = EXIT_USAGE;
  if (!g_option_context_parse (context, &argc, &argv, &error))
    fail_usage (command, error->message);
  else if (argc > 1)
    fail_usage (command, "there is one word too many");
  else if (*path == NULL)
    fail_usage (command, "--config FILE is missing");
  else
    return TRUE;
  return FALSE;
}

static char *
get_database (EhcpConfig *config)
{
  return g_build_filename (config->data_dir, "council.db", NULL);
}

static EhcpCouncil *
open_council (const char *path, GError **error)
{
  g_autoptr (EhcpConfig) config = ehcp_config_load (path, error);
  g_autoptr (EhcpClock) clock = ehcp_clock_new ();
  g_autofree char *database = config != NULL ? get_database (config) : NULL;

  if (config == NULL)
    return NULL;
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL,
                      "there is no database in %s yet: run ehcp-council init --config %s",
                      config->data_dir, path);
      return NULL;
    }
  return ehcp_council_new (g_steal_pointer (&config), clock, error);
}

static void
close_council (EhcpCouncil *council)
{
  ehcp_council_stop (council);
  g_object_unref (council);
}

static int
run_check_config (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (EhcpPasswords) passwords = NULL;
  int code;

  if (!parse ("check-config", "Reads the configuration and says what is wrong with it.", NULL,
              &path, argc, argv, &code))
    return code;
  config = ehcp_config_load (path, &error);
  if (config != NULL)
    passwords = ehcp_passwords_new (config->password_memory, config->password_passes, &error);
  if (error != NULL)
    return fail (error);
  g_print ("%s: good. %s at %s, data in %s\n", path, config->name, config->url, config->data_dir);
  return 0;
}

static int
run_init (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *database = NULL;
  g_autofree char *data_dir = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpConfig) config = NULL;
  g_autoptr (EhcpClock) clock = ehcp_clock_new ();
  EhcpCouncil *council;
  int code;

  if (!parse ("init", "Makes the database and the folders for documents, once.", NULL, &path, argc,
              argv, &code))
    return code;
  config = ehcp_config_load (path, &error);
  if (config == NULL)
    return fail (error);
  database = get_database (config);
  data_dir = g_strdup (config->data_dir);
  if (g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_printerr ("ehcp-council: %s is there already, with everything in it; nothing was changed\n",
                  database);
      return EXIT_FAILED;
    }
  if (!ehcp_upload_make_folders (config, &error))
    return fail (error);
  council = ehcp_council_new (g_steal_pointer (&config), clock, &error);
  if (council == NULL)
    return fail (error);
  close_council (council);
  g_print ("Made %s\nNext: ehcp-council staff-add --config %s --role administrator …, then "
           "ehcp-council serve\n",
           data_dir, path);
  return 0;
}

static EhcpRecord *
make_staff (const char *role, const char *typed, const char *forename, const char *surname,
            const char *telephone, const char *team, GError **error)
{
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));
  g_autofree char *email = ehcp_text_normalise_email (typed);
  EhcpRole known = ehcp_policy_parse_role (role);

  if (known == EHCP_ROLE_NONE || known == EHCP_ROLE_FAMILY)
    ehcp_set_error (error, EHCP_ERROR_RANGE, NULL,
                    "--role is caseworker, manager or administrator");
  else if (!ehcp_text_is_email (email))
    ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "--email: “%s” is not an e-mail address",
                    typed);
  else
    {
      ehcp_record_set_text (account, "email", email);
      ehcp_record_set_text (account, "forename", forename);
      ehcp_record_set_text (account, "surname", surname);
      ehcp_record_set_text (account, "role", role);
      ehcp_record_set_text (account, "telephone", telephone);
      ehcp_record_set_text (account, "team", team);
      return g_steal_pointer (&account);
    }
  return NULL;
}

static int
add_staff (const char *path, EhcpRecord *account)
{
  g_autoptr (GError) error = NULL;
  EhcpCouncil *council = open_council (path, &error);
  g_autofree char *code = NULL;

  if (council == NULL)
    return fail (error);
  code = ehcp_staff_add (council, account, &error);
  if (code != NULL)
    g_print ("%s/staff/%s\n", ehcp_council_get_config (council)->url, code);
  close_council (council);
  if (code == NULL)
    return fail (error);
  g_printerr ("Send this link to %s. It works once, for 7 days, and sets the first password.\n",
              ehcp_record_get_text (account, "email"));
  return 0;
}

static int
run_staff_add (int argc, char **argv)
{
  g_autofree char *path = NULL, *role = NULL, *email = NULL, *forename = NULL, *surname = NULL,
                  *telephone = NULL, *team = NULL;
  const GOptionEntry options[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, "caseworker, manager or administrator", "ROLE" },
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, "Address to sign in with", "ADDRESS" },
    { "forename", 0, 0, G_OPTION_ARG_STRING, &forename, "Forename", "NAME" },
    { "surname", 0, 0, G_OPTION_ARG_STRING, &surname, "Surname", "NAME" },
    { "telephone", 0, 0, G_OPTION_ARG_STRING, &telephone, "Shown to families; optional", "NUMBER" },
    { "team", 0, 0, G_OPTION_ARG_STRING, &team, "Whose cases a caseworker sees besides their own; optional",
      "NAME" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) account = NULL;
  int code;

  if (!parse ("staff-add", "Makes a staff account and prints its one-use link.", options, &path,
              argc, argv, &code))
    return code;
  if (role == NULL || email == NULL || forename == NULL || *forename == '\0' || surname == NULL ||
      *surname == '\0')
    return fail_usage ("staff-add", "--role, --email, --forename and --surname are needed");
  account = make_staff (role, email, forename, surname, telephone, team, &error);
  if (account == NULL)
    return fail_usage ("staff-add", error->message);
  return add_staff (path, account);
}

static int
disable_staff (const char *path, const char *typed)
{
  g_autofree char *email = ehcp_text_normalise_email (typed);
  g_autoptr (GError) error = NULL;
  EhcpCouncil *council = open_council (path, &error);
  gboolean is_done;

  if (council == NULL)
    return fail (error);
  is_done = ehcp_staff_disable (council, email, &error);
  close_council (council);
  if (!is_done)
    return fail (error);
  g_print ("%s is disabled: signed out everywhere within 5 seconds, and out of every case\n", email);
  return 0;
}

static int
run_staff_disable (int argc, char **argv)
{
  g_autofree char *path = NULL, *email = NULL;
  const GOptionEntry options[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, "Address to sign in with", "ADDRESS" },
    G_OPTION_ENTRY_NULL
  };
  int code;

  if (!parse ("staff-disable", "Ends a staff account: its sessions, links and sight of cases.", options,
              &path, argc, argv, &code))
    return code;
  if (email == NULL)
    return fail_usage ("staff-disable", "--email is needed");
  return disable_staff (path, email);
}

typedef struct
{
  GPtrArray *addresses;
  guint n_noted;
} Bounces;

static gboolean
write_bounces (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Bounces *bounces = data;

  bounces->n_noted = 0;
  for (guint i = 0; i < bounces->addresses->len; i++)
    {
      guint n_noted;

      if (!ehcp_bounce_note (council, db, bounces->addresses->pdata[i], &n_noted, error))
        return FALSE;
      bounces->n_noted += n_noted;
    }
  return TRUE;
}

/* Nothing of what was read is printed: it would end in the mail server's log. */
static int
run_mail_bounce (int argc, char **argv)
{
  g_autofree char *path = NULL;
  const GOptionEntry options[] = { G_OPTION_ENTRY_NULL };
  g_autofree char *message = g_malloc (EHCP_BOUNCE_MAX_BYTES);
  g_autoptr (GError) error = NULL;
  Bounces bounces = { 0 };
  EhcpCouncil *council;
  gboolean is_done;
  int code;

  if (!parse ("mail-bounce", "Reads a mail that came back from the standard input, as a mail server pipes it.", options,
              &path, argc, argv, &code))
    return code;
  council = open_council (path, &error);
  if (council == NULL)
    return fail (error);
  bounces.addresses = ehcp_bounce_read (message, fread (message, 1, EHCP_BOUNCE_MAX_BYTES, stdin));
  is_done = ehcp_council_write_sync (council, write_bounces, &bounces, &error);
  close_council (council);
  g_ptr_array_unref (bounces.addresses);
  if (!is_done)
    return fail (error);
  g_print ("noted at %u contacts\n", bounces.n_noted);
  return 0;
}

static int
run_staff_reset (int argc, char **argv)
{
  g_autofree char *path = NULL, *typed = NULL, *email = NULL, *code = NULL;
  const GOptionEntry options[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &typed, "Address to sign in with", "ADDRESS" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  EhcpCouncil *council;
  int exit_code;

  if (!parse ("staff-reset", "For a lost telephone or password: a new one-use link, and a new authenticator.",
              options, &path, argc, argv, &exit_code))
    return exit_code;
  if (typed == NULL)
    return fail_usage ("staff-reset", "--email is needed");
  council = open_council (path, &error);
  if (council == NULL)
    return fail (error);
  email = ehcp_text_normalise_email (typed);
  code = ehcp_staff_reset (council, email, &error);
  if (code != NULL)
    g_print ("%s/staff/%s\n", ehcp_council_get_config (council)->url, code);
  close_council (council);
  return code != NULL ? 0 : fail (error);
}

static int
run_authenticator_off (int argc, char **argv)
{
  g_autofree char *path = NULL, *typed = NULL, *checked = NULL, *email = NULL;
  const GOptionEntry options[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &typed, "Address to sign in with", "ADDRESS" },
    { "checked", 0, 0, G_OPTION_ARG_STRING, &checked, "How you made sure who asks, for the audit", "TEXT" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  EhcpCouncil *council;
  gboolean is_done;
  int code;

  if (!parse ("authenticator-off", "For a family's lost telephone, once you know who asks.", options, &path, argc, argv,
              &code))
    return code;
  if (typed == NULL || checked == NULL || *checked == '\0')
    return fail_usage ("authenticator-off", "--email and --checked are needed");
  council = open_council (path, &error);
  if (council == NULL)
    return fail (error);
  email = ehcp_text_normalise_email (typed);
  is_done = ehcp_accounts_take_authenticator (council, email, checked, &error);
  close_council (council);
  if (!is_done)
    return fail (error);
  g_print ("%s signs in with password and mailed code again; signed out everywhere within 5 seconds\n", email);
  return 0;
}

static int
run_sessions_end (int argc, char **argv)
{
  g_autofree char *path = NULL, *typed = NULL, *checked = NULL, *email = NULL;
  const GOptionEntry options[] = {
    { "email", 0, 0, G_OPTION_ARG_STRING, &typed, "Address to sign in with", "ADDRESS" },
    { "checked", 0, 0, G_OPTION_ARG_STRING, &checked, "How you made sure who asks, for the audit", "HOW" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GError) error = NULL;
  EhcpCouncil *council;
  gboolean is_done;
  int code;

  if (!parse ("sessions-end", "For a lost computer, once you know who asks: ends every session of an account.", options,
              &path, argc, argv, &code))
    return code;
  if (typed == NULL || checked == NULL || *checked == '\0')
    return fail_usage ("sessions-end", "--email and --checked are needed");
  council = open_council (path, &error);
  if (council == NULL)
    return fail (error);
  email = ehcp_text_normalise_email (typed);
  is_done = ehcp_accounts_end_sessions (council, email, checked, &error);
  close_council (council);
  if (!is_done)
    return fail (error);
  g_print ("%s is signed out everywhere within 5 seconds, and told so by mail\n", email);
  return 0;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static gboolean
serve (EhcpCouncil *council, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  EhcpConfig *config = ehcp_council_get_config (council);
  EhcpHousekeeping *housekeeping;
  EhcpMailer *mailer;
  EhcpServer *server;

  if (!ehcp_upload_make_folders (config, error) || !ehcp_catalogue_load (council, error))
    return FALSE;
  mailer = ehcp_mailer_start (council, error);
  if (mailer == NULL)
    return FALSE;
  server = ehcp_server_start (council, error);
  if (server != NULL)
    {
      housekeeping = ehcp_housekeeping_start (council);
      g_print ("%s listens on %s port %u\n", config->name, config->address,
               ehcp_server_get_port (server));
      g_unix_signal_add (SIGTERM, quit_cb, loop);
      g_unix_signal_add (SIGINT, quit_cb, loop);
      g_main_loop_run (loop);
      ehcp_server_stop (server);
      ehcp_housekeeping_stop (housekeeping);
    }
  ehcp_mailer_stop (mailer);
  return server != NULL;
}

static int
run_serve (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  EhcpCouncil *council;
  int code;

  if (!parse ("serve", "Serves until SIGTERM.", NULL, &path, argc, argv, &code))
    return code;
  council = open_council (path, &error);
  if (council == NULL)
    return fail (error);
  serve (council, &error);
  close_council (council);
  return error == NULL ? 0 : fail (error);
}

static const SubCommand sub_commands[] = {
  { "init", "make the database, once", run_init },
  { "serve", "serve programs", run_serve },
  { "staff-add", "make a staff account and print its one-use link", run_staff_add },
  { "staff-reset", "a new one-use link after a lost telephone or password", run_staff_reset },
  { "authenticator-off", "let a family in whose telephone is lost", run_authenticator_off },
  { "sessions-end", "sign somebody out everywhere whose computer is lost", run_sessions_end },
  { "staff-disable", "end a staff account at once", run_staff_disable },
  { "mail-bounce", "note a mail that came back, from the standard input", run_mail_bounce },
  { "check-config", "say what is wrong with a configuration", run_check_config },
  { "backup", "copy everything, while it serves", ehcp_keep_run_backup },
  { "restore", "put a backup into the place of a council without data", ehcp_keep_run_restore },
  { "verify", "check a backup, or the council's own data", ehcp_keep_run_verify },
  { "audit", "verify: check the audit, print its head", ehcp_keep_run_audit },
  { "demo", "try it out with invented families", ehcp_demo_run },
  { "form-check", "say what is wrong with a form, or print it as families see it; no --config",
    ehcp_form_check_run },
  { "timescale", "the deadlines that follow from dated facts; no --config", ehcp_timescale_run },
};

static int
print_help (gboolean is_asked)
{
  g_autoptr (GString) text = g_string_new ("Usage: ehcp-council SUB-COMMAND --config FILE …\n\n");

  for (guint i = 0; i < G_N_ELEMENTS (sub_commands); i++)
    g_string_append_printf (text, "  %-18s %s\n", sub_commands[i].name, sub_commands[i].summary);
  g_string_append (text, "\nehcp-council SUB-COMMAND --help says more.\n");
  if (is_asked)
    g_print ("%s", text->str);
  else
    g_printerr ("%s", text->str);
  return is_asked ? 0 : EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_CTYPE, "");
  umask (077);
  if (argc < 2)
    return print_help (FALSE);
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "help") == 0)
    return print_help (TRUE);
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("ehcp-council " EHCP_VERSION "\n");
      return 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (sub_commands); i++)
    if (strcmp (argv[1], sub_commands[i].name) == 0)
      return sub_commands[i].run (argc - 1, argv + 1);
  g_printerr ("ehcp-council: there is no sub-command “%s”\n", argv[1]);
  return print_help (FALSE);
}
