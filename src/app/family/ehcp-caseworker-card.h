/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who looks after the case, how to reach them, and "New Message". */
#pragma once

#include <adwaita.h>

#include "ehcp-record.h"

G_BEGIN_DECLS

#define EHCP_TYPE_CASEWORKER_CARD (ehcp_caseworker_card_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCaseworkerCard, ehcp_caseworker_card, EHCP, CASEWORKER_CARD, AdwBin)

void ehcp_caseworker_card_set_case (EhcpCaseworkerCard *card, const char *case_id);
void ehcp_caseworker_card_show_case (EhcpCaseworkerCard *card, EhcpRecord *case_record);

G_END_DECLS
