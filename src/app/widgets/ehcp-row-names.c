/* SPDX-License-Identifier: GPL-3.0-or-later */
/* With GTK 4.8 and libadwaita 1.2 the pencil of an entry row is read as "GtkImage", and a row that one
 * chooses from has no name. The pencil says nothing that the field does not say: it is hidden. */
#include "ehcp-row-names.h"

#include <glib/gi18n.h>

static void
hide_pictures (GtkWidget *widget)
{
  if (GTK_IS_IMAGE (widget))
    {
      gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      /* It comes back each time that the row leaves editing: then at least by a name. */
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Can be changed"), -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hide_pictures (child);
}

void
ehcp_row_names_tidy (GtkWidget *root)
{
  if (ADW_IS_ENTRY_ROW (root) || ADW_IS_COMBO_ROW (root))
    hide_pictures (root);
  if (ADW_IS_COMBO_ROW (root))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  if (ADW_IS_COMBO_ROW (root))
    gtk_accessible_update_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    ehcp_row_names_tidy (child);
}
