/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form on its way: its files are read, it goes into the outbox, and as long as its files are moving it can be had
 * back. Which files were chosen is forgotten with that: what is sent is what was read. */
#include "ehcp-form-filling-private.h"

#include <glib/gi18n.h>

#include "ehcp-attachment.h"
#include "ehcp-form-request.h"

/* What is being sent. */
typedef struct
{
  GPtrArray *files;         /* of EhcpAttachment */
  GStrvBuilder *questions;  /* which each of them answers */
  GPtrArray *asked;         /* of char: questions whose drafts go */
  guint n_reading;
} Sending;

static void
free_sending (gpointer data)
{
  Sending *sending = data;

  g_clear_pointer (&sending->files, g_ptr_array_unref);
  g_clear_pointer (&sending->asked, g_ptr_array_unref);
  g_clear_pointer (&sending->questions, g_strv_builder_unref);
  g_free (sending);
}

static void
forget_drafts (EhcpFormFilling *filling, GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    {
      EhcpRecord *draft = ehcp_form_filling_find_draft (filling, g_ptr_array_index (questions, i));

      if (draft != NULL)
        ehcp_link_delete_draft (filling->link, ehcp_record_get_id (draft));
    }
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  EhcpFormFilling *filling = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ehcp_link_send_finish (EHCP_LINK (source), result, &error);

  if (id == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (filling->is_request)
    ehcp_form_request_clear (filling->link, filling->form);
  else
    forget_drafts (filling, sending->asked);
  g_task_return_pointer (task, filling->is_request ? g_steal_pointer (&id)
                                                   : g_strdup (ehcp_record_get_id (filling->form)),
                         g_free);
}

static EhcpRecord *
make_submission (EhcpFormFilling *filling)
{
  EhcpRecord *command;
  g_autofree char *text = NULL;

  if (!filling->is_request)
    {
      command = ehcp_form_filling_make_command (filling, EHCP_COMMAND_FORM_SUBMIT);
      text = ehcp_form_definition_digest (filling->definition, ehcp_form_filling_get_answer, filling);
      ehcp_record_set_text (command, "digest", text);
      return command;
    }
  command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_ASSESSMENT_REQUEST));
  text = ehcp_form_request_format (filling->definition, ehcp_form_filling_get_answer, filling);
  ehcp_record_set_text (command, "kind", "assessment.request");
  ehcp_record_set_text (command, "definition", filling->definition->name);
  ehcp_record_set_text (command, "answers", text);
  return command;
}

/* Once every file is read. */
static void
send_form (GTask *task)
{
  EhcpFormFilling *filling = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autofree char *now = ehcp_clock_now_text (ehcp_link_get_clock (filling->link));
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_file_free);
  g_autoptr (EhcpRecord) command = make_submission (filling);
  g_auto (GStrv) questions = g_strv_builder_end (sending->questions);

  for (guint i = 0; i < sending->files->len; i++)
    g_ptr_array_add (files, ehcp_attachment_make_file (g_ptr_array_index (sending->files, i)));
  if (files->len > 0)
    ehcp_record_set_list (command, "questions", (const char *const *) questions);
  ehcp_record_set_text (command, "composed_at", now);
  ehcp_link_send_async (filling->link, command, files, 0, g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

static EhcpAttachment *
find_refused (Sending *sending)
{
  for (guint i = 0; i < sending->files->len; i++)
    if (ehcp_attachment_get_state (g_ptr_array_index (sending->files, i)) == EHCP_ATTACHMENT_REFUSED)
      return g_ptr_array_index (sending->files, i);
  return NULL;
}

static void
finish_reading (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  EhcpAttachment *refused = find_refused (sending);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (refused == NULL)
    send_form (task);
  else
    /* Translators: the name of a file, and why it cannot be sent */
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             _("“%s” cannot be sent. %s. Take it out of the form, then send it again."),
                             ehcp_attachment_get_name (refused), ehcp_attachment_get_words (refused));
}

static void
read_cb (EhcpAttachment *file, GParamSpec *pspec, GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  if (ehcp_attachment_get_state (file) == EHCP_ATTACHMENT_READING || sending->n_reading == 0)
    return;
  sending->n_reading--;
  if (sending->n_reading == 0)
    finish_reading (task);
}

static void
unref_task (gpointer task, GClosure *closure)
{
  g_object_unref (task);
}

static void
read_files (EhcpFormFilling *filling, const EhcpQuestion *question, GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  EhcpService *service = ehcp_link_get_service (filling->link);
  gint64 most = service != NULL ? ehcp_service_get_max_file_bytes (service) : EHCP_ATTACHMENT_MAX_BYTES;
  const char *value = ehcp_form_filling_get_answer (question->id, filling);
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

  g_ptr_array_add (sending->asked, g_strdup (question->id));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (lines[i]);
      EhcpAttachment *attachment;

      if (!ehcp_form_file_is_here (lines[i]))
        continue;
      attachment = ehcp_attachment_new (file, most);
      g_ptr_array_add (sending->files, attachment);
      g_strv_builder_add (sending->questions, question->id);
      if (ehcp_attachment_get_state (attachment) != EHCP_ATTACHMENT_READING)
        continue;
      sending->n_reading++;
      g_signal_connect_data (attachment, "notify::state", G_CALLBACK (read_cb), g_object_ref (task), unref_task, 0);
    }
}

static const EhcpQuestion *
nth_file_question (EhcpFormFilling *filling, guint page, guint n)
{
  const EhcpFormPage *here = g_ptr_array_index (filling->definition->pages, page);
  const EhcpQuestion *question = g_ptr_array_index (here->questions, n);

  return question->kind == EHCP_QUESTION_FILE ? question : NULL;
}

#define N_QUESTIONS(filling, page) (((const EhcpFormPage *) (filling)->definition->pages->pdata[page])->questions->len)

void
ehcp_form_filling_submit_async (EhcpFormFilling *filling, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (filling, cancellable, callback, data);
  Sending *sending = g_new0 (Sending, 1);

  ehcp_form_filling_save (filling);
  sending->files = g_ptr_array_new_with_free_func (g_object_unref);
  sending->asked = g_ptr_array_new_with_free_func (g_free);
  sending->questions = g_strv_builder_new ();
  g_task_set_task_data (task, sending, free_sending);
  for (guint i = 0; i < filling->definition->pages->len; i++)
    for (guint j = 0; j < N_QUESTIONS (filling, i); j++)
      {
        const EhcpQuestion *question = nth_file_question (filling, i, j);

        if (question != NULL && ehcp_question_is_asked (question, ehcp_form_filling_get_answer, filling))
          read_files (filling, question, task);
      }
  if (sending->n_reading == 0)
    finish_reading (task);
}

char *
ehcp_form_filling_submit_finish (EhcpFormFilling *filling, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A file that was sent with the form and refused with it, or taken back. */
static gboolean
is_lost (EhcpFormFilling *filling, const char *line)
{
  g_autofree char *id = ehcp_form_file_get_document (line);
  EhcpRecord *document = id != NULL ? ehcp_book_find (ehcp_link_get_book (filling->link), EHCP_KIND_DOCUMENT, id) : NULL;

  return id != NULL && (document == NULL || ehcp_record_get_delivery (document) == EHCP_DELIVERY_REFUSED);
}

static void
drop_lost (EhcpFormFilling *filling, const EhcpQuestion *question)
{
  EhcpRecord *answer = ehcp_form_filling_find_answer (filling, question->id);
  const char *value = answer != NULL ? ehcp_record_get_text (answer, "value") : NULL;
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);
  g_autofree char *kept = g_strdup ("");
  gboolean has_lost = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *before = NULL;

      has_lost |= is_lost (filling, lines[i]);
      if (is_lost (filling, lines[i]))
        continue;
      before = g_steal_pointer (&kept);
      kept = ehcp_form_files_add_line (before, lines[i]);
    }
  if (has_lost && ehcp_form_filling_find_draft (filling, question->id) == NULL)
    ehcp_form_filling_store_draft (filling, question->id, kept);
}

void
ehcp_form_filling_drop_lost_files (EhcpFormFilling *filling)
{
  if (!ehcp_form_filling_is_open (filling))
    return;
  for (guint i = 0; i < filling->definition->pages->len; i++)
    for (guint j = 0; j < N_QUESTIONS (filling, i); j++)
      if (nth_file_question (filling, i, j) != NULL)
        drop_lost (filling, nth_file_question (filling, i, j));
}

GPtrArray *
ehcp_form_filling_list_moving_files (EhcpFormFilling *filling)
{
  GListModel *documents = ehcp_book_get_list (ehcp_link_get_book (filling->link), EHCP_KIND_DOCUMENT,
                                              ehcp_record_get_case (filling->form));
  GPtrArray *moving = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (documents); i++)
    {
      g_autoptr (EhcpRecord) document = g_list_model_get_item (documents, i);
      EhcpDelivery delivery = ehcp_record_get_delivery (document);

      if ((delivery == EHCP_DELIVERY_WAITING || delivery == EHCP_DELIVERY_SENDING) &&
          g_strcmp0 (ehcp_record_get_text (document, "form"), ehcp_record_get_id (filling->form)) == 0)
        g_ptr_array_add (moving, g_steal_pointer (&document));
    }
  return moving;
}

char *
ehcp_form_filling_take_back (EhcpFormFilling *filling)
{
  g_autoptr (GPtrArray) moving = ehcp_form_filling_list_moving_files (filling);
  g_autofree char *form = g_strdup (ehcp_record_get_id (filling->form));
  g_autofree char *again = NULL;

  if (moving->len == 0)
    return NULL;
  /* What was typed is safe before it is out of the outbox. */
  if (filling->is_request)
    again = ehcp_form_request_make_again (filling->link, filling->definition, ehcp_form_filling_get_answer, filling);
  if (ehcp_link_undo_about (filling->link, EHCP_KIND_DOCUMENT, ehcp_record_get_id (moving->pdata[0])))
    return again != NULL ? g_steal_pointer (&again) : g_steal_pointer (&form);
  if (again != NULL)
    {
      g_autoptr (EhcpFormFilling) unused = ehcp_form_filling_new (filling->link, again, NULL);

      ehcp_form_filling_discard_request (unused);
    }
  return NULL;
}
