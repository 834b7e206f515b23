/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GTK 4.8 tells assistive technology that every page of a stack is visible. A screen reader would find
 * the fields of three pages one after the other; so the pages behind are marked as hidden. */
#include "ehcp-stack-pages.h"

static void
update (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != shown, -1);
}

static void
shown_cb (GtkStack *stack)
{
  update (stack);
}

static void
pages_cb (GListModel *pages, guint position, guint n_removed, guint n_added, GtkStack *stack)
{
  update (stack);
}

/* Once for each stack, after its template was made; pages may be added and removed afterwards. */
void
ehcp_stack_pages_hide_others (GtkStack *stack)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (shown_cb), NULL);
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (pages_cb), stack, 0);
  g_object_set_data_full (G_OBJECT (stack), "ehcp-pages", g_steal_pointer (&pages), g_object_unref);
  update (stack);
}
