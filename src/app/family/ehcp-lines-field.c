/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an address or a person, each an entry of one boxed list, named for assistive technology by the
 * question and the part, since two people may stand on one page. */
#include "ehcp-lines-field.h"

#include <glib/gi18n.h>

#define MOST_LINES 5

typedef struct
{
  const char *label;
  gboolean is_needed;
  GtkInputPurpose purpose;
} Part;

static const Part address_parts[EHCP_ADDRESS_LINES] = {
  { N_("Building and street"), TRUE, GTK_INPUT_PURPOSE_FREE_FORM },
  { N_("More of the address"), FALSE, GTK_INPUT_PURPOSE_FREE_FORM },
  { N_("Town or city"), TRUE, GTK_INPUT_PURPOSE_FREE_FORM },
  { N_("Postcode"), TRUE, GTK_INPUT_PURPOSE_FREE_FORM },
};

static const Part person_parts[EHCP_PERSON_LINES] = {
  { N_("Forename"), TRUE, GTK_INPUT_PURPOSE_NAME },
  { N_("Surname"), TRUE, GTK_INPUT_PURPOSE_NAME },
  { N_("Who they are"), FALSE, GTK_INPUT_PURPOSE_FREE_FORM },
  { N_("Telephone"), FALSE, GTK_INPUT_PURPOSE_PHONE },
  { N_("Email address"), FALSE, GTK_INPUT_PURPOSE_EMAIL },
};

struct _EhcpLinesField
{
  AdwBin parent_instance;

  const EhcpQuestion *question;
  const Part *parts;
  guint n_parts;
  GtkWidget *rows[MOST_LINES]; /* AdwEntryRow */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (EhcpLinesField, ehcp_lines_field, ADW_TYPE_BIN)

static void
changed_cb (EhcpLinesField *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
name_control (GtkAccessible *control, const char *name, gboolean is_needed)
{
  gtk_accessible_reset_relation (control, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (control, GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  is_needed, -1);
}

static GtkWidget *
make_row (EhcpLinesField *self, const Part *part, const char *text)
{
  gboolean is_needed = part->is_needed && self->question->is_required;
  g_autofree char *escaped = g_markup_escape_text (_(part->label), -1);
  g_autofree char *title = is_needed ? g_strdup_printf ("%s <span foreground=\"#d9433f\">*</span>", escaped)
                                     : g_strdup (escaped);
  /* Translators: the name of a field for screen readers: the question, then its part */
  g_autofree char *spoken = g_strdup_printf (_("%s: %s"), self->question->label, _(part->label));
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", TRUE, "title", title, "input-purpose",
                                 part->purpose, NULL);
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (row));

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  name_control (GTK_ACCESSIBLE (row), spoken, is_needed);
  name_control (GTK_ACCESSIBLE (delegate), spoken, is_needed);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
  return row;
}

static void
ehcp_lines_field_class_init (EhcpLinesFieldClass *klass)
{
  changed_signal = g_signal_new ("changed", EHCP_TYPE_LINES_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
ehcp_lines_field_init (EhcpLinesField *self)
{
}

GtkWidget *
ehcp_lines_field_new (const EhcpQuestion *question, const char *value)
{
  EhcpLinesField *self = g_object_new (EHCP_TYPE_LINES_FIELD, NULL);
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  guint n_lines = g_strv_length (lines);
  GtkWidget *list = gtk_list_box_new ();

  self->question = question;
  self->parts = question->kind == EHCP_QUESTION_ADDRESS ? address_parts : person_parts;
  self->n_parts = question->kind == EHCP_QUESTION_ADDRESS ? EHCP_ADDRESS_LINES : EHCP_PERSON_LINES;
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, question->label, -1);
  for (guint i = 0; i < self->n_parts; i++)
    {
      self->rows[i] = make_row (self, &self->parts[i], i < n_lines ? lines[i] : "");
      gtk_list_box_append (GTK_LIST_BOX (list), self->rows[i]);
    }
  adw_bin_set_child (ADW_BIN (self), list);
  return GTK_WIDGET (self);
}

char *
ehcp_lines_field_get_value (EhcpLinesField *self)
{
  g_autoptr (GString) value = g_string_new (NULL);
  gboolean is_empty = TRUE;

  for (guint i = 0; i < self->n_parts; i++)
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (self->rows[i]));

      is_empty &= *text == '\0';
      g_string_append_printf (value, "%s%s", i > 0 ? "\n" : "", text);
    }
  return is_empty ? g_strdup ("") : g_string_free (g_steal_pointer (&value), FALSE);
}

GtkWidget *
ehcp_lines_field_get_control (EhcpLinesField *self)
{
  for (guint i = 0; i < self->n_parts; i++)
    if (self->parts[i].is_needed && *gtk_editable_get_text (GTK_EDITABLE (self->rows[i])) == '\0')
      return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->rows[i])));
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->rows[0])));
}
