/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws signs, weeks and words of the timeline. Every state has a shape of its own, so that nothing is
 * told by colour alone. */
#include "ehcp-timeline-drawing.h"

#include <adwaita.h>
#include <math.h>

#include "ehcp-palette.h"

#define DIM .78

typedef struct
{
  cairo_t *cr;
  const EhcpTimelineLayout *layout;
  const EhcpTimeline *timeline;
  const EhcpTimelineTexts *texts;
  const EhcpTimelineColours *colours;
} Drawing;

/* The palette of the style sheet that is in force. */
void
ehcp_timeline_colours_look_up (EhcpTimelineColours *colours)
{
  gboolean is_high = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  ehcp_palette_get ("text_fg", &colours->text);
  ehcp_palette_get ("ground_bg", &colours->ground);
  ehcp_palette_get ("current_fg", &colours->current);
  ehcp_palette_get ("current_bg", &colours->current_ground);
  ehcp_palette_get ("late_fg", &colours->late);
  ehcp_palette_get ("late_bg", &colours->late_ground);
  ehcp_palette_get ("done_fg", &colours->done);
  ehcp_palette_get ("ring_fg", &colours->ring);
  ehcp_palette_get ("outline_fg", &colours->outline);
  colours->dim = is_high ? 1 : DIM;
  colours->has_borders = is_high;
}

/* Paper is white whatever the screen is. */
void
ehcp_timeline_colours_for_paper (EhcpTimelineColours *colours)
{
  gdk_rgba_parse (&colours->text, "#000000");
  gdk_rgba_parse (&colours->ground, "#ffffff");
  gdk_rgba_parse (&colours->current, "#813d9c");
  gdk_rgba_parse (&colours->current_ground, "#f4ebf7");
  gdk_rgba_parse (&colours->late, "#a51d2d");
  gdk_rgba_parse (&colours->late_ground, "#fbeaea");
  gdk_rgba_parse (&colours->done, "#5b5a61");
  gdk_rgba_parse (&colours->ring, "#77767b");
  gdk_rgba_parse (&colours->outline, "#8a898f");
  colours->dim = DIM;
  colours->has_borders = TRUE;
}

static void
set_colour (cairo_t *cr, const GdkRGBA *colour, double opacity)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha * opacity);
}

static void
trace_rounded (cairo_t *cr, const cairo_rectangle_t *area, double inset, double radius)
{
  double x = area->x + inset, y = area->y + inset;
  double width = area->width - 2 * inset, height = area->height - 2 * inset;
  double r = MAX (0, MIN (radius, MIN (width, height) / 2));

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

/* The part of a bar that is used: from the start of reading, or from the top. */
static cairo_rectangle_t
find_used (const EhcpWeekBar *bar, gboolean is_mirrored)
{
  cairo_rectangle_t used = bar->area;

  if (used.width >= used.height)
    {
      used.width *= bar->filled;
      if (is_mirrored)
        used.x = bar->area.x + bar->area.width - used.width;
    }
  else
    used.height *= bar->filled;
  return used;
}

static void
hatch (cairo_t *cr, const cairo_rectangle_t *area, double scale)
{
  double step = 3.5 * scale;

  cairo_set_line_width (cr, 1.4 * scale);
  for (double x = area->x - area->height; x < area->x + area->width; x += step)
    {
      cairo_move_to (cr, x, area->y + area->height);
      cairo_line_to (cr, x + area->height, area->y);
    }
  cairo_stroke (cr);
}

/* A week: filled as far as it is used, outlined for what is to come, hatched over the limit. */
void
ehcp_timeline_draw_bar (cairo_t *cr, const EhcpWeekBar *bar, const GdkRGBA *used,
                        const GdkRGBA *outline, const GdkRGBA *over, double scale,
                        gboolean is_mirrored)
{
  double radius = 2.5 * scale;
  double line = 1.4 * scale;
  cairo_rectangle_t part = find_used (bar, is_mirrored);

  cairo_save (cr);
  if (bar->filled > 0)
    {
      cairo_save (cr);
      trace_rounded (cr, &bar->area, 0, radius);
      cairo_clip (cr);
      cairo_rectangle (cr, part.x, part.y, part.width, part.height);
      cairo_clip (cr);
      set_colour (cr, bar->is_over ? over : used, 1);
      if (bar->is_over)
        hatch (cr, &bar->area, scale);
      else
        cairo_paint (cr);
      cairo_restore (cr);
    }
  if (bar->filled < 1 || bar->is_over)
    {
      trace_rounded (cr, &bar->area, line / 2, radius - line / 2);
      set_colour (cr, bar->is_over ? over : outline, 1);
      cairo_set_line_width (cr, line);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

static void
trace_circle (cairo_t *cr, const cairo_rectangle_t *area, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, area->x + area->width / 2, area->y + area->height / 2, radius, 0, 2 * G_PI);
}

static void
trace_diamond (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_sub_path (cr);
  cairo_move_to (cr, x, y - radius);
  cairo_line_to (cr, x + radius, y);
  cairo_line_to (cr, x, y + radius);
  cairo_line_to (cr, x - radius, y);
  cairo_close_path (cr);
}

/* "!" in the middle of a diamond of that radius. */
static void
draw_mark (cairo_t *cr, double x, double y, double radius, const GdkRGBA *colour)
{
  double width = radius * .26;

  set_colour (cr, colour, 1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, x, y - radius * .46);
  cairo_line_to (cr, x, y + radius * .08);
  cairo_stroke (cr);
  cairo_arc (cr, x, y + radius * .44, width * .62, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_filled_diamond (const Drawing *drawing, double x, double y, double radius)
{
  trace_diamond (drawing->cr, x, y, radius);
  set_colour (drawing->cr, &drawing->colours->late, 1);
  cairo_fill (drawing->cr);
  draw_mark (drawing->cr, x, y, radius, &drawing->colours->ground);
}

static void
draw_tick (const Drawing *drawing, const cairo_rectangle_t *sign, const GdkRGBA *colour)
{
  double unit = sign->width / 26;
  double x = sign->x + sign->width / 2, y = sign->y + sign->height / 2;

  set_colour (drawing->cr, colour, 1);
  cairo_set_line_width (drawing->cr, 2.4 * unit);
  cairo_set_line_cap (drawing->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (drawing->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (drawing->cr, x - 5.5 * unit, y + .3 * unit);
  cairo_line_to (drawing->cr, x - 1.6 * unit, y + 4.2 * unit);
  cairo_line_to (drawing->cr, x + 5.6 * unit, y - 4 * unit);
  cairo_stroke (drawing->cr);
}

static void
draw_ring (const Drawing *drawing, const cairo_rectangle_t *sign, const GdkRGBA *colour,
           gboolean is_dashed)
{
  double line = 2 * drawing->layout->scale;
  double radius = sign->width / 2 - line / 2;
  double dash = 2 * G_PI * radius / 22; /* eleven dashes, evenly */

  cairo_save (drawing->cr);
  if (is_dashed)
    cairo_set_dash (drawing->cr, &dash, 1, 0);
  trace_circle (drawing->cr, sign, radius);
  set_colour (drawing->cr, colour, 1);
  cairo_set_line_width (drawing->cr, line);
  cairo_stroke (drawing->cr);
  cairo_restore (drawing->cr);
}

static void
draw_disc (const Drawing *drawing, const cairo_rectangle_t *sign, const GdkRGBA *colour,
           double radius)
{
  trace_circle (drawing->cr, sign, radius);
  set_colour (drawing->cr, colour, 1);
  cairo_fill (drawing->cr);
}

static void
draw_current_sign (const Drawing *drawing, const EhcpStage *stage, const cairo_rectangle_t *sign)
{
  const EhcpTimelineColours *colours = drawing->colours;

  draw_ring (drawing, sign, &colours->current, stage->is_excused);
  draw_disc (drawing, sign, &colours->current, sign->width * .375);
  draw_disc (drawing, sign, &colours->ground, sign->width * .125);
}

static void
draw_late_sign (const Drawing *drawing, const cairo_rectangle_t *sign)
{
  double x = sign->x + sign->width / 2, y = sign->y + sign->height / 2;
  double radius = sign->width * .56;

  trace_diamond (drawing->cr, x, y, radius);
  set_colour (drawing->cr, &drawing->colours->late, 1);
  cairo_set_line_width (drawing->cr, 2 * drawing->layout->scale);
  cairo_set_line_join (drawing->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (drawing->cr);
  draw_mark (drawing->cr, x, y, radius, &drawing->colours->late);
}

/* A dash through an empty ring: the case does not go there. */
static void
draw_not_needed_sign (const Drawing *drawing, const cairo_rectangle_t *sign)
{
  double y = sign->y + sign->height / 2;

  draw_ring (drawing, sign, &drawing->colours->ring, FALSE);
  cairo_set_line_width (drawing->cr, 2 * drawing->layout->scale);
  cairo_move_to (drawing->cr, sign->x + sign->width * .3, y);
  cairo_line_to (drawing->cr, sign->x + sign->width * .7, y);
  cairo_stroke (drawing->cr);
}

/* The small diamond on a sign that says something else first. */
static void
draw_late_badge (const Drawing *drawing, const cairo_rectangle_t *sign)
{
  double radius = 8 * drawing->layout->scale;
  double x = sign->x + sign->width / 2;
  double y = sign->y + sign->height / 2;
  double away = 9.5 * drawing->layout->scale + (sign->width / drawing->layout->scale - 26) / 3;

  x += drawing->layout->is_mirrored ? -away : away;
  y -= away;
  trace_diamond (drawing->cr, x, y, radius + 2 * drawing->layout->scale);
  set_colour (drawing->cr, &drawing->colours->ground, 1);
  cairo_fill (drawing->cr);
  draw_filled_diamond (drawing, x, y, radius);
}

static void
draw_done_sign (const Drawing *drawing, const EhcpStage *stage, const cairo_rectangle_t *sign)
{
  const EhcpTimelineColours *colours = drawing->colours;

  if (stage->is_excused && !stage->is_late)
    {
      draw_ring (drawing, sign, &colours->done, TRUE);
      draw_tick (drawing, sign, &colours->done);
      return;
    }
  draw_disc (drawing, sign, &colours->done, sign->width / 2);
  draw_tick (drawing, sign, &colours->ground);
}

static void
draw_sign (const Drawing *drawing, const EhcpStage *stage, const cairo_rectangle_t *sign)
{
  switch (stage->state)
    {
    case EHCP_STAGE_DONE:
      draw_done_sign (drawing, stage, sign);
      break;
    case EHCP_STAGE_CURRENT:
      draw_current_sign (drawing, stage, sign);
      break;
    case EHCP_STAGE_NOT_NEEDED:
      draw_not_needed_sign (drawing, sign);
      return;
    case EHCP_STAGE_NEXT:
    case EHCP_STAGE_LATER:
    default:
      if (stage->is_late)
        draw_late_sign (drawing, sign);
      else
        draw_ring (drawing, sign, &drawing->colours->ring, stage->is_excused);
      return;
    }
  if (stage->is_late)
    draw_late_badge (drawing, sign);
}

static void
draw_weeks (const Drawing *drawing, const EhcpStage *stage, const EhcpStageLayout *placed)
{
  const EhcpTimelineColours *colours = drawing->colours;
  gboolean is_current = stage->state == EHCP_STAGE_CURRENT;

  if (placed->line.width > 0)
    {
      cairo_rectangle (drawing->cr, placed->line.x, placed->line.y, placed->line.width,
                       placed->line.height);
      set_colour (drawing->cr, stage->state == EHCP_STAGE_DONE ? &colours->done : &colours->outline, 1);
      cairo_fill (drawing->cr);
    }
  for (guint i = 0; i < placed->n_bars; i++)
    ehcp_timeline_draw_bar (drawing->cr, &placed->bars[i],
                            is_current ? &colours->current : &colours->done,
                            is_current ? &colours->current : &colours->outline, &colours->late,
                            drawing->layout->scale, drawing->layout->is_mirrored);
}

static void
draw_tag (const Drawing *drawing, const cairo_rectangle_t *area, EhcpTimelineTone tone)
{
  const EhcpTimelineColours *colours = drawing->colours;
  gboolean is_late = tone == EHCP_TIMELINE_TONE_LATE_TAG;
  double scale = drawing->layout->scale;

  trace_rounded (drawing->cr, area, .5, 6 * scale);
  set_colour (drawing->cr, is_late ? &colours->late_ground : &colours->current_ground, 1);
  cairo_fill_preserve (drawing->cr);
  set_colour (drawing->cr, is_late ? &colours->late : &colours->current, 1);
  cairo_set_line_width (drawing->cr, scale);
  if (is_late && !colours->has_borders)
    cairo_new_path (drawing->cr);
  else
    cairo_stroke (drawing->cr);
}

static void
set_tone (const Drawing *drawing, EhcpTimelineTone tone)
{
  const EhcpTimelineColours *colours = drawing->colours;

  switch (tone)
    {
    case EHCP_TIMELINE_TONE_LATE:
    case EHCP_TIMELINE_TONE_LATE_TAG:
      set_colour (drawing->cr, &colours->late, 1);
      break;
    case EHCP_TIMELINE_TONE_CURRENT_TAG:
      set_colour (drawing->cr, &colours->current, 1);
      break;
    case EHCP_TIMELINE_TONE_DIM:
      set_colour (drawing->cr, &colours->text, colours->dim);
      break;
    case EHCP_TIMELINE_TONE_PLAIN:
    default:
      set_colour (drawing->cr, &colours->text, 1);
    }
}

/* Inside a tag: the padding, and the diamond at the start of a late one. */
static cairo_rectangle_t
enter_tag (const Drawing *drawing, cairo_rectangle_t area, EhcpTimelineTone tone)
{
  double scale = drawing->layout->scale;
  double sign = EHCP_TIMELINE_TAG_SIGN * scale;
  cairo_rectangle_t inner = { area.x + EHCP_TIMELINE_TAG_X * scale, area.y + EHCP_TIMELINE_TAG_Y * scale,
                              area.width - 2 * EHCP_TIMELINE_TAG_X * scale, area.height };
  double x = drawing->layout->is_mirrored ? inner.x + inner.width - 6 * scale : inner.x + 6 * scale;

  draw_tag (drawing, &area, tone);
  if (tone != EHCP_TIMELINE_TONE_LATE_TAG)
    return inner;
  draw_filled_diamond (drawing, x, area.y + area.height / 2, 6 * scale);
  inner.width -= sign;
  if (!drawing->layout->is_mirrored)
    inner.x += sign;
  return inner;
}

/* Flush with the start of reading, whatever script the words are in. */
static void
show_text (const Drawing *drawing, PangoLayout *layout, const cairo_rectangle_t *area)
{
  gboolean is_rtl = pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL;

  pango_layout_set_width (layout, (int) (ceil (area->width) * PANGO_SCALE));
  pango_layout_set_alignment (layout, is_rtl == drawing->layout->is_mirrored ? PANGO_ALIGN_LEFT
                                                                            : PANGO_ALIGN_RIGHT);
  cairo_move_to (drawing->cr, area->x, area->y);
  pango_cairo_show_layout (drawing->cr, layout);
}

static void
draw_texts (const Drawing *drawing, EhcpStageId id)
{
  for (EhcpTimelineText text = 0; text < EHCP_TIMELINE_N_TEXTS; text++)
    {
      cairo_rectangle_t area = drawing->layout->stages[id].texts[text];
      EhcpTimelineTone tone = drawing->texts->tones[id][text];

      if (drawing->texts->layouts[id][text] == NULL)
        continue;
      if (tone >= EHCP_TIMELINE_TONE_CURRENT_TAG)
        area = enter_tag (drawing, area, tone);
      set_tone (drawing, tone);
      show_text (drawing, drawing->texts->layouts[id][text], &area);
    }
}

void
ehcp_timeline_draw (cairo_t *cr, const EhcpTimelineLayout *layout, const EhcpTimeline *timeline,
                    const EhcpTimelineTexts *texts, const EhcpTimelineColours *colours)
{
  Drawing drawing = { cr, layout, timeline, texts, colours };

  cairo_save (cr);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      draw_weeks (&drawing, &timeline->stages[id], &layout->stages[id]);
      draw_sign (&drawing, &timeline->stages[id], &layout->stages[id].sign);
      draw_texts (&drawing, id);
    }
  cairo_restore (cr);
}
