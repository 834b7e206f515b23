/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list says of a document, and how it can be shown. Pure functions. */
#pragma once

#include "ehcp-record.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_PAPER_KIND_PDF,
  EHCP_PAPER_KIND_PICTURE,
  EHCP_PAPER_KIND_TEXT,
  EHCP_PAPER_KIND_OTHER, /* only to be saved */
} EhcpPaperKind;

const char *ehcp_document_kind_words (const char *kind);
char *ehcp_document_line (EhcpRecord *document);
EhcpPaperKind ehcp_document_paper_kind (const char *media_type);
const char *ehcp_document_type_words (const char *media_type);
const char *ehcp_document_icon (const char *media_type);
const char *ehcp_document_media_type_of_name (const char *file_name);
int ehcp_document_compare (EhcpRecord *a, EhcpRecord *b);

G_END_DECLS
