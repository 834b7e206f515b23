/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the book's list of activities, newest first. A row whose thing can be seen leads there. */
#include "ehcp-activity-box.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-activity-words.h"
#include "ehcp-time-words.h"

#define MOST_ROWS 10

struct _EhcpActivityBox
{
  AdwBin parent_instance;
  EhcpLink *link; /* not owned: the view that holds this one holds it */
  GtkWidget *heading;
  GtkWidget *list;
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (EhcpActivityBox, ehcp_activity_box, ADW_TYPE_BIN)

static void
row_activated_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.go", "s", (const char *) g_object_get_data (G_OBJECT (row), "place"));
}

static void
make_lead (GtkWidget *row, char *place)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), place != NULL);
  if (place == NULL)
    return;
  g_object_set_data_full (G_OBJECT (row), "place", place, g_free);
  g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
}

static GtkWidget *
make_row_cb (gpointer item, gpointer data)
{
  EhcpActivityBox *box = data;
  EhcpBook *book = ehcp_link_get_book (box->link);
  g_autofree char *words = ehcp_activity_words (book, item);
  g_autofree char *when = ehcp_time_words_of_text (ehcp_record_get_text (item, "at"),
                                                   ehcp_clock_now (ehcp_link_get_clock (box->link)));
  GtkWidget *row = ehcp_action_row_new (words, when);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", ehcp_activity_icon (item),
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), words, when);
  make_lead (row, ehcp_activity_place (book, item));
  return row;
}

static void
items_changed_cb (GListModel *model, guint position, guint n_removed, guint n_added, EhcpActivityBox *box)
{
  gboolean has_any = g_list_model_get_n_items (model) > 0;

  gtk_widget_set_visible (box->list, has_any);
  gtk_widget_set_visible (box->none, !has_any);
}

static void
ehcp_activity_box_class_init (EhcpActivityBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-activity-box.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpActivityBox, heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpActivityBox, list);
  gtk_widget_class_bind_template_child (widget_class, EhcpActivityBox, none);
}

static void
ehcp_activity_box_init (EhcpActivityBox *box)
{
  gtk_widget_init_template (GTK_WIDGET (box));
}

void
ehcp_activity_box_show_list (EhcpActivityBox *box, EhcpLink *link, const char *case_id)
{
  GListModel *all = ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_ACTIVITY, case_id);
  g_autoptr (GtkSliceListModel) newest = gtk_slice_list_model_new (g_object_ref (all), 0, MOST_ROWS);

  g_return_if_fail (EHCP_IS_ACTIVITY_BOX (box) && box->link == NULL);

  box->link = link;
  gtk_list_box_bind_model (GTK_LIST_BOX (box->list), G_LIST_MODEL (newest), make_row_cb, box, NULL);
  g_signal_connect_object (newest, "items-changed", G_CALLBACK (items_changed_cb), box, 0);
  items_changed_cb (G_LIST_MODEL (newest), 0, 0, 0, box);
}

/* Scrolls here as well: the page follows the focus. */
void
ehcp_activity_box_take_focus (EhcpActivityBox *box)
{
  GtkListBoxRow *first;

  g_return_if_fail (EHCP_IS_ACTIVITY_BOX (box));

  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (box->list), 0);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}
