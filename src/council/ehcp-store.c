/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records in the database: an envelope row and a row in the table of the kind. The statements of a kind
 * are made once from its field table, so that no kind needs code of its own. */
#include "ehcp-store.h"

#include <string.h>

#include "ehcp-audience.h"
#include "ehcp-codec.h"
#include "ehcp-council-private.h"
#include "ehcp-text.h"

#define TOMBSTONE_DAYS 180
#define RECEIPT_DAYS 400
#define SECONDS_IN_DAY 86400

/* The envelope's fields stand first in every table: id, case, seq, audience, named. */
enum
{
  FIELD_ID,
  FIELD_CASE,
  FIELD_SEQ,
  FIELD_AUDIENCE,
  FIELD_NAMED,
  N_ENVELOPE
};

typedef struct
{
  char *select; /* without its condition: envelope, then the kind's own columns */
  char *insert;
  char *update;
} Sql;

static char *
make_table_name (const EhcpShape *shape)
{
  char *name = g_strconcat ("kind_", shape->name, NULL);

  return g_strdelimit (name, "-", '_');
}

static void
make_sql (const EhcpShape *shape, Sql *sql)
{
  g_autofree char *table = make_table_name (shape);
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GString) own = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new ("?");
  g_autoptr (GString) sets = g_string_new (NULL);

  for (guint i = N_ENVELOPE; i < shape->n_fields; i++)
    {
      g_string_append_printf (columns, ", \"%s\"", shape->fields[i].name);
      g_string_append_printf (own, ", k.\"%s\"", shape->fields[i].name);
      g_string_append (marks, ", ?");
      g_string_append_printf (sets, "%s\"%s\" = ?", sets->len > 0 ? ", " : "", shape->fields[i].name);
    }
  sql->select = g_strdup_printf ("SELECT record.id, record.case_id, record.seq, record.audience, record.named%s "
                                 "FROM record JOIN %s k ON k.id = record.id",
                                 own->str, table);
  sql->insert = g_strdup_printf ("INSERT INTO %s (id%s) VALUES (%s)", table, columns->str, marks->str);
  sql->update = g_strdup_printf ("UPDATE %s SET %s WHERE id = ?", table, sets->str);
}

static const Sql *
get_sql (EhcpKind kind)
{
  static Sql all[EHCP_N_WIRE_KINDS];
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

static char *
format_list (const char *const *list)
{
  g_autoptr (GString) out = g_string_new (NULL);
  EhcpJson json = ehcp_json (out);

  ehcp_json_list (&json, NULL, list);
  return g_string_free (g_steal_pointer (&out), FALSE);
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
  g_autofree char *sql = g_strconcat (get_sql (kind)->select, " WHERE ", condition, NULL);
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
  return take_first (list (db, kind, "record.id = ?", id, error));
}

static char *
make_condition (EhcpKind kind, const char *field)
{
  guint n = ehcp_shape_find (ehcp_kind_get_shape (kind), field);

  g_return_val_if_fail (n != EHCP_FIELD_NONE && n >= N_ENVELOPE, NULL);
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

static void
bind_fields (EhcpStatement *statement, EhcpRecord *record, int first)
{
  const EhcpShape *shape = ehcp_record_get_shape (record);

  for (guint i = N_ENVELOPE; i < shape->n_fields; i++)
    {
      const EhcpField *field = &shape->fields[i];
      int n = first + (int) (i - N_ENVELOPE);

      if (!ehcp_record_nth_has (record, i))
        ehcp_statement_bind_null (statement, n);
      else if (field->flags & EHCP_FIELD_LIST)
        {
          g_autofree char *json = format_list (ehcp_record_nth_list (record, i));

          ehcp_statement_bind_text (statement, n, json);
        }
      else if (field->kind == EHCP_FIELD_TEXT || field->kind == EHCP_FIELD_ENUM)
        ehcp_statement_bind_text (statement, n, ehcp_record_nth_text (record, i));
      else
        ehcp_statement_bind_int (statement, n, ehcp_record_nth_int (record, i));
    }
}

static gboolean
step_to_end (EhcpStatement *statement, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (ehcp_statement_step (statement, &failure))
    ;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
write_fields (EhcpDb *db, EhcpRecord *record, gboolean is_new, GError **error)
{
  const EhcpShape *shape = ehcp_record_get_shape (record);
  const Sql *sql = get_sql ((EhcpKind) ehcp_kind_find (shape->name));
  g_autoptr (EhcpStatement) statement = ehcp_db_query (db, error, is_new ? sql->insert : sql->update, "");

  if (statement == NULL)
    return FALSE;
  ehcp_statement_bind_text (statement, is_new ? 1 : (int) (shape->n_fields - N_ENVELOPE) + 1,
                            ehcp_record_get_id (record));
  bind_fields (statement, record, is_new ? 2 : 1);
  return step_to_end (statement, error);
}

static const char *
choose_owner (EhcpRecord *record, const char *owner)
{
  const char *audience = ehcp_record_get_text (record, "audience");

  if (g_strcmp0 (audience, "everyone") == 0)
    return "*";
  return g_strcmp0 (audience, "account") == 0 ? owner : NULL;
}

static gboolean
raise_head (EhcpDb *db, const char *case_id, gint64 seq, GError **error)
{
  return case_id == NULL ||
         ehcp_db_run (db, error,
                      "INSERT INTO case_head (case_id, seq) VALUES (?, ?) "
                      "ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq",
                      "si", case_id, seq);
}

/* A case is found in the feed by its own id, since its `case` field is empty. */
static const char *
get_case_id (EhcpRecord *record)
{
  if (g_strcmp0 (ehcp_record_get_kind (record), "case") == 0)
    return ehcp_record_get_id (record);
  return ehcp_record_get_case (record);
}

/** ehcp_store_take_seq: Returns: the next number; 0 with an error. Writer, inside a transaction. */
gint64
ehcp_store_take_seq (EhcpDb *db, GError **error)
{
  if (!ehcp_db_run (db, error, "UPDATE counter SET value = value + 1 WHERE name = 'seq'", ""))
    return 0;
  return ehcp_store_get_seq (db, error);
}

/** ehcp_store_get_seq: Returns: the newest number that @db sees. */
gint64
ehcp_store_get_seq (EhcpDb *db, GError **error)
{
  gint64 seq = 0;

  ehcp_db_get_int (db, error, &seq, "SELECT value FROM counter WHERE name = 'seq'", "");
  return seq;
}

/** ehcp_store_add: Puts a record that is not there yet, and sets its `seq`. For the audience "account"
 * @owner is its account. Writer, inside a transaction. Error: conflict when the id is taken. */
gboolean
ehcp_store_add (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, const char *owner, GError **error)
{
  g_autofree char *named = ehcp_audience_pack (ehcp_record_get_list (record, "named"));
  const char *id = ehcp_record_get_id (record);
  const char *holder = choose_owner (record, owner);
  gint64 seq = ehcp_store_take_seq (db, error);
  gint64 taken;

  if (seq == 0)
    return FALSE;
  if (ehcp_db_get_int (db, NULL, &taken, "SELECT 1 FROM record WHERE id = ?", "s", id))
    {
      ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "the id is taken");
      return FALSE;
    }
  ehcp_record_set_int (record, "seq", seq);
  if (!ehcp_codec_check (record, error) ||
      !ehcp_db_run (db, error,
                    "INSERT INTO record (id, kind, case_id, seq, audience, owner, named) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    "sssisss", id, ehcp_record_get_kind (record), get_case_id (record), seq,
                    ehcp_record_get_text (record, "audience"), holder, named) ||
      !write_fields (db, record, TRUE, error) || !raise_head (db, get_case_id (record), seq, error))
    return FALSE;
  ehcp_council_touch (council, get_case_id (record), ehcp_record_get_text (record, "audience"), named,
                      holder);
  return TRUE;
}

/* Who saw the record so far is told that it is gone; those who still see it get it again, with a later
 * number, and are not told. */
static gboolean
bury (EhcpCouncil *council, EhcpDb *db, const char *id, GError **error)
{
  gint64 seq = ehcp_store_take_seq (db, error);
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));
  g_autoptr (EhcpStatement) row = NULL;

  if (seq == 0 ||
      !ehcp_db_run (db, error,
                    "INSERT INTO tombstone (seq, id, kind, case_id, audience, owner, named, gone_at) "
                    "SELECT ?, id, kind, case_id, audience, owner, named, ? FROM record WHERE id = ?",
                    "iss", seq, now, id))
    return FALSE;
  row = ehcp_db_query (db, error, "SELECT case_id, audience, named, owner FROM record WHERE id = ?", "s",
                       id);
  if (row == NULL || !ehcp_statement_step (row, error))
    return FALSE;
  ehcp_council_touch (council, ehcp_statement_get_text (row, 0), ehcp_statement_get_text (row, 1),
                      ehcp_statement_get_text (row, 2), ehcp_statement_get_text (row, 3));
  return raise_head (db, ehcp_statement_get_text (row, 0), seq, error);
}

static gboolean
has_moved_audience (EhcpDb *db, EhcpRecord *record, const char *owner, const char *named)
{
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (db, NULL, "SELECT audience, owner, named FROM record WHERE id = ?", "s",
                     ehcp_record_get_id (record));

  return row != NULL && ehcp_statement_step (row, NULL) &&
         (g_strcmp0 (ehcp_statement_get_text (row, 0), ehcp_record_get_text (record, "audience")) != 0 ||
          g_strcmp0 (ehcp_statement_get_text (row, 1), owner) != 0 ||
          g_strcmp0 (ehcp_statement_get_text (row, 2), named) != 0);
}

/** ehcp_store_put: Puts a record, new or changed; as ehcp_store_add(). When its audience changed, those who
 * saw it before and do not now are told that it is gone. Writer, inside a transaction. */
gboolean
ehcp_store_put (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, const char *owner, GError **error)
{
  g_autofree char *named = ehcp_audience_pack (ehcp_record_get_list (record, "named"));
  g_autofree char *kept = NULL;
  const char *id = ehcp_record_get_id (record);
  const char *holder;
  gint64 seq, there;

  if (!ehcp_db_get_int (db, NULL, &there, "SELECT 1 FROM record WHERE id = ?", "s", id))
    return ehcp_store_add (council, db, record, owner, error);
  if (owner == NULL)
    owner = kept = ehcp_store_get_owner (db, id, NULL);
  holder = choose_owner (record, owner);
  if (has_moved_audience (db, record, holder, named) && !bury (council, db, id, error))
    return FALSE;
  seq = ehcp_store_take_seq (db, error);
  if (seq == 0)
    return FALSE;
  ehcp_record_set_int (record, "seq", seq);
  if (!ehcp_codec_check (record, error) ||
      !ehcp_db_run (db, error,
                    "UPDATE record SET seq = ?, audience = ?, owner = ?, named = ? WHERE id = ?", "issss",
                    seq, ehcp_record_get_text (record, "audience"), holder, named, id) ||
      !write_fields (db, record, FALSE, error) || !raise_head (db, get_case_id (record), seq, error))
    return FALSE;
  ehcp_council_touch (council, get_case_id (record), ehcp_record_get_text (record, "audience"), named,
                      holder);
  return TRUE;
}

/** ehcp_store_remove: Takes a record away and leaves its tombstone. One that is not there is no error. */
gboolean
ehcp_store_remove (EhcpCouncil *council, EhcpDb *db, EhcpKind kind, const char *id, GError **error)
{
  gint64 there;

  if (!ehcp_db_get_int (db, error, &there, "SELECT 1 FROM record WHERE id = ? AND kind = ?", "ss", id,
                        ehcp_kind_get_shape (kind)->name))
    return error == NULL || *error == NULL;
  return bury (council, db, id, error) &&
         ehcp_db_run (db, error, "DELETE FROM record WHERE id = ?", "s", id);
}

/** ehcp_store_get_owner: Returns: (transfer full) (nullable): the account that a record of the audience
 * "account" belongs to. Any thread. */
char *
ehcp_store_get_owner (EhcpDb *db, const char *id, GError **error)
{
  return ehcp_db_get_text (db, error, "SELECT owner FROM record WHERE id = ?", "s", id);
}

/** ehcp_store_get_epoch: Returns: (transfer full) (nullable): a random text that a restore changes. */
char *
ehcp_store_get_epoch (EhcpDb *db, GError **error)
{
  return ehcp_db_get_text (db, error, "SELECT value FROM setting WHERE name = 'epoch'", "");
}

/** ehcp_store_renew_epoch: Writer, inside a transaction. */
gboolean
ehcp_store_renew_epoch (EhcpDb *db, GError **error)
{
  g_autofree char *epoch = ehcp_text_new_id ();

  return ehcp_db_run (db, error,
                      "INSERT INTO setting (name, value) VALUES ('epoch', ?) "
                      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                      "s", epoch);
}

/* A state older than the newest tombstone that went is too old for the feed. */
static gboolean
purge_tombstones (EhcpDb *db, const char *before, GError **error)
{
  gint64 newest = 0;

  if (!ehcp_db_get_int (db, error, &newest, "SELECT COALESCE(MAX(seq), 0) FROM tombstone WHERE gone_at < ?",
                        "s", before))
    return FALSE;
  return newest == 0 ||
         (ehcp_db_run (db, error,
                       "INSERT INTO counter (name, value) VALUES ('oldest', ?) "
                       "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                       "i", newest) &&
          ehcp_db_run (db, error, "DELETE FROM tombstone WHERE gone_at < ?", "s", before));
}

/** ehcp_store_purge: Once a day: tombstones after 180 days, receipts after 400. Writer, inside a
 * transaction. */
gboolean
ehcp_store_purge (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *tombstones = ehcp_time_format (now - TOMBSTONE_DAYS * (gint64) SECONDS_IN_DAY);
  g_autofree char *receipts = ehcp_time_format (now - RECEIPT_DAYS * (gint64) SECONDS_IN_DAY);

  return purge_tombstones (db, tombstones, error) &&
         ehcp_db_run (db, error, "DELETE FROM receipt WHERE done_at < ?", "s", receipts);
}
