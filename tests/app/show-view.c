/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes a picture of one place with the sample family:
 *
 *   tests/tools/in-session build/tests/show-view PLACE [light|dark|contrast|dark-contrast] [WxH] OUT.png
 *
 * PLACE is a place of ehcp-view.h; "@isla", "@theo", "@form" and "@team" stand for ids. Options:
 * --sample=PARTS (of isla,theo,waiting,invited,staff; isla,theo by default), --team (a manager's caseload besides),
 * --rtl, --press=NAME (an action of the view, with its target behind "="), --offline, --first (before the
 * first pull), --document=FILE (the first document is that PDF, and open), --keys=N
 * (so many times Tab), --activate (then press what has the focus), --both (of a light scheme the dark one
 * as well, in OUT-dark.png) and --stay (keep the window open). The header is a plain one. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "ehcp-document-viewer.h"
#include "ehcp-link-notice.h"
#include "ehcp-link-private.h"
#include "ehcp-places.h"
#include "ehcp-text.h"
#include "sample-team.h"
#include "sample.h"

#define SETTLE_MS 700
#define NARROW_BELOW_PX 700 /* as the program's own window has it */

typedef struct
{
  char *sample;
  char *press;
  char *document;
  gboolean is_rtl;
  gboolean is_offline;
  gboolean is_activated;
  gboolean stays;
  gboolean takes_both;
  gboolean is_first;
  gboolean is_team;
  int n_tabs;
  char *place;
  char *scheme;
  char *size;
  char *out;
  EhcpLink *link;
  GtkWidget *window;
  EhcpView *view;
} Show;

static SampleParts
parse_parts (const char *text)
{
  static const GDebugKey keys[] = { { "isla", SAMPLE_WITH_ISLA },
                                    { "theo", SAMPLE_WITH_THEO },
                                    { "waiting", SAMPLE_WITH_WAITING },
                                    { "invited", SAMPLE_WITH_INVITED },
                                    { "staff", SAMPLE_WITH_STAFF } };

  return g_parse_debug_string (text != NULL ? text : "isla,theo", keys, G_N_ELEMENTS (keys));
}

static char *
expand_place (const char *place)
{
  g_autoptr (GString) text = g_string_new (place);

  g_string_replace (text, "@isla", SAMPLE_ISLA, 0);
  g_string_replace (text, "@theo", SAMPLE_THEO, 0);
  g_string_replace (text, "@team", SAMPLE_TEAM_CASE, 0);
  g_string_replace (text, "@form", SAMPLE_VIEWS_FORM, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_line (const char *text, const char *style, int n_lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_lines (GTK_LABEL (label), n_lines);
  gtk_widget_add_css_class (label, style);
  return label;
}

/* As in the program's own window: ehcp-window.ui. */
static GtkWidget *
make_title (EhcpView *view)
{
  g_autofree char *title = NULL, *subtitle = NULL, *avatar = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_object_get (view, "title", &title, "subtitle", &subtitle, "avatar", &avatar, NULL);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  if (avatar != NULL)
    gtk_box_append (GTK_BOX (box), adw_avatar_new (30, avatar, TRUE));
  if (title != NULL)
    gtk_box_append (GTK_BOX (lines), make_line (title, "title", subtitle != NULL ? 1 : 2));
  if (subtitle != NULL)
    gtk_box_append (GTK_BOX (lines), make_line (subtitle, "subtitle", 1));
  gtk_box_append (GTK_BOX (box), lines);
  return box;
}

static GtkWidget *
make_back (const char *label, gboolean is_narrow)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (label);

  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (words, label != NULL && !is_narrow);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-previous-symbolic", "accessible-role",
                                               GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (label == NULL || is_narrow)
    gtk_widget_set_css_classes (button, (const char *[]){ "flat", "image-button", NULL });
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "Back", -1);
  return button;
}

static GtkWidget *
make_header (EhcpView *view, gboolean is_narrow)
{
  g_autofree char *back = NULL;
  gboolean has_back = FALSE;
  g_autoptr (GtkWidget) start = NULL, middle = NULL, end = NULL;
  GtkWidget *header = adw_header_bar_new ();

  g_object_get (view, "back-label", &back, "has-back", &has_back, "header-start", &start, "header-title", &middle,
                "header-end", &end, NULL);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), middle != NULL ? middle : make_title (view));
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), is_narrow ? ADW_CENTERING_POLICY_LOOSE
                                                                          : ADW_CENTERING_POLICY_STRICT);
  if (has_back)
    adw_header_bar_pack_start (ADW_HEADER_BAR (header), make_back (back, is_narrow));
  if (start != NULL)
    adw_header_bar_pack_start (ADW_HEADER_BAR (header), start);
  if (end != NULL)
    gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  if (end != NULL)
    adw_header_bar_pack_end (ADW_HEADER_BAR (header), end);
  return header;
}

/* Whoever waits for a picture finds a whole one. */
static void
save (Show *show)
{
  g_autofree char *part = g_strconcat (show->out, ".part", NULL);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (show->window);
  GtkSnapshot *shot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, shot, gtk_widget_get_width (show->window),
                          gtk_widget_get_height (show->window));
  node = gtk_snapshot_free_to_node (shot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (show->window)), node, NULL);
  gdk_texture_save_to_png (texture, part);
  g_rename (part, show->out);
}

static gboolean
save_cb (gpointer data)
{
  Show *show = data;

  save (show);
  if (show->takes_both)
    {
      show->takes_both = FALSE;
      show->out = g_strdup_printf ("%.*s-dark.png", (int) strlen (show->out) - 4, show->out);
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
      g_timeout_add (SETTLE_MS, save_cb, show);
    }
  else if (!show->stays)
    gtk_window_destroy (GTK_WINDOW (show->window));
  return G_SOURCE_REMOVE;
}

static GtkWidget *
find_viewer (GtkWidget *widget)
{
  GtkWidget *found = EHCP_IS_DOCUMENT_VIEWER (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_viewer (child);
  return found;
}

/* As if it had been opened and loaded. */
static void
open_document (Show *show)
{
  GListModel *documents = ehcp_book_get_list (ehcp_link_get_book (show->link), EHCP_KIND_DOCUMENT, SAMPLE_ISLA);
  g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, 0);
  EhcpDocumentViewer *viewer = EHCP_DOCUMENT_VIEWER (find_viewer (GTK_WIDGET (show->view)));
  g_autoptr (GBytes) content = NULL;
  char *bytes;
  gsize length;

  if (!g_file_get_contents (show->document, &bytes, &length, NULL))
    g_error ("no file %s", show->document);
  content = g_bytes_new_take (bytes, length);
  ehcp_document_viewer_open (viewer, show->link, document);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_usleep (G_USEC_PER_SEC / 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ehcp_document_viewer_take_content (viewer, content);
  for (int i = 0; i < 10; i++)
    {
      g_usleep (G_USEC_PER_SEC / 10);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static gboolean
act_cb (gpointer data)
{
  Show *show = data;
  g_auto (GStrv) parts = show->press != NULL ? g_strsplit (show->press, "=", 2) : NULL;
  GtkWidget *from = GTK_WIDGET (show->view);

  if (show->document != NULL)
    {
      open_document (show);
      from = find_viewer (from);
    }
  if (parts != NULL && !gtk_widget_activate_action (from, parts[0],
                                                    parts[1] != NULL ? "s" : NULL, parts[1]))
    g_printerr ("no action %s\n", parts[0]);
  for (int i = 0; i < show->n_tabs; i++)
    gtk_widget_child_focus (show->window, GTK_DIR_TAB_FORWARD);
  if (show->n_tabs > 0)
    gtk_window_set_focus_visible (GTK_WINDOW (show->window), TRUE);
  if (show->is_activated)
    gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (show->window)));
  g_timeout_add (SETTLE_MS, save_cb, show);
  return G_SOURCE_REMOVE;
}

/* What the program's own window can do, so that what leads there is not shown as out of use. */
static void
add_actions (GtkApplication *app, GtkWidget *window)
{
  static const GActionEntry of_window[] = { { .name = "go", .parameter_type = "s" },
                                            { .name = "replace", .parameter_type = "s" },
                                            { .name = "back" },
                                            { .name = "help" },
                                            { .name = "cover" },
                                            { .name = "about" },
                                            { .name = "log-out" } };
  static const GActionEntry of_app[] = { { .name = "quit" },
                                         { .name = "use-council", .parameter_type = "s" },
                                         { .name = "use-account", .parameter_type = "(ss)" },
                                         { .name = "add-account" } };

  g_action_map_add_action_entries (G_ACTION_MAP (window), of_window, G_N_ELEMENTS (of_window), NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (app), of_app, G_N_ELEMENTS (of_app), NULL);
}

static void
activate_cb (GtkApplication *app, Show *show)
{
  g_autofree char *place = expand_place (show->place);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *notice = g_object_new (EHCP_TYPE_LINK_NOTICE, NULL);
  int width = 1100, height = 760, dpi = 0;

  if (show->size != NULL)
    sscanf (show->size, "%dx%d", &width, &height);
  show->view = ehcp_places_make (place, show->link);
  if (show->view == NULL)
    g_error ("no place %s", place);
  show->window = adw_application_window_new (app);
  add_actions (app, show->window);
  gtk_widget_set_vexpand (GTK_WIDGET (show->view), TRUE);
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  gtk_box_append (GTK_BOX (box), make_header (show->view, width < NARROW_BELOW_PX * MAX (dpi, 1024 * 96) / (1024 * 96)));
  ehcp_link_notice_set_link (EHCP_LINK_NOTICE (notice), show->link);
  gtk_box_append (GTK_BOX (box), notice);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (show->view));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (show->window), box);
  gtk_window_set_default_size (GTK_WINDOW (show->window), width, height);
  ehcp_view_shown (show->view);
  gtk_window_present (GTK_WINDOW (show->window));
  g_timeout_add (300, act_cb, show);
}

/* As after a pull at the sample's time; offline, the next one failed. */
static void
set_up_link (Show *show)
{
  const char service[] = "{\"name\":\"Wyreshire Council\",\"team\":\"SEND Assessment Team\","
                         "\"telephone\":\"01632 960 400\",\"email\":\"send@wyreshire.example\","
                         "\"hours\":\"Mon to Thu, 9:00 to 16:30\",\"versions\":{\"min\":1,\"max\":1},"
                         "\"limits\":{\"file_bytes\":52428800,\"command_bytes\":262144},"
                         "\"password\":{\"min\":12,\"max\":128},\"message_types\":[],\"stage_texts\":[],"
                         "\"now\":\"" SAMPLE_NOW "\"}";
  g_autoptr (GBytes) body = g_bytes_new_static (service, sizeof service - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpService) parsed = ehcp_service_parse (body, &error);

  g_assert_no_error (error);
  ehcp_link_set_service (show->link, parsed);
  ehcp_link_set_status (show->link, EHCP_LINK_SIGNED_IN);
  ehcp_link_set_online (show->link, !show->is_offline);
  ehcp_link_set_first_sync (show->link, !show->is_first);
  if (!show->is_first)
    ehcp_link_set_updated_at (show->link, ehcp_time_parse (SAMPLE_NOW));
}

static void
choose_scheme (const char *scheme)
{
  if (g_strrstr (scheme, "dark") != NULL)
    g_setenv ("ADW_DEBUG_COLOR_SCHEME", "prefer-dark", TRUE);
  if (g_strrstr (scheme, "contrast") != NULL)
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", "1", TRUE);
}

static void
parse_arguments (Show *show, int *argc, char ***argv)
{
  GOptionEntry entries[] = {
    { "sample", 0, 0, G_OPTION_ARG_STRING, &show->sample, NULL, NULL },
    { "press", 0, 0, G_OPTION_ARG_STRING, &show->press, NULL, NULL },
    { "document", 0, 0, G_OPTION_ARG_FILENAME, &show->document, NULL, NULL },
    { "rtl", 0, 0, G_OPTION_ARG_NONE, &show->is_rtl, NULL, NULL },
    { "offline", 0, 0, G_OPTION_ARG_NONE, &show->is_offline, NULL, NULL },
    { "activate", 0, 0, G_OPTION_ARG_NONE, &show->is_activated, NULL, NULL },
    { "both", 0, 0, G_OPTION_ARG_NONE, &show->takes_both, NULL, NULL },
    { "stay", 0, 0, G_OPTION_ARG_NONE, &show->stays, NULL, NULL },
    { "team", 0, 0, G_OPTION_ARG_NONE, &show->is_team, NULL, NULL },
    { "first", 0, 0, G_OPTION_ARG_NONE, &show->is_first, NULL, NULL },
    { "keys", 0, 0, G_OPTION_ARG_INT, &show->n_tabs, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("PLACE [SCHEME] [WxH] OUT");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error) || *argc < 3)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "PLACE and OUT are needed");
      exit (2);
    }
  show->place = (*argv)[1];
  show->out = (*argv)[*argc - 1];
  show->scheme = *argc > 3 ? (*argv)[2] : NULL;
  show->size = *argc > 4 ? (*argv)[3] : NULL;
}

int
main (int argc, char *argv[])
{
  Show show = { 0 };
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autoptr (AdwApplication) app = NULL;
  g_autofree char *cache = NULL;

  if (g_getenv ("TEXTDOMAINDIR") != NULL)
    {
      bindtextdomain ("ehcp-portal", g_getenv ("TEXTDOMAINDIR"));
      bind_textdomain_codeset ("ehcp-portal", "UTF-8");
      textdomain ("ehcp-portal");
    }
  parse_arguments (&show, &argc, &argv);
  choose_scheme (show.scheme != NULL ? show.scheme : "light");
  cache = g_dir_make_tmp ("show-view-XXXXXX", NULL);
  show.link = ehcp_link_new ("http://127.0.0.1:9/", cache, clock);
  set_up_link (&show);
  if (!show.is_first)
    sample_fill (ehcp_link_get_book (show.link), parse_parts (show.sample));
  if (show.is_team)
    sample_fill_team (ehcp_link_get_book (show.link));
  app = adw_application_new ("io.github.ehcp_portal.EhcpPortal", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), &show);
  if (show.is_rtl)
    g_signal_connect_swapped (app, "startup", G_CALLBACK (gtk_widget_set_default_direction),
                              GINT_TO_POINTER (GTK_TEXT_DIR_RTL));
  g_application_run (G_APPLICATION (app), 1, argv);
  ehcp_link_close (show.link);
  g_object_unref (show.link);
  return EXIT_SUCCESS;
}
