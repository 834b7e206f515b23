/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for an assessment: what the sender keeps, what staff get, the case that is opened of it; and comments
 * on a draft plan. */
#include "council-fixture.h"

#include "ehcp-catalogue.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#include <glib/gstdio.h>
#include <string.h>

#define HELEN "helen.marlow@family.example"

static const char request_form[] =
    "{'name':'ask@1','title':'Request','intro':'i','submit':'Send','next':'n','use':'request','pages':["
    "{'id':'p','title':'t','group':'g','questions':["
    "{'id':'child-forename','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'child-surname','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'child-birth','kind':'date','label':'l','required':true,'missing':'m'},"
    "{'id':'relationship','kind':'short-text','label':'l','required':true,'missing':'m'},"
    "{'id':'at-school','kind':'yes-no','label':'l'},"
    "{'id':'school','kind':'school','label':'l','if':{'question':'at-school','is':'yes'}}]}]}";

static const char comment_form[] =
    "{'name':'draft@1','title':'Comments','intro':'i','submit':'Send','next':'n','pages':["
    "{'id':'b','title':'t','group':'g','questions':["
    "{'id':'b-change','kind':'long-text','label':'l','comments':'B'},"
    "{'id':'b-why','kind':'long-text','label':'l','comments':'B','evidence':true}]},"
    "{'id':'f','title':'t','group':'g','questions':["
    "{'id':'f-change','kind':'long-text','label':'l','comments':'F'}]}]}";

typedef struct
{
  CouncilFixture council;
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

  council_fixture_set_up (&f->council, data);
  write_form (f, "ask@1", request_form);
  write_form (f, "draft@1", comment_form);
  ehcp_catalogue_load (f->council.council, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  council_fixture_tear_down (&f->council, data);
}

#define BEGIN "{'kind':'assessment.request','composed_at':'2026-11-24T10:00:00Z','definition':'ask@1','answers':'"
#define NOAH                                                                                         \
  "{\\'child-forename\\':\\'Noah\\',\\'child-surname\\':\\'Marlow\\',\\'child-birth\\':\\'2021-05-04\\'," \
  "\\'relationship\\':\\'Mother\\',\\'at-school\\':\\'no\\',\\'school\\':\\'Old School\\'}"

/* Answers are JSON within JSON: the fixture turns ' into ", and the backslash before it is the JSON's own. */
static char *
ask (Fixture *f)
{
  g_autoptr (JsonObject) result = NULL;
  char *id = ehcp_text_new_id ();

  result = council_send (&f->council, &f->council.helen, id, BEGIN NOAH "'}");
  g_assert_cmpstr (ehcp_json_get_text (result, "reference"), ==, "WY-R-00001");
  return id;
}

static JsonObject *
open_case (Fixture *f, const char *request, const char *received)
{
  return council_send (&f->council, &f->council.priya, NULL,
                       "{'kind':'case.open','child_forename':'Noah','child_surname':'Marlow',"
                       "'date_of_birth':'2021-05-04','received':'%s','request':'%s'}",
                       received, request);
}

static void
test_ask (Fixture *f, gconstpointer data)
{
  g_autofree char *form = ask (f);
  g_autoptr (EhcpRecord) request = council_find_where (&f->council, EHCP_KIND_REQUEST, "form", form);
  g_autoptr (EhcpRecord) kept = council_find (&f->council, EHCP_KIND_FORM, form);
  g_autofree char *answer = ehcp_answer_id (form, f->council.helen.account, "child-forename");
  g_autofree char *mail = council_mail (&f->council, HELEN, "request-received");
  const char *id = ehcp_record_get_id (request);

  g_assert_cmpstr (ehcp_record_get_text (request, "child_forename"), ==, "Noah");
  g_assert_cmpint (ehcp_record_get_date (request, "received"), ==, ehcp_date_parse (COUNCIL_TODAY));
  g_assert_cmpstr (ehcp_record_get_text (request, "email"), ==, HELEN);
  /* What was not asked in the end stays with the sender. */
  g_assert_null (strstr (ehcp_record_get_text (request, "answers"), "Old School"));
  g_assert_cmpstr (ehcp_record_get_text (kept, "state"), ==, "submitted");
  g_assert_cmpstr (ehcp_record_get_text (kept, "reference"), ==, "WY-R-00001");
  g_assert_nonnull (strstr (mail, "WY-R-00001"));
  g_assert_null (strstr (mail, "Noah"));

  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_FORM, form));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_ANSWER, answer));
  g_assert_false (council_sees (&f->council, &f->council.helen, EHCP_KIND_REQUEST, id));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_FORM, form));
  g_assert_false (council_sees (&f->council, &f->council.priya, EHCP_KIND_FORM, form));
  g_assert_false (council_sees (&f->council, &f->council.priya, EHCP_KIND_ANSWER, answer));
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_REQUEST, id));
  g_assert_true (council_sees (&f->council, &f->council.omar, EHCP_KIND_REQUEST, id));
}

/* Each answer that cannot be is refused at its place, and nothing is left behind. */
static void
test_refusals (Fixture *f, gconstpointer data)
{
  static const struct
  {
    EhcpError code;
    const char *field;
    const char *answers;
  } rows[] = {
    { EHCP_ERROR_MALFORMED, "/answers", "Noah" },
    { EHCP_ERROR_MALFORMED, "/answers", "[]" },
    { EHCP_ERROR_MISSING, "/answers/child-forename", "{}" },
    { EHCP_ERROR_UNKNOWN_FIELD, "/answers/no-such-question", "{\\'no-such-question\\':\\'1\\'}" },
    { EHCP_ERROR_MALFORMED, "/answers/child-forename", "{\\'child-forename\\':7}" },
    { EHCP_ERROR_MALFORMED, "/answers/child-forename", "{\\'child-forename\\':[\\'Noah\\']}" },
    { EHCP_ERROR_RANGE, "/answers/child-birth",
      "{\\'child-forename\\':\\'N\\',\\'child-surname\\':\\'M\\',\\'child-birth\\':\\'4.5.2021\\'}" },
    { EHCP_ERROR_RANGE, "/answers/child-birth",
      "{\\'child-forename\\':\\'N\\',\\'child-surname\\':\\'M\\',\\'child-birth\\':\\'2027-05-04\\',"
      "\\'relationship\\':\\'Mother\\'}" },
    { EHCP_ERROR_RANGE, "/answers/at-school",
      "{\\'child-forename\\':\\'N\\',\\'child-surname\\':\\'M\\',\\'child-birth\\':\\'2021-05-04\\',"
      "\\'relationship\\':\\'Mother\\',\\'at-school\\':\\'perhaps\\'}" },
  };
  g_autofree char *long_name = g_strnfill (101, 'n');

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].answers);
      council_refused (&f->council, &f->council.helen, rows[i].code, rows[i].field, BEGIN "%s'}",
                       rows[i].answers);
    }
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_RANGE, "/answers/child-forename",
                   BEGIN "{\\'child-forename\\':\\'%s\\',\\'child-surname\\':\\'M\\',\\'child-birth\\':"
                         "\\'2021-05-04\\',\\'relationship\\':\\'Mother\\'}'}",
                   long_name);
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_RANGE, "/definition",
                   "{'kind':'assessment.request','composed_at':'2026-11-24T10:00:00Z',"
                   "'definition':'draft@1','answers':'{}'}");
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_RANGE, "/definition",
                   "{'kind':'assessment.request','composed_at':'2026-11-24T10:00:00Z',"
                   "'definition':'ask@2','answers':'{}'}");
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_NOT_ALLOWED, NULL, BEGIN NOAH "'}");
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM kind_request"), ==, 0);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM kind_form"), ==, 0);
}

static void
load_forms (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  ehcp_catalogue_load (f->council.council, &error);
  g_assert_no_error (error);
}

/* Who was offline while a newer version came can still send what they wrote; a form that the council took out of use
 * is refused as one that is over, not as a mistake of the sender. */
static void
test_other_versions (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->council.config->forms_dir, "ask@1.json", NULL);
  g_autoptr (GString) newer = g_string_new (request_form);
  g_autofree char *form = NULL;

  g_string_replace (newer, "ask@1", "ask@2", 0);
  write_form (f, "ask@2", newer->str);
  load_forms (f);
  form = ask (f);
  g_unlink (path);
  load_forms (f);
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_CONFLICT, "/definition", BEGIN NOAH "'}");
}

/* The account is there already: accepting the invitation is all that is left to do. */
static void
test_open (Fixture *f, gconstpointer data)
{
  g_autofree char *form = ask (f);
  g_autoptr (EhcpRecord) before = council_find_where (&f->council, EHCP_KIND_REQUEST, "form", form);
  g_autoptr (JsonObject) result = open_case (f, ehcp_record_get_id (before), COUNCIL_TODAY);
  const char *case_id = ehcp_json_get_text (result, "case");
  g_autoptr (EhcpRecord) request = council_find_where (&f->council, EHCP_KIND_REQUEST, "form", form);
  g_autoptr (EhcpRecord) person = council_first (&f->council, EHCP_KIND_PERSON, case_id);
  g_autoptr (EhcpRecord) in_case = council_first (&f->council, EHCP_KIND_FORM, case_id);
  g_autoptr (EhcpRecord) event = council_first (&f->council, EHCP_KIND_EVENT, case_id);
  g_autoptr (EhcpRecord) sent = council_find (&f->council, EHCP_KIND_FORM, form);
  g_autoptr (JsonObject) activated = NULL;

  g_assert_cmpstr (ehcp_record_get_text (request, "state"), ==, "opened");
  g_assert_cmpstr (ehcp_record_get_text (request, "opened_case"), ==, case_id);
  g_assert_cmpstr (ehcp_record_get_text (person, "access"), ==, "verified");
  g_assert_cmpstr (ehcp_record_get_text (event, "what"), ==, "request-received");
  g_assert_cmpint (ehcp_record_get_date (event, "date"), ==, ehcp_date_parse (COUNCIL_TODAY));
  g_assert_cmpstr (ehcp_record_get_text (in_case, "reference"), ==, "WY-R-00001");
  g_assert_cmpstr (ehcp_record_get_text (sent, "state"), ==, "accepted");
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_ANSWER, case_id), ==, 5);
  g_assert_cmpuint (council_count_mails (&f->council, HELEN, "invitation"), ==, 1);
  g_assert_cmpuint (council_count_mails (&f->council, HELEN, "unique-code"), ==, 0);

  council_accept (&f->council, &f->council.helen);
  activated = council_send (&f->council, &f->council.priya, NULL,
                            "{'kind':'access.activate','case':'%s','person':'%s'}", case_id,
                            ehcp_record_get_id (person));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_FORM, ehcp_record_get_id (in_case)));
  g_assert_false (council_sees (&f->council, &f->council.helen, EHCP_KIND_FORM, form));
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM record WHERE kind = 'answer' AND "
                                             "case_id IS NULL"), ==, 0);
}

static void
test_open_refused (Fixture *f, gconstpointer data)
{
#define OPEN                                                                                           \
  "{'kind':'case.open','child_forename':'Noah','child_surname':'Marlow','date_of_birth':'2021-05-04'," \
  "'received':'%s','request':'%s'}"
  g_autofree char *form = ask (f);
  g_autoptr (EhcpRecord) request = council_find_where (&f->council, EHCP_KIND_REQUEST, "form", form);
  const char *id = ehcp_record_get_id (request);
  g_autoptr (JsonObject) opened = NULL;

  council_refused (&f->council, &f->council.priya, EHCP_ERROR_NOT_FOUND, "/request", OPEN, COUNCIL_TODAY,
                   form);
  ehcp_clock_advance (f->council.clock, 24 * 60 * 60);
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_RANGE, "/received", OPEN, "2026-11-25", id);
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_RANGE, "/checked",
                   "{'kind':'case.open','child_forename':'Noah','child_surname':'Marlow',"
                   "'date_of_birth':'2021-05-04','received':'2026-11-24','checked':'Passport'}");
  opened = open_case (f, id, COUNCIL_TODAY);
  council_refused (&f->council, &f->council.omar, EHCP_ERROR_CONFLICT, "/request", OPEN, COUNCIL_TODAY, id);
}

/* Comments */

typedef struct
{
  char *case_id;
  char *helen;
  char *form;
} Draft;

static void
draft_clear (Draft *draft)
{
  g_free (draft->case_id);
  g_free (draft->helen);
  g_free (draft->form);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

static void
save (Fixture *f, const Draft *draft, const char *question, const char *value)
{
  g_autoptr (JsonObject) result = council_send (
      &f->council, &f->council.helen, NULL,
      "{'kind':'form.save','case':'%s','form':'%s','question':'%s','value':'%s'}", draft->case_id, draft->form,
      question, value);
}

static void
submit (Fixture *f, const Draft *draft)
{
  g_autoptr (JsonObject) result = council_send (
      &f->council, &f->council.helen, NULL,
      "{'kind':'form.submit','case':'%s','form':'%s','composed_at':'2026-11-24T10:00:00Z'}", draft->case_id,
      draft->form);
}

static Draft
ask_for_comments (Fixture *f)
{
  g_autoptr (JsonObject) result = NULL;
  Draft draft = { 0 };

  draft.case_id = council_open_case (&f->council, "Isla", "2026-09-07");
  draft.helen = council_join (&f->council, draft.case_id, &f->council.helen, FALSE);
  draft.form = ehcp_text_new_id ();
  result = council_send (&f->council, &f->council.priya, draft.form,
                         "{'kind':'form.ask','case':'%s','definition':'draft@1','person':'%s'}", draft.case_id,
                         draft.helen);
  return draft;
}

static EhcpRecord *
find_comment (Fixture *f, const char *section)
{
  return council_find_where (&f->council, EHCP_KIND_COMMENT, "section", section);
}

static void
decide (Fixture *f, const Draft *draft, EhcpRecord *comment, const char *state, const char *more)
{
  g_autoptr (JsonObject) result = council_send (
      &f->council, &f->council.priya, NULL,
      "{'kind':'comment.decide','case':'%s','comment':'%s','state':'%s'%s}", draft->case_id,
      ehcp_record_get_id (comment), state, more);
}

static void
test_comments (Fixture *f, gconstpointer data)
{
  g_auto (Draft) draft = ask_for_comments (f);
  g_autoptr (EhcpRecord) comment = NULL;
  g_autoptr (EhcpRecord) decided = NULL;
  g_autoptr (EhcpRecord) changed = NULL;
  g_autoptr (JsonObject) returned = NULL;

  save (f, &draft, "b-change", "He reads well");
  save (f, &draft, "b-why", "The school report");
  save (f, &draft, "f-change", "   ");
  submit (f, &draft);
  comment = find_comment (f, "B");
  g_assert_cmpstr (ehcp_record_get_text (comment, "text"), ==, "He reads well");
  g_assert_cmpstr (ehcp_record_get_text (comment, "evidence"), ==, "The school report");
  g_assert_cmpstr (ehcp_record_get_text (comment, "state"), ==, "received");
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_COMMENT, draft.case_id), ==, 1);

  council_refused (&f->council, &f->council.priya, EHCP_ERROR_MISSING, "/reason",
                   "{'kind':'comment.decide','case':'%s','comment':'%s','state':'declined'}", draft.case_id,
                   ehcp_record_get_id (comment));
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_NOT_ALLOWED, NULL,
                   "{'kind':'comment.decide','case':'%s','comment':'%s','state':'accepted'}", draft.case_id,
                   ehcp_record_get_id (comment));
  decide (f, &draft, comment, "declined", ",'reason':'The test says otherwise'");
  decided = find_comment (f, "B");
  g_assert_cmpstr (ehcp_record_get_text (decided, "state"), ==, "declined");
  g_assert_cmpstr (ehcp_record_get_text (decided, "reason"), ==, "The test says otherwise");
  g_assert_nonnull (ehcp_record_get_text (decided, "decided_by"));

  returned = council_send (&f->council, &f->council.priya, NULL,
                           "{'kind':'form.return','case':'%s','form':'%s','reason':'Section F?'}",
                           draft.case_id, draft.form);
  save (f, &draft, "f-change", "More speech therapy");
  submit (f, &draft);
  changed = find_comment (f, "B");
  g_assert_cmpstr (ehcp_record_get_text (changed, "state"), ==, "declined");
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_COMMENT, draft.case_id), ==, 2);
}

/* A comment with other words is to be answered anew; one that was taken back is gone. */
static void
test_comment_changes (Fixture *f, gconstpointer data)
{
  g_auto (Draft) draft = ask_for_comments (f);
  g_autoptr (EhcpRecord) comment = NULL;
  g_autoptr (EhcpRecord) again = NULL;
  g_autoptr (JsonObject) returned = NULL;

  save (f, &draft, "b-change", "One");
  save (f, &draft, "f-change", "Two");
  submit (f, &draft);
  comment = find_comment (f, "B");
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_COMMENT, ehcp_record_get_id (comment)));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_COMMENT,
                                ehcp_record_get_id (comment)));
  decide (f, &draft, comment, "accepted", "");
  returned = council_send (&f->council, &f->council.priya, NULL,
                           "{'kind':'form.return','case':'%s','form':'%s','reason':'?'}", draft.case_id,
                           draft.form);
  save (f, &draft, "b-change", "Three");
  save (f, &draft, "f-change", "");
  submit (f, &draft);
  again = find_comment (f, "B");
  g_assert_cmpstr (ehcp_record_get_text (again, "state"), ==, "received");
  g_assert_cmpstr (ehcp_record_get_text (again, "text"), ==, "Three");
  g_assert_null (ehcp_record_get_text (again, "decided_by"));
  g_assert_null (find_comment (f, "F"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/command-request/ask", test_ask);
  ADD ("/command-request/refusals", test_refusals);
  ADD ("/command-request/other-versions", test_other_versions);
  ADD ("/command-request/open", test_open);
  ADD ("/command-request/open-refused", test_open_refused);
  ADD ("/command-request/comments", test_comments);
  ADD ("/command-request/comment-changes", test_comment_changes);
  return g_test_run ();
}
