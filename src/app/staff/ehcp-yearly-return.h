/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the yearly statistical return (SEN2) asks of each request, from the records of the cases. Pure. */
#pragma once

#include <gio/gio.h>

#include "ehcp-day.h"

G_BEGIN_DECLS

/* (transfer full): CSV with a line of names and one line for each request, by its day. Entries that were
 * corrected are left out. All lists hold records of every case that is to be in it. */
char *ehcp_yearly_return_make (GListModel *cases, GListModel *events, GListModel *deadlines, EhcpDay today);

G_END_DECLS
