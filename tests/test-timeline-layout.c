/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the timeline puts things: nothing overlaps or leaves its column, at any width and text size. */
#include "ehcp-timeline-layout.h"

#include <math.h>
#include <string.h>

typedef struct
{
  double scale;
  double line_height;
  double tag_width;
} Type;

static EhcpTimeline
make_timeline (const char *today)
{
  EhcpFact facts[] = {
    { "request-received", ehcp_day_parse ("2026-09-07"), 0, NULL },
    { "assess-decided", ehcp_day_parse ("2026-10-16"), 0, "yes" },
    { "advice-asked", ehcp_day_parse ("2026-10-20"), 0, "school" },
  };
  EhcpTimeline timeline;

  g_assert_true (ehcp_timeline_compute (facts, G_N_ELEMENTS (facts), ehcp_day_parse (today), &timeline));
  return timeline;
}

/* Type whose letters are all as wide as high: names wrap, as in larger text. */
static void
measure (EhcpStageId id, EhcpTimelineText text, double width, double *text_width,
         double *text_height, gpointer data)
{
  const Type *type = data;
  double natural = 150 * type->scale;

  *text_width = *text_height = 0;
  if (text == EHCP_TIMELINE_LATE_TAG && (id != EHCP_STAGE_FINAL || type->tag_width == 0))
    return;
  if (text == EHCP_TIMELINE_STATE || text == EHCP_TIMELINE_LATE_TAG)
    natural = type->tag_width;
  *text_width = MIN (natural, width);
  *text_height = type->line_height * type->scale * ceil (natural / MAX (width, 1));
}

static void
assert_inside (const cairo_rectangle_t *inner, const cairo_rectangle_t *outer)
{
  g_assert_cmpfloat (inner->x, >=, outer->x - .01);
  g_assert_cmpfloat (inner->y, >=, outer->y - .01);
  g_assert_cmpfloat (inner->x + inner->width, <=, outer->x + outer->width + .01);
  g_assert_cmpfloat (inner->y + inner->height, <=, outer->y + outer->height + .01);
}

static gboolean
overlap (const cairo_rectangle_t *a, const cairo_rectangle_t *b)
{
  return a->x + a->width > b->x + .01 && b->x + b->width > a->x + .01 && a->y + a->height > b->y + .01 &&
         b->y + b->height > a->y + .01;
}

static void
assert_stage_is_sound (const EhcpStageLayout *stage)
{
  for (guint i = 0; i < EHCP_TIMELINE_N_TEXTS; i++)
    {
      if (stage->texts[i].height > 0)
        assert_inside (&stage->texts[i], &stage->area);
      g_assert_false (stage->texts[i].height > 0 && overlap (&stage->texts[i], &stage->sign));
      for (guint j = 0; j < i; j++)
        g_assert_false (stage->texts[i].height > 0 && stage->texts[j].height > 0 &&
                        overlap (&stage->texts[i], &stage->texts[j]));
      for (guint j = 0; j < stage->n_bars; j++)
        g_assert_false (stage->texts[i].height > 0 && overlap (&stage->texts[i], &stage->bars[j].area));
    }
  for (guint i = 0; i < stage->n_bars; i++)
    {
      assert_inside (&stage->bars[i].area, &stage->area);
      g_assert_cmpfloat (stage->bars[i].area.width, >=, 2);
      g_assert_false (overlap (&stage->bars[i].area, &stage->sign));
    }
}

static void
assert_sound (const EhcpTimelineLayout *layout)
{
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      assert_stage_is_sound (&layout->stages[id]);
      for (EhcpStageId other = 0; other < id; other++)
        g_assert_false (overlap (&layout->stages[id].area, &layout->stages[other].area));
    }
}

static void
test_no_overlap (void)
{
  static const double scales[] = { 1, 1.25, 2, 3 };
  EhcpTimeline timeline = make_timeline ("2026-11-24");
  EhcpTimelineLayout layout;

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    for (double width = 200 * scales[i]; width < 1500; width += 37)
      for (int is_mirrored = 0; is_mirrored < 2; is_mirrored++)
        {
          Type type = { scales[i], 18, 95 * scales[i] };

          ehcp_timeline_layout_compute (&layout, &timeline, width, scales[i], is_mirrored, measure, &type);
          g_assert_cmpint (layout.is_vertical, ==, width < 656 * scales[i]);
          assert_sound (&layout);
        }
}

static void
test_columns (void)
{
  EhcpTimeline timeline = make_timeline ("2026-11-24");
  Type type = { 1, 18, 95 };
  EhcpTimelineLayout layout;

  ehcp_timeline_layout_compute (&layout, &timeline, 992, 1, FALSE, measure, &type);
  g_assert_false (layout.is_vertical);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      g_assert_cmpfloat_with_epsilon (layout.stages[id].area.width, layout.stages[0].area.width, .01);
      g_assert_cmpfloat_with_epsilon (layout.stages[id].area.y, 0, .01);
    }
  g_assert_cmpuint (layout.stages[EHCP_STAGE_REQUEST].n_bars, ==, 0);
  g_assert_cmpfloat (layout.stages[EHCP_STAGE_REQUEST].line.width, >, 100);
  g_assert_cmpfloat (layout.stages[EHCP_STAGE_ADVICE].sign.width, ==, 32);
  g_assert_cmpfloat (layout.stages[EHCP_STAGE_ASSESS].sign.width, ==, 26);
  g_assert_cmpfloat (layout.stages[EHCP_STAGE_ADVICE].bars[0].area.height, ==, 9);
  g_assert_cmpfloat (layout.stages[EHCP_STAGE_ASSESS].bars[0].area.height, ==, 7);
}

static void
test_rows (void)
{
  EhcpTimeline timeline = make_timeline ("2026-11-24");
  Type type = { 1, 18, 95 };
  EhcpTimelineLayout layout;

  ehcp_timeline_layout_compute (&layout, &timeline, 360, 1, FALSE, measure, &type);
  g_assert_true (layout.is_vertical);
  for (EhcpStageId id = 1; id < EHCP_N_STAGES; id++)
    {
      const EhcpStageLayout *before = &layout.stages[id - 1], *stage = &layout.stages[id];

      g_assert_cmpfloat (stage->sign.y, >=, before->area.y + before->area.height);
      g_assert_cmpfloat_with_epsilon (before->line.y + before->line.height, stage->area.y, .01);
      g_assert_cmpfloat (stage->bars[0].area.height, ==, 11);
    }
  g_assert_cmpfloat (layout.stages[EHCP_STAGE_FINAL].line.height, ==, 0);
}

/* From right to left everything stands as in a mirror. */
static void
test_mirrored (void)
{
  EhcpTimeline timeline = make_timeline ("2026-11-24");
  Type type = { 1, 18, 95 };
  EhcpTimelineLayout plain, mirrored;

  ehcp_timeline_layout_compute (&plain, &timeline, 992, 1, FALSE, measure, &type);
  ehcp_timeline_layout_compute (&mirrored, &timeline, 992, 1, TRUE, measure, &type);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      const cairo_rectangle_t *a = &plain.stages[id].sign, *b = &mirrored.stages[id].sign;

      g_assert_cmpfloat_with_epsilon (a->x, 992 - b->x - b->width, .01);
      g_assert_cmpfloat_with_epsilon (a->y, b->y, .01);
    }
}

/* The two tags of a late stage stand side by side, or one under the other. */
static void
test_tags_wrap (void)
{
  EhcpTimeline timeline = make_timeline ("2026-11-24");
  EhcpTimelineLayout layout;
  const cairo_rectangle_t *texts = layout.stages[EHCP_STAGE_FINAL].texts;

  ehcp_timeline_layout_compute (&layout, &timeline, 992, 1, FALSE, measure, &(Type){ 1, 18, 70 });
  g_assert_cmpfloat (texts[EHCP_TIMELINE_LATE_TAG].y, ==, texts[EHCP_TIMELINE_STATE].y);
  ehcp_timeline_layout_compute (&layout, &timeline, 992, 1, FALSE, measure, &(Type){ 1, 18, 90 });
  g_assert_cmpfloat (texts[EHCP_TIMELINE_LATE_TAG].x, ==, texts[EHCP_TIMELINE_STATE].x);
  g_assert_cmpfloat (texts[EHCP_TIMELINE_LATE_TAG].y, >, texts[EHCP_TIMELINE_STATE].y + 18);
}

/* Twenty bars are twenty weeks, each filled by its days. */
static void
test_weeks_used (void)
{
  EhcpTimeline timeline = make_timeline ("2026-11-24");
  EhcpWeekBar bars[EHCP_TIMELINE_MAX_BARS];
  guint n_all = 0;

  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    n_all += ehcp_timeline_fill_bars (&timeline, id, bars, G_N_ELEMENTS (bars));
  g_assert_cmpuint (n_all, ==, EHCP_TIMELINE_N_WEEKS);

  g_assert_cmpuint (ehcp_timeline_fill_bars (&timeline, EHCP_STAGE_ASSESS, bars, 16), ==, 6);
  g_assert_cmpfloat (bars[5].filled, ==, 1);
  g_assert_cmpuint (ehcp_timeline_fill_bars (&timeline, EHCP_STAGE_ADVICE, bars, 16), ==, 6);
  g_assert_cmpfloat (bars[4].filled, ==, 1);
  g_assert_cmpfloat_with_epsilon (bars[5].filled, 1 / 7., .001);
  g_assert_cmpuint (ehcp_timeline_fill_bars (&timeline, EHCP_STAGE_DECIDE, bars, 16), ==, 4);
  g_assert_cmpfloat (bars[0].filled, ==, 0);
}

/* Each week over the limit is hatched, the last one as far as its days. */
static void
test_weeks_over (void)
{
  EhcpTimeline timeline = make_timeline ("2026-12-23");
  EhcpWeekBar bars[EHCP_TIMELINE_MAX_BARS];

  g_assert_cmpint (timeline.stages[EHCP_STAGE_ADVICE].days_late, ==, 22);
  g_assert_cmpuint (ehcp_timeline_fill_bars (&timeline, EHCP_STAGE_ADVICE, bars, 16), ==, 10);
  g_assert_false (bars[5].is_over);
  g_assert_true (bars[6].is_over);
  g_assert_cmpfloat_with_epsilon (bars[9].filled, 1 / 7., .001);
}

/* A year late: as many bars as there is room for, none outside its column. */
static void
test_very_late (void)
{
  EhcpTimeline timeline = make_timeline ("2028-12-23");
  Type type = { 1, 18, 95 };
  EhcpTimelineLayout layout;

  ehcp_timeline_layout_compute (&layout, &timeline, 700, 1, FALSE, measure, &type);
  assert_sound (&layout);
  g_assert_cmpuint (layout.stages[EHCP_STAGE_ADVICE].n_bars, <=, EHCP_TIMELINE_MAX_BARS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline-layout/no-overlap", test_no_overlap);
  g_test_add_func ("/timeline-layout/columns", test_columns);
  g_test_add_func ("/timeline-layout/rows", test_rows);
  g_test_add_func ("/timeline-layout/mirrored", test_mirrored);
  g_test_add_func ("/timeline-layout/tags-wrap", test_tags_wrap);
  g_test_add_func ("/timeline-layout/weeks-used", test_weeks_used);
  g_test_add_func ("/timeline-layout/weeks-over", test_weeks_over);
  g_test_add_func ("/timeline-layout/very-late", test_very_late);
  return g_test_run ();
}
