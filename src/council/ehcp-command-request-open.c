/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a request when its case is opened: its sender is invited without a code to quote, since the
 * account's address was proved when it was registered, and what they wrote comes into the case. */
#include "ehcp-invitation-private.h"

#include <string.h>

/**
 * ehcp_task_find_request:
 * @task: a `case.open` that names a request
 * @error: return location
 *
 * Returns: (transfer full): the request, of which no case was opened yet (%EHCP_ERROR_CONFLICT
 *   `/request` otherwise) and which did not come before the day that the command gives: the time of the law
 *   has begun when it was received (%EHCP_ERROR_RANGE `/received`).
 */
EhcpRecord *
ehcp_task_find_request (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpRecord) request = ehcp_task_find_id (task, EHCP_KIND_REQUEST,
                                                      ehcp_task_given (task, "request"), "/request", error);

  if (request == NULL)
    return NULL;
  if (!g_str_equal (ehcp_record_get_text (request, "state"), "received"))
    ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/request");
  else if (ehcp_record_get_date (task->command, "received") > ehcp_record_get_date (request, "received"))
    ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/received");
  else
    return g_steal_pointer (&request);
  return NULL;
}

static EhcpRecord *
find_account (EhcpTask *task, EhcpRecord *request, GError **error)
{
  g_autoptr (GError) failure = NULL;
  EhcpRecord *account = ehcp_store_find (task->db, EHCP_KIND_ACCOUNT,
                                         ehcp_record_get_text (request, "account"), &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (account == NULL)
    ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, "/request");
  return account;
}

static EhcpRecord *
make_person (EhcpTask *task, EhcpRecord *request, EhcpRecord *account)
{
  g_autofree char *id = ehcp_text_new_id ();
  EhcpRecord *person = ehcp_task_make (task, EHCP_KIND_PERSON, id, "named", id);

  ehcp_record_set_text (person, "title", ehcp_record_get_text (account, "title"));
  ehcp_record_set_text (person, "forename", ehcp_record_get_text (account, "forename"));
  ehcp_record_set_text (person, "surname", ehcp_record_get_text (account, "surname"));
  ehcp_record_set_text (person, "relationship", ehcp_record_get_text (request, "relationship"));
  ehcp_record_set_bool (person, "professional", ehcp_record_get_bool (account, "professional"));
  ehcp_record_set_text (person, "access", "verified");
  return person;
}

static EhcpRecord *
make_contact (EhcpTask *task, EhcpRecord *request, EhcpRecord *account, EhcpRecord *person)
{
  EhcpRecord *contact = ehcp_task_make (task, EHCP_KIND_CONTACT, NULL, "staff", NULL);
  const char *checked = ehcp_task_given (task, "checked");
  g_autofree char *by_itself = g_strdup_printf ("Asked for the assessment with their own account, %s",
                                                ehcp_record_get_text (request, "reference"));

  ehcp_record_set_text (contact, "person", ehcp_record_get_id (person));
  ehcp_record_set_text (contact, "email", ehcp_record_get_text (account, "email"));
  ehcp_record_set_text (contact, "telephone", ehcp_record_get_text (account, "telephone"));
  ehcp_record_set_text (contact, "checked", checked != NULL ? checked : by_itself);
  ehcp_record_set_text (contact, "invited_at", task->now);
  return contact;
}

static EhcpRecord *
make_form (EhcpTask *task, EhcpRecord *request, EhcpRecord *sent, const char *person)
{
  EhcpRecord *form = ehcp_task_make (task, EHCP_KIND_FORM, NULL, "named", person);

  ehcp_record_set_text (form, "definition", ehcp_record_get_text (request, "definition"));
  ehcp_record_set_text (form, "title", ehcp_record_get_text (sent, "title"));
  ehcp_record_set_text (form, "person", person);
  ehcp_record_set_text (form, "state", "accepted");
  ehcp_record_set_text (form, "submitted_at", ehcp_record_get_text (request, "received_at"));
  ehcp_record_set_text (form, "reference", ehcp_record_get_text (request, "reference"));
  return form;
}

static gboolean
add_answer (EhcpTask *task, EhcpRecord *form, const EhcpQuestion *question, const char *value, GError **error)
{
  const char *person = ehcp_record_get_text (form, "person");
  g_autofree char *id = ehcp_answer_id (ehcp_record_get_id (form), person, question->id);
  g_autofree char *files = NULL;
  g_autoptr (EhcpRecord) answer = ehcp_task_make (task, EHCP_KIND_ANSWER, id, "named", person);

  if (question->kind == EHCP_QUESTION_FILE)
    {
      value = files = ehcp_task_copy_form_files (task, form, value, error);
      if (value == NULL)
        return FALSE;
    }
  ehcp_record_set_text (answer, "form", ehcp_record_get_id (form));
  ehcp_record_set_text (answer, "person", person);
  ehcp_record_set_text (answer, "question", question->id);
  ehcp_record_set_text (answer, "value", value);
  ehcp_record_set_text (answer, "saved_at", ehcp_record_get_text (form, "submitted_at"));
  return ehcp_task_add (task, answer, error);
}

static gboolean
add_form (EhcpTask *task, EhcpRecord *request, EhcpRecord *sent, const char *person, GError **error)
{
  const char *text = ehcp_record_get_text (request, "answers");
  g_autoptr (EhcpRecord) form = make_form (task, request, sent, person);
  g_autoptr (EhcpFormDefinition) definition = ehcp_task_find_definition (
      task, ehcp_record_get_text (request, "definition"), "/request", error);
  g_autoptr (JsonObject) answers = definition != NULL
                                       ? ehcp_json_parse_object (text, strlen (text), G_MAXINT32, error)
                                       : NULL;
  g_autoptr (GList) members = answers != NULL ? json_object_get_members (answers) : NULL;

  if (answers == NULL || !ehcp_task_add (task, form, error))
    return FALSE;
  for (GList *l = members; l != NULL; l = l->next)
    {
      const EhcpQuestion *question = ehcp_form_definition_find (definition, l->data);

      if (question != NULL && !add_answer (task, form, question, ehcp_json_get_text (answers, l->data), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
invite (EhcpTask *task, EhcpRecord *request, EhcpRecord *person, EhcpRecord *account, GError **error)
{
  g_autoptr (EhcpRecord) contact = make_contact (task, request, account, person);

  return ehcp_task_add (task, person, error) && ehcp_task_add (task, contact, error) &&
         ehcp_invitation_send (task, person, contact, error);
}

/* The sender reads in their own copy that the case is there. */
static gboolean
accept_sent (EhcpTask *task, EhcpRecord *sent, EhcpRecord *account, GError **error)
{
  ehcp_record_set_text (sent, "state", "accepted");
  return ehcp_store_put (task->council, task->db, sent, ehcp_record_get_id (account), error);
}

/**
 * ehcp_task_open_request:
 * @task: a `case.open` whose case is in the store
 * @request: from ehcp_task_find_request()
 * @error: return location
 *
 * Returns: whether the sender is on the case and invited, and the form is in it
 */
gboolean
ehcp_task_open_request (EhcpTask *task, EhcpRecord *request, GError **error)
{
  g_autoptr (EhcpRecord) account = find_account (task, request, error);
  g_autoptr (EhcpRecord) person = NULL;
  g_autoptr (EhcpRecord) sent = NULL;

  if (account == NULL)
    return FALSE;
  sent = ehcp_store_find (task->db, EHCP_KIND_FORM, ehcp_record_get_text (request, "form"), error);
  if (sent == NULL)
    return FALSE;
  person = make_person (task, request, account);
  ehcp_record_set_text (request, "state", "opened");
  ehcp_record_set_text (request, "opened_case", task->id);
  ehcp_record_set_text (request, "person", ehcp_record_get_id (person));
  return invite (task, request, person, account, error) &&
         add_form (task, request, sent, ehcp_record_get_id (person), error) &&
         accept_sent (task, sent, account, error) &&
         ehcp_task_hide_form_files (task, ehcp_record_get_id (sent), error) && ehcp_task_put (task, request, error);
}

/**
 * ehcp_task_settle_request:
 * @task: a task
 * @person: who has access to the case from now on
 * @error: return location
 *
 * The copy that the account kept goes, since the one in the case is seen now.
 *
 * Returns: whether it was done; also %TRUE when the person did not ask by a request
 */
gboolean
ehcp_task_settle_request (EhcpTask *task, EhcpRecord *person, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) request = ehcp_store_find_where (task->db, EHCP_KIND_REQUEST, "person",
                                                          ehcp_record_get_id (person), &failure);
  g_autoptr (GPtrArray) answers = NULL;
  const char *form = request != NULL ? ehcp_record_get_text (request, "form") : NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (form == NULL)
    return TRUE;
  answers = ehcp_store_list_where (task->db, EHCP_KIND_ANSWER, "form", form, error);
  if (answers == NULL)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    if (!ehcp_store_remove (task->council, task->db, EHCP_KIND_ANSWER,
                            ehcp_record_get_id (answers->pdata[i]), error))
      return FALSE;
  return ehcp_task_remove_form_files (task, form, error) &&
         ehcp_store_remove (task->council, task->db, EHCP_KIND_FORM, form, error);
}
