/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where to go in a document: to a page by its number, or to a chapter. */
#pragma once

#include <adwaita.h>

#include "ehcp-render-document.h"

G_BEGIN_DECLS

/* Emits "go" with the page, counted from 0. */
#define EHCP_TYPE_DOCUMENT_CONTENTS (ehcp_document_contents_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDocumentContents, ehcp_document_contents, EHCP, DOCUMENT_CONTENTS, AdwBin)

/* Before it is shown; @current counts from 0. */
void ehcp_document_contents_show_page (EhcpDocumentContents *contents, guint current, guint n_pages);
/* @chapters: (nullable) (element-type EhcpRenderChapter). */
void ehcp_document_contents_set_chapters (EhcpDocumentContents *contents, GPtrArray *chapters);

G_END_DECLS
