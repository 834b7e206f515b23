/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case's history in words and as CSV. */
#include "ehcp-commands.h"
#include "ehcp-error.h"
#include "ehcp-past-act-words.h"

#include <string.h>

#define PRIYA "aaaaaaaa-0000-4000-8000-000000000001"
#define OMAR "aaaaaaaa-0000-4000-8000-000000000002"

static GPtrArray *
parse (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  gboolean has_more;
  GPtrArray *acts = ehcp_past_acts_parse (bytes, &has_more, &error);

  g_assert_no_error (error);
  return acts;
}

static EhcpBook *
make_book (void)
{
  EhcpBook *book = ehcp_book_new ();
  static const char *const people[][2] = { { PRIYA, "Priya Nair" }, { OMAR, "Omar Aziz" } };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (EhcpRecord) colleague = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_COLLEAGUE));

      ehcp_record_set_text (colleague, "id", i == 0 ? OMAR : PRIYA);
      ehcp_record_set_text (colleague, "audience", "staff");
      ehcp_record_set_text (colleague, "account", people[i][0]);
      ehcp_record_set_text (colleague, "name", people[i][1]);
      ehcp_book_put (book, colleague);
    }
  return book;
}

static void
test_rows (void)
{
  static const struct
  {
    const char *row;
    const char *words;
    const char *detail;
    EhcpPastGroup group;
  } rows[] = {
    { "'what':'document.publish','title':'Advice 100 %s','detail':'sha256 ab'", "Document published: Advice 100 %s",
      NULL, EHCP_PAST_DOCUMENTS },
    { "'what':'document.read'", "Opened a document that is gone", NULL, EHCP_PAST_READINGS },
    { "'what':'event.record','item_kind':'event','title':'draft-served','detail':'draft-served 2026-12-14'",
      "Entry made: Draft plan served", "Mon 14 Dec 2026", EHCP_PAST_DATES },
    { "'what':'exemption.record','detail':'assess-decision personal'", "Exemption recorded",
      "Decision: will we assess? (exceptional personal circumstances of the child, the parent or the young person)",
      EHCP_PAST_DATES },
    { "'what':'exemption.record','detail':'advice/Social care appointment'", "Exemption recorded",
      "Report: Social care (an appointment with that adviser was missed)", EHCP_PAST_DATES },
    { "'what':'case.reallocate','detail':'from " PRIYA " to " OMAR ": Load'", "Case given to another caseworker",
      "from Priya Nair to Omar Aziz: Load", EHCP_PAST_CASE },
    { "'what':'case.allocate','detail':'to aaaaaaaa-0000-4000-8000-000000000009'", "Case allocated",
      "to somebody who is not here any more", EHCP_PAST_CASE },
    { "'what':'mail.bounced','item_kind':'person','title':'Helen Marlow'", "An e-mail could not be delivered: Helen Marlow",
      NULL, EHCP_PAST_PEOPLE },
    { "'what':'mail.bounced'", "An e-mail could not be delivered", NULL, EHCP_PAST_PEOPLE },
    { "'what':'document.scanned','item_kind':'document','title':'Advice','detail':'x'", "File checked for viruses: Advice",
      NULL, EHCP_PAST_DOCUMENTS },
    { "'what':'new.kind','detail':'x'", "new.kind", NULL, EHCP_PAST_EVERYTHING },
  };
  g_autoptr (EhcpBook) book = make_book ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = g_strdup_printf ("{'rows':[{'number':1,'at':'2026-11-24T14:00:00Z',%s}]}", rows[i].row);
      g_autoptr (GPtrArray) acts = parse (json);
      g_autofree char *words = NULL;
      g_autofree char *detail = NULL;

      g_assert_cmpuint (acts->len, ==, 1);
      words = ehcp_past_act_words (acts->pdata[0]);
      detail = ehcp_past_act_words_detail (acts->pdata[0], book);
      g_assert_cmpstr (words, ==, rows[i].words);
      g_assert_cmpstr (detail, ==, rows[i].detail);
      g_assert_cmpint (ehcp_past_act_get_group (acts->pdata[0]), ==, rows[i].group);
    }
}

/* Whoever adds a command about a case gives it words. */
static void
test_every_command (void)
{
  for (guint i = 0; i < EHCP_N_COMMANDS; i++)
    {
      const EhcpShape *shape = ehcp_command_get_shape (i);
      g_autofree char *json = g_strdup_printf ("{'rows':[{'at':'2026-11-24T14:00:00Z','what':'%s'}]}", shape->name);
      g_autoptr (GPtrArray) acts = parse (json);

      if (ehcp_shape_find (shape, "case") == EHCP_FIELD_NONE)
        continue;
      g_test_message ("%s", shape->name);
      g_assert_cmpint (ehcp_past_act_get_group (acts->pdata[0]), !=, EHCP_PAST_EVERYTHING);
    }
}

static void
test_who (void)
{
  g_autoptr (GPtrArray) acts = parse ("{'rows':[{'at':'t','what':'w','who':'Priya Nair','role':'manager'},"
                                      "{'at':'t','what':'w','role':'none','account':'" PRIYA "'},"
                                      "{'at':'t','what':'w','role':'none','account':''},{'at':'t'},7]}");
  g_autofree char *first = ehcp_past_act_words_who (acts->pdata[0]);
  g_autofree char *second = ehcp_past_act_words_who (acts->pdata[1]);
  g_autofree char *third = ehcp_past_act_words_who (acts->pdata[2]);

  g_assert_cmpuint (acts->len, ==, 3);
  g_assert_cmpstr (third, ==, "The portal by itself");
  g_assert_cmpstr (first, ==, "Priya Nair, manager");
  g_assert_cmpstr (second, ==, "An account that is not here any more");
}

static void
test_csv (void)
{
  g_autoptr (GPtrArray) acts = parse ("{'rows':[{'number':7,'at':'2026-11-24T14:00:00Z','what':'message.send',"
                                      "'who':'=1+1','role':'family','account':'" PRIYA "','title':'a, b\\nc'}]}");
  g_autoptr (GListStore) store = g_list_store_new (EHCP_TYPE_PAST_ACT);
  g_autofree char *csv = NULL;

  g_list_store_append (store, acts->pdata[0]);
  csv = ehcp_past_acts_to_csv (G_LIST_MODEL (store), NULL);
  g_assert_cmpstr (csv, ==,
                   "\xef\xbb\xbf\"Number\",\"Time (UTC)\",\"Who\",\"Role\",\"Account\",\"What\",\"Detail\",\"Kind\","
                   "\"Thing\"\r\n\"7\",\"2026-11-24T14:00:00Z\",\"'=1+1\",\"family\",\"" PRIYA
                   "\",\"Message sent: a, b\nc\",\"\",\"message.send\",\"\"\r\n");
}

static void
test_no_answer (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[]", 2);
  g_autoptr (GError) error = NULL;
  gboolean has_more;

  g_assert_null (ehcp_past_acts_parse (bytes, &has_more, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/past-act/rows", test_rows);
  g_test_add_func ("/past-act/every-command", test_every_command);
  g_test_add_func ("/past-act/who", test_who);
  g_test_add_func ("/past-act/csv", test_csv);
  g_test_add_func ("/past-act/no-answer", test_no_answer);
  return g_test_run ();
}
