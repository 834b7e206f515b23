/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing to several families, each a message of its own. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_WRITE_MANY_VIEW (ehcp_write_many_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpWriteManyView, ehcp_write_many_view, EHCP, WRITE_MANY_VIEW, EhcpView)

G_END_DECLS
