/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for one asynchronous call in a thread that may block, and not for ever. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EhcpWait EhcpWait;

EhcpWait *ehcp_wait_begin (guint limit_s, GCancellable *cancellable);
GCancellable *ehcp_wait_get_cancellable (EhcpWait *wait);
void ehcp_wait_ready_cb (GObject *source, GAsyncResult *result, gpointer wait);
GAsyncResult *ehcp_wait_run (EhcpWait *wait);
void ehcp_wait_end (EhcpWait *wait);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpWait, ehcp_wait_end)

G_END_DECLS
