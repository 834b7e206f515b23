/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records in their tables: the schema against the field tables, and what is written against what is read. */
#include "records-fixture.h"

#include "ehcp-audience.h"

#include "ehcp-codec.h"
#include "ehcp-text.h"

#include <gio/gio.h>
#include <string.h>

#define DAY_S (24 * 60 * 60)
#define N_ENVELOPE 5

static char *
make_table_name (EhcpKind kind)
{
  return g_strdelimit (g_strconcat ("kind_", ehcp_kind_get_shape (kind)->name, NULL), "-", '_');
}

static const char *
get_type (const EhcpField *field)
{
  gboolean is_text = field->kind == EHCP_FIELD_TEXT || field->kind == EHCP_FIELD_ENUM;

  return is_text || (field->flags & EHCP_FIELD_LIST) ? "TEXT" : "INTEGER";
}

/* The columns of each kind's table are the fields of core's table, with their types, in its order. */
static void
test_schema (RecordsFixture *f, gconstpointer data)
{
  for (guint kind = 0; kind < EHCP_N_WIRE_KINDS; kind++)
    {
      const EhcpShape *shape = ehcp_kind_get_shape (kind);
      g_autofree char *table = make_table_name (kind);
      g_autoptr (GError) error = NULL;
      g_autoptr (EhcpStatement) row = ehcp_db_query (
          records_db (f), &error, "SELECT name, type, \"notnull\" FROM pragma_table_info (?) ORDER BY cid", "s",
          table);

      g_test_message ("%s", table);
      g_assert_true (ehcp_statement_step (row, &error));
      g_assert_cmpstr (ehcp_statement_get_text (row, 0), ==, "id");
      for (guint i = N_ENVELOPE; i < shape->n_fields; i++)
        {
          const EhcpField *field = &shape->fields[i];

          g_assert_true (ehcp_statement_step (row, &error));
          g_assert_cmpstr (ehcp_statement_get_text (row, 0), ==, field->name);
          g_assert_cmpstr (ehcp_statement_get_text (row, 1), ==, get_type (field));
          g_assert_cmpint (ehcp_statement_get_int (row, 2), ==,
                           (field->flags & EHCP_FIELD_REQUIRED) != 0);
        }
      g_assert_false (ehcp_statement_step (row, &error));
      g_assert_no_error (error);
    }
}

static const char *
choose_audience (EhcpKind kind)
{
  static const char *const names[EHCP_N_WIRE_KINDS] = {
    [EHCP_KIND_ACCOUNT] = "account",    [EHCP_KIND_ACTIVITY] = "adults",      [EHCP_KIND_ANSWER] = "named",
    [EHCP_KIND_CASE] = "adults",        [EHCP_KIND_COLLEAGUE] = "staff",      [EHCP_KIND_COMMENT] = "named",
    [EHCP_KIND_CONTACT] = "staff",      [EHCP_KIND_COVER] = "staff",          [EHCP_KIND_DEADLINE] = "adults",
    [EHCP_KIND_DOCUMENT] = "named",     [EHCP_KIND_EVENT] = "adults",         [EHCP_KIND_FORM] = "named",
    [EHCP_KIND_FORM_DEFINITION] = "everyone", [EHCP_KIND_INVITATION] = "account",
    [EHCP_KIND_INVITATION_CHILD] = "account", [EHCP_KIND_MESSAGE] = "named",
    [EHCP_KIND_MESSAGE_TYPE] = "everyone", [EHCP_KIND_NOTE] = "staff",        [EHCP_KIND_PERSON] = "named",
    [EHCP_KIND_READING] = "named",      [EHCP_KIND_REQUEST] = "staff",        [EHCP_KIND_SCHOOL] = "everyone",        [EHCP_KIND_STAGE_TEXT] = "everyone",
    [EHCP_KIND_TEMPLATE] = "staff",
  };

  return names[kind];
}

/* Every field of a kind, filled in, comes back as it went in. */
static void
fill_all (EhcpRecord *record)
{
  const EhcpShape *shape = ehcp_record_get_shape (record);
  static const char *const items[] = { "one \"quoted\"", "two, and more", NULL };

  for (guint i = N_ENVELOPE; i < shape->n_fields; i++)
    {
      const EhcpField *field = &shape->fields[i];

      if (ehcp_record_has (record, field->name))
        continue;
      if (field->flags & EHCP_FIELD_LIST)
        ehcp_record_set_list (record, field->name, items);
      else if (field->kind == EHCP_FIELD_ENUM)
        ehcp_record_set_text (record, field->name, field->names[0]);
      else if (field->kind == EHCP_FIELD_DATE)
        ehcp_record_set_date (record, field->name, ehcp_date_parse ("2016-02-29"));
      else if (field->kind == EHCP_FIELD_INT)
        ehcp_record_set_int (record, field->name, 7);
      else if (field->kind == EHCP_FIELD_BOOL)
        ehcp_record_set_bool (record, field->name, FALSE);
      else if (field->flags & EHCP_FIELD_ID)
        ehcp_record_set_text (record, field->name, DAVID);
      else
        ehcp_record_set_text (record, field->name,
                              field->flags & EHCP_FIELD_TIME ? "2026-01-02T03:04:05Z" : "O’N 'x' 日本");
    }
}

static void
check_same (EhcpRecord *read, EhcpRecord *written)
{
  g_autofree char *a = ehcp_codec_encode (read);
  g_autofree char *b = ehcp_codec_encode (written);

  g_assert_cmpstr (a, ==, b);
}

static void
test_every_kind (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);

  for (guint kind = 0; kind < EHCP_N_WIRE_KINDS; kind++)
    {
      const char *audience = choose_audience (kind);
      gboolean is_owned = g_str_equal (audience, "account");
      gboolean has_case = !is_owned && !g_str_equal (audience, "everyone") && kind != EHCP_KIND_CASE &&
                          !ehcp_audience_is_council_wide (kind);
      g_autoptr (EhcpRecord) record = records_make (kind, NULL, has_case ? case_id : NULL, audience,
                                                    g_str_equal (audience, "named") ? HELEN : NULL);
      g_autoptr (EhcpRecord) read = NULL;
      g_autoptr (EhcpRecord) again = NULL;
      const char *owner = is_owned ? f->helen.account : NULL;
      gint64 seq;

      g_test_message ("%s", ehcp_record_get_kind (record));
      records_add (f, record, owner);
      seq = ehcp_record_get_int (record, "seq");
      g_assert_cmpint (seq, ==, ehcp_store_get_seq (records_db (f), NULL));
      read = ehcp_store_find (records_db (f), kind, ehcp_record_get_id (record), NULL);
      check_same (read, record);

      fill_all (record);
      records_put (f, record, NULL);
      g_assert_cmpint (ehcp_record_get_int (record, "seq"), ==, seq + 1);
      again = ehcp_store_find (records_db (f), kind, ehcp_record_get_id (record), NULL);
      check_same (again, record);
    }
}

static void
test_find (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *other = records_new_case (f);
  g_autofree char *a = records_new (f, EHCP_KIND_DOCUMENT, case_id, "adults", NULL);
  g_autofree char *b = records_new (f, EHCP_KIND_DOCUMENT, case_id, "staff", NULL);
  g_autofree char *c = records_new (f, EHCP_KIND_DOCUMENT, other, "adults", NULL);
  g_autoptr (GPtrArray) of_case = ehcp_store_list (records_db (f), EHCP_KIND_DOCUMENT, case_id, NULL);
  g_autoptr (GPtrArray) letters = ehcp_store_list_where (records_db (f), EHCP_KIND_DOCUMENT, "kind", "letter",
                                                         NULL);
  g_autoptr (GPtrArray) reports = ehcp_store_list_where (records_db (f), EHCP_KIND_DOCUMENT, "kind", "report",
                                                         NULL);
  g_autoptr (GPtrArray) all = ehcp_store_list_all (records_db (f), EHCP_KIND_CASE, NULL);
  g_autoptr (EhcpRecord) first = ehcp_store_find_where (records_db (f), EHCP_KIND_DOCUMENT, "title", "Zoë", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (of_case->len, ==, 2);
  g_assert_cmpstr (ehcp_record_get_id (of_case->pdata[0]), ==, a);
  g_assert_cmpstr (ehcp_record_get_id (of_case->pdata[1]), ==, b);
  g_assert_cmpuint (letters->len, ==, 3);
  g_assert_cmpuint (reports->len, ==, 0);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (ehcp_record_get_id (first), ==, a);
  g_assert_null (ehcp_store_find (records_db (f), EHCP_KIND_EVENT, a, &error));
  g_assert_null (ehcp_store_find (records_db (f), EHCP_KIND_DOCUMENT, "", &error));
  g_assert_no_error (error);
}

static void
refuse (RecordsFixture *f, EhcpRecord *record, const char *owner, gboolean is_put, EhcpError code)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = ehcp_store_get_seq (records_db (f), NULL);

  g_assert_false (is_put ? records_try_put (f, record, owner, &error)
                         : records_try_add (f, record, owner, &error));
  g_assert_error (error, EHCP_ERROR, (int) code);
  g_assert_cmpint (ehcp_store_get_seq (records_db (f), NULL), ==, seq);
}

static void
test_refused (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *other = records_new_case (f);
  g_autofree char *taken = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);
  g_autoptr (EhcpRecord) same = records_make (EHCP_KIND_EVENT, taken, case_id, "adults", NULL);
  g_autoptr (EhcpRecord) kind = records_make (EHCP_KIND_DOCUMENT, taken, case_id, "adults", NULL);
  g_autoptr (EhcpRecord) moved = records_make (EHCP_KIND_EVENT, taken, other, "adults", NULL);
  g_autoptr (EhcpRecord) note = records_make (EHCP_KIND_NOTE, NULL, case_id, "adults", NULL);
  g_autoptr (EhcpRecord) account = records_make (EHCP_KIND_ACCOUNT, NULL, NULL, "account", NULL);
  g_autoptr (EhcpRecord) missing = records_make (EHCP_KIND_EVENT, NULL, case_id, "adults", NULL);
  g_autoptr (EhcpRecord) wide = records_make (EHCP_KIND_EVENT, NULL, case_id, "adults", NULL);
  g_autofree char *wide_text = g_strnfill (61, 'x');

  ehcp_record_clear (missing, "date");
  ehcp_record_set_text (wide, "what", wide_text);
  refuse (f, same, NULL, FALSE, EHCP_ERROR_CONFLICT);
  refuse (f, kind, NULL, FALSE, EHCP_ERROR_CONFLICT);
  refuse (f, kind, NULL, TRUE, EHCP_ERROR_CONFLICT);
  refuse (f, moved, NULL, TRUE, EHCP_ERROR_FAILED);
  refuse (f, note, NULL, FALSE, EHCP_ERROR_FAILED);
  refuse (f, account, NULL, FALSE, EHCP_ERROR_FAILED);
  refuse (f, missing, NULL, FALSE, EHCP_ERROR_MISSING);
  refuse (f, wide, NULL, FALSE, EHCP_ERROR_RANGE);
}

static gboolean
has_bytes (const char *path, const char *bytes)
{
  g_autofree char *content = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &content, &length, NULL) &&
         memmem (content, length, bytes, strlen (bytes)) != NULL;
}

static gboolean
checkpoint (EhcpDb *db)
{
  gint64 busy = 1;

  return ehcp_db_get_int (db, NULL, &busy, "PRAGMA wal_checkpoint (TRUNCATE)", "") && busy == 0;
}

/* Withdrawn, a record leaves no trace of what it said, not even in free pages of the file. */
static void
test_removed (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->config->data_dir, "council.db", NULL);
  g_autofree char *case_id = records_new_case (f);
  g_autoptr (EhcpRecord) note = records_make (EHCP_KIND_NOTE, NULL, case_id, "staff", NULL);
  g_autoptr (GError) error = NULL;
  const char *id = ehcp_record_get_id (note);
  EhcpDb *db;

  ehcp_record_set_text (note, "text", "a secret that was withdrawn");
  records_add (f, note, NULL);
  ehcp_council_stop (f->council);
  db = ehcp_db_open (path, FALSE, &error);
  g_assert_true (checkpoint (db));
  ehcp_db_close (db);
  g_assert_true (has_bytes (path, "a secret that was withdrawn"));

  records_fixture_restart (f);
  records_remove (f, EHCP_KIND_NOTE, id);
  records_remove (f, EHCP_KIND_NOTE, id);
  g_assert_null (ehcp_store_find (records_db (f), EHCP_KIND_NOTE, id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_note"), ==, 0);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM tombstone"), ==, 1);
  ehcp_council_stop (f->council);
  db = ehcp_db_open (path, FALSE, &error);
  g_assert_true (checkpoint (db));
  ehcp_db_close (db);
  g_assert_false (has_bytes (path, "a secret that was withdrawn"));
  records_fixture_restart (f);
}

/* A removed id can be used again: an answer that is cleared and typed once more has the same one. */
static void
test_back_again (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *id = records_new (f, EHCP_KIND_ANSWER, case_id, "private", HELEN);
  g_autoptr (EhcpRecord) again = records_make (EHCP_KIND_ANSWER, id, case_id, "private", HELEN);
  g_autoptr (Reader) helen = reader_new (f, &f->helen);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  reader_pull (helen, 10);
  records_remove (f, EHCP_KIND_ANSWER, id);
  records_put (f, again, NULL);
  reader_pull (helen, 1);
  g_assert_true (reader_has (helen, id));
  reader_check (helen);
}

static void
test_owner (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *owner = ehcp_store_get_owner (records_db (f), f->helen.account, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (owner, ==, f->helen.account);
  g_assert_null (ehcp_store_get_owner (records_db (f), case_id, &error));
  g_assert_null (ehcp_store_get_owner (records_db (f), "", &error));
  g_assert_no_error (error);
}

static void
test_epoch (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *epoch = ehcp_store_get_epoch (records_db (f), NULL);
  g_autofree char *kept = NULL;

  g_assert_cmpuint (strlen (epoch), >=, 16);
  records_fixture_restart (f);
  kept = ehcp_store_get_epoch (records_db (f), NULL);
  g_assert_cmpstr (epoch, ==, kept);
}

static gboolean
add_receipts (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));

  return ehcp_db_run (db, error,
                      "INSERT INTO receipt (id, account, kind, body, answer, done_at) "
                      "VALUES (?, 'a', 'note.add', 'b', '{}', ?)",
                      "ss", data, now);
}

static void
test_purge (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ehcp_council_write_sync (f->council, add_receipts, HELEN, &error);
  ehcp_clock_advance (f->clock, 399 * DAY_S);
  ehcp_council_write_sync (f->council, add_receipts, DAVID, &error);
  g_assert_no_error (error);
  records_purge (f);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM receipt"), ==, 2);
  ehcp_clock_advance (f->clock, 2 * DAY_S);
  records_purge (f);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM receipt"), ==, 1);
}

#define ADD(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_fixture_set_up, func, records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/schema", test_schema);
  ADD ("/store/every-kind", test_every_kind);
  ADD ("/store/find", test_find);
  ADD ("/store/refused", test_refused);
  ADD ("/store/removed", test_removed);
  ADD ("/store/back-again", test_back_again);
  ADD ("/store/owner", test_owner);
  ADD ("/store/epoch", test_epoch);
  ADD ("/store/purge", test_purge);
  return g_test_run ();
}
