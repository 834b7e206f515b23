/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notifications, running in the background, the privacy lock, and a word on the language. Each switch holds at
 * once; the desktop has the last word on the background. */
#include "ehcp-preferences-view.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-application.h"
#include "ehcp-background.h"
#include "ehcp-language.h"

struct _EhcpPreferencesView
{
  EhcpView parent;
  GtkSwitch *notify;
  GtkSwitch *details;
  GtkSwitch *background;
  GtkLabel *trouble;
  GtkWidget *language_heading;
  GtkLabel *language_note;
  EhcpSettings *settings; /* the application's, once it is known */
};

G_DEFINE_FINAL_TYPE (EhcpPreferencesView, ehcp_preferences_view, EHCP_TYPE_VIEW)

static void
take (EhcpPreferencesView *view, gboolean *member, GtkSwitch *choice)
{
  gboolean is_on = gtk_switch_get_active (choice);

  if (view->settings == NULL || *member == is_on)
    return;
  *member = is_on;
  ehcp_settings_save (view->settings);
}

static void
notify_cb (EhcpPreferencesView *view)
{
  gtk_widget_set_sensitive (GTK_WIDGET (view->details), gtk_switch_get_active (view->notify));
  if (view->settings != NULL)
    take (view, &view->settings->notify, view->notify);
}

static void
details_cb (EhcpPreferencesView *view)
{
  if (view->settings != NULL)
    take (view, &view->settings->notify_details, view->details);
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpPreferencesView) view = data;
  g_autoptr (GError) error = NULL;
  gboolean may_run = ehcp_background_request_finish (result, &error);

  if (error != NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (view->background), TRUE);
  if (may_run)
    take (view, &view->settings->run_in_background, view->background);
  else
    gtk_switch_set_active (view->background, FALSE);
  gtk_label_set_label (view->trouble, may_run ? "" : _("The desktop does not allow it. You can change that in its "
                                                       "settings for programs."));
  gtk_widget_set_visible (GTK_WIDGET (view->trouble), !may_run);
}

static void
background_cb (EhcpPreferencesView *view)
{
  gboolean is_on = gtk_switch_get_active (view->background);

  if (view->settings == NULL || view->settings->run_in_background == is_on)
    return;
  if (!is_on)
    take (view, &view->settings->run_in_background, view->background);
  else
    gtk_widget_set_sensitive (GTK_WIDGET (view->background), FALSE);
  ehcp_background_request_async (is_on, ehcp_view_get_cancellable (EHCP_VIEW (view)),
                                 is_on ? allowed_cb : NULL, is_on ? g_object_ref (view) : NULL);
}

static void
ehcp_preferences_view_shown (EhcpView *base)
{
  EhcpPreferencesView *view = EHCP_PREFERENCES_VIEW (base);
  EhcpApplication *application = ehcp_application_of (GTK_WIDGET (view));

  if (application == NULL || view->settings != NULL)
    return;
  gtk_switch_set_active (view->notify, ehcp_application_get_settings (application)->notify);
  gtk_switch_set_active (view->details, ehcp_application_get_settings (application)->notify_details);
  gtk_switch_set_active (view->background, ehcp_application_get_settings (application)->run_in_background);
  view->settings = ehcp_application_get_settings (application);
  notify_cb (view);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, EhcpPreferencesView, name)

static void
ehcp_preferences_view_class_init (EhcpPreferencesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_preferences_view_shown;
  g_type_ensure (EHCP_TYPE_ACTION_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-preferences-view.ui");
  BIND (notify);
  BIND (details);
  BIND (background);
  BIND (trouble);
  BIND (language_heading);
  BIND (language_note);
}

static void
ehcp_preferences_view_init (EhcpPreferencesView *view)
{
  const char *note = ehcp_language_note ();

  gtk_widget_init_template (GTK_WIDGET (view));
  gtk_label_set_label (view->language_note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (view->language_note), note != NULL);
  gtk_widget_set_visible (view->language_heading, note != NULL);
  g_signal_connect_swapped (view->notify, "notify::active", G_CALLBACK (notify_cb), view);
  g_signal_connect_swapped (view->details, "notify::active", G_CALLBACK (details_cb), view);
  g_signal_connect_swapped (view->background, "notify::active", G_CALLBACK (background_cb), view);
}
