/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invitations. What is open for an address is kept in tables of its own, because there may be no account
 * for it yet; as soon as there is one, it becomes records that only that account sees. */
#include "ehcp-invitation.h"

#include "ehcp-codes.h"
#include "ehcp-invitation-private.h"

#define SECONDS_IN_DAY (24 * 60 * 60)

/* A row of `invited`. */
typedef struct
{
  char *id;
  char *sent_at;
  char *expires_at;
} Invited;

static void
free_invited (Invited *invited)
{
  g_free (invited->id);
  g_free (invited->sent_at);
  g_free (invited->expires_at);
  g_free (invited);
}

/** ehcp_time_in_days: Returns: (transfer full): the time that many days from now, as it is stored. */
char *
ehcp_time_in_days (EhcpCouncil *council, guint n_days)
{
  return ehcp_time_format (ehcp_clock_now (ehcp_council_get_clock (council)) +
                           (gint64) n_days * SECONDS_IN_DAY);
}

/** ehcp_invitation_hash_code: Returns: (transfer full): the stored form of an invitation's code. */
char *
ehcp_invitation_hash_code (const char *code)
{
  return ehcp_code_hash ("invitation", code);
}

/** ehcp_invitation_put_owned: Puts a changed record that one account sees; its owner stays. */
gboolean
ehcp_invitation_put_owned (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *owner = ehcp_store_get_owner (db, ehcp_record_get_id (record), &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return ehcp_store_put (council, db, record, owner, error);
}

static GPtrArray *
list_open (EhcpCouncil *council, EhcpDb *db, const char *email, GError **error)
{
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) free_invited);
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) statement = NULL;

  statement = ehcp_db_query (db, error,
                             "SELECT id, sent_at, expires_at FROM invited "
                             "WHERE email = ? AND is_open = 1 AND expires_at > ? ORDER BY sent_at",
                             "ss", email, now);
  if (statement == NULL)
    return NULL;
  while (ehcp_statement_step (statement, &failure))
    {
      Invited *invited = g_new0 (Invited, 1);

      invited->id = g_strdup (ehcp_statement_get_text (statement, 0));
      invited->sent_at = g_strdup (ehcp_statement_get_text (statement, 1));
      invited->expires_at = g_strdup (ehcp_statement_get_text (statement, 2));
      g_ptr_array_add (list, invited);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&list);
}

static EhcpRecord *
make_invitation (EhcpCouncil *council, const Invited *invited, const char *email)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_INVITATION));

  ehcp_record_set_text (record, "id", invited->id);
  ehcp_record_set_text (record, "audience", "account");
  ehcp_record_set_text (record, "council", ehcp_council_get_config (council)->name);
  ehcp_record_set_text (record, "email", email);
  ehcp_record_set_text (record, "state", "sent");
  return record;
}

/* A second child of the same family goes into the open invitation, whose time then starts anew. */
static gboolean
attach_invitation (EhcpCouncil *council, EhcpDb *db, const Invited *invited, EhcpRecord *account,
                   GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) before = ehcp_store_find (db, EHCP_KIND_INVITATION, invited->id, &failure);
  g_autoptr (EhcpRecord) after = NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  after = before != NULL ? ehcp_record_copy (before)
                         : make_invitation (council, invited, ehcp_record_get_text (account, "email"));
  ehcp_record_set_text (after, "sent_at", invited->sent_at);
  ehcp_record_set_text (after, "expires_at", invited->expires_at);
  if (before != NULL && ehcp_record_equal (before, after))
    return TRUE;
  return ehcp_db_run (db, error, "UPDATE invited SET account = ? WHERE id = ?", "ss",
                      ehcp_record_get_id (account), invited->id) &&
         ehcp_store_put (council, db, after, ehcp_record_get_id (account), error);
}

static EhcpRecord *
make_child (EhcpDb *db, const char *id, const char *invitation, const char *person_id, GError **error)
{
  g_autoptr (EhcpRecord) person = ehcp_store_find (db, EHCP_KIND_PERSON, person_id, error);
  g_autoptr (EhcpRecord) of_case = NULL;
  EhcpRecord *child;

  if (person != NULL)
    of_case = ehcp_store_find (db, EHCP_KIND_CASE, ehcp_record_get_case (person), error);
  if (of_case == NULL)
    return NULL;
  child = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_INVITATION_CHILD));
  ehcp_record_set_text (child, "id", id);
  ehcp_record_set_text (child, "audience", "account");
  ehcp_record_set_text (child, "invitation", invitation);
  ehcp_record_set_text (child, "person", person_id);
  ehcp_record_set_text (child, "child_forename", ehcp_record_get_text (of_case, "child_forename"));
  ehcp_record_set_text (child, "child_surname", ehcp_record_get_text (of_case, "child_surname"));
  ehcp_record_set_text (child, "relationship", ehcp_record_get_text (person, "relationship"));
  ehcp_record_set_text (child, "state", "open");
  return child;
}

static gboolean
attach_child (EhcpCouncil *council, EhcpDb *db, const char *id, const char *invitation,
              const char *person, const char *owner, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) known = ehcp_store_find (db, EHCP_KIND_INVITATION_CHILD, id, &failure);
  g_autoptr (EhcpRecord) child = NULL;

  if (known != NULL)
    return TRUE;
  if (failure == NULL)
    child = make_child (db, id, invitation, person, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return child == NULL || ehcp_store_add (council, db, child, owner, error);
}

static gboolean
attach_children (EhcpCouncil *council, EhcpDb *db, const char *invitation, const char *owner,
                 GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) statement = NULL;

  statement = ehcp_db_query (db, error,
                             "SELECT child, person FROM invited_person WHERE invitation = ?", "s",
                             invitation);
  if (statement == NULL)
    return FALSE;
  while (ehcp_statement_step (statement, &failure))
    {
      g_ptr_array_add (ids, g_strdup (ehcp_statement_get_text (statement, 0)));
      g_ptr_array_add (ids, g_strdup (ehcp_statement_get_text (statement, 1)));
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; i < ids->len; i += 2)
    if (!attach_child (council, db, ids->pdata[i], invitation, ids->pdata[i + 1], owner, error))
      return FALSE;
  return TRUE;
}

/**
 * ehcp_invitation_attach:
 * @council: the council
 * @db: the writer's connection, inside its transaction
 * @account: an `account` record, with an address that was proved to be its own
 * @error: return location
 *
 * Makes what is open for the account's address visible to it, and only to it: the `invitation`, and one
 * `invitation-child` for each case. Does nothing when there is nothing new, so that it can be called at
 * each sign-in.
 *
 * Returns: whether the store took it. Writer thread.
 */
gboolean
ehcp_invitation_attach (EhcpCouncil *council, EhcpDb *db, EhcpRecord *account, GError **error)
{
  g_autofree char *email = ehcp_text_normalise_email (ehcp_record_get_text (account, "email"));
  g_autoptr (GPtrArray) list = list_open (council, db, email, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      const Invited *invited = list->pdata[i];

      if (!attach_invitation (council, db, invited, account, error) ||
          !attach_children (council, db, invited->id, ehcp_record_get_id (account), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * ehcp_invitation_find_code:
 * @council: the council
 * @db: any connection
 * @code: as it was typed
 * @error: return location
 *
 * Returns: whether an invitation can be answered with it now; %FALSE without an error for one that is
 *   unknown, too old or answered.
 */
gboolean
ehcp_invitation_find_code (EhcpCouncil *council, EhcpDb *db, const char *code, GError **error)
{
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autofree char *normal = ehcp_text_normalise_unique_code (code);
  g_autofree char *hash = normal != NULL ? ehcp_invitation_hash_code (normal) : NULL;
  gint64 one;

  return hash != NULL &&
         ehcp_db_get_int (db, error, &one,
                          "SELECT 1 FROM invitation_code JOIN invited ON invited.id = invitation "
                          "WHERE code = ? AND invitation_code.expires_at > ? AND is_open = 1",
                          "ss", hash, now);
}

static gboolean
expire_record (EhcpCouncil *council, EhcpDb *db, const char *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) record = ehcp_store_find (db, EHCP_KIND_INVITATION, id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (record == NULL)
    return TRUE;
  ehcp_record_set_text (record, "state", "expired");
  return ehcp_invitation_put_owned (council, db, record, error);
}

/**
 * ehcp_invitation_expire:
 * @council: the council
 * @db: the writer's connection, inside its transaction
 * @error: return location
 *
 * Closes invitations that were not answered in time, and forgets codes that are too old. The caseworker
 * sends another one by verifying the identity again.
 *
 * Returns: whether the store took it. Writer thread.
 */
gboolean
ehcp_invitation_expire (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autoptr (GPtrArray) ids = ehcp_db_list_texts (
      db, error, "SELECT id FROM invited WHERE is_open = 1 AND expires_at <= ?", "s", now);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!expire_record (council, db, ids->pdata[i], error))
      return FALSE;
  return ehcp_db_run (db, error,
                      "UPDATE invited SET is_open = 0 WHERE is_open = 1 AND expires_at <= ?", "s",
                      now) &&
         ehcp_db_run (db, error, "DELETE FROM invitation_code WHERE expires_at <= ?", "s", now) &&
         ehcp_db_run (db, error, "DELETE FROM unique_code WHERE expires_at <= ?", "s", now);
}
