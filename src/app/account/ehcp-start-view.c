/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where somebody begins who is not signed in. The council's name and telephone number are shown from
 * what was remembered until its server has answered, so that help can be found offline as well. */
#include "ehcp-start-view.h"

#include <glib/gi18n.h>

#include "ehcp-application.h"
#include "ehcp-error-words.h"
#include "ehcp-language.h"

struct _EhcpStartView
{
  EhcpView parent;
  GtkLabel *name_label;
  GtkLabel *trouble_label;
  GtkWidget *ended; /* why somebody who had signed in sees this */
  GtkLabel *help_label;
  GtkWidget *sign_in;
  GtkWidget *accounts;
};

G_DEFINE_FINAL_TYPE (EhcpStartView, ehcp_start_view, EHCP_TYPE_VIEW)

static EhcpSettings *
settings_of (EhcpStartView *view)
{
  EhcpApplication *application = ehcp_application_of (GTK_WIDGET (view));

  return application != NULL ? ehcp_application_get_settings (application) : NULL;
}

static char *
help_text (const char *number, const char *hours)
{
  g_autofree char *telephone = ehcp_left_to_right (number);

  if (telephone == NULL || telephone[0] == '\0')
    return g_strdup (_("Need help? Call the SEND team of your council."));
  if (hours == NULL || hours[0] == '\0')
    return g_strdup_printf (_("Need help? Call the SEND team on %s."), telephone);
  return g_strdup_printf (_("Need help? Call the SEND team on %s, %s"), telephone, hours);
}

static void
update (EhcpStartView *view)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (view));
  EhcpService *service = ehcp_link_get_service (link);
  EhcpSettings *settings = settings_of (view);
  const char *name = NULL, *telephone = NULL, *hours = NULL;
  g_autofree char *help = NULL;

  if (service != NULL)
    {
      name = ehcp_service_get_name (service);
      telephone = ehcp_service_get_telephone (service);
      hours = ehcp_service_get_hours (service);
    }
  else if (settings != NULL)
    {
      name = settings->name;
      telephone = settings->telephone;
      hours = settings->hours;
    }
  gtk_widget_set_visible (view->ended, ehcp_link_is_account_ended (link));
  gtk_label_set_label (view->name_label, name != NULL ? name : _("Your council"));
  gtk_widget_set_visible (view->accounts, settings != NULL && settings->accounts->len > 0);
  help = help_text (telephone, hours);
  gtk_label_set_label (view->help_label, help);
}

static void
service_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpStartView) view = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpService) service = ehcp_link_fetch_service_finish (EHCP_LINK (source), result, &error);
  g_autofree char *words = error != NULL ? ehcp_error_words (error) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_label_set_label (view->trouble_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (view->trouble_label), words != NULL);
  update (view);
}

static void
ehcp_start_view_shown (EhcpView *base)
{
  EhcpStartView *view = EHCP_START_VIEW (base);

  update (view);
  ehcp_link_fetch_service_async (ehcp_view_get_link (base), ehcp_view_get_cancellable (base), service_cb,
                                 g_object_ref (view));
  gtk_widget_grab_focus (view->sign_in);
}

static void
ehcp_start_view_class_init (EhcpStartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_start_view_shown;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-start-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpStartView, name_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpStartView, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpStartView, ended);
  gtk_widget_class_bind_template_child (widget_class, EhcpStartView, help_label);
  gtk_widget_class_bind_template_child (widget_class, EhcpStartView, sign_in);
  gtk_widget_class_bind_template_child (widget_class, EhcpStartView, accounts);
}

static void
ehcp_start_view_init (EhcpStartView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
