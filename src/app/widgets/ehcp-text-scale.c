/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares a font with the one that the screens were drawn for. */
#include "ehcp-text-scale.h"

#include <pango/pangocairo.h>

#define NORMAL_PIXELS (11.0 * 96 / 72)

/* 1 for 11 points at 96 dots an inch, 2 for text of 200 %. */
double
ehcp_text_scale_get (PangoContext *context)
{
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double dots = pango_cairo_context_get_resolution (context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (dots > 0 ? dots : 96) / 72;
  return size > 0 ? size / NORMAL_PIXELS : 1;
}
