/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records in the database: an envelope row and a row in the table of the kind. The statements of a kind
 * are made once from its field table, so that no kind needs code of its own. Writing is ehcp-store-write.c's. */
#include "ehcp-store.h"

#include <string.h>

#include "ehcp-audience.h"
#include "ehcp-json.h"
#include "ehcp-store-private.h"

#define FIELD_NAMED (EHCP_STORE_N_ENVELOPE - 1)

static char *
make_table_name (const EhcpShape *shape)
{
  char *name = g_strconcat ("kind_", shape->name, NULL);

  return g_strdelimit (name, "-", '_');
}

static void
make_sql (const EhcpShape *shape, EhcpStoreSql *sql)
{
  g_autofree char *table = make_table_name (shape);
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GString) own = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new ("?");
  g_autoptr (GString) sets = g_string_new (NULL);

  for (guint i = EHCP_STORE_N_ENVELOPE; i < shape->n_fields; i++)
    {
      g_string_append_printf (columns, ", \"%s\"", shape->fields[i].name);
      g_string_append_printf (own, ", k.\"%s\"", shape->fields[i].name);
      g_string_append (marks, ", ?");
      g_string_append_printf (sets, "%s\"%s\" = ?", sets->len > 0 ? ", " : "", shape->fields[i].name);
    }
  sql->select = g_strdup_printf ("SELECT record.id, record.case_id, record.seq, record.audience, record.named%s "
                                 "FROM record JOIN %s k ON k.id = record.id",
                                 own->str, table);
  sql->find = g_strconcat (sql->select, " WHERE k.id = ?", NULL);
  sql->insert = g_strdup_printf ("INSERT INTO %s (id%s) VALUES (%s)", table, columns->str, marks->str);
  sql->update = g_strdup_printf ("UPDATE %s SET %s WHERE id = ?", table, sets->str);
}

/** ehcp_store_get_sql: Returns: (transfer none): the statements of @kind; static. Any thread. */
const EhcpStoreSql *
ehcp_store_get_sql (EhcpKind kind)
{
  static EhcpStoreSql all[EHCP_N_WIRE_KINDS];
  static gsize is_made;

  if (g_once_init_enter (&is_made))
    {
      for (guint i = 0; i < EHCP_N_WIRE_KINDS; i++)
        make_sql (ehcp_kind_get_shape (i), &all[i]);
      g_once_init_leave (&is_made, 1);
    }
  return &all[kind];
}

static GStrv
parse_list (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

static void
read_column (EhcpRecord *record, const EhcpField *field, guint n, EhcpStatement *row)
{
  if (ehcp_statement_is_null (row, (int) n))
    return;
  if (field->flags & EHCP_FIELD_LIST)
    ehcp_record_nth_take_list (record, n, parse_list (ehcp_statement_get_text (row, (int) n)));
  else if (field->kind == EHCP_FIELD_TEXT || field->kind == EHCP_FIELD_ENUM)
    ehcp_record_nth_take_text (record, n, g_strdup (ehcp_statement_get_text (row, (int) n)));
  else
    ehcp_record_nth_set_int (record, n, ehcp_statement_get_int (row, (int) n));
}

static EhcpRecord *
read_row (EhcpKind kind, EhcpStatement *row)
{
  const EhcpShape *shape = ehcp_kind_get_shape (kind);
  EhcpRecord *record = ehcp_record_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    if (i != FIELD_NAMED)
      read_column (record, &shape->fields[i], i, row);
  if (!ehcp_statement_is_null (row, FIELD_NAMED))
    ehcp_record_nth_take_list (record, FIELD_NAMED,
                               ehcp_audience_unpack (ehcp_statement_get_text (row, FIELD_NAMED)));
  return record;
}

static GPtrArray *
list (EhcpDb *db, EhcpKind kind, const char *condition, const char *value, GError **error)
{
  g_autofree char *sql = g_strconcat (ehcp_store_get_sql (kind)->select, " WHERE ", condition, NULL);
  g_autoptr (EhcpStatement) row = ehcp_db_query (db, error, sql, "s", value);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) failure = NULL;

  if (row == NULL)
    return NULL;
  while (ehcp_statement_step (row, &failure))
    g_ptr_array_add (records, read_row (kind, row));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&records);
}

static EhcpRecord *
take_first (GPtrArray *records)
{
  g_autoptr (GPtrArray) all = records;

  return all != NULL && all->len > 0 ? g_object_ref (g_ptr_array_index (all, 0)) : NULL;
}

/** ehcp_store_find: Returns: (transfer full) (nullable): the record; %NULL without an error when there is
 * none. Any thread. */
EhcpRecord *
ehcp_store_find (EhcpDb *db, EhcpKind kind, const char *id, GError **error)
{
  g_autoptr (EhcpStatement) row = ehcp_db_query (db, error, ehcp_store_get_sql (kind)->find, "s", id);

  return row != NULL && ehcp_statement_step (row, error) ? read_row (kind, row) : NULL;
}

static char *
make_condition (EhcpKind kind, const char *field)
{
  guint n = ehcp_shape_find (ehcp_kind_get_shape (kind), field);

  g_return_val_if_fail (n != EHCP_FIELD_NONE && n >= EHCP_STORE_N_ENVELOPE, NULL);
  return g_strdup_printf ("k.\"%s\" = ? ORDER BY record.seq", field);
}

/** ehcp_store_find_where: @field: a text field of the kind's own, in the kind's table. Returns: (transfer
 * full) (nullable): the oldest one. Any thread. */
EhcpRecord *
ehcp_store_find_where (EhcpDb *db, EhcpKind kind, const char *field, const char *value, GError **error)
{
  return take_first (ehcp_store_list_where (db, kind, field, value, error));
}

/** ehcp_store_list: Returns: (transfer full) (element-type EhcpRecord): the records of a case, in the
 * order in which they were written last; may be empty; %NULL with an error. Any thread. */
GPtrArray *
ehcp_store_list (EhcpDb *db, EhcpKind kind, const char *case_id, GError **error)
{
  return list (db, kind, "record.case_id = ? ORDER BY record.seq", case_id, error);
}

/** ehcp_store_list_where: As ehcp_store_list(), by a text field of the kind's own. Any thread. */
GPtrArray *
ehcp_store_list_where (EhcpDb *db, EhcpKind kind, const char *field, const char *value, GError **error)
{
  g_autofree char *condition = make_condition (kind, field);

  return condition != NULL ? list (db, kind, condition, value, error) : NULL;
}

/** ehcp_store_list_all: As ehcp_store_list(), of every case; for kinds that are few. Any thread. */
GPtrArray *
ehcp_store_list_all (EhcpDb *db, EhcpKind kind, GError **error)
{
  return list (db, kind, "record.kind = ? ORDER BY record.seq", ehcp_kind_get_shape (kind)->name, error);
}

/** ehcp_store_get_owner: Returns: (transfer full) (nullable): the account that a record of the audience
 * "account" belongs to. Any thread. */
char *
ehcp_store_get_owner (EhcpDb *db, const char *id, GError **error)
{
  return ehcp_db_get_text (db, error, "SELECT owner FROM record WHERE id = ?", "s", id);
}
