/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Legal days and numbers of days, in the words of the screens. Pure functions. */
#pragma once

#include "ehcp-day.h"

G_BEGIN_DECLS

char *ehcp_day_words_short (EhcpDay day, EhcpDay today);
char *ehcp_day_words_year (EhcpDay day);
char *ehcp_day_words_long (EhcpDay day);
char *ehcp_day_words_full (EhcpDay day, EhcpDay today);
char *ehcp_day_words_spoken (EhcpDay day);
char *ehcp_day_words_left (int n_days);
char *ehcp_day_words_late (int n_days);

G_END_DECLS
