/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms: asked for, filled in, submitted, accepted or returned. What a person types is theirs alone until
 * they submit it. */
#include "ehcp-command-private.h"

#include "ehcp-catalogue.h"
#include "ehcp-day.h"

static gboolean
is_in_state (EhcpRecord *form, const char *state)
{
  return g_str_equal (ehcp_record_get_text (form, "state"), state);
}

/** ehcp_form_may_be_filled_in: Returns: whether it was asked for, or came back. */
gboolean
ehcp_form_may_be_filled_in (EhcpRecord *form)
{
  return is_in_state (form, "asked") || is_in_state (form, "returned");
}

/** ehcp_task_find_definition: Returns: (transfer full): the definition of that name, or %NULL with
 * %EHCP_ERROR_RANGE at @pointer. */
EhcpFormDefinition *
ehcp_task_find_definition (EhcpTask *task, const char *name, const char *pointer, GError **error)
{
  g_autoptr (GError) failure = NULL;
  EhcpFormDefinition *definition = ehcp_catalogue_find_form (task->db, name, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (definition == NULL)
    ehcp_task_refuse (error, EHCP_ERROR_RANGE, pointer);
  return definition;
}

/** ehcp_task_is_current: Returns: whether new forms of it may be made; %EHCP_ERROR_RANGE `/definition`
 * for one that was superseded or withdrawn. */
gboolean
ehcp_task_is_current (EhcpTask *task, const char *definition, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) record = ehcp_store_find_where (task->db, EHCP_KIND_FORM_DEFINITION, "definition",
                                                         definition, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return (record != NULL && g_str_equal (ehcp_record_get_text (record, "state"), "current")) ||
         ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/definition");
}

static char *
word_day (gint32 day)
{
  static const char *const months[] = { "January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December" };
  int year, month, day_of_month;

  if (day == 0)
    return g_strdup ("");
  ehcp_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%d %s %d", day_of_month, months[month - 1], year);
}

static gboolean
mail_asked (EhcpTask *task, EhcpRecord *person, EhcpRecord *form, GError **error)
{
  g_autofree char *email = ehcp_task_find_email (task, person, error);
  g_autofree char *name = ehcp_person_format_address (person);
  g_autofree char *link = ehcp_task_make_link (task);
  g_autofree char *due = word_day (ehcp_record_get_date (form, "due"));

  return email != NULL && ehcp_mail_queue (task->council, task->db, EHCP_MAIL_FORM_ASKED, email, error,
                                           "name", name, "link", link, "title",
                                           ehcp_record_get_text (form, "title"), "due", due, NULL);
}

static EhcpRecord *
make_form (EhcpTask *task, EhcpRecord *person, const EhcpFormDefinition *definition)
{
  EhcpRecord *form = ehcp_task_make (task, EHCP_KIND_FORM, task->id, "named",
                                     ehcp_record_get_id (person));

  ehcp_record_set_text (form, "definition", definition->name);
  ehcp_record_set_text (form, "title", definition->title);
  ehcp_record_set_text (form, "person", ehcp_record_get_id (person));
  ehcp_record_set_date (form, "due", ehcp_record_get_date (task->command, "due"));
  ehcp_record_set_text (form, "because", ehcp_task_given (task, "because"));
  ehcp_record_set_text (form, "state", "asked");
  return form;
}

/** ehcp_command_form_ask: A form under the command's id, for one person who has access. */
gboolean
ehcp_command_form_ask (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpRecord) person = ehcp_task_find (task, EHCP_KIND_PERSON, "person", error);
  g_autoptr (EhcpFormDefinition) definition = NULL;
  g_autoptr (EhcpRecord) form = NULL;
  gint32 due = ehcp_record_get_date (task->command, "due");

  if (person == NULL)
    return FALSE;
  definition = ehcp_task_find_definition (task, ehcp_record_get_text (task->command, "definition"), "/definition",
                                error);
  if (definition == NULL || !ehcp_task_is_current (task, definition->name, error))
    return FALSE;
  if (due != 0 && due < task->today)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/due");
  if (!g_str_equal (ehcp_record_get_text (person, "access"), "active"))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/person");
  form = make_form (task, person, definition);
  ehcp_task_audit (task, task->id, "%s", definition->name);
  return ehcp_task_add (task, form, error) &&
         ehcp_task_tell (task, "form-asked", form, definition->title, error) &&
         mail_asked (task, person, form, error);
}

static gboolean
is_own (EhcpTask *task, EhcpRecord *form)
{
  return g_strcmp0 (ehcp_record_get_text (form, "person"), task->access.person) == 0;
}

/* A form that was shared can be filled in by those whom it was shared with; only its owner submits it. */
static gboolean
check_shared (EhcpTask *task, EhcpRecord *form, GError **error)
{
  if (!is_own (task, form) && !ehcp_record_has (form, "shared_by"))
    return ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, "/form");
  return ehcp_form_may_be_filled_in (form) || ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/form");
}

/* The sender's own form that can be filled in now. */
static gboolean
check_own (EhcpTask *task, EhcpRecord *form, GError **error)
{
  if (!is_own (task, form))
    return ehcp_task_refuse (error, ehcp_record_has (form, "shared_by") ? EHCP_ERROR_NOT_ALLOWED
                                                                          : EHCP_ERROR_NOT_FOUND, "/form");
  return ehcp_form_may_be_filled_in (form) || ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/form");
}

/* Only what could never be right is refused here: a form is saved as it is typed. */
static gboolean
check_value (EhcpTask *task, EhcpRecord *form, EhcpRecord *answer, GError **error)
{
  g_autoptr (EhcpFormDefinition) definition = NULL;
  const char *value = ehcp_task_given (task, "value");
  const EhcpQuestion *question;

  definition = ehcp_task_find_definition (task, ehcp_record_get_text (form, "definition"), "/form", error);
  if (definition == NULL)
    return FALSE;
  question = ehcp_form_definition_find (definition, ehcp_record_get_text (task->command, "question"));
  if (question == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/question");
  /* Files come with the form alone; one that came can be taken out again. */
  if (question->kind == EHCP_QUESTION_FILE
          ? !ehcp_form_files_are_among (value, answer != NULL ? ehcp_record_get_text (answer, "value") : NULL)
          : question->max > 0 && value != NULL && g_utf8_strlen (value, -1) > question->max)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/value");
  return TRUE;
}

/* Somebody else, or the same person elsewhere, has answered in the meantime: the sender is asked which of the
 * two it shall be. The same answer twice is none to ask about. */
static gboolean
check_was (EhcpTask *task, EhcpRecord *answer, GError **error)
{
  const char *was = ehcp_record_get_text (task->command, "was");
  const char *value = ehcp_record_get_text (task->command, "value");
  const char *now = answer != NULL ? ehcp_record_get_text (answer, "value") : NULL;

  now = now != NULL ? now : "";
  return was == NULL || g_str_equal (was, now) || g_strcmp0 (value != NULL ? value : "", now) == 0 ||
         ehcp_task_refuse (error, EHCP_ERROR_STALE, "/was");
}

static void
fill_answer (EhcpTask *task, EhcpRecord *form, EhcpRecord *answer, const char *question, const char *value)
{
  g_autofree char *name = ehcp_task_sender_name (task);

  ehcp_record_set_text (answer, "audience", "private");
  ehcp_record_set_list (answer, "named", ehcp_record_get_list (form, "named"));
  ehcp_record_set_text (answer, "form", ehcp_record_get_id (form));
  ehcp_record_set_text (answer, "person", ehcp_record_get_text (form, "person"));
  ehcp_record_set_text (answer, "question", question);
  ehcp_record_set_text (answer, "value", value);
  ehcp_record_set_text (answer, "saved_at", task->now);
  ehcp_record_set_text (answer, "saved_by", name);
}

/** ehcp_command_form_save: One answer, under the id that follows from what it answers. `base` is the
 * answer's number, 0 when the sender saw none. */
gboolean
ehcp_command_form_save (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpRecord) form = ehcp_task_find (task, EHCP_KIND_FORM, "form", error);
  const char *question = ehcp_record_get_text (task->command, "question");
  g_autoptr (EhcpRecord) answer = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) failure = NULL;

  if (form == NULL || !check_shared (task, form, error))
    return FALSE;
  id = ehcp_answer_id (ehcp_record_get_id (form), ehcp_record_get_text (form, "person"), question);
  answer = ehcp_store_find (task->db, EHCP_KIND_ANSWER, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!check_value (task, form, answer, error) ||
      !ehcp_task_check_base (task, answer != NULL ? ehcp_record_get_int (answer, "seq") : 0, error) ||
      !check_was (task, answer, error))
    return FALSE;
  if (answer == NULL)
    answer = ehcp_task_make (task, EHCP_KIND_ANSWER, id, "private", NULL);
  fill_answer (task, form, answer, question, ehcp_task_given (task, "value"));
  ehcp_task_audit (task, id, "%s", question);
  return ehcp_task_put (task, answer, error);
}

static EhcpRecord *
find_answer (GPtrArray *answers, const char *question)
{
  for (guint i = 0; i < answers->len; i++)
    if (g_str_equal (ehcp_record_get_text (answers->pdata[i], "question"), question))
      return answers->pdata[i];
  return NULL;
}

static const char *
get_value (const char *question, gpointer data)
{
  EhcpRecord *answer = find_answer (data, question);

  return answer != NULL ? ehcp_record_get_text (answer, "value") : NULL;
}

/* One file more in the answer to its question. */
static gboolean
add_file (EhcpTask *task, const char *question, const char *line, gpointer data, GError **error)
{
  GPtrArray *answers = data;
  EhcpRecord *answer = find_answer (answers, question);
  g_autofree char *value = ehcp_form_files_add_line (answer != NULL ? ehcp_record_get_text (answer, "value") : NULL,
                                                     line);

  if (answer == NULL)
    {
      g_autofree char *id = ehcp_answer_id (ehcp_record_get_id (task->subject),
                                            ehcp_record_get_text (task->subject, "person"), question);

      answer = ehcp_task_make (task, EHCP_KIND_ANSWER, id, "private", NULL);
      g_ptr_array_add (answers, answer);
    }
  fill_answer (task, task->subject, answer, question, value);
  return ehcp_task_put (task, answer, error);
}

/* Staff see what was asked. An answer that was kept from before the person changed their mind stays, or
 * becomes again, private. */
static gboolean
hand_over (EhcpTask *task, GPtrArray *answers, const EhcpFormDefinition *definition, GError **error)
{
  for (guint i = 0; i < answers->len; i++)
    {
      EhcpRecord *answer = answers->pdata[i];
      const EhcpQuestion *question;
      const char *audience;

      question = ehcp_form_definition_find (definition, ehcp_record_get_text (answer, "question"));
      audience = question != NULL && ehcp_question_is_asked (question, get_value, answers) ? "named"
                                                                                         : "private";
      if (g_str_equal (ehcp_record_get_text (answer, "audience"), audience))
        continue;
      ehcp_record_set_text (answer, "audience", audience);
      if (!ehcp_task_put (task, answer, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mail_received (EhcpTask *task, EhcpRecord *form, GError **error)
{
  g_autofree char *name = ehcp_person_format_address (task->sender);

  return ehcp_mail_queue (task->council, task->db, EHCP_MAIL_FORM_RECEIVED,
                          ehcp_record_get_text (task->sender, "email"), error, "name", name, "title",
                          ehcp_record_get_text (form, "title"), "reference",
                          ehcp_record_get_text (form, "reference"), NULL);
}

/* A form that was returned keeps the reference that the family has in its papers. */
static gboolean
set_submitted (EhcpTask *task, EhcpRecord *form, GError **error)
{
  g_autofree char *reference = g_strdup (ehcp_record_get_text (form, "reference"));

  if (reference == NULL)
    reference = ehcp_task_take_reference (task, "form", "F", error);
  if (reference == NULL)
    return FALSE;
  ehcp_record_set_text (form, "reference", reference);
  ehcp_record_set_text (form, "state", "submitted");
  ehcp_record_set_text (form, "submitted_at", task->now);
  ehcp_record_set_text (form, "returned_because", NULL);
  ehcp_record_set_text (form, "returned_question", NULL);
  ehcp_json_text (&task->json, "reference", reference);
  ehcp_task_audit (task, NULL, "%s", reference);
  return ehcp_task_put (task, form, error);
}

/* What is taken is what the person read before sending it: when an answer was changed elsewhere, or one of
 * theirs did not come through, they read it again. */
static gboolean
check_digest (EhcpTask *task, const EhcpFormDefinition *definition, GPtrArray *answers, GError **error)
{
  const char *seen = ehcp_task_given (task, "digest");
  g_autofree char *digest = ehcp_form_definition_digest (definition, get_value, answers);

  return seen == NULL || g_str_equal (seen, digest) ||
         ehcp_task_refuse (error, EHCP_ERROR_STALE, "/digest");
}

/** ehcp_command_form_submit: Holds the answers against the definition and hands them to the council. */
gboolean
ehcp_command_form_submit (EhcpTask *task, GError **error)
{
  EhcpRecord *form = task->subject;
  g_autoptr (EhcpFormDefinition) definition = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  if (!check_own (task, form, error))
    return FALSE;
  definition = ehcp_task_find_definition (task, ehcp_record_get_text (form, "definition"), "/form", error);
  if (definition == NULL)
    return FALSE;
  answers = ehcp_store_list_where (task->db, EHCP_KIND_ANSWER, "form", ehcp_record_get_id (form), error);
  if (answers == NULL || !check_digest (task, definition, answers, error) ||
      !ehcp_task_take_form_files (task, ehcp_record_get_id (form), definition, get_value, answers, add_file, answers,
                                  error) ||
      !ehcp_form_definition_check (definition, get_value, answers, task->today, error))
    return FALSE;
  return set_submitted (task, form, error) && hand_over (task, answers, definition, error) &&
         ehcp_task_take_comments (task, form, definition, answers, error) &&
         ehcp_task_tell (task, "form-submitted", form, ehcp_record_get_text (form, "title"), error) &&
         mail_received (task, form, error);
}

/** ehcp_command_form_accept: The council has what it needs. */
gboolean
ehcp_command_form_accept (EhcpTask *task, GError **error)
{
  EhcpRecord *form = task->subject;

  if (!is_in_state (form, "submitted"))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/form");
  ehcp_record_set_text (form, "state", "accepted");
  return ehcp_task_put (task, form, error) &&
         ehcp_task_tell (task, "form-accepted", form, ehcp_record_get_text (form, "title"), error);
}

static gboolean
mail_returned (EhcpTask *task, EhcpRecord *form, GError **error)
{
  g_autoptr (EhcpRecord) person = ehcp_task_find_id (task, EHCP_KIND_PERSON,
                                                     ehcp_record_get_text (form, "person"), "/form",
                                                     error);
  g_autofree char *email = person != NULL ? ehcp_task_find_email (task, person, error) : NULL;
  g_autofree char *name = person != NULL ? ehcp_person_format_address (person) : NULL;
  g_autofree char *link = ehcp_task_make_link (task);

  return email != NULL &&
         ehcp_mail_queue (task->council, task->db, EHCP_MAIL_FORM_RETURNED, email, error, "name", name,
                          "link", link, "title", ehcp_record_get_text (form, "title"), NULL);
}

static gboolean
check_returned_question (EhcpTask *task, EhcpRecord *form, GError **error)
{
  const char *question = ehcp_task_given (task, "question");
  g_autoptr (EhcpFormDefinition) definition = NULL;

  if (question == NULL)
    return TRUE;
  definition = ehcp_task_find_definition (task, ehcp_record_get_text (form, "definition"), "/form", error);
  if (definition == NULL)
    return FALSE;
  return ehcp_form_definition_find (definition, question) != NULL ||
         ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/question");
}

/** ehcp_command_form_return: Something is missing: the person can go on, with everything still there. */
gboolean
ehcp_command_form_return (EhcpTask *task, GError **error)
{
  EhcpRecord *form = task->subject;

  if (!is_in_state (form, "submitted"))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/form");
  if (!check_returned_question (task, form, error))
    return FALSE;
  ehcp_record_set_text (form, "state", "returned");
  ehcp_record_set_text (form, "returned_because", ehcp_record_get_text (task->command, "reason"));
  ehcp_record_set_text (form, "returned_question", ehcp_task_given (task, "question"));
  return ehcp_task_put (task, form, error) &&
         ehcp_task_tell (task, "form-returned", form, ehcp_record_get_text (form, "title"), error) &&
         mail_returned (task, form, error);
}
