/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council's own people: made and ended on the command line or by an administrator's command. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* In transactions of their own, from any thread but the writer. */
char *ehcp_staff_add (EhcpCouncil *council, EhcpRecord *account, GError **error);
gboolean ehcp_staff_disable (EhcpCouncil *council, const char *email, GError **error);
char *ehcp_staff_reset (EhcpCouncil *council, const char *email, GError **error);

/* Writer, inside a transaction. */
char *ehcp_staff_write (EhcpCouncil *council, EhcpDb *db, EhcpRecord *account, GError **error);
gboolean ehcp_staff_end (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error);
gboolean ehcp_staff_tell (EhcpCouncil *council, EhcpDb *db, EhcpRecord *account, gboolean is_active,
                          GError **error);
gboolean ehcp_staff_tell_all (EhcpCouncil *council, EhcpDb *db, GError **error);

/* (transfer full) (nullable): the account record of somebody who is of the staff, takes cases and is not
 * disabled; NULL without an error when there is none. Any connection. */
EhcpRecord *ehcp_staff_find (EhcpDb *db, const char *account, GError **error);

G_END_DECLS
