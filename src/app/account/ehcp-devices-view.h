/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where this account is signed in. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_DEVICES_VIEW (ehcp_devices_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpDevicesView, ehcp_devices_view, EHCP, DEVICES_VIEW, EhcpView)

G_END_DECLS
