/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a list says of a document, and how it can be shown. Pure functions. */
#pragma once

#include "ehcp-record.h"

G_BEGIN_DECLS

typedef enum
{
  EHCP_FORMAT_PDF,
  EHCP_FORMAT_PICTURE,
  EHCP_FORMAT_TEXT,
  EHCP_FORMAT_OTHER, /* only to be saved */
} EhcpDocumentFormat;

const char *ehcp_document_kind_words (const char *kind);
char *ehcp_document_line (EhcpRecord *document);
char *ehcp_document_state_words (EhcpRecord *document);
EhcpDocumentFormat ehcp_document_format (const char *media_type);
const char *ehcp_document_type_words (const char *media_type);
const char *ehcp_document_icon (const char *media_type);
const char *ehcp_document_media_type_of_name (const char *file_name);
/* Why it is not drawn: what stands large, and what can be done. Returns whether trying again may help. */
gboolean ehcp_document_words_for_drawing (const GError *error, const char **title, const char **text);
int ehcp_document_compare (EhcpRecord *a, EhcpRecord *b);

G_END_DECLS
