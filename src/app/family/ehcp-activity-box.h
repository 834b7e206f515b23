/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "What happened lately": the newest activities of a case. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

#define EHCP_TYPE_ACTIVITY_BOX (ehcp_activity_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpActivityBox, ehcp_activity_box, EHCP, ACTIVITY_BOX, AdwBin)

void ehcp_activity_box_show_list (EhcpActivityBox *box, EhcpLink *link, const char *case_id);
void ehcp_activity_box_take_focus (EhcpActivityBox *box);

G_END_DECLS
