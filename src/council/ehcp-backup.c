/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups of a council that may be serving meanwhile; restoring; checking. A backup is made in a folder beside
 * its own and gets its name when it is whole. A restored council has a new epoch, so that programs send again
 * what it lacks. */
#include "ehcp-backup.h"

#include "ehcp-audit.h"
#include "ehcp-clock.h"
#include "ehcp-db-private.h"
#include "ehcp-error.h"
#include "ehcp-manifest.h"
#include "ehcp-store.h"
#include "ehcp-uploads.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define DATABASE "council.db"
#define MAX_ROUNDS 5

static const char documents_sql[] = "SELECT DISTINCT coalesce(r.case_id, d.\"form\"), d.sha256 FROM record r"
                                    " JOIN kind_document d ON d.id = r.id ORDER BY 1, 2";

/** ehcp_backup_report_clear: Gives back what it holds. */
void
ehcp_backup_report_clear (EhcpBackupReport *report)
{
  g_clear_pointer (&report->head, g_free);
}

static gboolean
fail (GError **error, const char *path)
{
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static gboolean
refuse (GError **error, const char *path, const char *why)
{
  ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "%s %s", path, why);
  return FALSE;
}

static char *
make_name (const char *case_id, const char *sha256)
{
  return g_build_filename ("documents", case_id, sha256, NULL);
}

/* Copies one document, unless an earlier round did; the name says which hash it must have. */
static gboolean
copy_document (const char *from_dir, const char *to_dir, const char *name, const char *sha256,
               GError **error)
{
  g_autofree char *from = g_build_filename (from_dir, name, NULL);
  g_autofree char *to = g_build_filename (to_dir, name, NULL);
  g_autofree char *folder = g_path_get_dirname (to);
  g_autofree char *found = NULL;

  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder);
  found = ehcp_file_copy (from, to, error);
  if (found == NULL)
    return FALSE;
  if (strcmp (found, sha256) != 0)
    return refuse (error, from, "is damaged: it does not match its hash");
  return ehcp_folder_sync (folder, error);
}

/* Every document that @db speaks of, from one folder to the other. */
static gboolean
copy_documents (EhcpDb *db, const char *from_dir, const char *to_dir, GPtrArray *lines, GError **error)
{
  g_autoptr (EhcpStatement) row = ehcp_db_query (db, error, documents_sql, "");
  g_autoptr (GError) failure = NULL;

  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    {
      const char *sha256 = ehcp_statement_get_text (row, 1);
      g_autofree char *name = make_name (ehcp_statement_get_text (row, 0), sha256);

      if (!copy_document (from_dir, to_dir, name, sha256, error))
        return FALSE;
      ehcp_manifest_add (lines, sha256, name);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What is on its way is not kept: programs begin such uploads again. One file alone, which reading does not
 * change. */
static gboolean
forget_uploads (const char *path, GError **error)
{
  g_autoptr (EhcpDb) db = ehcp_db_open (path, FALSE, error);

  return db != NULL && ehcp_db_run (db, error, "DELETE FROM upload", "") &&
         ehcp_db_script (db, "PRAGMA journal_mode = DELETE", error);
}

static gboolean
copy_database (EhcpConfig *config, const char *dir, char **path, GError **error)
{
  g_autofree char *from = g_build_filename (config->data_dir, DATABASE, NULL);
  g_autoptr (EhcpDb) live = NULL;

  *path = g_build_filename (dir, DATABASE, NULL);
  if (!g_file_test (from, G_FILE_TEST_EXISTS))
    return refuse (error, from, "is not there: there is nothing to back up");
  live = ehcp_db_open (from, FALSE, error);
  g_unlink (*path);
  return live != NULL && ehcp_db_copy (live, *path, error) && forget_uploads (*path, error);
}

/* The copy of the database comes first, so that no document is newer. One that was withdrawn between the
 * two copies makes the round void: then both are made again. */
static gboolean
copy_all (EhcpConfig *config, const char *dir, GPtrArray *lines, GError **error)
{
  for (guint i = 0; i < MAX_ROUNDS; i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (EhcpDb) copy = NULL;
      g_autoptr (GError) failure = NULL;

      g_ptr_array_set_size (lines, 0);
      if (!copy_database (config, dir, &path, error))
        return FALSE;
      copy = ehcp_db_open (path, TRUE, error);
      if (copy == NULL)
        return FALSE;
      if (copy_documents (copy, config->data_dir, dir, lines, &failure))
        return TRUE;
      if (!g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_NOT_FOUND) || i + 1 == MAX_ROUNDS)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return FALSE;
}

static gboolean
check_database (EhcpDb *db, const char *path, EhcpBackupReport *report, GError **error)
{
  g_autofree char *integrity = ehcp_db_get_text (db, error, "PRAGMA integrity_check (1)", "");
  g_autofree char *foreign = NULL;

  if (integrity == NULL)
    return FALSE;
  if (strcmp (integrity, "ok") != 0)
    return refuse (error, path, integrity);
  foreign = ehcp_db_get_text (db, NULL, "SELECT \"table\" FROM pragma_foreign_key_check", "");
  if (foreign != NULL)
    return refuse (error, path, "has rows that belong to none");
  g_clear_pointer (&report->head, g_free);
  if (!ehcp_audit_verify (db, &report->n_audit_rows, error))
    return FALSE;
  report->head = ehcp_audit_get_head (db, error);
  return report->head != NULL;
}

static gboolean
check_path (const char *path, EhcpBackupReport *report, GError **error)
{
  g_autoptr (EhcpDb) db = ehcp_db_open (path, TRUE, error);

  return db != NULL && check_database (db, path, report, error);
}

static gboolean
fill (EhcpConfig *config, const char *dir, EhcpBackupReport *report, GError **error)
{
  g_autoptr (GPtrArray) lines = ehcp_manifest_new ();
  g_autoptr (EhcpClock) clock = ehcp_clock_new ();
  g_autofree char *made_at = ehcp_clock_now_text (clock);
  g_autofree char *database = g_build_filename (dir, DATABASE, NULL);
  g_autofree char *documents = g_build_filename (dir, "documents", NULL);
  g_autofree char *sha256 = NULL;

  if (g_mkdir_with_parents (documents, 0700) != 0)
    return fail (error, documents);
  if (!copy_all (config, dir, lines, error) || !check_path (database, report, error))
    return FALSE;
  report->n_documents = lines->len;
  sha256 = ehcp_file_hash (database, error);
  if (sha256 == NULL)
    return FALSE;
  ehcp_manifest_add (lines, sha256, DATABASE);
  return ehcp_folder_sync (documents, error) &&
         ehcp_manifest_write (dir, lines, made_at, report->head, error);
}

/**
 * ehcp_backup_make:
 * @config: of the council, which may be serving
 * @dir: the new folder; must not be there
 * @report: (out caller-allocates): what it holds
 * @error: return location
 *
 * Returns: whether the backup is whole, checked and on the disk; otherwise there is no @dir, and
 *   %EHCP_ERROR_STORAGE, or %EHCP_ERROR_FAILED for what is there already or damaged in the council
 */
gboolean
ehcp_backup_make (EhcpConfig *config, const char *dir, EhcpBackupReport *report, GError **error)
{
  g_autofree char *part = g_strconcat (dir, ".part", NULL);
  g_autofree char *parent = g_path_get_dirname (dir);

  if (g_file_test (dir, G_FILE_TEST_EXISTS))
    return refuse (error, dir, "is there already; nothing was changed");
  ehcp_folder_remove (part);
  if (g_mkdir_with_parents (part, 0700) != 0)
    return fail (error, part);
  if (!fill (config, part, report, error))
    {
      ehcp_folder_remove (part);
      return FALSE;
    }
  if (g_rename (part, dir) != 0)
    return fail (error, dir);
  return ehcp_folder_sync (parent, error);
}

static gboolean
check_line (const char *dir, const EhcpManifestLine *line, GError **error)
{
  g_autofree char *path = g_build_filename (dir, line->name, NULL);
  g_autofree char *found = ehcp_file_hash (path, error);

  if (found == NULL)
    return FALSE;
  return strcmp (found, line->sha256) == 0 || refuse (error, path, "does not match its hash in the list");
}

/* Every document that the database speaks of is in @dir, whole. */
static gboolean
check_documents (const char *database, const char *dir, guint *n_documents, GError **error)
{
  g_autoptr (EhcpDb) db = ehcp_db_open (database, TRUE, error);
  g_autoptr (EhcpStatement) row = db != NULL ? ehcp_db_query (db, error, documents_sql, "") : NULL;
  g_autoptr (GError) failure = NULL;

  if (row == NULL)
    return FALSE;
  *n_documents = 0;
  while (ehcp_statement_step (row, &failure))
    {
      g_autofree char *name = make_name (ehcp_statement_get_text (row, 0), ehcp_statement_get_text (row, 1));
      g_autofree char *path = g_build_filename (dir, name, NULL);
      g_autofree char *found = ehcp_file_hash (path, error);

      if (found == NULL)
        return FALSE;
      if (strcmp (found, ehcp_statement_get_text (row, 1)) != 0)
        return refuse (error, path, "is damaged: it does not match its hash");
      (*n_documents)++;
    }
  g_clear_pointer (&row, ehcp_statement_reset);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * ehcp_backup_check:
 * @dir: a backup
 * @report: (out caller-allocates): what it holds
 * @error: return location
 *
 * Returns: whether every file of its list is there and whole, the database is sound, every document that it
 *   speaks of is there, and the audit's chain fits; the error names what does not
 */
gboolean
ehcp_backup_check (const char *dir, EhcpBackupReport *report, GError **error)
{
  g_autoptr (GPtrArray) lines = ehcp_manifest_read (dir, error);
  g_autofree char *database = g_build_filename (dir, DATABASE, NULL);
  gboolean has_database = FALSE;

  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const EhcpManifestLine *line = g_ptr_array_index (lines, i);

      if (!check_line (dir, line, error))
        return FALSE;
      has_database |= strcmp (line->name, DATABASE) == 0;
    }
  if (!has_database)
    return refuse (error, dir, "has no database in its list");
  return check_path (database, report, error) &&
         check_documents (database, dir, &report->n_documents, error);
}

/** ehcp_backup_check_live: The same for the council's own data, which may be in use meanwhile. */
gboolean
ehcp_backup_check_live (EhcpConfig *config, EhcpBackupReport *report, GError **error)
{
  g_autofree char *database = g_build_filename (config->data_dir, DATABASE, NULL);
  gboolean is_good = FALSE;

  /* A document that is withdrawn between the query and the look is no fault: it is asked again. */
  for (guint i = 0; i < MAX_ROUNDS && !is_good; i++)
    {
      if (i > 0)
        g_clear_error (error);
      if (!check_path (database, report, error))
        return FALSE;
      is_good = check_documents (database, config->data_dir, &report->n_documents, error);
    }
  return is_good;
}

static gboolean
renew (const char *path, GError **error)
{
  g_autoptr (EhcpDb) db = ehcp_db_open (path, FALSE, error);

  return db != NULL && ehcp_db_migrate (db, error) && ehcp_db_begin (db, error) &&
         ehcp_store_renew_epoch (db, error) && ehcp_db_run (db, error, "DELETE FROM upload", "") &&
         ehcp_db_commit (db, error);
}

static gboolean
put_back (EhcpConfig *config, const char *dir, GError **error)
{
  g_autofree char *from = g_build_filename (dir, DATABASE, NULL);
  g_autofree char *to = g_build_filename (config->data_dir, DATABASE, NULL);
  g_autofree char *part = g_strconcat (to, ".part", NULL);
  g_autofree char *documents = g_build_filename (config->data_dir, "documents", NULL);
  g_autofree char *sha256 = NULL;
  g_autoptr (GPtrArray) lines = ehcp_manifest_new ();
  g_autoptr (EhcpDb) copy = NULL;

  if (!ehcp_upload_make_folders (config, error))
    return FALSE;
  g_unlink (part);
  sha256 = ehcp_file_copy (from, part, error);
  if (sha256 == NULL || !renew (part, error))
    return FALSE;
  copy = ehcp_db_open (part, TRUE, error);
  if (copy == NULL || !copy_documents (copy, dir, config->data_dir, lines, error) ||
      !ehcp_folder_sync (documents, error))
    return FALSE;
  g_clear_pointer (&copy, ehcp_db_close);
  if (g_rename (part, to) != 0)
    return fail (error, to);
  return ehcp_folder_sync (config->data_dir, error);
}

/**
 * ehcp_backup_restore:
 * @config: of a council without a database, which does not serve
 * @dir: a backup
 * @report: (out caller-allocates): what was restored
 * @error: return location
 *
 * Checks the backup, copies it and gives it a new epoch. The database gets its name last: a restore that was
 * cut off leaves a council without one, and can be done again.
 *
 * Returns: whether the council can serve; otherwise as ehcp_backup_check(), or %EHCP_ERROR_FAILED when there
 *   is a database already
 */
gboolean
ehcp_backup_restore (EhcpConfig *config, const char *dir, EhcpBackupReport *report, GError **error)
{
  g_autofree char *database = g_build_filename (config->data_dir, DATABASE, NULL);

  if (g_file_test (database, G_FILE_TEST_EXISTS))
    return refuse (error, database,
                   "is there already: stop the server and move its folder away; nothing was changed");
  return ehcp_backup_check (dir, report, error) && put_back (config, dir, error);
}
