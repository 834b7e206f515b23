/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council's database connection: SQLite behind a small interface, so that another database can stand
 * there. One connection belongs to one thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EhcpDb EhcpDb;
typedef struct _EhcpStatement EhcpStatement;

EhcpDb *ehcp_db_open (const char *path, gboolean is_read_only, GError **error);
void ehcp_db_close (EhcpDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpDb, ehcp_db_close)

gboolean ehcp_db_begin (EhcpDb *db, GError **error);
gboolean ehcp_db_commit (EhcpDb *db, GError **error);
void ehcp_db_roll_back (EhcpDb *db);
gboolean ehcp_db_savepoint (EhcpDb *db, GError **error);
gboolean ehcp_db_release (EhcpDb *db, GError **error);
void ehcp_db_roll_back_savepoint (EhcpDb *db);

/* Statements are prepared once for each connection and text, and come back reset. One that is in use is not
 * handed out twice: give it back by autoptr, or step to its end. Binding: `types` has one letter for each
 * parameter: 's' const char* (NULL allowed), 'i' gint64, 'b' GBytes*, 'n' NULL without an argument. */
EhcpStatement *ehcp_db_query (EhcpDb *db, GError **error, const char *sql, const char *types, ...);
gboolean ehcp_db_run (EhcpDb *db, GError **error, const char *sql, const char *types, ...);
/* TRUE while there is a row; at the end FALSE without an error. The statement is reset at the end. */
gboolean ehcp_statement_step (EhcpStatement *statement, GError **error);
void ehcp_statement_reset (EhcpStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpStatement, ehcp_statement_reset)
void ehcp_statement_bind_text (EhcpStatement *statement, int n, const char *value); /* n from 1 */
void ehcp_statement_bind_int (EhcpStatement *statement, int n, gint64 value);
void ehcp_statement_bind_null (EhcpStatement *statement, int n);
gboolean ehcp_statement_is_null (EhcpStatement *statement, int column);             /* from 0 */
const char *ehcp_statement_get_text (EhcpStatement *statement, int column);
gint64 ehcp_statement_get_int (EhcpStatement *statement, int column);
/* First column of the first row; FALSE when there is no row (no error) or on error. */
gboolean ehcp_db_get_int (EhcpDb *db, GError **error, gint64 *value, const char *sql, const char *types, ...);
char *ehcp_db_get_text (EhcpDb *db, GError **error, const char *sql, const char *types, ...);
GPtrArray *ehcp_db_list_texts (EhcpDb *db, GError **error, const char *sql, const char *types, ...);
gint64 ehcp_db_n_changes (EhcpDb *db);
gboolean ehcp_db_migrate (EhcpDb *db, GError **error);

G_END_DECLS
