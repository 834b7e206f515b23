/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question of a form as a control. Names for screen readers are the plain labels; what is wrong stands
 * under the control and describes it. Saving is left to the page. */
#include "ehcp-question-field.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-answer-conflict.h"
#include "ehcp-file-field.h"
#include "ehcp-lines-field.h"
#include "ehcp-school-field.h"
#include "ehcp-text-row.h"
#include "ehcp-tick.h"
#include "ehcp-row-names.h"
#include "ehcp-typed-day.h"

#define LINES_HEIGHT 96 /* of an empty long text: about 4 lines */
#define FEW_LEFT 10     /* the last tenth of the letters is counted down */

struct _EhcpQuestionField
{
  AdwBin parent_instance;

  const EhcpQuestion *question;
  char *value;
  GtkWidget *error;
  GtkWidget *count;       /* of a long text */
  GtkWidget *control;     /* what takes the focus and the error */
  GtkWidget *conflict;    /* holds an EhcpAnswerConflict, or nothing */
  char *theirs;           /* what the conflict shows; NULL: there is none */
  GtkWidget *school;      /* EhcpSchoolField, or NULL */
  GtkWidget *files;       /* EhcpFileField, or NULL */
  GtkTextBuffer *buffer;
  GPtrArray *checks;      /* of GtkCheckButton, with the choice's id as "choice" */
};

static guint changed_signal, settled_signal;

G_DEFINE_FINAL_TYPE (EhcpQuestionField, ehcp_question_field, ADW_TYPE_BIN)

static void
take_value (EhcpQuestionField *self, char *value)
{
  g_autofree char *old = self->value;

  self->value = value;
  if (g_strcmp0 (old, value) == 0)
    return;
  ehcp_question_field_set_error (self, NULL);
  g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

static char *
make_title_markup (const EhcpQuestion *question)
{
  g_autofree char *escaped = g_markup_escape_text (question->label, -1);

  return question->is_required ? g_strdup_printf ("%s <span foreground=\"#d9433f\">*</span>", escaped)
                               : g_steal_pointer (&escaped);
}

static void
set_spoken (GtkWidget *control, const EhcpQuestion *question)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  question->label, GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  question->is_required, -1);
  if (question->help != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    question->help, -1);
}

static void
append_head (EhcpQuestionField *self, GtkWidget *box)
{
  g_autofree char *title = make_title_markup (self->question);
  GtkWidget *label = make_label (NULL, "heading");

  gtk_label_set_markup (GTK_LABEL (label), title);
  gtk_box_append (GTK_BOX (box), label);
  if (self->question->help != NULL)
    gtk_box_append (GTK_BOX (box), make_label (self->question->help, "dim"));
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_margin_top (list, 6);
  return list;
}

static void
entry_changed_cb (EhcpQuestionField *self, GtkEditable *editable)
{
  const char *text = gtk_editable_get_text (editable);

  if (self->question->kind == EHCP_QUESTION_DATE)
    take_value (self, ehcp_typed_day_to_value (text));
  else
    take_value (self, g_strdup (text));
}

static GtkWidget *
make_entry (EhcpQuestionField *self)
{
  g_autofree char *title = make_title_markup (self->question);
  GtkWidget *list = make_list ();
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", TRUE, "title", title, NULL);
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (row));
  g_autofree char *shown = self->question->kind == EHCP_QUESTION_DATE
                               ? ehcp_typed_day_from_value (self->value)
                               : g_strdup (self->value);

  gtk_editable_set_text (GTK_EDITABLE (row), shown);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  set_spoken (row, self->question);
  set_spoken (GTK_WIDGET (delegate), self->question);
  self->control = GTK_WIDGET (delegate);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (entry_changed_cb), self);
  return list;
}

static void
update_count (EhcpQuestionField *self)
{
  glong left = self->question->max - g_utf8_strlen (self->value, -1);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->count, left <= self->question->max / FEW_LEFT);
  if (left >= 0)
    text = g_strdup_printf (ngettext ("%ld more letter fits", "%ld more letters fit", (gulong) left), left);
  else
    text = g_strdup_printf (ngettext ("%ld letter too many", "%ld letters too many", (gulong) -left), -left);
  gtk_label_set_label (GTK_LABEL (self->count), text);
}

static void
buffer_changed_cb (EhcpQuestionField *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  take_value (self, gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
  update_count (self);
}

static GtkWidget *
make_long_text (EhcpQuestionField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *text = g_object_new (GTK_TYPE_TEXT_VIEW, "wrap-mode", GTK_WRAP_WORD_CHAR, "accepts-tab",
                                  FALSE, "left-margin", 12, "right-margin", 12, "top-margin", 12,
                                  "bottom-margin", 12, "height-request", LINES_HEIGHT, NULL);

  gtk_widget_add_css_class (text, "long-text");
  gtk_widget_set_margin_top (text, 6);
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  gtk_text_buffer_set_text (self->buffer, self->value, -1);
  self->count = make_label (NULL, "caption");
  self->control = text;
  set_spoken (text, self->question);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), self->count);
  update_count (self);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
  return box;
}

static void
lines_changed_cb (EhcpQuestionField *self, EhcpLinesField *lines)
{
  take_value (self, ehcp_lines_field_get_value (lines));
}

static GtkWidget *
make_lines (EhcpQuestionField *self)
{
  GtkWidget *lines = ehcp_lines_field_new (self->question, self->value);

  gtk_widget_set_margin_top (lines, 6);
  self->control = ehcp_lines_field_get_control (EHCP_LINES_FIELD (lines));
  g_signal_connect_swapped (lines, "changed", G_CALLBACK (lines_changed_cb), self);
  return lines;
}

static void
school_changed_cb (EhcpQuestionField *self, EhcpSchoolField *school)
{
  take_value (self, g_strdup (ehcp_school_field_get_text (school)));
}

static GtkWidget *
make_school (EhcpQuestionField *self)
{
  self->school = ehcp_school_field_new (self->question, self->value);
  gtk_widget_set_margin_top (self->school, 6);
  self->control = ehcp_school_field_get_control (EHCP_SCHOOL_FIELD (self->school));
  g_signal_connect_swapped (self->school, "changed", G_CALLBACK (school_changed_cb), self);
  return self->school;
}

static void
files_changed_cb (EhcpQuestionField *self, EhcpFileField *files)
{
  take_value (self, ehcp_file_field_get_value (files));
}

static GtkWidget *
make_files (EhcpQuestionField *self)
{
  self->files = ehcp_file_field_new (self->question, self->value);
  gtk_widget_set_margin_top (self->files, 6);
  self->control = ehcp_file_field_get_control (EHCP_FILE_FIELD (self->files));
  g_signal_connect_swapped (self->files, "changed", G_CALLBACK (files_changed_cb), self);
  return self->files;
}

static gboolean
is_chosen (EhcpQuestionField *self, const char *choice)
{
  g_auto (GStrv) chosen = g_strsplit (self->value, "\n", -1);

  return g_strv_contains ((const char *const *) chosen, choice);
}

static void
check_toggled_cb (EhcpQuestionField *self)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);

      if (!gtk_check_button_get_active (check))
        continue;
      if (value->len > 0)
        g_string_append_c (value, '\n');
      g_string_append (value, g_object_get_data (G_OBJECT (check), "choice"));
    }
  /* While one radio button takes over from another, none is active for a moment. */
  if (value->len > 0 || self->question->kind == EHCP_QUESTION_SEVERAL ||
      self->question->kind == EHCP_QUESTION_DECLARATION)
    take_value (self, g_string_free (g_steal_pointer (&value), FALSE));
}

static void
add_choice (EhcpQuestionField *self, GtkWidget *list, const char *id, const char *label,
            const char *hint, gboolean is_radio)
{
  /* GTK 4.8 calls a check button a check box even when it is one of a group. */
  GtkWidget *check = g_object_new (EHCP_TYPE_TICK, "accessible-role",
                                   is_radio ? GTK_ACCESSIBLE_ROLE_RADIO : GTK_ACCESSIBLE_ROLE_CHECKBOX,
                                   NULL);
  GtkWidget *row = ehcp_text_row_new (label, hint);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  if (is_radio && self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (self->checks, 0));
  g_object_set_data_full (G_OBJECT (check), "choice", g_strdup (id), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen (self, id));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  hint != NULL ? hint : self->question->label, -1);
  g_ptr_array_add (self->checks, check);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (check_toggled_cb), self);
}

static GtkWidget *
make_choices (EhcpQuestionField *self)
{
  const EhcpQuestion *question = self->question;
  GtkWidget *list = make_list ();

  if (question->kind == EHCP_QUESTION_YES_NO)
    {
      add_choice (self, list, "yes", _("Yes"), NULL, TRUE);
      add_choice (self, list, "no", _("No"), NULL, TRUE);
    }
  else if (question->kind == EHCP_QUESTION_DECLARATION)
    add_choice (self, list, "yes", question->label, question->help, FALSE);
  for (guint i = 0; i < question->choices->len; i++)
    {
      const EhcpChoice *choice = g_ptr_array_index (question->choices, i);

      add_choice (self, list, choice->id, choice->label, choice->hint,
                  question->kind == EHCP_QUESTION_CHOICE);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, question->label,
                                  -1);
  self->control = g_ptr_array_index (self->checks, 0);
  return list;
}

static void
build (EhcpQuestionField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  EhcpQuestionKind kind = self->question->kind;

  gtk_box_append (GTK_BOX (box), self->conflict);
  switch (kind)
    {
    case EHCP_QUESTION_SHORT_TEXT:
    case EHCP_QUESTION_DATE:
      gtk_box_append (GTK_BOX (box), make_entry (self));
      if (kind == EHCP_QUESTION_DATE)
        gtk_box_append (GTK_BOX (box), make_label (_("For example, 27 3 2026"), "caption"));
      if (self->question->help != NULL)
        gtk_box_append (GTK_BOX (box), make_label (self->question->help, "dim"));
      break;
    case EHCP_QUESTION_LONG_TEXT:
      append_head (self, box);
      gtk_box_append (GTK_BOX (box), make_long_text (self));
      break;
    case EHCP_QUESTION_DECLARATION:
      gtk_box_append (GTK_BOX (box), make_choices (self));
      break;
    case EHCP_QUESTION_ADDRESS:
    case EHCP_QUESTION_PERSON:
      append_head (self, box);
      gtk_box_append (GTK_BOX (box), make_lines (self));
      break;
    case EHCP_QUESTION_SCHOOL:
      append_head (self, box);
      gtk_box_append (GTK_BOX (box), make_school (self));
      break;
    case EHCP_QUESTION_FILE:
      append_head (self, box);
      gtk_box_append (GTK_BOX (box), make_files (self));
      break;
    case EHCP_QUESTION_CHOICE:
    case EHCP_QUESTION_SEVERAL:
    case EHCP_QUESTION_YES_NO:
    default:
      append_head (self, box);
      gtk_box_append (GTK_BOX (box), make_choices (self));
      break;
    }
  gtk_box_append (GTK_BOX (box), self->error);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
ehcp_question_field_finalize (GObject *object)
{
  EhcpQuestionField *self = EHCP_QUESTION_FIELD (object);

  g_clear_pointer (&self->value, g_free);
  g_clear_pointer (&self->theirs, g_free);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_question_field_parent_class)->finalize (object);
}

static void
ehcp_question_field_class_init (EhcpQuestionFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_question_field_finalize;
  changed_signal = g_signal_new ("changed", EHCP_TYPE_QUESTION_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  settled_signal = g_signal_new ("settled", EHCP_TYPE_QUESTION_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ehcp_question_field_init (EhcpQuestionField *self)
{
  self->checks = g_ptr_array_new ();
  self->conflict = adw_bin_new ();
  gtk_widget_set_visible (self->conflict, FALSE);
  self->error = make_label (NULL, "error-text");
  gtk_widget_set_visible (self->error, FALSE);
}

GtkWidget *
ehcp_question_field_new (const EhcpQuestion *question, const char *value)
{
  EhcpQuestionField *self = g_object_new (EHCP_TYPE_QUESTION_FIELD, NULL);

  self->question = question;
  self->value = g_strdup (value != NULL ? value : "");
  build (self);
  ehcp_row_names_tidy (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

const EhcpQuestion *
ehcp_question_field_get_question (EhcpQuestionField *field)
{
  return field->question;
}

const char *
ehcp_question_field_get_value (EhcpQuestionField *field)
{
  return field->value;
}

gboolean
ehcp_question_field_is_typed (EhcpQuestionField *field)
{
  return field->checks->len == 0 && field->files == NULL;
}

char *
ehcp_question_field_get_problem (EhcpQuestionField *field)
{
  return field->files != NULL ? ehcp_file_field_get_problem (EHCP_FILE_FIELD (field->files)) : NULL;
}

void
ehcp_question_field_set_error (EhcpQuestionField *field, const char *text)
{
  const char *help = field->question->help;

  gtk_label_set_label (GTK_LABEL (field->error), text != NULL ? text : "");
  gtk_widget_set_visible (field->error, text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (field), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (field), "invalid");
  if (field->control == NULL)
    return;
  gtk_accessible_update_state (GTK_ACCESSIBLE (field->control), GTK_ACCESSIBLE_STATE_INVALID,
                               text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : help != NULL ? help : "", -1);
}

void
ehcp_question_field_set_link (EhcpQuestionField *field, EhcpLink *link)
{
  EhcpService *service = ehcp_link_get_service (link);

  if (field->files != NULL)
    ehcp_file_field_set_max_bytes (EHCP_FILE_FIELD (field->files),
                                   service != NULL ? ehcp_service_get_max_file_bytes (service) : 0);
  if (field->school != NULL)
    ehcp_school_field_set_schools (EHCP_SCHOOL_FIELD (field->school),
                                   ehcp_book_get_list (ehcp_link_get_book (link), EHCP_KIND_SCHOOL, NULL));
}

static void
settled_cb (EhcpQuestionField *self, const char *value)
{
  g_signal_emit (self, settled_signal, 0, value);
}

void
ehcp_question_field_set_conflict (EhcpQuestionField *field, const EhcpFormConflict *conflict)
{
  const char *theirs = conflict != NULL ? conflict->theirs : NULL;
  GtkWidget *box;

  if (g_strcmp0 (field->theirs, theirs) == 0)
    return;
  g_free (field->theirs);
  field->theirs = g_strdup (theirs);
  gtk_widget_set_visible (field->conflict, theirs != NULL);
  if (theirs == NULL)
    {
      adw_bin_set_child (ADW_BIN (field->conflict), NULL);
      return;
    }
  box = ehcp_answer_conflict_new (field->question, field->value, conflict);
  g_signal_connect_swapped (box, "settled", G_CALLBACK (settled_cb), field);
  adw_bin_set_child (ADW_BIN (field->conflict), box);
}

void
ehcp_question_field_focus (EhcpQuestionField *field)
{
  GtkWidget *lines = gtk_widget_get_ancestor (field->control, EHCP_TYPE_LINES_FIELD);

  if (lines != NULL)
    field->control = ehcp_lines_field_get_control (EHCP_LINES_FIELD (lines));
  gtk_widget_grab_focus (field->control);
}
