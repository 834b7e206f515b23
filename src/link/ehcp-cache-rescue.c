/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database in which a page is damaged cannot be written to any more. What can still be read goes, row by row, into a new
 * one that takes its place: above all what was not sent yet, which the council does not have. Rows stay sealed; whether
 * they were changed is found when they are opened. */
#include "ehcp-cache-private.h"

#include "ehcp-error.h"

#include <glib/gstdio.h>

static const char *const tables[] = { "meta",     "case_key", "outbox", "patience", "sent",
                                      "draft",    "document", "keep_all", "saved", "record" };

static gboolean
run (sqlite3 *db, const char *sql, const char *text)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK && text != NULL)
    sqlite3_bind_text (statement, 1, text, -1, SQLITE_TRANSIENT);
  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  sqlite3_finalize (statement);
  return code == SQLITE_DONE || code == SQLITE_ROW;
}

/* Neither is damage: a disk that cannot be read or written just now may have it all the next time. */
static gboolean
is_trouble (int code)
{
  return (code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_READONLY ||
         (code & 0xff) == SQLITE_NOMEM || (code & 0xff) == SQLITE_BUSY;
}

/* By the table itself and not by its index, whichever of the two is damaged. FALSE: the disk cannot be read or written. */
static gboolean
copy_table (sqlite3 *db, const char *table)
{
  g_autofree char *list = g_strdup_printf ("SELECT rowid FROM main.%s NOT INDEXED ORDER BY rowid", table);
  g_autofree char *copy =
      g_strdup_printf ("INSERT OR IGNORE INTO rescued.%s SELECT * FROM main.%s NOT INDEXED WHERE rowid = ?", table, table);
  sqlite3_stmt *rows = NULL, *row = NULL;
  int code = sqlite3_prepare_v2 (db, list, -1, &rows, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_prepare_v2 (db, copy, -1, &row, NULL);
  if (code == SQLITE_OK)
    while (!is_trouble (code) && (code = sqlite3_step (rows)) == SQLITE_ROW)
      {
        sqlite3_bind_int64 (row, 1, sqlite3_column_int64 (rows, 0));
        code = sqlite3_step (row);
        sqlite3_reset (row);
      }
  sqlite3_finalize (rows);
  sqlite3_finalize (row);
  return !is_trouble (code);
}

static gboolean
copy_all (sqlite3 *db, const char *path)
{
  gboolean is_good = run (db, "ATTACH ? AS rescued", path) && run (db, "BEGIN", NULL);

  for (guint i = 0; is_good && i < G_N_ELEMENTS (tables); i++)
    is_good = copy_table (db, tables[i]);
  return is_good && run (db, "COMMIT", NULL) && run (db, "DETACH rescued", NULL);
}

static void
remove_database (const char *path)
{
  static const char *const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *file = g_strconcat (path, endings[i], NULL);

      g_unlink (file);
    }
}

static gboolean
make_empty (const char *path)
{
  sqlite3 *db = NULL;
  gboolean is_made = sqlite3_open (path, &db) == SQLITE_OK && run (db, "PRAGMA secure_delete = ON", NULL);

  for (guint i = 0; is_made && ehcp_cache_schema[i] != NULL; i++)
    is_made = run (db, ehcp_cache_schema[i], NULL);
  sqlite3_close (db);
  return is_made;
}

/**
 * ehcp_cache_rescue:
 * @path: of a damaged database that nobody has open
 *
 * Returns: whether another one is in its place, with what could be read of it; otherwise it is as it was. The writer's
 *   thread.
 */
gboolean
ehcp_cache_rescue (const char *path)
{
  g_autofree char *new_path = g_strconcat (path, ".rescued", NULL);
  sqlite3 *db = NULL;
  gboolean is_copied;

  remove_database (new_path);
  is_copied = make_empty (new_path) && sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
              copy_all (db, new_path);
  sqlite3_close (db);
  if (!is_copied)
    {
      remove_database (new_path);
      return FALSE;
    }
  remove_database (path);
  return g_rename (new_path, path) == 0;
}
