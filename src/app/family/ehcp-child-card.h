/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One child on the portal page. */
#pragma once

#include <adwaita.h>

#include "ehcp-book.h"
#include "ehcp-day.h"

G_BEGIN_DECLS

#define EHCP_TYPE_CHILD_CARD (ehcp_child_card_get_type ())
G_DECLARE_FINAL_TYPE (EhcpChildCard, ehcp_child_card, EHCP, CHILD_CARD, AdwBin)

/* @position: 0 for the first child: the second's avatar has another colour. */
GtkWidget *ehcp_child_card_new (const char *case_id, guint position);
const char *ehcp_child_card_get_case (EhcpChildCard *card);
void ehcp_child_card_show_case (EhcpChildCard *card, EhcpBook *book, EhcpRecord *case_record,
                                EhcpDay today);

G_END_DECLS
