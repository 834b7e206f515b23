/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents about one child, and the one that is open. Place: documents/CASE[/DOCUMENT]. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_DOCUMENTS_VIEW (ehcp_documents_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDocumentsView, ehcp_documents_view, EHCP, DOCUMENTS_VIEW, EhcpView)

G_END_DECLS
