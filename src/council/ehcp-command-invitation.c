/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of the invited: opening an invitation, answering it, and their own account. */
#include "ehcp-invitation-private.h"
#include "ehcp-invitation.h"
#include "ehcp-staff.h"

/* The invitation of a code that was sent to the sender's own address; NULL with not-found otherwise, so
 * that a code that was found tells its finder nothing. */
static char *
find_by_code (EhcpTask *task, GError **error)
{
  g_autofree char *email = ehcp_text_normalise_email (ehcp_record_get_text (task->sender, "email"));
  g_autofree char *code = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) failure = NULL;

  code = ehcp_text_normalise_unique_code (ehcp_record_get_text (task->command, "code"));
  if (code != NULL)
    {
      hash = ehcp_invitation_hash_code (code);
      id = ehcp_db_get_text (task->db, &failure,
                             "SELECT invitation FROM invitation_code "
                             "JOIN invited ON invited.id = invitation WHERE code = ? AND email = ?",
                             "ss", hash, email);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (id == NULL)
    ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, "/code");
  return g_steal_pointer (&id);
}

static gboolean
check_still_good (EhcpTask *task, EhcpRecord *invitation, const char *pointer, GError **error)
{
  const char *state = ehcp_record_get_text (invitation, "state");

  if (g_str_equal (state, "expired") || g_str_equal (state, "withdrawn") ||
      (!g_str_equal (state, "answered") &&
       g_strcmp0 (ehcp_record_get_text (invitation, "expires_at"), task->now) <= 0))
    return ehcp_task_refuse (error, EHCP_ERROR_EXPIRED, pointer);
  return TRUE;
}

/** ehcp_command_invitation_open: Shows an invitation to the account that it was sent to. */
gboolean
ehcp_command_invitation_open (EhcpTask *task, GError **error)
{
  g_autofree char *id = find_by_code (task, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) invitation = NULL;

  if (id == NULL || !ehcp_invitation_attach (task->council, task->db, task->sender, error))
    return FALSE;
  invitation = ehcp_store_find (task->db, EHCP_KIND_INVITATION, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  /* Nothing was attached: it was over before anybody of that address had an account. */
  if (invitation == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_EXPIRED, "/code");
  if (!check_still_good (task, invitation, "/code", error))
    return FALSE;
  if (g_str_equal (ehcp_record_get_text (invitation, "state"), "sent"))
    {
      ehcp_record_set_text (invitation, "state", "opened");
      if (!ehcp_invitation_put_owned (task->council, task->db, invitation, error))
        return FALSE;
    }
  ehcp_json_text (&task->json, "invitation", id);
  ehcp_task_audit (task, id, "opened");
  return TRUE;
}

/* The answer belongs to the history of each case that it is about: the command's own row stands on the first. */
static gboolean
audit_case (EhcpTask *task, EhcpRecord *person, gboolean is_accepted, GError **error)
{
  const char *case_id = ehcp_record_get_case (person);

  if (task->audited_case == NULL)
    {
      task->audited_case = g_strdup (case_id);
      return TRUE;
    }
  return g_strcmp0 (task->audited_case, case_id) == 0 ||
         ehcp_audit_add (task->council, task->db, task->actor, "invitation.answer", case_id,
                         ehcp_record_get_id (person), is_accepted ? "accepted" : "declined", error);
}

static gboolean
answer_child (EhcpTask *task, EhcpRecord *child, gboolean is_accepted, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) person = ehcp_store_find (task->db, EHCP_KIND_PERSON,
                                                   ehcp_record_get_text (child, "person"), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  ehcp_record_set_text (child, "state", is_accepted ? "accepted" : "declined");
  if (!ehcp_invitation_put_owned (task->council, task->db, child, error))
    return FALSE;
  if (person == NULL || !g_str_equal (ehcp_record_get_text (person, "access"), "verified"))
    return TRUE;
  ehcp_record_set_text (person, "access", is_accepted ? "accepted" : "declined");
  ehcp_record_set_text (person, "account", task->actor->account);
  return audit_case (task, person, is_accepted, error) && ehcp_task_put (task, person, error);
}

static gboolean
check_children (GPtrArray *children, const char *const *accepted, GError **error)
{
  for (guint i = 0; accepted != NULL && accepted[i] != NULL; i++)
    {
      g_autofree char *pointer = g_strdup_printf ("/children/%u", i);
      gboolean is_there = FALSE;

      for (guint n = 0; n < children->len; n++)
        is_there |= g_str_equal (ehcp_record_get_id (children->pdata[n]), accepted[i]) &&
                    g_str_equal (ehcp_record_get_text (children->pdata[n], "state"), "open");
      if (!is_there)
        return ehcp_task_refuse (error, EHCP_ERROR_NOT_FOUND, pointer);
    }
  return TRUE;
}

static gboolean
check_answer (EhcpTask *task, const char *const *accepted, GError **error)
{
  gboolean has_children = accepted != NULL && accepted[0] != NULL;
  gboolean is_yes = ehcp_record_get_bool (task->command, "accept");

  if (g_str_equal (ehcp_record_get_text (task->subject, "state"), "answered"))
    return ehcp_task_refuse (error, EHCP_ERROR_CONFLICT, "/invitation");
  if (!check_still_good (task, task->subject, "/invitation", error))
    return FALSE;
  if (is_yes && !has_children)
    return ehcp_task_refuse (error, EHCP_ERROR_MISSING, "/children");
  if (!is_yes && has_children)
    return ehcp_task_refuse (error, EHCP_ERROR_RANGE, "/children");
  return TRUE;
}

static gboolean
finish_answer (EhcpTask *task, GError **error)
{
  g_autofree char *name = ehcp_person_format_address (task->sender);

  ehcp_record_set_text (task->subject, "state", "answered");
  return ehcp_invitation_put_owned (task->council, task->db, task->subject, error) &&
         ehcp_db_run (task->db, error, "UPDATE invited SET is_open = 0 WHERE id = ?", "s",
                      ehcp_record_get_id (task->subject)) &&
         ehcp_mail_queue (task->council, task->db, EHCP_MAIL_INVITATION_ANSWERED,
                          ehcp_record_get_text (task->sender, "email"), error, "name", name, NULL);
}

/** ehcp_command_invitation_answer: Accepts the children that are named and declines the others. */
gboolean
ehcp_command_invitation_answer (EhcpTask *task, GError **error)
{
  const char *const *accepted = ehcp_record_get_list (task->command, "children");
  g_autoptr (GPtrArray) children = NULL;
  guint n_accepted = 0;

  if (!check_answer (task, accepted, error))
    return FALSE;
  children = ehcp_store_list_where (task->db, EHCP_KIND_INVITATION_CHILD, "invitation",
                                    ehcp_record_get_id (task->subject), error);
  if (children == NULL || !check_children (children, accepted, error))
    return FALSE;
  for (guint i = 0; i < children->len; i++)
    {
      EhcpRecord *child = children->pdata[i];
      gboolean is_accepted = accepted != NULL && g_strv_contains (accepted, ehcp_record_get_id (child));

      if (!g_str_equal (ehcp_record_get_text (child, "state"), "open"))
        continue;
      if (!answer_child (task, child, is_accepted, error))
        return FALSE;
      n_accepted += is_accepted;
    }
  ehcp_task_audit (task, NULL, "accepted %u of %u", n_accepted, children->len);
  return finish_answer (task, error);
}

/* A caseworker's name and telephone stand in the cases, where families read them. */
static gboolean
update_cases (EhcpTask *task, GError **error)
{
  g_autoptr (GPtrArray) cases = ehcp_store_list_where (task->db, EHCP_KIND_CASE, "caseworker",
                                                       task->actor->account, error);
  g_autofree char *name = ehcp_task_sender_name (task);

  if (cases == NULL)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      ehcp_record_set_text (cases->pdata[i], "caseworker_name", name);
      ehcp_record_set_text (cases->pdata[i], "caseworker_telephone",
                            ehcp_record_get_text (task->sender, "telephone"));
      if (!ehcp_task_put (task, cases->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/** ehcp_command_account_update: The sender's own details; the e-mail address stays. */
gboolean
ehcp_command_account_update (EhcpTask *task, GError **error)
{
  static const char *const fields[] = { "forename", "surname", "telephone", "address" };
  g_autofree char *postcode = NULL;

  if (!ehcp_task_check_base (task, ehcp_record_get_int (task->sender, "seq"), error))
    return FALSE;
  postcode = ehcp_text_normalise_postcode (ehcp_record_get_text (task->command, "postcode"));
  if (postcode == NULL)
    return ehcp_task_refuse (error, EHCP_ERROR_MALFORMED, "/postcode");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    ehcp_record_set_text (task->sender, fields[i], ehcp_record_get_text (task->command, fields[i]));
  ehcp_record_set_text (task->sender, "title", ehcp_task_given (task, "title"));
  ehcp_record_set_text (task->sender, "postcode", postcode);
  ehcp_task_audit (task, task->actor->account, "own details");
  return ehcp_store_put (task->council, task->db, task->sender, task->actor->account, error) &&
         (task->actor->role == EHCP_ROLE_FAMILY ||
          (ehcp_staff_tell (task->council, task->db, task->sender, TRUE, error) && update_cases (task, error)));
}
