/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit: one row for each command and each reading of a document, chained by hashes, so that a row
 * that was changed or taken out shows. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* @what: a command's kind, or "document.content"; @item: the record that it is about, or NULL;
 * @detail: a few words without secrets, or NULL. Inside the write transaction. */
gboolean ehcp_audit_add (EhcpCouncil *council, EhcpDb *db, const EhcpActorId *actor, const char *what,
                         const char *case_id, const char *item, const char *detail, GError **error);
/* FALSE with EHCP_ERROR_FAILED names the first row that does not fit; *n_rows: how many were checked. */
gboolean ehcp_audit_verify (EhcpDb *db, guint64 *n_rows, GError **error);
/* "NUMBER:HASH" of the newest row: what is noted elsewhere, and the check of such a note. */
char *ehcp_audit_get_head (EhcpDb *db, GError **error);
gboolean ehcp_audit_check_note (EhcpDb *db, const char *note, GError **error);
/* Once a day, to the address of [audit] mail. */
gboolean ehcp_audit_mail_head (EhcpCouncil *council, EhcpDb *db, GError **error);

G_END_DECLS
