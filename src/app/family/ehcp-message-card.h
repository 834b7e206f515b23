/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One message of an open thread. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

#define EHCP_TYPE_MESSAGE_CARD (ehcp_message_card_get_type ())
G_DECLARE_FINAL_TYPE (EhcpMessageCard, ehcp_message_card, EHCP, MESSAGE_CARD, AdwBin)

EhcpMessageCard *ehcp_message_card_new (EhcpLink *link, EhcpRecord *message);
EhcpRecord *ehcp_message_card_get_message (EhcpMessageCard *card);
void ehcp_message_card_refresh (EhcpMessageCard *card);

G_END_DECLS
