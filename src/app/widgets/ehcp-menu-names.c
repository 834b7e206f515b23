/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehcp-menu-names.h"

/* The entries are of a type that GTK keeps to itself, with a "text". */
static void
name_entries (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      g_autofree char *text = NULL;

      if (g_str_equal (G_OBJECT_TYPE_NAME (child), "GtkModelButton"))
        g_object_get (child, "text", &text, NULL);
      if (text != NULL)
        {
          /* The label inside, that it points to, is read as nothing and would come first. */
          gtk_accessible_reset_relation (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
          gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
        }
      else
        name_entries (child);
    }
}

static void
popover_cb (GtkMenuButton *button)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  if (popover != NULL)
    g_signal_connect (popover, "map", G_CALLBACK (name_entries), NULL);
}

/**
 * ehcp_menu_names_watch:
 * @button: one with a menu, or that gets one later
 *
 * Each time that the menu is shown its entries get their texts for names. Where GTK names them already nothing is done.
 */
void
ehcp_menu_names_watch (GtkMenuButton *button)
{
  if (gtk_check_version (4, 10, 0) != NULL)
    return;
  g_signal_connect (button, "notify::popover", G_CALLBACK (popover_cb), NULL);
  popover_cb (button);
}
