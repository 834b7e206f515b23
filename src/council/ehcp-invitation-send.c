/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending an invitation to a person whose identity was verified, and taking one back. */
#include "ehcp-codes.h"
#include "ehcp-invitation-private.h"
#include "ehcp-invitation.h"

/* The open invitation of an address takes further children, so that a family answers once. */
static char *
open_invitation (EhcpTask *task, const char *email, GError **error)
{
  g_autofree char *expires_at = ehcp_time_in_days (task->council, EHCP_INVITATION_DAYS);
  g_autoptr (GError) failure = NULL;
  g_autofree char *id = NULL;

  id = ehcp_db_get_text (task->db, &failure,
                         "SELECT id FROM invited WHERE email = ? AND is_open = 1 AND expires_at > ?",
                         "ss", email, task->now);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (id == NULL)
    id = ehcp_text_new_id ();
  if (!ehcp_db_run (task->db, error,
                    "INSERT INTO invited (id, email, is_open, sent_at, expires_at) "
                    "VALUES (?, ?, 1, ?, ?) ON CONFLICT (id) DO UPDATE "
                    "SET sent_at = excluded.sent_at, expires_at = excluded.expires_at",
                    "ssss", id, email, task->now, expires_at))
    return NULL;
  return g_steal_pointer (&id);
}

/* A person who declined before gets a record of its own for the new question. */
static gboolean
add_person (EhcpTask *task, const char *invitation, EhcpRecord *person, GError **error)
{
  g_autofree char *child = ehcp_text_new_id ();

  return ehcp_db_run (task->db, error,
                      "INSERT INTO invited_person (person, invitation, child) VALUES (?, ?, ?) "
                      "ON CONFLICT (person) DO UPDATE SET child = "
                      "CASE WHEN invited_person.invitation = excluded.invitation "
                      "THEN invited_person.child ELSE excluded.child END, "
                      "invitation = excluded.invitation",
                      "sss", ehcp_record_get_id (person), invitation, child);
}

static gboolean
mail_code (EhcpTask *task, const char *invitation, EhcpRecord *person, const char *email,
           GError **error)
{
  EhcpConfig *config = ehcp_council_get_config (task->council);
  g_autofree char *expires_at = ehcp_time_in_days (task->council, EHCP_INVITATION_DAYS);
  g_autofree char *code = ehcp_code_make ();
  g_autofree char *hash = ehcp_invitation_hash_code (code);
  g_autofree char *link = g_strdup_printf ("%s/accept/%s", config->url, code);
  g_autofree char *name = ehcp_person_format_address (person);

  return ehcp_db_run (task->db, error,
                      "INSERT INTO invitation_code (code, invitation, expires_at) VALUES (?, ?, ?)",
                      "sss", hash, invitation, expires_at) &&
         ehcp_mail_queue (task->council, task->db, EHCP_MAIL_INVITATION, email, error, "name", name,
                          "link", link, NULL);
}

/**
 * ehcp_invitation_send:
 * @task: a task on a case
 * @person: a person of it
 * @contact: that person's contact
 * @error: return location
 *
 * Invites the person: sends a code, and shows the invitation at once to the account of that address, if
 * there is one. Earlier codes of the same invitation stay good.
 *
 * Returns: whether it was done
 */
gboolean
ehcp_invitation_send (EhcpTask *task, EhcpRecord *person, EhcpRecord *contact, GError **error)
{
  const char *email = ehcp_record_get_text (contact, "email");
  g_autofree char *invitation = open_invitation (task, email, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) account = NULL;

  if (invitation == NULL || !add_person (task, invitation, person, error) ||
      !mail_code (task, invitation, person, email, error))
    return FALSE;
  account = ehcp_store_find_where (task->db, EHCP_KIND_ACCOUNT, "email", email, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return account == NULL || ehcp_invitation_attach (task->council, task->db, account, error);
}

/**
 * ehcp_invitation_set_child_state:
 * @task: a task
 * @person: a person of a case
 * @state: of the `invitation-child` record
 * @error: return location
 *
 * Returns: whether the store took it; also %TRUE when the person has no such record
 */
gboolean
ehcp_invitation_set_child_state (EhcpTask *task, EhcpRecord *person, const char *state, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *id = ehcp_db_get_text (task->db, &failure,
                                          "SELECT child FROM invited_person WHERE person = ?", "s",
                                          ehcp_record_get_id (person));
  g_autoptr (EhcpRecord) child = NULL;

  if (id != NULL)
    child = ehcp_store_find (task->db, EHCP_KIND_INVITATION_CHILD, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (child == NULL)
    return TRUE;
  ehcp_record_set_text (child, "state", state);
  return ehcp_invitation_put_owned (task->council, task->db, child, error);
}

/* An invitation that is about nobody any more goes with the last person. */
static gboolean
close_if_empty (EhcpTask *task, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) record = NULL;
  gint64 one;

  if (ehcp_db_get_int (task->db, &failure, &one, "SELECT 1 FROM invited_person WHERE invitation = ?",
                       "s", id))
    return TRUE;
  if (failure == NULL)
    record = ehcp_store_find (task->db, EHCP_KIND_INVITATION, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!ehcp_db_run (task->db, error, "UPDATE invited SET is_open = 0 WHERE id = ?", "s", id) ||
      !ehcp_db_run (task->db, error, "DELETE FROM invitation_code WHERE invitation = ?", "s", id))
    return FALSE;
  if (record == NULL || g_str_equal (ehcp_record_get_text (record, "state"), "answered"))
    return TRUE;
  ehcp_record_set_text (record, "state", "withdrawn");
  return ehcp_invitation_put_owned (task->council, task->db, record, error);
}

/**
 * ehcp_invitation_withdraw:
 * @task: a task on a case
 * @person: a person of it
 * @error: return location
 *
 * Takes back what the person was sent: the unique code, the code of the link, the place in the
 * invitation.
 *
 * Returns: whether it was done; also %TRUE when nothing was sent
 */
gboolean
ehcp_invitation_withdraw (EhcpTask *task, EhcpRecord *person, GError **error)
{
  const char *id = ehcp_record_get_id (person);
  g_autoptr (GError) failure = NULL;
  g_autofree char *invitation = NULL;

  if (!ehcp_invitation_set_child_state (task, person, "withdrawn", error))
    return FALSE;
  invitation = ehcp_db_get_text (task->db, &failure,
                                 "SELECT invitation FROM invited_person WHERE person = ?", "s", id);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return ehcp_db_run (task->db, error, "DELETE FROM unique_code WHERE person = ?", "s", id) &&
         ehcp_db_run (task->db, error, "DELETE FROM invited_person WHERE person = ?", "s", id) &&
         (invitation == NULL || close_if_empty (task, invitation, error));
}
