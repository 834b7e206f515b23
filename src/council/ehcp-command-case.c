/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about a case as a whole: opening, allocating, what happened in it, notes. */
#include "ehcp-command-private.h"

#include "ehcp-error.h"
#include "ehcp-exemption.h"
#include "ehcp-rules.h"
#include "ehcp-sight.h"

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
  ehcp_record_set_text (record, "team", ehcp_record_get_text (task->sender, "team"));
  /* Until somebody is allocated, the team is who a family asks. */
  ehcp_record_set_text (record, "caseworker_name", config->team);
  ehcp_record_set_text (record, "caseworker_telephone", config->telephone);
  ehcp_record_set_text (record, "caseworker_email", config->email);
  ehcp_record_set_text (record, "caseworker_hours", config->hours);
  return record;
}

static gboolean
check_days (EhcpTask *task, GError **error)
{
  if (!ehcp_task_check_past (task, "date_of_birth", error) ||
      !ehcp_task_check_past (task, "received", error))
    return FALSE;
  return ehcp_record_get_date (task->command, "received") >=
             ehcp_record_get_date (task->command, "date_of_birth") ||
         ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/received");
}

/** ehcp_command_case_open: Makes the case under the command's id, with its first event; of a request, with
 * its sender and what they wrote. */
gboolean
ehcp_command_case_open (EhcpTask *task, GError **error)
{
  gboolean has_request = ehcp_task_given (task, "request") != NULL;
  g_autoptr (EhcpRecord) request = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *event = ehcp_text_new_id ();

  if (!check_days (task, error))
    return FALSE;
  if (!has_request && ehcp_task_given (task, "checked") != NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/checked");
  request = has_request ? ehcp_task_find_request (task, error) : NULL;
  if (has_request && request == NULL)
    return FALSE;
  reference = choose_reference (task, error);
  if (reference == NULL)
    return FALSE;

  task->case_record = make_case (task, reference);
  if (!ehcp_task_add (task, task->case_record, error) ||
      !ehcp_sight_note_opener (task->db, task->id, task->actor->account, error) ||
      !ehcp_sight_renew_case (task->council, task->db, task->id, error) ||
      !ehcp_task_append_event (task, event, "request-received",
                               ehcp_record_get_date (task->command, "received"), 0, NULL, NULL, NULL,
                               error) ||
      (has_request && !ehcp_task_open_request (task, request, error)))
    return FALSE;
  ehcp_json_text (&task->json, "case", task->id);
  ehcp_json_text (&task->json, "reference", reference);
  ehcp_task_audit (task, task->id, "%s", reference);
  return TRUE;
}

/* Whose name and contact the family sees, and whose team has the case from now on. */
static void
set_caseworker (EhcpTask *task, EhcpRecord *account, const char *name)
{
  EhcpConfig *config = ehcp_council_get_config (task->council);
  const char *telephone = ehcp_record_get_text (account, "telephone");

  ehcp_record_set_text (task->case_record, "caseworker", ehcp_record_get_id (account));
  ehcp_record_set_text (task->case_record, "caseworker_name", name);
  ehcp_record_set_text (task->case_record, "caseworker_telephone",
                        telephone != NULL && *telephone != '\0' ? telephone : config->telephone);
  ehcp_record_set_text (task->case_record, "caseworker_email", ehcp_record_get_text (account, "email"));
  ehcp_record_set_text (task->case_record, "caseworker_hours", config->hours);
  ehcp_record_set_text (task->case_record, "team", ehcp_record_get_text (account, "team"));
}

static gboolean
give_case (EhcpTask *task, GError **error)
{
  g_autoptr (EhcpRecord) account = ehcp_task_find_staff (task, "caseworker", error);
  g_autofree char *name = NULL;

  if (account == NULL)
    return FALSE;
  name = ehcp_person_format_name (account);
  set_caseworker (task, account, name);
  return ehcp_task_put (task, task->case_record, error) &&
         ehcp_sight_renew_case (task->council, task->db, ehcp_record_get_id (task->case_record), error) &&
         ehcp_task_tell (task, "caseworker-changed", task->case_record, name, error);
}

/** ehcp_command_case_allocate: Gives a case that nobody has to a caseworker. One that somebody has is for the
 * manager to give to another. */
gboolean
ehcp_command_case_allocate (EhcpTask *task, GError **error)
{
  const char *caseworker = ehcp_record_get_text (task->case_record, "caseworker");
  const char *chosen = ehcp_record_get_text (task->command, "caseworker");

  if (caseworker != NULL && *caseworker != '\0' && g_strcmp0 (caseworker, chosen) != 0)
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/caseworker");
  ehcp_task_audit (task, NULL, "to %s", chosen);
  return give_case (task, error);
}

/** ehcp_command_case_reallocate: Gives a case to another caseworker; the one before loses sight of it, unless
 * it is still of their team. */
gboolean
ehcp_command_case_reallocate (EhcpTask *task, GError **error)
{
  const char *before = ehcp_record_get_text (task->case_record, "caseworker");
  const char *reason = ehcp_task_given (task, "reason");

  ehcp_task_audit (task, NULL, "from %s to %s%s%s", before != NULL && *before != '\0' ? before : "nobody",
                   ehcp_record_get_text (task->command, "caseworker"), reason != NULL ? ": " : "",
                   reason != NULL ? reason : "");
  return give_case (task, error);
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

static gboolean
name_exemption_member (GError **error, const GError *failure)
{
  const char *field = ehcp_error_get_field (failure);

  if (g_strcmp0 (field, "/value") == 0)
    return ehcp_task_refuse_at (error, failure, "/ground");
  if (g_strcmp0 (field, "/note") == 0)
    return ehcp_task_refuse_at (error, failure, "/reason");
  return ehcp_task_refuse_at (error, failure, field);
}

static gboolean
has_rule (const char *id)
{
  for (guint i = 0; i < ehcp_rule_count (); i++)
    if (g_strcmp0 (ehcp_rule_get_id (ehcp_rule_nth (i)), id) == 0)
      return TRUE;
  return FALSE;
}

/** ehcp_command_exemption_record: An event `exemption` with its rule, ground and reason, held against the law. */
gboolean
ehcp_command_exemption_record (EhcpTask *task, GError **error)
{
  const char *part = ehcp_task_given (task, "part");
  const char *ground = ehcp_record_get_text (task->command, "ground");
  g_autofree char *value = g_strdup_printf ("%s%s%s %s", ehcp_record_get_text (task->command, "rule"),
                                            part != NULL ? "/" : "", part != NULL ? part : "", ground);
  g_autoptr (GError) failure = NULL;

  if (!has_rule (ehcp_record_get_text (task->command, "rule")))
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/rule");
  if (ehcp_exemption_get_ground (value) == EHCP_GROUND_NONE)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/ground");
  ehcp_task_audit (task, task->id, "%s", value);
  if (ehcp_task_append_event (task, task->id, "exemption", ehcp_record_get_date (task->command, "date"),
                              ehcp_record_get_date (task->command, "until"), value,
                              ehcp_record_get_text (task->command, "reason"), NULL, &failure))
    return TRUE;
  return name_exemption_member (error, failure);
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
