/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about a case as a whole: opening, allocating, what happened in it, notes. */
#include "ehcp-command-private.h"

/* TRUE when no other case has it; the council's own numbers go on after one that was given by hand. */
static gboolean
is_free (EhcpTask *task, const char *reference, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) other = ehcp_store_find_where (task->db, EHCP_KIND_CASE, "reference", reference,
                                                        &failure);

  if (failure == NULL)
    return other == NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static char *
choose_reference (EhcpTask *task, GError **error)
{
  const char *given = ehcp_task_given (task, "reference");
  g_autofree char *year = g_strndup (task->now, 4);
  GError *failure = NULL;

  if (given != NULL && is_free (task, given, &failure))
    return g_strdup (given);
  if (given != NULL && failure == NULL)
    ehcp_task_refuse (&failure, EHCP_ERROR_CONFLICT, "/reference");
  while (failure == NULL)
    {
      g_autofree char *reference = ehcp_task_take_reference (task, "case", year, &failure);

      if (reference != NULL && is_free (task, reference, &failure))
        return g_steal_pointer (&reference);
    }
  g_propagate_error (error, failure);
  return NULL;
}

static EhcpRecord *
make_case (EhcpTask *task, const char *reference)
{
  EhcpRecord *record = ehcp_task_make (task, EHCP_KIND_CASE, task->id, "adults", NULL);
  EhcpConfig *config = ehcp_council_get_config (task->council);

  ehcp_record_set_text (record, "case", task->id);
  ehcp_record_set_text (record, "reference", reference);
  ehcp_record_set_text (record, "child_forename", ehcp_record_get_text (task->command, "child_forename"));
  ehcp_record_set_text (record, "child_surname", ehcp_record_get_text (task->command, "child_surname"));
  ehcp_record_set_date (record, "date_of_birth", ehcp_record_get_date (task->command, "date_of_birth"));
  ehcp_record_set_text (record, "school", ehcp_task_given (task, "school"));
  ehcp_record_set_text (record, "stage", "request");
  ehcp_record_set_text (record, "status", "open");
  /* Until somebody is allocated, the team is who a family asks. */
  ehcp_record_set_text (record, "caseworker_name", config->team);
  ehcp_record_set_text (record, "caseworker_telephone", config->telephone);
  ehcp_record_set_text (record, "caseworker_email", config->email);
  ehcp_record_set_text (record, "caseworker_hours", config->hours);
  return record;
}

static gboolean
grant_staff (EhcpTask *task, const char *account, const char *case_id, GError **error)
{
  EhcpAccess access;

  if (!ehcp_access_find (task->db, account, case_id, &access, error))
    return FALSE;
  return access.standing == EHCP_STANDING_STAFF ||
         ehcp_access_grant (task->council, task->db, account, case_id, EHCP_STANDING_STAFF, NULL, error);
}

static gboolean
grant_opener_and_managers (EhcpTask *task, GError **error)
{
  g_autoptr (GPtrArray) managers = ehcp_store_list_where (task->db, EHCP_KIND_ACCOUNT, "role", "manager",
                                                          error);

  if (managers == NULL || !grant_staff (task, task->actor->account, task->id, error))
    return FALSE;
  for (guint i = 0; i < managers->len; i++)
    if (!grant_staff (task, ehcp_record_get_id (managers->pdata[i]), task->id, error))
      return FALSE;
  return TRUE;
}

/** ehcp_command_case_open: Makes the case under the command's id, with its first event. */
gboolean
ehcp_command_case_open (EhcpTask *task, GError **error)
{
  g_autofree char *reference = NULL;
  g_autofree char *event = ehcp_text_new_id ();

  if (!ehcp_task_check_past (task, "date_of_birth", error) ||
      !ehcp_task_check_past (task, "received", error))
    return FALSE;
  if (ehcp_record_get_date (task->command, "received") <
      ehcp_record_get_date (task->command, "date_of_birth"))
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/received");
  reference = choose_reference (task, error);
  if (reference == NULL)
    return FALSE;

  task->case_record = make_case (task, reference);
  if (!ehcp_task_add (task, task->case_record, error) || !grant_opener_and_managers (task, error) ||
      !ehcp_task_append_event (task, event, "request-received",
                               ehcp_record_get_date (task->command, "received"), 0, NULL, NULL, NULL,
                               error))
    return FALSE;
  ehcp_json_text (&task->json, "case", task->id);
  ehcp_json_text (&task->json, "reference", reference);
  ehcp_task_audit (task, task->id, "%s", reference);
  return TRUE;
}

static EhcpRecord *
find_caseworker (EhcpTask *task, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) account = NULL;
  EhcpRole role = EHCP_ROLE_NONE;

  account = ehcp_store_find (task->db, EHCP_KIND_ACCOUNT,
                             ehcp_record_get_text (task->command, "caseworker"), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (account != NULL)
    role = ehcp_policy_parse_role (ehcp_record_get_text (account, "role"));
  if (role != EHCP_ROLE_CASEWORKER && role != EHCP_ROLE_MANAGER)
    {
      ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, "/caseworker");
      return NULL;
    }
  return g_steal_pointer (&account);
}

/** ehcp_command_case_allocate: Gives the case to a caseworker, whose name and contact the family sees. */
gboolean
ehcp_command_case_allocate (EhcpTask *task, GError **error)
{
  EhcpConfig *config = ehcp_council_get_config (task->council);
  g_autoptr (EhcpRecord) account = find_caseworker (task, error);
  g_autofree char *name = NULL;
  const char *telephone;

  if (account == NULL)
    return FALSE;
  name = ehcp_person_format_name (account);
  telephone = ehcp_record_get_text (account, "telephone");
  ehcp_record_set_text (task->case_record, "caseworker", ehcp_record_get_id (account));
  ehcp_record_set_text (task->case_record, "caseworker_name", name);
  ehcp_record_set_text (task->case_record, "caseworker_telephone",
                        telephone != NULL && *telephone != '\0' ? telephone : config->telephone);
  ehcp_record_set_text (task->case_record, "caseworker_email", ehcp_record_get_text (account, "email"));
  ehcp_record_set_text (task->case_record, "caseworker_hours", config->hours);
  ehcp_task_audit (task, NULL, "to %s", ehcp_record_get_id (account));
  return ehcp_task_put (task, task->case_record, error) &&
         grant_staff (task, ehcp_record_get_id (account), ehcp_record_get_id (task->case_record),
                      error) &&
         ehcp_task_tell (task, "caseworker-changed", task->case_record, name, error);
}

static gboolean
append (EhcpTask *task, EhcpRecord *corrected, GError **error)
{
  const char *what = ehcp_record_get_text (task->command, "what");
  char date[EHCP_DATE_LENGTH + 1];

  ehcp_task_audit (task, task->id, "%s %s", what,
                   ehcp_date_format (ehcp_record_get_date (task->command, "date"), date));
  return ehcp_task_append_event (task, task->id, what, ehcp_record_get_date (task->command, "date"),
                                 ehcp_record_get_date (task->command, "until"),
                                 ehcp_task_given (task, "value"), ehcp_task_given (task, "note"),
                                 corrected, error);
}

/** ehcp_command_event_record: Appends an event under the command's id. */
gboolean
ehcp_command_event_record (EhcpTask *task, GError **error)
{
  return append (task, NULL, error);
}

/** ehcp_command_event_correct: Appends an event that stands in the place of an earlier one. */
gboolean
ehcp_command_event_correct (EhcpTask *task, GError **error)
{
  return append (task, task->subject, error);
}

/** ehcp_command_note_add: Makes a note under the command's id, for staff alone. */
gboolean
ehcp_command_note_add (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpRecord) note = ehcp_task_make (task, EHCP_KIND_NOTE, task->id, "staff", NULL);
  g_autofree char *name = ehcp_task_sender_name (task);

  ehcp_record_set_text (note, "text", ehcp_record_get_text (task->command, "text"));
  ehcp_record_set_text (note, "author", name);
  ehcp_record_set_text (note, "written_at", task->now);
  ehcp_task_audit (task, task->id, "note");
  return ehcp_task_add (task, note, error);
}
