/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One key date, which unfolds to "Why this date?". */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-key-dates.h"

G_BEGIN_DECLS

#define EHCP_TYPE_KEY_DATE_ROW (ehcp_key_date_row_get_type ())
G_DECLARE_FINAL_TYPE (EhcpKeyDateRow, ehcp_key_date_row, EHCP, KEY_DATE_ROW, GtkListBoxRow)

GtkWidget *ehcp_key_date_row_new (const EhcpKeyDate *date);
void ehcp_key_date_row_set_date (EhcpKeyDateRow *row, const EhcpKeyDate *date);
const char *ehcp_key_date_row_get_id (EhcpKeyDateRow *row);
void ehcp_key_date_row_toggle (EhcpKeyDateRow *row);

G_END_DECLS
