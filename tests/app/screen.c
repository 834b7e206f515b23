/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for widgets as a person would: only what is seen counts. */
#include "screen.h"

#include <string.h>

#include "ehcp-link-private.h"
#include "ehcp-places.h"
#include "sample.h"

#define WAIT_S 20

void
screen_init (Screen *screen)
{
  g_autoptr (EhcpClock) clock = sample_clock_new ();

  *screen = (Screen){ 0 };
  screen->cache = g_dir_make_tmp ("screen-XXXXXX", NULL);
  screen->link = ehcp_link_new ("http://127.0.0.1:9/", screen->cache, clock);
  screen->book = ehcp_link_get_book (screen->link);
  ehcp_link_set_status (screen->link, EHCP_LINK_SIGNED_IN);
  ehcp_link_set_first_sync (screen->link, TRUE);
}

static gboolean
has_width (Screen *screen, gconstpointer data)
{
  return gtk_widget_get_width (screen->window) > 0;
}

static void
show_at (Screen *screen, const char *place, int width)
{
  screen->view = ehcp_places_make (place, screen->link);
  g_assert_nonnull (screen->view);
  screen->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (screen->window), GTK_WIDGET (screen->view));
  gtk_window_set_default_size (GTK_WINDOW (screen->window), width, 760);
  ehcp_view_shown (screen->view);
  gtk_window_present (GTK_WINDOW (screen->window));
  g_assert_true (screen_wait (screen, has_width, NULL));
  screen_settle ();
}

void
screen_show (Screen *screen, const char *place)
{
  show_at (screen, place, 1100);
}

void
screen_open_sample (Screen *screen, const char *place, int width)
{
  screen_init (screen);
  sample_fill (screen->book, SAMPLE_WITH_ISLA);
  show_at (screen, place, width);
}

void
screen_clear (Screen *screen)
{
  if (screen->window != NULL)
    gtk_window_destroy (GTK_WINDOW (screen->window));
  screen_settle ();
  ehcp_link_close (screen->link);
  g_clear_object (&screen->link);
  g_free (screen->cache);
}

void
screen_settle (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;
}

static gboolean
fits (GtkWidget *widget, GType type, const char *text)
{
  const char *own;

  if (!g_type_is_a (G_OBJECT_TYPE (widget), type))
    return FALSE;
  own = text != NULL ? get_text (widget) : NULL;
  return text == NULL || (own != NULL && strstr (own, text) != NULL);
}

GtkWidget *
screen_find_in (GtkWidget *widget, GType type, const char *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (fits (widget, type, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = screen_find_in (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
screen_find (Screen *screen, GType type, const char *text)
{
  return screen_find_in (screen->window, type, text);
}

static gboolean
timed_out_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
screen_wait (Screen *screen, ScreenCondition condition, gconstpointer data)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add_seconds (WAIT_S, timed_out_cb, &is_late);

  while (!is_late && !condition (screen, data))
    g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    g_source_remove (source);
  return !is_late;
}

static gboolean
shows (Screen *screen, gconstpointer text)
{
  return screen_find (screen, GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
hides (Screen *screen, gconstpointer text)
{
  return !shows (screen, text);
}

void
screen_assert_shows (Screen *screen, const char *text)
{
  if (!screen_wait (screen, shows, text))
    g_error ("the screen does not show \"%s\"", text);
}

void
screen_assert_hides (Screen *screen, const char *text)
{
  if (!screen_wait (screen, hides, text))
    g_error ("the screen shows \"%s\"", text);
}

void
screen_search (Screen *screen, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (screen_find (screen, GTK_TYPE_SEARCH_ENTRY, NULL)), text);
}

void
screen_press (Screen *screen, const char *label)
{
  GtkWidget *button = screen_find (screen, GTK_TYPE_BUTTON, label);

  if (button == NULL)
    g_error ("there is no button \"%s\"", label);
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  else
    g_signal_emit_by_name (button, "clicked");
  screen_settle ();
}
