/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A section with a boxed list. What is long over stands behind "Show all". */
#include "ehcp-case-lists.h"

#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-case-list-rows.h"
#include "ehcp-text-row.h"

struct _EhcpCaseList
{
  AdwBin parent_instance;
  EhcpCaseListKind kind;
  GtkWidget *list;
  GtkWidget *empty;
  GtkWidget *more;
  char *shown; /* what the rows say */
  guint n_rows, n_over;
};

static guint correct_signal;

G_DEFINE_FINAL_TYPE (EhcpCaseList, ehcp_case_list, ADW_TYPE_BIN)

static void
finalize (GObject *object)
{
  g_free (EHCP_CASE_LIST (object)->shown);
  G_OBJECT_CLASS (ehcp_case_list_parent_class)->finalize (object);
}

static void
ehcp_case_list_class_init (EhcpCaseListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  correct_signal = g_signal_new ("correct", EHCP_TYPE_CASE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
}

static gboolean
is_row_over (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "is-over") != NULL;
}

static void
show_rows (EhcpCaseList *list)
{
  gboolean is_all = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (list->more));

  for (GtkWidget *row = gtk_widget_get_first_child (list->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    gtk_widget_set_visible (row, is_all || !is_row_over (row));
  gtk_widget_set_visible (list->more, list->n_over > 0);
  gtk_widget_set_visible (list->list, is_all ? list->n_rows > 0 : list->n_rows > list->n_over);
  gtk_accessible_update_state (GTK_ACCESSIBLE (list->more), GTK_ACCESSIBLE_STATE_EXPANDED, is_all, -1);
}

static void
ehcp_case_list_init (EhcpCaseList *list)
{
  list->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  gtk_widget_add_css_class (list->list, "boxed-list");
  list->more = gtk_toggle_button_new ();
  gtk_widget_add_css_class (list->more, "flat");
  gtk_widget_set_halign (list->more, GTK_ALIGN_START);
  g_signal_connect_swapped (list->more, "toggled", G_CALLBACK (show_rows), list);
}

GtkWidget *
ehcp_case_list_new (EhcpCaseListKind kind, const char *heading, const char *empty)
{
  EhcpCaseList *list = g_object_new (EHCP_TYPE_CASE_LIST, NULL);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", heading, "xalign", 0., "wrap", TRUE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  list->kind = kind;
  list->empty = g_object_new (GTK_TYPE_LABEL, "label", empty, "xalign", 0., "wrap", TRUE, NULL);
  gtk_widget_add_css_class (list->empty, "dim");
  gtk_widget_add_css_class (title, "heading");
  gtk_box_append (GTK_BOX (content), title);
  gtk_box_append (GTK_BOX (content), list->empty);
  gtk_box_append (GTK_BOX (content), list->list);
  gtk_box_append (GTK_BOX (content), list->more);
  adw_bin_set_child (ADW_BIN (list), content);
  return GTK_WIDGET (list);
}

static void
correct_cb (GtkWidget *button, EhcpCaseList *list)
{
  g_signal_emit (list, correct_signal, 0, gtk_widget_get_name (button));
}

static void
go_cb (GtkWidget *row)
{
  gtk_widget_activate_action (row, "win.go", "s", gtk_widget_get_name (row));
}

static void
add_correct (EhcpCaseList *list, GtkWidget *widget, const EhcpCaseListRow *row)
{
  GtkWidget *button = gtk_button_new_with_label (_("Correct"));

  gtk_widget_set_name (button, row->id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Correct"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, row->title, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (correct_cb), list);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), button);
}

static GtkWidget *
make_row (EhcpCaseList *list, const EhcpCaseListRow *row)
{
  GtkWidget *widget = row->place != NULL ? ehcp_action_row_new (row->title, row->subtitle)
                                         : ehcp_text_row_new (row->title, row->subtitle);

  if (row->is_over)
    g_object_set_data (G_OBJECT (widget), "is-over", GINT_TO_POINTER (TRUE));
  if (row->tag != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (widget), ehcp_tag_new (row->tone, row->tag));
  if (row->can_be_corrected)
    add_correct (list, widget, row);
  if (row->place != NULL)
    {
      gtk_widget_set_name (widget, row->place);
      g_signal_connect (widget, "activated", G_CALLBACK (go_cb), NULL);
    }
  else
    gtk_widget_set_focusable (widget, FALSE);
  return widget;
}

static char *
describe (GPtrArray *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const EhcpCaseListRow *row = rows->pdata[i];

      g_string_append_printf (text, "%s\t%s\t%s\t%s\t%d%d\n", row->id, row->title, row->subtitle,
                              row->tag != NULL ? row->tag : "", row->is_over, row->can_be_corrected);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
ehcp_case_list_show_case (EhcpCaseList *list, EhcpView *view, const char *case_id)
{
  EhcpClock *clock = ehcp_link_get_clock (ehcp_view_get_link (view));
  g_autoptr (GPtrArray) rows = ehcp_case_list_rows (list->kind, ehcp_view_get_book (view), case_id,
                                                    ehcp_clock_today (clock), ehcp_clock_now (clock));
  g_autofree char *text = describe (rows);
  g_autofree char *label = NULL;
  GtkWidget *row;

  if (g_strcmp0 (text, list->shown) == 0)
    return;
  g_free (list->shown);
  list->shown = g_steal_pointer (&text);
  list->n_over = 0;
  list->n_rows = rows->len;
  while ((row = gtk_widget_get_first_child (list->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (list->list), row);
  for (guint i = 0; i < rows->len; i++)
    {
      list->n_over += ((EhcpCaseListRow *) rows->pdata[i])->is_over ? 1 : 0;
      gtk_list_box_append (GTK_LIST_BOX (list->list), make_row (list, rows->pdata[i]));
    }
  label = g_strdup_printf (_("Show all %u"), rows->len);
  gtk_button_set_label (GTK_BUTTON (list->more), label);
  gtk_widget_set_visible (list->empty, rows->len == 0);
  show_rows (list);
}
