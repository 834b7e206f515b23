/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council's list of schools as records of everyone, from a CSV file: its own, or an extract of the
 * Department for Education's register (Get Information About Schools), whose column names are known too. */
#include "ehcp-catalogue-private.h"

#include <string.h>

#include "ehcp-store.h"
#include "ehcp-text.h"

#define MOST_SCHOOLS 20000

typedef enum
{
  COLUMN_NAME,
  COLUMN_TOWN,
  COLUMN_TYPE,
  COLUMN_URN,
  N_COLUMNS
} Column;

/* Of a file of one's own, and of the register. */
static const char *const column_names[N_COLUMNS][2] = {
  [COLUMN_NAME] = { "name", "EstablishmentName" },
  [COLUMN_TOWN] = { "town", "Town" },
  [COLUMN_TYPE] = { "type", "TypeOfEstablishment (name)" },
  [COLUMN_URN] = { "urn", "URN" },
};

static const char *const fields[N_COLUMNS] = { "name", "town", "type", "urn" };

/* The next line as its cells, and @text moved behind it; NULL at the end. A quoted cell may hold commas, line
 * ends and doubled quotes. */
static GPtrArray *
read_line (const char **text)
{
  g_autoptr (GString) cell = g_string_new (NULL);
  GPtrArray *cells;
  gboolean is_quoted = FALSE;
  const char *p = *text;

  if (*p == '\0')
    return NULL;
  cells = g_ptr_array_new_with_free_func (g_free);
  for (; *p != '\0' && (is_quoted || *p != '\n'); p++)
    if (*p == '"' && is_quoted && p[1] == '"')
      g_string_append_c (cell, *++p);
    else if (*p == '"')
      is_quoted = !is_quoted;
    else if (*p == ',' && !is_quoted)
      {
        g_ptr_array_add (cells, g_strdup (g_strstrip (cell->str)));
        g_string_truncate (cell, 0);
      }
    else if (*p != '\r')
      g_string_append_c (cell, *p);
  g_ptr_array_add (cells, g_strdup (g_strstrip (cell->str)));
  *text = *p == '\n' ? p + 1 : p;
  return cells;
}

static gboolean
find_columns (GPtrArray *head, int columns[N_COLUMNS])
{
  for (guint c = 0; c < N_COLUMNS; c++)
    {
      columns[c] = -1;
      for (guint i = 0; head != NULL && i < head->len; i++)
        if (g_strcmp0 (head->pdata[i], column_names[c][0]) == 0 ||
            g_strcmp0 (head->pdata[i], column_names[c][1]) == 0)
          columns[c] = (int) i;
    }
  return columns[COLUMN_NAME] >= 0;
}

static const char *
get_cell (GPtrArray *cells, const int columns[N_COLUMNS], Column column)
{
  int n = columns[column];
  const char *cell = n >= 0 && n < (int) cells->len ? g_ptr_array_index (cells, n) : NULL;

  return cell != NULL && *cell != '\0' ? cell : NULL;
}

static EhcpRecord *
make_school (GPtrArray *cells, const int columns[N_COLUMNS])
{
  const char *name = get_cell (cells, columns, COLUMN_NAME);
  const char *town = get_cell (cells, columns, COLUMN_TOWN);
  const char *urn = get_cell (cells, columns, COLUMN_URN);
  g_autofree char *key = urn != NULL ? g_strdup (urn) : g_strdup_printf ("%s\n%s", name, town != NULL ? town : "");
  EhcpRecord *school;

  if (name == NULL)
    return NULL;
  school = ehcp_catalogue_make (EHCP_KIND_SCHOOL, key);
  for (guint c = 0; c < N_COLUMNS; c++)
    if (get_cell (cells, columns, c) != NULL)
      ehcp_record_set_text (school, fields[c], get_cell (cells, columns, c));
  return school;
}

/* The register comes in Windows-1252. */
static char *
read_file (const char *path, GError **error)
{
  g_autofree char *body = NULL;
  gsize length;

  if (!g_file_get_contents (path, &body, &length, error))
    return NULL;
  if (g_utf8_validate (body, (gssize) length, NULL))
    return g_steal_pointer (&body);
  return g_convert (body, (gssize) length, "UTF-8", "WINDOWS-1252", NULL, NULL, error);
}

static gboolean
put_lines (EhcpCouncil *council, EhcpDb *db, const char *text, const int columns[N_COLUMNS], GHashTable *kept,
           GError **error)
{
  GPtrArray *cells;

  while ((cells = read_line (&text)) != NULL && g_hash_table_size (kept) < MOST_SCHOOLS)
    {
      g_autoptr (GPtrArray) held = cells;
      g_autoptr (EhcpRecord) school = make_school (held, columns);

      if (school == NULL)
        continue;
      if (!ehcp_catalogue_put (council, db, EHCP_KIND_SCHOOL, school, error))
        return FALSE;
      g_hash_table_add (kept, g_strdup (ehcp_record_get_id (school)));
    }
  return TRUE;
}

static gboolean
remove_others (EhcpCouncil *council, EhcpDb *db, GHashTable *kept, GError **error)
{
  g_autoptr (GPtrArray) schools = ehcp_store_list_all (db, EHCP_KIND_SCHOOL, error);

  for (guint i = 0; schools != NULL && i < schools->len; i++)
    if (!g_hash_table_contains (kept, ehcp_record_get_id (schools->pdata[i])) &&
        !ehcp_store_remove (council, db, EHCP_KIND_SCHOOL, ehcp_record_get_id (schools->pdata[i]), error))
      return FALSE;
  return schools != NULL;
}

/** ehcp_catalogue_put_schools: Puts what is new or changed in the list of schools, and takes away what is not in
 * it any more: answers keep a school's name, so that no form loses anything. Without a list nothing is
 * done. Writer, inside a transaction. */
gboolean
ehcp_catalogue_put_schools (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  const char *path = ehcp_council_get_config (council)->schools_file;
  g_autofree char *body = path != NULL ? read_file (path, error) : NULL;
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) head = NULL;
  const char *text = body;
  int columns[N_COLUMNS];

  if (path == NULL)
    return TRUE;
  if (body == NULL)
    return FALSE;
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    text += 3;
  head = read_line (&text);
  if (!find_columns (head, columns))
    {
      ehcp_set_error (error, EHCP_ERROR_MISSING, NULL,
                      "%s: its first line must name the columns, with `name` or `EstablishmentName` among them",
                      path);
      return FALSE;
    }
  if (put_lines (council, db, text, columns, kept, error) && remove_others (council, db, kept, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}
