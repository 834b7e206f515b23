/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Move the case on": what happened and when, what that sets, and what may be wrong with it. The same box records an
 * exemption and corrects an entry. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_MOVE_BOX (ehcp_move_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpMoveBox, ehcp_move_box, EHCP, MOVE_BOX, AdwBin)

void ehcp_move_box_show_case (EhcpMoveBox *box, EhcpView *view, const char *case_id);
/* Begins a correction of that event. */
void ehcp_move_box_correct (EhcpMoveBox *box, const char *event_id);

G_END_DECLS
