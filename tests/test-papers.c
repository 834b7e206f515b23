/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens of messages, of writing one, and of documents: they follow the book, keep what was typed and
 * say what is wrong. Needs a display. */
#include <adwaita.h>
#include <cairo-pdf.h>
#include <string.h>

#include "app/sample.h"
#include "ehcp-attachment-list.h"
#include "ehcp-document-find-bar.h"
#include "ehcp-document-selection.h"
#include "ehcp-document-viewer.h"
#include "ehcp-error-row.h"
#include "ehcp-link-private.h"
#include "ehcp-message-row.h"
#include "ehcp-panes.h"
#include "ehcp-picture-size.h"
#include "ehcp-places.h"
#include "ehcp-text.h"

#define WAIT_S 20

typedef struct
{
  EhcpLink *link;
  EhcpBook *book;
  GtkWidget *window;
  EhcpView *view;
} Screen;

typedef gboolean (*Condition) (Screen *screen, gconstpointer data);

static gboolean
is_seen (GtkWidget *widget)
{
  return gtk_widget_get_child_visible (widget) && gtk_widget_get_visible (widget);
}

/* The first that is seen, of that type, and with that text where it has one. */
static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  if (!is_seen (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) &&
      (text == NULL ||
       (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
timed_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
wait_for (Screen *screen, Condition condition, gconstpointer data)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add_seconds (WAIT_S, timed_out_cb, &is_late);

  while (!is_late && !condition (screen, data))
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (source);
  return !is_late;
}

static gboolean
shows (Screen *screen, gconstpointer text)
{
  return find (screen->window, GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
hides (Screen *screen, gconstpointer text)
{
  return !shows (screen, text);
}

static void
assert_shows (Screen *screen, const char *text)
{
  if (!wait_for (screen, shows, text))
    g_error ("the screen does not show \"%s\"", text);
}

static void
assert_hides (Screen *screen, const char *text)
{
  if (!wait_for (screen, hides, text))
    g_error ("the screen shows \"%s\"", text);
}

static void
settle (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static gboolean
has_width (Screen *screen, gconstpointer data)
{
  return gtk_widget_get_width (screen->window) > 0;
}

static void
open_place (Screen *screen, const char *place, int width)
{
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autofree char *cache = g_dir_make_tmp ("test-papers-XXXXXX", NULL);

  screen->link = ehcp_link_new ("http://127.0.0.1:9/", cache, clock);
  screen->book = ehcp_link_get_book (screen->link);
  ehcp_link_set_status (screen->link, EHCP_LINK_SIGNED_IN);
  ehcp_link_set_first_sync (screen->link, TRUE);
  sample_fill (screen->book, SAMPLE_WITH_ISLA);
  screen->window = gtk_window_new ();
  screen->view = ehcp_places_make (place, screen->link);
  gtk_window_set_child (GTK_WINDOW (screen->window), GTK_WIDGET (screen->view));
  gtk_window_set_default_size (GTK_WINDOW (screen->window), width, 700);
  ehcp_view_shown (screen->view);
  gtk_window_present (GTK_WINDOW (screen->window));
  g_assert_true (wait_for (screen, has_width, NULL));
  settle ();
}

static void
close_place (Screen *screen)
{
  gtk_window_destroy (GTK_WINDOW (screen->window));
  settle ();
  ehcp_link_close (screen->link);
  g_object_unref (screen->link);
}

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
  settle ();
}

/* Messages */

static const char *
nth_subject (Screen *screen, int n)
{
  GtkWidget *list = find (screen->window, GTK_TYPE_LIST_BOX, NULL);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), n);

  return gtk_label_get_text (GTK_LABEL (find (GTK_WIDGET (row), GTK_TYPE_LABEL, NULL)));
}

static void
test_boxes (void)
{
  Screen screen;
  EhcpRecord *refused;

  open_place (&screen, "messages/" SAMPLE_ISLA, 1100);
  assert_shows (&screen, "Inbox (2)");
  press (&screen, "messages.box", "drafts");
  assert_shows (&screen, "No drafts");
  refused = put_message (&screen, "Our new address", EHCP_DELIVERY_REFUSED, "too-large");
  press (&screen, "messages.box", "sent");
  assert_shows (&screen, "Our new address");
  assert_shows (&screen, "Not sent");
  g_assert_cmpstr (nth_subject (&screen, 0), ==, "Our new address");

  /* The record changes in place, and the row with it. */
  ehcp_record_set_text (refused, "received_at", "2026-10-01T10:00:00Z");
  ehcp_record_set_delivery (refused, EHCP_DELIVERY_DONE, NULL);
  ehcp_book_put (screen.book, refused);
  assert_hides (&screen, "Not sent");
  g_assert_cmpstr (nth_subject (&screen, 0), !=, "Our new address");
  close_place (&screen);
}

static void
test_refused (void)
{
  Screen screen;
  EhcpRecord *message;

  open_place (&screen, "messages/" SAMPLE_ISLA, 1100);
  message = put_message (&screen, "Our new address", EHCP_DELIVERY_REFUSED, "unsupported-type");
  settle ();
  press (&screen, "messages.box", "sent");
  press (&screen, "messages.open", "0");
  assert_shows (&screen, "Message Type: Change of details");
  assert_shows (&screen, "The council does not take this kind of file");
  assert_shows (&screen, "Try again");
  assert_hides (&screen, "Reply");

  /* Withdrawn or sent away elsewhere: the thread closes. */
  ehcp_book_remove (screen.book, EHCP_KIND_MESSAGE, ehcp_record_get_id (message));
  assert_shows (&screen, "Choose a message to read it");
  close_place (&screen);
}

static void
search_for (Screen *screen, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (screen->window, GTK_TYPE_SEARCH_ENTRY, NULL)), text);
}

static void
test_search (void)
{
  Screen screen;

  open_place (&screen, "messages/" SAMPLE_ISLA, 1100);
  put_message (&screen, "Our new address", EHCP_DELIVERY_WAITING, NULL);
  search_for (&screen, "psychologist");
  assert_shows (&screen, "1 message found");
  search_for (&screen, "zoe");
  assert_shows (&screen, "Nothing found in Inbox");
  assert_shows (&screen, "Show 1 in Sent Items");
  search_for (&screen, "no such word");
  assert_shows (&screen, "Clear the search");
  search_for (&screen, "");
  assert_hides (&screen, "Clear the search");
  close_place (&screen);
}

/* Two pages when it is narrow, and back to the list first. */
static void
test_narrow (void)
{
  Screen screen;
  EhcpPanes *panes;

  open_place (&screen, "messages/" SAMPLE_ISLA, 420);
  panes = EHCP_PANES (find (screen.window, EHCP_TYPE_PANES, NULL));
  g_assert_true (ehcp_panes_is_narrow (panes));
  assert_hides (&screen, "Choose a message to read it");
  g_assert_false (ehcp_view_close_inner (screen.view));
  press (&screen, "messages.open", "0");
  assert_shows (&screen, "Message Type:");
  assert_hides (&screen, "Inbox (");
  g_assert_true (ehcp_view_close_inner (screen.view));
  assert_shows (&screen, "Inbox (");
  close_place (&screen);
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
  GtkWidget *view = find (screen->window, GTK_TYPE_TEXT_VIEW, NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
type_subject (Screen *screen, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find (screen->window, ADW_TYPE_ENTRY_ROW, NULL)), text);
}

static void
test_draft (void)
{
  Screen screen;
  gint64 before = g_get_monotonic_time ();

  open_place (&screen, "compose/" SAMPLE_ISLA, 1100);
  assert_shows (&screen, "Isla Marlow");
  assert_shows (&screen, "Only you, Priya Nair and the SEND team can read this.");
  g_assert_null (get_draft (&screen));
  before = g_get_monotonic_time ();
  type_subject (&screen, "Diary");
  type_text (&screen, "Dear Priya");
  g_assert_true (wait_for (&screen, has_draft, "Dear Priya"));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 2 * G_USEC_PER_SEC);
  assert_shows (&screen, "Draft saved 14:05");
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
  close_place (&screen);
}

static void
test_reply (void)
{
  g_autofree char *place = NULL;
  Screen screen;
  EhcpRecord *message;

  open_place (&screen, "messages/" SAMPLE_ISLA, 1100);
  message = ehcp_book_find_where (screen.book, EHCP_KIND_MESSAGE, "subject", "The psychologist’s visit");
  place = g_strdup_printf ("compose/" SAMPLE_ISLA "/%s", ehcp_record_get_text (message, "thread"));
  close_place (&screen);

  open_place (&screen, place, 1100);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (screen.window, ADW_TYPE_ENTRY_ROW, NULL))), ==,
                   "The psychologist’s visit");
  g_assert_false (gtk_widget_get_sensitive (find (screen.window, ADW_TYPE_COMBO_ROW, NULL)));
  type_text (&screen, "Thank you");
  ehcp_view_leave (screen.view);
  g_assert_true (has_draft (&screen, "Thank you"));
  g_assert_nonnull (ehcp_record_get_text (get_draft (&screen), "thread"));
  close_place (&screen);
}

static void
test_compose_problems (void)
{
  g_autofree char *folder = g_dir_make_tmp ("test-papers-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "setup.exe", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Screen screen;

  open_place (&screen, "compose/" SAMPLE_ISLA, 1100);
  press (&screen, "compose.send", NULL);
  assert_shows (&screen, "There is a problem");
  assert_shows (&screen, "Enter a subject.");
  assert_shows (&screen, "Write your message.");
  type_subject (&screen, "Diary");
  type_text (&screen, "Hello");
  g_assert_true (g_file_set_contents (path, "MZ", 2, NULL));
  ehcp_attachment_list_add (
      EHCP_ATTACHMENT_LIST (find (screen.window, EHCP_TYPE_ATTACHMENT_LIST, NULL)), file);
  press (&screen, "compose.send", NULL);
  assert_hides (&screen, "Enter a subject.");
  assert_shows (&screen, "“setup.exe” cannot be sent.");
  close_place (&screen);
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
  g_assert_true (wait_for (NULL, is_settled, attachment));
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

/* Documents */

static cairo_status_t
append_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_pdf (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < 3; i++)
    {
      cairo_select_font_face (cr, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
      cairo_move_to (cr, 60, 100);
      cairo_show_text (cr, i == 0 ? "Dear Mrs Marlow" : "Another page");
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* Opens the first document of the sample, which cannot be had: there is no council. */
static EhcpDocumentViewer *
open_first_document (Screen *screen, const char *media_type)
{
  GListModel *documents;
  EhcpDocumentViewer *viewer;
  g_autoptr (EhcpRecord) document = NULL;

  open_place (screen, "documents/" SAMPLE_ISLA, 1100);
  documents = ehcp_book_get_list (screen->book, EHCP_KIND_DOCUMENT, SAMPLE_ISLA);
  document = g_list_model_get_item (documents, 0);
  ehcp_record_set_text (document, "media_type", media_type);
  viewer = EHCP_DOCUMENT_VIEWER (find (screen->window, EHCP_TYPE_DOCUMENT_VIEWER, NULL));
  ehcp_document_viewer_open (viewer, screen->link, document);
  assert_shows (screen, "This document could not be opened");
  assert_shows (screen, "Try again");
  return viewer;
}

static void
test_document (void)
{
  Screen screen;
  EhcpDocumentViewer *viewer = open_first_document (&screen, "application/pdf");
  g_autoptr (GBytes) pdf = make_pdf ();
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (pdf, 0, 100);

  ehcp_document_viewer_take_content (viewer, pdf);
  assert_shows (&screen, "Page 1 of 3");
  /* For screen readers. */
  assert_shows (&screen, "Dear Mrs Marlow");
  search_for (&screen, "ANOTHER");
  assert_shows (&screen, "Page 1 of 3, 2 places found");
  search_for (&screen, "");
  assert_hides (&screen, "places found");
  ehcp_document_viewer_take_content (viewer, half);
  assert_shows (&screen, "This document cannot be shown");
  assert_hides (&screen, "Page 1 of 3");

  /* Withdrawn by the council: it goes from the screen. */
  ehcp_book_remove (screen.book, EHCP_KIND_DOCUMENT,
                    ehcp_record_get_id (ehcp_document_viewer_get_document (viewer)));
  assert_shows (&screen, "Choose a document to read it");
  close_place (&screen);
}

typedef struct
{
  char *text;
  gboolean is_read;
} Clipboard;

static void
clipboard_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Clipboard *clipboard = data;

  clipboard->text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  clipboard->is_read = TRUE;
}

static gboolean
has_text_in_clipboard (Screen *screen, gconstpointer text)
{
  Clipboard clipboard = { NULL, FALSE };
  gboolean is_there;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (screen->window), NULL, clipboard_cb, &clipboard);
  while (!clipboard.is_read)
    g_main_context_iteration (NULL, TRUE);
  is_there = clipboard.text != NULL && strstr (clipboard.text, text) != NULL;
  g_free (clipboard.text);
  return is_there;
}

/* Finding in the document, from one place to the next and round; copying; at 420 pixels too. */
static void
test_reading (void)
{
  Screen screen;
  EhcpDocumentViewer *viewer = open_first_document (&screen, "application/pdf");
  g_autoptr (GBytes) pdf = make_pdf ();
  GtkWidget *bar, *widget = GTK_WIDGET (viewer);
  int narrowest = 0;

  ehcp_document_viewer_take_content (viewer, pdf);
  assert_shows (&screen, "Page 1 of 3");
  gtk_widget_activate_action (widget, "viewer.find", NULL);
  bar = find (screen.window, EHCP_TYPE_DOCUMENT_FIND_BAR, NULL);
  gtk_editable_set_text (GTK_EDITABLE (find (bar, GTK_TYPE_SEARCH_ENTRY, NULL)), "another");
  assert_shows (&screen, "1 of 2 places");
  gtk_widget_activate_action (widget, "viewer.find-next", NULL);
  assert_shows (&screen, "2 of 2 places");
  gtk_widget_activate_action (widget, "viewer.find-next", NULL);
  assert_shows (&screen, "1 of 2 places");
  gtk_widget_activate_action (widget, "viewer.find-previous", NULL);
  assert_shows (&screen, "2 of 2 places");
  gtk_editable_set_text (GTK_EDITABLE (find (bar, GTK_TYPE_SEARCH_ENTRY, NULL)), "elephant");
  assert_shows (&screen, "Not found");
  gtk_widget_activate_action (bar, "find.close", NULL);
  assert_hides (&screen, "Not found");

  g_assert_false (has_text_in_clipboard (&screen, "Mrs Marlow"));
  gtk_widget_activate_action (widget, "viewer.select-all", NULL);
  gtk_widget_activate_action (widget, "viewer.copy", NULL);
  g_assert_true (wait_for (&screen, has_text_in_clipboard, "Mrs Marlow"));
  g_assert_true (wait_for (&screen, has_text_in_clipboard, "Another page"));

  ehcp_document_viewer_set_narrow (viewer, TRUE);
  gtk_widget_activate_action (widget, "viewer.find", NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  g_assert_cmpint (narrowest, <=, 360);
  close_place (&screen);
}

/* Places in a text, without a screen. */
static void
test_selection (void)
{
  EhcpRenderBox boxes[] = { { 10, 10, 20, 20 }, { 20, 10, 30, 20 }, { 10, 30, 20, 40 } };
  EhcpRenderText text = { (char *) "ab\u00e7", boxes, 3 };
  EhcpTextSelection across = { { 2, 5 }, { 0, 1 } };
  g_autofree char *part = ehcp_text_part (text.text, 1, G_MAXUINT);
  g_autofree char *beyond = ehcp_text_part (text.text, 9, 12);
  guint from, to;

  g_assert_cmpuint (ehcp_text_place_at (&text, 11, 12), ==, 0);
  g_assert_cmpuint (ehcp_text_place_at (&text, 19, 12), ==, 1);
  g_assert_cmpuint (ehcp_text_place_at (&text, 300, 15), ==, 2);
  g_assert_cmpuint (ehcp_text_place_at (&text, 300, 35), ==, 3);
  g_assert_cmpstr (part, ==, "b\u00e7");
  g_assert_cmpstr (beyond, ==, "");
  g_assert_true (ehcp_text_selection_get_part (&across, 0, &from, &to));
  g_assert_cmpuint (from, ==, 1);
  g_assert_cmpuint (to, ==, G_MAXUINT);
  g_assert_true (ehcp_text_selection_get_part (&across, 2, &from, &to));
  g_assert_cmpuint (from, ==, 0);
  g_assert_cmpuint (to, ==, 5);
  g_assert_false (ehcp_text_selection_get_part (&across, 3, &from, &to));
}

static void
test_other_formats (void)
{
  static const guint8 bomb[] = { 0x89, 'P',  'N',  'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13,
                                 'I',  'H',  'D',  'R', 0,    0,    0xff, 0xff, 0, 0, 0xff, 0xff };
  Screen screen;
  EhcpDocumentViewer *viewer = open_first_document (&screen, "image/png");
  g_autoptr (GBytes) large = g_bytes_new_static (bomb, sizeof bomb);
  g_autoptr (GBytes) text = g_bytes_new_static ("Hello", 5);

  ehcp_document_viewer_take_content (viewer, large);
  assert_shows (&screen, "This document is too large to be shown here");
  ehcp_document_viewer_take_content (viewer, text);
  assert_shows (&screen, "This document cannot be shown");
  close_place (&screen);

  viewer = open_first_document (&screen, "text/plain");
  ehcp_document_viewer_take_content (viewer, text);
  g_assert_nonnull (find (screen.window, GTK_TYPE_TEXT_VIEW, NULL));
  g_assert_true (ehcp_document_viewer_start_find (viewer));
  gtk_editable_set_text (
      GTK_EDITABLE (find (find (screen.window, EHCP_TYPE_DOCUMENT_FIND_BAR, NULL), GTK_TYPE_SEARCH_ENTRY, NULL)),
      "L");
  assert_shows (&screen, "1 of 2 places");
  close_place (&screen);

  viewer = open_first_document (&screen, "application/zip");
  ehcp_document_viewer_take_content (viewer, text);
  assert_shows (&screen, "are not shown here");
  close_place (&screen);
}

static void
test_picture_size (void)
{
  /* A JPEG of 3 by 2 that lies on its side: APP1 with orientation 6, then the frame. */
  static const guint8 jpeg[] = {
    0xff, 0xd8, 0xff, 0xe1, 0x00, 0x22, 'E',  'x',  'i',  'f',  0,    0,    'M',  'M',
    0,    42,   0,    0,    0,    8,    0,    1,    0x01, 0x12, 0,    3,    0,    0,
    0,    1,    0,    6,    0,    0,    0,    0,    0,    0,    0xff, 0xc0, 0x00, 0x0b,
    8,    0,    2,    0,    3,    1,    1,    0x11, 0,
  };
  g_autoptr (GBytes) whole = g_bytes_new_static (jpeg, sizeof jpeg);
  g_autoptr (GBytes) cut = g_bytes_new_static (jpeg, 30);
  EhcpPictureSize size;

  g_assert_true (ehcp_picture_size (whole, &size));
  g_assert_cmpuint (size.width, ==, 3);
  g_assert_cmpuint (size.height, ==, 2);
  g_assert_cmpint (size.turn, ==, 90);
  g_assert_false (ehcp_picture_is_too_large (&size));
  g_assert_false (ehcp_picture_size (cut, &size));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/papers/boxes", test_boxes);
  g_test_add_func ("/papers/refused", test_refused);
  g_test_add_func ("/papers/search", test_search);
  g_test_add_func ("/papers/narrow", test_narrow);
  g_test_add_func ("/papers/draft", test_draft);
  g_test_add_func ("/papers/reply", test_reply);
  g_test_add_func ("/papers/compose-problems", test_compose_problems);
  g_test_add_func ("/papers/attachments", test_attachments);
  g_test_add_func ("/papers/document", test_document);
  g_test_add_func ("/papers/reading", test_reading);
  g_test_add_func ("/papers/selection", test_selection);
  g_test_add_func ("/papers/other-formats", test_other_formats);
  g_test_add_func ("/papers/picture-size", test_picture_size);
  return g_test_run ();
}
