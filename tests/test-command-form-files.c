/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that go with a form: private until it is sent, documents of the case then; those of a request are its
 * sender's until the case is opened of it. */
#include "council-fixture.h"

#include "ehcp-catalogue.h"
#include "ehcp-error.h"
#include "ehcp-form-definition.h"
#include "ehcp-quarantine.h"
#include "ehcp-text.h"
#include "ehcp-uploads.h"

#include <glib/gstdio.h>
#include <string.h>

#define ABSENT "99999999-9999-4999-8999-999999999999"

static const char views[] =
    "{'name':'views@1','title':'Views','intro':'i','submit':'Send','next':'n','pages':["
    "{'id':'p','title':'t','group':'g','questions':["
    "{'id':'has','kind':'yes-no','label':'l'},"
    "{'id':'shown','kind':'file','label':'l','required':true,'missing':'m','max':2,"
    "'if':{'question':'has','is':'yes'}},"
    "{'id':'words','kind':'short-text','label':'l'}]}]}";

static const char request[] =
    "{'name':'ask@1','title':'Request','intro':'i','submit':'Send','next':'n','use':'request','pages':["
    "{'id':'p','title':'t','group':'g','questions':["
    "{'id':'child-forename','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'child-surname','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'child-birth','kind':'date','label':'l','required':true,'missing':'m'},"
    "{'id':'relationship','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'school','kind':'school','label':'l'},"
    "{'id':'papers','kind':'file','label':'l'}]}]}";

typedef struct
{
  CouncilFixture council;
  char *case_id;
  char *helen;
  char *form;
} Fixture;

static void
write_form (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.json", f->council.config->forms_dir, name);
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (f->council.config->forms_dir, 0700);
  g_file_set_contents (path, json, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) result = NULL;

  council_fixture_set_up (&f->council, data);
  write_form (f, "views@1", views);
  write_form (f, "ask@1", request);
  ehcp_catalogue_load (f->council.council, &error);
  g_assert_no_error (error);
  f->case_id = council_open_case (&f->council, "Isla", "2026-09-07");
  f->helen = council_join (&f->council, f->case_id, &f->council.helen, FALSE);
  f->form = ehcp_text_new_id ();
  result = council_send (&f->council, &f->council.priya, f->form,
                         "{'kind':'form.ask','case':'%s','definition':'views@1','person':'%s','due':'2026-12-01'}",
                         f->case_id, f->helen);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->case_id);
  g_free (f->helen);
  g_free (f->form);
  council_fixture_tear_down (&f->council, data);
}

static char *
upload (Fixture *f, const EhcpActorId *actor, const char *text)
{
  g_autofree char *content = g_strdup_printf ("%%PDF-1.4\n%s\n%%%%EOF\n", text);

  return council_upload (&f->council, actor, "Report.pdf", content);
}

static void
save (Fixture *f, const char *question, const char *value)
{
  g_autoptr (JsonObject) result = council_send (
      &f->council, &f->council.helen, NULL,
      "{'kind':'form.save','case':'%s','form':'%s','question':'%s','value':'%s'}", f->case_id, f->form, question, value);
}

#define SUBMIT "{'kind':'form.submit','case':'%s','form':'%s','composed_at':'2026-11-24T10:00:00Z'"

static void
submit (Fixture *f, const char *uploads, const char *questions)
{
  g_autoptr (JsonObject) result = council_send (&f->council, &f->council.helen, NULL,
                                                SUBMIT ",'uploads':[%s],'questions':[%s]}", f->case_id, f->form, uploads,
                                                questions);
}

static void
refused (Fixture *f, EhcpError code, const char *field, const char *uploads, const char *questions)
{
  council_refused (&f->council, &f->council.helen, code, field, SUBMIT ",'uploads':[%s],'questions':[%s]}", f->case_id,
                   f->form, uploads, questions);
}

static EhcpRecord *
find_answer (Fixture *f, const char *form, const char *person, const char *question)
{
  g_autofree char *id = ehcp_answer_id (form, person, question);

  return council_find (&f->council, EHCP_KIND_ANSWER, id);
}

static void
return_form (Fixture *f)
{
  g_autoptr (JsonObject) result = council_send (&f->council, &f->council.priya, NULL,
                                                "{'kind':'form.return','case':'%s','form':'%s','reason':'More'}",
                                                f->case_id, f->form);
}

/* Each file is a document that its sender and staff see, and a line of the answer; sent again, more come to it, and
 * one can be taken out of the answer. */
static void
test_submit (Fixture *f, gconstpointer data)
{
  g_autofree char *first = upload (f, &f->council.helen, "one");
  g_autofree char *second = upload (f, &f->council.helen, "two");
  g_autofree char *list = g_strdup_printf ("'%s'", first);
  g_autofree char *more = g_strdup_printf ("'%s'", second);
  g_autofree char *value = g_strdup_printf ("%s Report.pdf", first);
  g_autofree char *both = g_strdup_printf ("%s Report.pdf\n%s Report.pdf", first, second);
  g_autofree char *path = NULL;
  g_autoptr (EhcpRecord) answer = NULL;
  g_autoptr (EhcpRecord) document = NULL;

  save (f, "has", "yes");
  submit (f, list, "'shown'");
  document = council_find (&f->council, EHCP_KIND_DOCUMENT, first);
  answer = find_answer (f, f->form, f->helen, "shown");
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, value);
  g_assert_cmpstr (ehcp_record_get_text (answer, "audience"), ==, "named");
  g_assert_cmpstr (ehcp_record_get_text (document, "form"), ==, f->form);
  g_assert_cmpstr (ehcp_record_get_text (document, "title"), ==, "Report.pdf");
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, first));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, first));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_DOCUMENT, first));
  path = ehcp_document_get_path (f->council.council, document);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  return_form (f);
  submit (f, more, "'shown'");
  g_clear_object (&answer);
  answer = find_answer (f, f->form, f->helen, "shown");
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, both);

  return_form (f);
  save (f, "shown", value);
  submit (f, "", "");
  g_clear_object (&answer);
  answer = find_answer (f, f->form, f->helen, "shown");
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, value);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *own = upload (f, &f->council.helen, "own");
  g_autofree char *theirs = upload (f, &f->council.david, "theirs");
  g_autofree char *begun = council_begin_upload (&f->council, &f->council.helen, "Report.pdf", "not sent");
  g_autofree char *one = g_strdup_printf ("'%s'", own);
  g_autofree char *other = g_strdup_printf ("'%s'", theirs);
  g_autofree char *half = g_strdup_printf ("'%s'", begun);
  g_autofree char *made_up = g_strdup_printf (ABSENT " Report.pdf");

  /* Not asked, no file, no such question, and one without the other. */
  refused (f, EHCP_ERROR_RANGE, "/questions/0", one, "'shown'");
  save (f, "has", "yes");
  refused (f, EHCP_ERROR_MISSING, "/answers/shown", "", "");
  refused (f, EHCP_ERROR_RANGE, "/questions/0", one, "'words'");
  refused (f, EHCP_ERROR_RANGE, "/questions/0", one, "'absent'");
  refused (f, EHCP_ERROR_RANGE, "/questions", one, "");
  refused (f, EHCP_ERROR_MALFORMED, "/uploads/0", "'x'", "'shown'");
  refused (f, EHCP_ERROR_NOT_FOUND, "/uploads/0", other, "'shown'");
  refused (f, EHCP_ERROR_CONFLICT, "/uploads/0", half, "'shown'");
  /* A document that did not come with this form is not named by its answer. */
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_RANGE, "/value",
                   "{'kind':'form.save','case':'%s','form':'%s','question':'shown','value':'%s'}", f->case_id, f->form,
                   made_up);
  /* Nothing was used up by all that. */
  submit (f, one, "'shown'");
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_DOCUMENT, f->case_id), ==, 1);
}

static void
test_too_many (Fixture *f, gconstpointer data)
{
  g_autofree char *a = upload (f, &f->council.helen, "a");
  g_autofree char *b = upload (f, &f->council.helen, "b");
  g_autofree char *c = upload (f, &f->council.helen, "c");
  g_autofree char *all = g_strdup_printf ("'%s','%s','%s'", a, b, c);

  save (f, "has", "yes");
  refused (f, EHCP_ERROR_RANGE, "/answers/shown", all, "'shown','shown','shown'");
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_DOCUMENT, f->case_id), ==, 0);
}

#define NOAH                                                                                                \
  "{\\'child-forename\\':\\'Noah\\',\\'child-surname\\':\\'Marlow\\',\\'child-birth\\':\\'2021-05-04\\',"   \
  "\\'relationship\\':\\'Mother\\'}"

static EhcpRecord *
find_for_staff (Fixture *f, const char *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = ehcp_store_list_where (ehcp_council_get_reader (f->council.council, &error),
                                                      EHCP_KIND_DOCUMENT, "form", form, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    if (g_strcmp0 (ehcp_record_get_text (list->pdata[i], "audience"), "staff") == 0)
      return g_object_ref (list->pdata[i]);
  return NULL;
}

/* The sender's and for staff until the case is there; then its own documents, and nothing is left of the first copies. */
static void
test_request (Fixture *f, gconstpointer data)
{
  g_autofree char *form = ehcp_text_new_id ();
  g_autofree char *file = upload (f, &f->council.helen, "paper");
  g_autoptr (JsonObject) sent = NULL;
  g_autoptr (JsonObject) opened = NULL;
  g_autoptr (JsonObject) done = NULL;
  g_autoptr (EhcpRecord) request_record = NULL;
  g_autoptr (EhcpRecord) kept = NULL;
  g_autoptr (EhcpRecord) shown = NULL;
  g_autofree char *shown_path = NULL;
  g_autoptr (EhcpRecord) copy = NULL;
  g_autoptr (EhcpRecord) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *kept_path = NULL;
  g_autofree char *copy_path = NULL;
  const char *case_id;

  sent = council_send (&f->council, &f->council.helen, form,
                       "{'kind':'assessment.request','composed_at':'2026-11-24T10:00:00Z','definition':'ask@1',"
                       "'answers':'" NOAH "','uploads':['%s'],'questions':['papers']}", file);
  kept = council_find (&f->council, EHCP_KIND_DOCUMENT, file);
  kept_path = ehcp_document_get_path (f->council.council, kept);
  g_assert_null (ehcp_record_get_case (kept));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, file));
  g_assert_false (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, file));
  g_assert_true (g_file_test (kept_path, G_FILE_TEST_EXISTS));
  /* All staff read the same content under another id, the family does not. */
  shown = find_for_staff (f, form);
  shown_path = ehcp_document_get_path (f->council.council, shown);
  g_assert_cmpstr (shown_path, ==, kept_path);
  g_assert_cmpstr (ehcp_record_get_id (shown), !=, file);
  g_assert_null (ehcp_record_get_case (shown));
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, ehcp_record_get_id (shown)));
  g_assert_true (council_sees (&f->council, &f->council.omar, EHCP_KIND_DOCUMENT, ehcp_record_get_id (shown)));
  g_assert_false (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, ehcp_record_get_id (shown)));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_DOCUMENT, ehcp_record_get_id (shown)));
  request_record = council_find_where (&f->council, EHCP_KIND_REQUEST, "form", form);
  g_assert_nonnull (strstr (ehcp_record_get_text (request_record, "answers"), "Report.pdf"));
  ehcp_documents_collect (f->council.council, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (kept_path, G_FILE_TEST_EXISTS));

  opened = council_send (&f->council, &f->council.priya, NULL,
                         "{'kind':'case.open','child_forename':'Noah','child_surname':'Marlow',"
                         "'date_of_birth':'2021-05-04','received':'" COUNCIL_TODAY "','request':'%s'}",
                         ehcp_record_get_id (request_record));
  case_id = ehcp_json_get_text (opened, "case");
  copy = council_first (&f->council, EHCP_KIND_DOCUMENT, case_id);
  copy_path = ehcp_document_get_path (f->council.council, copy);
  /* From now on only those see it who see the case. */
  g_assert_null (find_for_staff (f, form));
  g_assert_false (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, ehcp_record_get_id (shown)));
  g_assert_false (council_sees (&f->council, &f->council.omar, EHCP_KIND_DOCUMENT, ehcp_record_get_id (copy)));
  g_assert_true (g_file_test (kept_path, G_FILE_TEST_EXISTS));
  g_assert_cmpstr (ehcp_record_get_text (copy, "title"), ==, "Report.pdf");
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_DOCUMENT, ehcp_record_get_id (copy)));
  g_assert_true (g_file_test (copy_path, G_FILE_TEST_EXISTS));

  council_accept (&f->council, &f->council.helen);
  person = council_first (&f->council, EHCP_KIND_PERSON, case_id);
  done = council_send (&f->council, &f->council.priya, NULL, "{'kind':'access.activate','case':'%s','person':'%s'}",
                       case_id, ehcp_record_get_id (person));
  g_assert_false (g_file_test (kept_path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (copy_path, G_FILE_TEST_EXISTS));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, ehcp_record_get_id (copy)));
  g_assert_false (council_sees (&f->council, &f->council.helen, EHCP_KIND_DOCUMENT, file));
}

/* A file cannot be named among the answers: it has to come. */
static void
test_request_refused (Fixture *f, gconstpointer data)
{
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_RANGE, "/answers/papers",
                   "{'kind':'assessment.request','composed_at':'2026-11-24T10:00:00Z','definition':'ask@1',"
                   "'answers':'{\\'papers\\':\\'" ABSENT " x\\'}'}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/command-form-files/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("submit", test_submit);
  ADD ("refused", test_refused);
  ADD ("too-many", test_too_many);
  ADD ("request", test_request);
  ADD ("request-refused", test_request_refused);
  return g_test_run ();
}
