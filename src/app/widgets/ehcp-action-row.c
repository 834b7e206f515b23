/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a boxed list that leads somewhere; what it does is left to "activated". Its title is text, not
 * markup, so that an ampersand in somebody's words is safe. */
#include "ehcp-action-row.h"

struct _EhcpActionRow
{
  AdwActionRow parent_instance;
  gboolean has_spoken; /* the name was chosen, and is not the title */
};

G_DEFINE_FINAL_TYPE (EhcpActionRow, ehcp_action_row, ADW_TYPE_ACTION_ROW)

static void
activate_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *action = gtk_actionable_get_action_name (GTK_ACTIONABLE (widget));

  if (action != NULL)
    gtk_widget_activate_action_variant (widget, action,
                                        gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget)));
  else
    adw_action_row_activate (ADW_ACTION_ROW (widget));
}

static void
ehcp_action_row_class_init (EhcpActionRowClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "row.activate", NULL, activate_action_cb);
}

/* The library relates a row to its title as well: both would be read one after the other. */
static void
name_row (GtkAccessible *row, const char *name)
{
  gtk_accessible_reset_relation (row, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* A row that is made in XML gets its title later. */
static void
title_cb (EhcpActionRow *row)
{
  if (!row->has_spoken)
    name_row (GTK_ACCESSIBLE (row), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

static void
ehcp_action_row_init (EhcpActionRow *row)
{
  g_signal_connect (row, "notify::title", G_CALLBACK (title_cb), NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
}

GtkWidget *
ehcp_action_row_new (const char *title, const char *subtitle)
{
  EhcpActionRow *row = g_object_new (EHCP_TYPE_ACTION_ROW, "title", title, NULL);

  /* In libadwaita 1.2 the subtitle is markup whatever the row says. */
  if (subtitle != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
    }
  return GTK_WIDGET (row);
}

void
ehcp_action_row_set_spoken (EhcpActionRow *row, const char *name, const char *description)
{
  row->has_spoken = TRUE;
  name_row (GTK_ACCESSIBLE (row), name);
  if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    description, -1);
}
