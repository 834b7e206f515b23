/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit's chain: whatever is done to a row shows. */
#include "records-fixture.h"

#include "ehcp-audit.h"

#include <string.h>

typedef struct
{
  RecordsFixture *f;
  const char *what;
  const char *case_id;
  const char *item;
  const char *detail;
} Entry;

static gboolean
add_entry (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Entry *entry = data;

  return ehcp_audit_add (council, db, &entry->f->helen, entry->what, entry->case_id, entry->item,
                         entry->detail, error);
}

static gboolean
add_entry_and_fail (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  if (add_entry (council, db, data, error))
    ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "no");
  return FALSE;
}

static void
add_entries (RecordsFixture *f)
{
  Entry entries[] = {
    { f, "case.open", HELEN, HELEN, NULL },          { f, "document.content", HELEN, DAVID, "" },
    { f, "document.content", HELEN, DAVID, NULL },   { f, "message.send", NULL, NULL, "2 attachments" },
    { f, "document.content", HELEN, DAVID, "a\nb" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GError) error = NULL;

      ehcp_council_write_sync (f->council, add_entry, &entries[i], &error);
      g_assert_no_error (error);
      ehcp_clock_advance (f->clock, 1);
    }
}

static gboolean
run_sql (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_db_run (db, error, data, "");
}

static void
test_chain (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 n = 99;
  Entry entry = { f, "note.add", HELEN, NULL, NULL };

  g_assert_true (ehcp_audit_verify (records_db (f), &n, &error));
  g_assert_cmpuint (n, ==, 0);
  add_entries (f);
  g_assert_true (ehcp_audit_verify (records_db (f), &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 5);

  ehcp_council_write_sync (f->council, add_entry_and_fail, &entry, NULL);
  g_assert_true (ehcp_audit_verify (records_db (f), &n, &error));
  g_assert_cmpuint (n, ==, 5);
  records_fixture_restart (f);
  ehcp_council_write_sync (f->council, add_entry, &entry, &error);
  g_assert_true (ehcp_audit_verify (records_db (f), &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 6);
}

static const struct
{
  const char *sql;
  const char *row; /* the one that is named */
} harms[] = {
  { "UPDATE audit SET detail = '3 attachments' WHERE number = 4", "row 4 " },
  { "UPDATE audit SET detail = NULL WHERE number = 2", "row 2 " },
  { "UPDATE audit SET account = '" DAVID "' WHERE number = 1", "row 1 " },
  { "UPDATE audit SET at = '2026-11-24T14:00:09Z' WHERE number = 3", "row 3 " },
  { "UPDATE audit SET item = case_id, case_id = item WHERE number = 5", "row 5 " },
  { "UPDATE audit SET session = '' WHERE number = 5", "row 5 " },
  { "UPDATE audit SET what = 'message.sen', case_id = 'd' WHERE number = 4", "row 4 " },
  { "UPDATE audit SET hash = (SELECT hash FROM audit WHERE number = 2) WHERE number = 3", "row 3 " },
  { "DELETE FROM audit WHERE number = 1", "row 1 " },
  { "DELETE FROM audit WHERE number = 3", "row 3 " },
  { "DELETE FROM audit WHERE number = 5", "row 5 " },
  { "DELETE FROM audit", "row 1 " },
  { "INSERT INTO audit SELECT 6, at, account, session, what, case_id, item, detail, hash FROM audit "
    "WHERE number = 5",
    "row 6 " },
  { "UPDATE audit SET number = number + 1 WHERE number = 5", "row 5 " },
};

static void
test_harm (RecordsFixture *f, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  guint64 n;

  add_entries (f);
  ehcp_council_write_sync (f->council, run_sql, (gpointer) harms[i].sql, &error);
  g_assert_no_error (error);
  g_assert_false (ehcp_audit_verify (records_db (f), &n, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, harms[i].row));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/audit/chain", RecordsFixture, NULL, records_fixture_set_up, test_chain,
              records_fixture_tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (harms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/audit/harm/%u", i + 1);

      g_test_add (path, RecordsFixture, GUINT_TO_POINTER (i), records_fixture_set_up, test_harm,
                  records_fixture_tear_down);
    }
  return g_test_run ();
}
