/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms: asked for, saved as they are typed, submitted, accepted, returned; and who sees the answers. */
#include "council-fixture.h"

#include "ehcp-catalogue.h"
#include "ehcp-error.h"
#include "ehcp-text.h"

#include <glib/gstdio.h>
#include <string.h>

#define HELEN "helen.marlow@family.example"
#define ABSENT "99999999-9999-4999-8999-999999999999"

static const char little[] =
    "{\"name\":\"little@1\",\"title\":\"Your views\",\"intro\":\"i\",\"submit\":\"Submit\",\"next\":\"n\","
    "\"pages\":[{\"id\":\"p\",\"title\":\"t\",\"group\":\"g\",\"questions\":["
    "{\"id\":\"about\",\"kind\":\"long-text\",\"label\":\"l\",\"required\":true,\"max\":20,\"missing\":\"m\"},"
    "{\"id\":\"health\",\"kind\":\"yes-no\",\"label\":\"l\",\"required\":true,\"missing\":\"m\"},"
    "{\"id\":\"health-what\",\"kind\":\"long-text\",\"label\":\"l\",\"required\":true,\"max\":100,"
    "\"missing\":\"m\",\"if\":{\"question\":\"health\",\"is\":\"yes\"}},"
    "{\"id\":\"seen\",\"kind\":\"date\",\"label\":\"l\"}]}]}";

typedef struct
{
  CouncilFixture council;
  char *case_id;
  char *helen;
  char *david;
  char *form;
} Fixture;

static char *
ask (Fixture *f)
{
  char *id = ehcp_text_new_id ();
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, &f->council.priya, id,
                         "{'kind':'form.ask','case':'%s','definition':'little@1','person':'%s',"
                         "'due':'2026-12-01'}",
                         f->case_id, f->helen);
  return id;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  council_fixture_set_up (&f->council, data);
  path = g_build_filename (f->council.config->forms_dir, "little@1.json", NULL);
  g_mkdir_with_parents (f->council.config->forms_dir, 0700);
  g_file_set_contents (path, little, -1, &error);
  g_assert_no_error (error);
  ehcp_catalogue_load (f->council.council, &error);
  g_assert_no_error (error);
  f->case_id = council_open_case (&f->council, "Isla", "2026-09-07");
  f->helen = council_join (&f->council, f->case_id, &f->council.helen, FALSE);
  f->david = council_join (&f->council, f->case_id, &f->council.david, FALSE);
  f->form = ask (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->case_id);
  g_free (f->helen);
  g_free (f->david);
  g_free (f->form);
  council_fixture_tear_down (&f->council, data);
}

static void
save (Fixture *f, const char *question, const char *value)
{
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, &f->council.helen, NULL,
                         "{'kind':'form.save','case':'%s','form':'%s','question':'%s','value':'%s'}",
                         f->case_id, f->form, question, value);
}

static JsonObject *
submit (Fixture *f)
{
  return council_send (&f->council, &f->council.helen, NULL,
                       "{'kind':'form.submit','case':'%s','form':'%s',"
                       "'composed_at':'2026-11-24T10:00:00Z'}",
                       f->case_id, f->form);
}

static void
submit_refused (Fixture *f, EhcpError code, const char *field)
{
  council_refused (&f->council, &f->council.helen, code, field,
                   "{'kind':'form.submit','case':'%s','form':'%s','composed_at':'2026-11-24T10:00:00Z'}",
                   f->case_id, f->form);
}

static void
decide (Fixture *f, const char *kind, const char *more)
{
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, &f->council.priya, NULL, "{'kind':'%s','case':'%s','form':'%s'%s}",
                         kind, f->case_id, f->form, more);
}

static char *
answer_id (Fixture *f, const char *question)
{
  return ehcp_answer_id (f->form, f->helen, question);
}

static gboolean
sees_answer (Fixture *f, const EhcpActorId *actor, const char *question)
{
  g_autofree char *id = answer_id (f, question);

  return council_sees (&f->council, actor, EHCP_KIND_ANSWER, id);
}

static void
assert_state (Fixture *f, const char *state)
{
  g_autoptr (EhcpRecord) form = council_find (&f->council, EHCP_KIND_FORM, f->form);

  g_assert_cmpstr (ehcp_record_get_text (form, "state"), ==, state);
}

static void
test_ask (Fixture *f, gconstpointer data)
{
  g_autoptr (EhcpRecord) form = council_find (&f->council, EHCP_KIND_FORM, f->form);
  g_autofree char *mail = council_mail (&f->council, HELEN, "form-asked");

  g_assert_cmpstr (ehcp_record_get_text (form, "title"), ==, "Your views");
  g_assert_cmpstr (ehcp_record_get_text (form, "state"), ==, "asked");
  g_assert_nonnull (strstr (mail, "1 December 2026"));
  g_assert_null (strstr (mail, "Isla"));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_FORM, f->form));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_FORM, f->form));
}

static void
test_ask_refused (Fixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'form.ask','case':'%s','definition':'%s','person':'%s','due':'%s'}";
  g_autofree char *invited = council_invite (&f->council, f->case_id, "aunt@family.example", FALSE);

#define REFUSED(code, field, ...) \
  council_refused (&f->council, &f->council.priya, code, field, format, f->case_id, __VA_ARGS__)
  REFUSED (EHCP_ERROR_RANGE, "/definition", "large@1", f->helen, "2026-12-01");
  REFUSED (EHCP_ERROR_NOT_FOUND, "/person", "little@1", ABSENT, "2026-12-01");
  REFUSED (EHCP_ERROR_RANGE, "/due", "little@1", f->helen, "2026-11-23");
  REFUSED (EHCP_ERROR_CONFLICT, "/person", "little@1", invited, "2026-12-01");
#undef REFUSED
}

static void
test_save (Fixture *f, gconstpointer data)
{
  g_autofree char *id = answer_id (f, "about");
  g_autoptr (EhcpRecord) answer = NULL;
  g_autoptr (EhcpRecord) cleared = NULL;

  save (f, "about", "She likes");
  save (f, "about", "She likes bees");
  answer = council_find (&f->council, EHCP_KIND_ANSWER, id);
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, "She likes bees");
  g_assert_true (sees_answer (f, &f->council.helen, "about"));
  /* What was not sent is nobody else's: not the council's, and not the other parent's. */
  g_assert_false (sees_answer (f, &f->council.priya, "about"));
  g_assert_false (sees_answer (f, &f->council.manager, "about"));
  g_assert_false (sees_answer (f, &f->council.david, "about"));

  save (f, "about", "");
  cleared = council_find (&f->council, EHCP_KIND_ANSWER, id);
  g_assert_false (ehcp_record_has (cleared, "value"));
}

static void
test_save_refused (Fixture *f, gconstpointer data)
{
  static const char format[] = "{'kind':'form.save','case':'%s','form':'%s','question':'%s','value':'%s'%s}";
  const EhcpActorId *helen = &f->council.helen;
  g_autofree char *id = answer_id (f, "about");
  g_autoptr (EhcpRecord) answer = NULL;
  g_autofree char *base = NULL;
  g_autoptr (JsonObject) result = NULL;

#define REFUSED(actor, code, field, ...) \
  council_refused (&f->council, actor, code, field, format, f->case_id, __VA_ARGS__)
  REFUSED (helen, EHCP_ERROR_RANGE, "/question", f->form, "weather", "wet", "");
  REFUSED (helen, EHCP_ERROR_RANGE, "/value", f->form, "about", "more than twenty letters", "");
  REFUSED (helen, EHCP_ERROR_NOT_FOUND, "/form", ABSENT, "about", "x", "");
  REFUSED (&f->council.david, EHCP_ERROR_NOT_FOUND, "/form", f->form, "about", "x", "");
  REFUSED (&f->council.priya, EHCP_ERROR_NOT_ALLOWED, NULL, f->form, "about", "x", "");
  save (f, "about", "one");
  REFUSED (helen, EHCP_ERROR_STALE, "/base", f->form, "about", "two", ",'base':0");
  answer = council_find (&f->council, EHCP_KIND_ANSWER, id);
  base = g_strdup_printf (",'base':%d", (int) ehcp_record_get_int (answer, "seq"));
  result = council_send (&f->council, helen, NULL, format, f->case_id, f->form, "about", "two", base);
  REFUSED (helen, EHCP_ERROR_STALE, "/base", f->form, "about", "three", base);
#undef REFUSED
}

static void
test_submit (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) form = NULL;
  g_autofree char *mail = NULL;

  submit_refused (f, EHCP_ERROR_MISSING, "/answers/about");
  save (f, "about", "She likes bees");
  submit_refused (f, EHCP_ERROR_MISSING, "/answers/health");
  save (f, "health", "yes");
  submit_refused (f, EHCP_ERROR_MISSING, "/answers/health-what");
  save (f, "health-what", "Asthma");
  save (f, "seen", "last week");
  submit_refused (f, EHCP_ERROR_RANGE, "/answers/seen");
  save (f, "seen", "");
  /* She changed her mind: what is not asked any more is not handed over. */
  save (f, "health", "no");
  result = submit (f);

  form = council_find (&f->council, EHCP_KIND_FORM, f->form);
  g_assert_cmpstr (ehcp_json_get_text (result, "reference"), ==, "WY-F-00001");
  g_assert_cmpstr (ehcp_record_get_text (form, "reference"), ==, "WY-F-00001");
  g_assert_cmpstr (ehcp_record_get_text (form, "submitted_at"), ==, "2026-11-24T14:00:00Z");
  g_assert_true (sees_answer (f, &f->council.priya, "about"));
  g_assert_false (sees_answer (f, &f->council.priya, "health-what"));
  g_assert_false (sees_answer (f, &f->council.david, "about"));
  mail = council_mail (&f->council, HELEN, "form-received");
  g_assert_nonnull (strstr (mail, "WY-F-00001"));
  submit_refused (f, EHCP_ERROR_CONFLICT, "/form");
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_CONFLICT, "/form",
                   "{'kind':'form.save','case':'%s','form':'%s','question':'about','value':'x'}",
                   f->case_id, f->form);
}

static void
test_return (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (EhcpRecord) returned = NULL;

  council_refused (&f->council, &f->council.priya, EHCP_ERROR_CONFLICT, "/form",
                   "{'kind':'form.return','case':'%s','form':'%s','reason':'r'}", f->case_id, f->form);
  save (f, "about", "She likes bees");
  save (f, "health", "no");
  first = submit (f);
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_RANGE, "/question",
                   "{'kind':'form.return','case':'%s','form':'%s','reason':'r','question':'weather'}",
                   f->case_id, f->form);
  decide (f, "form.return", ",'reason':'Tell us more.','question':'about'");
  returned = council_find (&f->council, EHCP_KIND_FORM, f->form);
  g_assert_cmpstr (ehcp_record_get_text (returned, "state"), ==, "returned");
  g_assert_cmpstr (ehcp_record_get_text (returned, "returned_because"), ==, "Tell us more.");
  g_assert_cmpstr (ehcp_record_get_text (returned, "returned_question"), ==, "about");
  g_assert_cmpuint (council_count_mails (&f->council, HELEN, "form-returned"), ==, 1);

  save (f, "about", "Bees and rain");
  g_assert_false (sees_answer (f, &f->council.priya, "about"));
  g_assert_true (sees_answer (f, &f->council.priya, "health"));
  second = submit (f);
  g_assert_cmpstr (ehcp_json_get_text (second, "reference"), ==,
                   ehcp_json_get_text (first, "reference"));
  g_assert_true (sees_answer (f, &f->council.priya, "about"));
  decide (f, "form.accept", "");
  assert_state (f, "accepted");
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_CONFLICT, "/form",
                   "{'kind':'form.accept','case':'%s','form':'%s'}", f->case_id, f->form);
}

/* A stale acceptance: the caseworker looked at what was submitted before. */
static void
test_stale_accept (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (EhcpRecord) seen = NULL;

  save (f, "about", "She likes bees");
  save (f, "health", "no");
  first = submit (f);
  seen = council_find (&f->council, EHCP_KIND_FORM, f->form);
  decide (f, "form.return", ",'reason':'r'");
  second = submit (f);
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_STALE, "/base",
                   "{'kind':'form.accept','case':'%s','form':'%s','base':%d}", f->case_id, f->form,
                   (int) ehcp_record_get_int (seen, "seq"));
}

static void
test_withdrawn (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) result = NULL;
  g_autofree char *id = answer_id (f, "about");
  g_autoptr (EhcpRecord) answer = NULL;

  save (f, "about", "She likes bees");
  result = council_send (&f->council, &f->council.priya, NULL,
                         "{'kind':'access.withdraw','case':'%s','person':'%s'}", f->case_id, f->helen);
  assert_state (f, "withdrawn");
  answer = council_find (&f->council, EHCP_KIND_ANSWER, id);
  g_assert_null (answer);
}

static void
load_forms (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  ehcp_catalogue_load (f->council.council, &error);
  g_assert_no_error (error);
}

static void
ask_refused (Fixture *f, const char *definition)
{
  council_refused (&f->council, &f->council.priya, EHCP_ERROR_RANGE, "/definition",
                   "{'kind':'form.ask','case':'%s','definition':'%s','person':'%s','due':'2026-12-01'}", f->case_id,
                   definition, f->helen);
}

/* Of a form that has a newer version, or none any more, no new one is asked for; what was begun is finished with
 * the questions that it began with. */
static void
test_other_versions (Fixture *f, gconstpointer data)
{
  g_autofree char *before = g_build_filename (f->council.config->forms_dir, "little@1.json", NULL);
  g_autofree char *after = g_build_filename (f->council.config->forms_dir, "little@2.json", NULL);
  g_autoptr (GString) newer = g_string_new (little);
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (GError) error = NULL;

  g_string_replace (newer, "little@1", "little@2", 0);
  g_string_replace (newer, "\"about\"", "\"about-them\"", 0);
  g_file_set_contents (after, newer->str, -1, &error);
  g_assert_no_error (error);
  load_forms (f);
  ask_refused (f, "little@1");
  save (f, "about", "She likes bees");
  g_unlink (before);
  load_forms (f);
  ask_refused (f, "little@1");
  save (f, "health", "no");
  result = submit (f);
  assert_state (f, "submitted");
  g_assert_true (sees_answer (f, &f->council.priya, "about"));
}

/* Two adults */

static void
share (Fixture *f, gboolean is_shared)
{
  g_autoptr (JsonObject) result =
      council_send (&f->council, &f->council.helen, NULL, "{'kind':'form.share','case':'%s','form':'%s','share':%s}",
                    f->case_id, f->form, is_shared ? "true" : "false");
}

static gboolean
sees_form (Fixture *f, const EhcpActorId *actor)
{
  return council_sees (&f->council, actor, EHCP_KIND_FORM, f->form);
}

/* The other adult sees a draft only while it is shared, can change it and cannot send it; staff never do. */
static void
test_share (Fixture *f, gconstpointer data)
{
  g_autofree char *id = answer_id (f, "about");
  g_autoptr (EhcpRecord) answer = NULL;
  g_autoptr (JsonObject) saved = NULL;

  save (f, "about", "Mine");
  g_assert_false (sees_form (f, &f->council.david));
  council_refused (&f->council, &f->council.david, EHCP_ERROR_NOT_FOUND, "/form",
                   "{'kind':'form.save','case':'%s','form':'%s','question':'about','value':'Yours'}", f->case_id,
                   f->form);
  council_refused (&f->council, &f->council.david, EHCP_ERROR_NOT_FOUND, "/form",
                   "{'kind':'form.share','case':'%s','form':'%s','share':true}", f->case_id, f->form);
  share (f, TRUE);
  g_assert_true (sees_form (f, &f->council.david));
  g_assert_true (sees_answer (f, &f->council.david, "about"));
  g_assert_false (sees_answer (f, &f->council.priya, "about"));
  saved = council_send (&f->council, &f->council.david, NULL,
                        "{'kind':'form.save','case':'%s','form':'%s','question':'about','value':'Ours','was':'Mine'}",
                        f->case_id, f->form);
  answer = council_find (&f->council, EHCP_KIND_ANSWER, id);
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, "Ours");
  g_assert_nonnull (ehcp_record_get_text (answer, "saved_by"));
  g_assert_true (sees_answer (f, &f->council.helen, "about"));
  council_refused (&f->council, &f->council.david, EHCP_ERROR_NOT_ALLOWED, "/form",
                   "{'kind':'form.submit','case':'%s','form':'%s','composed_at':'2026-11-24T10:00:00Z'}", f->case_id,
                   f->form);
  council_refused (&f->council, &f->council.david, EHCP_ERROR_NOT_ALLOWED, "/form",
                   "{'kind':'form.share','case':'%s','form':'%s','share':false}", f->case_id, f->form);
  share (f, FALSE);
  g_assert_false (sees_form (f, &f->council.david));
  g_assert_false (sees_answer (f, &f->council.david, "about"));
}

static void
test_share_alone (Fixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) gone = council_send (&f->council, &f->council.priya, NULL,
                                              "{'kind':'access.withdraw','case':'%s','person':'%s'}", f->case_id,
                                              f->david);

  council_refused (&f->council, &f->council.helen, EHCP_ERROR_CONFLICT, "/share",
                   "{'kind':'form.share','case':'%s','form':'%s','share':true}", f->case_id, f->form);
}

/* An answer is not written over unseen; the same one twice is no matter. */
static void
test_both_sides (Fixture *f, gconstpointer data)
{
#define SAVE "{'kind':'form.save','case':'%s','form':'%s','question':'about','value':'%s','was':'%s'}"
  g_autoptr (JsonObject) first = council_send (&f->council, &f->council.helen, NULL, SAVE, f->case_id, f->form,
                                               "One", "");
  g_autoptr (JsonObject) next = NULL;
  g_autoptr (JsonObject) same = NULL;

  council_refused (&f->council, &f->council.helen, EHCP_ERROR_STALE, "/was", SAVE, f->case_id, f->form, "Two", "");
  next = council_send (&f->council, &f->council.helen, NULL, SAVE, f->case_id, f->form, "Two", "One");
  same = council_send (&f->council, &f->council.helen, NULL, SAVE, f->case_id, f->form, "Two", "One");
}

/* What is taken is what the sender read. */
static void
test_digest (Fixture *f, gconstpointer data)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (JsonObject) sent = NULL;
  static const char answers[] = "about\0Shy\0health\0no";

  save (f, "about", "Shy");
  save (f, "health", "no");
  save (f, "health-what", "not asked");
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_STALE, "/digest",
                   "{'kind':'form.submit','case':'%s','form':'%s','composed_at':'2026-11-24T10:00:00Z',"
                   "'digest':'0000'}", f->case_id, f->form);
  g_checksum_update (sum, (const guchar *) answers, sizeof answers);
  sent = council_send (&f->council, &f->council.helen, NULL,
                       "{'kind':'form.submit','case':'%s','form':'%s','composed_at':'2026-11-24T10:00:00Z',"
                       "'digest':'%s'}", f->case_id, f->form, g_checksum_get_string (sum));
}

/* A family may send some forms without being asked, one of each at a time. */
static void
test_start (Fixture *f, gconstpointer data)
{
  static const char change[] =
      "{\"name\":\"change@1\",\"title\":\"Change\",\"intro\":\"i\",\"submit\":\"S\",\"next\":\"n\",\"start\":true,"
      "\"pages\":[{\"id\":\"p\",\"title\":\"t\",\"group\":\"g\",\"questions\":["
      "{\"id\":\"q\",\"kind\":\"yes-no\",\"label\":\"l\"}]}]}";
  g_autofree char *path = g_build_filename (f->council.config->forms_dir, "change@1.json", NULL);
  g_autofree char *id = ehcp_text_new_id ();
  g_autoptr (JsonObject) started = NULL;
  g_autoptr (EhcpRecord) form = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, change, -1, &error);
  ehcp_catalogue_load (f->council.council, &error);
  g_assert_no_error (error);
#define START "{'kind':'form.start','case':'%s','definition':'%s'}"
  started = council_send (&f->council, &f->council.helen, id, START, f->case_id, "change@1");
  form = council_find (&f->council, EHCP_KIND_FORM, id);
  g_assert_cmpstr (ehcp_record_get_text (form, "person"), ==, f->helen);
  g_assert_cmpstr (ehcp_record_get_text (form, "state"), ==, "asked");
  council_refused (&f->council, &f->council.helen, EHCP_ERROR_CONFLICT, "/definition", START, f->case_id, "change@1");
  council_refused (&f->council, &f->council.david, EHCP_ERROR_NOT_ALLOWED, "/definition", START, f->case_id,
                   "little@1");
  council_refused (&f->council, &f->council.david, EHCP_ERROR_RANGE, "/definition", START, f->case_id, "change@2");
  g_unlink (path);
  ehcp_catalogue_load (f->council.council, &error);
  g_assert_no_error (error);
  council_refused (&f->council, &f->council.david, EHCP_ERROR_RANGE, "/definition", START, f->case_id, "change@1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/command/form" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/ask", test_ask);
  ADD ("/ask-refused", test_ask_refused);
  ADD ("/save", test_save);
  ADD ("/save-refused", test_save_refused);
  ADD ("/submit", test_submit);
  ADD ("/return", test_return);
  ADD ("/stale-accept", test_stale_accept);
  ADD ("/withdrawn", test_withdrawn);
  ADD ("/other-versions", test_other_versions);
  ADD ("/share", test_share);
  ADD ("/share-alone", test_share_alone);
  ADD ("/both-sides", test_both_sides);
  ADD ("/digest", test_digest);
  ADD ("/start", test_start);
  return g_test_run ();
}
