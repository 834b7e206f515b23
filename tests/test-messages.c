/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens of messages and of writing one: they follow the book, keep what was typed and say what is wrong.
 * Needs a display. */
#include <adwaita.h>
#include <string.h>

#include "app/sample.h"
#include "app/screen.h"
#include "ehcp-attachment-list.h"
#include "ehcp-error-row.h"
#include "ehcp-link-private.h"
#include "ehcp-message-row.h"
#include "ehcp-panes.h"
#include "ehcp-text.h"

static EhcpRecord *
put_message (Screen *screen, const char *subject, EhcpDelivery delivery, const char *refusal)
{
  EhcpRecord *message = g_object_new (ehcp_message_get_type (), NULL);
  EhcpRecord *account = ehcp_book_get_account (screen->book);
  g_autofree char *id = ehcp_text_new_id ();

  ehcp_record_set_text (message, "id", id);
  ehcp_record_set_text (message, "thread", id);
  ehcp_record_set_text (message, "case", SAMPLE_ISLA);
  ehcp_record_set_text (message, "message_type", "Change of details");
  ehcp_record_set_text (message, "subject", subject);
  ehcp_record_set_text (message, "text", "We have moved to Zoë’s.");
  ehcp_record_set_text (message, "sender", ehcp_record_get_id (account));
  ehcp_record_set_text (message, "sender_name", "Helen Marlow");
  ehcp_record_set_text (message, "composed_at", "2026-10-01T10:00:00Z");
  ehcp_record_set_delivery (message, delivery, refusal);
  ehcp_book_put (screen->book, message);
  g_object_unref (message);
  return ehcp_book_find (screen->book, EHCP_KIND_MESSAGE, id);
}

static void
press (Screen *screen, const char *action, const char *target)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (screen->view), action,
                                             target != NULL ? "s" : NULL, target));
  screen_settle ();
}

/* Messages */

static const char *
nth_subject (Screen *screen, int n)
{
  GtkWidget *list = screen_find_in (screen->window, GTK_TYPE_LIST_BOX, NULL);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), n);

  return gtk_label_get_text (GTK_LABEL (screen_find_in (GTK_WIDGET (row), GTK_TYPE_LABEL, NULL)));
}

static void
test_boxes (void)
{
  Screen screen;
  EhcpRecord *refused;

  screen_open_sample (&screen, "messages/" SAMPLE_ISLA, 1100);
  screen_assert_shows (&screen, "Inbox (2)");
  press (&screen, "messages.box", "drafts");
  screen_assert_shows (&screen, "No drafts");
  refused = put_message (&screen, "Our new address", EHCP_DELIVERY_REFUSED, "too-large");
  press (&screen, "messages.box", "sent");
  screen_assert_shows (&screen, "Our new address");
  screen_assert_shows (&screen, "Not sent");
  g_assert_cmpstr (nth_subject (&screen, 0), ==, "Our new address");

  /* The record changes in place, and the row with it. */
  ehcp_record_set_text (refused, "received_at", "2026-10-01T10:00:00Z");
  ehcp_record_set_delivery (refused, EHCP_DELIVERY_DONE, NULL);
  ehcp_book_put (screen.book, refused);
  screen_assert_hides (&screen, "Not sent");
  g_assert_cmpstr (nth_subject (&screen, 0), !=, "Our new address");
  screen_clear (&screen);
}

static void
test_refused (void)
{
  Screen screen;
  EhcpRecord *message;

  screen_open_sample (&screen, "messages/" SAMPLE_ISLA, 1100);
  message = put_message (&screen, "Our new address", EHCP_DELIVERY_REFUSED, "unsupported-type");
  screen_settle ();
  press (&screen, "messages.box", "sent");
  press (&screen, "messages.open", "0");
  screen_assert_shows (&screen, "Message Type: Change of details");
  screen_assert_shows (&screen, "The council does not take this kind of file");
  screen_assert_shows (&screen, "Try again");
  screen_assert_hides (&screen, "Reply");

  /* Withdrawn or sent away elsewhere: the thread closes. */
  ehcp_book_remove (screen.book, EHCP_KIND_MESSAGE, ehcp_record_get_id (message));
  screen_assert_shows (&screen, "Choose a message to read it");
  screen_clear (&screen);
}

/* A file on its way has a bar and can be stopped; one that has arrived can be opened and saved. */
static void
test_moving_files (void)
{
  Screen screen;
  EhcpRecord *message, *file;
  g_autoptr (EhcpRecord) made = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DOCUMENT));
  g_autofree char *id = ehcp_text_new_id ();

  screen_open_sample (&screen, "messages/" SAMPLE_ISLA, 1100);
  message = put_message (&screen, "Photo of the diary", EHCP_DELIVERY_SENDING, NULL);
  ehcp_record_set_text (made, "id", id);
  ehcp_record_set_text (made, "case", SAMPLE_ISLA);
  ehcp_record_set_text (made, "message", ehcp_record_get_id (message));
  ehcp_record_set_text (made, "title", "diary.jpg");
  ehcp_record_set_text (made, "file_name", "diary.jpg");
  ehcp_record_set_text (made, "kind", "attachment");
  ehcp_record_set_int (made, "size", 4 * 1024 * 1024);
  ehcp_record_set_delivery (made, EHCP_DELIVERY_SENDING, NULL);
  ehcp_book_put (screen.book, made);
  file = ehcp_book_find (screen.book, EHCP_KIND_DOCUMENT, id);
  press (&screen, "messages.box", "sent");
  press (&screen, "messages.open", "0");
  ehcp_record_set_progress (file, 50);
  screen_assert_shows (&screen, "Sending, 2 MB of 4 MB");
  screen_assert_shows (&screen, "Cancel");

  ehcp_record_set_delivery (made, EHCP_DELIVERY_DONE, NULL);
  ehcp_book_put (screen.book, made);
  screen_assert_hides (&screen, "Cancel");
  screen_assert_shows (&screen, "diary.jpg");
  screen_clear (&screen);
}

static void
test_search (void)
{
  Screen screen;

  screen_open_sample (&screen, "messages/" SAMPLE_ISLA, 1100);
  put_message (&screen, "Our new address", EHCP_DELIVERY_WAITING, NULL);
  screen_search (&screen, "psychologist");
  screen_assert_shows (&screen, "1 message found");
  screen_search (&screen, "zoe");
  screen_assert_shows (&screen, "Nothing found in Inbox");
  screen_assert_shows (&screen, "Show 1 in Sent Items");
  screen_search (&screen, "no such word");
  screen_assert_shows (&screen, "Clear the search");
  screen_search (&screen, "");
  screen_assert_hides (&screen, "Clear the search");
  screen_clear (&screen);
}

/* Two pages when it is narrow, and back to the list first. */
static void
test_narrow (void)
{
  Screen screen;
  EhcpPanes *panes;

  screen_open_sample (&screen, "messages/" SAMPLE_ISLA, 420);
  panes = EHCP_PANES (screen_find_in (screen.window, EHCP_TYPE_PANES, NULL));
  g_assert_true (ehcp_panes_is_narrow (panes));
  screen_assert_hides (&screen, "Choose a message to read it");
  g_assert_false (ehcp_view_close_inner (screen.view));
  press (&screen, "messages.open", "0");
  screen_assert_shows (&screen, "Message Type:");
  screen_assert_hides (&screen, "Inbox (");
  g_assert_true (ehcp_view_close_inner (screen.view));
  screen_assert_shows (&screen, "Inbox (");
  screen_clear (&screen);
}

/* Writing */

static EhcpRecord *
get_draft (Screen *screen)
{
  GListModel *drafts = ehcp_book_get_list (screen->book, EHCP_KIND_DRAFT, SAMPLE_ISLA);
  g_autoptr (EhcpRecord) draft = g_list_model_get_item (drafts, 0);

  g_assert_cmpuint (g_list_model_get_n_items (drafts), <=, 1);
  return draft; /* the book holds it */
}

static gboolean
has_draft (Screen *screen, gconstpointer text)
{
  EhcpRecord *draft = get_draft (screen);

  return draft != NULL && g_strcmp0 (ehcp_record_get_text (draft, "text"), text) == 0;
}

static void
type_text (Screen *screen, const char *text)
{
  GtkWidget *view = screen_find_in (screen->window, GTK_TYPE_TEXT_VIEW, NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
type_subject (Screen *screen, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (screen_find_in (screen->window, ADW_TYPE_ENTRY_ROW, NULL)), text);
}

static void
test_draft (void)
{
  Screen screen;
  gint64 before = g_get_monotonic_time ();

  screen_open_sample (&screen, "compose/" SAMPLE_ISLA, 1100);
  screen_assert_shows (&screen, "Isla Marlow");
  screen_assert_shows (&screen, "Only you, Priya Nair and the SEND team can read this.");
  g_assert_null (get_draft (&screen));
  before = g_get_monotonic_time ();
  type_subject (&screen, "Diary");
  type_text (&screen, "Dear Priya");
  g_assert_true (screen_wait (&screen, has_draft, "Dear Priya"));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 2 * G_USEC_PER_SEC);
  screen_assert_shows (&screen, "Draft saved 14:05");
  g_assert_cmpstr (ehcp_record_get_text (get_draft (&screen), "subject"), ==, "Diary");
  g_assert_cmpstr (ehcp_record_get_case (get_draft (&screen)), ==, SAMPLE_ISLA);

  /* Leaving stores at once; nothing left is no draft. */
  type_text (&screen, "Dear Priya, hello");
  ehcp_view_leave (screen.view);
  g_assert_true (has_draft (&screen, "Dear Priya, hello"));
  type_text (&screen, "");
  type_subject (&screen, "");
  ehcp_view_leave (screen.view);
  g_assert_null (get_draft (&screen));
  screen_clear (&screen);
}

static void
test_reply (void)
{
  g_autofree char *place = NULL;
  Screen screen;
  EhcpRecord *message;

  screen_open_sample (&screen, "messages/" SAMPLE_ISLA, 1100);
  message = ehcp_book_find_where (screen.book, EHCP_KIND_MESSAGE, "subject", "The psychologist’s visit");
  place = g_strdup_printf ("compose/" SAMPLE_ISLA "/%s", ehcp_record_get_text (message, "thread"));
  screen_clear (&screen);

  screen_open_sample (&screen, place, 1100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (screen_find_in (screen.window, ADW_TYPE_ENTRY_ROW, NULL))), ==,
                   "The psychologist’s visit");
  g_assert_false (gtk_widget_get_sensitive (screen_find_in (screen.window, ADW_TYPE_COMBO_ROW, NULL)));
  type_text (&screen, "Thank you");
  ehcp_view_leave (screen.view);
  g_assert_true (has_draft (&screen, "Thank you"));
  g_assert_nonnull (ehcp_record_get_text (get_draft (&screen), "thread"));
  screen_clear (&screen);
}

static void
test_compose_problems (void)
{
  g_autofree char *folder = g_dir_make_tmp ("test-papers-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "setup.exe", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *row;
  Screen screen;

  screen_open_sample (&screen, "compose/" SAMPLE_ISLA, 1100);
  press (&screen, "compose.send", NULL);
  screen_assert_shows (&screen, "There is a problem");
  screen_assert_shows (&screen, "Enter a subject.");
  screen_assert_shows (&screen, "Write your message.");
  type_subject (&screen, "Diary");
  type_text (&screen, "Hello");
  g_assert_true (g_file_set_contents (path, "MZ", 2, NULL));
  ehcp_attachment_list_add (
      EHCP_ATTACHMENT_LIST (screen_find_in (screen.window, EHCP_TYPE_ATTACHMENT_LIST, NULL)), file);
  press (&screen, "compose.send", NULL);
  screen_assert_hides (&screen, "Enter a subject.");
  screen_assert_shows (&screen, "“setup.exe” cannot be sent.");
  row = screen_find_in (screen_find_in (screen.window, EHCP_TYPE_ATTACHMENT_LIST, NULL), GTK_TYPE_LIST_BOX_ROW, NULL);
  g_signal_emit_by_name (screen_find_in (row, GTK_TYPE_BUTTON, NULL), "clicked");
  screen_assert_hides (&screen, "cannot be sent");
  screen_assert_hides (&screen, "There is a problem");
  screen_clear (&screen);
}

static gboolean
is_settled (Screen *screen, gconstpointer data)
{
  return ehcp_attachment_get_state ((gpointer) data) != EHCP_ATTACHMENT_READING;
}

static void
assert_attachment (const char *name, const char *content, gsize length, gint64 max_bytes,
                   EhcpAttachmentState state, const char *words)
{
  g_autofree char *folder = g_dir_make_tmp ("test-papers-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (EhcpAttachment) attachment = NULL;

  if (content != NULL)
    g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  attachment = ehcp_attachment_new (file, max_bytes);
  g_assert_true (screen_wait (NULL, is_settled, attachment));
  g_assert_cmpint (ehcp_attachment_get_state (attachment), ==, state);
  g_assert_cmpstr (ehcp_attachment_get_words (attachment), ==, words);
}

static void
test_attachments (void)
{
  g_autofree char *locked_path = g_build_filename (TEST_SRCDIR, "golden", "locked.pdf", NULL);
  g_autofree char *locked = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (locked_path, &locked, &length, NULL));
  assert_attachment ("a.txt", "Hello", 5, 100, EHCP_ATTACHMENT_READY, "5 bytes");
  assert_attachment ("a.txt", "Hello", 5, 4, EHCP_ATTACHMENT_REFUSED,
                     "Too large: it has 5 bytes, the most is 4 bytes");
  assert_attachment ("a.txt", "", 0, 100, EHCP_ATTACHMENT_REFUSED, "It is empty");
  assert_attachment ("a.txt", NULL, 0, 100, EHCP_ATTACHMENT_REFUSED, "The file is not there any more.");
  assert_attachment ("a.exe", "MZ", 2, 100, EHCP_ATTACHMENT_REFUSED,
                     "The council does not take this kind of file");
  assert_attachment ("a.pdf", "Hello", 5, 100, EHCP_ATTACHMENT_REFUSED, "It is damaged, or no PDF");
  assert_attachment ("a.pdf", locked, length, 10000, EHCP_ATTACHMENT_REFUSED,
                     "It has a password. Save it without one, then add it again");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/messages/boxes", test_boxes);
  g_test_add_func ("/messages/refused", test_refused);
  g_test_add_func ("/messages/moving-files", test_moving_files);
  g_test_add_func ("/messages/search", test_search);
  g_test_add_func ("/messages/narrow", test_narrow);
  g_test_add_func ("/messages/draft", test_draft);
  g_test_add_func ("/messages/reply", test_reply);
  g_test_add_func ("/messages/compose-problems", test_compose_problems);
  g_test_add_func ("/messages/attachments", test_attachments);
  return g_test_run ();
}
