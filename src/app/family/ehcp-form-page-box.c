/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page of a form: one subject, its questions as they are asked, "There is a problem" on top when
 * something is missing. Nobody is held here: the back button leaves with whatever was answered. */
#include <glib/gi18n.h>

#include "ehcp-error.h"
#include "ehcp-error-summary.h"
#include "ehcp-form-parts.h"
#include "ehcp-form-words.h"
#include "ehcp-question-field.h"

struct _EhcpFormPageBox
{
  AdwBin parent_instance;

  EhcpView *view;         /* not owned: it holds this */
  EhcpFormFilling *filling;
  const EhcpFormPage *page;
  GPtrArray *fields;      /* of EhcpQuestionField */
  GtkWidget *scroller;
  EhcpErrorSummary *summary;
  GtkWidget *position;
  GtkWidget *heading;
  GtkWidget *text;
  GtkWidget *questions;
  GtkWidget *saved_box;
  GtkWidget *saved;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (EhcpFormPageBox, ehcp_form_page_box, ADW_TYPE_BIN)

static void
update_asked (EhcpFormPageBox *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      EhcpQuestionField *field = g_ptr_array_index (self->fields, i);

      gtk_widget_set_visible (GTK_WIDGET (field),
                              ehcp_question_is_asked (ehcp_question_field_get_question (field),
                                                      ehcp_form_filling_get_answer, self->filling));
    }
}

static void
update_saved (EhcpFormPageBox *self)
{
  g_autofree char *saved = ehcp_form_words_saved (ehcp_form_filling_get_saved_at (self->filling));

  gtk_label_set_label (GTK_LABEL (self->saved), saved);
  gtk_widget_set_visible (self->saved_box, *saved != '\0');
}

/* (transfer full): what is wrong with the answer, in words; NULL when nothing is. */
static char *
find_fault (EhcpFormPageBox *self, EhcpQuestionField *field)
{
  const EhcpQuestion *question = ehcp_question_field_get_question (field);
  g_autoptr (GError) error = NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (field)))
    return NULL;
  if (ehcp_question_check (question, ehcp_question_field_get_value (field),
                           ehcp_form_filling_get_today (self->filling), &error))
    return ehcp_question_field_get_problem (field);
  return ehcp_form_words_fault (question, error);
}

/* What was wrong and is mended goes from the summary as well; what is wrong anew waits for "Next". */
static void
field_changed_cb (EhcpFormPageBox *self, EhcpQuestionField *field)
{
  g_autofree char *fault = find_fault (self, field);

  if (fault == NULL)
    ehcp_error_summary_drop (self->summary, field);
  ehcp_form_filling_type (self->filling, ehcp_question_field_get_question (field)->id,
                          ehcp_question_field_get_value (field), !ehcp_question_field_is_typed (field));
  update_asked (self);
}

/* A program that is killed comes back to this field. */
static void
focus_entered_cb (EhcpFormPageBox *self, GtkEventController *controller)
{
  EhcpQuestionField *field = EHCP_QUESTION_FIELD (gtk_event_controller_get_widget (controller));

  ehcp_form_filling_set_place (self->filling, self->page->id, ehcp_question_field_get_question (field)->id);
}

static void
watch_focus (EhcpFormPageBox *self, GtkWidget *field)
{
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (controller, "enter", G_CALLBACK (focus_entered_cb), self);
  gtk_widget_add_controller (field, controller);
}

static EhcpQuestionField *
find_field (EhcpFormPageBox *self, const char *question)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_strcmp0 (ehcp_question_field_get_question (g_ptr_array_index (self->fields, i))->id, question) == 0)
      return g_ptr_array_index (self->fields, i);
  return NULL;
}

/* Both answers of a question that was changed here and elsewhere stand above it until one is chosen. */
static void
update_conflicts (EhcpFormPageBox *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      EhcpQuestionField *field = g_ptr_array_index (self->fields, i);
      const EhcpQuestion *question = ehcp_question_field_get_question (field);
      EhcpFormConflict conflict;
      gboolean has = ehcp_form_filling_find_conflict (self->filling, question->id, &conflict);

      ehcp_question_field_set_conflict (field, has ? &conflict : NULL);
    }
}

static void add_questions (EhcpFormPageBox *self);

static void
settled_cb (EhcpFormPageBox *self, const char *value, EhcpQuestionField *field)
{
  const EhcpQuestion *question = ehcp_question_field_get_question (field);
  g_autoptr (GtkWidget) held = g_object_ref (GTK_WIDGET (field));
  GtkWidget *child;

  ehcp_form_filling_settle (self->filling, question->id, value);
  g_ptr_array_set_size (self->fields, 0);
  while ((child = gtk_widget_get_first_child (self->questions)) != NULL)
    gtk_box_remove (GTK_BOX (self->questions), child);
  add_questions (self);
  ehcp_form_page_box_focus (self, question->id);
}

static void
add_questions (EhcpFormPageBox *self)
{
  for (guint i = 0; i < self->page->questions->len; i++)
    {
      const EhcpQuestion *question = g_ptr_array_index (self->page->questions, i);
      GtkWidget *field;

      if (question->kind == EHCP_QUESTION_DECLARATION)
        continue;
      field = ehcp_question_field_new (question,
                                       ehcp_form_filling_get_answer (question->id, self->filling));
      ehcp_question_field_set_link (EHCP_QUESTION_FIELD (field), ehcp_view_get_link (self->view));
      g_ptr_array_add (self->fields, field);
      gtk_box_append (GTK_BOX (self->questions), field);
      g_signal_connect_swapped (field, "changed", G_CALLBACK (field_changed_cb), self);
      g_signal_connect_swapped (field, "settled", G_CALLBACK (settled_cb), self);
      watch_focus (self, field);
    }
  update_asked (self);
  update_conflicts (self);
}

static gboolean
check (EhcpFormPageBox *self)
{
  ehcp_error_summary_begin (self->summary);
  for (guint i = 0; i < self->fields->len; i++)
    {
      EhcpQuestionField *field = g_ptr_array_index (self->fields, i);
      g_autofree char *text = find_fault (self, field);

      ehcp_question_field_set_error (field, text);
      if (text == NULL)
        continue;
      ehcp_error_summary_add (self->summary, text, G_CALLBACK (ehcp_question_field_focus), field);
    }
  return !ehcp_error_summary_end (self->summary);
}

static void
scroll_to_top (EhcpFormPageBox *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  gtk_adjustment_set_value (adjustment, 0);
}

/* By the answers that were just given: they may have brought a part or taken one away. */
static const EhcpFormPage *
find_next (EhcpFormPageBox *self)
{
  int here = ehcp_form_filling_find_part (self->filling, self->page->id);

  for (guint i = (guint) (here + 1); i < ehcp_form_filling_count_parts (self->filling); i++)
    {
      const EhcpFormPage *page = ehcp_form_filling_nth_part (self->filling, i);

      if (ehcp_form_filling_get_part_state (self->filling, page) != EHCP_PART_CANNOT_START)
        return page;
    }
  return NULL;
}

static void
next_clicked_cb (EhcpFormPageBox *self)
{
  const char *form = ehcp_record_get_id (ehcp_form_filling_get_form (self->filling));
  const EhcpFormPage *next = NULL;

  if (!check (self))
    {
      scroll_to_top (self);
      return;
    }
  ehcp_form_filling_save (self->filling);
  next = find_next (self);
  if (next != NULL)
    ehcp_view_replace (self->view, "form/%s/%s", form, next->id);
  else if (ehcp_form_filling_may_check (self->filling))
    ehcp_view_replace (self->view, "form/%s/check", form);
  else
    gtk_widget_activate_action (GTK_WIDGET (self->view), "win.back", NULL);
}

static void
ehcp_form_page_box_dispose (GObject *object)
{
  g_clear_object (&EHCP_FORM_PAGE_BOX (object)->filling);
  G_OBJECT_CLASS (ehcp_form_page_box_parent_class)->dispose (object);
}

static void
ehcp_form_page_box_finalize (GObject *object)
{
  g_clear_pointer (&EHCP_FORM_PAGE_BOX (object)->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (ehcp_form_page_box_parent_class)->finalize (object);
}

static void
ehcp_form_page_box_class_init (EhcpFormPageBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (EHCP_TYPE_ERROR_SUMMARY);
  G_OBJECT_CLASS (klass)->dispose = ehcp_form_page_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = ehcp_form_page_box_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/ehcp_portal/EhcpPortal/family/ehcp-form-page-box.ui");
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, scroller);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, summary);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, position);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, heading);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, text);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, questions);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, saved_box);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, saved);
  gtk_widget_class_bind_template_child (widget_class, EhcpFormPageBox, next);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
}

static void
ehcp_form_page_box_init (EhcpFormPageBox *self)
{
  self->fields = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ehcp_form_page_box_new (EhcpView *view, EhcpFormFilling *filling, guint part)
{
  EhcpFormPageBox *self = g_object_new (EHCP_TYPE_FORM_PAGE_BOX, NULL);
  g_autofree char *position = g_strdup_printf (_("Part %u of %u"), part + 1,
                                               ehcp_form_filling_count_parts (filling));

  self->view = view;
  self->filling = g_object_ref (filling);
  self->page = ehcp_form_filling_nth_part (filling, part);
  gtk_label_set_label (GTK_LABEL (self->position), position);
  gtk_label_set_label (GTK_LABEL (self->heading),
                       self->page->heading != NULL ? self->page->heading : self->page->title);
  gtk_label_set_label (GTK_LABEL (self->text), self->page->text);
  gtk_widget_set_visible (self->text, self->page->text != NULL);
  add_questions (self);
  update_saved (self);
  g_signal_connect_object (filling, "notify::saved-at", G_CALLBACK (update_saved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filling, "changed", G_CALLBACK (update_conflicts), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
ehcp_form_page_box_focus (EhcpFormPageBox *self, const char *question)
{
  EhcpQuestionField *field = find_field (self, question);

  if (field != NULL)
    ehcp_question_field_focus (field);
}
