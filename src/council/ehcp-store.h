/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of the feed in the database: one envelope row for each (kind, case, number, audience,
 * owner) and one row in the table of its kind, whose columns are the fields of core's field table. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* Reading: any connection. NULL without an error when there is none (a tombstone is none). */
EhcpRecord *ehcp_store_find (EhcpDb *db, EhcpKind kind, const char *id, GError **error);
EhcpRecord *ehcp_store_find_where (EhcpDb *db, EhcpKind kind, const char *field, const char *value,
                                   GError **error);
GPtrArray *ehcp_store_list (EhcpDb *db, EhcpKind kind, const char *case_id, GError **error);
GPtrArray *ehcp_store_list_where (EhcpDb *db, EhcpKind kind, const char *field, const char *value,
                                  GError **error);
GPtrArray *ehcp_store_list_all (EhcpDb *db, EhcpKind kind, GError **error);

/* Writing: inside the write transaction. The record gets the next number in "seq". @owner: the account
 * that sees it, for the audience "account"; else NULL. */
gboolean ehcp_store_add (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, const char *owner,
                         GError **error);
gboolean ehcp_store_put (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record, const char *owner,
                         GError **error);
gboolean ehcp_store_remove (EhcpCouncil *council, EhcpDb *db, EhcpKind kind, const char *id,
                            GError **error);
char *ehcp_store_get_owner (EhcpDb *db, const char *id, GError **error);

/* The council's one increasing number. */
gint64 ehcp_store_take_seq (EhcpDb *db, GError **error);
gint64 ehcp_store_get_seq (EhcpDb *db, GError **error);
char *ehcp_store_get_epoch (EhcpDb *db, GError **error);
gboolean ehcp_store_renew_epoch (EhcpDb *db, GError **error);

/* Housekeeping: tombstones older than 180 days and receipts older than 400 go. */
gboolean ehcp_store_purge (EhcpCouncil *council, EhcpDb *db, GError **error);

G_END_DECLS
