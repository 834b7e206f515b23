/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Key dates in a month: marked days, and in words what is on the day that is chosen. */
#pragma once

#include <adwaita.h>

#include "ehcp-key-dates.h"

G_BEGIN_DECLS

#define EHCP_TYPE_KEY_DATES_MONTH (ehcp_key_dates_month_get_type ())
G_DECLARE_FINAL_TYPE (EhcpKeyDatesMonth, ehcp_key_dates_month, EHCP, KEY_DATES_MONTH, AdwBin)

GtkWidget *ehcp_key_dates_month_new (void);
/* The first time it opens at the next date. */
void ehcp_key_dates_month_set_dates (EhcpKeyDatesMonth *month, GPtrArray *dates);

G_END_DECLS
