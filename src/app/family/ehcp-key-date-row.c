/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that is its own control: named by its date, unfolding its reason. */
#include "ehcp-key-date-row.h"

#include "ehcp-tag.h"

struct _EhcpKeyDateRow
{
  GtkListBoxRow parent_instance;
  char *id;
  GtkWidget *title;
  GtkWidget *day;
  GtkWidget *plain;
  GtkWidget *tag;
  GtkWidget *arrow;
  GtkWidget *reason;
  GtkWidget *why;
  GtkWidget *right;
  GtkWidget *missed;
  GtkWidget *source;
};

G_DEFINE_FINAL_TYPE (EhcpKeyDateRow, ehcp_key_date_row, GTK_TYPE_LIST_BOX_ROW)

static void
toggle_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ehcp_key_date_row_toggle (EHCP_KEY_DATE_ROW (widget));
}

static void
finalize (GObject *object)
{
  g_clear_pointer (&EHCP_KEY_DATE_ROW (object)->id, g_free);
  G_OBJECT_CLASS (ehcp_key_date_row_parent_class)->finalize (object);
}

static void
ehcp_key_date_row_class_init (EhcpKeyDateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  g_type_ensure (EHCP_TYPE_TAG);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-key-date-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, title);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, day);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, plain);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, tag);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, reason);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, why);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, right);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, missed);
  gtk_widget_class_bind_template_child (widget_class, EhcpKeyDateRow, source);
  /* GTK 4.8 gives rows no action that a screen reader could press. */
  gtk_widget_class_install_action (widget_class, "row.activate", NULL, toggle_action_cb);
}

static void
ehcp_key_date_row_init (EhcpKeyDateRow *row)
{
  gtk_widget_init_template (GTK_WIDGET (row));
  gtk_widget_add_css_class (GTK_WIDGET (row), "key-date");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

GtkWidget *
ehcp_key_date_row_new (const EhcpKeyDate *date)
{
  EhcpKeyDateRow *row = g_object_new (EHCP_TYPE_KEY_DATE_ROW, NULL);

  ehcp_key_date_row_set_date (row, date);
  return GTK_WIDGET (row);
}

static void
show_status (EhcpKeyDateRow *row, const EhcpKeyDate *date)
{
  static const EhcpTagTone tones[] = {
    [EHCP_DATE_PLAIN] = EHCP_TAG_PLAIN, [EHCP_DATE_SOON] = EHCP_TAG_SOON, [EHCP_DATE_LATE] = EHCP_TAG_LATE,
    [EHCP_DATE_MET] = EHCP_TAG_GOOD, [EHCP_DATE_EXCUSED] = EHCP_TAG_EXCUSED
  };
  gboolean is_plain = date->tone == EHCP_DATE_PLAIN;

  gtk_label_set_label (GTK_LABEL (row->plain), date->status);
  ehcp_tag_set (EHCP_TAG (row->tag), tones[date->tone], date->status);
  gtk_widget_set_visible (row->plain, is_plain);
  gtk_widget_set_visible (row->tag, !is_plain);
}

static void
show_optional (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

void
ehcp_key_date_row_set_date (EhcpKeyDateRow *row, const EhcpKeyDate *date)
{
  g_autofree char *day = NULL;

  g_return_if_fail (EHCP_IS_KEY_DATE_ROW (row));

  if (g_strcmp0 (row->id, date->id) != 0)
    {
      g_clear_pointer (&row->id, g_free);
      row->id = g_strdup (date->id);
    }
  day = date->turn != NULL ? g_strdup_printf ("%s, %s", date->day, date->turn) : g_strdup (date->day);
  gtk_label_set_label (GTK_LABEL (row->title), date->title);
  gtk_label_set_label (GTK_LABEL (row->day), day);
  show_status (row, date);
  show_optional (row->why, date->why);
  show_optional (row->right, date->right);
  show_optional (row->missed, date->missed);
  show_optional (row->source, date->source);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, date->spoken, -1);
}

const char *
ehcp_key_date_row_get_id (EhcpKeyDateRow *row)
{
  return row->id;
}

void
ehcp_key_date_row_toggle (EhcpKeyDateRow *row)
{
  gboolean is_open;

  g_return_if_fail (EHCP_IS_KEY_DATE_ROW (row));

  /* No revealer: GTK 4.8 reads what is folded in one. */
  is_open = !gtk_widget_get_visible (row->reason);
  gtk_widget_set_visible (row->reason, is_open);
  gtk_image_set_from_icon_name (GTK_IMAGE (row->arrow), is_open ? "go-up-symbolic" : "go-down-symbolic");
  if (is_open)
    gtk_widget_add_css_class (GTK_WIDGET (row), "open");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "open");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
}
