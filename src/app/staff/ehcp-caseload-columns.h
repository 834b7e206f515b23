/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of the caseload's table. */
#pragma once

#include <gtk/gtk.h>

#include "ehcp-clock.h"

G_BEGIN_DECLS

void ehcp_caseload_columns_add (GtkColumnView *table, EhcpClock *clock);
/* Shows the columns that @width has room for; widths are those of normal text and grow with @scale.
 * @has_caseworkers: cases of several people are shown. */
void ehcp_caseload_columns_fit (GtkColumnView *table, int width, double scale, gboolean has_caseworkers);
/* (transfer none) (nullable): the column of that name: "days". */
GtkColumnViewColumn *ehcp_caseload_columns_find (GtkColumnView *table, const char *name);

G_END_DECLS
