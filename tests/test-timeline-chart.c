/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline as a screen reader and the keyboard meet it. Needs a display. */
#include <adwaita.h>

#include "ehcp-timeline-chart.h"

static EhcpTimeline
make_timeline (void)
{
  EhcpFact facts[] = {
    { "request-received", ehcp_day_parse ("2026-09-07"), 0, NULL },
    { "assess-decided", ehcp_day_parse ("2026-10-16"), 0, "yes" },
    { "advice-asked", ehcp_day_parse ("2026-10-20"), 0, "school" },
    { "advice-asked", ehcp_day_parse ("2026-10-20"), 0, "health" },
    { "advice-received", ehcp_day_parse ("2026-11-12"), 0, "health" },
  };
  EhcpTimeline timeline;

  g_assert_true (ehcp_timeline_compute (facts, G_N_ELEMENTS (facts), ehcp_day_parse ("2026-11-24"),
                                        &timeline));
  return timeline;
}

static GtkWidget *
open_window (GtkWidget **chart)
{
  EhcpTimeline timeline = make_timeline ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *chart = ehcp_timeline_chart_new ();
  ehcp_timeline_chart_set_timeline (EHCP_TIMELINE_CHART (*chart), &timeline,
                                    ehcp_day_parse ("2026-11-24"), NULL);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Before"));
  gtk_box_append (GTK_BOX (box), *chart);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("After"));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 400);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (*chart) == 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  return window;
}

static GtkWidget *
nth_stage (GtkWidget *chart, guint n)
{
  GtkWidget *stage = gtk_widget_get_first_child (chart);

  for (; n > 0; n--)
    stage = gtk_widget_get_next_sibling (stage);
  return stage;
}

static void
assert_label (GtkWidget *widget, const char *label)
{
  g_autofree char *mistake = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);

  g_assert_cmpstr (mistake, ==, NULL);
}

static void
test_list_items (void)
{
  GtkWidget *chart;
  GtkWidget *window = open_window (&chart);
  guint n = 0;

  g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (chart), GTK_ACCESSIBLE_ROLE_LIST));
  for (GtkWidget *stage = nth_stage (chart, 0); stage != NULL; stage = gtk_widget_get_next_sibling (stage))
    {
      g_assert_true (gtk_test_accessible_has_role (GTK_ACCESSIBLE (stage), GTK_ACCESSIBLE_ROLE_LIST_ITEM));
      g_assert_cmpint (gtk_widget_get_width (stage), >, 100);
      n++;
    }
  g_assert_cmpuint (n, ==, 6);
  assert_label (chart, "Statutory Timescales, week 12 of 20, 11 weeks and 1 day used, 62 days left");
  assert_label (nth_stage (chart, 2), "Stage 3 of 6, Gathering advice, current stage, weeks 6 to 12, due "
                                      "Tuesday 1 December 2026, 7 days left, 1 of 2 reports are in");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
press (GtkWidget *window, GtkDirectionType direction)
{
  gtk_widget_child_focus (window, direction);
}

/* One stop for Tab, at the stage where the case is; the arrows walk, and stay inside. */
static void
test_keyboard (void)
{
  GtkWidget *chart;
  GtkWidget *window = open_window (&chart);

  press (window, GTK_DIR_TAB_FORWARD);
  press (window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == nth_stage (chart, 2));
  press (window, GTK_DIR_RIGHT);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == nth_stage (chart, 3));
  for (guint i = 0; i < 8; i++)
    press (window, GTK_DIR_RIGHT);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == nth_stage (chart, 5));
  press (window, GTK_DIR_LEFT);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == nth_stage (chart, 4));
  press (window, GTK_DIR_TAB_FORWARD);
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), chart));
  press (window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == nth_stage (chart, 4));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_right_to_left (void)
{
  GtkWidget *chart;
  GtkWidget *window;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  window = open_window (&chart);
  press (window, GTK_DIR_TAB_FORWARD);
  press (window, GTK_DIR_TAB_FORWARD);
  press (window, GTK_DIR_LEFT);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == nth_stage (chart, 3));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/timeline-chart/list-items", test_list_items);
  g_test_add_func ("/timeline-chart/keyboard", test_keyboard);
  g_test_add_func ("/timeline-chart/right-to-left", test_right_to_left);
  return g_test_run ();
}
