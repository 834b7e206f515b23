/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite behind the council's small interface. A connection belongs to one thread. Migrations are
 * ehcp-db-migrate.c's. */
#include "ehcp-db.h"

#include <sqlite3.h>
#include <string.h>

#include "ehcp-db-gather.h"
#include "ehcp-db-private.h"
#include "ehcp-error.h"

#define BUSY_TIMEOUT_MS 10000

/* What was withdrawn must not stay readable in free pages: secure delete. 16 MiB of pages for each connection.
 * A page that many commits touch is copied back once for each checkpoint, so these are 4,000 pages apart. */
#define SETTINGS                                                                                       \
  "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;"                  \
  "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000"

struct _EhcpDb
{
  sqlite3 *handle;
  GHashTable *statements; /* SQL text → EhcpStatement, prepared once */
  guint n_savepoints;
};

struct _EhcpStatement
{
  sqlite3_stmt *handle;
  EhcpDb *db;
  gboolean is_taken;   /* handed out; neither at its end nor reset since */
  EhcpStatement *next; /* the same text once more, since the first was in use when it was asked for */
};

static void
free_statement (gpointer data)
{
  EhcpStatement *statement = data;

  while (statement != NULL)
    {
      EhcpStatement *next = statement->next;

      sqlite3_finalize (statement->handle);
      g_free (statement);
      statement = next;
    }
}

/* A full disk and a broken one are the world's; they reach the person as `storage`. A lock that did not
 * come in time is `busy`, a key that is taken `conflict`; anything else is a mistake of ours. */
static EhcpError
map_code (int code)
{
  if (code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE)
    return EHCP_ERROR_CONFLICT;
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return EHCP_ERROR_BUSY;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_PERM:
      return EHCP_ERROR_STORAGE;
    default:
      return EHCP_ERROR_FAILED;
    }
}

/* What is the sender's to know has words of its own; how we keep things is for the log. */
static gboolean
fail (EhcpDb *db, GError **error, const char *doing)
{
  EhcpError code = map_code (sqlite3_extended_errcode (db->handle));

  if (code == EHCP_ERROR_BUSY)
    ehcp_set_error (error, code, NULL, "the records are in use");
  else if (code == EHCP_ERROR_CONFLICT)
    ehcp_set_error (error, code, NULL, "there is one of these already");
  else
    ehcp_set_error (error, code, NULL, "%s: %s", doing, sqlite3_errmsg (db->handle));
  return FALSE;
}

static gboolean
run_plain (EhcpDb *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return fail (db, error, sql);
}

#define SAVEPOINT_IN_MEMORY (4 * 1024 * 1024) /* bytes of changed pages before they go to a file */

/* Counting memory takes a lock that all threads share, and the pages that a savepoint keeps would go to a file
 * from 64 KiB on. Refused, which only costs speed, when SQLite is in use already. */
static gpointer
configure_library (gpointer data)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config (SQLITE_CONFIG_STMTJRNL_SPILL, SAVEPOINT_IN_MEMORY);
  return NULL;
}

/**
 * ehcp_db_open:
 * @path: the database's file; made when it is not there, unless @is_read_only
 * @is_read_only: for reading connections
 * @error: return location
 *
 * Opens a connection: WAL, each commit synced to the disk before it is told, foreign keys on.
 *
 * Returns: (transfer full): the connection, for the calling thread alone; %NULL with
 *   %EHCP_ERROR_STORAGE when the file cannot be opened.
 */
EhcpDb *
ehcp_db_open (const char *path, gboolean is_read_only, GError **error)
{
  static GOnce once = G_ONCE_INIT;
  g_autoptr (EhcpDb) db = g_new0 (EhcpDb, 1);
  int flags = is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

  g_once (&once, configure_library, NULL);
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_statement);
  if (sqlite3_open_v2 (path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, ehcp_db_gather_vfs ()) !=
      SQLITE_OK)
    {
      fail (db, error, path);
      return NULL;
    }
  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MS);
  if (!is_read_only && (!run_plain (db, "PRAGMA journal_mode = WAL", error) ||
                        !run_plain (db, "PRAGMA synchronous = FULL", error)))
    return NULL;
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  if (!run_plain (db, SETTINGS, error))
    return NULL;
  return g_steal_pointer (&db);
}

/** ehcp_db_close: Ends a connection, with its statements. */
void
ehcp_db_close (EhcpDb *db)
{
  g_clear_pointer (&db->statements, g_hash_table_unref);
  sqlite3_close (db->handle);
  g_free (db);
}

/** ehcp_db_script: Carries out several statements without parameters. Returns: whether all were. */
gboolean
ehcp_db_script (EhcpDb *db, const char *sql, GError **error)
{
  return run_plain (db, sql, error);
}

/** ehcp_db_begin: Begins a transaction that writes. */
gboolean
ehcp_db_begin (EhcpDb *db, GError **error)
{
  return ehcp_db_run (db, error, "BEGIN IMMEDIATE", "");
}

/** ehcp_db_begin_read: Begins a transaction that sees one state of the database to its end. */
gboolean
ehcp_db_begin_read (EhcpDb *db, GError **error)
{
  return ehcp_db_run (db, error, "BEGIN", "");
}

/** ehcp_db_commit: Returns: %TRUE when the transaction is durable; otherwise it is still open. */
gboolean
ehcp_db_commit (EhcpDb *db, GError **error)
{
  return ehcp_db_run (db, error, "COMMIT", "");
}

/** ehcp_db_roll_back: Ends the transaction as if it had not been; nothing happens when there is none. */
void
ehcp_db_roll_back (EhcpDb *db)
{
  db->n_savepoints = 0;
  if (!sqlite3_get_autocommit (db->handle))
    ehcp_db_run (db, NULL, "ROLLBACK", "");
}

/** ehcp_db_savepoint: Marks a place inside the transaction to come back to; they may be nested. */
gboolean
ehcp_db_savepoint (EhcpDb *db, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SAVEPOINT s%u", db->n_savepoints);

  if (!ehcp_db_run (db, error, sql, ""))
    return FALSE;
  db->n_savepoints++;
  return TRUE;
}

/** ehcp_db_release: Forgets the newest savepoint and keeps what was written since. */
gboolean
ehcp_db_release (EhcpDb *db, GError **error)
{
  g_autofree char *sql = NULL;

  g_return_val_if_fail (db->n_savepoints > 0, FALSE);
  sql = g_strdup_printf ("RELEASE s%u", db->n_savepoints - 1);
  if (!ehcp_db_run (db, error, sql, ""))
    return FALSE;
  db->n_savepoints--;
  return TRUE;
}

/** ehcp_db_roll_back_savepoint: Undoes what was written since the newest savepoint, and forgets it. */
void
ehcp_db_roll_back_savepoint (EhcpDb *db)
{
  g_autofree char *back = NULL;
  g_autofree char *release = NULL;

  g_return_if_fail (db->n_savepoints > 0);
  db->n_savepoints--;
  /* SQLite ends the whole transaction by itself when the disk is full. */
  if (sqlite3_get_autocommit (db->handle))
    return;
  back = g_strdup_printf ("ROLLBACK TO s%u", db->n_savepoints);
  release = g_strdup_printf ("RELEASE s%u", db->n_savepoints);
  ehcp_db_run (db, NULL, back, "");
  ehcp_db_run (db, NULL, release, "");
}

/** ehcp_db_is_in_transaction: Returns: whether one is open; a full disk ends it by itself. */
gboolean
ehcp_db_is_in_transaction (EhcpDb *db)
{
  return !sqlite3_get_autocommit (db->handle);
}

static void
bind (EhcpStatement *statement, const char *types, va_list args)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      GBytes *bytes;
      gsize length = 0;

      switch (types[i])
        {
        case 's':
          ehcp_statement_bind_text (statement, i + 1, va_arg (args, const char *));
          break;
        case 'i':
          ehcp_statement_bind_int (statement, i + 1, va_arg (args, gint64));
          break;
        case 'b':
          bytes = va_arg (args, GBytes *);
          sqlite3_bind_blob (statement->handle, i + 1, g_bytes_get_data (bytes, &length), (int) length,
                             SQLITE_TRANSIENT);
          break;
        case 'n':
          ehcp_statement_bind_null (statement, i + 1);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static EhcpStatement *
prepare (EhcpDb *db, const char *sql, GError **error)
{
  EhcpStatement *statement;
  sqlite3_stmt *handle = NULL;

  if (sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL) != SQLITE_OK)
    {
      fail (db, error, sql);
      return NULL;
    }
  statement = g_new0 (EhcpStatement, 1);
  statement->handle = handle;
  statement->db = db;
  return statement;
}

/* One that is in use would lose its place or its parameters: then another of the same text is made. */
static EhcpStatement *
take (EhcpDb *db, const char *sql, GError **error)
{
  EhcpStatement *first = g_hash_table_lookup (db->statements, sql);
  EhcpStatement *statement = first;

  while (statement != NULL && statement->is_taken)
    statement = statement->next;
  if (statement == NULL)
    {
      statement = prepare (db, sql, error);
      if (statement == NULL)
        return NULL;
      if (first == NULL)
        g_hash_table_insert (db->statements, g_strdup (sql), statement);
      else
        {
          statement->next = first->next;
          first->next = statement;
        }
    }
  statement->is_taken = TRUE;
  return statement;
}

/**
 * ehcp_db_query:
 * @db: a connection
 * @error: return location
 * @sql: one statement
 * @types: a letter for each parameter, see the header
 * @...: the parameters
 *
 * Readies a statement. Give it back by ehcp_statement_reset() (or its autoptr) when it is not stepped to
 * its end.
 *
 * Returns: (transfer full) (nullable): the statement, before its first row; %NULL with
 *   %EHCP_ERROR_STORAGE.
 */
EhcpStatement *
ehcp_db_query (EhcpDb *db, GError **error, const char *sql, const char *types, ...)
{
  EhcpStatement *statement = take (db, sql, error);
  va_list args;

  if (statement == NULL)
    return NULL;
  va_start (args, types);
  bind (statement, types, args);
  va_end (args);
  return statement;
}

static gboolean
finish (EhcpDb *db, EhcpStatement *statement, GError **error)
{
  int code;

  do
    code = sqlite3_step (statement->handle);
  while (code == SQLITE_ROW);
  if (code != SQLITE_DONE)
    fail (db, error, sqlite3_sql (statement->handle));
  ehcp_statement_reset (statement);
  return code == SQLITE_DONE;
}

/** ehcp_db_run: Like ehcp_db_query(), to the end. Returns: whether it was carried out. */
gboolean
ehcp_db_run (EhcpDb *db, GError **error, const char *sql, const char *types, ...)
{
  EhcpStatement *statement = take (db, sql, error);
  va_list args;

  if (statement == NULL)
    return FALSE;
  va_start (args, types);
  bind (statement, types, args);
  va_end (args);
  return finish (db, statement, error);
}

/** ehcp_statement_step: Returns: %TRUE while there is a row; at the end %FALSE without an error. */
gboolean
ehcp_statement_step (EhcpStatement *statement, GError **error)
{
  int code = sqlite3_step (statement->handle);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    fail (statement->db, error, sqlite3_sql (statement->handle));
  ehcp_statement_reset (statement);
  return FALSE;
}

/** ehcp_statement_reset: Gives a statement back, with its parameters forgotten; once more is harmless. */
void
ehcp_statement_reset (EhcpStatement *statement)
{
  sqlite3_reset (statement->handle);
  sqlite3_clear_bindings (statement->handle);
  statement->is_taken = FALSE;
}

/** ehcp_statement_bind_text: @n from 1; @value is copied; %NULL binds NULL. */
void
ehcp_statement_bind_text (EhcpStatement *statement, int n, const char *value)
{
  sqlite3_bind_text (statement->handle, n, value, -1, SQLITE_TRANSIENT);
}

/** ehcp_statement_bind_int: @n from 1. */
void
ehcp_statement_bind_int (EhcpStatement *statement, int n, gint64 value)
{
  sqlite3_bind_int64 (statement->handle, n, value);
}

/** ehcp_statement_bind_null: @n from 1. */
void
ehcp_statement_bind_null (EhcpStatement *statement, int n)
{
  sqlite3_bind_null (statement->handle, n);
}

/** ehcp_statement_is_null: @column from 0. */
gboolean
ehcp_statement_is_null (EhcpStatement *statement, int column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

/** ehcp_statement_get_text: Returns: (transfer none) (nullable): until the next step. @column from 0. */
const char *
ehcp_statement_get_text (EhcpStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement->handle, column);
}

/** ehcp_statement_get_int: @column from 0. Returns: 0 for NULL. */
gint64
ehcp_statement_get_int (EhcpStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

/** ehcp_db_get_int: First column of the first row. Returns: %FALSE when there is no row, without an error. */
gboolean
ehcp_db_get_int (EhcpDb *db, GError **error, gint64 *value, const char *sql, const char *types, ...)
{
  EhcpStatement *statement = take (db, sql, error);
  gboolean found;
  va_list args;

  if (statement == NULL)
    return FALSE;
  va_start (args, types);
  bind (statement, types, args);
  va_end (args);
  found = ehcp_statement_step (statement, error);
  if (found)
    *value = ehcp_statement_get_int (statement, 0);
  ehcp_statement_reset (statement);
  return found;
}

/** ehcp_db_get_text: First column of the first row. Returns: (transfer full) (nullable): %NULL without an
 * error when there is no row, or when it is NULL. */
char *
ehcp_db_get_text (EhcpDb *db, GError **error, const char *sql, const char *types, ...)
{
  EhcpStatement *statement = take (db, sql, error);
  char *value = NULL;
  va_list args;

  if (statement == NULL)
    return NULL;
  va_start (args, types);
  bind (statement, types, args);
  va_end (args);
  if (ehcp_statement_step (statement, error))
    value = g_strdup (ehcp_statement_get_text (statement, 0));
  ehcp_statement_reset (statement);
  return value;
}

/** ehcp_db_list_texts: First column of every row. Returns: (transfer full) (element-type utf8) (nullable):
 * %NULL with the error of the statement. */
GPtrArray *
ehcp_db_list_texts (EhcpDb *db, GError **error, const char *sql, const char *types, ...)
{
  EhcpStatement *statement = take (db, sql, error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  va_list args;

  if (statement == NULL)
    return NULL;
  va_start (args, types);
  bind (statement, types, args);
  va_end (args);
  while (ehcp_statement_step (statement, &failure))
    g_ptr_array_add (texts, g_strdup (ehcp_statement_get_text (statement, 0)));
  if (failure == NULL)
    return g_steal_pointer (&texts);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/** ehcp_db_n_changes: Returns: rows that the newest statement wrote. */
gint64
ehcp_db_n_changes (EhcpDb *db)
{
  return sqlite3_changes64 (db->handle);
}

static gboolean
copy_pages (EhcpDb *db, sqlite3 *target, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target, "main", db->handle, "main");
  int code = backup != NULL ? sqlite3_backup_step (backup, -1) : sqlite3_errcode (target);

  if (backup != NULL && sqlite3_backup_finish (backup) == SQLITE_OK && code == SQLITE_DONE)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "copying the database: %s", sqlite3_errmsg (target));
  return FALSE;
}

/**
 * ehcp_db_copy:
 * @db: any connection
 * @path: a file that is not there yet
 * @error: return location
 *
 * Copies every page in one reading transaction, so that writers go on meanwhile and are not in the copy.
 *
 * Returns: whether the copy is whole and on the disk; otherwise %EHCP_ERROR_STORAGE
 */
gboolean
ehcp_db_copy (EhcpDb *db, const char *path, GError **error)
{
  sqlite3 *target = NULL;
  gboolean is_copied = FALSE;

  if (sqlite3_open_v2 (path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) ==
      SQLITE_OK)
    is_copied = copy_pages (db, target, error);
  else
    ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "%s: %s", path, sqlite3_errmsg (target));
  sqlite3_close (target);
  return is_copied;
}
