/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JPEG and PNG pictures, as documents of one page without text. A picture is unpacked once; a JPEG that is
 * larger than the most is unpacked at a half, a quarter or an eighth. */
#include "ehcp-render-box.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <jpeglib.h>

#include "ehcp-picture-size.h"

typedef struct
{
  EhcpBoxDocument base;

  GBytes *content;
  EhcpPictureSize size;
  cairo_surface_t *surface; /* NULL: not unpacked */
  gboolean is_broken;
} Picture;

typedef struct
{
  struct jpeg_error_mgr base;
  jmp_buf jump;
} JpegFailure;

static void
jpeg_failed_cb (j_common_ptr info)
{
  longjmp (((JpegFailure *) info->err)->jump, 1);
}

static void
jpeg_says_cb (j_common_ptr info)
{
}

/* Printers' colours, which Adobe stores upside down. */
static void
convert_cmyk (guint8 *row, guint width)
{
  guint32 *out = (guint32 *) row;

  for (guint i = 0; i < width; i++)
    {
      const guint8 *in = row + 4 * (gsize) i;

      out[i] = 0xff000000 | (guint32) (in[0] * in[3] / 255) << 16 | (guint32) (in[1] * in[3] / 255) << 8 |
               (guint32) (in[2] * in[3] / 255);
    }
}

static void
read_rows (struct jpeg_decompress_struct *info, cairo_surface_t *surface)
{
  guint8 *pixels = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  while (info->output_scanline < info->output_height)
    {
      guint8 *row = pixels + stride * info->output_scanline;

      jpeg_read_scanlines (info, &row, 1);
      if (info->out_color_space == JCS_CMYK)
        convert_cmyk (row, info->output_width);
    }
}

static cairo_surface_t *
unpack_jpeg (GBytes *content)
{
  struct jpeg_decompress_struct info = { 0 };
  JpegFailure failure;
  cairo_surface_t *volatile surface = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (content, &length);

  info.err = jpeg_std_error (&failure.base);
  failure.base.error_exit = jpeg_failed_cb;
  failure.base.output_message = jpeg_says_cb;
  if (setjmp (failure.jump) != 0)
    {
      /* What came before the damage is shown. */
      jpeg_destroy_decompress (&info);
      return surface;
    }
  jpeg_create_decompress (&info);
  jpeg_mem_src (&info, bytes, length);
  jpeg_read_header (&info, TRUE);
  info.out_color_space = info.num_components == 4 ? JCS_CMYK : JCS_EXT_BGRA;
  while ((guint64) info.image_width * info.image_height / (info.scale_denom * info.scale_denom) >
             EHCP_RENDER_MAX_PIXELS && info.scale_denom < 8)
    info.scale_denom *= 2;
  jpeg_start_decompress (&info);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) info.output_width,
                                        (int) info.output_height);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    read_rows (&info, surface);
  cairo_surface_mark_dirty (surface);
  jpeg_finish_decompress (&info);
  jpeg_destroy_decompress (&info);
  return surface;
}

typedef struct
{
  const guint8 *bytes;
  gsize left;
} Source;

static cairo_status_t
read_png_cb (void *closure, unsigned char *data, unsigned int length)
{
  Source *source = closure;

  if (source->left < length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->bytes, length);
  source->bytes += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
unpack_png (GBytes *content)
{
  Source source;

  source.bytes = g_bytes_get_data (content, &source.left);
  return cairo_image_surface_create_from_png_stream (read_png_cb, &source);
}

static cairo_surface_t *
unpack (Picture *picture)
{
  const guint8 *bytes = g_bytes_get_data (picture->content, NULL);

  if (picture->surface != NULL || picture->is_broken)
    return picture->surface;
  picture->surface = bytes[0] == 0xff ? unpack_jpeg (picture->content) : unpack_png (picture->content);
  picture->is_broken =
      picture->surface == NULL || cairo_surface_status (picture->surface) != CAIRO_STATUS_SUCCESS;
  if (picture->is_broken)
    g_clear_pointer (&picture->surface, cairo_surface_destroy);
  return picture->surface;
}

static gboolean
is_lying (Picture *picture)
{
  return picture->size.turn % 180 != 0;
}

static void
get_size (EhcpBoxDocument *document, guint page, double *width, double *height)
{
  Picture *picture = (Picture *) document;
  double across = picture->size.width * EHCP_PICTURE_POINTS_A_PIXEL;
  double down = picture->size.height * EHCP_PICTURE_POINTS_A_PIXEL;

  *width = is_lying (picture) ? down : across;
  *height = is_lying (picture) ? across : down;
}

/* As it came, rather than unpacked: a photo would be twenty times as large. */
static void
attach_jpeg (Picture *picture)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (picture->content, &length);

  if (bytes[0] == 0xff &&
      cairo_image_surface_get_width (picture->surface) == (int) picture->size.width)
    cairo_surface_set_mime_data (picture->surface, CAIRO_MIME_TYPE_JPEG, bytes, length, NULL, NULL);
}

static gboolean
draw (EhcpBoxDocument *document, guint page, cairo_t *cr, gboolean is_paper)
{
  Picture *picture = (Picture *) document;
  cairo_surface_t *surface = unpack (picture);
  double width, height;

  if (surface == NULL)
    return FALSE;
  if (is_paper)
    attach_jpeg (picture);
  get_size (document, page, &width, &height);
  cairo_translate (cr, width / 2, height / 2);
  cairo_rotate (cr, picture->size.turn * G_PI / 180);
  cairo_translate (cr, is_lying (picture) ? -height / 2 : -width / 2,
                   is_lying (picture) ? -width / 2 : -height / 2);
  cairo_scale (cr, picture->size.width * EHCP_PICTURE_POINTS_A_PIXEL / cairo_image_surface_get_width (surface),
               picture->size.height * EHCP_PICTURE_POINTS_A_PIXEL /
                   cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  return TRUE;
}

static char *
read_text (EhcpBoxDocument *document, guint page, GArray *boxes)
{
  return NULL;
}

static void
find (EhcpBoxDocument *document, guint page, const char *text, GVariantBuilder *hits)
{
}

static void
read_outline (EhcpBoxDocument *document, GVariantBuilder *chapters)
{
}

/**
 * ehcp_box_picture_open:
 * @content: the bytes, which have to stay
 * @error: DAMAGED; TOO_LARGE, before anything is unpacked
 *
 * Returns: it, to the end of the process; or %NULL
 */
EhcpBoxDocument *
ehcp_box_picture_open (GBytes *content, GError **error)
{
  static Picture picture = { .base = { 1, get_size, draw, read_text, find, read_outline } };

  if (!ehcp_picture_size (content, &picture.size))
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "no picture");
  else if (ehcp_picture_is_too_large (&picture.size))
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE, "%u by %u pixels",
                 picture.size.width, picture.size.height);
  else
    {
      picture.content = g_bytes_ref (content);
      if (unpack (&picture) != NULL)
        return &picture.base;
      g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "a damaged picture");
    }
  return NULL;
}
