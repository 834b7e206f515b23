/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks for words in the document that is open. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Emits "changed" when the words did, "step" with 1 or -1, and "closed". */
#define EHCP_TYPE_DOCUMENT_FIND_BAR (ehcp_document_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDocumentFindBar, ehcp_document_find_bar, EHCP, DOCUMENT_FIND_BAR, AdwBin)

void ehcp_document_find_bar_start (EhcpDocumentFindBar *bar);
const char *ehcp_document_find_bar_get_words (EhcpDocumentFindBar *bar);
/* @current: counts from 0. */
void ehcp_document_find_bar_show_hits (EhcpDocumentFindBar *bar, guint current, guint n_hits);

G_END_DECLS
