/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit's chain: each row's hash covers its members, each with its length, and the hash before it. The
 * head holds the newest number and hash, so that rows taken off the end show too. Whoever can write the
 * database can write both: the head that an administrator noted elsewhere is what holds against that. */
#include "ehcp-audit.h"

#include <string.h>

#include "ehcp-db-private.h"

#define FIRST_HASH "0"

typedef struct
{
  gint64 number;
  const char *at;
  const char *account;
  const char *session;
  const char *what;
  const char *case_id;
  const char *item;
  const char *detail;
} Row;

static void
add_member (GChecksum *checksum, const char *text)
{
  g_autofree char *length = text != NULL ? g_strdup_printf ("%" G_GSIZE_FORMAT ":", strlen (text))
                                         : g_strdup ("-:");

  g_checksum_update (checksum, (const guchar *) length, -1);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, -1);
}

static char *
make_hash (const Row *row, const char *previous)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, row->number);

  add_member (checksum, previous);
  add_member (checksum, number);
  add_member (checksum, row->at);
  add_member (checksum, row->account);
  add_member (checksum, row->session);
  add_member (checksum, row->what);
  add_member (checksum, row->case_id);
  add_member (checksum, row->item);
  add_member (checksum, row->detail);
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
read_head (EhcpDb *db, gint64 *number, char **hash, GError **error)
{
  g_autoptr (EhcpStatement) row = ehcp_db_query (db, error, "SELECT number, hash FROM audit_head", "");

  if (row == NULL || !ehcp_statement_step (row, error))
    return FALSE;
  *number = ehcp_statement_get_int (row, 0);
  *hash = g_strdup (ehcp_statement_get_text (row, 1));
  return TRUE;
}

/** ehcp_audit_add: See the header. Writer, inside a transaction. */
gboolean
ehcp_audit_add (EhcpCouncil *council, EhcpDb *db, const EhcpActorId *actor, const char *what,
                const char *case_id, const char *item, const char *detail, GError **error)
{
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  Row row = { 0, now, actor->account, actor->session, what, case_id, item, detail };

  if (!read_head (db, &row.number, &previous, error))
    return FALSE;
  row.number++;
  hash = make_hash (&row, previous);
  return ehcp_db_run (db, error,
                      "INSERT INTO audit (number, at, account, session, what, case_id, item, detail, hash) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "issssssss", row.number, now, actor->account, actor->session, what, case_id, item,
                      detail, hash) &&
         ehcp_db_run (db, error, "UPDATE audit_head SET number = ?, hash = ?", "is", row.number, hash);
}

static gboolean
refuse_row (guint64 number, GError **error)
{
  ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "audit row %" G_GUINT64_FORMAT " does not fit", number);
  return FALSE;
}

static gboolean
check_row (EhcpStatement *statement, guint64 number, char **previous, GError **error)
{
  Row row = {
    ehcp_statement_get_int (statement, 0),  ehcp_statement_get_text (statement, 1),
    ehcp_statement_get_text (statement, 2), ehcp_statement_get_text (statement, 3),
    ehcp_statement_get_text (statement, 4), ehcp_statement_get_text (statement, 5),
    ehcp_statement_get_text (statement, 6), ehcp_statement_get_text (statement, 7),
  };
  g_autofree char *hash = make_hash (&row, *previous);

  if ((guint64) row.number != number || strcmp (hash, ehcp_statement_get_text (statement, 8)) != 0)
    return refuse_row (number, error);
  g_free (g_steal_pointer (previous));
  *previous = g_steal_pointer (&hash);
  return TRUE;
}

static gboolean
check_rows (EhcpDb *db, guint64 *n_rows, char **last, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) statement =
      ehcp_db_query (db, error,
                     "SELECT number, at, account, session, what, case_id, item, detail, hash FROM audit "
                     "ORDER BY number",
                     "");

  if (statement == NULL)
    return FALSE;
  while (ehcp_statement_step (statement, &failure))
    {
      if (!check_row (statement, *n_rows + 1, last, error))
        return FALSE;
      (*n_rows)++;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * ehcp_audit_verify:
 * @db: any connection
 * @n_rows: (out): how many rows fit, from the first on
 * @error: return location
 *
 * Reads the whole chain, as of one moment. Any thread.
 *
 * Returns: whether every row fits and none is missing; otherwise %EHCP_ERROR_FAILED, which names the first
 *   row that was changed, put in or taken out.
 */
gboolean
ehcp_audit_verify (EhcpDb *db, guint64 *n_rows, GError **error)
{
  g_autofree char *last = NULL;
  g_autofree char *head = NULL;
  gint64 number = 0;
  gboolean is_own = !ehcp_db_is_in_transaction (db);
  gboolean is_right;

  *n_rows = 0;
  if (is_own && !ehcp_db_begin_read (db, error))
    return FALSE;
  last = g_strdup (FIRST_HASH);
  is_right = check_rows (db, n_rows, &last, error) && read_head (db, &number, &head, error);
  if (is_own)
    ehcp_db_roll_back (db);
  if (!is_right)
    return FALSE;
  if ((guint64) number == *n_rows && strcmp (head, last) == 0)
    return TRUE;
  return refuse_row (MIN (*n_rows, (guint64) number) + 1, error);
}
