/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking into what was sent: viruses by clamd, kinds by libmagic. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_SCAN_CLEAN,
  EHCP_SCAN_INFECTED,
  EHCP_SCAN_UNAVAILABLE, /* nobody could say; ask again later */
} EhcpScanResult;

EhcpScanResult ehcp_scan_file (const char *clamd, int fd, char **found);
gboolean ehcp_scan_agrees (int fd, const char *media_type);

G_END_DECLS
