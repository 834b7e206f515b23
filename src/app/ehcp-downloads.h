/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files into the person's Downloads folder. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *ehcp_downloads_clean_name (const char *name);
void ehcp_downloads_save_async (GBytes *content, const char *name, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
/* (transfer full): the path that it was saved under, whose name may have got a number. */
char *ehcp_downloads_save_finish (GAsyncResult *result, GError **error);

G_END_DECLS
