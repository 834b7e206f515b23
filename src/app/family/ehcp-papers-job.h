/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes everything out: fetches what is not on this computer, and has it written in a thread. */
#pragma once

#include "ehcp-papers-writer.h"

G_BEGIN_DECLS

/* @n_done of @n_all pieces. Main thread. */
typedef void (*EhcpPapersProgress) (gpointer data, guint n_done, guint n_all);

void ehcp_papers_make_async (EhcpLink *link, const char *case_id, EhcpPapersForm form, const char *folder,
                             const char *title, const char *made, EhcpPapersProgress progress,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* The path (transfer full). */
char *ehcp_papers_make_finish (EhcpLink *link, GAsyncResult *result, GError **error);

G_END_DECLS
