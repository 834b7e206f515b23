/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between queueing and sending. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

void ehcp_mailer_announce (EhcpCouncil *council);

G_END_DECLS
