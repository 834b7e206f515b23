/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws 20 weeks and those over. Silent to a screen reader: the line of words beside it says the same. */
#include "ehcp-weeks-bar.h"

#include "ehcp-timeline-drawing.h"

#define MOST_BARS 32
#define HEIGHT 8
#define GAP 4.0

struct _EhcpWeeksBar
{
  GtkWidget parent_instance;
  EhcpWeekBar bars[MOST_BARS];
  guint n_bars;
};

G_DEFINE_FINAL_TYPE (EhcpWeeksBar, ehcp_weeks_bar, GTK_TYPE_WIDGET)

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : HEIGHT;
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *shot)
{
  EhcpWeeksBar *bar = EHCP_WEEKS_BAR (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double gap = MIN (GAP, width / (bar->n_bars + 1) / 4);
  double each = bar->n_bars > 0 ? (width - gap * (bar->n_bars - 1)) / bar->n_bars : 0;
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  EhcpTimelineColours colours;
  cairo_t *cr = gtk_snapshot_append_cairo (shot, &GRAPHENE_RECT_INIT (0, 0, (float) width,
                                                                      (float) height));

  ehcp_timeline_colours_look_up (&colours);
  for (guint i = 0; i < bar->n_bars; i++)
    {
      double x = i * (each + gap);

      bar->bars[i].area = (cairo_rectangle_t){ is_mirrored ? width - x - each : x, (height - HEIGHT) / 2,
                                               each, HEIGHT };
      ehcp_timeline_draw_bar (cr, &bar->bars[i], &colours.done, &colours.outline, &colours.late, 1,
                              is_mirrored);
    }
  cairo_destroy (cr);
}

static void
ehcp_weeks_bar_class_init (EhcpWeeksBarClass *klass)
{
  GTK_WIDGET_CLASS (klass)->measure = measure;
  GTK_WIDGET_CLASS (klass)->snapshot = snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "weeks");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ehcp_weeks_bar_init (EhcpWeeksBar *bar)
{
}

GtkWidget *
ehcp_weeks_bar_new (void)
{
  return g_object_new (EHCP_TYPE_WEEKS_BAR, NULL);
}

void
ehcp_weeks_bar_set_timeline (EhcpWeeksBar *bar, const EhcpTimeline *timeline)
{
  g_return_if_fail (EHCP_IS_WEEKS_BAR (bar));

  bar->n_bars = ehcp_timeline_fill_weeks (timeline, bar->bars, MOST_BARS);
  gtk_widget_queue_draw (GTK_WIDGET (bar));
}
