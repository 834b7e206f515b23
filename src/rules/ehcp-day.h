/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A legal day: a date without a time, in the council's zone. Arithmetic only; texts are made elsewhere. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EhcpDay:
 *
 * A GLib Julian day (1 January of year 1 is 1), or %EHCP_DAY_NONE. The same number that
 * `g_date_get_julian()` gives, so that other layers can exchange days without a conversion.
 */
typedef gint32 EhcpDay;

#define EHCP_DAY_NONE ((EhcpDay) 0)

EhcpDay ehcp_day_from_ymd (int year, int month, int day);
void ehcp_day_to_ymd (EhcpDay day, int *year, int *month, int *day_of_month);
EhcpDay ehcp_day_parse (const char *text);
char *ehcp_day_format (EhcpDay day);
int ehcp_day_weekday (EhcpDay day);
EhcpDay ehcp_day_add_months (EhcpDay day, int n_months);

G_END_DECLS
