/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of EhcpLink share. Members belong to the main thread unless they say otherwise. */
#pragma once

#include "ehcp-http.h"
#include "ehcp-keyring.h"
#include "ehcp-link.h"
#include "ehcp-outbox.h"
#include "ehcp-shelf.h"
#include "ehcp-sync.h"
#include "ehcp-worker.h"

G_BEGIN_DECLS

struct _EhcpLink
{
  GObject parent_instance;
  char *url;
  char *cache_dir;
  char *wanted;               /* the account to open; "" none; NULL whoever signed in last */
  char *typed;                /* the password between the two steps of signing in; secret */
  EhcpClock *clock;
  EhcpBook *book;
  EhcpService *service;
  EhcpLinkStatus status;
  EhcpKeyringState keyring;
  gboolean is_memory_only;
  gboolean is_online;
  gboolean is_syncing;
  gboolean has_first_sync;
  gboolean is_account_ended;  /* why nobody is signed in: see ehcp-link-leave.c */
  gint64 updated_at;
  EhcpLease lease;
  guint n_waiting;
  guint n_refused;

  gboolean is_closed;
  GCancellable *closing;
  GCancellable *unlocking;    /* of the prompt that is open, or NULL */
  EhcpWorker *account;        /* asks the council and the keyring */
  EhcpHttp *account_http;     /* its thread's */
  EhcpWorker *documents;      /* fetches documents */
  EhcpHttp *documents_http;   /* its thread's */
  GHashTable *partial;        /* its thread's: document id → GByteArray of what came before a line broke */
  EhcpWorker *writer;         /* owns the cache */

  EhcpSession *session;       /* of who is signed in, or was until the session ended; or NULL */
  EhcpShelf *shelf;           /* with the session's cache, or NULL */
  EhcpSync *sync;             /* while signed in */
  EhcpOutbox *outbox;
  GHashTable *answers;        /* command id → Answer: see ehcp-link-await.c */
  GHashTable *kept;           /* set of ids of documents whose content is here */
  GHashTable *keep_all;       /* set of case ids */
  EhcpAuthenticator *authenticator; /* asked for by a sign-in that waits, or NULL */
  gint64 session_ends_at;     /* s since 1970 by this computer's clock; 0: not said */
  GNetworkMonitor *monitor;
  gulong monitor_handler;
};

void ehcp_link_set_service (EhcpLink *link, EhcpService *service);
void ehcp_link_set_status (EhcpLink *link, EhcpLinkStatus status);
void ehcp_link_set_keyring (EhcpLink *link, EhcpKeyringState keyring);
void ehcp_link_set_memory_only (EhcpLink *link, gboolean is_memory_only);
void ehcp_link_set_online (EhcpLink *link, gboolean is_online);
void ehcp_link_set_syncing (EhcpLink *link, gboolean is_syncing);
void ehcp_link_set_first_sync (EhcpLink *link, gboolean has_first_sync);
void ehcp_link_set_updated_at (EhcpLink *link, gint64 updated_at);
void ehcp_link_set_session_ends_at (EhcpLink *link, gint64 session_ends_at);
void ehcp_link_count (EhcpLink *link);

/* Requests of the account thread. */
typedef gpointer (*EhcpReadFunc) (EhcpAnswer *answer, GError **error);
void ehcp_link_call (EhcpLink *link, GTask *task, const char *method, char *path, EhcpRecord *body,
                     EhcpReadFunc read, GDestroyNotify destroy);
GTask *ehcp_link_new_task (EhcpLink *link, gpointer tag, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
gpointer ehcp_link_take_pointer (EhcpLink *link, GAsyncResult *result, GError **error);
char *ehcp_link_take_digits (const char *typed);
void ehcp_link_run (EhcpWorker *worker, GTask *task, EhcpWorkFunc work);

/* The lock, for the account thread; see ehcp-link-lock.c. */
void ehcp_link_take_typed (EhcpLink *link, const char *password);
char *ehcp_link_make_lock (const char *password);
void ehcp_link_renew_lock (EhcpLink *link);
EhcpKeyringPlace ehcp_link_get_place (EhcpLink *link);

/* The session. */
void ehcp_link_adopt (EhcpLink *link, EhcpSession *session, EhcpShelf *shelf, EhcpLoaded *loaded,
                      EhcpRecord *account);
void ehcp_link_stop_sync (EhcpLink *link);
void ehcp_link_sync_event (gpointer link, EhcpSyncEvent *event);
void ehcp_link_forget (EhcpLink *link);
void ehcp_link_end_account (EhcpLink *link);

/* Answers that somebody waits for. */
GHashTable *ehcp_link_new_answers (void);
void ehcp_link_answer (EhcpLink *link, const char *command_id, const char *result, const GError *error);
void ehcp_link_settle (EhcpLink *link);

/* Documents. */
void ehcp_link_fetch_missing (EhcpLink *link);

G_END_DECLS
