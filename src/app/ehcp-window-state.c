/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window keeps over an end of the program, its size and the place that was shown; and who may read: the end
 * of a session, and the privacy lock. */
#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-application.h"
#include "ehcp-window-private.h"

#define MIN_WIDTH 360
#define MIN_HEIGHT 294

EhcpSettings *
ehcp_window_get_settings (EhcpWindow *window)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));

  return EHCP_IS_APPLICATION (application) ? ehcp_application_get_settings (EHCP_APPLICATION (application))
                                           : NULL;
}

void
ehcp_window_restore_size (EhcpWindow *window)
{
  EhcpSettings *settings = ehcp_window_get_settings (window);

  if (settings == NULL || settings->width < MIN_WIDTH || settings->height < MIN_HEIGHT)
    return;
  gtk_window_set_default_size (GTK_WINDOW (window), settings->width, settings->height);
  if (settings->is_maximized)
    gtk_window_maximize (GTK_WINDOW (window));
}

static void
store_place (EhcpWindow *window, EhcpSettings *settings)
{
  EhcpRecord *account = window->link != NULL ? ehcp_book_get_account (ehcp_link_get_book (window->link)) : NULL;
  const char *target = ehcp_history_get_target (window->history);
  const EhcpPlace *place = target != NULL ? ehcp_places_find (target) : NULL;

  if (account == NULL || place == NULL || (place->flags & EHCP_PLACE_OPEN) != 0)
    return;
  ehcp_settings_replace (&settings->place, target);
  ehcp_settings_replace (&settings->place_account, ehcp_record_get_id (account));
}

void
ehcp_window_store_state (EhcpWindow *window)
{
  EhcpSettings *settings = ehcp_window_get_settings (window);

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (window), &settings->width, &settings->height);
  settings->is_maximized = gtk_window_is_maximized (GTK_WINDOW (window));
  store_place (window, settings);
  ehcp_settings_save (settings);
}

/* Where the same person was when the program was closed; once, and NULL (otherwise transfer full) for
 * anybody else. */
char *
ehcp_window_take_last_place (EhcpWindow *window)
{
  EhcpSettings *settings = ehcp_window_get_settings (window);
  EhcpRecord *account = ehcp_book_get_account (ehcp_link_get_book (window->link));

  if (window->has_resumed || settings == NULL || settings->place == NULL || account == NULL)
    return NULL;
  window->has_resumed = TRUE;
  if (g_strcmp0 (settings->place_account, ehcp_record_get_id (account)) != 0 ||
      ehcp_places_find (settings->place) == NULL)
    return NULL;
  return g_strdup (settings->place);
}

/* Whether places that are not open to everybody may be shown. A family reads what is saved here when its session has
 * ended; staff do so with a session alone, since its end is how a council shuts somebody out. */
gboolean
ehcp_window_may_read (EhcpWindow *window)
{
  EhcpLinkStatus status = window->link != NULL ? ehcp_link_get_status (window->link) : EHCP_LINK_STARTING;
  EhcpRecord *account;

  if (status != EHCP_LINK_ENDED)
    return status == EHCP_LINK_SIGNED_IN;
  account = ehcp_book_get_account (ehcp_link_get_book (window->link));
  return account != NULL && g_strcmp0 (ehcp_record_get_text (account, "role"), "family") == 0;
}

/* Whether there is a place before the one that is shown, and it may be shown now. */
gboolean
ehcp_window_can_go_back (EhcpWindow *window)
{
  gboolean is_ended = window->link != NULL && ehcp_link_get_status (window->link) == EHCP_LINK_ENDED;

  return ehcp_history_get_previous (window->history) != NULL &&
         (!is_ended || ehcp_window_may_read (window) || ehcp_history_is_previous_open (window->history));
}

/* The privacy lock */

gboolean
ehcp_window_is_covered (EhcpWindow *window)
{
  return window->cover != NULL && gtk_stack_get_visible_child (window->curtain) == GTK_WIDGET (window->cover);
}

static gboolean
has_something_to_cover (EhcpWindow *window)
{
  EhcpLinkStatus status = window->link != NULL ? ehcp_link_get_status (window->link) : EHCP_LINK_STARTING;

  return status == EHCP_LINK_SIGNED_IN || status == EHCP_LINK_ENDED;
}

static void
remember (EhcpWindow *window, gboolean is_covered)
{
  EhcpSettings *settings = ehcp_window_get_settings (window);

  if (settings == NULL || settings->is_covered == is_covered)
    return;
  settings->is_covered = is_covered;
  ehcp_settings_save (settings);
}

static void
show_cover (EhcpWindow *window)
{
  if (window->cover == NULL)
    {
      window->cover = g_object_new (EHCP_TYPE_CURTAIN, NULL);
      gtk_stack_add_child (window->curtain, GTK_WIDGET (window->cover));
      g_signal_connect_swapped (window->cover, "uncovered", G_CALLBACK (ehcp_window_uncover), window);
    }
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  gtk_stack_set_visible_child (window->curtain, GTK_WIDGET (window->cover));
  ehcp_curtain_begin (window->cover, window->link);
  /* The title stands in the list of windows too. */
  gtk_window_set_title (GTK_WINDOW (window), _("EHCP Portal"));
}

void
ehcp_window_cover (EhcpWindow *window)
{
  if (!has_something_to_cover (window))
    {
      gtk_widget_error_bell (GTK_WIDGET (window));
      return;
    }
  if (ehcp_window_is_covered (window))
    return;
  ehcp_window_store_all (window);
  remember (window, TRUE);
  show_cover (window);
}

void
ehcp_window_uncover (EhcpWindow *window)
{
  EhcpView *view = ehcp_history_get_current (window->history);
  g_autofree char *title = NULL;

  remember (window, FALSE);
  ehcp_curtain_end (window->cover);
  gtk_stack_set_visible_child (window->curtain, GTK_WIDGET (window->toasts));
  if (view == NULL)
    return;
  g_object_get (view, "title", &title, NULL);
  gtk_window_set_title (GTK_WINDOW (window), title != NULL ? title : _("EHCP Portal"));
  gtk_widget_child_focus (GTK_WIDGET (view), GTK_DIR_TAB_FORWARD);
}

/* A lock that held when the program ended holds again; with nobody signed in there is nothing behind it. */
void
ehcp_window_update_cover (EhcpWindow *window)
{
  EhcpSettings *settings = ehcp_window_get_settings (window);
  EhcpLinkStatus status = ehcp_link_get_status (window->link);

  if (ehcp_window_is_covered (window) && status == EHCP_LINK_SIGNED_OUT)
    ehcp_window_uncover (window);
  else if (!ehcp_window_is_covered (window) && settings != NULL && settings->is_covered &&
           has_something_to_cover (window))
    show_cover (window);
}
