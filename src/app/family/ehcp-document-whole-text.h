/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All text of a document, fetched where it has to be. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

void ehcp_document_whole_text_async (EhcpLink *link, EhcpRecord *document, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
/* (transfer full): "" of a scanned one; NULL with what went wrong. */
char *ehcp_document_whole_text_finish (GAsyncResult *result, GError **error);

G_END_DECLS
