/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the sync thread share. */
#pragma once

#include "ehcp-http.h"
#include "ehcp-sync.h"

G_BEGIN_DECLS

#define EHCP_SYNC_TIMEOUT_S 30 /* how long a silent connection is waited for */

struct _EhcpSync
{
  gatomicrefcount n_refs;
  EhcpSyncFunc func;
  gpointer owner;
  gboolean is_closed;     /* main thread */

  char *url;
  char *token;
  EhcpWorker *writer;
  EhcpCache *cache;       /* used in the writer's thread */
  EhcpClock *clock;
  GThread *thread;
  EhcpHttp *commands;
  EhcpHttp *feed;         /* waits longer for an answer */
  GCancellable *stop;

  GMutex lock;
  GCond woken;
  gboolean is_woken;      /* under the lock, as all below */
  GCancellable *held;     /* of the request that waits for news, or NULL */
  GHashTable *claimed;    /* ids of commands that were on their way once */
  GHashTable *withdrawn;  /* ids of commands that must not be sent */
  GPtrArray *moves;       /* files on their way; see ehcp-sync-files.c */
  GCond work;             /* for the lanes: there is a file that waits, or it is over */
  gboolean is_over;
  GPtrArray *lanes;       /* of GThread; the thread's own */

  gint is_active;         /* atomic: somebody was at the program since the last request */
  gint64 session_ends_at; /* the thread's own */

  gboolean is_online;     /* the thread's own, as all below */
  gboolean is_syncing;
  gboolean needs_pull;    /* ask without waiting first: at the start, after sending, when woken */
  guint n_failures;
  guint n_hasty;          /* held requests in a row that were answered at once with nothing */
};

typedef enum
{
  EHCP_ROUND_GOOD,
  EHCP_ROUND_FAILED,  /* wait and try again */
  EHCP_ROUND_ENDED,
  EHCP_ROUND_DISABLED, /* ended, and the account with it */
} EhcpRound;

void ehcp_sync_emit (EhcpSync *sync, EhcpSyncEvent *event);
void ehcp_sync_set_online (EhcpSync *sync, gboolean is_online);
void ehcp_sync_set_syncing (EhcpSync *sync, gboolean is_syncing);
EhcpRound ehcp_sync_judge (EhcpSync *sync, const GError *error, guint *retry_after_s);

void ehcp_sync_init_files (EhcpSync *sync);
gboolean ehcp_sync_move_files (EhcpSync *sync, EhcpOutgoing *outgoing, GError **error);
void ehcp_sync_cancel_files (EhcpSync *sync, const char *id);
void ehcp_sync_end_files (EhcpSync *sync);
void ehcp_sync_clear_files (EhcpSync *sync);

EhcpRound ehcp_sync_send_all (EhcpSync *sync, gint64 *next_at, guint *retry_after_s);
EhcpRound ehcp_sync_pull (EhcpSync *sync, gint64 next_at, guint *retry_after_s);
EhcpRound ehcp_sync_leave_epoch (EhcpSync *sync, const char *epoch, guint *retry_after_s);

G_END_DECLS
