/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places about a case as a whole: "new-case", "give/CASE"; and "request-file/DOCUMENT". */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_NEW_CASE_VIEW (ehcp_new_case_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpNewCaseView, ehcp_new_case_view, EHCP, NEW_CASE_VIEW, EhcpView)

#define EHCP_TYPE_GIVE_VIEW (ehcp_give_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpGiveView, ehcp_give_view, EHCP, GIVE_VIEW, EhcpView)

#define EHCP_TYPE_REQUEST_FILE_VIEW (ehcp_request_file_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpRequestFileView, ehcp_request_file_view, EHCP, REQUEST_FILE_VIEW, EhcpView)

G_END_DECLS
