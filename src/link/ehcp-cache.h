/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offline copy of one account at one council: SQLite, with everything that says something sealed. It
 * belongs to the thread "writer": every function is called there. */
#pragma once

#include "ehcp-batch.h"
#include "ehcp-lease.h"
#include "ehcp-outgoing.h"
#include "ehcp-seal.h"

G_BEGIN_DECLS

typedef struct _EhcpCache EhcpCache;

/* What a start finds. */
typedef struct
{
  GPtrArray *records;   /* of EhcpRecord, drafts too */
  GPtrArray *outbox;    /* of EhcpOutgoing, in the order of sending */
  GHashTable *kept;     /* set of ids of documents whose content is here */
  GHashTable *keep_all; /* set of cases whose documents are all to be kept */
  gint64 updated_at;
  EhcpLease lease;
  gboolean has_view;    /* a whole view was pulled once */
  guint n_damaged;      /* rows that could not be opened, and are pulled again */
} EhcpLoaded;

void ehcp_loaded_free (EhcpLoaded *loaded);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpLoaded, ehcp_loaded_free)

char *ehcp_cache_make_path (const char *cache_dir, const char *council, const char *account);
EhcpCache *ehcp_cache_open (const char *dir, const EhcpKey *key, GError **error);
gboolean ehcp_cache_is_damaged (EhcpCache *cache);
gboolean ehcp_cache_mend (EhcpCache *cache, GError **error);
void ehcp_cache_close (EhcpCache *cache);
void ehcp_cache_wipe (EhcpCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpCache, ehcp_cache_close)
EhcpLoaded *ehcp_cache_load (EhcpCache *cache, GError **error);
gboolean ehcp_cache_check (EhcpCache *cache, GError **error);

/* The feed. */
char *ehcp_cache_get_state (EhcpCache *cache);
char *ehcp_cache_get_epoch (EhcpCache *cache);
gboolean ehcp_cache_store_batch (EhcpCache *cache, EhcpBatch *batch, gint64 updated_at, GError **error);
gboolean ehcp_cache_start_afresh (EhcpCache *cache, const char *epoch, GError **error);

/* For how long it may be shown. */
EhcpLease ehcp_cache_load_lease (EhcpCache *cache);
gboolean ehcp_cache_store_lease (EhcpCache *cache, const EhcpLease *lease, GError **error);
EhcpLease ehcp_cache_note_seen (EhcpCache *cache, gint64 now);

/* The outbox, and the log of what was acknowledged. */
gboolean ehcp_cache_add_command (EhcpCache *cache, EhcpOutgoing *outgoing, GPtrArray *contents,
                                 const char *instead_of, GError **error);
gboolean ehcp_cache_update_command (EhcpCache *cache, EhcpOutgoing *outgoing, GError **error);
gboolean ehcp_cache_note_upload (EhcpCache *cache, const char *id, guint n, const char *upload, GError **error);
gboolean ehcp_cache_remove_command (EhcpCache *cache, const char *id, GError **error);
EhcpOutgoing *ehcp_cache_find_next (EhcpCache *cache, gint64 now, gint64 *next_at, GError **error);
gboolean ehcp_cache_is_of_epoch (EhcpCache *cache, const EhcpOutgoing *outgoing);
gboolean ehcp_cache_drop_command (EhcpCache *cache, const char *id, const char *case_id, GError **error);
gboolean ehcp_cache_has_case (EhcpCache *cache, const char *case_id);
gboolean ehcp_cache_add_saved (EhcpCache *cache, const char *case_id, const char *uri, GError **error);
gboolean ehcp_cache_check_again (EhcpCache *cache, EhcpOutgoing *outgoing, GError **error);
gboolean ehcp_cache_defer_command (EhcpCache *cache, EhcpOutgoing *outgoing, gint64 wait_s, gint64 limit_s,
                                   gboolean *is_deferred, GError **error);
gboolean ehcp_cache_acknowledge (EhcpCache *cache, EhcpOutgoing *outgoing, gint64 now, GError **error);
GPtrArray *ehcp_cache_list_outbox (EhcpCache *cache, GError **error);

/* Drafts. */
gboolean ehcp_cache_store_draft (EhcpCache *cache, EhcpRecord *draft, GError **error);
gboolean ehcp_cache_remove_draft (EhcpCache *cache, const char *id, GError **error);

/* Files. */
GBytes *ehcp_cache_read_file (EhcpCache *cache, const char *case_id, const char *name, GError **error);
gboolean ehcp_cache_store_document (EhcpCache *cache, const char *id, const char *case_id,
                                    GBytes *content, GError **error);
GBytes *ehcp_cache_read_document (EhcpCache *cache, const char *id, const char *case_id,
                                  GError **error);
gboolean ehcp_cache_want_document (EhcpCache *cache, const char *id, const char *case_id,
                                   gboolean is_wanted, GError **error);
gboolean ehcp_cache_is_wanted (EhcpCache *cache, const char *id, const char *case_id);
gboolean ehcp_cache_set_keep_all (EhcpCache *cache, const char *case_id, gboolean keep_all,
                                  GError **error);
GPtrArray *ehcp_cache_list_missing (EhcpCache *cache, GError **error);

G_END_DECLS
