/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for an assessment: the one form that is sent before there is a case. Its sender keeps it as a form
 * of their own account; all staff get a `request`, of which a case is opened (ehcp-command-request-open.c). */
#include "ehcp-command-private.h"

#include "ehcp-catalogue.h"

#include <string.h>

#define MAX_ANSWERS (200000 * 4) /* bytes: the command's limit counts characters */
#define MAX_NAME 100

typedef struct
{
  EhcpFormDefinition *definition;
  JsonObject *answers;
} Filled;

static void
filled_clear (Filled *filled)
{
  g_clear_pointer (&filled->definition, ehcp_form_definition_free);
  g_clear_pointer (&filled->answers, json_object_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filled, filled_clear)

static const char *
get_value (const char *question, gpointer data)
{
  return ehcp_json_get_text (data, question);
}

static gboolean
refuse_answer (const char *question, EhcpError code, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/answers/", question, NULL);

  return ehcp_task_refuse (error, code, pointer);
}

/* Every member answers a question of the form, as a text; files come as uploads. */
static gboolean
check_members (const Filled *filled, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (filled->answers);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const EhcpQuestion *question = ehcp_form_definition_find (filled->definition, l->data);

      if (question == NULL)
        return refuse_answer (l->data, EHCP_ERROR_UNKNOWN_FIELD, error);
      if (question->kind == EHCP_QUESTION_FILE)
        return refuse_answer (l->data, EHCP_ERROR_RANGE, error);
      if (ehcp_json_get_text (filled->answers, l->data) == NULL)
        return refuse_answer (l->data, EHCP_ERROR_MALFORMED, error);
    }
  return TRUE;
}

/* One that was superseded while somebody was offline can still be sent; one that was withdrawn cannot. */
static gboolean
check_in_use (EhcpTask *task, const char *definition, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) record = ehcp_store_find_where (task->db, EHCP_KIND_FORM_DEFINITION, "definition",
                                                         definition, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return (record != NULL && !g_str_equal (ehcp_record_get_text (record, "state"), "withdrawn")) ||
         ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/definition");
}

/* What a case is made of must fit into one. */
static gboolean
check_child (EhcpTask *task, const Filled *filled, GError **error)
{
  static const char *const names[] = { "child-forename", "child-surname", "relationship" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_utf8_strlen (get_value (names[i], filled->answers), -1) > MAX_NAME)
      return refuse_answer (names[i], EHCP_ERROR_RANGE, error);
  return ehcp_date_parse (get_value ("child-birth", filled->answers)) <= task->today ||
         refuse_answer ("child-birth", EHCP_ERROR_RANGE, error);
}

static gboolean
add_file (EhcpTask *task, const char *question, const char *line, gpointer data, GError **error)
{
  g_autofree char *value = ehcp_form_files_add_line (get_value (question, data), line);

  json_object_set_string_member (data, question, value);
  return TRUE;
}

static gboolean
read_filled (EhcpTask *task, Filled *filled, GError **error)
{
  const char *text = ehcp_record_get_text (task->command, "answers");
  g_autoptr (GError) failure = NULL;

  filled->definition = ehcp_catalogue_find_form (task->db, ehcp_record_get_text (task->command, "definition"),
                                                 &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (filled->definition == NULL || filled->definition->use != EHCP_FORM_REQUEST)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/definition");
  if (!check_in_use (task, filled->definition->name, error))
    return FALSE;
  filled->answers = ehcp_json_parse_object (text, strlen (text), MAX_ANSWERS, &failure);
  if (filled->answers == NULL)
    return ehcp_task_refuse_at (error, failure, "/answers");
  return check_members (filled, error) &&
         ehcp_task_take_form_files (task, task->id, filled->definition, get_value, filled->answers, add_file,
                                    filled->answers, error) &&
         ehcp_form_definition_check (filled->definition, get_value, filled->answers, task->today, error) &&
         check_child (task, filled, error);
}

/* Of the account's own: the store names the account that sees it. */
static gboolean
add_owned (EhcpTask *task, EhcpRecord *record, GError **error)
{
  return ehcp_store_add (task->council, task->db, record, task->actor->account, error);
}

static gboolean
add_form (EhcpTask *task, const Filled *filled, const char *reference, GError **error)
{
  g_autoptr (EhcpRecord) form = ehcp_task_make (task, EHCP_KIND_FORM, task->id, "account", NULL);

  ehcp_record_set_text (form, "definition", filled->definition->name);
  ehcp_record_set_text (form, "title", filled->definition->title);
  ehcp_record_set_text (form, "person", task->actor->account);
  ehcp_record_set_text (form, "state", "submitted");
  ehcp_record_set_text (form, "submitted_at", task->now);
  ehcp_record_set_text (form, "reference", reference);
  return add_owned (task, form, error);
}

static gboolean
add_answer (EhcpTask *task, const char *question, const char *value, GError **error)
{
  g_autofree char *id = ehcp_answer_id (task->id, task->actor->account, question);
  g_autoptr (EhcpRecord) answer = ehcp_task_make (task, EHCP_KIND_ANSWER, id, "account", NULL);

  ehcp_record_set_text (answer, "form", task->id);
  ehcp_record_set_text (answer, "person", task->actor->account);
  ehcp_record_set_text (answer, "question", question);
  ehcp_record_set_text (answer, "value", value);
  ehcp_record_set_text (answer, "saved_at", task->now);
  return add_owned (task, answer, error);
}

static gboolean
add_answers (EhcpTask *task, const Filled *filled, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (filled->answers);

  for (GList *l = members; l != NULL; l = l->next)
    if (!add_answer (task, l->data, get_value (l->data, filled->answers), error))
      return FALSE;
  return TRUE;
}

/* Only what is asked: an answer from before the sender's change of mind is theirs alone. */
static char *
format_asked (const Filled *filled)
{
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);
  g_autoptr (GList) members = json_object_get_members (filled->answers);

  ehcp_json_begin (&json, NULL, '{');
  for (GList *l = members; l != NULL; l = l->next)
    if (ehcp_question_is_asked (ehcp_form_definition_find (filled->definition, l->data), get_value,
                                filled->answers))
      ehcp_json_text (&json, l->data, get_value (l->data, filled->answers));
  ehcp_json_end (&json, '}');
  return g_string_free (text, FALSE);
}

static void
copy_given (EhcpRecord *request, const char *field, const char *value)
{
  if (value != NULL && *value != '\0')
    ehcp_record_set_text (request, field, value);
}

static EhcpRecord *
make_request (EhcpTask *task, const Filled *filled, const char *reference)
{
  g_autofree char *id = ehcp_answer_id (task->id, task->actor->account, "/request");
  EhcpRecord *request = ehcp_task_make (task, EHCP_KIND_REQUEST, id, "staff", NULL);
  g_autofree char *name = ehcp_task_sender_name (task);
  g_autofree char *answers = format_asked (filled);

  ehcp_record_set_text (request, "reference", reference);
  ehcp_record_set_text (request, "definition", filled->definition->name);
  ehcp_record_set_text (request, "form", task->id);
  ehcp_record_set_text (request, "account", task->actor->account);
  ehcp_record_set_text (request, "sender_name", name);
  ehcp_record_set_text (request, "email", ehcp_record_get_text (task->sender, "email"));
  copy_given (request, "telephone", ehcp_record_get_text (task->sender, "telephone"));
  ehcp_record_set_text (request, "relationship", get_value ("relationship", filled->answers));
  ehcp_record_set_bool (request, "professional", ehcp_record_get_bool (task->sender, "professional"));
  ehcp_record_set_text (request, "child_forename", get_value ("child-forename", filled->answers));
  ehcp_record_set_text (request, "child_surname", get_value ("child-surname", filled->answers));
  ehcp_record_set_date (request, "date_of_birth",
                        ehcp_date_parse (get_value ("child-birth", filled->answers)));
  copy_given (request, "school", get_value ("school", filled->answers));
  ehcp_record_set_date (request, "received", task->today);
  ehcp_record_set_text (request, "received_at", task->now);
  ehcp_record_set_text (request, "answers", answers);
  ehcp_record_set_text (request, "state", "received");
  return request;
}

static gboolean
mail_received (EhcpTask *task, const char *reference, GError **error)
{
  g_autofree char *name = ehcp_person_format_address (task->sender);

  return ehcp_mail_queue (task->council, task->db, EHCP_MAIL_REQUEST_RECEIVED,
                          ehcp_record_get_text (task->sender, "email"), error, "name", name, "reference",
                          reference, NULL);
}

/** ehcp_command_assessment_request: Takes a request for an assessment. The day on which it is taken is the
 * day of receipt, from which the law counts (CFA s36(1), Regs 4 and 5), whenever a case is opened. */
gboolean
ehcp_command_assessment_request (EhcpTask *task, GError **error)
{
  g_auto (Filled) filled = { NULL, NULL };
  g_autofree char *reference = NULL;
  g_autoptr (EhcpRecord) request = NULL;

  if (!read_filled (task, &filled, error))
    return FALSE;
  reference = ehcp_task_take_reference (task, "request", "R", error);
  if (reference == NULL)
    return FALSE;
  request = make_request (task, &filled, reference);
  ehcp_json_text (&task->json, "reference", reference);
  ehcp_task_audit (task, ehcp_record_get_id (request), "%s", reference);
  return add_form (task, &filled, reference, error) && add_answers (task, &filled, error) &&
         ehcp_task_show_form_files (task, task->id, error) &&
         ehcp_task_add (task, request, error) && mail_received (task, reference, error);
}
