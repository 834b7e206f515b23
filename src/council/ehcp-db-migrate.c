/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbered migrations out of the program's resources, each with its number in one transaction. */
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "ehcp-db-private.h"
#include "ehcp-error.h"
#include "ehcp-migrations-resources.h"

#define FOLDER "/io/github/ehcp_portal/council/migrations"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names begin with the number, in four digits, so that they sort; numbers follow each other from 1. */
static GPtrArray *
list_migrations (GError **error)
{
  g_auto (GStrv) children = g_resource_enumerate_children (ehcp_migrations_get_resource (), FOLDER, 0,
                                                           error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; children != NULL && children[i] != NULL; i++)
    g_ptr_array_add (names, g_strdup (children[i]));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
migrate (EhcpDb *db, const char *name, gint64 number, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER "/", name, NULL);
  g_autoptr (GBytes) script = g_resource_lookup_data (ehcp_migrations_get_resource (), path, 0,
                                                       error);

  if (script == NULL || !ehcp_db_begin (db, error))
    return FALSE;
  if (ehcp_db_script (db, g_bytes_get_data (script, NULL), error) &&
      ehcp_db_run (db, error, "UPDATE schema_version SET number = ?", "i", number) &&
      ehcp_db_commit (db, error))
    return TRUE;
  ehcp_db_roll_back (db);
  g_prefix_error (error, "migration %s: ", name);
  return FALSE;
}

/**
 * ehcp_db_migrate:
 * @db: a connection that may write
 * @error: return location
 *
 * Brings the tables to this version, each step in a transaction of its own, so that a stop in between
 * goes on at the next start.
 *
 * Returns: %TRUE when they are; otherwise %EHCP_ERROR_STORAGE, or %EHCP_ERROR_FAILED for a database that
 *   a newer version wrote.
 */
gboolean
ehcp_db_migrate (EhcpDb *db, GError **error)
{
  g_autoptr (GPtrArray) names = list_migrations (error);
  gint64 number = 0;

  if (!ehcp_db_script (db,
                       "CREATE TABLE IF NOT EXISTS schema_version (number INTEGER NOT NULL) STRICT;"
                       "INSERT INTO schema_version (number) "
                       "SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM schema_version)",
                       error))
    return FALSE;
  if (!ehcp_db_get_int (db, error, &number, "SELECT number FROM schema_version", ""))
    return FALSE;
  if (number > names->len)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL,
                      "the database was written by a newer version (schema %" G_GINT64_FORMAT
                      ", this one knows %u)",
                      number, names->len);
      return FALSE;
    }
  for (guint i = (guint) number; i < names->len; i++)
    if (!migrate (db, g_ptr_array_index (names, i), i + 1, error))
      return FALSE;
  return TRUE;
}
