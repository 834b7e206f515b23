/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts that signed in on this computer and did not log out; each opens its own session. */
#include "ehcp-accounts-view.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-application.h"

struct _EhcpAccountsView
{
  EhcpView parent;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (EhcpAccountsView, ehcp_accounts_view, EHCP_TYPE_VIEW)

static void
chosen_cb (EhcpAccountsView *view, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (view), "app.use-account", "(ss)",
                              g_object_get_data (G_OBJECT (row), "url"),
                              g_object_get_data (G_OBJECT (row), "id"));
}

static void
add_account (EhcpAccountsView *view, const EhcpKnownAccount *known, gboolean is_open)
{
  const char *council = known->council != NULL ? known->council : known->url;
  g_autofree char *line = is_open ? g_strdup_printf (_("%s. Open now"), council) : g_strdup (council);
  GtkWidget *row = ehcp_action_row_new (known->name, line);

  g_object_set_data_full (G_OBJECT (row), "url", g_strdup (known->url), g_free);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (known->id), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name",
                                           is_open ? "object-select-symbolic" : "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_signal_connect_object (row, "activated", G_CALLBACK (chosen_cb), view, G_CONNECT_SWAPPED);
  gtk_list_box_append (view->list, row);
}

static const char *
open_account (EhcpView *base)
{
  EhcpBook *book = ehcp_view_get_book (base);
  EhcpRecord *account = book != NULL ? ehcp_book_get_account (book) : NULL;

  return account != NULL ? ehcp_record_get_id (account) : NULL;
}

static void
ehcp_accounts_view_shown (EhcpView *base)
{
  EhcpAccountsView *view = EHCP_ACCOUNTS_VIEW (base);
  EhcpApplication *application = ehcp_application_of (GTK_WIDGET (view));
  EhcpSettings *settings = application != NULL ? ehcp_application_get_settings (application) : NULL;
  const char *open = open_account (base);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (view->list))) != NULL)
    gtk_list_box_remove (view->list, row);
  for (guint i = 0; settings != NULL && i < settings->accounts->len; i++)
    {
      const EhcpKnownAccount *known = g_ptr_array_index (settings->accounts, i);

      add_account (view, known, g_strcmp0 (known->id, open) == 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (view->list),
                          gtk_widget_get_first_child (GTK_WIDGET (view->list)) != NULL);
}

static void
ehcp_accounts_view_class_init (EhcpAccountsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  EHCP_VIEW_CLASS (klass)->shown = ehcp_accounts_view_shown;
  g_type_ensure (EHCP_TYPE_ACTION_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-accounts-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpAccountsView, list);
}

static void
ehcp_accounts_view_init (EhcpAccountsView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
}
