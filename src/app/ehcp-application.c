/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: command line, council, window. It runs once for each person and computer; a second start
 * hands its arguments to the first, unless it was given a folder of its own for its cache. */
#include "ehcp-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "ehcp-ask.h"
#include "ehcp-link.h"
#include "ehcp-notifier.h"
#include "ehcp-places.h"
#include "ehcp-uri.h"
#include "ehcp-window.h"

#define PRESENT_WITHIN_MS 200

struct _EhcpApplication
{
  AdwApplication parent;
  char *cache_dir;
  EhcpSettings *settings;
  EhcpLink *link;
  char *account;      /* the id of who is signed in, or NULL */
  EhcpNotifier *notifier;
  gboolean is_ending;
  EhcpWindow *window; /* weak */
  guint term_source;
  guint present_source;
};

G_DEFINE_FINAL_TYPE (EhcpApplication, ehcp_application, ADW_TYPE_APPLICATION)

/* The council */

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpService) service = ehcp_link_fetch_service_finish (EHCP_LINK (source), result, NULL);
}

/* What the council says of itself is wanted by somebody who is signed in as well. */
static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* What failed is told by the link's status and keyring, which the window follows. */
  if (!ehcp_link_start_finish (EHCP_LINK (source), result, &error))
    g_message ("start: %s", error->message);
  ehcp_link_fetch_service_async (EHCP_LINK (source), NULL, asked_cb, NULL);
}

static void
service_cb (EhcpApplication *self)
{
  EhcpService *service = ehcp_link_get_service (self->link);

  if (service != NULL)
    ehcp_settings_set (self->settings, ehcp_link_get_url (self->link), ehcp_service_get_name (service),
                       ehcp_service_get_telephone (service), ehcp_service_get_hours (service));
}

/* Who is signed in is remembered, so that they are found among several; a session that is kept in memory
 * alone leaves nothing behind. */
static void
know_account (EhcpApplication *self)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_link_get_book (self->link));
  g_autofree char *name = NULL;

  if (ehcp_link_get_status (self->link) != EHCP_LINK_SIGNED_IN || account == NULL)
    return;
  ehcp_settings_replace (&self->account, ehcp_record_get_id (account));
  if (ehcp_link_is_memory_only (self->link))
    return;
  name = g_strdup_printf ("%s %s", ehcp_record_get_text (account, "forename"),
                          ehcp_record_get_text (account, "surname"));
  ehcp_settings_know (self->settings, ehcp_link_get_url (self->link), self->settings->name, self->account, name);
}

static gboolean
present_cb (gpointer data)
{
  EhcpApplication *self = data;

  self->present_source = 0;
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
  return G_SOURCE_REMOVE;
}

/* The first thing that is seen is where somebody wants to be. When it takes longer to find out who is signed
 * in (a keyring that asks), the window says so meanwhile. */
static void
present_soon (EhcpApplication *self)
{
  gboolean is_known = self->link == NULL || ehcp_link_get_status (self->link) != EHCP_LINK_STARTING;

  g_clear_handle_id (&self->present_source, g_source_remove);
  if (!is_known && !gtk_widget_get_visible (GTK_WIDGET (self->window)))
    self->present_source = g_timeout_add (PRESENT_WITHIN_MS, present_cb, self);
  else
    present_cb (self);
}

static void
status_cb (EhcpApplication *self)
{
  /* From idle, since the window has to hear of it too. */
  if (self->present_source != 0)
    {
      g_source_remove (self->present_source);
      self->present_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, present_cb, self, NULL);
    }
  if (ehcp_link_get_status (self->link) == EHCP_LINK_SIGNED_IN)
    know_account (self);
  else if (ehcp_link_get_status (self->link) == EHCP_LINK_SIGNED_OUT && self->account != NULL)
    {
      ehcp_settings_forget (self->settings, ehcp_link_get_url (self->link), self->account);
      g_clear_pointer (&self->account, g_free);
    }
}

static void
close_link (EhcpApplication *self)
{
  if (self->link == NULL)
    return;
  if (self->notifier != NULL)
    ehcp_notifier_set_link (self->notifier, NULL);
  g_signal_handlers_disconnect_by_data (ehcp_link_get_book (self->link), self);
  g_signal_handlers_disconnect_by_data (self->link, self);
  ehcp_link_close (self->link);
  g_clear_object (&self->link);
  g_clear_pointer (&self->account, g_free);
}

static void
open_link (EhcpApplication *self, const char *url, const char *account)
{
  g_autoptr (EhcpClock) clock = ehcp_clock_new ();

  self->link = ehcp_link_new (url, self->cache_dir, clock);
  ehcp_link_set_account (self->link, account);
  g_signal_connect_swapped (self->link, "notify::service", G_CALLBACK (service_cb), self);
  g_signal_connect_swapped (self->link, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_connect_swapped (ehcp_link_get_book (self->link), "changed", G_CALLBACK (know_account), self);
  if (self->notifier != NULL)
    ehcp_notifier_set_link (self->notifier, self->link);
  ehcp_link_start_async (self->link, NULL, started_cb, NULL);
}

void
ehcp_application_use_account (EhcpApplication *self, const char *url, const char *account)
{
  g_return_if_fail (EHCP_IS_APPLICATION (self) && url != NULL);

  if (self->window != NULL)
    ehcp_window_store_all (self->window);
  close_link (self);
  if (g_strcmp0 (self->settings->url, url) != 0)
    ehcp_settings_set (self->settings, url, NULL, NULL, NULL);
  open_link (self, url, account);
  if (self->window != NULL)
    ehcp_window_set_link (self->window, self->link);
}

void
ehcp_application_use_council (EhcpApplication *self, const char *url)
{
  g_return_if_fail (EHCP_IS_APPLICATION (self) && url != NULL);

  if (self->link == NULL || g_strcmp0 (ehcp_link_get_url (self->link), url) != 0)
    ehcp_application_use_account (self, url, NULL);
}

gboolean
ehcp_application_goes_on (EhcpApplication *self)
{
  return !self->is_ending && self->settings->run_in_background && self->link != NULL &&
         ehcp_link_get_status (self->link) == EHCP_LINK_SIGNED_IN;
}

EhcpApplication *
ehcp_application_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;

  return EHCP_IS_APPLICATION (application) ? EHCP_APPLICATION (application) : NULL;
}

EhcpSettings *
ehcp_application_get_settings (EhcpApplication *self)
{
  return self->settings;
}

/* The window */

/* What is shown in front need not be told about. */
static void
seen_cb (EhcpApplication *self)
{
  const char *target = ehcp_window_get_target (self->window);

  if (gtk_window_is_active (GTK_WINDOW (self->window)) && target != NULL)
    ehcp_notifier_seen (self->notifier, target);
}

static void
ehcp_application_activate (GApplication *application)
{
  EhcpApplication *self = EHCP_APPLICATION (application);

  if (self->window == NULL)
    {
      g_set_weak_pointer (&self->window, ehcp_window_new (GTK_APPLICATION (self)));
      if (self->link == NULL && self->settings->url != NULL)
        open_link (self, self->settings->url, self->settings->account);
      g_signal_connect_swapped (self->window, "notify::is-active", G_CALLBACK (seen_cb), self);
      ehcp_window_set_link (self->window, self->link);
    }
  present_soon (self);
}

/* A link from an e-mail */

static void
go_to_code (EhcpApplication *self, const EhcpUri *uri)
{
  g_autofree char *target =
      g_strdup_printf ("%s/%s", uri->kind == EHCP_URI_ACCEPT ? "invitation" : "staff-link", uri->code);

  ehcp_application_use_council (self, uri->council);
  ehcp_window_go (self->window, target);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpUri) uri = data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (source));

  if (ehcp_ask_confirm_finish (result, NULL) && application != NULL)
    go_to_code (EHCP_APPLICATION (application), uri);
}

/* Anybody can send a link. So one to another council is followed only by somebody who knows its address:
 * a page that looks like the council's would get their password. */
static void
open_uri (EhcpApplication *self, EhcpUri *uri)
{
  g_autofree char *body = NULL;

  if (self->link != NULL && g_strcmp0 (ehcp_link_get_url (self->link), uri->council) == 0)
    {
      go_to_code (self, uri);
      ehcp_uri_free (uri);
      return;
    }
  gtk_window_present (GTK_WINDOW (self->window));
  body = g_strdup_printf (_("The link leads to %s. Go on only if a letter or an e-mail of your council names "
                            "this address."),
                          uri->council);
  ehcp_ask_confirm_async (GTK_WIDGET (self->window), _("Connect to this council?"), body, _("Connect"), FALSE,
                          NULL, confirmed_cb, uri);
}

/* Links that the desktop hands over by the bus. One that is none of ours says so: nobody pressed it for
 * nothing. */
static void
ehcp_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  EhcpApplication *self = EHCP_APPLICATION (application);

  g_application_activate (application);
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *text = g_file_get_uri (files[i]);
      EhcpUri *uri = ehcp_uri_parse (text);

      if (uri != NULL)
        open_uri (self, uri);
      else
        ehcp_window_toast (self->window, _("This link cannot be opened. Type the code of the e-mail instead."));
    }
}

/* The command line */

static const GOptionEntry options[] = {
  { "council", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Address of the council’s server"), N_("URL") },
  { "cache-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_("Keep the offline copy in this folder, and run beside another program that is open"), N_("DIR") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Say the version"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_("[LINK]") },
  { NULL },
};

static gboolean
check_arguments (GVariantDict *dict)
{
  g_autofree const char **links = NULL;
  const char *council = NULL;

  if (g_variant_dict_lookup (dict, "council", "&s", &council))
    {
      g_autofree char *url = ehcp_uri_normalise_council (council);

      if (url == NULL)
        {
          g_printerr (_("“%s” is not the address of a council: it begins with https://\n"), council);
          return FALSE;
        }
    }
  if (!g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&s", &links))
    return TRUE;
  for (guint i = 0; links[i] != NULL; i++)
    {
      g_autoptr (EhcpUri) uri = ehcp_uri_parse (links[i]);

      if (uri == NULL)
        {
          g_printerr (_("“%s” is not a link that this program opens\n"), links[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static int
ehcp_application_handle_local_options (GApplication *application, GVariantDict *dict)
{
  EhcpApplication *self = EHCP_APPLICATION (application);
  const char *cache_dir = NULL;

  if (g_variant_dict_contains (dict, "version"))
    {
      g_print ("ehcp-portal %s\n", EHCP_VERSION);
      return 0;
    }
  if (!check_arguments (dict))
    return 2;
  if (g_variant_dict_lookup (dict, "cache-dir", "^&ay", &cache_dir))
    {
      self->cache_dir = g_canonicalize_filename (cache_dir, NULL);
      self->settings = ehcp_settings_load (self->cache_dir);
      g_application_set_flags (application,
                               g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  return -1;
}

static int
ehcp_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  EhcpApplication *self = EHCP_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (line);
  g_autofree const char **links = NULL;
  const char *council = NULL;

  if (g_variant_dict_lookup (dict, "council", "&s", &council))
    {
      g_autofree char *url = ehcp_uri_normalise_council (council);

      ehcp_application_use_council (self, url);
    }
  g_application_activate (application);
  if (g_variant_dict_lookup (dict, G_OPTION_REMAINING, "^a&s", &links))
    for (guint i = 0; links[i] != NULL; i++)
      {
        EhcpUri *uri = ehcp_uri_parse (links[i]);

        if (uri != NULL)
          open_uri (self, uri);
      }
  return 0;
}

/* Ending */

/* As when the window is closed: drafts and the offline copy are stored first. */
static void
end (EhcpApplication *self)
{
  self->is_ending = TRUE;
  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
}

static void
quit_action (GSimpleAction *action, GVariant *target, gpointer data)
{
  EhcpApplication *self = data;

  end (self);
  g_application_quit (G_APPLICATION (self));
}

static gboolean
term_cb (gpointer data)
{
  EhcpApplication *self = data;

  self->term_source = 0;
  end (self);
  g_application_quit (G_APPLICATION (self));
  return G_SOURCE_REMOVE;
}

/* Of a notification, also one of a program that ended since. */
static void
open_item_action (GSimpleAction *action, GVariant *target, gpointer data)
{
  EhcpApplication *self = data;
  const char *place = g_variant_get_string (target, NULL);

  g_application_activate (G_APPLICATION (self));
  if (ehcp_places_find (place) != NULL)
    ehcp_window_go (self->window, place);
  ehcp_notifier_seen (self->notifier, place);
}

static void
use_account_action (GSimpleAction *action, GVariant *target, gpointer data)
{
  EhcpApplication *self = data;
  const char *url, *account;

  g_variant_get (target, "(&s&s)", &url, &account);
  if (g_strcmp0 (self->account, account) == 0)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.back", NULL);
  else
    ehcp_application_use_account (self, url, account);
}

static void
add_account_action (GSimpleAction *action, GVariant *target, gpointer data)
{
  EhcpApplication *self = data;

  if (self->link != NULL)
    {
      g_autofree char *url = g_strdup (ehcp_link_get_url (self->link));

      ehcp_application_use_account (self, url, "");
    }
}

static void
use_council_action (GSimpleAction *action, GVariant *target, gpointer data)
{
  ehcp_application_use_council (data, g_variant_get_string (target, NULL));
}

/* Started by the desktop, to look for news without a window. */
static void
start_unseen (EhcpApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) == 0 ||
      !self->settings->run_in_background || self->settings->url == NULL)
    return;
  g_application_hold (application);
  open_link (self, self->settings->url, self->settings->account);
}

static void
ehcp_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", quit_action, NULL, NULL, NULL, { 0 } },
    { "use-council", use_council_action, "s", NULL, NULL, { 0 } },
    { "use-account", use_account_action, "(ss)", NULL, NULL, { 0 } },
    { "add-account", add_account_action, NULL, NULL, NULL, { 0 } },
    { "open-item", open_item_action, "s", NULL, NULL, { 0 } },
  };
  EhcpApplication *self = EHCP_APPLICATION (application);

  G_APPLICATION_CLASS (ehcp_application_parent_class)->startup (application);
  if (self->cache_dir == NULL)
    {
      g_autofree char *config = g_build_filename (g_get_user_config_dir (), "ehcp-portal", NULL);

      self->cache_dir = g_build_filename (g_get_user_data_dir (), "ehcp-portal", NULL);
      self->settings = ehcp_settings_load (config);
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit",
                                         (const char *[]){ "<Control>q", NULL });
  self->term_source = g_unix_signal_add (SIGTERM, term_cb, self);
  self->notifier = ehcp_notifier_new (GTK_APPLICATION (self), self->settings);
  start_unseen (self);
}

static void
ehcp_application_shutdown (GApplication *application)
{
  EhcpApplication *self = EHCP_APPLICATION (application);

  g_clear_handle_id (&self->term_source, g_source_remove);
  g_clear_handle_id (&self->present_source, g_source_remove);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  close_link (self);
  g_clear_pointer (&self->notifier, ehcp_notifier_free);
  G_APPLICATION_CLASS (ehcp_application_parent_class)->shutdown (application);
}

static void
ehcp_application_finalize (GObject *object)
{
  EhcpApplication *self = EHCP_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->settings, ehcp_settings_free);
  g_free (self->account);
  g_free (self->cache_dir);
  G_OBJECT_CLASS (ehcp_application_parent_class)->finalize (object);
}

static void
ehcp_application_class_init (EhcpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ehcp_application_finalize;
  application_class->activate = ehcp_application_activate;
  application_class->handle_local_options = ehcp_application_handle_local_options;
  application_class->command_line = ehcp_application_command_line;
  application_class->open = ehcp_application_open;
  application_class->startup = ehcp_application_startup;
  application_class->shutdown = ehcp_application_shutdown;
}

static void
ehcp_application_init (EhcpApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

EhcpApplication *
ehcp_application_new (void)
{
  return g_object_new (EHCP_TYPE_APPLICATION, "application-id", EHCP_APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/ehcp_portal/EhcpPortal", NULL);
}
