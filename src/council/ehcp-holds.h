/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alarms for held requests: one thread that calls back when their time is over. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EhcpHolds EhcpHolds;

EhcpHolds *ehcp_holds_new (void);
void ehcp_holds_free (EhcpHolds *holds);

void ehcp_holds_add (EhcpHolds *holds, gpointer hold, gint64 until_us, GFunc wake);
void ehcp_holds_remove (EhcpHolds *holds, gpointer hold);
void ehcp_holds_wake_all (EhcpHolds *holds);
guint ehcp_holds_count (EhcpHolds *holds);

G_END_DECLS
