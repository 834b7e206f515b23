/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of a command: read strictly, held against policy, then in one transaction the receipt of an
 * earlier sending, the version that the sender saw, the effect, the audit and the new receipt. What each
 * command does is in the files of its area. */
#include "ehcp-command.h"

#include "ehcp-codec.h"
#include "ehcp-command-private.h"
#include "ehcp-feed.h"
#include "ehcp-sight.h"

#include <errno.h>
#include <glib/gstdio.h>

#define MAX_COMMAND_BYTES (256 * 1024)
#define NO_SUBJECT EHCP_N_KINDS

/* `subject` and `field`: the record that the command is about, named by that member. It must be there, be
 * seen by the sender and belong to the case, and `base` is its version. */
typedef struct
{
  EhcpTaskFunc carry_out;
  EhcpKind subject;
  const char *field;
} Duty;

static const Duty duties[EHCP_N_COMMANDS] = {
  [EHCP_COMMAND_ACCESS_ACTIVATE] = { ehcp_command_access_activate, EHCP_KIND_PERSON, "person" },
  [EHCP_COMMAND_ACCESS_WITHDRAW] = { ehcp_command_access_withdraw, EHCP_KIND_PERSON, "person" },
  [EHCP_COMMAND_ACCOUNT_UPDATE] = { ehcp_command_account_update, NO_SUBJECT, NULL },
  [EHCP_COMMAND_ASSESSMENT_REQUEST] = { ehcp_command_assessment_request, NO_SUBJECT, NULL },
  [EHCP_COMMAND_CASE_ALLOCATE] = { ehcp_command_case_allocate, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_CASE_OPEN] = { ehcp_command_case_open, NO_SUBJECT, NULL },
  [EHCP_COMMAND_CASE_REALLOCATE] = { ehcp_command_case_reallocate, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_COMMENT_DECIDE] = { ehcp_command_comment_decide, EHCP_KIND_COMMENT, "comment" },
  [EHCP_COMMAND_COVER_SET] = { ehcp_command_cover_set, NO_SUBJECT, NULL },
  [EHCP_COMMAND_DOCUMENT_ADD] = { ehcp_command_document_add, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_DOCUMENT_PUBLISH] = { ehcp_command_document_publish, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_DOCUMENT_READ] = { ehcp_command_document_read, EHCP_KIND_DOCUMENT, "document" },
  [EHCP_COMMAND_DOCUMENT_WITHDRAW] = { ehcp_command_document_withdraw, EHCP_KIND_DOCUMENT, "document" },
  [EHCP_COMMAND_EVENT_CORRECT] = { ehcp_command_event_correct, EHCP_KIND_EVENT, "corrects" },
  [EHCP_COMMAND_EVENT_RECORD] = { ehcp_command_event_record, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_EXEMPTION_RECORD] = { ehcp_command_exemption_record, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_FORM_ACCEPT] = { ehcp_command_form_accept, EHCP_KIND_FORM, "form" },
  [EHCP_COMMAND_FORM_ASK] = { ehcp_command_form_ask, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_FORM_RETURN] = { ehcp_command_form_return, EHCP_KIND_FORM, "form" },
  [EHCP_COMMAND_FORM_SAVE] = { ehcp_command_form_save, NO_SUBJECT, NULL },
  [EHCP_COMMAND_FORM_SHARE] = { ehcp_command_form_share, EHCP_KIND_FORM, "form" },
  [EHCP_COMMAND_FORM_START] = { ehcp_command_form_start, NO_SUBJECT, NULL },
  [EHCP_COMMAND_FORM_SUBMIT] = { ehcp_command_form_submit, EHCP_KIND_FORM, "form" },
  [EHCP_COMMAND_IDENTITY_VERIFY] = { ehcp_command_identity_verify, EHCP_KIND_PERSON, "person" },
  [EHCP_COMMAND_INVITATION_ANSWER] = { ehcp_command_invitation_answer, EHCP_KIND_INVITATION,
                                       "invitation" },
  [EHCP_COMMAND_INVITATION_OPEN] = { ehcp_command_invitation_open, NO_SUBJECT, NULL },
  [EHCP_COMMAND_MESSAGE_READ] = { ehcp_command_message_read, EHCP_KIND_MESSAGE, "message" },
  [EHCP_COMMAND_MESSAGE_SEND] = { ehcp_command_message_send, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_NOTE_ADD] = { ehcp_command_note_add, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_PERSON_INVITE] = { ehcp_command_person_invite, EHCP_KIND_CASE, "case" },
  [EHCP_COMMAND_STAFF_ADD] = { ehcp_command_staff_add, NO_SUBJECT, NULL },
  [EHCP_COMMAND_STAFF_DISABLE] = { ehcp_command_staff_disable, NO_SUBJECT, NULL },
  [EHCP_COMMAND_TEMPLATE_REMOVE] = { ehcp_command_template_remove, EHCP_KIND_TEMPLATE, "template" },
  [EHCP_COMMAND_TEMPLATE_SAVE] = { ehcp_command_template_save, NO_SUBJECT, NULL },
};

/* A command on its way from the thread that took it to the writer and back. */
typedef struct
{
  EhcpCouncil *council;
  EhcpActorId actor;
  EhcpCommand kind;
  char *id;
  char *body_hash;
  EhcpRecord *command;
  EhcpAnsweredFunc answered;
  gpointer data;
  char *answer;
  GPtrArray *spent_files;
} Job;

static void
free_job (Job *job)
{
  g_clear_object (&job->council);
  g_clear_object (&job->command);
  g_clear_pointer (&job->id, g_free);
  g_clear_pointer (&job->body_hash, g_free);
  g_clear_pointer (&job->answer, g_free);
  g_clear_pointer (&job->spent_files, g_ptr_array_unref);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, free_job)

/* TRUE with job->answer set when this very command was carried out before. What somebody else sent under
 * the id is not told apart from another body. */
static gboolean
find_receipt (Job *job, EhcpDb *db, GError **error)
{
  g_autoptr (EhcpStatement) statement = NULL;
  g_autoptr (GError) failure = NULL;

  statement = ehcp_db_query (db, error, "SELECT account, body, answer FROM receipt WHERE id = ?", "s",
                             job->id);
  if (statement == NULL)
    return FALSE;
  if (!ehcp_statement_step (statement, &failure))
    {
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (g_strcmp0 (ehcp_statement_get_text (statement, 0), job->actor.account) != 0 ||
      g_strcmp0 (ehcp_statement_get_text (statement, 1), job->body_hash) != 0)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, NULL);
  job->answer = g_strdup (ehcp_statement_get_text (statement, 2));
  return TRUE;
}

static gboolean
add_receipt (Job *job, EhcpTask *task, GError **error)
{
  return ehcp_db_run (task->db, error,
                      "INSERT INTO receipt (id, account, kind, body, answer, done_at) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      "ssssss", job->id, job->actor.account, ehcp_command_get_shape (job->kind)->name,
                      job->body_hash, job->answer, task->now);
}

static gboolean
find_case (EhcpTask *task, GError **error)
{
  const char *id;

  if (ehcp_shape_find (ehcp_record_get_shape (task->command), "case") == EHCP_FIELD_NONE)
    return TRUE;
  id = ehcp_record_get_text (task->command, "case");
  task->case_record = ehcp_task_find_id (task, EHCP_KIND_CASE, id, "/case", error);
  return task->case_record != NULL &&
         ehcp_access_find (task->db, task->actor->account, id, &task->access, error);
}

static gboolean
find_subject (EhcpTask *task, const Duty *duty, GError **error)
{
  if (duty->subject == NO_SUBJECT)
    return TRUE;
  if (duty->subject == EHCP_KIND_CASE)
    task->subject = g_object_ref (task->case_record);
  else
    task->subject = ehcp_task_find (task, duty->subject, duty->field, error);
  return task->subject != NULL &&
         ehcp_task_check_base (task, ehcp_record_get_int (task->subject, "seq"), error);
}

static gboolean
prepare_task (EhcpTask *task, const Duty *duty, GError **error)
{
  EhcpClock *clock = ehcp_council_get_clock (task->council);
  g_autoptr (GError) failure = NULL;

  task->now = ehcp_clock_now_text (clock);
  task->today = ehcp_clock_today (clock);
  task->result = g_string_new (NULL);
  task->json = ehcp_json (task->result);
  task->warnings = g_ptr_array_new ();
  task->spent_files = g_ptr_array_new_with_free_func (g_free);
  task->sender = ehcp_store_find (task->db, EHCP_KIND_ACCOUNT, task->actor->account, &failure);
  if (task->sender == NULL && failure == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_NOT_SIGNED_IN, NULL);
  if (task->sender == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* A cover that ended with yesterday gives nobody anything today, whether its end was noticed yet or not. */
  return ehcp_sight_renew_covers (task->council, task->db, error) && find_case (task, error) &&
         find_subject (task, duty, error);
}

static gboolean
audit_task (EhcpTask *task, GError **error)
{
  const char *case_id = task->audited_case;
  const char *item = task->audited_item;

  if (case_id == NULL && task->case_record != NULL)
    case_id = ehcp_record_get_id (task->case_record);
  if (item == NULL && task->subject != NULL)
    item = ehcp_record_get_id (task->subject);
  return ehcp_audit_add (task->council, task->db, task->actor,
                         ehcp_record_get_text (task->command, "kind"), case_id, item, task->detail,
                         error);
}

static char *
format_answer (EhcpTask *task, GError **error)
{
  g_autofree char *state = ehcp_feed_get_state (task->db, error);
  GString *text;
  EhcpJson json;

  if (state == NULL)
    return NULL;
  if (task->warnings->len > 0)
    {
      ehcp_json_begin (&task->json, "warnings", '[');
      for (guint i = 0; i < task->warnings->len; i++)
        ehcp_json_text (&task->json, NULL, task->warnings->pdata[i]);
      ehcp_json_end (&task->json, ']');
    }
  text = g_string_new (NULL);
  json = ehcp_json (text);
  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "id", task->id);
  ehcp_json_text (&json, "state", state);
  ehcp_json_begin (&json, "result", '{');
  g_string_append (text, task->result->str);
  ehcp_json_end (&json, '}');
  ehcp_json_end (&json, '}');
  return g_string_free (text, FALSE);
}

static gboolean
carry_out (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Job *job = data;
  const Duty *duty = &duties[job->kind];
  g_auto (EhcpTask) task = { .council = council, .db = db, .actor = &job->actor, .id = job->id,
                             .command = job->command };

  g_clear_pointer (&job->answer, g_free); /* of a commit that failed, when the writer tries again */
  if (!find_receipt (job, db, error))
    return FALSE;
  if (job->answer != NULL)
    return TRUE;
  if (!prepare_task (&task, duty, error) || !duty->carry_out (&task, error) ||
      !audit_task (&task, error))
    return FALSE;
  job->answer = format_answer (&task, error);
  if (job->answer == NULL || !add_receipt (job, &task, error))
    return FALSE;
  job->spent_files = g_steal_pointer (&task.spent_files);
  return TRUE;
}

static void
remove_spent_files (Job *job)
{
  for (guint i = 0; job->spent_files != NULL && i < job->spent_files->len; i++)
    if (g_unlink (job->spent_files->pdata[i]) != 0 && errno != ENOENT)
      g_warning ("removing a withdrawn file: %s", g_strerror (errno));
}

static void
written (gpointer data, const GError *error)
{
  g_autoptr (Job) job = data;

  if (error == NULL)
    remove_spent_files (job);
  job->answered (job->data, error == NULL ? job->answer : NULL, error);
}

/* Over what was understood and not over the bytes: spaces and the order of members do not count. */
static char *
hash_command (EhcpRecord *command)
{
  g_autofree char *text = ehcp_codec_encode (command);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static int
find_kind (JsonObject *object, GError **error)
{
  const char *name = ehcp_json_get_text (object, "kind");
  int kind = ehcp_command_find (name);

  if (kind >= 0)
    return kind;
  if (!json_object_has_member (object, "kind"))
    ehcp_set_error (error, EHCP_ERROR_MISSING, "/kind", "a command without a kind");
  else
    ehcp_set_error (error, EHCP_ERROR_MALFORMED, "/kind", "no such command");
  return -1;
}

static gboolean
read_command (Job *job, GBytes *body, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonObject) object = NULL;
  int kind;

  if (!ehcp_text_is_id (job->id))
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "a command's id is a lower-case UUID");
      return FALSE;
    }
  object = ehcp_json_parse_object (text != NULL ? text : "", length, MAX_COMMAND_BYTES, error);
  if (object == NULL)
    return FALSE;
  kind = find_kind (object, error);
  if (kind < 0)
    return FALSE;
  job->kind = kind;
  job->command = ehcp_codec_decode_object (ehcp_command_get_shape (job->kind), object,
                                           EHCP_DECODE_STRICT, error);
  if (job->command == NULL)
    return FALSE;
  if (!ehcp_policy_may_send (job->actor.role, job->kind))
    return ehcp_task_refuse (error, EHCP_ERROR_NOT_ALLOWED, NULL);
  job->body_hash = hash_command (job->command);
  return TRUE;
}

/**
 * ehcp_command_submit:
 * @council: the council
 * @actor: who sends it, from the session
 * @id: the id that the sender made once, from the URL
 * @body: JSON, at most 256 KiB
 * @answered: called exactly once with the answer or the refusal
 * @data: for @answered
 *
 * Takes a command: reads it and queues it for the writer thread, where it is carried out once. The same
 * command under the same id from the same account gets the stored answer; anything else under a known
 * id is %EHCP_ERROR_CONFLICT. Refusals that need no database (malformed, unknown-field, missing, range,
 * too-large, not-allowed) are answered in the calling thread, before this returns; everything else in
 * the writer thread after the commit is durable. A refused command leaves no trace and may be sent again.
 * Any thread.
 */
void
ehcp_command_submit (EhcpCouncil *council, const EhcpActorId *actor, const char *id, GBytes *body,
                     EhcpAnsweredFunc answered, gpointer data)
{
  g_autoptr (Job) job = g_new0 (Job, 1);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (EHCP_IS_COUNCIL (council));
  g_return_if_fail (actor != NULL && id != NULL && body != NULL && answered != NULL);

  job->council = g_object_ref (council);
  job->actor = *actor;
  job->id = g_strdup (id);
  job->answered = answered;
  job->data = data;
  if (!read_command (job, body, &error))
    {
      answered (data, NULL, error);
      return;
    }
  ehcp_council_write (council, carry_out, written, g_steal_pointer (&job));
}
