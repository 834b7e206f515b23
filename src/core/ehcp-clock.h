/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock, handed in, so that tests choose the time. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define EHCP_TYPE_CLOCK (ehcp_clock_get_type ())
G_DECLARE_FINAL_TYPE (EhcpClock, ehcp_clock, EHCP, CLOCK, GObject)

EhcpClock *ehcp_clock_new (void);
EhcpClock *ehcp_clock_new_fixed (gint64 unix_s);
EhcpClock *ehcp_clock_new_shifted (gint64 unix_s);
void ehcp_clock_advance (EhcpClock *clock, gint64 seconds);
gint64 ehcp_clock_now (EhcpClock *clock);
char *ehcp_clock_now_text (EhcpClock *clock);
gint32 ehcp_clock_today (EhcpClock *clock);
gint32 ehcp_clock_day_of (gint64 unix_s);

G_END_DECLS
