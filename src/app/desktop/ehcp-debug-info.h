/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody who looks for a fault wants to know, without anything about people. */
#pragma once

#include "ehcp-link.h"

G_BEGIN_DECLS

char *ehcp_debug_info (EhcpLink *link);

G_END_DECLS
