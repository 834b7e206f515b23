/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's leave to run without a window, asked for through the Background portal. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @wanted: FALSE takes back the start at signing in to the desktop. Finishes with whether the program may run
 * in the background: without a portal, outside a sandbox, nobody has to allow it. */
void ehcp_background_request_async (gboolean wanted, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data);
gboolean ehcp_background_request_finish (GAsyncResult *result, GError **error);

G_END_DECLS
