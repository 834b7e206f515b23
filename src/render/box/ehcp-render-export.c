/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as pages of a larger one: each page on A4, as large as fits, with a foot that says whose page it
 * is and its number. What comes out is cairo's PDF, whatever went in. */
#include "ehcp-render-box.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <unistd.h>

#define SHORT 595.28
#define LONG 841.89
#define EDGE 18.0
#define FOOT 30.0
#define FOOT_SIZE 8.0

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  int fd = *(int *) closure;

  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return CAIRO_STATUS_WRITE_ERROR;
      data += n;
      length -= (unsigned int) n;
    }
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_foot (cairo_t *cr, double width, double height, const char *foot, guint number)
{
  g_autofree char *page = g_strdup_printf ("%u", number);
  cairo_text_extents_t extents;

  cairo_set_source_rgb (cr, .3, .3, .3);
  cairo_select_font_face (cr, "Cantarell", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, FOOT_SIZE);
  cairo_move_to (cr, EDGE * 2, height - FOOT / 2);
  cairo_show_text (cr, foot);
  cairo_text_extents (cr, page, &extents);
  cairo_move_to (cr, width - EDGE * 2 - extents.width, height - FOOT / 2);
  cairo_show_text (cr, page);
}

/* A page that cannot be drawn says so: the others are wanted all the same. */
static void
draw_page (EhcpBoxDocument *document, guint page, cairo_t *cr, double width, double height)
{
  double own_width, own_height, scale;

  document->get_size (document, page, &own_width, &own_height);
  scale = MIN (1, MIN ((width - 2 * EDGE) / own_width, (height - EDGE - FOOT) / own_height));
  cairo_save (cr);
  cairo_translate (cr, (width - own_width * scale) / 2, EDGE + (height - EDGE - FOOT - own_height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_rectangle (cr, 0, 0, own_width, own_height);
  cairo_clip (cr);
  if (!document->draw (document, page, cr, TRUE))
    {
      cairo_set_font_size (cr, 12);
      cairo_move_to (cr, 36, 72);
      cairo_show_text (cr, "(!)");
    }
  cairo_restore (cr);
}

/**
 * ehcp_box_export:
 * @document: what is open
 * @first: number of its first page in the larger document
 * @foot: what stands on each page
 * @fd: where to write
 *
 * Returns: whether all pages were written
 */
gboolean
ehcp_box_export (EhcpBoxDocument *document, guint first, const char *foot, int fd)
{
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, &fd, SHORT, LONG);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  for (guint i = 0; i < document->n_pages; i++)
    {
      double width, height;
      gboolean is_wide;

      document->get_size (document, i, &width, &height);
      is_wide = width > height;
      cairo_pdf_surface_set_size (surface, is_wide ? LONG : SHORT, is_wide ? SHORT : LONG);
      draw_page (document, i, cr, is_wide ? LONG : SHORT, is_wide ? SHORT : LONG);
      draw_foot (cr, is_wide ? LONG : SHORT, is_wide ? SHORT : LONG, foot, first + i);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS;
}
