/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Grants: one row for each account and case. A grant that ended stays as a row, so that the feed can tell. */
#include "ehcp-access.h"

#include <string.h>

#include "ehcp-council-private.h"
#include "ehcp-store.h"

/** ehcp_access_find: Fills @access with the account's standing on a case, EHCP_STANDING_NONE when there is
 * none. Returns: %FALSE with an error of the database. Any thread. */
gboolean
ehcp_access_find (EhcpDb *db, const char *account, const char *case_id, EhcpAccess *access,
                  GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (db, error,
                     "SELECT standing, person FROM access "
                     "WHERE account = ? AND case_id = ? AND seq > ended_seq",
                     "ss", account, case_id);

  access->standing = EHCP_STANDING_NONE;
  access->person[0] = '\0';
  if (row == NULL)
    return FALSE;
  if (ehcp_statement_step (row, &failure))
    {
      access->standing = (EhcpStanding) ehcp_statement_get_int (row, 0);
      g_strlcpy (access->person, ehcp_statement_get_text (row, 1), sizeof access->person);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * ehcp_access_grant:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @account: who gets the case
 * @case_id: the case
 * @standing: as what
 * @person: (nullable): their person record; %NULL for staff
 * @error: return location
 *
 * The feed then sends the whole case. One who stands like that already is left alone; another standing takes
 * the place of the one before, whose end is told first, since it may have shown more.
 *
 * Returns: whether it was written.
 */
gboolean
ehcp_access_grant (EhcpCouncil *council, EhcpDb *db, const char *account, const char *case_id,
                   EhcpStanding standing, const char *person, GError **error)
{
  EhcpAccess before;
  gint64 seq;

  g_return_val_if_fail (standing != EHCP_STANDING_NONE, FALSE);

  if (person == NULL)
    person = "";
  if (!ehcp_access_find (db, account, case_id, &before, error))
    return FALSE;
  if (before.standing == standing && strcmp (before.person, person) == 0)
    return TRUE;
  if (before.standing != EHCP_STANDING_NONE && !ehcp_access_end (council, db, account, case_id, error))
    return FALSE;
  seq = ehcp_store_take_seq (db, error);
  if (seq == 0 ||
      !ehcp_db_run (db, error,
                    "INSERT INTO access (account, case_id, standing, person, seq) "
                    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, case_id) DO UPDATE SET "
                    "standing = excluded.standing, person = excluded.person, seq = excluded.seq",
                    "ssisi", account, case_id, (gint64) standing, person, seq))
    return FALSE;
  ehcp_council_touch_account (council, account);
  return TRUE;
}

/** ehcp_access_end: From the commit on, the account sees nothing of the case, and its feed says `revoked`.
 * A grant that is not there is no error. Writer, inside a transaction. */
gboolean
ehcp_access_end (EhcpCouncil *council, EhcpDb *db, const char *account, const char *case_id,
                 GError **error)
{
  gint64 seq = ehcp_store_take_seq (db, error);

  if (seq == 0 ||
      !ehcp_db_run (db, error,
                    "UPDATE access SET ended_seq = ? "
                    "WHERE account = ? AND case_id = ? AND seq > ended_seq",
                    "iss", seq, account, case_id))
    return FALSE;
  ehcp_council_touch_account (council, account);
  return TRUE;
}
