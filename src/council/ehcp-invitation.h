/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invitations: codes that are sent by e-mail, and the records by which an account sees that it was
 * invited. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* Inside the write transaction, after a registration was verified and at each sign-in: what is open for
 * the account's address becomes `invitation` and `invitation-child` records of it. Does nothing when there
 * is nothing new. @account: an `account` record. */
gboolean ehcp_invitation_attach (EhcpCouncil *council, EhcpDb *db, EhcpRecord *account, GError **error);
/* Whether the code of an e-mailed link is one that can still be used: for GET /accept/CODE, which shows the
 * same page in both cases but for the words. Any connection. */
gboolean ehcp_invitation_find_code (EhcpCouncil *council, EhcpDb *db, const char *code, GError **error);
/* Once a day: invitations and codes whose time is over. */
gboolean ehcp_invitation_expire (EhcpCouncil *council, EhcpDb *db, GError **error);

G_END_DECLS
