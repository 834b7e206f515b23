/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a case's history: who did what, when. Read from the council, not from the book: nothing of it is
 * kept on this computer. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define EHCP_TYPE_PAST_ACT (ehcp_past_act_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPastAct, ehcp_past_act, EHCP, PAST_ACT, GObject)

/* Read-only. Texts may be NULL but for what and at. */
struct _EhcpPastAct
{
  GObject parent_instance;
  gint64 number;
  char *at;        /* a time of the wire */
  char *what;      /* a command's kind, or "document.content" */
  char *account;
  char *who;
  char *role;
  char *detail;
  char *item;
  char *item_kind;
  char *title;
};

/* (transfer full) (element-type EhcpPastAct): the rows of an answer, in its order; NULL with EHCP_ERROR_FAILED for
 * what is no such answer. Any thread. */
GPtrArray *ehcp_past_acts_parse (GBytes *body, gboolean *has_more, GError **error);

G_END_DECLS
