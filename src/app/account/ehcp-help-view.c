/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom to ask, and the keys. */
#include "ehcp-help-view.h"

#include <glib/gi18n.h>

struct _EhcpHelpView
{
  EhcpView parent;
  GtkStack *pages;
  GtkLabel *contact_label;
};

G_DEFINE_FINAL_TYPE (EhcpHelpView, ehcp_help_view, EHCP_TYPE_VIEW)

static void
add_line (GString *text, const char *line)
{
  if (line == NULL || line[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
ehcp_help_view_shown (EhcpView *base)
{
  EhcpLink *link = ehcp_view_get_link (base);
  EhcpService *service = link != NULL ? ehcp_link_get_service (link) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (service != NULL)
    {
      add_line (text, ehcp_service_get_name (service));
      add_line (text, ehcp_service_get_team (service));
      add_line (text, ehcp_service_get_telephone (service));
      add_line (text, ehcp_service_get_email (service));
      add_line (text, ehcp_service_get_hours (service));
    }
  else
    add_line (text, _("Call the SEND team of your council. Its number stands in its letters and e-mails."));
  gtk_label_set_label (EHCP_HELP_VIEW (base)->contact_label, text->str);
}

static void
ehcp_help_view_class_init (EhcpHelpViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_help_view_shown;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-help-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpHelpView, pages);
  gtk_widget_class_bind_template_child (widget_class, EhcpHelpView, contact_label);
}

static void
ehcp_help_view_init (EhcpHelpView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
