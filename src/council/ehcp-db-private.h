/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store's own files need of the database. */
#pragma once

#include "ehcp-db.h"

G_BEGIN_DECLS

/* Several statements without parameters: migrations. */
gboolean ehcp_db_script (EhcpDb *db, const char *sql, GError **error);
gboolean ehcp_db_begin_read (EhcpDb *db, GError **error);
gboolean ehcp_db_is_in_transaction (EhcpDb *db);
/* The whole database as of one moment, into a new file. */
gboolean ehcp_db_copy (EhcpDb *db, const char *path, GError **error);

G_END_DECLS
