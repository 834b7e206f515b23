/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads of all cases as the staff's inbox shows them. Pure functions over the book. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-day.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;           /* of the thread */
  EhcpRecord *child;  /* its case */
  EhcpRecord *last;   /* its newest message */
  guint n_messages;
  gboolean is_unread; /* a message of the family that this member of staff did not open */
  gboolean is_our_turn; /* the family wrote last */
  gboolean is_refused; /* one of ours was not taken */
  char *folded;       /* all that a search looks through */
} EhcpInboxThread;

void ehcp_inbox_thread_free (EhcpInboxThread *thread);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpInboxThread, ehcp_inbox_thread_free)

/* (transfer full) (element-type EhcpInboxThread): what was not sent, then unread, then the newest. @case_id:
 * of one case, or NULL; @only_own: of the cases of this member of staff and of those for whom they stand in. */
GPtrArray *ehcp_inbox_list (EhcpBook *book, const char *case_id, gboolean only_own);
/* Whether the case is this member of staff's own, or that of somebody for whom they stand in now. */
gboolean ehcp_inbox_is_own (EhcpBook *book, EhcpRecord *child);

G_END_DECLS
