/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real PDF documents: drawn, read, searched, printed; damaged, locked and oversized ones refused.
 */
#include "ehcp-render-document.h"

#include <cairo-pdf.h>
#include <string.h>

#define A4_WIDTH 595.0
#define A4_HEIGHT 842.0

typedef struct
{
  GMainLoop *loop;
  GAsyncResult *result;
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  g_set_object (&wait->result, result);
  g_main_loop_quit (wait->loop);
}

static void
wait_init (Wait *wait)
{
  wait->loop = g_main_loop_new (NULL, FALSE);
  wait->result = NULL;
}

static void
wait_clear (Wait *wait)
{
  g_clear_object (&wait->result);
  g_main_loop_unref (wait->loop);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
show_line (cairo_t *cr, double y, const char *text)
{
  cairo_select_font_face (cr, "Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 24);
  cairo_move_to (cr, 60, y);
  cairo_show_text (cr, text);
}

/* Each page says its number, and has a black square in its top left corner. */
static GBytes *
make_pdf (guint n_pages, double width, double height)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *line = g_strdup_printf ("Page number %u for Zo\u00eb", i + 1);

      cairo_rectangle (cr, 0, 0, 20, 20);
      cairo_fill (cr);
      show_line (cr, 100, line);
      show_line (cr, 200, "An apple a day");
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static EhcpRenderDocument *
open_document (GBytes *content, GError **error)
{
  EhcpRenderDocument *document;
  Wait wait;

  wait_init (&wait);
  ehcp_render_document_open_async (content, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  document = ehcp_render_document_open_finish (wait.result, error);
  wait_clear (&wait);
  return document;
}

static EhcpRenderDocument *
open_made (guint n_pages)
{
  g_autoptr (GBytes) pdf = make_pdf (n_pages, A4_WIDTH, A4_HEIGHT);
  g_autoptr (GError) error = NULL;
  EhcpRenderDocument *document = open_document (pdf, &error);

  g_assert_no_error (error);
  return document;
}

static EhcpRenderPicture *
render (EhcpRenderDocument *document, guint page, double scale, GError **error)
{
  EhcpRenderPicture *picture;
  Wait wait;

  wait_init (&wait);
  ehcp_render_document_render_page_async (document, page, scale, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  picture = ehcp_render_document_render_page_finish (document, wait.result, error);
  wait_clear (&wait);
  return picture;
}

static guint32
pixel_at (EhcpRenderPicture *picture, int x, int y)
{
  const guint8 *bytes = g_bytes_get_data (picture->pixels, NULL);
  guint32 pixel;

  memcpy (&pixel, bytes + (gsize)y * picture->stride + (gsize)x * 4, sizeof pixel);
  return pixel;
}

static void
test_pages (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (3);
  double width, height;

  g_assert_cmpuint (ehcp_render_document_get_n_pages (document), ==, 3);
  ehcp_render_document_get_page_size (document, 2, &width, &height);
  g_assert_cmpfloat_with_epsilon (width, A4_WIDTH, 0.5);
  g_assert_cmpfloat_with_epsilon (height, A4_HEIGHT, 0.5);
}

static void
test_picture (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (2);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderPicture) picture = render (document, 1, 1.5, &error);

  g_assert_no_error (error);
  g_assert_cmpint (picture->width, ==, 893);
  g_assert_cmpint (picture->height, ==, 1263);
  g_assert_cmpuint (g_bytes_get_size (picture->pixels), ==, picture->stride * 1263);
  g_assert_cmphex (pixel_at (picture, 5, 5), ==, 0xff000000);
  g_assert_cmphex (pixel_at (picture, 800, 1200), ==, 0xffffffff);
}

/* The picture stays when its document has gone. */
static void
test_picture_outlives_document (void)
{
  EhcpRenderDocument *document = open_made (1);
  g_autoptr (EhcpRenderPicture) picture = render (document, 0, 1, NULL);

  g_object_unref (document);
  g_assert_cmphex (pixel_at (picture, 5, 5), ==, 0xff000000);
}

static char *
read_text (EhcpRenderDocument *document, guint page)
{
  g_autoptr (GError) error = NULL;
  char *text;
  Wait wait;

  wait_init (&wait);
  ehcp_render_document_read_page_async (document, page, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  text = ehcp_render_document_read_page_finish (document, wait.result, &error);
  wait_clear (&wait);
  g_assert_no_error (error);
  return text;
}

static void
test_text (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (2);
  g_autofree char *first = read_text (document, 0);
  g_autofree char *second = read_text (document, 1);

  g_assert_nonnull (strstr (first, "Page number 1 for Zo\u00eb"));
  g_assert_null (strstr (first, "Page number 2"));
  g_assert_nonnull (strstr (second, "Page number 2"));
  g_assert_nonnull (strstr (second, "An apple a day"));
}

static GArray *
search (EhcpRenderDocument *document, const char *text)
{
  g_autoptr (GError) error = NULL;
  GArray *hits;
  Wait wait;

  wait_init (&wait);
  ehcp_render_document_search_async (document, text, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  hits = ehcp_render_document_search_finish (document, wait.result, &error);
  wait_clear (&wait);
  g_assert_no_error (error);
  return hits;
}

static void
test_search (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (3);
  g_autoptr (GArray) apples = search (document, "APPLE");
  g_autoptr (GArray) names = search (document, "zoe");
  g_autoptr (GArray) seconds = search (document, "number 2");
  g_autoptr (GArray) none = search (document, "pear");
  EhcpRenderHit *hit = &g_array_index (apples, EhcpRenderHit, 1);

  g_assert_cmpuint (apples->len, ==, 3);
  g_assert_cmpuint (hit->page, ==, 1);
  g_assert_cmpfloat (hit->y, >, 160);
  g_assert_cmpfloat (hit->y + hit->height, <, 220);
  g_assert_cmpfloat (hit->x, >, 60);
  g_assert_cmpuint (names->len, ==, 3);
  g_assert_cmpuint (seconds->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

/* On paper the text stays text: it can be found in what was printed. */
static void
test_printing (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (1);
  g_autoptr (EhcpRenderDocument) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) printed = NULL;
  g_autofree char *text = NULL;
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (append_cb, bytes, A4_WIDTH, A4_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  Wait wait;

  wait_init (&wait);
  ehcp_render_document_draw_page_async (document, 0, cr, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  g_assert_true (ehcp_render_document_draw_page_finish (document, wait.result, &error));
  g_assert_no_error (error);
  wait_clear (&wait);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);

  printed = g_byte_array_free_to_bytes (bytes);
  again = open_document (printed, &error);
  g_assert_no_error (error);
  text = read_text (again, 0);
  g_assert_nonnull (strstr (text, "An apple a day"));
}

static void
assert_refused (GBytes *content, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderDocument) document = open_document (content, &error);

  g_assert_error (error, EHCP_RENDER_ERROR, code);
  g_assert_null (document);
}

static void
test_damaged (void)
{
  g_autoptr (GBytes) pdf = make_pdf (2, A4_WIDTH, A4_HEIGHT);
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (pdf, 0, 200);
  g_autoptr (GBytes) words = g_bytes_new_static ("This is a letter.", 17);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  assert_refused (head, EHCP_RENDER_ERROR_DAMAGED);
  assert_refused (words, EHCP_RENDER_ERROR_DAMAGED);
  assert_refused (nothing, EHCP_RENDER_ERROR_DAMAGED);
}

static void
test_encrypted (void)
{
  g_autofree char *path = g_build_filename (TEST_SRCDIR, "golden", "locked.pdf", NULL);
  g_autoptr (GBytes) content = NULL;
  gsize length = 0;
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  content = g_bytes_new_take (bytes, length);
  assert_refused (content, EHCP_RENDER_ERROR_ENCRYPTED);
}

static void
test_huge_page (void)
{
  g_autoptr (GBytes) pdf = make_pdf (1, EHCP_RENDER_MAX_POINTS + 100, 500);

  assert_refused (pdf, EHCP_RENDER_ERROR_TOO_LARGE);
}

static void
test_too_many_pages (void)
{
  g_autoptr (GBytes) pdf = make_pdf (EHCP_RENDER_MAX_PAGES + 1, 100, 100);

  assert_refused (pdf, EHCP_RENDER_ERROR_TOO_LARGE);
}

/* A poster is drawn coarser; asking for more than the limit is refused, not tried. */
static void
test_limit_scale (void)
{
  g_autoptr (GBytes) pdf = make_pdf (1, 9000, 9000);
  g_autoptr (EhcpRenderDocument) poster = open_document (pdf, NULL);
  g_autoptr (EhcpRenderDocument) letter = open_made (1);
  g_autoptr (EhcpRenderPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  double scale = ehcp_render_document_limit_scale (poster, 0, 2);

  g_assert_cmpfloat (scale, <, 1);
  picture = render (poster, 0, scale, &error);
  g_assert_no_error (error);
  g_assert_nonnull (picture);
  g_assert_null (render (poster, 0, 2, &error));
  g_assert_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE);
  g_assert_cmpfloat (ehcp_render_document_limit_scale (letter, 0, 2), ==, 2);
}

static void
test_cancelled (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EhcpRenderPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  Wait wait;

  wait_init (&wait);
  g_cancellable_cancel (cancellable);
  ehcp_render_document_render_page_async (document, 0, 1, cancellable, done_cb, &wait);
  g_main_loop_run (wait.loop);
  picture = ehcp_render_document_render_page_finish (document, wait.result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (picture);
  wait_clear (&wait);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/render/pages", test_pages);
  g_test_add_func ("/render/picture", test_picture);
  g_test_add_func ("/render/picture-outlives-document", test_picture_outlives_document);
  g_test_add_func ("/render/text", test_text);
  g_test_add_func ("/render/search", test_search);
  g_test_add_func ("/render/printing", test_printing);
  g_test_add_func ("/render/damaged", test_damaged);
  g_test_add_func ("/render/encrypted", test_encrypted);
  g_test_add_func ("/render/huge-page", test_huge_page);
  g_test_add_func ("/render/too-many-pages", test_too_many_pages);
  g_test_add_func ("/render/limit-scale", test_limit_scale);
  g_test_add_func ("/render/cancelled", test_cancelled);
  return g_test_run ();
}
