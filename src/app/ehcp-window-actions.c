/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's actions and keys. */
#include <glib/gi18n.h>

#include "ehcp-ask.h"
#include "ehcp-debug-info.h"
#include "ehcp-error-words.h"
#include "ehcp-help-topics.h"
#include "ehcp-language.h"
#include "ehcp-window-private.h"

/* The keys of the window work behind the cover as well: they must do nothing there. */
static gboolean
is_covered (GtkWidget *widget)
{
  return ehcp_window_is_covered (EHCP_WINDOW (widget));
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *target)
{
  if (is_covered (widget))
    return;
  ehcp_window_go (EHCP_WINDOW (widget), g_variant_get_string (target, NULL));
}

static void
replace_action (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpWindow *window = EHCP_WINDOW (widget);

  ehcp_history_replace (ehcp_window_get_history (window), g_variant_get_string (target, NULL),
                        ehcp_window_get_link (window));
}

/* Back closes what is open inside a screen first: on a narrow window a list's content. */
static void
back_action (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpHistory *history = ehcp_window_get_history (EHCP_WINDOW (widget));
  EhcpView *view = ehcp_history_get_current (history);
  gboolean has_back = FALSE;

  if (is_covered (widget) || view == NULL || ehcp_view_close_inner (view))
    return;
  g_object_get (view, "has-back", &has_back, NULL);
  if (has_back && ehcp_window_can_go_back (EHCP_WINDOW (widget)))
    ehcp_history_back (history);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpView *view = ehcp_history_get_current (ehcp_window_get_history (EHCP_WINDOW (widget)));

  if (!is_covered (widget) && view != NULL && !ehcp_view_search (view))
    gtk_widget_error_bell (widget);
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *target)
{
  ehcp_window_toast (EHCP_WINDOW (widget), g_variant_get_string (target, NULL));
}

/* About the page that is shown, as far as there is something to say. */
static void
help_action (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpWindow *window = EHCP_WINDOW (widget);
  const char *place = ehcp_window_get_target (window);
  const EhcpHelpTopic *topic = place != NULL ? ehcp_help_topics_of_place (place) : NULL;
  g_autofree char *help = topic != NULL ? g_strdup_printf ("help/%s", topic->name) : g_strdup ("help");

  if (!is_covered (widget))
    ehcp_window_go (window, help);
}

static void
cover_action (GtkWidget *widget, const char *name, GVariant *target)
{
  ehcp_window_cover (EHCP_WINDOW (widget));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *target)
{
  g_autofree char *info = ehcp_debug_info (ehcp_window_get_link (EHCP_WINDOW (widget)));

  ehcp_ask_about (widget, ehcp_language_note (), info);
}

/* Logging out */

static void
logged_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpWindow) window = data;
  g_autoptr (GError) error = NULL;

  if (!ehcp_link_log_out_finish (EHCP_LINK (source), result, &error))
    {
      g_autofree char *words = ehcp_error_words (error);

      ehcp_window_toast (window, words);
    }
}

static void
log_out (EhcpWindow *window)
{
  ehcp_link_log_out_async (ehcp_window_get_link (window), NULL, logged_out_cb, g_object_ref (window));
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  if (ehcp_ask_confirm_finish (result, NULL))
    log_out (EHCP_WINDOW (source));
}

static guint
count_drafts (EhcpLink *link)
{
  GListModel *drafts = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_DRAFT, NULL);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (EhcpRecord) draft = g_list_model_get_item (drafts, i);

      /* Of a form, only what was typed: not where somebody was in it. */
      n += !ehcp_record_has (draft, "form") || ehcp_record_has (draft, "question");
    }
  return n;
}

static char *
words_for_loss (guint n_unsent, guint n_drafts)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (n_unsent > 0)
    g_string_append_printf (words,
                            ngettext ("%u thing that you did has not reached the council.",
                                      "%u things that you did have not reached the council.", n_unsent),
                            n_unsent);
  if (n_unsent > 0 && n_drafts > 0)
    g_string_append_c (words, ' ');
  if (n_drafts > 0)
    g_string_append_printf (words,
                            ngettext ("%u draft is on this computer alone.",
                                      "%u drafts are on this computer alone.", n_drafts),
                            n_drafts);
  g_string_append_c (words, ' ');
  g_string_append (words, _("Logging out removes what is kept here."));
  return g_strdup (words->str);
}

/* Asks first only when something would be lost by it. */
static void
log_out_action (GtkWidget *widget, const char *name, GVariant *target)
{
  EhcpWindow *window = EHCP_WINDOW (widget);
  EhcpLink *link = ehcp_window_get_link (window);
  guint n_unsent, n_drafts;

  if (link == NULL)
    return;
  ehcp_window_store_all (window);
  n_unsent = ehcp_link_get_n_waiting (link) + ehcp_link_get_n_refused (link);
  n_drafts = count_drafts (link);
  if (n_unsent + n_drafts == 0)
    log_out (window);
  else
    {
      g_autofree char *words = words_for_loss (n_unsent, n_drafts);

      ehcp_ask_confirm_async (widget, _("Log out and lose what was not sent?"), words, _("Log out"), TRUE,
                              NULL, confirmed_cb, NULL);
    }
}

void
ehcp_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.go", "s", go_action);
  gtk_widget_class_install_action (widget_class, "win.replace", "s", replace_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.help", NULL, help_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
  gtk_widget_class_install_action (widget_class, "win.cover", NULL, cover_action);
  gtk_widget_class_install_action (widget_class, "win.log-out", NULL, log_out_action);

  /* Bindings of the class, not accelerators: those would take Esc away from popovers and dialogs. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F1, 0, "win.help", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "win.cover", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, GDK_CONTROL_MASK, "win.go", "s", "preferences");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK, "win.go", "s", "shortcuts");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.go",
                                       "s", "shortcuts");
}
