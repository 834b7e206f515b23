/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a document, one under the other. */
#pragma once

#include <adwaita.h>

#include "ehcp-render-document.h"

G_BEGIN_DECLS

/* Emits "moved" when another page came to the middle, or zoom, hits or selection have changed. */
#define EHCP_TYPE_DOCUMENT_PAGES (ehcp_document_pages_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDocumentPages, ehcp_document_pages, EHCP, DOCUMENT_PAGES, AdwBin)

void ehcp_document_pages_show_document (EhcpDocumentPages *pages, EhcpRenderDocument *document);
void ehcp_document_pages_clear (EhcpDocumentPages *pages);
guint ehcp_document_pages_get_n_pages (EhcpDocumentPages *pages);
guint ehcp_document_pages_get_current (EhcpDocumentPages *pages);
/* Marks the words in a document and goes to the first; "moved" comes when they are found. */
void ehcp_document_pages_find (EhcpDocumentPages *pages, const char *text);
guint ehcp_document_pages_get_n_hits (EhcpDocumentPages *pages);
guint ehcp_document_pages_get_hit (EhcpDocumentPages *pages);
void ehcp_document_pages_step (EhcpDocumentPages *pages, int step);
void ehcp_document_pages_go_to (EhcpDocumentPages *pages, guint page);
void ehcp_document_pages_select_all (EhcpDocumentPages *pages);
gboolean ehcp_document_pages_has_selection (EhcpDocumentPages *pages);
void ehcp_document_pages_copy (EhcpDocumentPages *pages);
/* @steps: up is nearer; 0 fits the width. */
void ehcp_document_pages_zoom (EhcpDocumentPages *pages, int steps);
gboolean ehcp_document_pages_may_zoom (EhcpDocumentPages *pages, int steps);

G_END_DECLS
