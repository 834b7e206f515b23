/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups: the database as of one moment with every document that it speaks of, and a list of hashes. */
#pragma once

#include "ehcp-config.h"

G_BEGIN_DECLS

/* What was copied or checked. */
typedef struct
{
  guint n_documents;
  guint64 n_audit_rows;
  char *head; /* of the audit: "NUMBER:HASH" */
} EhcpBackupReport;

void ehcp_backup_report_clear (EhcpBackupReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpBackupReport, ehcp_backup_report_clear)

gboolean ehcp_backup_make (EhcpConfig *config, const char *dir, EhcpBackupReport *report, GError **error);
gboolean ehcp_backup_check (const char *dir, EhcpBackupReport *report, GError **error);
gboolean ehcp_backup_restore (EhcpConfig *config, const char *dir, EhcpBackupReport *report,
                              GError **error);
gboolean ehcp_backup_check_live (EhcpConfig *config, EhcpBackupReport *report, GError **error);

G_END_DECLS
