/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader does what src/PROTOCOL.md asks of a program: first what is revoked, then what is gone, then the
 * records, and the state with them. */
#include "records-fixture.h"

#include "ehcp-policy.h"
#include "ehcp-text.h"

#include <glib/gstdio.h>
#include <string.h>

static EhcpConfig *
make_config (const char *dir)
{
  EhcpConfig *config = g_new0 (EhcpConfig, 1);

  config->name = g_strdup ("Wyreshire Council");
  config->data_dir = g_build_filename (dir, "data", NULL);
  return config;
}

static void
start (RecordsFixture *f)
{
  g_autoptr (GError) error = NULL;

  f->config = make_config (f->dir);
  f->council = ehcp_council_new (f->config, f->clock, &error);
  g_assert_no_error (error);
}

static void
add_account (RecordsFixture *f, EhcpActorId *actor, const char *role)
{
  g_autoptr (EhcpRecord) account = records_make (EHCP_KIND_ACCOUNT, NULL, NULL, "account", NULL);
  g_autofree char *session = ehcp_text_new_id ();

  g_strlcpy (actor->account, ehcp_record_get_id (account), sizeof actor->account);
  g_strlcpy (actor->session, session, sizeof actor->session);
  actor->role = ehcp_policy_parse_role (role);
  ehcp_record_set_text (account, "role", role);
  records_add (f, account, actor->account);
}

void
records_fixture_set_up (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->dir = g_dir_make_tmp ("ehcp-records-XXXXXX", &error);
  g_assert_no_error (error);
  f->clock = ehcp_clock_new_fixed (RECORDS_NOW);
  start (f);
  add_account (f, &f->helen, "family");
  add_account (f, &f->david, "family");
  add_account (f, &f->senco, "family");
  add_account (f, &f->priya, "caseworker");
  add_account (f, &f->omar, "caseworker");
  add_account (f, &f->joan, "manager");
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
records_fixture_tear_down (RecordsFixture *f, gconstpointer data)
{
  ehcp_council_stop (f->council);
  g_clear_object (&f->council);
  g_clear_object (&f->clock);
  remove_tree (f->dir);
  g_clear_pointer (&f->dir, g_free);
}

void
records_fixture_restart (RecordsFixture *f)
{
  ehcp_council_stop (f->council);
  g_clear_object (&f->council);
  start (f);
}

EhcpDb *
records_db (RecordsFixture *f)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (f->council, &error);

  g_assert_no_error (error);
  return db;
}

gint64
records_sql (RecordsFixture *f, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value = -1;

  ehcp_db_get_int (records_db (f), &error, &value, sql, "");
  g_assert_no_error (error);
  return value;
}

static void
fill_field (EhcpRecord *record, const EhcpField *field)
{
  g_autofree char *id = ehcp_text_new_id ();

  if (field->kind == EHCP_FIELD_ENUM)
    ehcp_record_set_text (record, field->name, field->names[0]);
  else if (field->kind == EHCP_FIELD_DATE)
    ehcp_record_set_date (record, field->name, ehcp_date_parse (RECORDS_TODAY));
  else if (field->kind == EHCP_FIELD_INT)
    ehcp_record_set_int (record, field->name, 1);
  else if (field->kind == EHCP_FIELD_BOOL)
    ehcp_record_set_bool (record, field->name, TRUE);
  else if (field->flags & EHCP_FIELD_ID)
    ehcp_record_set_text (record, field->name, id);
  else
    ehcp_record_set_text (record, field->name,
                          field->flags & EHCP_FIELD_TIME ? "2026-11-24T14:00:00Z" : "Zoë");
}

EhcpRecord *
records_make (EhcpKind kind, const char *id, const char *case_id, const char *audience, const char *named)
{
  const EhcpShape *shape = ehcp_kind_get_shape (kind);
  EhcpRecord *record = ehcp_record_new (shape);
  g_autofree char *new_id = ehcp_text_new_id ();
  const char *const list[] = { named, NULL };

  for (guint i = 0; i < shape->n_fields; i++)
    if (shape->fields[i].flags & EHCP_FIELD_REQUIRED)
      fill_field (record, &shape->fields[i]);
  ehcp_record_set_text (record, "id", id != NULL ? id : new_id);
  ehcp_record_set_text (record, "audience", audience);
  if (case_id != NULL)
    ehcp_record_set_text (record, "case", case_id);
  if (named != NULL)
    ehcp_record_set_list (record, "named", list);
  return record;
}

typedef struct
{
  gboolean (*store) (EhcpCouncil *, EhcpDb *, EhcpRecord *, const char *, GError **);
  EhcpRecord *record;
  const char *owner;
  EhcpKind kind;
  const char *id;
  const EhcpActorId *actor;
  const char *case_id;
  EhcpStanding standing;
  const char *person;
} Act;

static gboolean
store (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return act->store (council, db, act->record, act->owner, error);
}

static gboolean
take_out (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return ehcp_store_remove (council, db, act->kind, act->id, error);
}

static gboolean
grant (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return ehcp_access_grant (council, db, act->actor->account, act->case_id, act->standing, act->person,
                            error);
}

static gboolean
end (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Act *act = data;

  return ehcp_access_end (council, db, act->actor->account, act->case_id, error);
}

static gboolean
purge (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_store_purge (council, db, error);
}

static void
write_act (RecordsFixture *f, EhcpWriteFunc write, Act *act)
{
  g_autoptr (GError) error = NULL;

  ehcp_council_write_sync (f->council, write, act, &error);
  g_assert_no_error (error);
}

gboolean
records_try_add (RecordsFixture *f, EhcpRecord *record, const char *owner, GError **error)
{
  Act act = { .store = ehcp_store_add, .record = record, .owner = owner };

  return ehcp_council_write_sync (f->council, store, &act, error);
}

gboolean
records_try_put (RecordsFixture *f, EhcpRecord *record, const char *owner, GError **error)
{
  Act act = { .store = ehcp_store_put, .record = record, .owner = owner };

  return ehcp_council_write_sync (f->council, store, &act, error);
}

void
records_add (RecordsFixture *f, EhcpRecord *record, const char *owner)
{
  Act act = { .store = ehcp_store_add, .record = record, .owner = owner };

  write_act (f, store, &act);
}

void
records_put (RecordsFixture *f, EhcpRecord *record, const char *owner)
{
  Act act = { .store = ehcp_store_put, .record = record, .owner = owner };

  write_act (f, store, &act);
}

void
records_remove (RecordsFixture *f, EhcpKind kind, const char *id)
{
  Act act = { .kind = kind, .id = id };

  write_act (f, take_out, &act);
}

void
records_grant (RecordsFixture *f, const EhcpActorId *actor, const char *case_id, EhcpStanding standing,
               const char *person)
{
  Act act = { .actor = actor, .case_id = case_id, .standing = standing, .person = person };

  write_act (f, grant, &act);
}

void
records_end (RecordsFixture *f, const EhcpActorId *actor, const char *case_id)
{
  Act act = { .actor = actor, .case_id = case_id };

  write_act (f, end, &act);
}

void
records_purge (RecordsFixture *f)
{
  write_act (f, purge, NULL);
}

char *
records_new (RecordsFixture *f, EhcpKind kind, const char *case_id, const char *audience, const char *named)
{
  g_autoptr (EhcpRecord) record = records_make (kind, NULL, case_id, audience, named);

  records_add (f, record, NULL);
  return g_strdup (ehcp_record_get_id (record));
}

char *
records_new_case (RecordsFixture *f)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autoptr (EhcpRecord) record = records_make (EHCP_KIND_CASE, id, id, "adults", NULL);

  records_add (f, record, NULL);
  return g_steal_pointer (&id);
}

void
records_move (RecordsFixture *f, EhcpKind kind, const char *id, const char *audience, const char *named)
{
  g_autoptr (EhcpRecord) record = ehcp_store_find (records_db (f), kind, id, NULL);
  const char *const list[] = { named, NULL };

  g_assert_nonnull (record);
  ehcp_record_set_text (record, "audience", audience);
  ehcp_record_set_list (record, "named", list);
  records_put (f, record, NULL);
}

Reader *
reader_new (RecordsFixture *f, const EhcpActorId *actor)
{
  Reader *reader = g_new0 (Reader, 1);

  reader->f = f;
  reader->actor = actor;
  reader->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) json_object_unref);
  return reader;
}

void
reader_free (Reader *reader)
{
  g_clear_pointer (&reader->records, g_hash_table_unref);
  g_clear_pointer (&reader->answer, json_object_unref);
  g_clear_pointer (&reader->epoch, g_free);
  g_clear_pointer (&reader->state, g_free);
  g_free (reader);
}

static void
start_afresh (Reader *reader)
{
  g_hash_table_remove_all (reader->records);
  g_clear_pointer (&reader->state, g_free);
  g_assert_cmpuint (++reader->n_restarts, <, 100);
}

static gboolean
is_of_case (gpointer id, gpointer record, gpointer case_id)
{
  return g_strcmp0 (ehcp_json_get_text (record, "case"), case_id) == 0;
}

static void
keep_records (Reader *reader, JsonObject *records)
{
  g_autoptr (GList) kinds = json_object_get_members (records);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (GList *k = kinds; k != NULL; k = k->next)
    {
      JsonArray *list = json_object_get_array_member (records, k->data);

      g_assert_cmpint (ehcp_kind_find (k->data), >=, 0);
      g_assert_cmpuint (json_array_get_length (list), >, 0);
      for (guint i = 0; i < json_array_get_length (list); i++)
        {
          JsonObject *record = json_array_get_object_element (list, i);

          g_assert_true (g_hash_table_add (ids, (gpointer) ehcp_json_get_text (record, "id")));
          g_hash_table_replace (reader->records, g_strdup (ehcp_json_get_text (record, "id")),
                                json_object_ref (record));
        }
    }
}

static void
apply (Reader *reader)
{
  JsonArray *revoked = json_object_get_array_member (reader->answer, "revoked");
  JsonArray *gone = json_object_get_array_member (reader->answer, "gone");

  for (guint i = 0; i < json_array_get_length (revoked); i++)
    g_hash_table_foreach_remove (reader->records, is_of_case,
                                 (gpointer) json_array_get_string_element (revoked, i));
  for (guint i = 0; i < json_array_get_length (gone); i++)
    g_hash_table_remove (reader->records,
                         ehcp_json_get_text (json_array_get_object_element (gone, i), "id"));
  keep_records (reader, json_object_get_object_member (reader->answer, "records"));
  g_free (reader->state);
  reader->state = g_strdup (ehcp_json_get_text (reader->answer, "state"));
  reader->has_more = ehcp_json_get_bool (reader->answer, "has_more");
}

void
reader_pull_page (Reader *reader, guint limit)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = records_db (reader->f);
  g_autofree char *text = ehcp_feed_read (reader->f->council, db, reader->actor, reader->state, limit,
                                          &reader->has_news, &error);

  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_STATE_TOO_OLD))
    {
      start_afresh (reader);
      reader_pull_page (reader, limit);
      return;
    }
  g_assert_no_error (error);
  g_clear_pointer (&reader->answer, json_object_unref);
  reader->answer = ehcp_json_parse_object (text, strlen (text), G_MAXSSIZE, &error);
  g_assert_no_error (error);
  if (g_strcmp0 (reader->epoch, ehcp_json_get_text (reader->answer, "epoch")) != 0)
    {
      if (reader->epoch != NULL)
        start_afresh (reader);
      g_free (reader->epoch);
      reader->epoch = g_strdup (ehcp_json_get_text (reader->answer, "epoch"));
    }
  apply (reader);
}

guint
reader_pull (Reader *reader, guint limit)
{
  guint n = 0;

  do
    {
      reader_pull_page (reader, limit);
      g_assert_cmpuint (++n, <, 10000);
    }
  while (reader->has_more);
  return n;
}

gboolean
reader_has (Reader *reader, const char *id)
{
  return g_hash_table_contains (reader->records, id);
}

guint
reader_n (Reader *reader, const char *list)
{
  JsonObject *records = json_object_get_object_member (reader->answer, "records");
  g_autoptr (GList) kinds = json_object_get_members (records);
  guint n = 0;

  if (strcmp (list, "records") != 0)
    return json_array_get_length (json_object_get_array_member (reader->answer, list));
  for (GList *k = kinds; k != NULL; k = k->next)
    n += json_array_get_length (json_object_get_array_member (records, k->data));
  return n;
}

gboolean
reader_told (Reader *reader, const char *list, const char *id)
{
  JsonArray *array = json_object_get_array_member (reader->answer, list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *told = JSON_NODE_HOLDS_OBJECT (node)
                             ? ehcp_json_get_text (json_node_get_object (node), "id")
                             : json_node_get_string (node);

      if (g_str_equal (told, id))
        return TRUE;
    }
  return FALSE;
}

void
reader_check (Reader *reader)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = records_db (reader->f);
  g_autoptr (EhcpStatement) row = ehcp_db_query (db, &error, "SELECT id, seq, kind FROM record", "");
  guint n_seen = 0;

  while (ehcp_statement_step (row, &error))
    {
      const char *id = ehcp_statement_get_text (row, 0);
      JsonObject *kept = g_hash_table_lookup (reader->records, id);
      gboolean sees = ehcp_policy_may_see (db, reader->actor, id, &error);

      g_assert_no_error (error);
      if (sees != (kept != NULL))
        g_error ("%s %s: the policy shows it: %d, it is kept: %d", ehcp_statement_get_text (row, 2), id, sees,
                 kept != NULL);
      if (kept == NULL)
        continue;
      g_assert_cmpint (ehcp_json_get_int (kept, "seq"), ==, ehcp_statement_get_int (row, 1));
      n_seen++;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_seen, ==, g_hash_table_size (reader->records));
}
