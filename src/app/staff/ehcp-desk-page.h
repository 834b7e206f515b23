/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of one act at the staff's desk: fields in boxed lists with their errors, buttons, and a command that
 * is sent and answered. */
#pragma once

#include "ehcp-error-row.h"
#include "ehcp-error-summary.h"
#include "ehcp-view.h"

G_BEGIN_DECLS

/* The council has taken it, or it waits here to be sent. */
typedef void (*EhcpDeskDone) (EhcpView *view);

/* A plain struct in the view that it fills; its widgets are the view's. */
typedef struct
{
  EhcpView *view;
  GtkWidget *box;
  EhcpErrorSummary *summary;
  gboolean is_busy;
  gboolean is_waiting; /* what was sent last is kept here until the council can be reached */
  EhcpDeskDone done;
} EhcpDeskPage;

void ehcp_desk_page_init (EhcpDeskPage *page, EhcpView *view, int width);

GtkWidget *ehcp_desk_page_add_heading (EhcpDeskPage *page, const char *text);
GtkLabel *ehcp_desk_page_add_note (EhcpDeskPage *page, const char *text);
/* A boxed list under a heading (NULL: none), named @name for a screen reader. */
GtkListBox *ehcp_desk_page_add_list (EhcpDeskPage *page, const char *heading, const char *name);
GtkEditable *ehcp_desk_page_add_entry (GtkListBox *list, const char *title, const char *member,
                                       gboolean is_required, EhcpErrorRow **error);
AdwComboRow *ehcp_desk_page_add_choice (GtkListBox *list, const char *title, const char *member,
                                        EhcpErrorRow **error);
/* Keeps the choice when it is still among @names. */
void ehcp_desk_page_set_choices (AdwComboRow *row, const char *const *names);
GtkTextView *ehcp_desk_page_add_text (EhcpDeskPage *page, const char *heading, const char *member,
                                      gboolean is_required, EhcpErrorRow **error);
/* (transfer full) */
char *ehcp_desk_page_get_text (GtkTextView *view);
GtkWidget *ehcp_desk_page_add_button (EhcpDeskPage *page, const char *label, gboolean is_suggested,
                                      GCallback callback);
void ehcp_desk_page_clear_list (GtkListBox *list);

/* Gathers what the error rows say; TRUE when there is nothing. */
gboolean ehcp_desk_page_check (EhcpDeskPage *page);
/* The day that was typed, or EHCP_DAY_NONE after the row says why not; an empty one is wrong when
 * @is_required. */
gint32 ehcp_desk_page_take_day (GtkEditable *entry, EhcpErrorRow *error, gboolean is_required);
/* Sends by ehcp_act_send() and calls @done; a refusal stands at its field, and leaves nothing in the outbox. */
void ehcp_desk_page_send (EhcpDeskPage *page, EhcpRecord *command, GPtrArray *files, EhcpDeskDone done);

/* Says in a toast what was done, or that it waits. */
void ehcp_desk_page_say_done (EhcpDeskPage *page, const char *words);

/* (transfer full): "Isla Marlow" of a case record. */
char *ehcp_desk_name_child (EhcpRecord *child);
/* Title: what is done; subtitle: about whom. */
void ehcp_desk_page_show_head (EhcpDeskPage *page, const char *title, const char *case_id);
gboolean ehcp_desk_is_manager (EhcpBook *book);

G_END_DECLS
