/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened lately, in words and with a sign. */
#pragma once

#include "ehcp-book.h"

G_BEGIN_DECLS

char *ehcp_activity_words (EhcpBook *book, EhcpRecord *activity);
const char *ehcp_activity_icon (EhcpRecord *activity);
/* (transfer full) (nullable): the place where the thing can be seen, for "win.go". */
char *ehcp_activity_place (EhcpBook *book, EhcpRecord *activity);
guint ehcp_activity_count_since (GListModel *activities, gint64 since_s);

G_END_DECLS
