/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehcp-toast-names.h"

#include <glib/gi18n.h>

/* The cross is an icon alone; and GTK 4.8 reads a button with a mnemonic twice, "Undo Undo", where its label is right. */
static void
name_buttons (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (GTK_IS_BUTTON (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Close"), -1);
  else if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

/* Only what hangs on the overlay itself: its own child is the whole window. */
static void
children_cb (GListModel *children, guint position, guint n_removed, guint n_added, AdwToastOverlay *overlay)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GtkWidget) child = g_list_model_get_item (children, i);

      if (child != adw_toast_overlay_get_child (overlay))
        name_buttons (child);
    }
}

void
ehcp_toast_names_watch (AdwToastOverlay *overlay)
{
  GListModel *children = gtk_widget_observe_children (GTK_WIDGET (overlay));

  g_signal_connect (children, "items-changed", G_CALLBACK (children_cb), overlay);
  g_object_set_data_full (G_OBJECT (overlay), "toast-names", children, g_object_unref);
}
