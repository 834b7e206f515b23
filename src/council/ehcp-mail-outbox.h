/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of mails that go out. */
#pragma once

#include "ehcp-db.h"
#include "ehcp-relay.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_MAIL_SENT,
  EHCP_MAIL_EXPIRED,
  EHCP_MAIL_REFUSED,
} EhcpMailEnd;

gboolean ehcp_mail_outbox_add (EhcpDb *db, const EhcpMail *mail, GError **error);
GPtrArray *ehcp_mail_outbox_list_due (EhcpDb *db, gint64 now, GError **error);
gboolean ehcp_mail_outbox_find_next (EhcpDb *db, gint64 *next_try, GError **error);
gboolean ehcp_mail_outbox_end (EhcpDb *db, gint64 id, EhcpMailEnd end, const char *why, GError **error);
gboolean ehcp_mail_outbox_postpone (EhcpDb *db, gint64 id, gint64 next_try, const char *why,
                                    GError **error);
gboolean ehcp_mail_outbox_purge (EhcpDb *db, gint64 before, GError **error);

G_END_DECLS
