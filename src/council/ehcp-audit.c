/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit's chain: each row's hash covers its members, each with its length, and the hash before it. */
#include "ehcp-audit.h"

#include <string.h>

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

/** ehcp_audit_add: See the header. Writer, inside a transaction. */
gboolean
ehcp_audit_add (EhcpCouncil *council, EhcpDb *db, const EhcpActorId *actor, const char *what,
                const char *case_id, const char *item, const char *detail, GError **error)
{
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autofree char *previous = NULL;
  g_autofree char *hash = NULL;
  Row row = { 1, now, actor->account, actor->session, what, case_id, item, detail };
  gint64 last = 0;

  if (ehcp_db_get_int (db, error, &last, "SELECT COALESCE(MAX(number), 0) FROM audit", "") && last > 0)
    previous = ehcp_db_get_text (db, error, "SELECT hash FROM audit WHERE number = ?", "i", last);
  row.number = last + 1;
  hash = make_hash (&row, previous != NULL ? previous : FIRST_HASH);
  return ehcp_db_run (db, error,
                      "INSERT INTO audit (number, at, account, session, what, case_id, item, detail, hash) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "issssssss", row.number, now, actor->account, actor->session, what, case_id, item,
                      detail, hash);
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
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "audit row %" G_GUINT64_FORMAT " does not fit", number);
      return FALSE;
    }
  g_free (g_steal_pointer (previous));
  *previous = g_steal_pointer (&hash);
  return TRUE;
}

/** ehcp_audit_verify: See the header. What was cut off at the end cannot be found from the rows alone: the
 * head that is printed and mailed is compared for that. Any thread. */
gboolean
ehcp_audit_verify (EhcpDb *db, guint64 *n_rows, GError **error)
{
  g_autofree char *previous = g_strdup (FIRST_HASH);
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) statement =
      ehcp_db_query (db, error,
                     "SELECT number, at, account, session, what, case_id, item, detail, hash FROM audit "
                     "ORDER BY number",
                     "");

  *n_rows = 0;
  if (statement == NULL)
    return FALSE;
  while (ehcp_statement_step (statement, &failure))
    {
      if (!check_row (statement, *n_rows + 1, &previous, error))
        return FALSE;
      (*n_rows)++;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
