/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the window's files. */
#pragma once

#include "ehcp-curtain.h"
#include "ehcp-history.h"
#include "ehcp-link-notice.h"
#include "ehcp-settings.h"
#include "ehcp-window.h"

G_BEGIN_DECLS

struct _EhcpWindow
{
  AdwApplicationWindow parent;
  GtkStack *curtain;    /* the program, or the cover before it */
  AdwToastOverlay *toasts;
  EhcpCurtain *cover;   /* NULL until it is wanted: a start need not wait for it */
  AdwHeaderBar *header;
  GtkWidget *back;
  GtkLabel *back_label;
  AdwAvatar *avatar;
  GtkLabel *title_label;
  GtkLabel *subtitle_label;
  GtkWidget *person;
  AdwAvatar *person_avatar;
  GtkLabel *person_label;
  GtkWidget *person_arrow;
  GtkWidget *menu;
  AdwBin *header_start;
  AdwBin *header_title;
  AdwBin *header_end;
  GtkWidget *titles;
  EhcpLinkNotice *notice;
  GtkStack *stack;
  GtkWidget *opening;   /* while it is not known who is signed in */

  EhcpLink *link;
  EhcpHistory *history;
  EhcpView *view;       /* whose properties are watched */
  char *pending;        /* where to go after signing in */
  char *last_account;   /* the id of who was signed in last */
  gboolean is_narrow;
  gboolean has_resumed;  /* the last place was gone to */
  guint narrow_source;
};

void ehcp_window_class_install_actions (GtkWidgetClass *widget_class);
EhcpHistory *ehcp_window_get_history (EhcpWindow *window);

/* ehcp-window-state.c: size and place over an end of the program, who may read what, and the cover. */
gboolean ehcp_window_may_read (EhcpWindow *window);
gboolean ehcp_window_can_go_back (EhcpWindow *window);
EhcpSettings *ehcp_window_get_settings (EhcpWindow *window);
void ehcp_window_restore_size (EhcpWindow *window);
void ehcp_window_store_state (EhcpWindow *window);
char *ehcp_window_take_last_place (EhcpWindow *window);
void ehcp_window_cover (EhcpWindow *window);
void ehcp_window_uncover (EhcpWindow *window);
void ehcp_window_update_cover (EhcpWindow *window);

G_END_DECLS
