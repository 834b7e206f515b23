/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about the way of a person into a case: invited, verified, activated, withdrawn. */
#include "ehcp-codes.h"
#include "ehcp-invitation-private.h"

static const char *
get_access (EhcpRecord *person)
{
  return ehcp_record_get_text (person, "access");
}

/* TRUE when nobody who is on the case, or on the way to it, has the address. */
static gboolean
check_address (EhcpTask *task, const char *email, GError **error)
{
  g_autoptr (GPtrArray) contacts = ehcp_store_list_where (task->db, EHCP_KIND_CONTACT, "email", email,
                                                          error);

  if (contacts == NULL)
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    {
      EhcpRecord *contact = contacts->pdata[i];
      g_autoptr (GError) failure = NULL;
      g_autoptr (EhcpRecord) person = NULL;

      if (g_strcmp0 (ehcp_record_get_case (contact), ehcp_record_get_id (task->case_record)) != 0)
        continue;
      person = ehcp_store_find (task->db, EHCP_KIND_PERSON, ehcp_record_get_text (contact, "person"),
                                &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (person != NULL && !g_str_equal (get_access (person), "withdrawn"))
        return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/email");
    }
  return TRUE;
}

static EhcpRecord *
make_person (EhcpTask *task)
{
  EhcpRecord *person = ehcp_task_make (task, EHCP_KIND_PERSON, task->id, "named", task->id);

  ehcp_record_set_text (person, "title", ehcp_task_given (task, "title"));
  ehcp_record_set_text (person, "forename", ehcp_record_get_text (task->command, "forename"));
  ehcp_record_set_text (person, "surname", ehcp_record_get_text (task->command, "surname"));
  ehcp_record_set_text (person, "relationship", ehcp_record_get_text (task->command, "relationship"));
  ehcp_record_set_bool (person, "professional", ehcp_record_get_bool (task->command, "professional"));
  ehcp_record_set_text (person, "access", "invited");
  return person;
}

static gboolean
add_contact (EhcpTask *task, const char *email, GError **error)
{
  g_autoptr (EhcpRecord) contact = ehcp_task_make (task, EHCP_KIND_CONTACT, NULL, "staff", NULL);

  ehcp_record_set_text (contact, "person", task->id);
  ehcp_record_set_text (contact, "email", email);
  ehcp_record_set_text (contact, "telephone", ehcp_task_given (task, "telephone"));
  ehcp_record_set_text (contact, "code_sent_at", task->now);
  return ehcp_task_add (task, contact, error);
}

static gboolean
send_unique_code (EhcpTask *task, EhcpRecord *person, const char *email, GError **error)
{
  g_autofree char *code = ehcp_code_make ();
  g_autofree char *hash = ehcp_code_hash (ehcp_record_get_id (person), code);
  g_autofree char *shown = ehcp_text_group_unique_code (code);
  g_autofree char *name = ehcp_person_format_address (person);
  g_autofree char *expires_at = ehcp_time_in_days (task->council, EHCP_UNIQUE_CODE_DAYS);

  return ehcp_db_run (task->db, error,
                      "INSERT INTO unique_code (person, code, expires_at) VALUES (?, ?, ?)", "sss",
                      ehcp_record_get_id (person), hash, expires_at) &&
         ehcp_mail_queue (task->council, task->db, EHCP_MAIL_UNIQUE_CODE, email, error, "code", shown,
                          "name", name, NULL);
}

/** ehcp_command_person_invite: Puts a person on the case under the command's id; the unique code goes out. */
gboolean
ehcp_command_person_invite (EhcpTask *task, GError **error)
{
  g_autofree char *email = ehcp_text_normalise_email (ehcp_record_get_text (task->command, "email"));
  g_autoptr (EhcpRecord) person = NULL;

  if (!ehcp_text_is_email (email))
    return ehcp_task_refuse (error, EHCP_ERROR_MALFORMED, "/email");
  if (!check_address (task, email, error))
    return FALSE;
  person = make_person (task);
  if (!ehcp_task_add (task, person, error) || !add_contact (task, email, error) ||
      !send_unique_code (task, person, email, error))
    return FALSE;
  ehcp_json_text (&task->json, "person", task->id);
  ehcp_task_audit (task, task->id, "code sent");
  return TRUE;
}

static gboolean
check_unique_code (EhcpTask *task, GError **error)
{
  const char *person = ehcp_record_get_id (task->subject);
  g_autofree char *code = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *expires_at = NULL;
  g_autoptr (GError) failure = NULL;

  code = ehcp_text_normalise_unique_code (ehcp_record_get_text (task->command, "code"));
  if (code == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_WRONG_CODE, "/code");
  hash = ehcp_code_hash (person, code);
  expires_at = ehcp_db_get_text (task->db, &failure,
                                 "SELECT expires_at FROM unique_code WHERE person = ? AND code = ?",
                                 "ss", person, hash);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (expires_at == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_WRONG_CODE, "/code");
  return g_strcmp0 (expires_at, task->now) > 0 ||
         ehcp_task_refuse (error, EHCP_ERROR_EXPIRED, "/code");
}

static EhcpRecord *
find_contact (EhcpTask *task, EhcpRecord *person, GError **error)
{
  g_autoptr (GError) failure = NULL;
  EhcpRecord *contact = ehcp_store_find_where (task->db, EHCP_KIND_CONTACT, "person",
                                               ehcp_record_get_id (person), &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (contact == NULL)
    ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "a person without a contact");
  return contact;
}

/** ehcp_command_identity_verify: The person quoted the code: the invitation goes out. Once more for
 * somebody who let it expire or declined. */
gboolean
ehcp_command_identity_verify (EhcpTask *task, GError **error)
{
  static const char *const before[] = { "invited", "verified", "declined", NULL };
  g_autoptr (EhcpRecord) contact = NULL;

  if (!g_strv_contains (before, get_access (task->subject)))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/person");
  if (!check_unique_code (task, error))
    return FALSE;
  contact = find_contact (task, task->subject, error);
  if (contact == NULL)
    return FALSE;
  ehcp_record_set_text (contact, "checked", ehcp_record_get_text (task->command, "checked"));
  ehcp_record_set_text (contact, "invited_at", task->now);
  ehcp_record_set_text (task->subject, "access", "verified");
  ehcp_task_audit (task, NULL, "invitation sent");
  return ehcp_task_put (task, contact, error) && ehcp_task_put (task, task->subject, error) &&
         ehcp_invitation_send (task, task->subject, contact, error);
}

/* A professional sees of the case itself only what names them. */
static gboolean
name_in_case (EhcpTask *task, const char *person, gboolean is_named, GError **error)
{
  const char *const *before = ehcp_record_get_list (task->case_record, "named");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;

  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    if (g_strcmp0 (before[i], person) != 0)
      g_strv_builder_add (builder, before[i]);
  if (is_named)
    g_strv_builder_add (builder, person);
  after = g_strv_builder_end (builder);
  ehcp_record_set_list (task->case_record, "named", (const char *const *) after);
  return ehcp_task_put (task, task->case_record, error);
}

static gboolean
mail_activated (EhcpTask *task, GError **error)
{
  g_autofree char *email = ehcp_task_find_email (task, task->subject, error);
  g_autofree char *name = ehcp_person_format_address (task->subject);
  g_autofree char *link = ehcp_task_make_link (task);

  return email != NULL && ehcp_mail_queue (task->council, task->db, EHCP_MAIL_ACTIVATED, email, error,
                                           "name", name, "link", link, NULL);
}

/** ehcp_command_access_activate: Gives the case to the account that accepted. */
gboolean
ehcp_command_access_activate (EhcpTask *task, GError **error)
{
  EhcpRecord *person = task->subject;
  gboolean is_professional = ehcp_record_get_bool (person, "professional");
  const char *id = ehcp_record_get_id (person);

  if (!g_str_equal (get_access (person), "accepted"))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/person");
  ehcp_record_set_text (person, "access", "active");
  return ehcp_task_put (task, person, error) &&
         (!is_professional || name_in_case (task, id, TRUE, error)) &&
         ehcp_access_grant (task->council, task->db, ehcp_record_get_text (person, "account"),
                            ehcp_record_get_id (task->case_record),
                            is_professional ? EHCP_STANDING_PROFESSIONAL : EHCP_STANDING_ADULT, id,
                            error) &&
         ehcp_invitation_set_child_state (task, person, "active", error) &&
         ehcp_task_settle_request (task, person, error) &&
         ehcp_db_run (task->db, error, "DELETE FROM unique_code WHERE person = ?", "s", id) &&
         ehcp_task_tell (task, "access-activated", person, NULL, error) &&
         mail_activated (task, error);
}

static gboolean
remove_answers (EhcpTask *task, const char *form, GError **error)
{
  g_autoptr (GPtrArray) answers = ehcp_store_list_where (task->db, EHCP_KIND_ANSWER, "form", form, error);

  if (answers == NULL)
    return FALSE;
  for (guint i = 0; i < answers->len; i++)
    if (g_str_equal (ehcp_record_get_text (answers->pdata[i], "audience"), "private") &&
        !ehcp_store_remove (task->council, task->db, EHCP_KIND_ANSWER,
                            ehcp_record_get_id (answers->pdata[i]), error))
      return FALSE;
  return TRUE;
}

/* Forms that nobody can fill in any more; what was typed and never sent is for no one. */
static gboolean
withdraw_forms (EhcpTask *task, GError **error)
{
  static const char *const open[] = { "asked", "returned", NULL };
  g_autoptr (GPtrArray) forms = ehcp_store_list_where (task->db, EHCP_KIND_FORM, "person",
                                                       ehcp_record_get_id (task->subject), error);

  if (forms == NULL)
    return FALSE;
  for (guint i = 0; i < forms->len; i++)
    {
      EhcpRecord *form = forms->pdata[i];

      if (!g_strv_contains (open, ehcp_record_get_text (form, "state")))
        continue;
      ehcp_record_set_text (form, "state", "withdrawn");
      if (!ehcp_task_put (task, form, error) ||
          !remove_answers (task, ehcp_record_get_id (form), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
end_access (EhcpTask *task, GError **error)
{
  EhcpRecord *person = task->subject;

  return ehcp_access_end (task->council, task->db, ehcp_record_get_text (person, "account"),
                          ehcp_record_get_id (task->case_record), error) &&
         (!ehcp_record_get_bool (person, "professional") ||
          name_in_case (task, ehcp_record_get_id (person), FALSE, error));
}

static gboolean
mail_withdrawn (EhcpTask *task, GError **error)
{
  g_autofree char *email = ehcp_task_find_email (task, task->subject, error);
  g_autofree char *name = ehcp_person_format_address (task->subject);

  return email != NULL && ehcp_mail_queue (task->council, task->db, EHCP_MAIL_WITHDRAWN, email, error,
                                           "name", name, NULL);
}

/** ehcp_command_access_withdraw: Ends a person's access, or the way to it, at once. */
gboolean
ehcp_command_access_withdraw (EhcpTask *task, GError **error)
{
  EhcpRecord *person = task->subject;
  const char *reason = ehcp_task_given (task, "reason");
  gboolean is_active = g_str_equal (get_access (person), "active");
  gboolean knows = is_active || g_str_equal (get_access (person), "accepted");

  if (g_str_equal (get_access (person), "withdrawn"))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/person");
  if ((is_active && !end_access (task, error)) || !ehcp_invitation_withdraw (task, person, error) ||
      !withdraw_forms (task, error))
    return FALSE;
  ehcp_record_set_text (person, "access", "withdrawn");
  if (reason != NULL)
    ehcp_task_audit (task, NULL, "%s", reason);
  return ehcp_task_put (task, person, error) && (!knows || mail_withdrawn (task, error));
}
