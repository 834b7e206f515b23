/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the three boxes: one for each thread, or draft. Pure functions over records. */
#pragma once

#include <gio/gio.h>

#include "ehcp-message-words.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_BOX_INBOX,
  EHCP_BOX_SENT,
  EHCP_BOX_DRAFTS,
  EHCP_N_BOXES
} EhcpBox;

typedef gboolean (*EhcpIsReadFunc) (EhcpRecord *message, gpointer data);

/* A plain struct. */
typedef struct
{
  char *id;               /* of the thread; of the draft in the box of drafts */
  EhcpRecord *message;    /* the one that the row is about: what needs somebody, or the newest */
  EhcpMessageState state; /* of the row: new when one of its messages is */
  guint n_messages;       /* in this box */
  char *folded;           /* all that a search looks through */
} EhcpThread;

void ehcp_thread_free (EhcpThread *thread);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpThread, ehcp_thread_free)

GPtrArray *ehcp_threads_list (EhcpBox box, GListModel *messages, GListModel *drafts,
                              EhcpIsReadFunc is_read, gpointer data);
guint ehcp_threads_count_new (GPtrArray *threads);
GPtrArray *ehcp_threads_get_messages (GListModel *messages, const char *thread_id);

G_END_DECLS
