/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page on the screen: white paper with what is drawn on it. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-render-document.h"

G_BEGIN_DECLS

#define EHCP_TYPE_DOCUMENT_PAGE (ehcp_document_page_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDocumentPage, ehcp_document_page, EHCP, DOCUMENT_PAGE, GtkWidget)

EhcpDocumentPage *ehcp_document_page_new (EhcpRenderDocument *document, guint number);
/* @scale: pixels of the layout for a point. */
void ehcp_document_page_set_scale (EhcpDocumentPage *page, double scale);
/* Whether it is so near to what is seen that it should be drawn; a page that is far gives its pixels back. */
void ehcp_document_page_set_near (EhcpDocumentPage *page, gboolean is_near);
/* @hits: (nullable): EhcpRenderHits of the whole document; those of this page are marked, the one
 * that is shown otherwise than the others. */
void ehcp_document_page_set_hits (EhcpDocumentPage *page, GArray *hits, guint shown);
/* Marks these characters of its text; the same number twice for none. */
void ehcp_document_page_select (EhcpDocumentPage *page, guint from, guint to);
guint ehcp_document_page_get_place (EhcpDocumentPage *page, double x, double y);
double ehcp_document_page_get_points (EhcpDocumentPage *page);

G_END_DECLS
