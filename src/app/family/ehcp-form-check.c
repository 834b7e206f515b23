/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every answer in full before the form goes, each with the way back to its page, and the declaration. */
#include <glib/gi18n.h>

#include "ehcp-action-row.h"
#include "ehcp-form-parts.h"
#include "ehcp-form-words.h"
#include "ehcp-question-field.h"

struct _EhcpFormCheck
{
  AdwBin parent_instance;

  EhcpView *view;         /* not owned: it holds this */
  EhcpFormFilling *filling;
  GPtrArray *fields;      /* of EhcpQuestionField: declarations */
  GtkWidget *summary;
  GtkWidget *problem;
  GtkWidget *intro;
  GtkWidget *groups;
  GtkWidget *declarations;
  GtkWidget *to_whom;
  GtkWidget *submit;
};

G_DEFINE_FINAL_TYPE (EhcpFormCheck, ehcp_form_check, ADW_TYPE_BIN)

static const char *
get_form_id (EhcpFormCheck *self)
{
  return ehcp_record_get_id (ehcp_form_filling_get_form (self->filling));
}

static void
change_cb (EhcpFormCheck *self, AdwActionRow *row)
{
  ehcp_view_go (self->view, "form/%s/%s", get_form_id (self),
                (const char *) g_object_get_data (G_OBJECT (row), "page"));
}

static GtkWidget *
make_row (EhcpFormCheck *self, const EhcpFormPage *page, const EhcpQuestion *question)
{
  g_autofree char *answer = ehcp_question_format_answer (
      question, ehcp_form_filling_get_answer (question->id, self->filling));
  const char *shown = *answer != '\0' ? answer : _("Not answered");
  g_autofree char *name = g_strdup_printf (_("Change: %s"), question->label);
  GtkWidget *row = ehcp_action_row_new (question->label, shown);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  ehcp_action_row_set_spoken (EHCP_ACTION_ROW (row), name, shown);
  gtk_widget_add_css_class (row, "answer");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE, "icon-name", "document-edit-symbolic",
                                           "css-classes", (const char *[]){ "accent", NULL },
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  g_object_set_data_full (G_OBJECT (row), "page", g_strdup (page->id), g_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (change_cb), self);
  return row;
}

static void
add_part (EhcpFormCheck *self, const EhcpFormPage *page)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", page->title, "xalign", 0.0, "wrap", TRUE,
                                     NULL);
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (heading, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, page->title, -1);
  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = g_ptr_array_index (page->questions, i);

      if (question->kind != EHCP_QUESTION_DECLARATION &&
          ehcp_question_is_asked (question, ehcp_form_filling_get_answer, self->filling))
        gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, page, question));
    }
  gtk_box_append (GTK_BOX (group), heading);
  gtk_box_append (GTK_BOX (group), list);
  gtk_box_append (GTK_BOX (self->groups), group);
}

static void
declared_cb (EhcpFormCheck *self, EhcpQuestionField *field)
{
  ehcp_form_filling_type (self->filling, ehcp_question_field_get_question (field)->id,
                          ehcp_question_field_get_value (field), TRUE);
}

static void
add_declarations (EhcpFormCheck *self)
{
  const EhcpFormDefinition *definition = ehcp_form_filling_get_definition (self->filling);

  for (guint i = 0; i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = g_ptr_array_index (definition->pages, i);

      for (guint j = 0; j < page->questions->len; j++)
        {
          const EhcpQuestion *question = g_ptr_array_index (page->questions, j);
          GtkWidget *field;

          if (question->kind != EHCP_QUESTION_DECLARATION)
            continue;
          field = ehcp_question_field_new (question,
                                           ehcp_form_filling_get_answer (question->id, self->filling));
          g_ptr_array_add (self->fields, field);
          gtk_box_append (GTK_BOX (self->declarations), field);
          g_signal_connect_swapped (field, "changed", G_CALLBACK (declared_cb), self);
        }
    }
}

static void
show_problem (EhcpFormCheck *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->problem), text);
  gtk_widget_set_visible (self->summary, TRUE);
  gtk_widget_grab_focus (self->summary);
}

static gboolean
check_declarations (EhcpFormCheck *self)
{
  const EhcpQuestion *missing = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      EhcpQuestionField *field = g_ptr_array_index (self->fields, i);
      const EhcpQuestion *question = ehcp_question_field_get_question (field);

      if (ehcp_question_check (question, ehcp_question_field_get_value (field), 0, NULL))
        continue;
      ehcp_question_field_set_error (field, question->missing != NULL ? question->missing
                                                                      : _("Tick the box to go on"));
      missing = missing != NULL ? missing : question;
    }
  if (missing != NULL)
    show_problem (self, missing->missing != NULL ? missing->missing : _("Tick the box to go on"));
  return missing == NULL;
}

static void
submitted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (EhcpFormCheck) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_form_filling_submit_finish (EHCP_FORM_FILLING (source), result, &error);

  gtk_widget_set_sensitive (self->submit, TRUE);
  if (id != NULL)
    ehcp_view_replace (self->view, "form/%s/sent", id);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    show_problem (self, error->message);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, _("The form could not be saved on this computer. Its disk may be full. What you "
                          "wrote is still here: make room, then press the button again."));
}

static void
submit_clicked_cb (EhcpFormCheck *self)
{
  gtk_widget_set_visible (self->summary, FALSE);
  if (!check_declarations (self))
    return;
  if (!ehcp_form_filling_may_check (self->filling))
    {
      show_problem (self, _("A part is not completed yet. Go back to the list of parts."));
      return;
    }
  gtk_widget_set_sensitive (self->submit, FALSE);
  ehcp_form_filling_submit_async (self->filling, ehcp_view_get_cancellable (self->view), submitted_cb,
                                  g_object_ref (self));
}

/* Another adult's: it can be read, and changed on its pages. */
static void
show_only (EhcpFormCheck *self, EhcpRecord *form)
{
  g_autofree char *words = g_strdup_printf (_("Choose an answer to change it. Only %s can send this form."),
                                            ehcp_record_get_text (form, "shared_by"));

  gtk_label_set_label (GTK_LABEL (self->intro), words);
  gtk_label_set_label (GTK_LABEL (self->to_whom), "");
  gtk_widget_set_visible (self->declarations, FALSE);
  gtk_widget_set_visible (self->submit, FALSE);
}

static void
fill_words (EhcpFormCheck *self)
{
  EhcpRecord *child = ehcp_book_find (ehcp_view_get_book (self->view), EHCP_KIND_CASE,
                                      ehcp_record_get_case (ehcp_form_filling_get_form (self->filling)));
  EhcpService *service = ehcp_link_get_service (ehcp_view_get_link (self->view));
  const char *caseworker = child != NULL ? ehcp_record_get_text (child, "caseworker_name") : NULL;
  g_autofree char *intro =
      ehcp_form_filling_is_request (self->filling)
          ? g_strdup (_("Choose an answer to change it. After sending, the SEND team asks you if something is "
                        "missing."))
          : g_strdup_printf (_("Choose an answer to change it. After sending, %s can return the form to you if "
                               "something is missing."),
                             caseworker != NULL ? caseworker : _("the SEND team"));
  g_autofree char *to_whom = g_strdup_printf (_("Sends the form to %s"),
                                              service != NULL ? ehcp_service_get_name (service)
                                                              : _("the council"));

  gtk_label_set_label (GTK_LABEL (self->intro), intro);
  gtk_label_set_label (GTK_LABEL (self->to_whom), to_whom);
  gtk_button_set_label (GTK_BUTTON (self->submit),
                        ehcp_form_filling_get_definition (self->filling)->submit);
}

static void
ehcp_form_check_dispose (GObject *object)
{
  g_clear_object (&EHCP_FORM_CHECK (object)->filling);
  G_OBJECT_CLASS (ehcp_form_check_parent_class)->dispose (object);
}

static void
ehcp_form_check_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_FORM_CHECK (object)->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_form_check_parent_class)->finalize (object);
}

static void
ehcp_form_check_class_init (EhcpFormCheckClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ehcp_form_check_dispose;
  G_OBJECT_CLASS (klass)->finalize = ehcp_form_check_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-form-check.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpFormCheck, summary);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormCheck, problem);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormCheck, intro);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormCheck, groups);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormCheck, declarations);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormCheck, to_whom);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormCheck, submit);
  gtk_widget_class_bind_template_callback (widget_class, submit_clicked_cb);
}

static void
ehcp_form_check_init (EhcpFormCheck *self)
{
  self->fields = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->summary), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("There is a problem"), -1);
}

GtkWidget *
ehcp_form_check_new (EhcpView *view, EhcpFormFilling *filling)
{
  EhcpFormCheck *self = g_object_new (EHCP_TYPE_FORM_CHECK, NULL);

  self->view = view;
  self->filling = g_object_ref (filling);
  for (guint i = 0; i < ehcp_form_filling_count_parts (filling); i++)
    if (ehcp_form_filling_get_part_state (filling, ehcp_form_filling_nth_part (filling, i)) !=
        EHCP_PART_CANNOT_START)
      add_part (self, ehcp_form_filling_nth_part (filling, i));
  add_declarations (self);
  fill_words (self);
  if (ehcp_form_filling_is_others (filling))
    show_only (self, ehcp_form_filling_get_form (filling));
  return GTK_WIDGET (self);
}
