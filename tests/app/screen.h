/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One screen in a window with a book that the test fills: for tests that look at it and press its buttons. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

typedef struct
{
  EhcpLink *link;
  EhcpBook *book;
  GtkWidget *window;
  EhcpView *view;
  char *cache;
} Screen;

/* A link that is signed in and offline, at the sample's time; the book is empty. */
void screen_init (Screen *screen);
void screen_show (Screen *screen, const char *place);
/* The same with the sample family in the book, at that width. */
void screen_open_sample (Screen *screen, const char *place, int width);
void screen_clear (Screen *screen);

/* The first that is seen of that type; with that text in it, where @text is not NULL: a label's or a button's. */
GtkWidget *screen_find (Screen *screen, GType type, const char *text);
GtkWidget *screen_find_in (GtkWidget *widget, GType type, const char *text);
/* FALSE when it does not become true in time. */
typedef gboolean (*ScreenCondition) (Screen *screen, gconstpointer data);
gboolean screen_wait (Screen *screen, ScreenCondition condition, gconstpointer data);
/* Waits until the screen shows a label with that text in it, or does not; fails the test otherwise. */
void screen_assert_shows (Screen *screen, const char *text);
void screen_assert_hides (Screen *screen, const char *text);
void screen_press (Screen *screen, const char *label);
/* Types into the screen's search. */
void screen_search (Screen *screen, const char *text);
void screen_settle (void);

G_END_DECLS
