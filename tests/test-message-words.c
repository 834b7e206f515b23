/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the lists of messages and documents say: states, times, sizes, excerpts, order, search. */
#include "ehcp-document-words.h"
#include "ehcp-kinds.h"
#include "ehcp-message-threads.h"
#include "ehcp-search-words.h"
#include "ehcp-size-words.h"
#include "ehcp-text.h"

#define NOW "2026-11-24T12:30:00Z" /* a Tuesday */

static void
test_sizes (void)
{
  static const struct
  {
    gint64 n_bytes;
    const char *words;
  } rows[] = {
    { 0, "0 bytes" },          { 1, "1 byte" },          { 999, "999 bytes" },
    { 1000, "1 KB" },          { 245760, "240 KB" },     { 1023 * 1024, "1 MB" },
    { 1468006, "1.4 MB" },     { 2 << 20, "2 MB" },      { 32505856, "31 MB" },
    { 50 << 20, "50 MB" },     { 10480000, "10 MB" },    { 2469606195, "2.3 GB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = ehcp_size_words (rows[i].n_bytes);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

static void
assert_found (const char *text, const char *typed, gboolean is_found)
{
  g_autofree char *folded = ehcp_search_fold (text);
  g_autofree char *words = ehcp_search_fold (typed);

  g_assert_cmpint (ehcp_search_matches (folded, words), ==, is_found);
}

static void
test_search (void)
{
  assert_found ("Zoë’s Éducation plan", "zoe", TRUE);
  assert_found ("Zoe", "ZOË", TRUE);
  assert_found ("Zoë’s Éducation plan", "plan educ", TRUE);
  assert_found ("Isla’s report", "isla's", TRUE);
  assert_found ("Zoë’s plan", "zoe letter", FALSE);
  assert_found ("anything", "", TRUE);
  assert_found ("anything", "  ", TRUE);
  assert_found (NULL, "a", FALSE);
}

static EhcpRecord *
message (const char *id, gboolean from_council, const char *composed_at, const char *received_at)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_MESSAGE));

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "thread", id);
  ehcp_record_set_text (record, "subject", id);
  ehcp_record_set_text (record, "text", "Hello");
  ehcp_record_set_text (record, "sender_name", from_council ? "Priya Nair" : "Zoë Marlow");
  ehcp_record_set_bool (record, "from_council", from_council);
  ehcp_record_set_text (record, "composed_at", composed_at);
  if (received_at != NULL)
    ehcp_record_set_text (record, "received_at", received_at);
  return record;
}

static EhcpRecord *
sent (const char *id, const char *at)
{
  return message (id, FALSE, at, at);
}

static void
test_states (void)
{
  static const struct
  {
    EhcpDelivery delivery;
    gboolean from_council;
    gboolean is_read;
    const char *words;
  } rows[] = {
    { EHCP_DELIVERY_WAITING, FALSE, FALSE, "Waiting to be sent" },
    { EHCP_DELIVERY_SENDING, FALSE, FALSE, "Sending" },
    { EHCP_DELIVERY_REFUSED, FALSE, FALSE, "Not sent" },
    { EHCP_DELIVERY_DRAFT, FALSE, FALSE, "Draft" },
    { EHCP_DELIVERY_DONE, FALSE, FALSE, "Sent" },
    { EHCP_DELIVERY_DONE, FALSE, TRUE, "Read" },
    { EHCP_DELIVERY_DONE, TRUE, FALSE, "New" },
    { EHCP_DELIVERY_DONE, TRUE, TRUE, "Read" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EhcpRecord) record = message ("a", rows[i].from_council, NOW, NOW);

      ehcp_record_set_delivery (record, rows[i].delivery, NULL);
      if (rows[i].is_read && !rows[i].from_council)
        ehcp_record_set_text (record, "read_at", NOW);
      g_assert_cmpstr (ehcp_message_state_words (ehcp_message_state (record, rows[i].is_read)), ==,
                       rows[i].words);
    }
}

static void
test_excerpt (void)
{
  g_autofree char *lines = ehcp_message_excerpt ("\n Dear  Priya,\n\nhere is it. ");
  g_autofree char *none = ehcp_message_excerpt (NULL);
  g_autofree char *long_text = g_strnfill (500, 'x');
  g_autofree char *cut = ehcp_message_excerpt (long_text);

  g_assert_cmpstr (lines, ==, "Dear Priya, here is it.");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 121);
  g_assert_true (g_str_has_suffix (cut, "x…"));
}

static void
assert_when (const char *at, const char *brief, const char *full)
{
  g_autofree char *brief_is = ehcp_message_when_short (ehcp_time_parse (at), ehcp_time_parse (NOW));
  g_autofree char *full_is = ehcp_message_when_long (ehcp_time_parse (at), ehcp_time_parse (NOW));

  g_assert_cmpstr (brief_is, ==, brief);
  g_assert_cmpstr (full_is, ==, full);
}

static void
test_when (void)
{
  assert_when ("2026-11-24T11:52:00Z", "11:52", "Today 11:52");
  assert_when ("2026-11-23T14:20:00Z", "Mon 14:20", "Mon 23 November 2026, 14:20");
  assert_when ("2026-11-12T19:42:00Z", "Thu 12 Nov", "Thu 12 November 2026, 19:42");
  assert_when ("2025-11-12T19:42:00Z", "Wed 12 Nov 2025", "Wed 12 November 2025, 19:42");
  /* Summer time: the evening of the day before in UTC. */
  assert_when ("2026-08-31T23:30:00Z", "Tue 1 Sep", "Tue 1 September 2026, 00:30");
}

static gboolean
is_read (EhcpRecord *record, gpointer data)
{
  return g_strcmp0 (ehcp_record_get_id (record), data) == 0;
}

static void
add (GListStore *store, EhcpRecord *record)
{
  g_list_store_append (store, record);
  g_object_unref (record);
}

static void
assert_order (GPtrArray *threads, const char *ids)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < threads->len; i++)
    g_string_append (found, ((EhcpThread *) g_ptr_array_index (threads, i))->id);
  g_assert_cmpstr (found->str, ==, ids);
}

static void
test_order (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (EHCP_TYPE_RECORD);
  g_autoptr (GListStore) drafts = g_list_store_new (EHCP_TYPE_RECORD);
  g_autoptr (GPtrArray) threads = NULL;
  EhcpRecord *refused = message ("r", FALSE, "2026-11-01T10:00:00Z", NULL);
  EhcpRecord *waiting = message ("w", FALSE, "2026-11-02T10:00:00Z", NULL);
  EhcpRecord *waiting2 = message ("v", FALSE, "2026-11-03T10:00:00Z", NULL);

  ehcp_record_set_delivery (refused, EHCP_DELIVERY_REFUSED, "too-large");
  ehcp_record_set_delivery (waiting, EHCP_DELIVERY_WAITING, NULL);
  ehcp_record_set_delivery (waiting2, EHCP_DELIVERY_SENDING, NULL);
  add (messages, sent ("a", "2026-11-05T10:00:00Z"));
  add (messages, waiting);
  add (messages, sent ("b", "2026-11-20T10:00:00Z"));
  add (messages, refused);
  add (messages, waiting2);
  add (messages, message ("c", TRUE, "2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z"));
  threads = ehcp_threads_list (EHCP_BOX_SENT, G_LIST_MODEL (messages), G_LIST_MODEL (drafts),
                               is_read, NULL);
  assert_order (threads, "rvwba");
}

/* One row for a thread: new while one of its messages is, about the newest of them, found by any. */
static void
test_threads (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (EHCP_TYPE_RECORD);
  g_autoptr (GListStore) drafts = g_list_store_new (EHCP_TYPE_RECORD);
  g_autoptr (GPtrArray) inbox = NULL;
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  EhcpRecord *later = message ("y", TRUE, "2026-11-03T10:00:00Z", "2026-11-03T10:00:00Z");
  EhcpRecord *answer = sent ("z", "2026-11-02T10:00:00Z");
  EhcpThread *thread;

  add (messages, message ("x", TRUE, "2026-11-01T10:00:00Z", "2026-11-01T10:00:00Z"));
  ehcp_record_set_text (later, "thread", "x");
  ehcp_record_set_text (later, "text", "The école has replied");
  ehcp_record_set_text (answer, "thread", "x");
  add (messages, later);
  add (messages, answer);

  inbox = ehcp_threads_list (EHCP_BOX_INBOX, G_LIST_MODEL (messages), G_LIST_MODEL (drafts), is_read,
                             (gpointer) "y");
  outbox = ehcp_threads_list (EHCP_BOX_SENT, G_LIST_MODEL (messages), G_LIST_MODEL (drafts), is_read,
                              NULL);
  whole = ehcp_threads_get_messages (G_LIST_MODEL (messages), "x");
  assert_order (inbox, "x");
  thread = g_ptr_array_index (inbox, 0);
  g_assert_cmpint (thread->state, ==, EHCP_MESSAGE_NEW);
  g_assert_cmpuint (thread->n_messages, ==, 2);
  g_assert_cmpstr (ehcp_record_get_id (thread->message), ==, "y");
  g_assert_true (ehcp_search_matches (thread->folded, "ecole"));
  g_assert_true (ehcp_search_matches (thread->folded, "priya"));
  g_assert_cmpuint (ehcp_threads_count_new (inbox), ==, 1);
  assert_order (outbox, "x");
  g_assert_cmpuint (whole->len, ==, 3);
  g_assert_cmpstr (ehcp_record_get_id (g_ptr_array_index (whole, 0)), ==, "x");
  g_assert_cmpstr (ehcp_record_get_id (g_ptr_array_index (whole, 2)), ==, "y");
}

static EhcpRecord *
draft (const char *id, const char *form, const char *saved_at)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "saved_at", saved_at);
  if (form != NULL)
    ehcp_record_set_text (record, "form", form);
  return record;
}

/* What was typed into a form is no message. */
static void
test_drafts (void)
{
  g_autoptr (GListStore) messages = g_list_store_new (EHCP_TYPE_RECORD);
  g_autoptr (GListStore) drafts = g_list_store_new (EHCP_TYPE_RECORD);
  g_autoptr (GPtrArray) threads = NULL;

  add (drafts, draft ("d", NULL, "2026-11-03T10:00:00Z"));
  add (drafts, draft ("f", "some-form", "2026-11-03T10:00:00Z"));
  add (drafts, draft ("e", NULL, "2026-11-04T10:00:00Z"));
  threads = ehcp_threads_list (EHCP_BOX_DRAFTS, G_LIST_MODEL (messages), G_LIST_MODEL (drafts),
                               is_read, NULL);
  assert_order (threads, "ed");
}

static void
test_documents (void)
{
  g_autoptr (EhcpRecord) one = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DOCUMENT));
  g_autoptr (EhcpRecord) two = NULL;
  g_autofree char *line = NULL;

  ehcp_record_set_text (one, "kind", "draft-plan");
  ehcp_record_set_date (one, "issued", ehcp_date_parse ("2026-12-14"));
  ehcp_record_set_text (one, "published_at", "2026-12-14T10:00:00Z");
  ehcp_record_set_int (one, "size", 1468006);
  line = ehcp_document_line (one);
  g_assert_cmpstr (line, ==, "Draft plan, Mon 14 Dec 2026, 1.4 MB");

  two = ehcp_record_copy (one);
  ehcp_record_set_text (two, "published_at", "2026-12-14T11:00:00Z");
  g_assert_cmpint (ehcp_document_compare (one, two), >, 0);
  ehcp_record_set_date (two, "issued", ehcp_date_parse ("2026-12-13"));
  g_assert_cmpint (ehcp_document_compare (one, two), <, 0);

  g_assert_cmpint (ehcp_document_format ("application/pdf"), ==, EHCP_FORMAT_PDF);
  g_assert_cmpint (ehcp_document_format ("text/plain; charset=utf-8"), ==, EHCP_FORMAT_TEXT);
  g_assert_cmpint (ehcp_document_format ("application/zip"), ==, EHCP_FORMAT_OTHER);
  g_assert_cmpint (ehcp_document_format (NULL), ==, EHCP_FORMAT_OTHER);
  g_assert_cmpstr (ehcp_document_media_type_of_name ("Photo.JPG"), ==, "image/jpeg");
  g_assert_null (ehcp_document_media_type_of_name ("setup.exe"));
  g_assert_null (ehcp_document_media_type_of_name ("README"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-words/sizes", test_sizes);
  g_test_add_func ("/message-words/search", test_search);
  g_test_add_func ("/message-words/states", test_states);
  g_test_add_func ("/message-words/excerpt", test_excerpt);
  g_test_add_func ("/message-words/when", test_when);
  g_test_add_func ("/message-words/order", test_order);
  g_test_add_func ("/message-words/threads", test_threads);
  g_test_add_func ("/message-words/drafts", test_drafts);
  g_test_add_func ("/message-words/documents", test_documents);
  return g_test_run ();
}
