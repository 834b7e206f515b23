/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: pages make N FILE: writes a PDF of N pages of text.
 *        pages first FILE: how many milliseconds it takes from the bytes to the first page at 144 dots an inch.
 *        pages scroll FILE: the slowest page that was asked for one screen ahead, in milliseconds. */
#include <cairo-pdf.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#include "ehcp-render-document.h"

#define SCALE 2.0

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
make (guint n_pages, const char *path)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++)
    {
      for (int line = 0; line < 55; line++)
        {
          g_autofree char *text =
              g_strdup_printf ("Page %u, line %d: Isla needs help to follow what is said in a large group.",
                               i + 1, line + 1);

          cairo_select_font_face (cr, line % 9 == 0 ? "Sans" : "Serif", CAIRO_FONT_SLANT_NORMAL,
                                  line % 9 == 0 ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
          cairo_set_font_size (cr, 11);
          cairo_move_to (cr, 50, 60 + line * 13.5);
          cairo_show_text (cr, text);
        }
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static EhcpRenderDocument *
open_document (Wait *wait, GBytes *content)
{
  ehcp_render_document_open_async (content, NULL, done_cb, wait);
  g_main_loop_run (wait->loop);
  return ehcp_render_document_open_finish (wait->result, NULL);
}

static void
render (Wait *wait, EhcpRenderDocument *document, guint page)
{
  g_autoptr (EhcpRenderPicture) picture = NULL;

  ehcp_render_document_render_page_async (document, page, SCALE, NULL, done_cb, wait);
  g_main_loop_run (wait->loop);
  picture = ehcp_render_document_render_page_finish (document, wait->result, NULL);
  if (picture == NULL)
    g_error ("page %u was not drawn", page + 1);
}

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

int
main (int argc, char **argv)
{
  Wait wait = { g_main_loop_new (NULL, FALSE), NULL };
  g_autoptr (EhcpRenderDocument) document = NULL;
  g_autoptr (GBytes) content = NULL;
  char *bytes;
  gsize length;
  gint64 start;
  double slowest = 0;

  if (argc == 4 && g_str_equal (argv[1], "make"))
    {
      make ((guint) atoi (argv[2]), argv[3]);
      return EXIT_SUCCESS;
    }
  if (argc != 3 || !g_file_get_contents (argv[2], &bytes, &length, NULL))
    return EXIT_FAILURE;
  content = g_bytes_new_take (bytes, length);
  start = g_get_monotonic_time ();
  document = open_document (&wait, content);
  if (document == NULL)
    return EXIT_FAILURE;
  render (&wait, document, 0);
  if (g_str_equal (argv[1], "first"))
    g_print ("%.1f\n", ms_since (start));
  for (guint i = 1; g_str_equal (argv[1], "scroll") && i < ehcp_render_document_get_n_pages (document); i++)
    {
      start = g_get_monotonic_time ();
      render (&wait, document, i);
      slowest = MAX (slowest, ms_since (start));
    }
  if (g_str_equal (argv[1], "scroll"))
    g_print ("%.1f\n", slowest);
  return EXIT_SUCCESS;
}
