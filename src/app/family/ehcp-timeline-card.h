/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Statutory Timescales": the weeks, the timeline, and what the current stage means. */
#pragma once

#include <adwaita.h>

#include "ehcp-book.h"
#include "ehcp-day.h"

G_BEGIN_DECLS

#define EHCP_TYPE_TIMELINE_CARD (ehcp_timeline_card_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTimelineCard, ehcp_timeline_card, EHCP, TIMELINE_CARD, AdwBin)

void ehcp_timeline_card_hide_words (EhcpTimelineCard *card);
void ehcp_timeline_card_show_case (EhcpTimelineCard *card, EhcpBook *book, EhcpRecord *case_record,
                                   EhcpDay today);

G_END_DECLS
