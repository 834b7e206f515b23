/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the list of documents. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-record.h"

G_BEGIN_DECLS

/* A row that a screen reader can press: GTK 4.8 gives rows no action of their own. */
#define EHCP_TYPE_DOCUMENT_ROW (ehcp_document_row_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDocumentRow, ehcp_document_row, EHCP, DOCUMENT_ROW, GtkListBoxRow)

EhcpDocumentRow *ehcp_document_row_new (EhcpRecord *document);
EhcpRecord *ehcp_document_row_get_document (EhcpDocumentRow *row);
void ehcp_document_row_refresh (EhcpDocumentRow *row, gboolean is_new);
gboolean ehcp_document_row_matches (EhcpDocumentRow *row, const char *folded_words);

G_END_DECLS
