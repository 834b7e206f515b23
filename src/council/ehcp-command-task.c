/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the handlers of commands share: finding what a command names, making records, telling people. */
#include "ehcp-command-private.h"

#include "ehcp-staff.h"

/**
 * ehcp_task_clear:
 * @task: a task on the stack
 *
 * Lets go of what the task holds; its borrowed members are left alone.
 */
void
ehcp_task_clear (EhcpTask *task)
{
  g_clear_object (&task->sender);
  g_clear_object (&task->case_record);
  g_clear_object (&task->subject);
  g_clear_pointer (&task->now, g_free);
  if (task->result != NULL)
    g_string_free (g_steal_pointer (&task->result), TRUE);
  g_clear_pointer (&task->warnings, g_ptr_array_unref);
  g_clear_pointer (&task->audited_case, g_free);
  g_clear_pointer (&task->audited_item, g_free);
  g_clear_pointer (&task->detail, g_free);
  g_clear_pointer (&task->spent_files, g_ptr_array_unref);
}

/** ehcp_task_is_staff: Returns: whether the sender acts for the council on this case. */
gboolean
ehcp_task_is_staff (EhcpTask *task)
{
  return task->access.standing == EHCP_STANDING_STAFF;
}

/* For a developer or a log; people read what their program makes of the code. */
static const char *
explain (EhcpError code)
{
  static const struct
  {
    EhcpError code;
    const char *text;
  } texts[] = {
    { EHCP_ERROR_MALFORMED, "This is not of the form that it must have." },
    { EHCP_ERROR_MISSING, "This is needed." },
    { EHCP_ERROR_RANGE, "This value cannot be." },
    { EHCP_ERROR_NOT_SIGNED_IN, "There is no such account." },
    { EHCP_ERROR_WRONG_CODE, "The code is not the one that was sent." },
    { EHCP_ERROR_EXPIRED, "This is too old, or was withdrawn." },
    { EHCP_ERROR_NOT_ALLOWED, "You may not do this." },
    { EHCP_ERROR_NOT_FOUND, "There is nothing of that id for you." },
    { EHCP_ERROR_STALE, "It has changed since you saw it." },
    { EHCP_ERROR_CONFLICT, "This does not fit what is there already." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].code == code)
      return texts[i].text;
  return ehcp_error_code_to_string (code);
}

/**
 * ehcp_task_refuse:
 * @error: return location
 * @code: the refusal
 * @pointer: (nullable): the member at fault
 *
 * One text for each code, so that two refusals of one code never tell more than the code does.
 *
 * Returns: %FALSE, to be returned.
 */
gboolean
ehcp_task_refuse (GError **error, EhcpError code, const char *pointer)
{
  ehcp_set_error (error, code, pointer, "%s", explain (code));
  return FALSE;
}

/**
 * ehcp_task_refuse_at:
 * @error: return location
 * @failure: what another part of the council said
 * @pointer: the member of the command that brought it about
 *
 * Passes a refusal on with the sender's own member at fault; what is not a refusal stays as it is.
 *
 * Returns: %FALSE, to be returned.
 */
gboolean
ehcp_task_refuse_at (GError **error, const GError *failure, const char *pointer)
{
  if (failure->domain == EHCP_ERROR)
    ehcp_set_error (error, failure->code, pointer, "%s", failure->message);
  else
    g_propagate_error (error, g_error_copy (failure));
  return FALSE;
}

/**
 * ehcp_task_find_id:
 * @task: a task
 * @kind: what it must be
 * @id: (nullable): its id
 * @pointer: the member that named it
 * @error: return location
 *
 * Returns: (transfer full): the record, when the sender may see it and it belongs to the task's case; or
 *   %NULL with %EHCP_ERROR_NOT_FOUND, the same whether it does not exist, belongs elsewhere or is not
 *   for the sender.
 */
EhcpRecord *
ehcp_task_find_id (EhcpTask *task, EhcpKind kind, const char *id, const char *pointer, GError **error)
{
  g_autoptr (EhcpRecord) record = NULL;
  g_autoptr (GError) failure = NULL;

  if (id != NULL)
    record = ehcp_policy_find (task->db, task->actor, kind, id, &failure);
  if (failure != NULL && !g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (record == NULL ||
      (task->case_record != NULL &&
       g_strcmp0 (ehcp_record_get_case (record), ehcp_record_get_id (task->case_record)) != 0))
    {
      ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, pointer);
      return NULL;
    }
  return g_steal_pointer (&record);
}

/** ehcp_task_find_staff: Returns: (transfer full): the account record of the caseworker or manager whom the
 * member @field of the command names; or %NULL with %EHCP_ERROR_NOT_FOUND for anybody else. */
EhcpRecord *
ehcp_task_find_staff (EhcpTask *task, const char *field, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/", field, NULL);
  g_autoptr (GError) failure = NULL;
  EhcpRecord *account = ehcp_staff_find (task->db, ehcp_record_get_text (task->command, field), &failure);

  if (account == NULL && failure == NULL)
    ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, pointer);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return account;
}

/** ehcp_task_find: As ehcp_task_find_id(), by the member @field of the command. */
EhcpRecord *
ehcp_task_find (EhcpTask *task, EhcpKind kind, const char *field, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/", field, NULL);

  return ehcp_task_find_id (task, kind, ehcp_record_get_text (task->command, field), pointer, error);
}

/**
 * ehcp_task_check_base:
 * @task: a task
 * @seq: the number of the record that `base` is about, 0 when there is none yet
 * @error: return location
 *
 * Returns: whether the sender saw the newest version, or did not say; otherwise %EHCP_ERROR_STALE.
 */
gboolean
ehcp_task_check_base (EhcpTask *task, gint64 seq, GError **error)
{
  guint n = ehcp_shape_find (ehcp_record_get_shape (task->command), "base");

  if (n == EHCP_FIELD_NONE || !ehcp_record_nth_has (task->command, n) ||
      ehcp_record_nth_int (task->command, n) == seq)
    return TRUE;
  return ehcp_task_refuse (error, EHCP_ERROR_STALE, "/base");
}

/** ehcp_task_check_past: Returns: whether the day in @field is today or before, or absent; otherwise
 * %EHCP_ERROR_RANGE. */
gboolean
ehcp_task_check_past (EhcpTask *task, const char *field, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/", field, NULL);

  if (ehcp_record_get_date (task->command, field) <= task->today)
    return TRUE;
  return ehcp_task_refuse (error, EHCP_ERROR_RANGE, pointer);
}

/**
 * ehcp_task_check_named:
 * @task: a task whose command has `audience` and `named`
 * @error: return location
 *
 * Holds the people whom a command names against the case: each must be on it and not withdrawn.
 *
 * Returns: %TRUE; or %EHCP_ERROR_MISSING when the audience is "named" and nobody is, %EHCP_ERROR_RANGE
 *   when somebody is and it is not, %EHCP_ERROR_NOT_FOUND for a stranger, with `/named` or `/named/N`.
 */
gboolean
ehcp_task_check_named (EhcpTask *task, GError **error)
{
  const char *const *named = ehcp_record_get_list (task->command, "named");
  gboolean is_named = g_strcmp0 (ehcp_record_get_text (task->command, "audience"), "named") == 0;
  gboolean has_names = named != NULL && named[0] != NULL;

  if (is_named && !has_names)
    return ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/named");
  if (!is_named && has_names)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/named");
  for (guint i = 0; has_names && named[i] != NULL; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/named/%u", i);
      g_autoptr (EhcpRecord) person = ehcp_task_find_id (task, EHCP_KIND_PERSON, named[i], pointer,
                                                         error);

      if (person == NULL)
        return FALSE;
      if (g_str_equal (ehcp_record_get_text (person, "access"), "withdrawn"))
        return ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, pointer);
    }
  return TRUE;
}

/**
 * ehcp_task_make:
 * @task: a task
 * @kind: what to make
 * @id: (nullable): its id; %NULL for a new one
 * @audience: who sees it
 * @person: (nullable): the one person in `named`
 *
 * Returns: (transfer full): a record of the task's case, with nothing but the envelope filled in.
 */
EhcpRecord *
ehcp_task_make (EhcpTask *task, EhcpKind kind, const char *id, const char *audience, const char *person)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));
  g_autofree char *new_id = id == NULL ? ehcp_text_new_id () : NULL;

  ehcp_record_set_text (record, "id", id != NULL ? id : new_id);
  if (task->case_record != NULL)
    ehcp_record_set_text (record, "case", ehcp_record_get_id (task->case_record));
  ehcp_record_set_text (record, "audience", audience);
  if (person != NULL)
    ehcp_record_set_list (record, "named", (const char *const[]){ person, NULL });
  return record;
}

/** ehcp_task_add: Adds a new record of a case to the store and the feed; %EHCP_ERROR_CONFLICT when the
 * command's id is that of another record. */
gboolean
ehcp_task_add (EhcpTask *task, EhcpRecord *record, GError **error)
{
  return ehcp_store_add (task->council, task->db, record, NULL, error);
}

/** ehcp_task_put: Puts a changed record of a case into the store and the feed. */
gboolean
ehcp_task_put (EhcpTask *task, EhcpRecord *record, GError **error)
{
  return ehcp_store_put (task->council, task->db, record, NULL, error);
}

/** ehcp_task_add_reading: A `reading` of @item under the command's id: by the person of the case, or by
 * the account of a member of staff, which the staff sees. */
gboolean
ehcp_task_add_reading (EhcpTask *task, EhcpRecord *item, GError **error)
{
  gboolean is_staff = ehcp_task_is_staff (task);
  const char *reader = is_staff ? task->actor->account : task->access.person;
  g_autoptr (EhcpRecord) reading = ehcp_task_make (task, EHCP_KIND_READING, task->id,
                                                   is_staff ? "staff" : "named",
                                                   is_staff ? NULL : reader);

  ehcp_record_set_text (reading, "item", ehcp_record_get_id (item));
  ehcp_record_set_text (reading, "reader", reader);
  ehcp_record_set_text (reading, "read_at", task->now);
  return ehcp_task_add (task, reading, error);
}

/** ehcp_task_sender_name: Returns: (transfer full): "Priya Nair": as others read who did something. */
char *
ehcp_task_sender_name (EhcpTask *task)
{
  return ehcp_person_format_name (task->sender);
}

/** ehcp_task_tell: Adds a line to the recent activity of those who see @about, in the sender's name. */
gboolean
ehcp_task_tell (EhcpTask *task, const char *what, EhcpRecord *about, const char *title, GError **error)
{
  g_autofree char *name = ehcp_task_sender_name (task);

  return ehcp_activity_add (task->council, task->db, what, about, name, title, error);
}

/** ehcp_task_audit: What the audit row says besides the command's kind: @item replaces the subject when
 * it is given; @format, without secrets. */
void
ehcp_task_audit (EhcpTask *task, const char *item, const char *format, ...)
{
  va_list args;

  if (item != NULL)
    {
      g_free (task->audited_item);
      task->audited_item = g_strdup (item);
    }
  g_free (task->detail);
  va_start (args, format);
  task->detail = g_strdup_vprintf (format, args);
  va_end (args);
}

/** ehcp_task_given: Returns: (nullable) (transfer none): the text of @field; %NULL when it is empty. */
const char *
ehcp_task_given (EhcpTask *task, const char *field)
{
  const char *text = ehcp_record_get_text (task->command, field);

  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * ehcp_task_take_reference:
 * @task: a task
 * @name: what is counted: "case" or "form"
 * @middle: what stands between the council's letters and the number, such as "2026"
 * @error: return location
 *
 * Returns: (transfer full): the next reference, such as "WY-2026-04817"; %NULL on error.
 */
char *
ehcp_task_take_reference (EhcpTask *task, const char *name, const char *middle, GError **error)
{
  EhcpConfig *config = ehcp_council_get_config (task->council);
  g_autoptr (GError) failure = NULL;
  gint64 number = 0;

  if (!ehcp_db_run (task->db, error,
                    "INSERT INTO reference (name, last) VALUES (?, 1) "
                    "ON CONFLICT (name) DO UPDATE SET last = reference.last + 1",
                    "s", name))
    return NULL;
  if (!ehcp_db_get_int (task->db, &failure, &number, "SELECT last FROM reference WHERE name = ?", "s",
                        name))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "the number of a reference is not there");
      return NULL;
    }
  return g_strdup_printf ("%s-%s-%05" G_GINT64_FORMAT, config->reference_prefix, middle, number);
}
