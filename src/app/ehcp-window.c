/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: it shows the place that the history names, with the header that its screen asks for,
 * and leads to the right place when somebody signs in or out. Its actions are in ehcp-window-actions.c. */
#include "ehcp-window.h"

#include <glib/gi18n.h>

#include "ehcp-application.h"
#include "ehcp-link-notice.h"
#include "ehcp-menu-names.h"
#include "ehcp-stack-pages.h"
#include "ehcp-toast-names.h"
#include "ehcp-window-buttons.h"
#include "ehcp-window-private.h"

#define NARROW_BELOW_PX 700
#define DPI_NORMAL 96

enum
{
  PROP_LINK = 1,
  PROP_IS_NARROW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (EhcpWindow, ehcp_window, ADW_TYPE_APPLICATION_WINDOW)

/* The header */

static void
set_accessible_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* What is pressed is the toggle button inside: named both, a screen reader would read it twice. Newer GTK takes the
 * inner one's name from the menu button, and from nowhere else. */
static void
name_menu_button (GtkWidget *menu_button, const char *label)
{
  gboolean is_newer = gtk_check_version (4, 10, 0) == NULL;

  set_accessible_label (is_newer ? menu_button : gtk_widget_get_first_child (menu_button), label);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean has_it)
{
  if (has_it)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
update_back (EhcpWindow *window)
{
  gboolean can_go = ehcp_window_can_go_back (window);
  g_autofree char *label = NULL;
  gboolean has_back = FALSE;

  if (window->view != NULL)
    g_object_get (window->view, "back-label", &label, "has-back", &has_back, NULL);
  gtk_widget_set_visible (window->back, can_go && has_back);
  gtk_label_set_label (window->back_label, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (window->back_label), label != NULL && !window->is_narrow);
  /* Without words it is a square, wide enough to be hit. */
  set_class (window->back, "flat", label == NULL || window->is_narrow);
  set_class (window->back, "image-button", label == NULL || window->is_narrow);
  set_accessible_label (window->back, label != NULL ? label : _("Back"));
  gtk_widget_set_tooltip_text (window->back, label == NULL ? _("Back") : window->is_narrow ? label : NULL);
}

static void
update_titles (EhcpWindow *window)
{
  g_autofree char *title = NULL, *subtitle = NULL, *avatar = NULL;

  if (window->view != NULL)
    g_object_get (window->view, "title", &title, "subtitle", &subtitle, "avatar", &avatar, NULL);
  gtk_label_set_label (window->title_label, title != NULL ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (window->title_label), title != NULL);
  gtk_label_set_label (window->subtitle_label, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (window->subtitle_label), subtitle != NULL);
  /* The header has room for two lines. */
  gtk_label_set_lines (window->title_label, subtitle != NULL ? 1 : 2);
  adw_avatar_set_text (window->avatar, avatar != NULL ? avatar : "");
  gtk_widget_set_visible (GTK_WIDGET (window->avatar), avatar != NULL);
  gtk_widget_set_halign (GTK_WIDGET (window->title_label), avatar != NULL ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (window->subtitle_label),
                         avatar != NULL ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_window_set_title (GTK_WINDOW (window),
                        title != NULL && !ehcp_window_is_covered (window) ? title : _("EHCP Portal"));
  set_class (GTK_WIDGET (window->header), "flat", title == NULL);
}

static char *
person_name (EhcpWindow *window)
{
  EhcpLinkStatus status = window->link != NULL ? ehcp_link_get_status (window->link)
                                               : EHCP_LINK_STARTING;
  EhcpRecord *account = NULL;

  if (status == EHCP_LINK_SIGNED_IN || status == EHCP_LINK_ENDED)
    account = ehcp_book_get_account (ehcp_link_get_book (window->link));
  if (account == NULL)
    return NULL;
  return g_strdup_printf ("%s %s", ehcp_record_get_text (account, "forename"),
                          ehcp_record_get_text (account, "surname"));
}

/* A session that ended, and a screen that gives it back: what is for signed-in people only is in the way. */
static gboolean
is_signing_in_again (EhcpWindow *window)
{
  const char *target = ehcp_history_get_target (window->history);
  const EhcpPlace *place = target != NULL ? ehcp_places_find (target) : NULL;

  return place != NULL && (place->flags & EHCP_PLACE_OPEN) != 0 &&
         ehcp_link_get_status (window->link) == EHCP_LINK_ENDED;
}

static void
update_person (EhcpWindow *window)
{
  g_autofree char *name = person_name (window);
  gboolean has_person = FALSE;

  if (window->view != NULL)
    g_object_get (window->view, "has-person", &has_person, NULL);
  gtk_widget_set_visible (window->person, name != NULL && has_person && !is_signing_in_again (window));
  gtk_widget_set_visible (window->menu, name == NULL && window->view != NULL &&
                                            ehcp_history_get_previous (window->history) == NULL);
  gtk_label_set_label (window->person_label, name != NULL ? name : "");
  adw_avatar_set_text (window->person_avatar, name != NULL ? name : "");
  gtk_widget_set_visible (GTK_WIDGET (window->person_label), !window->is_narrow);
  gtk_widget_set_visible (window->person_arrow, !window->is_narrow);
  if (name != NULL)
    name_menu_button (window->person, name);
}

static void
update_bin (EhcpWindow *window, AdwBin *bin, const char *property)
{
  g_autoptr (GtkWidget) widget = NULL;

  if (window->view != NULL)
    g_object_get (window->view, property, &widget, NULL);
  if (adw_bin_get_child (bin) != widget)
    adw_bin_set_child (bin, widget);
  gtk_widget_set_visible (GTK_WIDGET (bin), widget != NULL);
}

static void
update_bins (EhcpWindow *window)
{
  update_bin (window, window->header_start, "header-start");
  update_bin (window, window->header_title, "header-title");
  update_bin (window, window->header_end, "header-end");
  gtk_widget_set_visible (window->titles, adw_bin_get_child (window->header_title) == NULL);
}

static void
update_header (EhcpWindow *window)
{
  update_back (window);
  update_titles (window);
  update_person (window);
  update_bins (window);
}

static void
current_cb (EhcpWindow *window)
{
  static const char *const watched[] = { "notify::title", "notify::subtitle", "notify::avatar",
                                         "notify::back-label", "notify::has-back",
                                         "notify::has-person", "notify::header-start",
                                         "notify::header-title", "notify::header-end" };

  if (window->view != NULL)
    g_signal_handlers_disconnect_by_data (window->view, window);
  g_set_object (&window->view, ehcp_history_get_current (window->history));
  if (window->view != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
      g_signal_connect_swapped (window->view, watched[i], G_CALLBACK (update_header), window);
  update_header (window);
  ehcp_link_notice_set_quiet (window->notice, window->link != NULL && is_signing_in_again (window));
}

/* Where to */

static gboolean
is_starting (EhcpWindow *window)
{
  return window->link != NULL && ehcp_link_get_status (window->link) == EHCP_LINK_STARTING;
}

/* Goes to a place; to one that needs a session only after somebody has signed in. While it is not known
 * whether somebody is, every place waits. */
void
ehcp_window_go (EhcpWindow *window, const char *target)
{
  const EhcpPlace *place = ehcp_places_find (target);

  if (is_starting (window))
    {
      g_free (window->pending);
      window->pending = g_strdup (target);
      return;
    }
  if (place != NULL && (place->flags & EHCP_PLACE_OPEN) == 0 && !ehcp_window_may_read (window))
    {
      g_free (window->pending);
      window->pending = g_strdup (target);
      target = place->instead != NULL ? place->instead : "sign-in";
    }
  ehcp_history_go (window->history, target, window->link);
}

/* Keyed by the account, so that nobody finds another person's half-written page. */
static gboolean
is_same_person (EhcpWindow *window)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_link_get_book (window->link));
  const char *id = account != NULL ? ehcp_record_get_id (account) : NULL;
  gboolean is_same = id != NULL && g_strcmp0 (window->last_account, id) == 0;

  g_free (window->last_account);
  window->last_account = g_strdup (id);
  return is_same;
}

/* Families begin with their children, staff with their caseload. */
static const char *
get_home (EhcpWindow *window)
{
  EhcpRecord *account = ehcp_book_get_account (ehcp_link_get_book (window->link));

  return ehcp_places_get_home (account != NULL ? ehcp_record_get_text (account, "role") : NULL);
}

/* A session can be known before it is known whose: then the family's page was shown, until the account came. */
static void
book_changed_cb (EhcpWindow *window)
{
  const char *home = get_home (window);

  update_person (window);
  if (ehcp_link_get_status (window->link) == EHCP_LINK_SIGNED_IN &&
      g_strcmp0 (ehcp_history_get_target (window->history), "portal") == 0 && !g_str_equal (home, "portal"))
    ehcp_history_go (window->history, home, window->link);
}

static void
go_after_signing_in (EhcpWindow *window)
{
  g_autofree char *pending = g_steal_pointer (&window->pending);
  g_autofree char *way = NULL;

  if (is_same_person (window) && ehcp_history_has_closed_place (window->history))
    ehcp_history_leave_open_places (window->history);
  else
    ehcp_history_go (window->history, get_home (window), window->link);
  if (pending == NULL)
    pending = ehcp_window_take_last_place (window);
  if (pending == NULL)
    return;
  /* So that Back, and `Return to Dashboard`, lead where they say. */
  way = ehcp_places_find_way (pending);
  if (way != NULL)
    ehcp_history_go (window->history, way, window->link);
  ehcp_history_go (window->history, pending, window->link);
}

static void
go_after_signing_out (EhcpWindow *window)
{
  g_autofree char *pending = g_steal_pointer (&window->pending);
  gboolean is_account_ended = ehcp_link_is_account_ended (window->link);

  if (is_account_ended || ehcp_history_has_closed_place (window->history) ||
      ehcp_history_get_current (window->history) == NULL ||
      g_strcmp0 (ehcp_history_get_target (window->history), "locked") == 0 ||
      g_strcmp0 (ehcp_history_get_target (window->history), "overdue") == 0)
    ehcp_history_go (window->history, "start", window->link);
  if (pending != NULL && !is_account_ended)
    ehcp_window_go (window, pending);
}

/* Of a family's screen nothing goes: what is saved here can be read without a session. A colleague who walks by an
 * office's workstation must not read on. */
static void
go_after_session_end (EhcpWindow *window)
{
  if (ehcp_window_may_read (window) || is_signing_in_again (window))
    return;
  ehcp_window_store_all (window);
  ehcp_history_go (window->history, "sign-in", window->link);
}

static void
status_cb (EhcpWindow *window)
{
  switch (ehcp_link_get_status (window->link))
    {
    case EHCP_LINK_STARTING:
      break;
    case EHCP_LINK_ENDED:
      go_after_session_end (window);
      break;
    case EHCP_LINK_SIGNED_OUT:
      go_after_signing_out (window);
      break;
    case EHCP_LINK_LOCKED:
      ehcp_history_go (window->history, "locked", window->link);
      break;
    case EHCP_LINK_OVERDUE:
      ehcp_history_go (window->history, "overdue", window->link);
      break;
    case EHCP_LINK_SIGNED_IN:
      go_after_signing_in (window);
      break;
    }
  update_header (window);
  ehcp_window_update_cover (window);
}

/* The width */

static gboolean
narrow_cb (gpointer data)
{
  EhcpWindow *window = data;

  window->narrow_source = 0;
  /* A title in the exact middle would lose its end between the buttons. */
  adw_header_bar_set_centering_policy (window->header, window->is_narrow ? ADW_CENTERING_POLICY_LOOSE
                                                                         : ADW_CENTERING_POLICY_STRICT);
  update_header (window);
  g_object_notify_by_pspec (G_OBJECT (window), props[PROP_IS_NARROW]);
  return G_SOURCE_REMOVE;
}

static int
narrow_limit (GtkWidget *widget)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? NARROW_BELOW_PX * dpi / (DPI_NORMAL * 1024) : NARROW_BELOW_PX;
}

/* Told from idle: changing what is visible within an allocation would be lost. */
static void
ehcp_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EhcpWindow *window = EHCP_WINDOW (widget);
  gboolean is_narrow = width < narrow_limit (widget);

  GTK_WIDGET_CLASS (ehcp_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (is_narrow == window->is_narrow)
    return;
  window->is_narrow = is_narrow;
  if (window->narrow_source == 0)
    window->narrow_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, window, NULL);
}

static gboolean
ehcp_window_close_request (GtkWindow *base)
{
  GtkApplication *application = gtk_window_get_application (base);

  ehcp_window_store_all (EHCP_WINDOW (base));
  ehcp_window_store_state (EHCP_WINDOW (base));
  gtk_window_set_focus (base, NULL);
  if (EHCP_IS_APPLICATION (application) && ehcp_application_goes_on (EHCP_APPLICATION (application)))
    {
      gtk_widget_set_visible (GTK_WIDGET (base), FALSE);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (ehcp_window_parent_class)->close_request (base);
}

static void
ehcp_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EhcpWindow *window = EHCP_WINDOW (object);

  switch (id)
    {
    case PROP_LINK:
      g_value_set_object (value, window->link);
      break;
    case PROP_IS_NARROW:
      g_value_set_boolean (value, window->is_narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
forget_link (EhcpWindow *window)
{
  if (window->link == NULL)
    return;
  g_signal_handlers_disconnect_by_data (window->link, window);
  g_signal_handlers_disconnect_by_data (ehcp_link_get_book (window->link), window);
  g_clear_object (&window->link);
}

static void
ehcp_window_dispose (GObject *object)
{
  EhcpWindow *window = EHCP_WINDOW (object);

  g_clear_handle_id (&window->narrow_source, g_source_remove);
  if (window->view != NULL)
    g_signal_handlers_disconnect_by_data (window->view, window);
  g_clear_object (&window->view);
  if (window->history != NULL)
    g_signal_handlers_disconnect_by_data (window->history, window);
  g_clear_object (&window->history);
  forget_link (window);
  G_OBJECT_CLASS (ehcp_window_parent_class)->dispose (object);
}

static void
ehcp_window_finalize (GObject *object)
{
  EhcpWindow *window = EHCP_WINDOW (object);

  g_free (window->pending);
  g_free (window->last_account);
  G_OBJECT_CLASS (ehcp_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, curtain);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, header);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, back);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, back_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, person);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, person_avatar);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, person_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, person_arrow);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, header_start);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, header_title);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, header_end);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, EhcpWindow, opening);
}

static void
ehcp_window_class_init (EhcpWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ehcp_window_get_property;
  object_class->dispose = ehcp_window_dispose;
  object_class->finalize = ehcp_window_finalize;
  widget_class->size_allocate = ehcp_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = ehcp_window_close_request;

  props[PROP_LINK] = g_param_spec_object ("link", NULL, NULL, EHCP_TYPE_LINK, flags);
  props[PROP_IS_NARROW] = g_param_spec_boolean ("is-narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (EHCP_TYPE_LINK_NOTICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-window.ui");
  bind_children (widget_class);
  ehcp_window_class_install_actions (widget_class);
}

static void
activity_cb (EhcpWindow *window)
{
  if (window->link != NULL)
    ehcp_link_note_activity (window->link);
}

/* Staff sessions end when nobody is there. Before anything else takes the events. */
static void
watch_activity (EhcpWindow *window)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *pointer = gtk_event_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (pointer, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (activity_cb), window);
  g_signal_connect_swapped (pointer, "motion", G_CALLBACK (activity_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  gtk_widget_add_controller (GTK_WIDGET (window), pointer);
}

static void
ehcp_window_init (EhcpWindow *window)
{
  gtk_widget_init_template (GTK_WIDGET (window));
  ehcp_stack_pages_hide_others (window->curtain);
  ehcp_stack_pages_hide_others (window->stack);
  window->history = ehcp_history_new (window->stack);
  g_signal_connect_swapped (window->history, "notify::current", G_CALLBACK (current_cb), window);
  name_menu_button (window->menu, _("Main menu"));
  ehcp_menu_names_watch (GTK_MENU_BUTTON (window->menu));
  ehcp_menu_names_watch (GTK_MENU_BUTTON (window->person));
  ehcp_toast_names_watch (window->toasts);
  watch_activity (window);
  g_signal_connect (window->header, "map", G_CALLBACK (ehcp_window_buttons_name), NULL);
}

EhcpWindow *
ehcp_window_new (GtkApplication *application)
{
  EhcpWindow *window = g_object_new (EHCP_TYPE_WINDOW, "application", application, NULL);

  ehcp_window_restore_size (window);
  return window;
}

/* Another council, or none: every screen goes, then the status of the link leads on. */
void
ehcp_window_set_link (EhcpWindow *window, EhcpLink *link)
{
  ehcp_history_leave_all (window->history);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  ehcp_history_clear (window->history);
  gtk_stack_set_visible_child (window->stack, window->opening);
  forget_link (window);
  window->link = link != NULL ? g_object_ref (link) : NULL;
  ehcp_link_notice_set_link (window->notice, link);
  if (link == NULL)
    {
      ehcp_history_go (window->history, "council", NULL);
      return;
    }
  g_signal_connect_swapped (link, "notify::status", G_CALLBACK (status_cb), window);
  g_signal_connect_swapped (ehcp_link_get_book (link), "changed", G_CALLBACK (book_changed_cb), window);
  status_cb (window);
}

EhcpLink *
ehcp_window_get_link (EhcpWindow *window)
{
  return window->link;
}

gboolean
ehcp_window_is_narrow (EhcpWindow *window)
{
  return window->is_narrow;
}

/* The place that is shown, or NULL; NULL also while the screen is covered. */
const char *
ehcp_window_get_target (EhcpWindow *window)
{
  return ehcp_window_is_covered (window) ? NULL : ehcp_history_get_target (window->history);
}

EhcpHistory *
ehcp_window_get_history (EhcpWindow *window)
{
  return window->history;
}

void
ehcp_window_toast (EhcpWindow *window, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (window->toasts, adw_toast_new (escaped));
}

/* Every screen in the history stores what was typed. */
void
ehcp_window_store_all (EhcpWindow *window)
{
  ehcp_history_leave_all (window->history);
}
