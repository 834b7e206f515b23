/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base of every screen: what the window needs to show it, and what it is told. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

#define EHCP_TYPE_VIEW (ehcp_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (EhcpView, ehcp_view, EHCP, VIEW, AdwBin)

/**
 * EhcpViewClass:
 * @shown: it came to the front; called each time
 * @leave: it is about to be left or closed: store what was typed, forget secrets
 * @search: Ctrl+F; returns whether it has a search
 * @close_inner: Esc or back while a narrow page shows its content: go to its own list first; returns
 *   whether there was something to close
 */
struct _EhcpViewClass
{
  AdwBinClass parent_class;
  void (*shown) (EhcpView *view);
  void (*leave) (EhcpView *view);
  gboolean (*search) (EhcpView *view);
  gboolean (*close_inner) (EhcpView *view);
};

/* Properties: "link" (construct only), "argument" string (construct only): what stands after the place's
 * name; "title", "subtitle", "avatar" (the name that an avatar is made of, or NULL), "back-label" (the
 * name of where back leads, or NULL: the icon alone), "has-back" (default TRUE), "has-person" (default
 * TRUE when signed in: the person button), "header-end" (a widget left of the person button, or NULL),
 * "header-start" (a widget after the back button), "header-title" (a widget in the title's place).
 *
 * Places, for the action "win.go" with a string target "NAME" or "NAME/ARGUMENT":
 *   start  council  accounts  preferences  shortcuts  help[/TOPIC]  register  sign-in  reset  staff-link/CODE  invitation[/CODE]
 *   portal  account  password  devices
 *   dashboard/CASE  messages/CASE[/THREAD]  compose/CASE[/DRAFT-OR-THREAD]
 *   documents/CASE[/DOCUMENT]  add-document/CASE  take-out/CASE  compare/CASE  actions/CASE
 *   form/FORM[/PAGE[/QUESTION]]
 * and of staff:
 *   caseload  new-case[/REQUEST]  request-file/DOCUMENT  case/CASE  give/CASE  invite/CASE  verify/PERSON
 *   withdraw/PERSON  history/CASE  team
 *   allocate  inbox[/CASE[/THREAD]]  write/CASE[/DRAFT-OR-THREAD]  write-many  templates  cover
 *   papers/CASE  publish/CASE  letter/CASE  ask[/CASE]  review/FORM
 * "win.back" goes one place back; "win.replace" (string) goes to a place that takes the current one's
 * turn in the history; "win.toast" (string) says something in a toast; "win.log-out". */
EhcpLink *ehcp_view_get_link (EhcpView *view);
EhcpBook *ehcp_view_get_book (EhcpView *view);
const char *ehcp_view_get_argument (EhcpView *view);
void ehcp_view_set_title (EhcpView *view, const char *title);
void ehcp_view_set_subtitle (EhcpView *view, const char *subtitle);
void ehcp_view_set_avatar (EhcpView *view, const char *name);
void ehcp_view_set_back_label (EhcpView *view, const char *label);
void ehcp_view_set_has_back (EhcpView *view, gboolean has_back);
void ehcp_view_set_header_start (EhcpView *view, GtkWidget *widget);
void ehcp_view_set_header_title (EhcpView *view, GtkWidget *widget);
void ehcp_view_set_header_end (EhcpView *view, GtkWidget *widget);
GCancellable *ehcp_view_get_cancellable (EhcpView *view);

void ehcp_view_shown (EhcpView *view);
void ehcp_view_leave (EhcpView *view);
gboolean ehcp_view_search (EhcpView *view);
gboolean ehcp_view_close_inner (EhcpView *view);
void ehcp_view_go (EhcpView *view, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ehcp_view_replace (EhcpView *view, const char *format, ...) G_GNUC_PRINTF (2, 3);
void ehcp_view_toast (EhcpView *view, const char *text);

G_END_DECLS
