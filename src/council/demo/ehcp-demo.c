/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a whole council in this process, in a folder of its own: the real server on loopback with mail to a
 * folder, a story that brings it to today, and a caseworker who answers. Only what an administrator does on
 * the command line is done from inside. */
#include "ehcp-demo.h"

#include "ehcp-accounts.h"
#include "ehcp-catalogue.h"
#include "ehcp-deadlines.h"
#include "ehcp-demo-data.h"
#include "ehcp-demo-resident.h"
#include "ehcp-demo-story.h"
#include "ehcp-error.h"
#include "ehcp-mail.h"
#include "ehcp-server.h"
#include "ehcp-staff.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

typedef struct
{
  char *dir;
  gboolean owns_dir; /* made here, so it goes in the end */
  char *url;
  EhcpDemoData *data;
  EhcpClock *clock;
  EhcpCouncil *council;
  EhcpMailer *mailer;
  EhcpServer *server;
  EhcpDemoResident *resident;
  char *secret; /* of the caseworker's authenticator app */
} Demo;

static gboolean
make_dir (Demo *demo, const char *given, GError **error)
{
  g_autoptr (GDir) dir = NULL;

  demo->owns_dir = given == NULL;
  demo->dir = given != NULL ? g_canonicalize_filename (given, NULL)
                            : g_dir_make_tmp ("ehcp-demo-XXXXXX", error);
  if (demo->dir == NULL)
    return FALSE;
  if (g_mkdir_with_parents (demo->dir, 0700) != 0)
    {
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "making %s: %s", demo->dir, g_strerror (errno));
      return FALSE;
    }
  dir = g_dir_open (demo->dir, 0, error);
  if (dir != NULL && g_dir_read_name (dir) != NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "%s is not empty: a demo begins in an empty folder",
                      demo->dir);
      return FALSE;
    }
  return dir != NULL;
}

/* The address is part of the configuration, so the port has to be known before the server takes it. */
static gboolean
find_port (guint *port, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (address, *port);
  g_autoptr (GSocket) probe =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GSocketAddress) got = NULL;

  if (probe == NULL || !g_socket_bind (probe, wanted, TRUE, error))
    return FALSE;
  got = g_socket_get_local_address (probe, error);
  if (got == NULL)
    return FALSE;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  return TRUE;
}

static char *
write_config (Demo *demo, guint port, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (demo->dir, "council.conf", NULL);

  demo->url = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_key_file_set_string (file, "council", "name", "Wyreshire Council");
  g_key_file_set_string (file, "council", "team", "SEND Assessment Team");
  g_key_file_set_string (file, "council", "telephone", "01632 960 400");
  g_key_file_set_string (file, "council", "email", "send@wyreshire.example");
  g_key_file_set_string (file, "council", "hours", "Monday to Thursday, 9:00 to 16:30");
  g_key_file_set_string (file, "council", "url", demo->url);
  g_key_file_set_string (file, "council", "reference-prefix", "WY");
  g_key_file_set_string (file, "council", "data-dir", "data");
  g_key_file_set_string (file, "server", "address", "127.0.0.1");
  g_key_file_set_integer (file, "server", "port", port);
  g_key_file_set_string (file, "mail", "transport", "folder");
  g_key_file_set_string (file, "mail", "folder", "mail");
  g_key_file_set_string (file, "mail", "from", "send@wyreshire.example");
  g_key_file_set_string (file, "forms", "dir", "forms");
  g_key_file_set_string (file, "schools", "file", "schools/demo.csv");
  g_key_file_set_string (file, "stage-text", "file", "stage-text/stages.json");
  /* The longest that there is: the story of half a year is played in seconds. */
  g_key_file_set_integer (file, "sessions", "idle-minutes", 90 * 24 * 60);
  g_key_file_set_integer (file, "sessions", "days", 90);
  g_key_file_set_integer (file, "sessions", "staff-idle-minutes", 90 * 24 * 60);
  g_key_file_set_integer (file, "sessions", "staff-hours", 90 * 24);
  if (!g_key_file_save_to_file (file, path, error))
    return NULL;
  return g_steal_pointer (&path);
}

static gboolean
start_council (Demo *demo, guint port, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *data_dir = g_build_filename (demo->dir, "data", NULL);
  EhcpConfig *config;

  if (!find_port (&port, error) || !ehcp_demo_data_write_files (demo->dir, error))
    return FALSE;
  path = write_config (demo, port, error);
  config = path != NULL ? ehcp_config_load (path, error) : NULL;
  if (config == NULL)
    return FALSE;
  if (g_mkdir_with_parents (data_dir, 0700) != 0)
    {
      ehcp_config_free (config);
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "making %s: %s", data_dir, g_strerror (errno));
      return FALSE;
    }
  demo->clock = ehcp_clock_new ();
  demo->council = ehcp_council_new (config, demo->clock, error);
  return demo->council != NULL && ehcp_catalogue_load (demo->council, error) &&
         (demo->mailer = ehcp_mailer_start (demo->council, error)) != NULL &&
         (demo->server = ehcp_server_start (demo->council, error)) != NULL;
}

/* As `ehcp-council staff-add` does it. */
static char *
add_caseworker (Demo *demo, GError **error)
{
  static const char *const members[] = { "email", "forename", "surname", "telephone", "role" };
  JsonObject *person = json_array_get_object_element (ehcp_demo_data_get_staff (demo->data), 0);
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    ehcp_record_set_text (account, members[i], ehcp_json_get_text (person, members[i]));
  return ehcp_staff_add (demo->council, account, error);
}

/* What the caseworker's telephone would hold: the mailbox window shows its codes, for whoever tries the program out as
 * the caseworker. */
static gboolean
write_authenticator (Demo *demo, EhcpDemoClient *caseworker, GError **error)
{
  JsonObject *person = json_array_get_object_element (ehcp_demo_data_get_staff (demo->data), 0);
  g_autofree char *path = g_build_filename (demo->dir, "authenticators", NULL);
  g_autofree char *line = g_strdup_printf ("%s %s\n", ehcp_json_get_text (person, "email"),
                                           ehcp_demo_client_get_secret (caseworker));

  demo->secret = g_strdup (ehcp_demo_client_get_secret (caseworker));
  return g_file_set_contents_full (path, line, -1, G_FILE_SET_CONTENTS_NONE, 0600, error);
}

static gboolean
play_story (Demo *demo, GError **error)
{
  EhcpDemoClient *caseworker;

  g_autoptr (EhcpDemoStory) story = ehcp_demo_story_new (
      demo->data, ehcp_council_get_config (demo->council), demo->url, demo->clock);
  g_autofree char *code = add_caseworker (demo, error);

  if (code == NULL || !ehcp_demo_story_begin (story, code, error) ||
      !ehcp_demo_story_play (story, error) || !ehcp_deadlines_update_all (demo->council, error))
    return FALSE;
  caseworker = ehcp_demo_story_steal_caseworker (story);
  if (!write_authenticator (demo, caseworker, error))
    {
      ehcp_demo_client_free (caseworker);
      return FALSE;
    }
  demo->resident = ehcp_demo_resident_start (caseworker, demo->data);
  return TRUE;
}

static void
write_person (EhcpJson *json, JsonObject *person)
{
  g_autofree char *name = g_strdup_printf ("%s %s", ehcp_json_get_text (person, "forename"),
                                           ehcp_json_get_text (person, "surname"));

  ehcp_json_begin (json, NULL, '{');
  ehcp_json_text (json, "name", name);
  ehcp_json_text (json, "email", ehcp_json_get_text (person, "email"));
  if (ehcp_json_get_text (person, "password") != NULL)
    ehcp_json_text (json, "password", ehcp_json_get_text (person, "password"));
  ehcp_json_text (json, "about", ehcp_json_get_text (person, "about"));
  ehcp_json_end (json, '}');
}

/* One line for whoever started it. The first of the people is the one to sign in as. */
static void
print_ready (Demo *demo)
{
  g_autoptr (GString) line = g_string_new (NULL);
  EhcpJson json = ehcp_json (line);
  JsonArray *families = ehcp_demo_data_get_families (demo->data);
  JsonObject *first = json_array_get_object_element (families, 0);
  JsonObject *staff = json_array_get_object_element (ehcp_demo_data_get_staff (demo->data), 0);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "url", demo->url);
  ehcp_json_text (&json, "dir", demo->dir);
  ehcp_json_text (&json, "mail", ehcp_council_get_config (demo->council)->mail_folder);
  ehcp_json_text (&json, "email", ehcp_json_get_text (first, "email"));
  ehcp_json_text (&json, "password", ehcp_json_get_text (first, "password"));
  ehcp_json_begin (&json, "people", '[');
  for (guint i = 0; i < json_array_get_length (families); i++)
    if (json_object_has_member (json_array_get_object_element (families, i), "about"))
      write_person (&json, json_array_get_object_element (families, i));
  ehcp_json_end (&json, ']');
  ehcp_json_begin (&json, "caseworker", '{');
  ehcp_json_text (&json, "email", ehcp_json_get_text (staff, "email"));
  ehcp_json_text (&json, "password", ehcp_json_get_text (staff, "password"));
  ehcp_json_text (&json, "authenticator", demo->secret);
  ehcp_json_end (&json, '}');
  ehcp_json_end (&json, '}');
  g_print ("%s\n", line->str);
}

static gboolean
signal_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* What is typed is of no use; the end of it is. */
static gboolean
input_cb (int fd, GIOCondition condition, gpointer loop)
{
  char buffer[256];
  gssize n_read = read (fd, buffer, sizeof buffer);

  if (n_read > 0 || (n_read < 0 && (errno == EINTR || errno == EAGAIN)))
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Before anything is made, so that a signal in the meantime does not leave it behind: it is seen when the
 * loop runs. */
static GMainLoop *
watch_for_end (void)
{
  GMainLoop *loop = g_main_loop_new (NULL, FALSE);

  g_unix_signal_add (SIGTERM, signal_cb, loop);
  g_unix_signal_add (SIGINT, signal_cb, loop);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_cb, loop);
  return loop;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

/* From the outside in: the server's end wakes the resident out of a held request. */
static void
stop (Demo *demo)
{
  if (demo->resident != NULL)
    ehcp_demo_resident_say_goodbye (demo->resident);
  g_clear_pointer (&demo->server, ehcp_server_stop);
  g_clear_pointer (&demo->resident, ehcp_demo_resident_stop);
  g_clear_pointer (&demo->mailer, ehcp_mailer_stop);
  if (demo->council != NULL)
    ehcp_council_stop (demo->council);
  g_clear_object (&demo->council);
  g_clear_object (&demo->clock);
  g_clear_pointer (&demo->data, ehcp_demo_data_free);
  if (demo->owns_dir && demo->dir != NULL)
    remove_tree (demo->dir);
  g_clear_pointer (&demo->dir, g_free);
  g_clear_pointer (&demo->url, g_free);
  g_clear_pointer (&demo->secret, g_free);
}

static gboolean
parse_options (int *argc, char ***argv, int *port, char **dir, GError **error)
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, port, "Listen there (a free one without it)", "N" },
    { "dir", 0, 0, G_OPTION_ARG_FILENAME, dir, "An empty folder that is kept (a temporary one without it)",
      "DIR" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Runs a council of invented families on this computer until its "
                                         "standard input ends.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "“%s” is not known", (*argv)[1]);
  else if (*port < 0 || *port > 65535)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "there is no port %d", *port);
  else
    return TRUE;
  return FALSE;
}

/**
 * ehcp_demo_run:
 * @argc: number of arguments
 * @argv: "demo", then `--port N` and `--dir DIR`
 *
 * Makes the council, plays its story and prints one line of JSON on the standard output: `url`, `dir`, `mail`
 * (the folder), `email` and `password` of a parent, `people` and `caseworker`. Then it serves until SIGTERM,
 * SIGINT or the end of the standard input. A folder that was made here is removed. The main thread.
 *
 * Returns: the exit code: 0, 1 for what went wrong, 2 for wrong options
 */
int
ehcp_demo_run (int argc, char **argv)
{
  Demo demo = { 0 };
  int port = 0;
  g_autofree char *dir = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_ready;

  if (!parse_options (&argc, &argv, &port, &dir, &error))
    {
      g_printerr ("ehcp-council demo: %s\n", error->message);
      return 2;
    }
  loop = watch_for_end ();
  is_ready = make_dir (&demo, dir, &error) && (demo.data = ehcp_demo_data_load (&error)) != NULL &&
             start_council (&demo, port, &error) && play_story (&demo, &error);
  if (is_ready)
    {
      print_ready (&demo);
      g_main_loop_run (loop);
    }
  else
    g_printerr ("ehcp-council demo: %s\n", error->message);
  stop (&demo);
  return is_ready ? 0 : 1;
}
