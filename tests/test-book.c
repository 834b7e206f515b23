/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The book: records change in place, lists and counts follow; commands are laid over what the feed brings. */
#include "ehcp-book.h"
#include "ehcp-echo.h"
#include "ehcp-outbox.h"
#include "ehcp-record-list.h"
#include "ehcp-text.h"

#include <string.h>

#define CASE_A "aaaaaaaa-0000-4000-8000-000000000001"
#define CASE_B "bbbbbbbb-0000-4000-8000-000000000001"
#define ACCOUNT "cccccccc-0000-4000-8000-000000000001"
#define PERSON "dddddddd-0000-4000-8000-000000000001"
#define FORM "eeeeeeee-0000-4000-8000-000000000001"
#define NOW "2026-11-24T14:05:00Z"

static EhcpRecord *
make (EhcpKind kind, const char *case_id, guint n)
{
  EhcpRecord *record = ehcp_record_new (ehcp_kind_get_shape (kind));
  g_autofree char *id = g_strdup_printf ("%08x-0000-4000-8000-%012x", kind + 1, n);

  ehcp_record_set_text (record, "id", id);
  ehcp_record_set_text (record, "case", case_id);
  ehcp_record_set_int (record, "seq", n);
  return record;
}

static EhcpRecord *
put_message (EhcpBook *book, const char *case_id, guint n, const char *received_at)
{
  g_autoptr (EhcpRecord) message = make (EHCP_KIND_MESSAGE, case_id, n);

  ehcp_record_set_text (message, "composed_at", received_at);
  ehcp_record_set_text (message, "received_at", received_at);
  return ehcp_book_put (book, message);
}

/* What waits to be sent has the day on which it was added, by the law's clock: an hour past midnight in London's
 * summer is the next day there. */
static void
test_day_of_waiting_document (void)
{
  static const struct { const char *now, *day; } rows[] = { { NOW, "2026-11-24" }, { "2026-06-30T23:30:00Z", "2026-07-01" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EhcpBook) book = ehcp_book_new ();
      g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_DOCUMENT_ADD));
      g_autoptr (GBytes) content = g_bytes_new_static ("%PDF", 4);
      EhcpOutgoing *outgoing;
      EhcpRecord *document;

      ehcp_record_set_text (command, "case", CASE_A);
      ehcp_record_set_text (command, "title", "A report");
      ehcp_record_set_text (command, "document_kind", "report");
      outgoing = ehcp_outgoing_new (FORM, command);
      ehcp_outgoing_add_file (outgoing, "Report.pdf", "application/pdf", content);
      ehcp_echo_make (outgoing, book, rows[i].now);
      document = g_ptr_array_index (outgoing->echo, 0);
      g_assert_cmpint (ehcp_record_get_date (document, "issued"), ==, ehcp_date_parse (rows[i].day));
      ehcp_outgoing_free (outgoing);
    }
}

/* The files of a form are documents at once, and lines of its answers; what a file that was refused leaves behind is
 * found by its delivery. */
static void
test_files_of_form (void)
{
  static const char *const questions[] = { "shown", "shown", NULL };
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpOutbox) outbox = ehcp_outbox_new (book);
  g_autoptr (EhcpRecord) form = make (EHCP_KIND_FORM, CASE_A, 1);
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_FORM_SUBMIT));
  g_autoptr (GBytes) content = g_bytes_new_static ("%PDF", 4);
  g_autofree char *answer_id = ehcp_answer_id (FORM, PERSON, "shown");
  EhcpOutgoing *outgoing;
  EhcpRecord *answer, *document;
  g_auto (GStrv) lines = NULL;
  g_autofree char *id = NULL;
  g_auto (GStrv) about = NULL;

  ehcp_record_set_text (form, "id", FORM);
  ehcp_record_set_text (form, "person", PERSON);
  ehcp_record_set_text (form, "state", "asked");
  ehcp_book_put (book, form);
  ehcp_record_set_text (command, "case", CASE_A);
  ehcp_record_set_text (command, "form", FORM);
  ehcp_record_set_text (command, "composed_at", NOW);
  ehcp_record_set_list (command, "questions", questions);
  outgoing = ehcp_outgoing_new (ACCOUNT, command);
  ehcp_outgoing_add_file (outgoing, "One.pdf", "application/pdf", content);
  ehcp_outgoing_add_file (outgoing, "Two.pdf", "application/pdf", content);
  ehcp_echo_make (outgoing, book, NOW);
  ehcp_outbox_add (outbox, outgoing);

  answer = ehcp_book_find (book, EHCP_KIND_ANSWER, answer_id);
  g_assert_nonnull (answer);
  lines = g_strsplit (ehcp_record_get_text (answer, "value"), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_true (g_str_has_suffix (lines[0], " One.pdf") && g_str_has_suffix (lines[1], " Two.pdf"));
  id = g_strndup (lines[1], 36);
  document = ehcp_book_find (book, EHCP_KIND_DOCUMENT, id);
  g_assert_cmpstr (ehcp_record_get_text (document, "form"), ==, FORM);
  g_assert_cmpint (ehcp_record_get_delivery (document), ==, EHCP_DELIVERY_WAITING);
  about = ehcp_outbox_list_about (outbox, EHCP_KIND_DOCUMENT, id, FALSE);
  g_assert_cmpstr (about[0], ==, ACCOUNT);
  ehcp_outbox_drop (outbox, ACCOUNT);
  g_assert_null (ehcp_book_find (book, EHCP_KIND_ANSWER, answer_id));
  g_assert_null (ehcp_book_find (book, EHCP_KIND_DOCUMENT, id));
}

static EhcpRecord *
get_nth (GListModel *list, guint n)
{
  g_autoptr (EhcpRecord) record = g_list_model_get_item (list, n);

  return record;
}

static void
test_order (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  EhcpRecord *first = put_message (book, CASE_A, 1, "2026-11-20T10:00:00Z");
  GListModel *list = ehcp_book_get_list (book, EHCP_KIND_MESSAGE, CASE_A);
  EhcpRecord *second = put_message (book, CASE_A, 2, "2026-11-21T10:00:00Z");
  EhcpRecord *other = put_message (book, CASE_B, 3, "2026-11-22T10:00:00Z");

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  g_assert_true (get_nth (list, 0) == second);
  g_assert_true (get_nth (list, 1) == first);
  g_assert_true (get_nth (ehcp_book_get_list (book, EHCP_KIND_MESSAGE, NULL), 0) == other);
  g_assert_true (list == ehcp_book_get_list (book, EHCP_KIND_MESSAGE, CASE_A));
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  *(guint *) data += removed + added;
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

/* A change in place keeps the object, and tells the list only when its place is another. */
static void
test_in_place (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  GListModel *list = ehcp_book_get_list (book, EHCP_KIND_MESSAGE, CASE_A);
  EhcpRecord *first = put_message (book, CASE_A, 1, "2026-11-20T10:00:00Z");
  g_autoptr (EhcpRecord) newer = ehcp_record_copy (first);
  guint n_items = 0, n_notified = 0;

  put_message (book, CASE_A, 2, "2026-11-21T10:00:00Z");
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), &n_items);
  g_signal_connect (first, "notify::read-at", G_CALLBACK (notify_cb), &n_notified);

  ehcp_record_set_text (newer, "read_at", "2026-11-22T10:00:00Z");
  g_assert_true (ehcp_book_put (book, newer) == first);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpuint (n_items, ==, 0);

  ehcp_record_set_text (newer, "received_at", "2026-11-23T10:00:00Z");
  ehcp_book_put (book, newer);
  g_assert_cmpuint (n_items, ==, 2);
  g_assert_true (get_nth (list, 0) == first);
}

/* Each kind has an order in which equal values are told apart by their ids. */
static void
test_every_order (void)
{
  for (guint kind = 0; kind < EHCP_N_KINDS; kind++)
    {
      g_autoptr (EhcpRecord) a = make (kind, CASE_A, 1);
      g_autoptr (EhcpRecord) b = make (kind, CASE_A, 2);
      int order = ehcp_record_compare (kind, a, b);

      g_assert_cmpint (ehcp_record_compare (kind, a, a), ==, 0);
      g_assert_cmpint (order, !=, 0);
      g_assert_true ((order < 0) == (ehcp_record_compare (kind, b, a) > 0));
    }
}

static void
test_unset_last (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  GListModel *forms = ehcp_book_get_list (book, EHCP_KIND_FORM, CASE_A);
  g_autoptr (EhcpRecord) without = make (EHCP_KIND_FORM, CASE_A, 1);
  g_autoptr (EhcpRecord) with = make (EHCP_KIND_FORM, CASE_A, 2);

  ehcp_record_set_date (with, "due", 739950);
  ehcp_book_put (book, without);
  ehcp_book_put (book, with);
  g_assert_true (get_nth (forms, 0) == with);
}

static void
count_cb (EhcpBook *book, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_changed_once (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  guint n = 0;

  g_signal_connect (book, "changed", G_CALLBACK (count_cb), &n);
  put_message (book, CASE_A, 1, "2026-11-20T10:00:00Z");
  put_message (book, CASE_A, 2, "2026-11-21T10:00:00Z");
  g_assert_cmpuint (n, ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n, ==, 1);
  put_message (book, CASE_A, 2, "2026-11-21T10:00:00Z");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n, ==, 1);
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

/* Of a long pull, what follows the book is told now and then; what happens beside it, and the rest at its end, at once. */
static void
test_changed_in_pages (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  guint n = 0, number = 0;

  g_signal_connect (book, "changed", G_CALLBACK (count_cb), &n);
  for (guint page = 0; page < 5; page++)
    {
      ehcp_book_begin_page (book);
      for (guint i = 0; i < 500; i++)
        put_message (book, CASE_A, ++number, "2026-11-20T10:00:00Z");
      settle ();
      ehcp_book_end_page (book, TRUE);
      settle ();
    }
  g_assert_cmpuint (n, ==, 1);
  put_message (book, CASE_A, ++number, "2026-11-20T10:00:00Z");
  settle ();
  g_assert_cmpuint (n, ==, 2);
  ehcp_book_begin_page (book);
  put_message (book, CASE_A, ++number, "2026-11-20T10:00:00Z");
  ehcp_book_end_page (book, TRUE);
  settle ();
  g_assert_cmpuint (n, ==, 2);
  ehcp_book_end_page (book, FALSE); /* cut off */
  settle ();
  g_assert_cmpuint (n, ==, 3);
  ehcp_book_end_page (book, FALSE);
  settle ();
  g_assert_cmpuint (n, ==, 3);
}

static void
test_remove_case (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  GListModel *list = ehcp_book_get_list (book, EHCP_KIND_MESSAGE, CASE_A);
  g_autoptr (EhcpRecord) record = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_CASE));

  ehcp_record_set_text (record, "id", CASE_A);
  ehcp_book_put (book, record);
  put_message (book, CASE_A, 1, "2026-11-20T10:00:00Z");
  put_message (book, CASE_B, 2, "2026-11-20T10:00:00Z");
  ehcp_book_remove_case (book, CASE_A);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 0);
  g_assert_null (ehcp_book_find (book, EHCP_KIND_CASE, CASE_A));
  g_assert_cmpuint (
      g_list_model_get_n_items (ehcp_book_get_list (book, EHCP_KIND_MESSAGE, NULL)), ==, 1);
}

static void
put_own (EhcpBook *book, const char *role)
{
  g_autoptr (EhcpRecord) account = make (EHCP_KIND_ACCOUNT, NULL, 1);
  g_autoptr (EhcpRecord) person = make (EHCP_KIND_PERSON, CASE_A, 1);

  ehcp_record_set_text (account, "id", ACCOUNT);
  ehcp_record_set_text (account, "forename", "Helen");
  ehcp_record_set_text (account, "surname", "Marlow");
  ehcp_record_set_text (account, "role", role);
  ehcp_record_set_text (person, "id", PERSON);
  ehcp_record_set_text (person, "account", ACCOUNT);
  ehcp_book_put (book, account);
  if (g_str_equal (role, "family"))
    ehcp_book_put (book, person);
}

/* The other parent's reading is not mine. */
static void
test_unread (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpRecord) theirs = make (EHCP_KIND_READING, CASE_A, 1);
  g_autoptr (EhcpRecord) mine = make (EHCP_KIND_READING, CASE_A, 2);
  EhcpRecord *message;

  put_own (book, "family");
  message = put_message (book, CASE_A, 1, "2026-11-20T10:00:00Z");
  ehcp_record_set_text (put_message (book, CASE_A, 2, "2026-11-20T10:00:00Z"), "sender", PERSON);
  g_assert_cmpuint (ehcp_book_count_unread (book, EHCP_KIND_MESSAGE, CASE_A), ==, 1);

  ehcp_record_set_text (theirs, "item", ehcp_record_get_id (message));
  ehcp_record_set_text (theirs, "reader", CASE_B);
  ehcp_book_put (book, theirs);
  g_assert_false (ehcp_book_is_read (book, message));
  ehcp_record_set_text (mine, "item", ehcp_record_get_id (message));
  ehcp_record_set_text (mine, "reader", PERSON);
  ehcp_book_put (book, mine);
  g_assert_true (ehcp_book_is_read (book, message));
  g_assert_cmpuint (ehcp_book_count_unread (book, EHCP_KIND_MESSAGE, CASE_A), ==, 0);
  ehcp_book_remove (book, EHCP_KIND_READING, ehcp_record_get_id (mine));
  g_assert_cmpuint (ehcp_book_count_unread (book, EHCP_KIND_MESSAGE, NULL), ==, 1);
}

static void
test_attachments_do_not_count (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpRecord) letter = make (EHCP_KIND_DOCUMENT, CASE_A, 1);
  g_autoptr (EhcpRecord) attachment = make (EHCP_KIND_DOCUMENT, CASE_A, 2);

  put_own (book, "family");
  ehcp_record_set_text (attachment, "message", FORM);
  ehcp_book_put (book, letter);
  ehcp_book_put (book, attachment);
  g_assert_cmpuint (ehcp_book_count_unread (book, EHCP_KIND_DOCUMENT, CASE_A), ==, 1);
}

static EhcpOutgoing *
make_command (EhcpBook *book, EhcpCommand kind, const char *id, const char *field, ...)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (kind));
  EhcpOutgoing *outgoing;
  va_list args;

  ehcp_record_set_text (command, "case", CASE_A);
  va_start (args, field);
  for (const char *name = field; name != NULL; name = va_arg (args, const char *))
    ehcp_record_set_text (command, name, va_arg (args, const char *));
  va_end (args);
  outgoing = ehcp_outgoing_new (id, command);
  ehcp_echo_make (outgoing, book, NOW);
  return outgoing;
}

#define SEND "11111111-0000-4000-8000-000000000001"
#define SAVE "22222222-0000-4000-8000-000000000001"
#define SAVE_AGAIN "22222222-0000-4000-8000-000000000002"
#define SUBMIT "33333333-0000-4000-8000-000000000001"

static void
test_echo_message (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpOutbox) outbox = ehcp_outbox_new (book);
  g_autoptr (EhcpRecord) theirs = NULL;
  EhcpRecord *message;
  guint n_waiting, n_refused;

  put_own (book, "family");
  ehcp_outbox_add (outbox, make_command (book, EHCP_COMMAND_MESSAGE_SEND, SEND, "subject", "Diary", "text",
                                         "Here", "message_type", "Question", "composed_at", NOW, NULL));
  message = ehcp_book_find (book, EHCP_KIND_MESSAGE, SEND);
  g_assert_nonnull (message);
  g_assert_cmpint (ehcp_record_get_delivery (message), ==, EHCP_DELIVERY_WAITING);
  g_assert_cmpstr (ehcp_record_get_text (message, "sender_name"), ==, "Helen Marlow");
  g_assert_cmpstr (ehcp_record_get_text (message, "thread"), ==, SEND);
  g_assert_false (ehcp_record_get_bool (message, "from_council"));

  ehcp_outbox_set_delivery (outbox, SEND, EHCP_DELIVERY_REFUSED, "too-large", NULL);
  g_assert_cmpstr (ehcp_record_get_refusal (message), ==, "too-large");
  ehcp_outbox_count (outbox, &n_waiting, &n_refused);
  g_assert_cmpuint (n_refused, ==, 1);

  ehcp_outbox_finish (outbox, SEND, TRUE);
  g_assert_cmpint (ehcp_record_get_delivery (message), ==, EHCP_DELIVERY_DONE);
  theirs = ehcp_record_copy (message);
  ehcp_record_set_text (theirs, "received_at", NOW);
  ehcp_outbox_put (outbox, theirs);
  g_assert_true (ehcp_book_find (book, EHCP_KIND_MESSAGE, SEND) == message);
  g_assert_cmpstr (ehcp_record_get_text (message, "received_at"), ==, NOW);
}

static void
test_echo_drop (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpOutbox) outbox = ehcp_outbox_new (book);

  ehcp_outbox_add (outbox, make_command (book, EHCP_COMMAND_MESSAGE_SEND, SEND, "subject", "Diary", NULL));
  g_assert_nonnull (ehcp_book_find (book, EHCP_KIND_MESSAGE, SEND));
  ehcp_outbox_drop (outbox, SEND);
  g_assert_null (ehcp_book_find (book, EHCP_KIND_MESSAGE, SEND));
}

/* Two answers to one question and a submission lie over each other; what the feed brings goes under. */
static void
test_echo_form (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpOutbox) outbox = ehcp_outbox_new (book);
  g_autoptr (EhcpRecord) form = make (EHCP_KIND_FORM, CASE_A, 1);
  g_autofree char *answer_id = ehcp_answer_id (FORM, PERSON, "name");
  EhcpRecord *answer, *live;

  put_own (book, "family");
  ehcp_record_set_text (form, "id", FORM);
  ehcp_record_set_text (form, "person", PERSON);
  ehcp_record_set_text (form, "state", "asked");
  live = ehcp_book_put (book, form);
  form = (g_object_unref (form), ehcp_record_copy (live));
  ehcp_outbox_add (outbox, make_command (book, EHCP_COMMAND_FORM_SAVE, SAVE, "form", FORM, "question",
                                         "name", "value", "one", NULL));
  ehcp_outbox_add (outbox, make_command (book, EHCP_COMMAND_FORM_SAVE, SAVE_AGAIN, "form", FORM,
                                         "question", "name", "value", "two", NULL));
  ehcp_outbox_add (outbox, make_command (book, EHCP_COMMAND_FORM_SUBMIT, SUBMIT, "form", FORM,
                                         "composed_at", NOW, NULL));
  answer = ehcp_book_find (book, EHCP_KIND_ANSWER, answer_id);
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, "two");
  g_assert_cmpstr (ehcp_record_get_text (live, "state"), ==, "submitted");

  ehcp_outbox_finish (outbox, SAVE, TRUE);
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, "two");
  g_assert_cmpint (ehcp_record_get_delivery (answer), ==, EHCP_DELIVERY_WAITING);
  ehcp_outbox_drop (outbox, SAVE_AGAIN);
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, "one");

  ehcp_record_set_date (form, "due", 739950);
  ehcp_outbox_put (outbox, form);
  g_assert_cmpint (ehcp_record_get_date (live, "due"), ==, 739950);
  g_assert_cmpstr (ehcp_record_get_text (live, "state"), ==, "submitted");
  ehcp_outbox_set_delivery (outbox, SUBMIT, EHCP_DELIVERY_REFUSED, "missing", "/answers/name");
  g_assert_cmpstr (ehcp_record_get_text (live, "state"), ==, "asked");
  g_assert_cmpint (ehcp_record_get_delivery (live), ==, EHCP_DELIVERY_REFUSED);
  ehcp_outbox_drop (outbox, SUBMIT);
  g_assert_cmpint (ehcp_record_get_delivery (live), ==, EHCP_DELIVERY_DONE);
}

/* The answer to a command is lost and repeated; meanwhile the council's copy came, with what another
 * computer of the same person wrote later. */
static void
test_echo_late (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpOutbox) outbox = ehcp_outbox_new (book);
  g_autoptr (EhcpRecord) form = make (EHCP_KIND_FORM, CASE_A, 1);
  g_autofree char *answer_id = ehcp_answer_id (FORM, PERSON, "name");
  g_autoptr (EhcpRecord) later = make (EHCP_KIND_ANSWER, CASE_A, 9);
  EhcpRecord *answer;

  put_own (book, "family");
  ehcp_record_set_text (form, "id", FORM);
  ehcp_record_set_text (form, "person", PERSON);
  ehcp_book_put (book, form);
  ehcp_outbox_add (outbox, make_command (book, EHCP_COMMAND_FORM_SAVE, SAVE, "form", FORM, "question",
                                         "name", "value", "one", NULL));
  ehcp_record_set_text (later, "id", answer_id);
  ehcp_record_set_text (later, "value", "two");
  ehcp_outbox_put (outbox, later);
  ehcp_outbox_finish (outbox, SAVE, TRUE);
  answer = ehcp_book_find (book, EHCP_KIND_ANSWER, answer_id);
  g_assert_cmpstr (ehcp_record_get_text (answer, "value"), ==, "two");
  g_assert_cmpint (ehcp_record_get_delivery (answer), ==, EHCP_DELIVERY_DONE);
}

static void
test_outgoing_text (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (GBytes) content = g_bytes_new_static ("abc", 3);
  g_autoptr (EhcpOutgoing) outgoing =
      make_command (book, EHCP_COMMAND_NOTE_ADD, SEND, "kind", "note.add", "text", "A note", NULL);
  g_autoptr (EhcpOutgoing) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_autoptr (GBytes) bytes = NULL;

  ehcp_outgoing_add_file (outgoing, "a.pdf", "application/pdf", content);
  outgoing->field = g_strdup ("/text");
  text = ehcp_outgoing_format (outgoing);
  bytes = g_bytes_new_static (text, strlen (text));
  again = ehcp_outgoing_parse (SEND, bytes);
  g_assert_nonnull (again);
  text_again = ehcp_outgoing_format (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpuint (again->echo->len, ==, 1);
  g_assert_cmpuint (again->files->len, ==, 1);
}

static void
name_case_cb (EhcpBook *book, const char *case_id, GString *named)
{
  g_string_append_printf (named, "%s ", case_id);
}

/* Each case is named once however many records of it came, and records of no case name none. */
static void
test_case_changed (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (GString) named = g_string_new (NULL);
  EhcpRecord *first, *second;

  g_signal_connect (book, "case-changed", G_CALLBACK (name_case_cb), named);
  first = put_message (book, CASE_A, 1, NOW);
  second = put_message (book, CASE_A, 2, NOW);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (named->str, ==, CASE_A " ");
  g_assert_cmpuint (ehcp_book_peek_case (book, EHCP_KIND_MESSAGE, CASE_A)->len, ==, 2);
  g_assert_null (ehcp_book_peek_case (book, EHCP_KIND_NOTE, CASE_A));
  ehcp_book_remove (book, EHCP_KIND_MESSAGE, ehcp_record_get_id (first));
  ehcp_book_remove (book, EHCP_KIND_MESSAGE, ehcp_record_get_id (second));
  g_assert_null (ehcp_book_peek_case (book, EHCP_KIND_MESSAGE, CASE_A));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/book/order", test_order);
  g_test_add_func ("/book/day-of-waiting-document", test_day_of_waiting_document);
  g_test_add_func ("/book/files-of-form", test_files_of_form);
  g_test_add_func ("/book/in-place", test_in_place);
  g_test_add_func ("/book/every-order", test_every_order);
  g_test_add_func ("/book/unset-last", test_unset_last);
  g_test_add_func ("/book/changed-once", test_changed_once);
  g_test_add_func ("/book/changed-in-pages", test_changed_in_pages);
  g_test_add_func ("/book/case-changed", test_case_changed);
  g_test_add_func ("/book/remove-case", test_remove_case);
  g_test_add_func ("/book/unread", test_unread);
  g_test_add_func ("/book/attachments-do-not-count", test_attachments_do_not_count);
  g_test_add_func ("/book/echo/message", test_echo_message);
  g_test_add_func ("/book/echo/drop", test_echo_drop);
  g_test_add_func ("/book/echo/form", test_echo_form);
  g_test_add_func ("/book/echo/late", test_echo_late);
  g_test_add_func ("/book/outgoing-text", test_outgoing_text);
  return g_test_run ();
}
