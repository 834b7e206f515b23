/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into a GTK program: prints how long after EHCP_BENCH_START (µs of CLOCK_MONOTONIC) the first
 * frame was painted that shows the text EHCP_BENCH_TEXT, or any frame when that is not set; then ends. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdlib.h>
#include <unistd.h>

static gboolean
shows_text (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_text (child, text))
      return TRUE;
  return FALSE;
}

static void
after_paint_cb (GdkFrameClock *clock, GtkWidget *window)
{
  const char *text = g_getenv ("EHCP_BENCH_TEXT");
  gint64 start = g_ascii_strtoll (g_getenv ("EHCP_BENCH_START"), NULL, 10);

  if (text != NULL && !shows_text (window, text))
    return;
  g_print ("first-frame %.1f\n", (double) (g_get_monotonic_time () - start) / 1000);
  if (g_getenv ("EHCP_BENCH_STAY") == NULL)
    _exit (0);
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, window);
}

static void
map_cb (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  if (g_object_get_data (G_OBJECT (window), "first-frame") != NULL)
    return;
  g_object_set_data (G_OBJECT (window), "first-frame", window);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), window);
}

G_MODULE_EXPORT void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow *) = dlsym (RTLD_NEXT, "gtk_window_present");

  if (g_getenv ("EHCP_BENCH_START") != NULL)
    g_signal_connect (window, "map", G_CALLBACK (map_cb), NULL);
  present (window);
}
