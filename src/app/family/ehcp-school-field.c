/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers the schools whose name or town has every word that was typed, accents and case aside. What is offered
 * stands under the entry as rows, which the keyboard and assistive technology reach like any others. */
#include "ehcp-school-field.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-action-row.h"
#include "ehcp-record.h"

#define MOST_OFFERED 6
#define LEAST_TYPED 2

struct _EhcpSchoolField
{
  AdwBin parent_instance;

  GtkWidget *row;     /* AdwEntryRow */
  GtkWidget *offered; /* GtkListBox */
  GtkWidget *hint;
  GListModel *schools;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EhcpSchoolField, ehcp_school_field, ADW_TYPE_BIN)

static gboolean
is_match (EhcpRecord *school, const char *typed)
{
  const char *town = ehcp_record_get_text (school, "town");
  g_autofree char *whole = g_strdup_printf ("%s %s", ehcp_record_get_text (school, "name"),
                                            town != NULL ? town : "");

  return g_str_match_string (typed, whole, TRUE);
}

static gboolean
is_named (EhcpRecord *school, const char *typed)
{
  return g_strcmp0 (ehcp_record_get_text (school, "name"), typed) == 0;
}

static void
choose_cb (EhcpSchoolField *self, AdwActionRow *row)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "name"));

  gtk_editable_set_text (GTK_EDITABLE (self->row), name);
  gtk_widget_grab_focus (self->row);
  gtk_editable_set_position (GTK_EDITABLE (self->row), -1);
}

static void
offer (EhcpSchoolField *self, EhcpRecord *school)
{
  const char *name = ehcp_record_get_text (school, "name");
  const char *town = ehcp_record_get_text (school, "town");
  const char *type = ehcp_record_get_text (school, "type");
  g_autofree char *where = town != NULL && type != NULL ? g_strdup_printf ("%s, %s", town, type)
                                                        : g_strdup (town != NULL ? town : type);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *subtitle = where != NULL ? g_markup_escape_text (where, -1) : NULL;
  GtkWidget *row = ehcp_action_row_new (title, subtitle);

  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), name, where);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (choose_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (self->offered), row);
}

/* What is typed is a school of the list already: nothing more is offered. */
static gboolean
is_chosen (EhcpSchoolField *self, const char *typed)
{
  for (guint i = 0; self->schools != NULL && i < g_list_model_get_n_items (self->schools); i++)
    {
      g_autoptr (EhcpRecord) school = g_list_model_get_item (self->schools, i);

      if (is_named (school, typed))
        return TRUE;
    }
  return FALSE;
}

static guint
offer_matches (EhcpSchoolField *self, const char *typed)
{
  guint n = 0;

  for (guint i = 0; n < MOST_OFFERED && i < g_list_model_get_n_items (self->schools); i++)
    {
      g_autoptr (EhcpRecord) school = g_list_model_get_item (self->schools, i);

      if (!is_match (school, typed))
        continue;
      offer (self, school);
      n++;
    }
  return n;
}

static void
update_offered (EhcpSchoolField *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->row));
  gboolean is_asked = self->schools != NULL && g_list_model_get_n_items (self->schools) > 0 &&
                      g_utf8_strlen (typed, -1) >= LEAST_TYPED && !is_chosen (self, typed);
  GtkWidget *old;
  guint n;

  while ((old = gtk_widget_get_first_child (self->offered)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->offered), old);
  n = is_asked ? offer_matches (self, typed) : 0;
  gtk_widget_set_visible (self->offered, n > 0);
  gtk_label_set_label (GTK_LABEL (self->hint),
                       is_asked && n == 0 ? _("It is not in the list of schools. You can still use this name.")
                                          : "");
  gtk_widget_set_visible (self->hint, is_asked && n == 0);
}

static void
typed_cb (EhcpSchoolField *self)
{
  update_offered (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
ehcp_school_field_dispose (GObject *object)
{
  g_clear_object (&EHCP_SCHOOL_FIELD (object)->schools);
  G_OBJECT_CLASS (ehcp_school_field_parent_class)->dispose (object);
}

static void
ehcp_school_field_class_init (EhcpSchoolFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ehcp_school_field_dispose;
  changed_signal = g_signal_new ("changed", EHCP_TYPE_SCHOOL_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
name_control (GtkAccessible *control, const EhcpQuestion *question)
{
  gtk_accessible_reset_relation (control, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (control, GTK_ACCESSIBLE_PROPERTY_LABEL, question->label,
                                  GTK_ACCESSIBLE_PROPERTY_REQUIRED, question->is_required, -1);
}

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static void
ehcp_school_field_init (EhcpSchoolField *self)
{
  self->offered = make_list (_("Schools that fit"));
  self->hint = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL);
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_set_visible (self->offered, FALSE);
}

GtkWidget *
ehcp_school_field_new (const EhcpQuestion *question, const char *value)
{
  EhcpSchoolField *self = g_object_new (EHCP_TYPE_SCHOOL_FIELD, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = make_list (question->label);
  GtkEditable *delegate;

  self->row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Name of the school or college"), NULL);
  delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->row));
  gtk_editable_set_text (GTK_EDITABLE (self->row), value);
  name_control (GTK_ACCESSIBLE (self->row), question);
  name_control (GTK_ACCESSIBLE (delegate), question);
  gtk_list_box_append (GTK_LIST_BOX (list), self->row);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->offered);
  gtk_box_append (GTK_BOX (box), self->hint);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_swapped (self->row, "changed", G_CALLBACK (typed_cb), self);
  return GTK_WIDGET (self);
}

void
ehcp_school_field_set_schools (EhcpSchoolField *self, GListModel *schools)
{
  g_set_object (&self->schools, schools);
}

const char *
ehcp_school_field_get_text (EhcpSchoolField *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->row));
}

GtkWidget *
ehcp_school_field_get_control (EhcpSchoolField *self)
{
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->row)));
}
