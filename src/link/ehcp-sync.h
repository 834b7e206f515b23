/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread "sync": sends the oldest command, pulls the feed, waits for more, one after the other. */
#pragma once

#include "ehcp-cache.h"
#include "ehcp-clock.h"
#include "ehcp-worker.h"

G_BEGIN_DECLS

typedef struct _EhcpSync EhcpSync;

typedef enum
{
  EHCP_SYNC_ONLINE,    /* flag: the last request was answered */
  EHCP_SYNC_SYNCING,   /* flag: something is being sent or pulled */
  EHCP_SYNC_PULLED,    /* batch, updated_at, session_ends_at, flag: nothing more waits at the council */
  EHCP_SYNC_SENDING,   /* id */
  EHCP_SYNC_UPLOADED,  /* id of a file, percent of it that the council has */
  EHCP_SYNC_WAITING,   /* id: no answer, it will be sent again */
  EHCP_SYNC_SENT,      /* id, result, flag: the numbers of its echo are of this epoch */
  EHCP_SYNC_REFUSED,   /* id, error */
  EHCP_SYNC_RESENDING, /* outbox: after a restore the council lacks what it had acknowledged */
  EHCP_SYNC_ENDED,     /* the session is not the council's any more; the thread has ended. flag: nor is the account */
} EhcpSyncEventKind;

typedef struct
{
  EhcpSyncEventKind kind;
  gboolean flag;
  gint64 updated_at;
  gint64 session_ends_at; /* by this computer's clock; 0: the council did not say */
  EhcpBatch *batch;
  GPtrArray *outbox; /* of EhcpOutgoing */
  char *id;
  int percent;
  char *result;      /* JSON */
  GError *error;
} EhcpSyncEvent;

/* Called in the main thread, in order; never after ehcp_sync_stop(). */
typedef void (*EhcpSyncFunc) (gpointer owner, EhcpSyncEvent *event);

EhcpSync *ehcp_sync_start (const char *url, const char *token, EhcpWorker *writer, EhcpCache *cache,
                           EhcpClock *clock, EhcpSyncFunc func, gpointer owner);
void ehcp_sync_stop (EhcpSync *sync);
void ehcp_sync_wake (EhcpSync *sync);
gboolean ehcp_sync_set_active (EhcpSync *sync);
gboolean ehcp_sync_withdraw (EhcpSync *sync, const char *id);
gboolean ehcp_sync_is_withdrawn (EhcpSync *sync, const char *id);

G_END_DECLS
