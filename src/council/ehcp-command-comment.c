/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comments on the sections of a draft plan: records of their own, made of a form's answers when it is
 * submitted, so that each can be answered by itself. */
#include "ehcp-command-private.h"

#include <string.h>

static const char *
find_value (GPtrArray *answers, const char *question)
{
  for (guint i = 0; i < answers->len; i++)
    if (g_str_equal (ehcp_record_get_text (answers->pdata[i], "question"), question))
      return ehcp_record_get_text (answers->pdata[i], "value");
  return NULL;
}

static const char *
get_value (const char *question, gpointer data)
{
  return find_value (data, question);
}

/* NULL when it is not asked or nothing but spaces. */
static const char *
get_written (const EhcpQuestion *question, GPtrArray *answers)
{
  const char *value = find_value (answers, question->id);
  g_autofree char *stripped = g_strstrip (g_strdup (value != NULL ? value : ""));

  return *stripped != '\0' && ehcp_question_is_asked (question, get_value, answers) ? value : NULL;
}

/* What supports it: the question about evidence for the same section, on the same page. */
static const char *
find_evidence (const EhcpQuestion *question, GPtrArray *answers)
{
  for (guint i = 0; i < question->page->questions->len; i++)
    {
      const EhcpQuestion *other = question->page->questions->pdata[i];

      if (other->is_evidence && g_str_equal (other->section, question->section))
        return get_written (other, answers);
    }
  return NULL;
}

/* It follows from what it was made of, so that a form that comes back changes its comments. */
static char *
make_id (EhcpRecord *form, const char *question)
{
  g_autofree char *name = g_strconcat ("comment/", question, NULL);

  return ehcp_answer_id (ehcp_record_get_id (form), ehcp_record_get_text (form, "person"), name);
}

static gboolean
remove_comment (EhcpTask *task, EhcpRecord *comment, GError **error)
{
  return comment == NULL ||
         ehcp_store_remove (task->council, task->db, EHCP_KIND_COMMENT, ehcp_record_get_id (comment), error);
}

static gboolean
put_comment (EhcpTask *task, EhcpRecord *form, const EhcpQuestion *question, GPtrArray *answers,
             EhcpRecord *before, GError **error)
{
  const char *text = get_written (question, answers);
  const char *evidence = find_evidence (question, answers);
  g_autofree char *id = make_id (form, question->id);
  g_autoptr (EhcpRecord) comment = NULL;

  if (text == NULL)
    return remove_comment (task, before, error);
  if (before != NULL && g_strcmp0 (ehcp_record_get_text (before, "text"), text) == 0 &&
      g_strcmp0 (ehcp_record_get_text (before, "evidence"), evidence) == 0)
    return TRUE;
  comment = ehcp_task_make (task, EHCP_KIND_COMMENT, id, "named", NULL);
  ehcp_record_set_list (comment, "named", ehcp_record_get_list (form, "named"));
  ehcp_record_set_text (comment, "form", ehcp_record_get_id (form));
  ehcp_record_set_text (comment, "person", ehcp_record_get_text (form, "person"));
  ehcp_record_set_text (comment, "section", question->section);
  ehcp_record_set_text (comment, "question", question->id);
  ehcp_record_set_text (comment, "text", text);
  ehcp_record_set_text (comment, "evidence", evidence);
  ehcp_record_set_text (comment, "received_at", task->now);
  ehcp_record_set_text (comment, "state", "received");
  return ehcp_task_put (task, comment, error);
}

static gboolean
take_comment (EhcpTask *task, EhcpRecord *form, const EhcpQuestion *question, GPtrArray *answers,
              GError **error)
{
  g_autofree char *id = make_id (form, question->id);
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) before = ehcp_store_find (task->db, EHCP_KIND_COMMENT, id, &failure);

  if (failure == NULL)
    return put_comment (task, form, question, answers, before, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * ehcp_task_take_comments:
 * @task: a task
 * @form: a form that is being submitted
 * @definition: its definition
 * @answers: (element-type EhcpRecord): its answers
 * @error: return location
 *
 * Makes a `comment` of each answer that comments on a section. One that was decided and comes again with
 * other words is to be decided again; one that was taken back goes.
 *
 * Returns: whether the store took it
 */
gboolean
ehcp_task_take_comments (EhcpTask *task, EhcpRecord *form, const EhcpFormDefinition *definition,
                         GPtrArray *answers, GError **error)
{
  for (guint i = 0; i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = definition->pages->pdata[i];

      for (guint j = 0; j < page->questions->len; j++)
        {
          const EhcpQuestion *question = page->questions->pdata[j];

          if (question->section != NULL && !question->is_evidence &&
              !take_comment (task, form, question, answers, error))
            return FALSE;
        }
    }
  return TRUE;
}

/** ehcp_command_comment_decide: The council's answer to one comment; declining needs a reason. */
gboolean
ehcp_command_comment_decide (EhcpTask *task, GError **error)
{
  EhcpRecord *comment = task->subject;
  const char *state = ehcp_record_get_text (task->command, "state");
  gboolean is_decided = !g_str_equal (state, "received");
  g_autofree char *name = ehcp_task_sender_name (task);
  g_autofree char *what = g_strdup_printf ("comment-%s", state);

  if (g_str_equal (state, "declined") && ehcp_task_given (task, "reason") == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/reason");
  ehcp_record_set_text (comment, "state", state);
  ehcp_record_set_text (comment, "reason", is_decided ? ehcp_task_given (task, "reason") : NULL);
  ehcp_record_set_text (comment, "decided_by", is_decided ? name : NULL);
  ehcp_record_set_text (comment, "decided_at", is_decided ? task->now : NULL);
  ehcp_task_audit (task, NULL, "%s %s", ehcp_record_get_text (comment, "section"), state);
  return ehcp_task_put (task, comment, error) &&
         (!is_decided ||
          ehcp_task_tell (task, what, comment, ehcp_record_get_text (comment, "section"), error));
}
