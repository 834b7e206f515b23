/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that go with a form: they come as uploads of the command that sends it, become documents of their own,
 * and each is a line of the answer to its question. Those of a request are its sender's until there is a case. */
#include "ehcp-command-private.h"

#include "ehcp-uploads.h"

static guint
count (const char *const *list)
{
  return list != NULL ? g_strv_length ((char **) list) : 0;
}

static gboolean
refuse_nth (GError **error, EhcpError code, const char *list, guint n)
{
  g_autofree char *pointer = g_strdup_printf ("/%s/%u", list, n);

  return ehcp_task_refuse (error, code, pointer);
}

/** ehcp_task_fill_document: What a document says of its content. */
void
ehcp_task_fill_document (EhcpTask *task, EhcpRecord *document, const EhcpUpload *upload)
{
  ehcp_record_set_text (document, "media_type", upload->media_type);
  ehcp_record_set_text (document, "file_name", upload->file_name);
  ehcp_record_set_int (document, "size", upload->size);
  ehcp_record_set_text (document, "sha256", upload->sha256);
  ehcp_record_set_text (document, "published_at", task->now);
  ehcp_record_set_text (document, "check", upload->is_waiting ? "waiting" : NULL);
}

static EhcpRecord *
make_document (EhcpTask *task, const char *form, const EhcpUpload *upload)
{
  gboolean is_of_case = task->case_record != NULL;
  EhcpRecord *document = ehcp_task_make (task, EHCP_KIND_DOCUMENT, upload->id, is_of_case ? "named" : "account",
                                         is_of_case ? task->access.person : NULL);
  g_autofree char *name = ehcp_task_sender_name (task);

  ehcp_task_fill_document (task, document, upload);
  ehcp_record_set_text (document, "title", upload->file_name);
  ehcp_record_set_text (document, "kind", "other");
  ehcp_record_set_date (document, "issued", task->today);
  ehcp_record_set_text (document, "form", form);
  ehcp_record_set_text (document, "added_by", name);
  return document;
}

/* Under the upload's id, as an attachment; (transfer full): its line in the answer. */
static char *
take_file (EhcpTask *task, const char *form, const char *id, GError **error)
{
  const char *folder = task->case_record != NULL ? ehcp_record_get_id (task->case_record) : form;
  g_autoptr (EhcpUpload) upload = ehcp_upload_take (task->council, task->db, task->actor->account, id, folder, error);
  g_autoptr (EhcpRecord) document = NULL;

  if (upload == NULL)
    return NULL;
  document = make_document (task, form, upload);
  if (!ehcp_store_add (task->council, task->db, document, task->case_record != NULL ? NULL : task->actor->account,
                       error))
    return NULL;
  return ehcp_form_files_add (NULL, id, upload->file_name);
}

/**
 * ehcp_task_take_form_files:
 * @task: a command with `uploads`, and `questions` that says which each of them answers
 * @form: the id of the form
 * @definition: its definition
 * @answer: gives the answers
 * @answer_data: for @answer
 * @add: takes each file's line into the answer to its question
 * @data: for @add
 * @error: return location
 *
 * Returns: whether each upload is a document now; otherwise what ehcp_upload_take() says, at `/uploads/N`, or
 *   %EHCP_ERROR_RANGE at `/questions/N` for a question that is not asked or takes no file
 */
gboolean
ehcp_task_take_form_files (EhcpTask *task, const char *form, const EhcpFormDefinition *definition,
                           EhcpAnswerFunc answer, gpointer answer_data, EhcpFormFileFunc add, gpointer data,
                           GError **error)
{
  const char *const *uploads = ehcp_record_get_list (task->command, "uploads");
  const char *const *questions = ehcp_record_get_list (task->command, "questions");

  if (count (uploads) != count (questions))
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/questions");
  for (guint i = 0; i < count (uploads); i++)
    {
      const EhcpQuestion *question = ehcp_form_definition_find (definition, questions[i]);
      g_autofree char *pointer = g_strdup_printf ("/uploads/%u", i);
      g_autoptr (GError) failure = NULL;
      g_autofree char *line = NULL;

      if (question == NULL || question->kind != EHCP_QUESTION_FILE ||
          !ehcp_question_is_asked (question, answer, answer_data))
        return refuse_nth (error, EHCP_ERROR_RANGE, "questions", i);
      if (!ehcp_text_is_id (uploads[i]))
        return refuse_nth (error, EHCP_ERROR_MALFORMED, "uploads", i);
      line = take_file (task, form, uploads[i], &failure);
      if (line == NULL)
        return ehcp_task_refuse_at (error, failure, pointer);
      if (!add (task, question->id, line, data, error))
        return FALSE;
    }
  return TRUE;
}

/* What only saving an answer may take away: every file that is named came with this form. */
static gboolean
is_among (const char *line, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

  return g_strv_contains ((const char *const *) lines, line);
}

/** ehcp_form_files_are_among: Returns: whether each line of @value is one of @before. */
gboolean
ehcp_form_files_are_among (const char *value, const char *before)
{
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!is_among (lines[i], before))
      return FALSE;
  return TRUE;
}

static EhcpRecord *
make_copy (EhcpTask *task, EhcpRecord *document, const char *id, const char *form, const char *audience,
           const char *named)
{
  static const char *const texts[] = { "title", "kind", "media_type", "file_name", "sha256", "published_at",
                                       "added_by", "check" };
  EhcpRecord *copy = ehcp_task_make (task, EHCP_KIND_DOCUMENT, id, audience, named);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    ehcp_record_set_text (copy, texts[i], ehcp_record_get_text (document, texts[i]));
  ehcp_record_set_int (copy, "size", ehcp_record_get_int (document, "size"));
  ehcp_record_set_date (copy, "issued", ehcp_record_get_date (document, "issued"));
  ehcp_record_set_text (copy, "form", form);
  return copy;
}

static gboolean
copy_document (EhcpTask *task, EhcpRecord *document, const char *id, EhcpRecord *form, GError **error)
{
  g_autoptr (EhcpRecord) copy = make_copy (task, document, id, ehcp_record_get_id (form), "named",
                                           ehcp_record_get_text (form, "person"));

  return ehcp_document_copy_content (task->council, task->db, document, ehcp_record_get_case (copy), error) &&
         ehcp_task_add (task, copy, error);
}

/**
 * ehcp_task_copy_form_files:
 * @task: a command whose case is in the store
 * @form: a form of that case
 * @value: the answer to a question of the kind `file` of a request
 * @error: return location
 *
 * Returns: (transfer full): the answer with the documents of the case that were made of the request's; one that is
 *   gone is left out. %NULL with what ehcp_document_copy_content() says.
 */
char *
ehcp_task_copy_form_files (EhcpTask *task, EhcpRecord *form, const char *value, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  g_autofree char *copied = g_strdup ("");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *from = ehcp_form_file_get_document (lines[i]);
      g_autofree char *name = ehcp_form_file_get_name (lines[i]);
      g_autofree char *id = ehcp_text_new_id ();
      g_autofree char *before = NULL;
      g_autoptr (GError) failure = NULL;
      g_autoptr (EhcpRecord) document = NULL;

      if (from != NULL)
        document = ehcp_store_find (task->db, EHCP_KIND_DOCUMENT, from, &failure);
      if (document != NULL)
        copy_document (task, document, id, form, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (document == NULL)
        continue;
      before = g_steal_pointer (&copied);
      copied = ehcp_form_files_add (before, id, name);
    }
  return g_steal_pointer (&copied);
}

/**
 * ehcp_task_show_form_files:
 * @task: a command that made the documents of a request
 * @form: the request's form
 * @error: return location
 *
 * Staff read what came with a request before they open its case: the same content, under another id, for all of them.
 *
 * Returns: whether it was done
 */
gboolean
ehcp_task_show_form_files (EhcpTask *task, const char *form, GError **error)
{
  g_autoptr (GPtrArray) list = ehcp_store_list_where (task->db, EHCP_KIND_DOCUMENT, "form", form, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      g_autoptr (EhcpRecord) copy = make_copy (task, list->pdata[i], NULL, form, "staff", NULL);

      if (!ehcp_task_add (task, copy, error))
        return FALSE;
    }
  return list != NULL;
}

/** ehcp_task_hide_form_files: The case has copies now, which those see who see the case. Returns: whether it was done. */
gboolean
ehcp_task_hide_form_files (EhcpTask *task, const char *form, GError **error)
{
  g_autoptr (GPtrArray) list = ehcp_store_list_where (task->db, EHCP_KIND_DOCUMENT, "form", form, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_strcmp0 (ehcp_record_get_text (list->pdata[i], "audience"), "staff") == 0 &&
        !ehcp_store_remove (task->council, task->db, EHCP_KIND_DOCUMENT, ehcp_record_get_id (list->pdata[i]), error))
      return FALSE;
  return list != NULL;
}

/** ehcp_task_remove_form_files: The documents of a request that nobody needs any more, with their content.
 * Returns: whether it was done. */
gboolean
ehcp_task_remove_form_files (EhcpTask *task, const char *form, GError **error)
{
  g_autoptr (GPtrArray) list = ehcp_store_list_where (task->db, EHCP_KIND_DOCUMENT, "form", form, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      if (!ehcp_store_remove (task->council, task->db, EHCP_KIND_DOCUMENT, ehcp_record_get_id (list->pdata[i]), error))
        return FALSE;
      g_ptr_array_add (task->spent_files, ehcp_upload_get_path (task->council, form,
                                                                ehcp_record_get_text (list->pdata[i], "sha256")));
    }
  return TRUE;
}
