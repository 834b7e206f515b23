/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen of documents: it shows what can be shown, says so of the rest, and lets text be found and copied.
 * Needs a display. */
#include <adwaita.h>
#include <cairo-pdf.h>
#include <string.h>

#include "app/sample.h"
#include "app/screen.h"
#include "ehcp-document-find-bar.h"
#include "ehcp-document-selection.h"
#include "ehcp-document-viewer.h"
#include "ehcp-link-private.h"
#include "ehcp-picture-size.h"

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

  screen_open_sample (screen, "documents/" SAMPLE_ISLA, 1100);
  documents = ehcp_book_get_list (screen->book, EHCP_KIND_DOCUMENT, SAMPLE_ISLA);
  document = g_list_model_get_item (documents, 0);
  ehcp_record_set_text (document, "media_type", media_type);
  viewer = EHCP_DOCUMENT_VIEWER (screen_find_in (screen->window, EHCP_TYPE_DOCUMENT_VIEWER, NULL));
  ehcp_document_viewer_open (viewer, screen->link, document);
  screen_assert_shows (screen, "This document could not be opened");
  screen_assert_shows (screen, "Try again");
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
  screen_assert_shows (&screen, "Page 1 of 3");
  /* For screen readers. */
  screen_assert_shows (&screen, "Dear Mrs Marlow");
  screen_search (&screen, "ANOTHER");
  screen_assert_shows (&screen, "Page 1 of 3, 2 places found");
  screen_search (&screen, "");
  screen_assert_hides (&screen, "places found");
  ehcp_document_viewer_take_content (viewer, half);
  screen_assert_shows (&screen, "This document cannot be shown");
  screen_assert_hides (&screen, "Page 1 of 3");

  /* Withdrawn by the council: it goes from the screen. */
  ehcp_book_remove (screen.book, EHCP_KIND_DOCUMENT,
                    ehcp_record_get_id (ehcp_document_viewer_get_document (viewer)));
  screen_assert_shows (&screen, "Choose a document to read it");
  screen_clear (&screen);
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
  GtkWidget *bar, *tools, *widget = GTK_WIDGET (viewer);
  int narrowest = 0, natural = 0;

  ehcp_document_viewer_take_content (viewer, pdf);
  screen_assert_shows (&screen, "Page 1 of 3");
  gtk_widget_activate_action (widget, "viewer.find", NULL);
  bar = screen_find_in (screen.window, EHCP_TYPE_DOCUMENT_FIND_BAR, NULL);
  gtk_editable_set_text (GTK_EDITABLE (screen_find_in (bar, GTK_TYPE_SEARCH_ENTRY, NULL)), "another");
  screen_assert_shows (&screen, "1 of 2 places");
  screen_assert_hides (&screen, "2 places found");
  gtk_widget_activate_action (widget, "viewer.find-next", NULL);
  screen_assert_shows (&screen, "2 of 2 places");
  gtk_widget_activate_action (widget, "viewer.find-next", NULL);
  screen_assert_shows (&screen, "1 of 2 places");
  gtk_widget_activate_action (widget, "viewer.find-previous", NULL);
  screen_assert_shows (&screen, "2 of 2 places");
  gtk_editable_set_text (GTK_EDITABLE (screen_find_in (bar, GTK_TYPE_SEARCH_ENTRY, NULL)), "elephant");
  screen_assert_shows (&screen, "Not found");
  gtk_widget_activate_action (bar, "find.close", NULL);
  screen_assert_hides (&screen, "Not found");

  g_assert_false (has_text_in_clipboard (&screen, "Mrs Marlow"));
  gtk_widget_activate_action (widget, "viewer.select-all", NULL);
  gtk_widget_activate_action (widget, "viewer.copy", NULL);
  g_assert_true (screen_wait (&screen, has_text_in_clipboard, "Mrs Marlow"));
  g_assert_true (screen_wait (&screen, has_text_in_clipboard, "Another page"));

  ehcp_document_viewer_set_narrow (viewer, TRUE);
  screen_assert_hides (&screen, "Page 1 of");
  screen_assert_shows (&screen, " of 3");
  gtk_widget_activate_action (widget, "viewer.find", NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
  g_assert_cmpint (narrowest, <=, 360);
  /* With room for the number of a long document. */
  for (tools = screen_find_in (widget, GTK_TYPE_MENU_BUTTON, NULL); !gtk_widget_has_css_class (tools, "viewer-tools");)
    tools = gtk_widget_get_parent (tools);
  gtk_widget_measure (tools, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, <=, 340);
  screen_clear (&screen);
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
  screen_assert_shows (&screen, "This document is too large to be shown here");
  ehcp_document_viewer_take_content (viewer, text);
  screen_assert_shows (&screen, "This document cannot be shown");
  screen_clear (&screen);

  viewer = open_first_document (&screen, "text/plain");
  ehcp_document_viewer_take_content (viewer, text);
  g_assert_nonnull (screen_find_in (screen.window, GTK_TYPE_TEXT_VIEW, NULL));
  g_assert_true (ehcp_document_viewer_start_find (viewer));
  gtk_editable_set_text (
      GTK_EDITABLE (screen_find_in (screen_find_in (screen.window, EHCP_TYPE_DOCUMENT_FIND_BAR, NULL), GTK_TYPE_SEARCH_ENTRY, NULL)),
      "L");
  screen_assert_shows (&screen, "1 of 2 places");
  screen_clear (&screen);

  viewer = open_first_document (&screen, "application/zip");
  ehcp_document_viewer_take_content (viewer, text);
  screen_assert_shows (&screen, "are not shown here");
  screen_clear (&screen);
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
  g_test_add_func ("/papers/document", test_document);
  g_test_add_func ("/papers/reading", test_reading);
  g_test_add_func ("/papers/selection", test_selection);
  g_test_add_func ("/papers/other-formats", test_other_formats);
  g_test_add_func ("/papers/picture-size", test_picture_size);
  return g_test_run ();
}
