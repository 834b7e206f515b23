/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline as a widget: one keyboard stop, within which the arrow keys walk the stages. Where things
 * stand is ehcp-timeline-layout.c's, how they look ehcp-timeline-drawing.c's. */
#include "ehcp-timeline-chart.h"

#include <adwaita.h>

#include "ehcp-stage-words.h"
#include "ehcp-timeline-drawing.h"
#include "ehcp-timeline-stage.h"

#define MIN_WIDTH 200
#define NATURAL_WIDTH 992

struct _EhcpTimelineChart
{
  GtkWidget parent_instance;
  GtkWidget *stages[EHCP_N_STAGES];
  EhcpTimeline timeline;
  gboolean has_timeline;
  EhcpDay today;
  char *grounds[EHCP_N_STAGES];
  EhcpTimelineTexts *texts;
  guint texts_serial; /* of the context that they were set with: font or dots may change */
  EhcpTimelineLayout layout;
  EhcpStageId focus;
};

G_DEFINE_FINAL_TYPE (EhcpTimelineChart, ehcp_timeline_chart, GTK_TYPE_WIDGET)

static EhcpTimelineTexts *
get_texts (EhcpTimelineChart *chart)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (chart));
  guint serial = pango_context_get_serial (context);

  if (chart->texts != NULL && chart->texts_serial == serial)
    return chart->texts;
  g_clear_pointer (&chart->texts, ehcp_timeline_texts_free);
  chart->texts = ehcp_timeline_texts_new (context, &chart->timeline, chart->today,
                                          (const char *const *) chart->grounds);
  chart->texts_serial = serial;
  return chart->texts;
}

static void
compute_layout (EhcpTimelineChart *chart, int width, EhcpTimelineLayout *layout)
{
  EhcpTimelineTexts *texts = get_texts (chart);
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (chart)) == GTK_TEXT_DIR_RTL;

  ehcp_timeline_layout_compute (layout, &chart->timeline, width, texts->scale, is_mirrored,
                                ehcp_timeline_texts_measure, texts);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  EhcpTimelineChart *chart = EHCP_TIMELINE_CHART (widget);
  EhcpTimelineLayout layout;

  if (!chart->has_timeline)
    *minimum = *natural = 0;
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      double scale = get_texts (chart)->scale;

      *minimum = (int) (MIN_WIDTH * MIN (scale, 1.4));
      *natural = (int) (NATURAL_WIDTH * scale);
    }
  else
    {
      compute_layout (chart, for_size > 0 ? for_size : (int) (NATURAL_WIDTH * get_texts (chart)->scale),
                      &layout);
      *minimum = *natural = (int) layout.height + 1;
    }
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  EhcpTimelineChart *chart = EHCP_TIMELINE_CHART (widget);

  if (!chart->has_timeline)
    return;
  compute_layout (chart, width, &chart->layout);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      const cairo_rectangle_t *area = &chart->layout.stages[id].area;

      gtk_widget_size_allocate (chart->stages[id],
                                &(GtkAllocation){ (int) area->x, (int) area->y, (int) area->width,
                                                  (int) area->height },
                                -1);
    }
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *shot)
{
  EhcpTimelineChart *chart = EHCP_TIMELINE_CHART (widget);
  EhcpTimelineColours colours;
  cairo_t *cr;

  if (!chart->has_timeline)
    return;
  /* Badges reach a little over the edge. */
  cr = gtk_snapshot_append_cairo (shot, &GRAPHENE_RECT_INIT (-8, -8, (float) chart->layout.width + 16,
                                                             (float) chart->layout.height + 16));
  ehcp_timeline_colours_look_up (&colours);
  ehcp_timeline_draw (cr, &chart->layout, &chart->timeline, get_texts (chart), &colours);
  cairo_destroy (cr);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    gtk_widget_snapshot_child (widget, chart->stages[id], shot);
}

/* 1, -1, or 0 for a direction that leaves the chart. */
static int
find_step (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  switch (direction)
    {
    case GTK_DIR_LEFT:
      return is_rtl ? 1 : -1;
    case GTK_DIR_RIGHT:
      return is_rtl ? -1 : 1;
    case GTK_DIR_UP:
      return -1;
    case GTK_DIR_DOWN:
      return 1;
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
    default:
      return 0;
    }
}

static gboolean
move_focus (GtkWidget *widget, GtkDirectionType direction)
{
  EhcpTimelineChart *chart = EHCP_TIMELINE_CHART (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  int step = find_step (widget, direction);

  if (!chart->has_timeline)
    return FALSE;
  if (child == NULL)
    return gtk_widget_grab_focus (chart->stages[chart->focus]);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    if (chart->stages[id] == child)
      chart->focus = id;
  if (step == 0)
    return FALSE;
  chart->focus = CLAMP ((int) chart->focus + step, 0, EHCP_N_STAGES - 1);
  return gtk_widget_grab_focus (chart->stages[chart->focus]);
}

static void
dispose (GObject *object)
{
  EhcpTimelineChart *chart = EHCP_TIMELINE_CHART (object);

  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      g_clear_pointer (&chart->stages[id], gtk_widget_unparent);
      g_clear_pointer (&chart->grounds[id], g_free);
    }
  g_clear_pointer (&chart->texts, ehcp_timeline_texts_free);
  G_OBJECT_CLASS (ehcp_timeline_chart_parent_class)->dispose (object);
}

static void
ehcp_timeline_chart_class_init (EhcpTimelineChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  widget_class->snapshot = snapshot;
  widget_class->focus = move_focus;
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
ehcp_timeline_chart_init (EhcpTimelineChart *chart)
{
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      chart->stages[id] = ehcp_timeline_stage_new ((int) id + 1, EHCP_N_STAGES);
      gtk_widget_set_parent (chart->stages[id], GTK_WIDGET (chart));
    }
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), chart, G_CONNECT_SWAPPED);
}

GtkWidget *
ehcp_timeline_chart_new (void)
{
  return g_object_new (EHCP_TYPE_TIMELINE_CHART, NULL);
}

static void
tell_screen_reader (EhcpTimelineChart *chart)
{
  g_autofree char *name = ehcp_weeks_words_spoken (&chart->timeline);
  EhcpTimelineTexts *texts = get_texts (chart);

  gtk_accessible_update_property (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    ehcp_timeline_stage_set_spoken (EHCP_TIMELINE_STAGE (chart->stages[id]), texts->spoken[id]);
}

void
ehcp_timeline_chart_set_timeline (EhcpTimelineChart *chart, const EhcpTimeline *timeline,
                                  EhcpDay today, const char *const *grounds)
{
  gboolean is_first = !chart->has_timeline;

  g_return_if_fail (EHCP_IS_TIMELINE_CHART (chart));

  chart->timeline = *timeline;
  chart->has_timeline = TRUE;
  chart->today = today;
  for (EhcpStageId id = 0; id < EHCP_N_STAGES; id++)
    {
      g_clear_pointer (&chart->grounds[id], g_free);
      chart->grounds[id] = g_strdup (grounds != NULL ? grounds[id] : NULL);
    }
  if (is_first)
    chart->focus = timeline->current;
  g_clear_pointer (&chart->texts, ehcp_timeline_texts_free);
  tell_screen_reader (chart);
  gtk_widget_queue_resize (GTK_WIDGET (chart));
}
