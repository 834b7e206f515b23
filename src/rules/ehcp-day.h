/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A legal day: a date without a time, in the council's zone. Arithmetic only; texts are made
 * elsewhere. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * EhcpDay:
 *
 * A GLib Julian day (1 January of year 1 is 1), or %EHCP_DAY_NONE. The same number that
 * `g_date_get_julian()` gives, so that other layers can exchange days without a conversion.
 * Days are compared and subtracted as numbers.
 */
typedef gint32 EhcpDay;

#define EHCP_DAY_NONE ((EhcpDay) 0)

/**
 * ehcp_day_from_ymd:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: 1 to the length of the month
 *
 * Makes a day of the Gregorian calendar. May be called from any thread.
 *
 * Returns: the day, or %EHCP_DAY_NONE when the calendar has no such day (30 February).
 */
EhcpDay ehcp_day_from_ymd (int year, int month, int day);

/**
 * ehcp_day_to_ymd:
 * @day: a day, not %EHCP_DAY_NONE
 * @year: (out) (optional): 1 to 9999
 * @month: (out) (optional): 1 to 12
 * @day_of_month: (out) (optional): 1 to 31
 *
 * Takes a day apart. For %EHCP_DAY_NONE all three become 0, which is a programmer's mistake.
 * May be called from any thread.
 */
void ehcp_day_to_ymd (EhcpDay day, int *year, int *month, int *day_of_month);

/**
 * ehcp_day_parse:
 * @text: (nullable): a date as it goes over the wire
 *
 * Reads `YYYY-MM-DD`: ten characters, four, two and two ASCII digits, nothing before or after.
 * May be called from any thread.
 *
 * Returns: the day, or %EHCP_DAY_NONE for %NULL, another shape, or a day that does not exist.
 */
EhcpDay ehcp_day_parse (const char *text);

/**
 * ehcp_day_format:
 * @day: a day, or %EHCP_DAY_NONE
 *
 * Writes a day in the form that ehcp_day_parse() reads. Not for people: screens shape their own
 * dates. May be called from any thread.
 *
 * Returns: (transfer full) (nullable): `YYYY-MM-DD`, or %NULL for %EHCP_DAY_NONE.
 */
char *ehcp_day_format (EhcpDay day);

/**
 * ehcp_day_weekday:
 * @day: a day, or %EHCP_DAY_NONE
 *
 * Finds the day of the week. May be called from any thread.
 *
 * Returns: 1 for Monday to 7 for Sunday, 0 for %EHCP_DAY_NONE.
 */
int ehcp_day_weekday (EhcpDay day);

/**
 * ehcp_day_add_months:
 * @day: a day, not %EHCP_DAY_NONE
 * @n_months: months to go forward, or back when negative
 *
 * Finds the corresponding date: the same number in the month that is @n_months on, or that month's
 * last day if it has no such number (31 January and one month: 28 or 29 February). It is the rule
 * of Dodds v Walker [1981] 1 WLR 1027. May be called from any thread.
 *
 * Returns: the day, or %EHCP_DAY_NONE when it would leave the years 1 to 9999.
 */
EhcpDay ehcp_day_add_months (EhcpDay day, int n_months);

G_END_DECLS
