/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sign-ins from a device or a network that an account was not signed in from for a long time. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* Writer, inside the transaction that begins the session. */
gboolean ehcp_familiar_note (EhcpCouncil *council, EhcpDb *db, const char *account, const char *email,
                             const char *device, const char *network, GError **error);

G_END_DECLS
