/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving cases to caseworkers. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ALLOCATE_VIEW (ehcp_allocate_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAllocateView, ehcp_allocate_view, EHCP, ALLOCATE_VIEW, EhcpView)

G_END_DECLS
