/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working days in England: the few limits that count or roll by them. */
#pragma once

#include "ehcp-day.h"

G_BEGIN_DECLS

/* Sorted; made from data/bank-holidays.csv when the library is built. */
extern const EhcpDay ehcp_bank_holidays[];
extern const guint ehcp_n_bank_holidays;

/**
 * ehcp_day_is_working:
 * @day: a day, not %EHCP_DAY_NONE
 *
 * Tells Saturdays, Sundays and England's bank holidays from the other days. Years without entries in
 * data/bank-holidays.csv have weekends only. May be called from any thread.
 *
 * Returns: whether it is a working day.
 */
gboolean ehcp_day_is_working (EhcpDay day);

/**
 * ehcp_day_add_working:
 * @day: a day, not %EHCP_DAY_NONE
 * @n_days: how many, at least 1
 * @beginning_with: whether @day itself is the first, if it is a working day
 *
 * Counts working days. Law: SI 2014/1530, reg 2(1) ("working day").
 *
 * Returns: the day on which the n-th falls. May be called from any thread.
 */
EhcpDay ehcp_day_add_working (EhcpDay day, int n_days, gboolean beginning_with);

/**
 * ehcp_day_roll_for_tribunal:
 * @day: the last day of a limit of the Tribunal, not %EHCP_DAY_NONE
 *
 * Moves a day on which the Tribunal cannot be reached: one from 25 December to 1 January, or in August,
 * to the first working day after that time; another one that is no working day to the next that is.
 * Law: Tribunal Procedure (First-tier Tribunal) (HESC Chamber) Rules 2008, rule 12.
 *
 * Returns: @day, or the later one. May be called from any thread.
 */
EhcpDay ehcp_day_roll_for_tribunal (EhcpDay day);

G_END_DECLS
