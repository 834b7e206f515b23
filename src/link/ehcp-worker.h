/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A named thread that does one job after another, in the order in which they were given. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EhcpWorker EhcpWorker;
typedef void (*EhcpWorkFunc) (gpointer data);

EhcpWorker *ehcp_worker_start (const char *name);
void ehcp_worker_push (EhcpWorker *worker, EhcpWorkFunc work, gpointer data, GDestroyNotify destroy);
void ehcp_worker_call (EhcpWorker *worker, EhcpWorkFunc work, gpointer data);
gboolean ehcp_worker_is_current (EhcpWorker *worker);
void ehcp_worker_stop (EhcpWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpWorker, ehcp_worker_stop)

G_END_DECLS
