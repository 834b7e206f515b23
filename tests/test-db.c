/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database behind its small interface, and the council's writer and readers on top of it. */
#include "ehcp-db-private.h"
#include "records-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *dir;
  char *path;
  EhcpDb *db;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->dir = g_dir_make_tmp ("ehcp-db-XXXXXX", &error);
  f->path = g_build_filename (f->dir, "test.db", NULL);
  f->db = ehcp_db_open (f->path, FALSE, &error);
  g_assert_no_error (error);
  ehcp_db_script (f->db,
                  "CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT, n INTEGER) STRICT;"
                  "CREATE TABLE child (t INTEGER NOT NULL REFERENCES t (id)) STRICT",
                  &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "", "-wal", "-shm" };

  g_clear_pointer (&f->db, ehcp_db_close);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat (f->path, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (f->dir);
  g_clear_pointer (&f->path, g_free);
  g_clear_pointer (&f->dir, g_free);
}

static gint64
get_int (EhcpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  ehcp_db_get_int (db, &error, &value, sql, "");
  g_assert_no_error (error);
  return value;
}

static void
add (Fixture *f, gint64 id, const char *word)
{
  g_autoptr (GError) error = NULL;

  ehcp_db_run (f->db, &error, "INSERT INTO t (id, word, n) VALUES (?, ?, ?)", "isi", id, word, id * 10);
  g_assert_no_error (error);
}

static void
test_settings (Fixture *f, gconstpointer data)
{
  g_autofree char *journal = ehcp_db_get_text (f->db, NULL, "PRAGMA journal_mode", "");

  g_assert_cmpstr (journal, ==, "wal");
  g_assert_cmpint (get_int (f->db, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (get_int (f->db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_int (f->db, "PRAGMA secure_delete"), ==, 1);
}

static void
test_values (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpStatement) row = NULL;
  g_autofree char *word = NULL;

  add (f, 1, "Zoë's; \"x\"");
  add (f, 2, NULL);
  row = ehcp_db_query (f->db, &error, "SELECT id, word, n FROM t ORDER BY id", "");
  g_assert_no_error (error);
  g_assert_true (ehcp_statement_step (row, &error));
  g_assert_cmpstr (ehcp_statement_get_text (row, 1), ==, "Zoë's; \"x\"");
  g_assert_cmpint (ehcp_statement_get_int (row, 2), ==, 10);
  g_assert_false (ehcp_statement_is_null (row, 1));
  g_assert_true (ehcp_statement_step (row, &error));
  g_assert_true (ehcp_statement_is_null (row, 1));
  g_assert_null (ehcp_statement_get_text (row, 1));
  g_assert_false (ehcp_statement_step (row, &error));
  g_assert_no_error (error);

  word = ehcp_db_get_text (f->db, &error, "SELECT word FROM t WHERE id = ?", "i", (gint64) 9);
  g_assert_null (word);
  g_assert_no_error (error);
}

static void
test_lists (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) words = NULL;
  g_autoptr (GPtrArray) none = NULL;

  add (f, 1, "one");
  add (f, 2, NULL);
  add (f, 3, "three");
  words = ehcp_db_list_texts (f->db, &error, "SELECT word FROM t WHERE id <> ? ORDER BY id", "i", (gint64) 1);
  g_assert_no_error (error);
  g_assert_cmpuint (words->len, ==, 2);
  g_assert_null (words->pdata[0]);
  g_assert_cmpstr (words->pdata[1], ==, "three");
  none = ehcp_db_list_texts (f->db, &error, "SELECT word FROM t WHERE id = ?", "i", (gint64) 9);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  g_assert_null (ehcp_db_list_texts (f->db, &error, "SELECT word FROM nowhere", ""));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
  g_clear_error (&error);
  /* One that fails only when it is carried out. */
  g_assert_null (ehcp_db_list_texts (f->db, &error, "SELECT json_extract (word, '$') FROM t", ""));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
}

/* A loop that asks the same inside itself keeps its place and its parameters. */
static void
test_same_statement_inside_itself (Fixture *f, gconstpointer data)
{
  static const char *const sql = "SELECT id FROM t WHERE id > ? ORDER BY id";
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (gint64 id = 1; id <= 4; id++)
    add (f, id, "x");
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (EhcpStatement) outer = ehcp_db_query (f->db, &error, sql, "i", (gint64) 0);
      g_autoptr (EhcpStatement) unused = ehcp_db_query (f->db, &error, sql, "i", (gint64) 3);

      while (ehcp_statement_step (outer, &error))
        {
          g_autoptr (EhcpStatement) inner = ehcp_db_query (f->db, &error, sql, "i",
                                                           ehcp_statement_get_int (outer, 0));

          while (ehcp_statement_step (inner, &error))
            n++;
        }
      g_assert_true (ehcp_statement_step (unused, &error));
      g_assert_cmpint (ehcp_statement_get_int (unused, 0), ==, 4);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2 * (3 + 2 + 1));
}

static void
test_transactions (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ehcp_db_begin (f->db, &error);
  add (f, 1, "kept");
  ehcp_db_savepoint (f->db, &error);
  add (f, 2, "undone");
  ehcp_db_roll_back_savepoint (f->db);
  ehcp_db_savepoint (f->db, &error);
  add (f, 3, "kept");
  ehcp_db_release (f->db, &error);
  ehcp_db_commit (f->db, &error);
  g_assert_no_error (error);
  g_assert_false (ehcp_db_is_in_transaction (f->db));
  g_assert_cmpint (get_int (f->db, "SELECT sum (id) FROM t"), ==, 4);

  ehcp_db_begin (f->db, &error);
  add (f, 5, "undone");
  ehcp_db_roll_back (f->db);
  g_assert_cmpint (get_int (f->db, "SELECT sum (id) FROM t"), ==, 4);
}

static void
test_errors (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    EhcpError code;
  } rows[] = {
    { "INSERT INTO t (id) VALUES (1)", EHCP_ERROR_CONFLICT },
    { "INSERT INTO t (n) VALUES ('word')", EHCP_ERROR_FAILED },
    { "INSERT INTO child (t) VALUES (9)", EHCP_ERROR_FAILED },
    { "SELECT nothing FROM nowhere", EHCP_ERROR_FAILED },
    { "SELECT \"word\" || \"no column\" FROM t", EHCP_ERROR_FAILED },
  };
  g_autoptr (GError) error = NULL;
  EhcpDb *reader;

  add (f, 1, "x");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].sql);
      g_assert_false (ehcp_db_run (f->db, &error, rows[i].sql, ""));
      g_assert_error (error, EHCP_ERROR, (int) rows[i].code);
      /* This one is told to the sender. */
      g_assert_true (rows[i].code != EHCP_ERROR_CONFLICT || strstr (error->message, "INSERT") == NULL);
      g_clear_error (&error);
    }
  reader = ehcp_db_open (f->path, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (ehcp_db_run (reader, &error, "DELETE FROM t", ""));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_STORAGE);
  ehcp_db_close (reader);
  g_clear_error (&error);
  g_assert_null (ehcp_db_open (f->dir, FALSE, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_STORAGE);
}

/* A full database is the world's: it is told as such, and what was before is not harmed. */
static void
test_full (Fixture *f, gconstpointer data)
{
  g_autofree char *big = g_strnfill (200000, 'x');
  g_autoptr (GError) error = NULL;

  add (f, 1, "kept");
  get_int (f->db, "PRAGMA max_page_count = 12");
  g_assert_false (ehcp_db_run (f->db, &error, "INSERT INTO t (word) VALUES (?)", "s", big));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_STORAGE);
  g_assert_cmpint (get_int (f->db, "SELECT count (*) FROM t"), ==, 1);
}

static void
test_migrations (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 number;

  g_assert_true (ehcp_db_migrate (f->db, &error));
  g_assert_no_error (error);
  number = get_int (f->db, "SELECT number FROM schema_version");
  g_assert_cmpint (number, >=, 4);
  g_assert_true (ehcp_db_migrate (f->db, &error));
  g_assert_cmpint (get_int (f->db, "SELECT number FROM schema_version"), ==, number);

  ehcp_db_run (f->db, &error, "UPDATE schema_version SET number = number + 1", "");
  g_assert_false (ehcp_db_migrate (f->db, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
}

/* Every table of the schema holds its columns to their types. */
static void
test_strict (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ehcp_db_migrate (f->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_int (f->db, "SELECT count (*) FROM pragma_table_list WHERE schema = 'main' AND "
                                   "type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0"),
                   ==, 0);
}

/* A step that fails leaves the one before it whole, and is tried again. */
static void
test_migration_that_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n_tables = get_int (f->db, "SELECT count (*) FROM sqlite_schema");

  ehcp_db_script (f->db, "CREATE TABLE kind_template (x TEXT) STRICT", &error);
  g_assert_false (ehcp_db_migrate (f->db, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "0001-records.sql"));
  g_assert_false (ehcp_db_is_in_transaction (f->db));
  g_assert_cmpint (get_int (f->db, "SELECT count (*) FROM sqlite_schema"), ==, n_tables + 2);
  g_clear_error (&error);
  ehcp_db_script (f->db, "DROP TABLE kind_template", &error);
  g_assert_true (ehcp_db_migrate (f->db, &error));
  g_assert_no_error (error);
}

typedef struct
{
  GMutex lock;
  GCond cond;
  guint n_written;
  guint n_failed;
  GThread *writer;
  EhcpCouncil *council;
  gint64 first_seq; /* the newest number when the first was told */
} Count;

static void
written (gpointer data, const GError *error)
{
  Count *count = data;

  g_mutex_lock (&count->lock);
  if (count->n_written++ == 0 && count->council != NULL)
    count->first_seq = ehcp_store_get_seq (ehcp_council_get_reader (count->council, NULL), NULL);
  count->n_failed += error != NULL;
  count->writer = g_thread_self ();
  g_cond_broadcast (&count->cond);
  g_mutex_unlock (&count->lock);
}

static gboolean
take_number (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_store_take_seq (db, error) != 0;
}

static gboolean
take_number_and_fail (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  if (ehcp_store_take_seq (db, error) != 0)
    ehcp_set_error (error, EHCP_ERROR_RANGE, "/x", "no");
  return FALSE;
}

static void
wait_for (Count *count, guint n)
{
  g_mutex_lock (&count->lock);
  while (count->n_written < n)
    g_cond_wait (&count->cond, &count->lock);
  g_mutex_unlock (&count->lock);
}

static gboolean
queue_many (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  for (guint i = 0; i < 100; i++)
    ehcp_council_write (council, i % 10 == 3 ? take_number_and_fail : take_number, written, data);
  return TRUE;
}

/* What waits shares one commit, so that all of it is there when the first is told; what fails is undone
 * alone. */
static void
test_one_commit_for_many (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Count count = { .council = f->council };
  gint64 before = ehcp_store_get_seq (records_db (f), NULL);

  g_mutex_init (&count.lock);
  g_cond_init (&count.cond);
  ehcp_council_write_sync (f->council, queue_many, &count, &error);
  wait_for (&count, 100);
  g_assert_cmpuint (count.n_failed, ==, 10);
  g_assert_cmpint (count.first_seq, ==, before + 90);
  g_assert_true (count.writer != g_thread_self ());
  g_assert_cmpint (ehcp_store_get_seq (records_db (f), NULL), ==, before + 90);
}

static void
test_error_of_a_write (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ehcp_council_write_sync (f->council, take_number_and_fail, NULL, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_RANGE);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/x");
}

static gboolean
fill_the_disk (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  g_autofree char *big = g_strnfill (4 * 1024 * 1024, 'x');
  gint64 n = 0;

  ehcp_db_get_int (db, NULL, &n, "PRAGMA max_page_count = 1", "");
  return ehcp_db_run (db, error, "INSERT INTO unique_code (person, code, expires_at) VALUES ('x', ?, '')", "s", big);
}

static gboolean
empty_the_disk (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  gint64 n = 0;

  return ehcp_db_get_int (db, error, &n, "PRAGMA max_page_count = 1000000", "");
}

/* Nobody is told that something was written which is not on the disk; later writes work again. */
static void
test_full_disk (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before = ehcp_store_get_seq (records_db (f), NULL);

  g_assert_false (ehcp_council_write_sync (f->council, fill_the_disk, NULL, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_true (ehcp_council_write_sync (f->council, empty_the_disk, NULL, &error));
  g_assert_true (ehcp_council_write_sync (f->council, take_number, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ehcp_store_get_seq (records_db (f), NULL), ==, before + 1);
}

/* What was asked for before the end is written; later writes are refused, and their callers are told. */
static void
test_stop (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Count count = { 0 };
  gint64 before = ehcp_store_get_seq (records_db (f), NULL);

  g_mutex_init (&count.lock);
  g_cond_init (&count.cond);
  for (guint i = 0; i < 20; i++)
    ehcp_council_write (f->council, take_number, written, &count);
  ehcp_council_stop (f->council);
  g_assert_cmpuint (count.n_written, ==, 20);
  g_assert_cmpuint (count.n_failed, ==, 0);
  ehcp_council_write (f->council, take_number, written, &count);
  g_assert_cmpuint (count.n_failed, ==, 1);
  g_assert_false (ehcp_council_write_sync (f->council, take_number, NULL, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_BUSY);

  records_fixture_restart (f);
  g_assert_cmpint (ehcp_store_get_seq (records_db (f), NULL), ==, before + 20);
}

static gpointer
read_in_thread (gpointer data)
{
  RecordsFixture *f = data;
  EhcpDb *db = records_db (f);

  g_assert_true (db == records_db (f));
  g_assert_cmpint (ehcp_store_get_seq (db, NULL), >, 0);
  return db;
}

/* Each thread has its own; what one opened goes with it. */
static void
test_readers (RecordsFixture *f, gconstpointer data)
{
  EhcpDb *own = records_db (f);
  g_autoptr (GDir) fds = NULL;
  guint n_open = 0;

  g_assert_true (own == records_db (f));
  for (guint i = 0; i < 40; i++)
    {
      GThread *thread = g_thread_new ("reader", read_in_thread, f);

      g_assert_true (g_thread_join (thread) != own);
    }
  fds = g_dir_open ("/proc/self/fd", 0, NULL);
  while (g_dir_read_name (fds) != NULL)
    n_open++;
  g_assert_cmpuint (n_open, <, 30);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
#define ADD_COUNCIL(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_fixture_set_up, func, records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/db/settings", test_settings);
  ADD ("/db/values", test_values);
  ADD ("/db/lists", test_lists);
  ADD ("/db/same-statement-inside-itself", test_same_statement_inside_itself);
  ADD ("/db/transactions", test_transactions);
  ADD ("/db/errors", test_errors);
  ADD ("/db/full", test_full);
  ADD ("/db/migrations/numbers", test_migrations);
  ADD ("/db/migrations/strict", test_strict);
  ADD ("/db/migrations/failure", test_migration_that_fails);
  ADD_COUNCIL ("/council/one-commit-for-many", test_one_commit_for_many);
  ADD_COUNCIL ("/council/error-of-a-write", test_error_of_a_write);
  ADD_COUNCIL ("/council/full-disk", test_full_disk);
  ADD_COUNCIL ("/council/stop", test_stop);
  ADD_COUNCIL ("/council/readers", test_readers);
  return g_test_run ();
}
