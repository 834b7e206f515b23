/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real PDF documents: drawn, read, searched, printed; damaged, locked and oversized ones refused.
 */
#include "ehcp-render-document.h"

#include <cairo-pdf.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "ehcp-render-peer.h"

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
  g_autoptr (EhcpRenderText) text = NULL;
  Wait wait;

  wait_init (&wait);
  ehcp_render_document_read_page_async (document, page, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  text = ehcp_render_document_read_page_finish (document, wait.result, &error);
  wait_clear (&wait);
  g_assert_no_error (error);
  return g_strdup (text->text);
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

/* From the document's own process, for one page. */
static void
test_boxes (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (1);
  g_autoptr (EhcpRenderText) text = NULL;
  g_autoptr (GError) error = NULL;
  EhcpRenderBox *first, *last;
  Wait wait;

  wait_init (&wait);
  ehcp_render_document_read_page_async (document, 0, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  text = ehcp_render_document_read_page_finish (document, wait.result, &error);
  wait_clear (&wait);
  g_assert_no_error (error);
  g_assert_cmpuint (text->n_boxes, ==, g_utf8_strlen (text->text, -1));
  first = &text->boxes[0];
  last = &text->boxes[text->n_boxes - 1];
  g_assert_cmpfloat (first->x1, >, 55);
  g_assert_cmpfloat (first->y2, <, 120);
  g_assert_cmpfloat (last->y1, >, 160);
  g_assert_cmpfloat (last->x2, >, first->x2);
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

/* Page 1 is a letter. Page 2 draws a form that draws ten forms that draw ten forms, eleven times over. */
static GBytes *
make_hanging_pdf (void)
{
  GString *pdf = g_string_new (
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 200 200]>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/Contents 5 0 R>>endobj\n"
      "4 0 obj<</Type/Page/Parent 2 0 R/Contents 6 0 R/Resources<</XObject<</A 10 0 R>>>>>>endobj\n"
      "5 0 obj<</Length 14>>stream\n0 0 50 50 re f \nendstream endobj\n"
      "6 0 obj<</Length 5>>stream\n/A Do\nendstream endobj\n");

  for (int i = 10; i < 21; i++)
    g_string_append_printf (
        pdf,
        "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</A %d 0 R>>>>"
        "/Length 60>>stream\n/A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do /A Do \nendstream endobj\n",
        i, i + 1);
  g_string_append (pdf, "21 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Length 14>>stream\n"
                        "0 0 50 50 re f\nendstream endobj\ntrailer<</Root 1 0 R/Size 22>>\n%%EOF\n");
  return g_string_free_to_bytes (pdf);
}

/* A page that never ends is given up; the other one is still drawn. */
static void
test_hanging (void)
{
  g_autoptr (GBytes) pdf = make_hanging_pdf ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderDocument) document = open_document (pdf, &error);
  g_autoptr (EhcpRenderPicture) letter = NULL;

  g_assert_no_error (error);
  ehcp_render_peer_set_patience (2);
  g_assert_null (render (document, 1, 1, &error));
  g_assert_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED);
  g_clear_error (&error);
  /* At once: it is known by now. */
  ehcp_render_peer_set_patience (3600);
  g_assert_null (render (document, 1, 1, &error));
  g_assert_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED);
  g_clear_error (&error);
  ehcp_render_peer_set_patience (0);
  letter = render (document, 0, 1, &error);
  g_assert_no_error (error);
  g_assert_cmphex (pixel_at (letter, 10, 190), ==, 0xff000000);
}

/* The only child of this program. */
static GPid
find_child (void)
{
  g_autoptr (GDir) all = g_dir_open ("/proc", 0, NULL);
  g_autofree char *parent = g_strdup_printf ("\nPPid:\t%d\n", (int) getpid ());
  const char *name;

  while ((name = g_dir_read_name (all)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "status", NULL);
      g_autofree char *status = NULL;

      if (g_ascii_isdigit (*name) && g_file_get_contents (path, &status, NULL, NULL) &&
          strstr (status, parent) != NULL)
        return atoi (name);
    }
  return 0;
}

/* A process that is gone is started again; one that goes on ending is not, and nobody else is harmed. */
static void
test_crash (void)
{
  g_autoptr (EhcpRenderDocument) document = open_made (12);
  g_autoptr (EhcpRenderDocument) other = NULL;
  g_autoptr (EhcpRenderPicture) picture = NULL;
  guint n_drawn = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EhcpRenderPicture) page = NULL;
      GPid child = find_child ();

      if (child > 0 && i % 2 == 0)
        kill (child, SIGKILL);
      page = render (document, i, 1, &error);
      n_drawn += page != NULL;
      if (page == NULL)
        g_assert_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED);
    }
  /* Six starts are the most: page 12 is left. */
  g_assert_cmpuint (n_drawn, ==, 5);
  other = open_made (1);
  picture = render (other, 0, 1, NULL);
  g_assert_nonnull (picture);
}

/* What a process that was taken over could try. The kernel ends it for the last one. */
static void
test_locked_in (void)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "render", "ehcp-render", NULL);
  const char *arguments[] = { program, "--self-test", NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL,
                               &status, &error));
  g_assert_no_error (error);
  g_assert_null (strstr (said, "DONE"));
  g_assert_nonnull (strstr (said, "refused open a file"));
  g_assert_nonnull (strstr (said, "refused run memory"));
  g_assert_nonnull (strstr (said, "refused lift a limit"));
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
}

static GBytes *
make_png (int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  GByteArray *bytes = g_byte_array_new ();

  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_pictures (void)
{
  g_autoptr (GBytes) png = make_png (40, 20);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (png, 0, g_bytes_get_size (png) / 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRenderDocument) document = open_document (png, &error);
  g_autoptr (EhcpRenderPicture) picture = NULL;
  g_autofree char *text = NULL;
  double width, height;

  g_assert_no_error (error);
  g_assert_cmpuint (ehcp_render_document_get_n_pages (document), ==, 1);
  ehcp_render_document_get_page_size (document, 0, &width, &height);
  g_assert_cmpfloat (width, ==, 30);
  g_assert_cmpfloat (height, ==, 15);
  picture = render (document, 0, 2, &error);
  g_assert_no_error (error);
  g_assert_cmphex (pixel_at (picture, 30, 15), ==, 0xffff0000);
  text = read_text (document, 0);
  g_assert_cmpstr (text, ==, "");
  assert_refused (cut, EHCP_RENDER_ERROR_DAMAGED);
}

static void
test_outline (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, 100, 100);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (EhcpRenderDocument) document = NULL;
  g_autoptr (GPtrArray) chapters = NULL;
  EhcpRenderChapter *second;
  Wait wait;
  int first;

  cairo_show_page (cr);
  cairo_show_page (cr);
  first = cairo_pdf_surface_add_outline (surface, CAIRO_PDF_OUTLINE_ROOT, "Section A", "page=1", 0);
  cairo_pdf_surface_add_outline (surface, first, "Zo\u00eb\u2019s views", "page=2", 0);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  pdf = g_byte_array_free_to_bytes (bytes);
  document = open_document (pdf, NULL);
  wait_init (&wait);
  ehcp_render_document_read_outline_async (document, NULL, done_cb, &wait);
  g_main_loop_run (wait.loop);
  chapters = ehcp_render_document_read_outline_finish (document, wait.result, NULL);
  wait_clear (&wait);
  g_assert_cmpuint (chapters->len, ==, 2);
  second = g_ptr_array_index (chapters, 1);
  g_assert_cmpstr (second->title, ==, "Zo\u00eb\u2019s views");
  g_assert_cmpuint (second->page, ==, 1);
  g_assert_cmpuint (second->depth, ==, 1);
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
  g_test_add_func ("/render/boxes", test_boxes);
  g_test_add_func ("/render/damaged", test_damaged);
  g_test_add_func ("/render/hanging", test_hanging);
  g_test_add_func ("/render/crash", test_crash);
  g_test_add_func ("/render/locked-in", test_locked_in);
  g_test_add_func ("/render/pictures", test_pictures);
  g_test_add_func ("/render/outline", test_outline);
  g_test_add_func ("/render/encrypted", test_encrypted);
  g_test_add_func ("/render/huge-page", test_huge_page);
  g_test_add_func ("/render/too-many-pages", test_too_many_pages);
  g_test_add_func ("/render/limit-scale", test_limit_scale);
  g_test_add_func ("/render/cancelled", test_cancelled);
  return g_test_run ();
}
