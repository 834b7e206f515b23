/* SPDX-License-Identifier: GPL-3.0-or-later */
/* E-mails that came back. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

#define EHCP_BOUNCE_MAX_BYTES (1024 * 1024)

GPtrArray *ehcp_bounce_read (const char *message, gsize length);
gboolean ehcp_bounce_note (EhcpCouncil *council, EhcpDb *db, const char *address, guint *n_noted, GError **error);

G_END_DECLS
