/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows the table of keys, a list for each group. */
#include "ehcp-shortcuts-view.h"

#include <glib/gi18n.h>

#include "ehcp-keys.h"
#include "ehcp-text-row.h"

struct _EhcpShortcutsView
{
  EhcpView parent;
  GtkBox *page;
};

G_DEFINE_FINAL_TYPE (EhcpShortcutsView, ehcp_shortcuts_view, EHCP_TYPE_VIEW)

static char *
accel_words (const char *accel)
{
  guint key = 0;
  GdkModifierType modifiers = 0;

  if (!gtk_accelerator_parse (accel, &key, &modifiers))
    return g_strdup (accel);
  return gtk_accelerator_get_label (key, modifiers);
}

static GtkListBox *
add_group (EhcpShortcutsView *view, const char *name)
{
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0f, "wrap", TRUE,
                                     "margin-top", 6, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  GtkWidget *list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);

  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (view->page, heading);
  gtk_box_append (view->page, list);
  return GTK_LIST_BOX (list);
}

static void
add_key (GtkListBox *list, const EhcpKey *key)
{
  g_autofree char *words = accel_words (key->accel);
  g_autofree char *name = g_strdup_printf ("%s, %s", _(key->what), words);
  GtkWidget *row = ehcp_text_row_new (_(key->what), NULL);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (label, "caption");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (list, row);
}

static void
ehcp_shortcuts_view_class_init (EhcpShortcutsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/ui/ehcp-shortcuts-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpShortcutsView, page);
}

static void
ehcp_shortcuts_view_init (EhcpShortcutsView *view)
{
  GtkListBox *list = NULL;
  const char *group = NULL;

  gtk_widget_init_template (GTK_WIDGET (view));
  for (const EhcpKey *key = ehcp_keys_get (); key->group != NULL; key++)
    {
      if (g_strcmp0 (group, key->group) != 0)
        list = add_group (view, _(key->group));
      group = key->group;
      add_key (list, key);
    }
}
