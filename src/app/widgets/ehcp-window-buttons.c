/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the window's own buttons. GTK calls the one that ends the program "Close", as the screens call
 * the one that leaves a message: who asks for "Close" by its name must not end the program. */
#include "ehcp-window-buttons.h"

#include <glib/gi18n.h>

static void
name_buttons (GtkWidget *controls)
{
  GtkWidget *child = gtk_widget_get_first_child (controls);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, "close"))
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Close the window"), -1);
}

/* After the window got its buttons: when it is mapped, and when their layout has changed. */
void
ehcp_window_buttons_name (GtkWidget *header)
{
  GtkWidget *child = gtk_widget_get_first_child (header);

  if (GTK_IS_WINDOW_CONTROLS (header))
    name_buttons (header);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    ehcp_window_buttons_name (child);
}
