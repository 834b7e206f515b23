/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PDFs of ours, joined: all pages in order, text, contents, language; what is no PDF of that kind is refused.
 * Poppler reads what comes out. */
#include "ehcp-pdf-join.h"

#include <cairo-pdf.h>
#include <poppler.h>
#include <string.h>

static cairo_status_t
append_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_pdf (const char *text, int n_pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, 200, 200);
  cairo_t *cr = cairo_create (surface);

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  for (int i = 0; i < n_pages; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s (%d)", text, i + 1);

      cairo_move_to (cr, 20, 50);
      cairo_show_text (cr, line);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static PopplerDocument *
read_back (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static void
assert_page (PopplerDocument *document, int number, const char *text)
{
  PopplerPage *page = poppler_document_get_page (document, number);
  g_autofree char *found = poppler_page_get_text (page);

  g_assert_nonnull (strstr (found, text));
  g_object_unref (page);
}

static void
test_join (void)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (EhcpPdfJoin) join = ehcp_pdf_join_new (out);
  g_autoptr (GBytes) a = make_pdf ("Letter", 2), b = make_pdf ("Report", 3), front = make_pdf ("Contents", 1);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL, *chapter = NULL;
  PopplerDocument *document;
  PopplerIndexIter *iter;
  PopplerAction *action;

  g_assert_true (ehcp_pdf_join_add (join, a, "Zo\u00eb\u2019s letter", 0, FALSE, &error));
  g_assert_true (ehcp_pdf_join_add (join, b, "Report", 1, FALSE, &error));
  g_assert_true (ehcp_pdf_join_add (join, front, "Contents", 0, TRUE, &error));
  g_assert_cmpuint (ehcp_pdf_join_get_n_pages (join), ==, 6);
  g_assert_true (ehcp_pdf_join_finish (join, "Papers about Zo\u00eb", "en-GB", &error));
  g_assert_no_error (error);
  g_output_stream_close (out, NULL, NULL);
  whole = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  document = read_back (whole);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 6);
  assert_page (document, 0, "Contents (1)");
  assert_page (document, 1, "Letter (1)");
  assert_page (document, 2, "Letter (2)");
  assert_page (document, 5, "Report (3)");
  title = poppler_document_get_title (document);
  g_assert_cmpstr (title, ==, "Papers about Zo\u00eb");
  iter = poppler_index_iter_new (document);
  g_assert_true (poppler_index_iter_next (iter));
  action = poppler_index_iter_get_action (iter);
  chapter = g_strdup (action->any.title);
  g_assert_cmpstr (chapter, ==, "Zo\u00eb\u2019s letter");
  g_assert_cmpint (action->goto_dest.dest->page_num, ==, 2);
  poppler_action_free (action);
  poppler_index_iter_free (iter);
  g_object_unref (document);
}

static void
test_refused (void)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (EhcpPdfJoin) join = ehcp_pdf_join_new (out);
  g_autoptr (GBytes) good = make_pdf ("Letter", 1);
  static const char *const bad[] = { "", "no PDF", "%PDF-1.4\nstartxref\n999999\n%%EOF",
                                     "%PDF-1.4\nxref\n0 999999999\nstartxref\n9\n%%EOF",
                                     "xref\n0 2\n0000000000 65535 f \n0000000000 00000 n \ntrailer<</Root 1 0 R>>"
                                     "startxref\n0\n" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) pdf = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_false (ehcp_pdf_join_add (join, pdf, NULL, 0, FALSE, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
  /* Any cut of a good one ends in one or the other, and nothing is read beyond its end. */
  for (gsize length = 0; length + 20 < g_bytes_get_size (good); length += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (good, 0, length);
      g_autoptr (GBytes) alone = g_bytes_new (g_bytes_get_data (part, NULL), length);

      g_assert_false (ehcp_pdf_join_add (join, alone, NULL, 0, FALSE, NULL));
    }
  g_assert_cmpuint (ehcp_pdf_join_get_n_pages (join), ==, 0);
}

static void
test_mark (void)
{
  g_autoptr (GBytes) plain = make_pdf ("Letter", 1);
  g_autoptr (GBytes) marked = ehcp_pdf_mark (plain, "en-GB");
  g_autoptr (GBytes) twice = ehcp_pdf_mark (marked, "cy");
  g_autoptr (GBytes) words = g_bytes_new_static ("words", 5);
  g_autoptr (GBytes) same = ehcp_pdf_mark (words, "en-GB");
  gsize length;
  const char *bytes = g_bytes_get_data (marked, &length);
  PopplerDocument *document = read_back (marked);

  g_assert_nonnull (memmem (bytes, length, "/Lang (en-GB)", 13));
  g_assert_nonnull (memmem (bytes, length, "/DisplayDocTitle true", 21));
  g_assert_true (poppler_document_get_page_layout (document) >= 0);
  assert_page (document, 0, "Letter (1)");
  g_object_unref (document);
  g_assert_true (g_bytes_equal (same, words));
  g_assert_cmpuint (g_bytes_get_size (twice), >=, length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pdf/join", test_join);
  g_test_add_func ("/pdf/refused", test_refused);
  g_test_add_func ("/pdf/mark", test_mark);
  return g_test_run ();
}
