/* SPDX-License-Identifier: GPL-3.0-or-later */
/* That a document was opened here, once for each person. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

void ehcp_document_report_reading (EhcpLink *link, EhcpRecord *document);

G_END_DECLS
