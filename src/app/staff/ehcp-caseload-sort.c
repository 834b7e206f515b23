/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A drop-down of the columns, and a button that turns the order round. */
#include "ehcp-caseload-sort.h"

#include <glib/gi18n.h>

#include "ehcp-caseload-columns.h"

struct _EhcpCaseloadSort
{
  GtkWidget parent_instance;
  GtkWidget *label;
  GtkDropDown *choice;
  GtkToggleButton *turned;
  GtkColumnView *table; /* on the same page */
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (EhcpCaseloadSort, ehcp_caseload_sort, GTK_TYPE_WIDGET)

static void
chosen_cb (EhcpCaseloadSort *sort)
{
  guint chosen = gtk_drop_down_get_selected (sort->choice);
  GListModel *columns = sort->table != NULL ? gtk_column_view_get_columns (sort->table) : NULL;
  g_autoptr (GtkColumnViewColumn) column = columns != NULL ? g_list_model_get_item (columns, chosen) : NULL;

  if (sort->is_showing || column == NULL)
    return;
  gtk_column_view_sort_by_column (sort->table, column,
                                  gtk_toggle_button_get_active (sort->turned) ? GTK_SORT_DESCENDING
                                                                              : GTK_SORT_ASCENDING);
}

static void
sorted_cb (EhcpCaseloadSort *sort)
{
  GtkSortType order = GTK_SORT_ASCENDING;
  guint position;

  if (sort->table == NULL)
    return;
  position = ehcp_caseload_columns_get_sorted (sort->table, &order);
  sort->is_showing = TRUE;
  gtk_drop_down_set_selected (sort->choice, position);
  gtk_toggle_button_set_active (sort->turned, order == GTK_SORT_DESCENDING);
  sort->is_showing = FALSE;
}

void
ehcp_caseload_sort_set_table (EhcpCaseloadSort *sort, GtkColumnView *table)
{
  GListModel *columns = gtk_column_view_get_columns (table);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      gtk_string_list_append (names, gtk_column_view_column_get_title (column));
    }
  sort->is_showing = TRUE;
  sort->table = table;
  gtk_drop_down_set_model (sort->choice, G_LIST_MODEL (names));
  sort->is_showing = FALSE;
  g_signal_connect_object (gtk_column_view_get_sorter (table), "changed", G_CALLBACK (sorted_cb), sort,
                           G_CONNECT_SWAPPED);
  sorted_cb (sort);
}

void
ehcp_caseload_sort_open (EhcpCaseloadSort *sort)
{
  gtk_widget_grab_focus (GTK_WIDGET (sort->choice));
  gtk_widget_activate (GTK_WIDGET (sort->choice));
}

static void
dispose (GObject *object)
{
  GtkWidget *child;

  EHCP_CASELOAD_SORT (object)->table = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ehcp_caseload_sort_parent_class)->dispose (object);
}

static void
ehcp_caseload_sort_class_init (EhcpCaseloadSortClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
name (GtkWidget *widget, const char *words)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
ehcp_caseload_sort_init (EhcpCaseloadSort *sort)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (sort));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  sort->label = g_object_new (GTK_TYPE_LABEL, "label", _("Sort by"), "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  sort->choice = g_object_new (GTK_TYPE_DROP_DOWN, "valign", GTK_ALIGN_CENTER, NULL);
  sort->turned = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "icon-name", "view-sort-descending-symbolic", "valign",
                               GTK_ALIGN_CENTER, "tooltip-text", _("Turn the order round"), NULL);
  gtk_widget_add_css_class (sort->label, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (sort->turned), "flat");
  name (GTK_WIDGET (sort->choice), _("Sort by"));
  name (GTK_WIDGET (sort->turned), _("Turn the order round"));
  gtk_widget_set_parent (sort->label, GTK_WIDGET (sort));
  gtk_widget_set_parent (GTK_WIDGET (sort->choice), GTK_WIDGET (sort));
  gtk_widget_set_parent (GTK_WIDGET (sort->turned), GTK_WIDGET (sort));
  g_signal_connect_swapped (sort->choice, "notify::selected", G_CALLBACK (chosen_cb), sort);
  g_signal_connect_swapped (sort->turned, "toggled", G_CALLBACK (chosen_cb), sort);
}
