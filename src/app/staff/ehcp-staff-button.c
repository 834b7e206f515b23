/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Icon and label in a box, both silent; the button has the name. */
#include "ehcp-staff-button.h"

static GtkWidget *
get_label (GtkWidget *button)
{
  return gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button)));
}

GtkWidget *
ehcp_staff_button_new (const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                               GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               NULL));
  gtk_button_set_child (GTK_BUTTON (button), box);
  ehcp_staff_button_set_label (button, label);
  return button;
}

void
ehcp_staff_button_set_label (GtkWidget *button, const char *label)
{
  gtk_label_set_label (GTK_LABEL (get_label (button)), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
ehcp_staff_button_set_compact (GtkWidget *button, gboolean is_compact)
{
  gtk_widget_set_visible (get_label (button), !is_compact);
  gtk_widget_set_tooltip_text (button, is_compact ? gtk_label_get_label (GTK_LABEL (get_label (button))) : NULL);
}
