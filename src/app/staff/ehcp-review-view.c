/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answers on one side, the draft plan on the other where the case has one. A form that has not come back, or is
 * decided, can be read and no more. */
#include "ehcp-review-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-act.h"
#include "ehcp-desk-page.h"
#include "ehcp-document-viewer.h"
#include "ehcp-form-definition.h"
#include "ehcp-text-row.h"
#include "ehcp-time-words.h"
#include "ehcp-window.h"

#define MAX_REASON 2000

struct _EhcpReviewView
{
  EhcpView parent_instance;

  EhcpDeskPage page;
  GtkWidget *answers;       /* a box for the groups */
  GtkLabel *state;
  GtkWidget *deciding;      /* shown while it is to be decided */
  AdwComboRow *question;
  GtkTextView *reason;
  EhcpErrorRow *question_error, *reason_error;
  EhcpDocumentViewer *viewer;
  EhcpFormDefinition *definition;
  GPtrArray *questions;     /* ids as the combo has them; the first is NULL: none in particular */
  char *shown;              /* the answers that are on the page */
};

G_DEFINE_FINAL_TYPE (EhcpReviewView, ehcp_review_view, EHCP_TYPE_VIEW)

static EhcpRecord *
get_form (EhcpReviewView *self)
{
  return ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_FORM,
                         ehcp_view_get_argument (EHCP_VIEW (self)));
}

/* Answers */

static const char *
get_answer (const char *question, gpointer data)
{
  EhcpReviewView *self = data;
  EhcpRecord *form = get_form (self);
  GListModel *answers;

  if (form == NULL)
    return NULL;
  answers = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_ANSWER,
                                ehcp_record_get_case (form));
  for (guint i = 0; i < g_list_model_get_n_items (answers); i++)
    {
      g_autoptr (EhcpRecord) answer = g_list_model_get_item (answers, i);

      if (g_strcmp0 (ehcp_record_get_text (answer, "form"), ehcp_record_get_id (form)) == 0 &&
          g_strcmp0 (ehcp_record_get_text (answer, "question"), question) == 0)
        return ehcp_record_get_text (answer, "value"); /* the book holds it */
    }
  return NULL;
}

static char *
say_answer (EhcpReviewView *self, const EhcpQuestion *question)
{
  char *words = ehcp_question_format_answer (question, get_answer (question->id, self));

  if (*words != '\0')
    return words;
  g_free (words);
  return g_strdup (_("Not answered"));
}

static void
add_page (EhcpReviewView *self, const EhcpFormPage *page)
{
  EhcpDeskPage inner = self->page;
  GtkListBox *list;

  inner.box = self->answers;
  list = ehcp_desk_page_add_list (&inner, page->title, page->title);
  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = page->questions->pdata[i];
      g_autofree char *words = NULL;
      GtkWidget *row;

      if (!ehcp_question_is_asked (question, get_answer, self))
        continue;
      words = say_answer (self, question);
      row = ehcp_text_row_new (question->label, words);
      gtk_widget_add_css_class (row, "answer");
      gtk_list_box_append (list, row);
    }
}

static char *
say_all (EhcpReviewView *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->definition->pages->len; i++)
    {
      const EhcpFormPage *page = self->definition->pages->pdata[i];

      for (guint n = 0; n < page->questions->len; n++)
        {
          const EhcpQuestion *question = page->questions->pdata[n];
          const char *answer = get_answer (question->id, self);

          g_string_append_printf (text, "%s\n%s\n", question->id, answer != NULL ? answer : "");
        }
    }
  return g_string_free (text, FALSE);
}

static void
show_answers (EhcpReviewView *self)
{
  g_autofree char *all = say_all (self);
  GtkWidget *child;

  if (g_strcmp0 (all, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&all);
  while ((child = gtk_widget_get_first_child (self->answers)) != NULL)
    gtk_box_remove (GTK_BOX (self->answers), child);
  for (guint i = 0; i < self->definition->pages->len; i++)
    add_page (self, self->definition->pages->pdata[i]);
}

static void
show_state (EhcpReviewView *self, EhcpRecord *form)
{
  EhcpRecord *person = ehcp_book_find (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_PERSON,
                                       ehcp_record_get_text (form, "person"));
  gint64 now = ehcp_clock_now (ehcp_link_get_clock (ehcp_view_get_link (EHCP_VIEW (self))));
  const char *state = ehcp_record_get_text (form, "state");
  g_autofree char *when = ehcp_record_has (form, "submitted_at")
                              ? ehcp_time_words_of_text (ehcp_record_get_text (form, "submitted_at"), now)
                              : NULL;
  g_autofree char *who = person != NULL ? g_strdup_printf ("%s %s", ehcp_record_get_text (person, "forename"),
                                                           ehcp_record_get_text (person, "surname")) : g_strdup ("");
  g_autofree char *words = NULL;

  if (g_str_equal (state, "submitted"))
    words = g_strdup_printf (_("%s sent it %s. It is our turn."), who, when != NULL ? when : "");
  else if (g_str_equal (state, "accepted"))
    words = g_strdup_printf (_("Accepted. %s sent it %s."), who, when != NULL ? when : "");
  else if (g_str_equal (state, "returned"))
    words = g_strdup_printf (_("Returned: %s It is %s’s turn."), ehcp_record_get_text (form, "returned_because"), who);
  else
    words = g_strdup_printf (_("%s has not sent it yet. What is typed can be read here once it is sent."), who);
  gtk_label_set_label (self->state, words);
  gtk_widget_set_visible (self->deciding, g_str_equal (state, "submitted"));
  gtk_widget_set_visible (self->answers, !g_str_equal (state, "asked"));
}

static void
refresh (EhcpReviewView *self)
{
  EhcpRecord *form = get_form (self);

  if (form == NULL || self->definition == NULL)
    return;
  show_state (self, form);
  show_answers (self);
}

/* Deciding */

static void
decided_cb (EhcpView *view)
{
  EhcpReviewView *self = EHCP_REVIEW_VIEW (view);
  EhcpRecord *form = get_form (self);
  gboolean is_returned = form != NULL && g_strcmp0 (ehcp_record_get_text (form, "state"), "returned") == 0;

  ehcp_desk_page_say_done (&self->page, is_returned ? _("The form is returned") : _("The form is accepted"));
  gtk_widget_activate_action (GTK_WIDGET (view), "win.back", NULL);
}

static EhcpRecord *
make_command (EhcpReviewView *self, int kind)
{
  EhcpRecord *form = get_form (self);
  EhcpRecord *command = ehcp_act_new (kind, ehcp_record_get_case (form), NULL);

  ehcp_record_set_text (command, "form", ehcp_record_get_id (form));
  ehcp_record_set_int (command, "base", ehcp_record_get_int (form, "seq"));
  return command;
}

static void
accept_cb (EhcpReviewView *self)
{
  g_autoptr (EhcpRecord) command = make_command (self, EHCP_COMMAND_FORM_ACCEPT);

  ehcp_desk_page_send (&self->page, command, NULL, decided_cb);
}

static void
return_cb (EhcpReviewView *self)
{
  g_autofree char *reason = g_strstrip (ehcp_desk_page_get_text (self->reason));
  const char *question = self->questions->pdata[adw_combo_row_get_selected (self->question)];
  g_autoptr (EhcpRecord) command = NULL;

  ehcp_error_row_set_message (self->reason_error, *reason == '\0' ? _("Write what is missing or unclear.")
                                                  : g_utf8_strlen (reason, -1) > MAX_REASON
                                                      ? _("This is too long. Shorten it.") : NULL);
  if (!ehcp_desk_page_check (&self->page))
    return;
  command = make_command (self, EHCP_COMMAND_FORM_RETURN);
  if (question != NULL)
    ehcp_record_set_text (command, "question", question);
  ehcp_record_set_text (command, "reason", reason);
  ehcp_desk_page_send (&self->page, command, NULL, decided_cb);
}

static void
add_deciding (EhcpReviewView *self)
{
  EhcpDeskPage inner = self->page;
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GtkListBox *list;

  self->deciding = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->page.box), self->deciding);
  inner.box = self->deciding;
  ehcp_desk_page_add_button (&inner, _("Accept"), TRUE, G_CALLBACK (accept_cb));
  list = ehcp_desk_page_add_list (&inner, _("Or return it with a comment"), _("Comment"));
  self->question = ehcp_desk_page_add_choice (list, _("At the question"), "question", &self->question_error);
  g_ptr_array_add (labels, (char *) _("The form as a whole"));
  g_ptr_array_add (self->questions, NULL);
  for (guint i = 0; i < self->definition->pages->len; i++)
    {
      const EhcpFormPage *page = self->definition->pages->pdata[i];

      for (guint n = 0; n < page->questions->len; n++)
        {
          g_ptr_array_add (labels, ((EhcpQuestion *) page->questions->pdata[n])->label);
          g_ptr_array_add (self->questions, ((EhcpQuestion *) page->questions->pdata[n])->id);
        }
    }
  g_ptr_array_add (labels, NULL);
  ehcp_desk_page_set_choices (self->question, (const char *const *) labels->pdata);
  self->reason = ehcp_desk_page_add_text (&inner, _("What is missing or unclear"), "reason", TRUE,
                                          &self->reason_error);
  ehcp_desk_page_add_button (&inner, _("Return"), FALSE, G_CALLBACK (return_cb));
}

/* The plan beside it */

static EhcpRecord *
find_plan (EhcpReviewView *self, const char *case_id)
{
  GListModel *documents = ehcp_book_get_list (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_DOCUMENT, case_id);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);

      /* The newest comes first. */
      if (g_strcmp0 (ehcp_record_get_text (document, "kind"), "draft-plan") == 0)
        return document; /* the book holds it */
    }
  return NULL;
}

/* On a narrow window the answers alone; the plan is under Documents. */
static void
narrow_cb (EhcpReviewView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_visible (GTK_WIDGET (self->viewer),
                          !EHCP_IS_WINDOW (root) || !ehcp_window_is_narrow (EHCP_WINDOW (root)));
}

static void
root_cb (EhcpReviewView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (EHCP_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  narrow_cb (self);
}

static void
put_plan_beside (EhcpReviewView *self, EhcpRecord *plan)
{
  GtkWidget *answers = adw_bin_get_child (ADW_BIN (self));
  GtkWidget *box;

  if (plan == NULL)
    return;
  g_object_ref (answers);
  adw_bin_set_child (ADW_BIN (self), NULL);
  box = gtk_paned_new (GTK_ORIENTATION_HORIZONTAL);
  self->viewer = g_object_new (EHCP_TYPE_DOCUMENT_VIEWER, NULL);
  gtk_paned_set_start_child (GTK_PANED (box), answers);
  gtk_paned_set_end_child (GTK_PANED (box), GTK_WIDGET (self->viewer));
  gtk_paned_set_position (GTK_PANED (box), 520);
  gtk_paned_set_shrink_start_child (GTK_PANED (box), FALSE);
  adw_bin_set_child (ADW_BIN (self), box);
  g_object_unref (answers);
  g_signal_connect (self, "notify::root", G_CALLBACK (root_cb), NULL);
  ehcp_document_viewer_open (self->viewer, ehcp_view_get_link (EHCP_VIEW (self)), plan);
}

static void
read_definition (EhcpReviewView *self, EhcpRecord *form)
{
  EhcpRecord *record = ehcp_book_find_where (ehcp_view_get_book (EHCP_VIEW (self)), EHCP_KIND_FORM_DEFINITION,
                                             "definition", ehcp_record_get_text (form, "definition"));
  const char *body = record != NULL ? ehcp_record_get_text (record, "body") : NULL;

  self->definition = body != NULL ? ehcp_form_definition_parse (body, strlen (body), NULL) : NULL;
}

static void
ehcp_review_view_constructed (GObject *object)
{
  EhcpReviewView *self = EHCP_REVIEW_VIEW (object);
  EhcpView *view = EHCP_VIEW (object);
  EhcpRecord *form = get_form (self);

  G_OBJECT_CLASS (ehcp_review_view_parent_class)->constructed (object);
  self->questions = g_ptr_array_new ();
  ehcp_desk_page_init (&self->page, view, 680);
  ehcp_desk_page_show_head (&self->page, form != NULL ? ehcp_record_get_text (form, "title") : _("Form"),
                            form != NULL ? ehcp_record_get_case (form) : NULL);
  ehcp_view_set_back_label (view, _("Ask for a form"));
  self->state = ehcp_desk_page_add_note (&self->page, _("This form is not here any more."));
  self->answers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->page.box), self->answers);
  if (form != NULL)
    read_definition (self, form);
  if (self->definition == NULL)
    return;
  add_deciding (self);
  put_plan_beside (self, find_plan (self, ehcp_record_get_case (form)));
  g_signal_connect_object (ehcp_view_get_book (view), "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
ehcp_review_view_finalize (GObject *object)
{
  EhcpReviewView *self = EHCP_REVIEW_VIEW (object);

  g_clear_pointer (&self->definition, ehcp_form_definition_free);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_free (self->shown);
  G_OBJECT_CLASS (ehcp_review_view_parent_class)->finalize (object);
}

static void
ehcp_review_view_class_init (EhcpReviewViewClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = ehcp_review_view_constructed;
  G_OBJECT_CLASS (klass)->finalize = ehcp_review_view_finalize;
}

static void
ehcp_review_view_init (EhcpReviewView *self)
{
}
