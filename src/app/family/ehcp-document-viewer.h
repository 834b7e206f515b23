/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's own viewer: one document, and what can be done with it. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

#define EHCP_TYPE_DOCUMENT_VIEWER (ehcp_document_viewer_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDocumentViewer, ehcp_document_viewer, EHCP, DOCUMENT_VIEWER, AdwBin)

void ehcp_document_viewer_open (EhcpDocumentViewer *viewer, EhcpLink *link, EhcpRecord *document);
/* Shows what was loaded. */
void ehcp_document_viewer_take_content (EhcpDocumentViewer *viewer, GBytes *content);
/* Marks these words in what is open, and in what is opened next; "" for none. */
void ehcp_document_viewer_find (EhcpDocumentViewer *viewer, const char *text);
gboolean ehcp_document_viewer_start_find (EhcpDocumentViewer *viewer);
void ehcp_document_viewer_close (EhcpDocumentViewer *viewer);
EhcpRecord *ehcp_document_viewer_get_document (EhcpDocumentViewer *viewer);
/* Narrow: its buttons show icons alone, and keep their names. */
void ehcp_document_viewer_set_narrow (EhcpDocumentViewer *viewer, gboolean is_narrow);

G_END_DECLS
