/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Form definitions: the shipped ones, refusals with their place, and answers held against them. */
#include "ehcp-error.h"
#include "ehcp-form-definition.h"

#include <string.h>

#define HEAD "{\"name\":\"f@1\",\"title\":\"T\",\"intro\":\"I\",\"submit\":\"Submit\",\"next\":\"N\","
#define PAGE HEAD "\"pages\":[{\"id\":\"p\",\"title\":\"P\",\"group\":\"G\",\"questions\":["
#define TAIL "]}]}"
#define DOCUMENT "11111111-1111-4111-8111-111111111111"
#define TODAY 740005 /* 24 January 2027 */
#define YES_NO(id) "{\"id\":\"" id "\",\"kind\":\"yes-no\",\"label\":\"L\"}"
#define HANGING(id, on, is) \
  "{\"id\":\"" id "\",\"kind\":\"yes-no\",\"label\":\"L\",\"if\":{\"question\":\"" on "\",\"is\":\"" is "\"}}"

static const struct
{
  const char *text;
  EhcpError code;
  const char *field;
} refusals[] = {
  { "", EHCP_ERROR_MALFORMED, NULL },
  { "[]", EHCP_ERROR_MALFORMED, "" },
  { "{\"name\":\"f@1\",\"titel\":\"T\"}", EHCP_ERROR_UNKNOWN_FIELD, "/titel" },
  { "{\"title\":\"T\"}", EHCP_ERROR_MISSING, "/name" },
  { "{\"name\":7}", EHCP_ERROR_MALFORMED, "/name" },
  { "{\"name\":\"f\"}", EHCP_ERROR_RANGE, "/name" },
  { "{\"name\":\"f@0\"}", EHCP_ERROR_RANGE, "/name" },
  { "{\"name\":\"F F@1\"}", EHCP_ERROR_RANGE, "/name" },
  { "{\"name\":\"f@1\",\"title\":\"\"}", EHCP_ERROR_MISSING, "/title" },
  { HEAD "\"pages\":{}}", EHCP_ERROR_MALFORMED, "/pages" },
  { HEAD "\"pages\":[]}", EHCP_ERROR_RANGE, "/pages" },
  { HEAD "\"pages\":[1]}", EHCP_ERROR_MALFORMED, "/pages/0" },
  { PAGE TAIL, EHCP_ERROR_RANGE, "/pages/0/questions" },
  { PAGE "null" TAIL, EHCP_ERROR_MALFORMED, "/pages/0/questions/0" },
  { PAGE "{\"id\":\"a/b\",\"kind\":\"date\",\"label\":\"L\"}" TAIL, EHCP_ERROR_RANGE,
    "/pages/0/questions/0/id" },
  { PAGE YES_NO ("a") "," YES_NO ("a") TAIL, EHCP_ERROR_CONFLICT, "/pages/0/questions/1/id" },
  { PAGE "{\"id\":\"a\",\"kind\":\"picture\",\"label\":\"L\"}" TAIL, EHCP_ERROR_RANGE,
    "/pages/0/questions/0/kind" },
  { PAGE "{\"id\":\"a\",\"label\":\"L\"}" TAIL, EHCP_ERROR_MISSING, "/pages/0/questions/0/kind" },
  { PAGE "{\"id\":\"a\",\"kind\":\"date\",\"label\":\"L\",\"hidden\":true}" TAIL,
    EHCP_ERROR_UNKNOWN_FIELD, "/pages/0/questions/0/hidden" },
  { PAGE "{\"id\":\"a\",\"kind\":\"date\",\"label\":\"L\",\"required\":\"yes\"}" TAIL,
    EHCP_ERROR_MALFORMED, "/pages/0/questions/0/required" },
  { PAGE "{\"id\":\"a\",\"kind\":\"date\",\"label\":\"L\",\"required\":true}" TAIL, EHCP_ERROR_MISSING,
    "/pages/0/questions/0/missing" },
  { PAGE "{\"id\":\"a\",\"kind\":\"date\",\"label\":\"L\",\"max\":4}" TAIL, EHCP_ERROR_UNKNOWN_FIELD,
    "/pages/0/questions/0/max" },
  { PAGE "{\"id\":\"a\",\"kind\":\"short-text\",\"label\":\"L\",\"max\":201}" TAIL, EHCP_ERROR_RANGE,
    "/pages/0/questions/0/max" },
  { PAGE "{\"id\":\"a\",\"kind\":\"yes-no\",\"label\":\"L\",\"choices\":[]}" TAIL,
    EHCP_ERROR_UNKNOWN_FIELD, "/pages/0/questions/0/choices" },
  { PAGE "{\"id\":\"a\",\"kind\":\"choice\",\"label\":\"L\"}" TAIL, EHCP_ERROR_MISSING,
    "/pages/0/questions/0/choices" },
  { PAGE "{\"id\":\"a\",\"kind\":\"choice\",\"label\":\"L\",\"choices\":[{\"id\":\"x\",\"label\":\"X\"},"
         "{\"id\":\"x\",\"label\":\"Y\"}]}" TAIL,
    EHCP_ERROR_CONFLICT, "/pages/0/questions/0/choices/1/id" },
  { PAGE "{\"id\":\"a\",\"kind\":\"yes-no\",\"label\":\"L\",\"if\":true}" TAIL, EHCP_ERROR_MALFORMED,
    "/pages/0/questions/0/if" },
  { PAGE "{\"id\":\"a\",\"kind\":\"yes-no\",\"label\":\"L\",\"if\":{\"question\":\"b\",\"is\":\"yes\","
         "\"not\":1}}" TAIL,
    EHCP_ERROR_UNKNOWN_FIELD, "/pages/0/questions/0/if/not" },
  { PAGE HANGING ("a", "b", "yes") TAIL, EHCP_ERROR_NOT_FOUND, "/pages/0/questions/0/if/question" },
  { PAGE YES_NO ("a") "," HANGING ("b", "a", "maybe") TAIL, EHCP_ERROR_RANGE,
    "/pages/0/questions/1/if/is" },
  { PAGE HANGING ("a", "a", "yes") TAIL, EHCP_ERROR_CONFLICT, "/pages/0/questions/0/if/question" },
  { PAGE HANGING ("a", "b", "yes") "," HANGING ("b", "c", "no") "," HANGING ("c", "a", "yes") TAIL,
    EHCP_ERROR_CONFLICT, "/pages/0/questions/0/if/question" },
};

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GError) error = NULL;
      EhcpFormDefinition *definition =
          ehcp_form_definition_parse (refusals[i].text, strlen (refusals[i].text), &error);

      g_test_message ("%s", refusals[i].text);
      g_assert_null (definition);
      g_assert_error (error, EHCP_ERROR, (int) refusals[i].code);
      g_assert_cmpstr (ehcp_error_get_field (error), ==, refusals[i].field);
    }
}

/* Answers are kept in a table; absent ones are not answered. */
static const char *
look_up (const char *question, gpointer data)
{
  return g_hash_table_lookup (data, question);
}

static EhcpFormDefinition *
load (const char *name)
{
  g_autofree char *path = g_strdup_printf (TEST_SRCDIR "/../data/forms/%s.json", name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  EhcpFormDefinition *definition;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  definition = ehcp_form_definition_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (definition->name, ==, name);
  return definition;
}

static void
test_shipped (void)
{
  g_autoptr (EhcpFormDefinition) preference = load ("parental-preference@1");
  g_autoptr (EhcpFormDefinition) views = load ("parent-views@1");

  g_assert_cmpstr (preference->title, ==, "Parental Preference Form");
  g_assert_cmpstr (preference->submit, ==, "Submit");
  g_assert_cmpuint (preference->pages->len, ==, 6);
  g_assert_cmpstr (ehcp_form_definition_find_page (preference, "first-name")->id, ==, "first-choice");
  g_assert_null (ehcp_form_definition_find (preference, "no-such-question"));
  g_assert_cmpuint (views->pages->len, ==, 7);
}

static void
test_whole_form (void)
{
  static const char *const given[][2] = {
    { "plan-changes", "no" },  { "meeting-wanted", "no" },      { "first-wanted", "yes" },
    { "first-kind", "special" }, { "first-name", "Oakmere School" }, { "second-wanted", "no" },
    { "transport", "no" },     { "budget", "more" },            { "declaration", "yes" },
  };
  g_autoptr (EhcpFormDefinition) definition = load ("parental-preference@1");
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    {
      g_assert_false (ehcp_form_definition_check (definition, look_up, answers, TODAY, &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_MISSING);
      g_assert_true (g_str_has_suffix (ehcp_error_get_field (error), given[i][0]));
      g_clear_error (&error);
      g_hash_table_insert (answers, (char *) given[i][0], (char *) given[i][1]);
    }
  g_assert_true (ehcp_form_definition_check (definition, look_up, answers, TODAY, &error));
  g_assert_no_error (error);

  /* What is not asked does not matter, whatever stands there. */
  g_hash_table_insert (answers, "second-kind", "castle");
  g_assert_true (ehcp_form_definition_check (definition, look_up, answers, TODAY, NULL));
  g_hash_table_insert (answers, "second-wanted", "yes");
  g_assert_false (ehcp_form_definition_check (definition, look_up, answers, TODAY, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_RANGE);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/answers/second-kind");
}

static void
test_nested_conditions (void)
{
  static const char text[] =
      PAGE YES_NO ("a") "," HANGING ("b", "a", "yes") "," HANGING ("c", "b", "yes") TAIL;
  g_autoptr (EhcpFormDefinition) definition =
      ehcp_form_definition_parse (text, sizeof text - 1, NULL);
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  const EhcpQuestion *c = ehcp_form_definition_find (definition, "c");

  g_assert_false (ehcp_question_is_asked (c, look_up, answers));
  g_hash_table_insert (answers, "b", "yes");
  g_assert_false (ehcp_question_is_asked (c, look_up, answers));
  g_hash_table_insert (answers, "a", "yes");
  g_assert_true (ehcp_question_is_asked (c, look_up, answers));
  g_hash_table_insert (answers, "a", "no");
  g_assert_false (ehcp_question_is_asked (c, look_up, answers));
}

static void
test_part_states (void)
{
  g_autoptr (EhcpFormDefinition) definition = load ("parental-preference@1");
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  const EhcpFormPage *page = ehcp_form_definition_find_page (definition, "meeting-how");

  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_NOT_STARTED);
  /* An answer left over from before, to what is not asked, is no start. */
  g_hash_table_insert (answers, "meeting-how", "phone");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_NOT_STARTED);
  g_hash_table_remove (answers, "meeting-how");
  g_hash_table_insert (answers, "meeting-wanted", "yes");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_IN_PROGRESS);
  g_hash_table_insert (answers, "meeting-how", "phone");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_COMPLETED);
  g_hash_table_insert (answers, "meeting-wanted", "no");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_COMPLETED);
  g_hash_table_insert (answers, "meeting-wanted", "\n ");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_NOT_STARTED);
}

static const struct
{
  const char *form;
  const char *question;
  const char *value;
  int code; /* -1: accepted */
  const char *words;
} answer_cases[] = {
  { "parental-preference@1", "first-name", NULL, EHCP_ERROR_MISSING, "" },
  { "parental-preference@1", "first-name", " \xc2\xa0\n", EHCP_ERROR_MISSING, "" },
  { "parental-preference@1", "first-name", " St Zoë's ", -1, "St Zoë's" },
  { "parental-preference@1", "first-name", "Oak\nmere", EHCP_ERROR_RANGE, "Oak\nmere" },
  { "parental-preference@1", "first-town", NULL, -1, "" },
  { "parental-preference@1", "first-why", "One\nTwo", -1, "One\nTwo" },
  { "parental-preference@1", "first-kind", "base", -1, "A mainstream school with a special base" },
  { "parental-preference@1", "first-kind", "Base", EHCP_ERROR_RANGE, "Base" },
  { "parental-preference@1", "plan-sections", "c\nd", -1, "C: health needs\nD: social care needs" },
  { "parental-preference@1", "plan-sections", "c\nc", EHCP_ERROR_RANGE,
    "C: health needs\nC: health needs" },
  { "parental-preference@1", "plan-sections", "c\n", EHCP_ERROR_RANGE, "C: health needs\n" },
  { "parental-preference@1", "plan-changes", "yes", -1, "Yes" },
  { "parental-preference@1", "plan-changes", "no", -1, "No" },
  { "parental-preference@1", "plan-changes", "true", EHCP_ERROR_RANGE, "true" },
  { "parental-preference@1", "declaration", "no", EHCP_ERROR_RANGE, "No" },
  { "parental-preference@1", "declaration", "yes", -1, "Yes" },
  { "parent-views@1", "health-checked", "2026-11-24", -1, "24 November 2026" },
  { "parent-views@1", "health-checked", "2026-02-29", EHCP_ERROR_RANGE, "2026-02-29" },
  { "parent-views@1", "health-checked", "24/11/2026", EHCP_ERROR_RANGE, "24/11/2026" },
};

static void
test_answers (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (answer_cases); i++)
    {
      g_autoptr (EhcpFormDefinition) definition = load (answer_cases[i].form);
      const EhcpQuestion *question = ehcp_form_definition_find (definition, answer_cases[i].question);
      g_autofree char *words = ehcp_question_format_answer (question, answer_cases[i].value);
      g_autofree char *place = g_strdup_printf ("/answers/%s", question->id);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s=%s", question->id, answer_cases[i].value);
      g_assert_cmpstr (words, ==, answer_cases[i].words);
      g_assert_true (ehcp_question_check (question, answer_cases[i].value, TODAY, &error) == (error == NULL));
      if (answer_cases[i].code < 0)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, EHCP_ERROR, answer_cases[i].code);
          g_assert_cmpstr (ehcp_error_get_field (error), ==, place);
        }
    }
}

static void
test_longest_answer (void)
{
  g_autoptr (EhcpFormDefinition) definition = load ("parental-preference@1");
  const EhcpQuestion *question = ehcp_form_definition_find (definition, "first-name");
  GString *value = g_string_new (NULL);

  /* Characters are counted, not bytes. */
  for (int i = 0; i < question->max; i++)
    g_string_append (value, "ë");
  g_assert_true (ehcp_question_check (question, value->str, TODAY, NULL));
  g_string_append (value, "e");
  g_assert_false (ehcp_question_check (question, value->str, TODAY, NULL));
  g_string_free (value, TRUE);
}

/* Kinds of several lines, and what a text has to look like. */
static const struct
{
  const char *question; /* the members after its id and label */
  const char *value;
  int code; /* -1: accepted */
  const char *words;
} kind_cases[] = {
  { "'kind':'address'", "12 Mill Lane\n\nWychford\nwy4 2qr", -1, "12 Mill Lane\nWychford\nwy4 2qr" },
  { "'kind':'address'", "12 Mill Lane\nWychford\nWY4 2QR", EHCP_ERROR_RANGE, NULL },
  { "'kind':'address'", "12 Mill Lane\n\n\nWY4 2QR", EHCP_ERROR_RANGE, NULL },
  { "'kind':'address'", "12 Mill Lane\n\nWychford\nWychford", EHCP_ERROR_RANGE, NULL },
  { "'kind':'address'", "12 Mill Lane\n\nWychford\nWY4 2QR\nmore", EHCP_ERROR_RANGE, NULL },
  { "'kind':'person'", "Sam\nMarlow\nFather\n01632 960 401\nsam@example.org", -1,
    "Sam Marlow, Father\n01632 960 401, sam@example.org" },
  { "'kind':'person'", "Sam\nMarlow\n\n\n", -1, "Sam Marlow" },
  { "'kind':'person'", "Sam\n\n\n\n", EHCP_ERROR_RANGE, NULL },
  { "'kind':'person'", "Sam\nMarlow\n\n123\n", EHCP_ERROR_RANGE, NULL },
  { "'kind':'person'", "Sam\nMarlow\n\n\nsam at home", EHCP_ERROR_RANGE, NULL },
  { "'kind':'school'", "St Zoë’s", -1, "St Zoë’s" },
  { "'kind':'school'", "One\nTwo", EHCP_ERROR_RANGE, NULL },
  { "'kind':'short-text','like':'email','wrong':'w'", " a@example.org ", -1, "a@example.org" },
  { "'kind':'short-text','like':'email','wrong':'w'", "a.example.org", EHCP_ERROR_RANGE, NULL },
  { "'kind':'short-text','like':'telephone','wrong':'w'", "+44 (0)1632-960401", -1, NULL },
  { "'kind':'short-text','like':'telephone','wrong':'w'", "call me", EHCP_ERROR_RANGE, NULL },
  { "'kind':'short-text','like':'number','wrong':'w'", "12a", EHCP_ERROR_RANGE, NULL },
  { "'kind':'short-text','like':'postcode','wrong':'w'", "wy42qr", -1, NULL },
  { "'kind':'file'", DOCUMENT " Report.pdf\nfile:///My%20photo.jpg", -1, "Report.pdf\nMy photo.jpg" },
  { "'kind':'file','max':1", DOCUMENT " a.pdf\n" DOCUMENT " b.pdf", EHCP_ERROR_RANGE, NULL },
  { "'kind':'file'", DOCUMENT, EHCP_ERROR_RANGE, NULL },
  { "'kind':'file'", "Report.pdf", EHCP_ERROR_RANGE, NULL },
  { "'kind':'file'", "file://elsewhere", EHCP_ERROR_RANGE, NULL },
  { "'kind':'file'", DOCUMENT " a.pdf\n", EHCP_ERROR_RANGE, NULL },
  { "'kind':'date','like':'past','wrong':'w'", "2027-01-24", -1, NULL },
  { "'kind':'date','like':'past','wrong':'w'", "2027-01-25", EHCP_ERROR_RANGE, NULL },
  { "'kind':'date','like':'future','wrong':'w'", "2027-01-24", -1, NULL },
  { "'kind':'date','like':'future','wrong':'w'", "2027-01-23", EHCP_ERROR_RANGE, NULL },
};

static EhcpFormDefinition *
parse_quoted (const char *text, GError **error)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  return ehcp_form_definition_parse (json, strlen (json), error);
}

static void
test_kinds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    {
      g_autofree char *text = g_strdup_printf (PAGE "{'id':'a','label':'L',%s}" TAIL, kind_cases[i].question);
      g_autoptr (GError) error = NULL;
      g_autoptr (EhcpFormDefinition) definition = parse_quoted (text, &error);
      const EhcpQuestion *question;

      g_test_message ("%s: %s", kind_cases[i].question, kind_cases[i].value);
      g_assert_no_error (error);
      question = ehcp_form_definition_find (definition, "a");
      g_assert_true (ehcp_question_check (question, kind_cases[i].value, TODAY, &error) == (error == NULL));
      g_assert_cmpint (error != NULL ? error->code : -1, ==, kind_cases[i].code);
      if (kind_cases[i].words != NULL)
        {
          g_autofree char *words = ehcp_question_format_answer (question, kind_cases[i].value);

          g_assert_cmpstr (words, ==, kind_cases[i].words);
        }
    }
}

#define TWO_PAGES(first, second)                                                                       \
  HEAD "'pages':[{'id':'p','title':'P','group':'G'" first "},{'id':'r','title':'R','group':'G'" second "}]}"

/* What is wrong with more than one member, and conditions of pages. */
static void
test_more_refusals (void)
{
  static const struct
  {
    const char *text;
    EhcpError code;
    const char *field;
  } rows[] = {
    { PAGE "{'id':'a','kind':'date','label':'L','like':'email','wrong':'w'}" TAIL, EHCP_ERROR_RANGE,
      "/pages/0/questions/0/like" },
    { PAGE "{'id':'a','kind':'date','label':'L','like':'past'}" TAIL, EHCP_ERROR_MISSING,
      "/pages/0/questions/0/wrong" },
    { PAGE "{'id':'a','kind':'file','label':'L','max':11}" TAIL, EHCP_ERROR_RANGE, "/pages/0/questions/0/max" },
    /* Whether a file was added is nothing to hang on. */
    { PAGE "{'id':'a','kind':'file','label':'L'},{'id':'b','kind':'yes-no','label':'L','if':{'question':'a',"
           "'is':'yes'}}" TAIL, EHCP_ERROR_RANGE, "/pages/0/questions/1/if/is" },
    { PAGE "{'id':'a','kind':'long-text','label':'L','comments':'L'}" TAIL, EHCP_ERROR_RANGE,
      "/pages/0/questions/0/comments" },
    { PAGE "{'id':'a','kind':'yes-no','label':'L','comments':'B'}" TAIL, EHCP_ERROR_RANGE,
      "/pages/0/questions/0/comments" },
    { PAGE "{'id':'a','kind':'long-text','label':'L','evidence':true}" TAIL, EHCP_ERROR_UNKNOWN_FIELD,
      "/pages/0/questions/0/evidence" },
    { PAGE "{'id':'a','kind':'yes-no','label':'L','if':{'question':'a','is':[]}}" TAIL, EHCP_ERROR_RANGE,
      "/pages/0/questions/0/if/is" },
    { PAGE "{'id':'a','kind':'yes-no','label':'L','if':{'question':'a','is':[1]}}" TAIL, EHCP_ERROR_MALFORMED,
      "/pages/0/questions/0/if/is" },
    /* A page that hangs on its own question, and two pages on each other's. */
    { TWO_PAGES (",'if':{'question':'a','is':'yes'},'questions':[{'id':'a','kind':'yes-no','label':'L'}]",
                 ",'questions':[{'id':'b','kind':'yes-no','label':'L'}]"),
      EHCP_ERROR_CONFLICT, "/pages/0/if/question" },
    { TWO_PAGES (",'if':{'question':'b','is':'yes'},'questions':[{'id':'a','kind':'yes-no','label':'L'}]",
                 ",'if':{'question':'a','is':'yes'},'questions':[{'id':'b','kind':'yes-no','label':'L'}]"),
      EHCP_ERROR_CONFLICT, "/pages/0/if/question" },
    { "{'name':'f@1','title':'T','intro':'I','submit':'S','next':'N','use':'other'}", EHCP_ERROR_RANGE, "/use" },
    { "{'name':'f@1','title':'T','intro':'I','submit':'S','next':'N','start':'yes'}", EHCP_ERROR_MALFORMED,
      "/start" },
    { "{'name':'f@1','title':'T','intro':'I','submit':'S','next':'N','use':'request','pages':[{'id':'p',"
      "'title':'P','group':'G','questions':[{'id':'a','kind':'yes-no','label':'L'}]}]}",
      EHCP_ERROR_MISSING, "/pages" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      EhcpFormDefinition *definition = parse_quoted (rows[i].text, &error);

      g_test_message ("%s", rows[i].text);
      g_assert_null (definition);
      g_assert_error (error, EHCP_ERROR, (int) rows[i].code);
      g_assert_cmpstr (ehcp_error_get_field (error), ==, rows[i].field);
    }
}

/* Each question hangs on the one before by its own condition and by its page's: followed twice each, this
 * would take 2^40 steps. */
static void
test_many_paths (void)
{
  g_autoptr (GString) text = g_string_new (HEAD "'pages':[{'id':'p0','title':'P','group':'G','questions':["
                                                "{'id':'q0','kind':'yes-no','label':'L'}]}");
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (EhcpFormDefinition) definition = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= 40; i++)
    g_string_append_printf (text,
                            ",{'id':'p%d','title':'P','group':'G','if':{'question':'q%d','is':'yes'},'questions':["
                            "{'id':'q%d','kind':'yes-no','label':'L','if':{'question':'q%d','is':['yes','no']}}]}",
                            i, i - 1, i, i - 1);
  g_string_append (text, "]}");
  definition = parse_quoted (text->str, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 40; i++)
    g_hash_table_insert (answers, g_strdup_printf ("q%d", i), "yes");
  g_assert_true (ehcp_question_is_asked (ehcp_form_definition_find (definition, "q40"), look_up, answers));
  g_hash_table_insert (answers, g_strdup ("q0"), "no");
  g_assert_false (ehcp_question_is_asked (ehcp_form_definition_find (definition, "q40"), look_up, answers));
}

/* A page that hangs on an answer cannot start before it is given, and is not needed after another one. */
static void
test_page_states (void)
{
  g_autoptr (EhcpFormDefinition) definition = load ("draft-comments@1");
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  const EhcpFormPage *page = ehcp_form_definition_find_page (definition, "b-change");

  g_assert_cmpstr (ehcp_form_definition_find (definition, "b-change")->section, ==, "B");
  g_assert_true (ehcp_form_definition_find (definition, "b-evidence")->is_evidence);
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_CANNOT_START);
  g_hash_table_insert (answers, "verdict", "accept");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_NOT_NEEDED);
  g_hash_table_insert (answers, "verdict", "change");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_NOT_STARTED);
  g_hash_table_insert (answers, "b-wanted", "no");
  g_assert_cmpint (ehcp_form_page_get_state (page, look_up, answers, TODAY), ==, EHCP_PART_COMPLETED);
}

/* The digest is the same for both sides although one of them has a file more, which goes with the command. */
static void
test_digest_of_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpFormDefinition) definition = parse_quoted (PAGE "{'id':'a','label':'L','kind':'file'}" TAIL, &error);
  g_autoptr (GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *three = NULL;

  g_assert_no_error (error);
  g_hash_table_insert (there, "a", DOCUMENT " a.pdf");
  g_hash_table_insert (here, "a", "file:///b.pdf\n" DOCUMENT " a.pdf");
  one = ehcp_form_definition_digest (definition, look_up, here);
  two = ehcp_form_definition_digest (definition, look_up, there);
  g_assert_cmpstr (one, ==, two);
  g_hash_table_remove (there, "a");
  three = ehcp_form_definition_digest (definition, look_up, there);
  g_assert_cmpstr (one, !=, three);
}

/* The shipped request has what a case is made of. */
static void
test_request (void)
{
  g_autoptr (EhcpFormDefinition) definition = load ("request-assessment@1");
  g_autoptr (EhcpFormDefinition) details = load ("change-of-details@1");

  g_assert_cmpint (definition->use, ==, EHCP_FORM_REQUEST);
  g_assert_true (details->may_start);
  g_assert_cmpuint (ehcp_form_definition_get_version ("request-assessment@12"), ==, 12);
  g_assert_true (ehcp_form_definition_is_same_form ("a@1", "a@2"));
  g_assert_false (ehcp_form_definition_is_same_form ("a@1", "ab@1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-definition/refusals", test_refusals);
  g_test_add_func ("/form-definition/shipped", test_shipped);
  g_test_add_func ("/form-definition/whole-form", test_whole_form);
  g_test_add_func ("/form-definition/nested-conditions", test_nested_conditions);
  g_test_add_func ("/form-definition/part-states", test_part_states);
  g_test_add_func ("/form-definition/answers", test_answers);
  g_test_add_func ("/form-definition/longest-answer", test_longest_answer);
  g_test_add_func ("/form-definition/kinds", test_kinds);
  g_test_add_func ("/form-definition/more-refusals", test_more_refusals);
  g_test_add_func ("/form-definition/many-paths", test_many_paths);
  g_test_add_func ("/form-definition/page-states", test_page_states);
  g_test_add_func ("/form-definition/digest-of-files", test_digest_of_files);
  g_test_add_func ("/form-definition/request", test_request);
  return g_test_run ();
}
