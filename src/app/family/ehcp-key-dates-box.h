/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Key Dates": the open ones, and behind a button those that are over. */
#pragma once

#include <adwaita.h>

#include "ehcp-key-dates.h"

G_BEGIN_DECLS

#define EHCP_TYPE_KEY_DATES_BOX (ehcp_key_dates_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpKeyDatesBox, ehcp_key_dates_box, EHCP, KEY_DATES_BOX, AdwBin)

/* @dates: of ehcp_key_dates_list(). Rows that stay keep their focus, and are open if they were. */
void ehcp_key_dates_box_set_dates (EhcpKeyDatesBox *box, GPtrArray *dates);

G_END_DECLS
