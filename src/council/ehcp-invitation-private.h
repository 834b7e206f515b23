/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invitations, for the commands: sending, withdrawing, following what became of one. */
#pragma once

#include "ehcp-command-private.h"

G_BEGIN_DECLS

#define EHCP_INVITATION_DAYS 28
#define EHCP_UNIQUE_CODE_DAYS 90

char *ehcp_time_in_days (EhcpCouncil *council, guint n_days);
char *ehcp_invitation_hash_code (const char *code);
gboolean ehcp_invitation_send (EhcpTask *task, EhcpRecord *person, EhcpRecord *contact, GError **error);
gboolean ehcp_invitation_withdraw (EhcpTask *task, EhcpRecord *person, GError **error);
gboolean ehcp_invitation_set_child_state (EhcpTask *task, EhcpRecord *person, const char *state,
                                          GError **error);
gboolean ehcp_invitation_put_owned (EhcpCouncil *council, EhcpDb *db, EhcpRecord *record,
                                    GError **error);

G_END_DECLS
