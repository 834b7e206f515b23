/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To choose the council. An address is tried before it is taken: a link of its own asks the server what
 * it is, and only an answer makes it the council that the program remembers. */
#include "ehcp-council-view.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-json.h"
#include "ehcp-uri.h"

#define LIST_PATH "/io/github/ehcp_portal/EhcpPortal/councils.json"
#define MAX_LIST_BYTES 1000000

struct _EhcpCouncilView
{
  EhcpView parent;
  GtkWidget *page;
  EhcpErrorSummary *summary;
  GtkListBox *list;
  GtkEditable *address;
  EhcpErrorRow *address_error;
  GtkWidget *submit;
  GtkSpinner *spinner;
  EhcpLink *trial;
};

G_DEFINE_FINAL_TYPE (EhcpCouncilView, ehcp_council_view, EHCP_TYPE_VIEW)

static void
set_busy (EhcpCouncilView *view, gboolean is_busy)
{
  gtk_widget_set_sensitive (view->submit, !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (view->list), !is_busy);
  gtk_spinner_set_spinning (view->spinner, is_busy);
}

static void
end_trial (EhcpCouncilView *view)
{
  if (view->trial != NULL)
    ehcp_link_close (view->trial);
  g_clear_object (&view->trial);
}

static void
service_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpCouncilView) view = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strdup (ehcp_link_get_url (EHCP_LINK (source)));
  g_autoptr (EhcpService) service = ehcp_link_fetch_service_finish (EHCP_LINK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (view, FALSE);
  end_trial (view);
  if (service == NULL)
    {
      ehcp_error_row_set_message (view->address_error,
                                  _("No council answers at this address. Check it, and your connection "
                                    "to the internet."));
      ehcp_error_summary_gather (view->summary, view->page);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (view), "app.use-council", "s", url);
}

static gboolean
is_used_already (EhcpCouncilView *view, const char *url)
{
  EhcpLink *link = ehcp_view_get_link (EHCP_VIEW (view));

  return link != NULL && g_strcmp0 (ehcp_link_get_url (link), url) == 0;
}

static void
try_out (EhcpCouncilView *view, const char *typed)
{
  g_autofree char *url = ehcp_uri_normalise_council (typed);
  g_autoptr (EhcpClock) clock = ehcp_clock_new ();
  EhcpView *base = EHCP_VIEW (view);

  ehcp_error_summary_clear (view->summary, view->page);
  if (url == NULL)
    {
      ehcp_error_row_set_message (view->address_error,
                                  typed[0] == '\0'
                                      ? _("Enter the address of the council")
                                      : _("Enter a full address, such as https://send.wyreshire.example"));
      ehcp_error_summary_gather (view->summary, view->page);
      return;
    }
  if (is_used_already (view, url))
    {
      gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
      return;
    }
  set_busy (view, TRUE);
  end_trial (view);
  /* It is asked what it is and nothing else, so nothing is written there. */
  view->trial = ehcp_link_new (url, g_get_tmp_dir (), clock);
  ehcp_link_fetch_service_async (view->trial, ehcp_view_get_cancellable (base), service_cb,
                                 g_object_ref (view));
}

static void
submit_cb (EhcpCouncilView *view)
{
  try_out (view, gtk_editable_get_text (view->address));
}

static void
row_cb (EhcpCouncilView *view, GtkListBoxRow *row)
{
  gtk_editable_set_text (view->address, g_object_get_data (G_OBJECT (row), "url"));
  submit_cb (view);
}

static void
add_council (EhcpCouncilView *view, JsonObject *council)
{
  const char *name = ehcp_json_get_text (council, "name");
  const char *url = ehcp_json_get_text (council, "url");
  GtkWidget *row;

  g_return_if_fail (name != NULL && url != NULL);
  row = ehcp_action_row_new (name, url);
  g_object_set_data_full (G_OBJECT (row), "url", g_strdup (url), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_signal_connect_object (row, "activated", G_CALLBACK (row_cb), view, G_CONNECT_SWAPPED);
  gtk_list_box_append (view->list, row);
}

/* The list is shipped inside the program. */
static void
fill_list (EhcpCouncilView *view)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (LIST_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) list = NULL;
  JsonArray *councils;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  list = ehcp_json_parse_object (text, length, MAX_LIST_BYTES, &error);
  g_assert_no_error (error);
  councils = ehcp_json_get_array (list, "councils");
  for (guint i = 0; i < json_array_get_length (councils); i++)
    add_council (view, json_array_get_object_element (councils, i));
}

static void
ehcp_council_view_dispose (GObject *object)
{
  EhcpCouncilView *view = EHCP_COUNCIL_VIEW (object);

  end_trial (view);
  G_OBJECT_CLASS (ehcp_council_view_parent_class)->dispose (object);
}

static void
ehcp_council_view_class_init (EhcpCouncilViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_council_view_dispose;
  g_type_ensure (EHCP_TYPE_ERROR_ROW);
  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-council-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpCouncilView, page);
  gtk_widget_class_bind_template_child (widget_class, EhcpCouncilView, summary);
  gtk_widget_class_bind_template_child (widget_class, EhcpCouncilView, list);
  gtk_widget_class_bind_template_child (widget_class, EhcpCouncilView, address);
  gtk_widget_class_bind_template_child (widget_class, EhcpCouncilView, address_error);
  gtk_widget_class_bind_template_child (widget_class, EhcpCouncilView, submit);
  gtk_widget_class_bind_template_child (widget_class, EhcpCouncilView, spinner);
  gtk_widget_class_bind_template_callback (widget_class, submit_cb);
}

static void
ehcp_council_view_init (EhcpCouncilView *view)
{
  gtk_widget_init_template (GTK_WIDGET (view));
  fill_list (view);
}
