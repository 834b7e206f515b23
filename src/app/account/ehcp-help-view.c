/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help: one topic when the place names it ("help/TOPIC"), the other topics, and whom to ask. */
#include "ehcp-help-view.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-application.h"
#include "ehcp-help-topics.h"
#include "ehcp-language.h"

struct _EhcpHelpView
{
  EhcpView parent;
  GtkLabel *heading;
  GtkBox *text;
  GtkListBox *topics;
  GtkLabel *contact_label;
};

G_DEFINE_FINAL_TYPE (EhcpHelpView, ehcp_help_view, EHCP_TYPE_VIEW)

static void
add_line (GString *text, const char *line)
{
  g_autofree char *marked = ehcp_left_to_right (line);

  if (line == NULL || line[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, marked);
}

/* As the council says, or as it said when it was last asked. */
static char *
contact (EhcpHelpView *view)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (view));
  EhcpService *service = link != NULL ? ehcp_link_get_service (link) : NULL;
  EhcpApplication *application = ehcp_application_of (GTK_WIDGET (view));
  EhcpSettings *settings = application != NULL ? ehcp_application_get_settings (application) : NULL;
  GString *text = g_string_new (NULL);

  if (service != NULL)
    {
      add_line (text, ehcp_service_get_name (service));
      add_line (text, ehcp_service_get_team (service));
      add_line (text, ehcp_service_get_telephone (service));
      add_line (text, ehcp_service_get_email (service));
      add_line (text, ehcp_service_get_hours (service));
    }
  else if (settings != NULL)
    {
      add_line (text, settings->name);
      add_line (text, settings->telephone);
      add_line (text, settings->hours);
    }
  if (text->len == 0)
    g_string_append (text, _("Call the SEND team of your council. Its number stands in its letters and e-mails."));
  return g_string_free (text, FALSE);
}

static void
ehcp_help_view_shown (EhcpView *base)
{
  EhcpHelpView *view = EHCP_HELP_VIEW (base);
  g_autofree char *words = contact (view);

  gtk_label_set_label (view->contact_label, words);
}

static void
add_paragraph (EhcpHelpView *view, const char *words)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0f, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  gtk_box_append (view->text, label);
}

static void
add_topic (EhcpHelpView *view, const EhcpHelpTopic *topic)
{
  GtkWidget *row = ehcp_action_row_new (_(topic->title), NULL);
  g_autofree char *target = g_strdup_printf ("help/%s", topic->name);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic", "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.go");
  gtk_list_box_append (view->topics, row);
}

static void
ehcp_help_view_constructed (GObject *object)
{
  EhcpHelpView *view = EHCP_HELP_VIEW (object);
  const EhcpHelpTopic *shown = ehcp_help_topics_find (ehcp_view_get_argument (EHCP_VIEW (view)));

  G_OBJECT_CLASS (ehcp_help_view_parent_class)->constructed (object);
  if (shown != NULL)
    {
      gtk_label_set_label (view->heading, _(shown->title));
      for (guint i = 0; i < G_N_ELEMENTS (shown->text) && shown->text[i] != NULL; i++)
        add_paragraph (view, _(shown->text[i]));
    }
  gtk_widget_set_visible (GTK_WIDGET (view->text), shown != NULL);
  for (const EhcpHelpTopic *topic = ehcp_help_topics_get (); topic->name != NULL; topic++)
    if (topic != shown)
      add_topic (view, topic);
}

static void
ehcp_help_view_class_init (EhcpHelpViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ehcp_help_view_constructed;
  EHCP_VIEW_CLASS (klass)->shown = ehcp_help_view_shown;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-help-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpHelpView, heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpHelpView, text);
  gtk_widget_class_bind_template_child (widget_class, EhcpHelpView, topics);
  gtk_widget_class_bind_template_child (widget_class, EhcpHelpView, contact_label);
}

static void
ehcp_help_view_init (EhcpHelpView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
