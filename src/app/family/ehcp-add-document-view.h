/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The family adds documents of its own: a report, a letter, a photo. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ADD_DOCUMENT_VIEW (ehcp_add_document_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAddDocumentView, ehcp_add_document_view, EHCP, ADD_DOCUMENT_VIEW, EhcpView)

G_END_DECLS
