/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places signs, weeks and texts: six columns where there is room, else one stage under the other.
 * Everything is placed from left to right and mirrored at the end. Sizes are those of 11 points and grow
 * with the text. */
#include "ehcp-timeline-layout.h"

#include <math.h>
#include <string.h>

#define DAYS_IN_WEEK 7
#define WIDE_FROM 656.0     /* of a page that is 700 wide, less its edges and the card's padding */
#define COLUMN_GAP 6.0
#define SIGN_SLOT 32.0      /* room for the ring of the current stage */
#define SIGN 26.0
#define SIGN_GAP 6.0        /* between the sign and its bars */
#define BAR_GAP 3.0
#define MIN_BAR 3.0
#define BAR_THICKNESS 7.0
#define CURRENT_BAR_THICKNESS 9.0
#define BAR_LENGTH 11.0     /* in the vertical form */
#define LINE_THICKNESS 2.0
#define TEXT_INDENT 2.0
#define TEXT_GAP 2.0        /* between two lines of text */
#define STATE_GAP 6.0       /* under the sign */
#define NAME_GAP 3.0        /* under the state */
#define TAG_GAP 4.0
#define STAGE_GAP 14.0

typedef struct
{
  EhcpTimelineLayout *layout;
  const EhcpTimeline *timeline;
  EhcpTimelineMeasure measure;
  gpointer data;
} Placing;

gboolean
ehcp_timeline_layout_is_vertical (double width, double scale)
{
  return width < WIDE_FROM * scale;
}

static double
fill_of_week (int week, int days_used)
{
  return CLAMP ((double) (days_used - (week - 1) * DAYS_IN_WEEK) / DAYS_IN_WEEK, 0, 1);
}

static guint
add_weeks_over (int days_late, EhcpWeekBar *bars, guint n, guint n_bars)
{
  for (; days_late > 0 && n < n_bars; days_late -= DAYS_IN_WEEK)
    bars[n++] = (EhcpWeekBar){ .filled = MIN (1, days_late / (double) DAYS_IN_WEEK), .is_over = TRUE };
  return n;
}

/* How far each week of a stage is used: all of them once it is done, none before it begins. Returns how
 * many were written. */
guint
ehcp_timeline_fill_bars (const EhcpTimeline *timeline, EhcpStageId id, EhcpWeekBar *bars,
                         guint n_bars)
{
  const EhcpStage *stage = &timeline->stages[id];
  gboolean is_done = stage->state == EHCP_STAGE_DONE;
  gboolean is_begun = stage->state == EHCP_STAGE_CURRENT || stage->is_late;
  guint n = 0;

  if (stage->state == EHCP_STAGE_NOT_NEEDED)
    return 0;
  for (int week = stage->first_week; week <= stage->last_week && n < n_bars; week++)
    bars[n++] = (EhcpWeekBar){
      .filled = is_done ? 1 : is_begun ? fill_of_week (week, timeline->days_used) : 0
    };
  return is_done ? n : add_weeks_over (stage->days_late, bars, n, n_bars);
}

/* The twenty weeks as a whole, and those over. */
guint
ehcp_timeline_fill_weeks (const EhcpTimeline *timeline, EhcpWeekBar *bars, guint n_bars)
{
  guint n = 0;

  for (int week = 1; week <= EHCP_TIMELINE_N_WEEKS && n < n_bars; week++)
    bars[n++] = (EhcpWeekBar){ .filled = fill_of_week (week, timeline->days_used) };
  return add_weeks_over (timeline->days_late, bars, n, n_bars);
}

static double
scaled (const Placing *placing, double length)
{
  return length * placing->layout->scale;
}

static cairo_rectangle_t
measure_text (const Placing *placing, EhcpStageId id, EhcpTimelineText text, double x, double y,
              double width)
{
  cairo_rectangle_t area = { .x = x, .y = y };

  placing->measure (id, text, width, &area.width, &area.height, placing->data);
  return area;
}

/* The state, and beside it or under it the mark of being late. A state that is lower than the row stands
 * in its middle. Returns the end. */
static double
place_tags (const Placing *placing, EhcpStageId id, double x, double y, double width,
            double row_height)
{
  cairo_rectangle_t *texts = placing->layout->stages[id].texts;
  cairo_rectangle_t state = measure_text (placing, id, EHCP_TIMELINE_STATE, x, y, width);
  cairo_rectangle_t late = measure_text (placing, id, EHCP_TIMELINE_LATE_TAG, x, y, width);
  double gap = scaled (placing, TAG_GAP);

  state.y += MAX (row_height - state.height, 0) / 2;

  if (late.height > 0 && state.width + gap + late.width <= width)
    late.x += state.width + gap;
  else if (late.height > 0)
    late.y += state.height + gap;
  texts[EHCP_TIMELINE_STATE] = state;
  texts[EHCP_TIMELINE_LATE_TAG] = late;
  return MAX (MAX (state.y + state.height, y + row_height), late.height > 0 ? late.y + late.height : 0);
}

/* Of states side by side, so that the names under them stand on one line. */
static double
find_state_height (const Placing *placing, double width)
{
  double height = 0;

  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    height = MAX (height, measure_text (placing, id, EHCP_TIMELINE_STATE, 0, 0, width).height);
  return height;
}

static double
place_texts (const Placing *placing, EhcpStageId id, double x, double y, double width,
             double row_height)
{
  cairo_rectangle_t *texts = placing->layout->stages[id].texts;

  y = place_tags (placing, id, x, y, width, row_height) + scaled (placing, NAME_GAP);
  for (EhcpTimelineText text = EHCP_TIMELINE_NAME; text < EHCP_TIMELINE_N_TEXTS; text++)
    {
      texts[text] = measure_text (placing, id, text, x, y, width);
      if (texts[text].height > 0)
        y += texts[text].height + scaled (placing, TEXT_GAP);
    }
  return y;
}

static void
place_sign (const Placing *placing, EhcpStageId id, double x, double y)
{
  gboolean is_ringed = placing->timeline->stages[id].state == EHCP_STAGE_CURRENT;
  double size = scaled (placing, is_ringed ? SIGN_SLOT : SIGN);
  double inset = (scaled (placing, SIGN_SLOT) - size) / 2;

  placing->layout->stages[id].sign = (cairo_rectangle_t){ x + inset, y + inset, size, size };
}

static double
get_thickness (const Placing *placing, EhcpStageId id)
{
  gboolean is_current = placing->timeline->stages[id].state == EHCP_STAGE_CURRENT;

  return scaled (placing, is_current ? CURRENT_BAR_THICKNESS : BAR_THICKNESS);
}

/* In a row, sharing the length; weeks over that would become too narrow are left out. */
static void
place_bars_across (const Placing *placing, EhcpStageId id, double x, double middle, double length)
{
  EhcpStageLayout *stage = &placing->layout->stages[id];
  double gap = scaled (placing, BAR_GAP);
  double thickness = get_thickness (placing, id);
  guint most = (guint) MAX (1, floor ((length + gap) / (scaled (placing, MIN_BAR) + gap)));

  if (stage->n_bars == 0)
    {
      double line = scaled (placing, LINE_THICKNESS);

      stage->line = (cairo_rectangle_t){ x, middle - line / 2, length, line };
      return;
    }
  stage->n_bars = MIN (stage->n_bars, most);
  for (guint i = 0; i < stage->n_bars; i++)
    {
      double bar = (length - gap * (stage->n_bars - 1)) / stage->n_bars;

      stage->bars[i].area = (cairo_rectangle_t){ x + i * (bar + gap), middle - thickness / 2, bar,
                                                 thickness };
    }
}

static void
place_columns (const Placing *placing)
{
  EhcpTimelineLayout *layout = placing->layout;
  double gap = scaled (placing, COLUMN_GAP);
  double slot = scaled (placing, SIGN_SLOT);
  double column = (layout->width - gap * (EHCP_N_STAGES - 1)) / EHCP_N_STAGES;
  double indent = scaled (placing, TEXT_INDENT);
  double state_height = find_state_height (placing, column - indent);

  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      EhcpStageLayout *stage = &layout->stages[id];
      double x = id * (column + gap);
      double start = slot + scaled (placing, SIGN_GAP);

      place_sign (placing, id, x, 0);
      place_bars_across (placing, id, x + start, slot / 2, column - start);
      layout->height = MAX (layout->height,
                            place_texts (placing, id, x + indent, slot + scaled (placing, STATE_GAP),
                                         column - indent, state_height));
      stage->area = (cairo_rectangle_t){ x, 0, column, 0 };
    }
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    layout->stages[id].area.height = layout->height;
}

/* Under the sign, each week of the same length. Returns the end. */
static double
place_bars_down (const Placing *placing, EhcpStageId id, double middle, double y)
{
  EhcpStageLayout *stage = &placing->layout->stages[id];
  double length = scaled (placing, BAR_LENGTH);
  double thickness = get_thickness (placing, id);

  for (guint i = 0; i < stage->n_bars; i++)
    {
      stage->bars[i].area = (cairo_rectangle_t){ middle - thickness / 2, y, thickness, length };
      y += length + scaled (placing, BAR_GAP);
    }
  return y;
}

static double
place_row (const Placing *placing, EhcpStageId id, double y)
{
  EhcpStageLayout *stage = &placing->layout->stages[id];
  double slot = scaled (placing, SIGN_SLOT);
  double middle = slot / 2;
  double text_x = slot + scaled (placing, 18);
  double line = scaled (placing, LINE_THICKNESS);
  double bars_end, text_end, end;

  place_sign (placing, id, 0, y);
  bars_end = place_bars_down (placing, id, middle, y + slot + scaled (placing, BAR_GAP));
  text_end = place_texts (placing, id, text_x, y + scaled (placing, 4),
                          MAX (placing->layout->width - text_x, 1), 0);
  end = MAX (bars_end + scaled (placing, BAR_GAP), text_end + scaled (placing, STAGE_GAP));
  stage->area = (cairo_rectangle_t){ 0, y, placing->layout->width, MAX (bars_end, text_end) - y };
  if (id + 1 < EHCP_N_STAGES)
    stage->line = (cairo_rectangle_t){ middle - line / 2, bars_end, line, end - bars_end };
  return id + 1 < EHCP_N_STAGES ? end : MAX (bars_end, text_end);
}

static void
place_rows (const Placing *placing)
{
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    placing->layout->height = place_row (placing, id, placing->layout->height);
}

static void
mirror (double width, cairo_rectangle_t *area)
{
  area->x = width - area->x - area->width;
}

static void
mirror_stage (EhcpTimelineLayout *layout, EhcpStageLayout *stage)
{
  mirror (layout->width, &stage->area);
  mirror (layout->width, &stage->sign);
  mirror (layout->width, &stage->line);
  for (guint i = 0; i < stage->n_bars; i++)
    mirror (layout->width, &stage->bars[i].area);
  for (guint i = 0; i < EHCP_TIMELINE_N_TEXTS; i++)
    mirror (layout->width, &stage->texts[i]);
}

/* Places all six stages in @width; the height follows. @scale: how much larger the text is than 11 points
 * at 96 dots an inch. */
void
ehcp_timeline_layout_compute (EhcpTimelineLayout *layout, const EhcpTimeline *timeline, double width,
                              double scale, gboolean is_mirrored, EhcpTimelineMeasure measure,
                              gpointer data)
{
  Placing placing = { layout, timeline, measure, data };

  memset (layout, 0, sizeof *layout);
  layout->width = width;
  layout->scale = scale;
  layout->is_mirrored = is_mirrored;
  layout->is_vertical = ehcp_timeline_layout_is_vertical (width, scale);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    layout->stages[id].n_bars = ehcp_timeline_fill_bars (timeline, id, layout->stages[id].bars,
                                                         EHCP_TIMELINE_MAX_BARS);
  if (layout->is_vertical)
    place_rows (&placing);
  else
    place_columns (&placing);
  for (EhcpStageId id = 0; is_mirrored && id < EHCP_N_STAGES; id++)
    mirror_stage (layout, &layout->stages[id]);
}
