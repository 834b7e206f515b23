/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts that were ended or reset, also by another process: their sessions are forgotten within seconds. */
#pragma once

#include "ehcp-sessions.h"

G_BEGIN_DECLS

typedef struct _EhcpEndings EhcpEndings;

EhcpEndings *ehcp_endings_start (EhcpCouncil *council, EhcpSessions *sessions);
void ehcp_endings_stop (EhcpEndings *endings);

G_END_DECLS
