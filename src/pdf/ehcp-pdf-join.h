/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One PDF out of many, written as it comes: what was added is not kept. Any one thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EhcpPdfJoin EhcpPdfJoin;

EhcpPdfJoin *ehcp_pdf_join_new (GOutputStream *out);
void ehcp_pdf_join_free (EhcpPdfJoin *join);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpPdfJoin, ehcp_pdf_join_free)

guint ehcp_pdf_join_get_n_pages (EhcpPdfJoin *join);
/* @pdf: as cairo writes one. @chapter: (nullable): its name in the contents; @depth: under the one before.
 * @is_first: it comes before all that was added so far. */
gboolean ehcp_pdf_join_add (EhcpPdfJoin *join, GBytes *pdf, const char *chapter, guint depth,
                            gboolean is_first, GError **error);
gboolean ehcp_pdf_join_finish (EhcpPdfJoin *join, const char *title, const char *language, GError **error);

/* The same document, which says its language and shows its title: what cairo 1.16 cannot write itself. */
GBytes *ehcp_pdf_mark (GBytes *pdf, const char *language);

G_END_DECLS
