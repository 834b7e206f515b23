/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "People and access" of a case: who is on it, how far they have come, and what comes next for each. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_PEOPLE_BOX (ehcp_people_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPeopleBox, ehcp_people_box, EHCP, PEOPLE_BOX, AdwBin)

/* Rows stay, with the focus, while they say the same. */
void ehcp_people_box_show_case (EhcpPeopleBox *box, EhcpView *view, const char *case_id);

G_END_DECLS
