/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing to one family. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_WRITE_VIEW (ehcp_write_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpWriteView, ehcp_write_view, EHCP, WRITE_VIEW, EhcpView)

G_END_DECLS
