/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the cache share. */
#pragma once

#include "ehcp-cache.h"

#include <sqlite3.h>

G_BEGIN_DECLS

struct _EhcpCache
{
  char *dir;               /* NULL: in memory alone */
  sqlite3 *db;
  gboolean is_damaged;     /* a call found that this is no sound database */
  EhcpKey master;
  GHashTable *keys;        /* case id, "" for none → EhcpKey, opened */
  GHashTable *memory_files; /* name → GBytes, when there is no folder */
  GHashTable *statements;  /* SQL → prepared, of what is run again and again */
  GThread *thread;
};

extern const char *const ehcp_cache_schema[]; /* statements; NULL at the end */

typedef sqlite3_stmt EhcpRows;
void ehcp_rows_end (EhcpRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpRows, ehcp_rows_end)

/* `types` has one letter for each parameter: 's' const char * (NULL allowed), 'i' gint64, 'b' GBytes *. */
EhcpRows *ehcp_cache_query (EhcpCache *cache, GError **error, const char *sql, const char *types, ...);
gboolean ehcp_cache_run (EhcpCache *cache, GError **error, const char *sql, const char *types, ...);
gboolean ehcp_rows_step (EhcpRows *rows);
/* Directly after the last ehcp_rows_step(): whether that was the end, and not a disk that could not be read. */
gboolean ehcp_cache_is_read (EhcpCache *cache, GError **error);
const char *ehcp_rows_get_text (EhcpRows *rows, int column);
const char *ehcp_rows_find_text (EhcpRows *rows, int column);
gint64 ehcp_rows_get_int (EhcpRows *rows, int column);
GBytes *ehcp_rows_get_bytes (EhcpRows *rows, int column);

gboolean ehcp_cache_begin (EhcpCache *cache, GError **error);
gboolean ehcp_cache_end (EhcpCache *cache, gboolean is_good, GError **error);

char *ehcp_cache_get_meta (EhcpCache *cache, const char *name);
gboolean ehcp_cache_set_meta (EhcpCache *cache, const char *name, const char *value, GError **error);
gint64 ehcp_cache_get_number (EhcpCache *cache, const char *name);
gboolean ehcp_cache_set_number (EhcpCache *cache, const char *name, gint64 value, GError **error);

const EhcpKey *ehcp_cache_get_key (EhcpCache *cache, const char *case_id, gboolean may_make,
                                   GError **error);
GBytes *ehcp_cache_seal_row (EhcpCache *cache, const char *table, const char *case_id, const char *id,
                             const char *kind, gint64 seq, const void *data, gsize length,
                             GError **error);
/* Without a look into the database: of a case whose key is known. Any thread while nobody changes the cache. */
GBytes *ehcp_cache_open_known_row (EhcpCache *cache, const char *table, const char *case_id, const char *id,
                                   const char *kind, gint64 seq, GBytes *sealed);
gboolean ehcp_cache_load_keys (EhcpCache *cache, GError **error);
GBytes *ehcp_cache_open_row (EhcpCache *cache, const char *table, const char *case_id, const char *id,
                             const char *kind, gint64 seq, GBytes *sealed);

gboolean ehcp_cache_write_file (EhcpCache *cache, const char *case_id, const char *name,
                                GBytes *content, GError **error);
void ehcp_cache_remove_file (EhcpCache *cache, const char *name);
void ehcp_cache_remove_files_of (EhcpCache *cache, EhcpOutgoing *outgoing);
gboolean ehcp_cache_forget_document (EhcpCache *cache, const char *id, GError **error);
gboolean ehcp_cache_forget_case (EhcpCache *cache, const char *case_id, GError **error);

/* "is-afresh" in meta: what the cache shows is replaced by the next complete pull; after a restore it may show cases that
 * the council has to be told of again. */
enum
{
  EHCP_CACHE_IS_WHOLE,
  EHCP_CACHE_IS_AFRESH,
  EHCP_CACHE_IS_OF_BEFORE,
};

void ehcp_cache_remove_traces (EhcpCache *cache, const char *case_id);

gboolean ehcp_cache_rescue (const char *path);

G_END_DECLS
