/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ships to everyone: forms, stage texts and message types, put when they are new or changed. */
#include "records-fixture.h"

#include "ehcp-catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#define FORM(name, label)                                                                  \
  "{\"name\":\"" name "@1\",\"title\":\"A form\",\"intro\":\"x\",\"submit\":\"Submit\",\"next\":\"x\"," \
  "\"pages\":[{\"id\":\"p\",\"title\":\"Page\",\"group\":\"All\",\"questions\":["           \
  "{\"id\":\"q\",\"kind\":\"yes-no\",\"label\":\"" label "\",\"missing\":\"Say it\"}]}]}"

#define STAGES(text)                                                                             \
  "{\"stages\":[{\"stage\":\"request\",\"title\":\"Request received\",\"summary\":\"s\",\"text\":\"" text "\"}]}"

static char *
get_path (RecordsFixture *f, const char *name)
{
  return g_build_filename (f->dir, "files", name, NULL);
}

static void
write_file (RecordsFixture *f, const char *name, const char *content)
{
  g_autofree char *path = get_path (f, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
use_own_files (RecordsFixture *f)
{
  static const char *const types[] = { "Question", "Appointment", NULL };

  f->config->forms_dir = get_path (f, "forms");
  f->config->stage_text_file = get_path (f, "stages.json");
  f->config->message_types = g_strdupv ((GStrv) types);
  write_file (f, "forms/one.json", FORM ("one", "What?"));
  write_file (f, "stages.json", STAGES ("First words"));
}

static gint64
load (RecordsFixture *f)
{
  g_autoptr (GError) error = NULL;

  ehcp_catalogue_load (f->council, &error);
  g_assert_no_error (error);
  return ehcp_store_get_seq (records_db (f), NULL);
}

static void
refuse (RecordsFixture *f, EhcpError code, const char *file)
{
  g_autoptr (GError) error = NULL;
  gint64 seq = ehcp_store_get_seq (records_db (f), NULL);

  g_assert_false (ehcp_catalogue_load (f->council, &error));
  g_assert_error (error, EHCP_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, file));
  g_assert_cmpint (ehcp_store_get_seq (records_db (f), NULL), ==, seq);
}

static void
test_only_what_changed (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (EhcpRecord) text = NULL;
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  gint64 seq;

  use_own_files (f);
  seq = load (f);
  g_assert_cmpint (load (f), ==, seq);
  reader_pull (helen, 100);
  g_assert_cmpuint (g_hash_table_size (helen->records), ==, 1 + 1 + 1 + 2);

  write_file (f, "stages.json", STAGES ("Better words"));
  g_assert_cmpint (load (f), ==, seq + 1);
  text = ehcp_store_find_where (records_db (f), EHCP_KIND_STAGE_TEXT, "stage", "request", NULL);
  g_assert_cmpstr (ehcp_record_get_text (text, "text"), ==, "Better words");
  reader_pull (helen, 100);
  g_assert_cmpuint (reader_n (helen, "records"), ==, 1);
}

static void
test_message_types (RecordsFixture *f, gconstpointer data)
{
  static const char *const fewer[] = { "Appointment", NULL };
  g_autoptr (EhcpRecord) type = NULL;

  use_own_files (f);
  load (f);
  g_strfreev (f->config->message_types);
  f->config->message_types = g_strdupv ((GStrv) fewer);
  load (f);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_message_type"), ==, 1);
  type = ehcp_store_find_where (records_db (f), EHCP_KIND_MESSAGE_TYPE, "name", "Appointment", NULL);
  g_assert_cmpint (ehcp_record_get_int (type, "position"), ==, 1);
}

static void
test_form_in_use (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *case_id = records_new_case (f);
  g_autoptr (EhcpRecord) form = records_make (EHCP_KIND_FORM, NULL, case_id, "named", HELEN);
  g_autoptr (EhcpFormDefinition) definition = NULL;
  g_autoptr (GError) error = NULL;

  use_own_files (f);
  load (f);
  write_file (f, "forms/one.json", FORM ("one", "Who?"));
  load (f);
  ehcp_record_set_text (form, "definition", "one@1");
  records_add (f, form, NULL);
  load (f);
  write_file (f, "forms/one.json", FORM ("one", "Where?"));
  refuse (f, EHCP_ERROR_CONFLICT, "one.json");

  definition = ehcp_catalogue_find_form (records_db (f), "one@1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ehcp_form_definition_find (definition, "q")->label, ==, "Who?");
  g_assert_null (ehcp_catalogue_find_form (records_db (f), "one@2", &error));
  g_assert_no_error (error);
}

/* A form that is no longer shipped can still be opened by those who were asked. */
static void
test_form_stays (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (EhcpFormDefinition) definition = NULL;

  use_own_files (f);
  load (f);
  path = get_path (f, "forms/one.json");
  g_unlink (path);
  load (f);
  definition = ehcp_catalogue_find_form (records_db (f), "one@1", NULL);
  g_assert_nonnull (definition);
}

static void
assert_form_state (RecordsFixture *f, const char *name, const char *state)
{
  g_autoptr (EhcpRecord) record = ehcp_store_find_where (records_db (f), EHCP_KIND_FORM_DEFINITION, "definition",
                                                         name, NULL);

  g_assert_nonnull (record);
  g_assert_cmpstr (ehcp_record_get_text (record, "state"), ==, state);
}

/* The newest version that the folder has is in use; what was begun with an older one is still known. */
static void
test_form_states (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  gint64 seq;

  use_own_files (f);
  load (f);
  assert_form_state (f, "one@1", "current");
  write_file (f, "forms/newer.json", "{\"name\":\"one@2\",\"title\":\"T\",\"intro\":\"i\",\"submit\":\"S\","
                                     "\"next\":\"n\",\"pages\":[{\"id\":\"p\",\"title\":\"t\",\"group\":\"g\","
                                     "\"questions\":[{\"id\":\"q\",\"kind\":\"yes-no\",\"label\":\"l\"}]}]}");
  load (f);
  assert_form_state (f, "one@1", "superseded");
  assert_form_state (f, "one@2", "current");
  seq = ehcp_store_get_seq (records_db (f), NULL);
  g_assert_cmpint (load (f), ==, seq);
  path = get_path (f, "forms/one.json");
  g_unlink (path);
  load (f);
  assert_form_state (f, "one@1", "withdrawn");
  assert_form_state (f, "one@2", "current");
}

/* A list of one's own, and an extract of the register as it is: other columns, another encoding, quotes. */
static void
test_schools (RecordsFixture *f, gconstpointer data)
{
  gint64 seq;

  use_own_files (f);
  f->config->schools_file = get_path (f, "schools.csv");
  write_file (f, "schools.csv", "name,town,type,urn\nOakmere Primary School,Wychford,Primary school,\n\n,Nowhere,,\n");
  seq = load (f);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_school"), ==, 1);
  g_assert_cmpint (load (f), ==, seq);
  write_file (f, "schools.csv",
              "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),Town\r\n"
              "100000,201,\"The \"\"Aldgate\"\", Infants\",Voluntary aided school,London\r\n"
              "100001,201,St Zo\xeb\x92s,Academy,\r\n");
  load (f);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_school"), ==, 2);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_school WHERE name = 'The \"Aldgate\", Infants' AND "
                                   "town = 'London' AND urn = '100000'"), ==, 1);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_school WHERE name = 'St Zoë’s'"), ==, 1);
  write_file (f, "schools.csv", "school,town\nOakmere,Wychford\n");
  refuse (f, EHCP_ERROR_MISSING, "schools.csv");
}

static void
test_bad_files (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (8001, 'x');
  g_autofree char *too_long = g_strconcat ("{\"stages\":[{\"stage\":\"request\",\"title\":\"t\",\"summary\":\"s\",\"text\":\"",
                                           long_text, "\"}]}", NULL);

  use_own_files (f);
  write_file (f, "forms/two.json", "{");
  refuse (f, EHCP_ERROR_MALFORMED, "two.json");
  write_file (f, "forms/two.json", FORM ("one", "Other"));
  refuse (f, EHCP_ERROR_CONFLICT, ".json");
  write_file (f, "forms/two.json", FORM ("two", "Other"));
  write_file (f, "stages.json", "{\"stages\":[{\"stage\":\"request\"}]}");
  refuse (f, EHCP_ERROR_MISSING, "stages.json");
  write_file (f, "stages.json", "{\"stages\":[3]}");
  refuse (f, EHCP_ERROR_MALFORMED, "stages.json");
  write_file (f, "stages.json", "{}");
  refuse (f, EHCP_ERROR_MISSING, "stages.json");
  write_file (f, "stages.json", too_long);
  refuse (f, EHCP_ERROR_RANGE, "stages.json");
}

/* The files that the project ships: every stage of a case has its words. */
static void
test_shipped (RecordsFixture *f, gconstpointer data)
{
  const EhcpShape *shape = ehcp_kind_get_shape (EHCP_KIND_CASE);
  const EhcpField *stage = &shape->fields[ehcp_shape_find (shape, "stage")];

  f->config->forms_dir = g_build_filename (TEST_DATADIR, "forms", NULL);
  f->config->stage_text_file = g_build_filename (TEST_DATADIR, "stage-text", "stages.json", NULL);
  load (f);
  for (guint i = 0; stage->names[i] != NULL; i++)
    {
      g_autoptr (EhcpRecord) text = ehcp_store_find_where (records_db (f), EHCP_KIND_STAGE_TEXT, "stage",
                                                           stage->names[i], NULL);

      g_test_message ("%s", stage->names[i]);
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (ehcp_record_get_text (text, "text"), "SENDIASS"));
    }
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_stage_text"), ==, 8);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM kind_form_definition"), >=, 2);
}

#define ADD(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_fixture_set_up, func, records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/catalogue/only-what-changed", test_only_what_changed);
  ADD ("/catalogue/message-types", test_message_types);
  ADD ("/catalogue/form/in-use", test_form_in_use);
  ADD ("/catalogue/form/stays", test_form_stays);
  ADD ("/catalogue/form-states", test_form_states);
  ADD ("/catalogue/schools", test_schools);
  ADD ("/catalogue/bad-files", test_bad_files);
  ADD ("/catalogue/shipped", test_shipped);
  return g_test_run ();
}
