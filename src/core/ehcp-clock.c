/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock: the system's, one that stands still until it is moved, or one that runs from another day. */
#include "ehcp-clock.h"

#include "ehcp-text.h"

struct _EhcpClock
{
  GObject parent_instance;
  gint64 offset_s; /* guarded by atomic access: tests move it while servers read */
  gboolean is_fixed;
};

G_DEFINE_FINAL_TYPE (EhcpClock, ehcp_clock, G_TYPE_OBJECT)

static void
ehcp_clock_class_init (EhcpClockClass *klass)
{
}

static void
ehcp_clock_init (EhcpClock *clock)
{
}

/** ehcp_clock_new: Returns: (transfer full): the system's clock. */
EhcpClock *
ehcp_clock_new (void)
{
  return g_object_new (EHCP_TYPE_CLOCK, NULL);
}

/** ehcp_clock_new_fixed: Returns: (transfer full): a clock that shows @unix_s until it is advanced. */
EhcpClock *
ehcp_clock_new_fixed (gint64 unix_s)
{
  EhcpClock *clock = ehcp_clock_new ();

  clock->is_fixed = TRUE;
  clock->offset_s = unix_s;
  return clock;
}

/** ehcp_clock_new_shifted: Returns: (transfer full): a clock that runs, and shows @unix_s now. */
EhcpClock *
ehcp_clock_new_shifted (gint64 unix_s)
{
  EhcpClock *clock = ehcp_clock_new ();

  clock->offset_s = unix_s - g_get_real_time () / G_USEC_PER_SEC;
  return clock;
}

/** ehcp_clock_advance: Moves it by @seconds, which may be negative. Any thread. */
void
ehcp_clock_advance (EhcpClock *clock, gint64 seconds)
{
  g_return_if_fail (EHCP_IS_CLOCK (clock));
  __atomic_add_fetch (&clock->offset_s, seconds, __ATOMIC_SEQ_CST);
}

/** ehcp_clock_now: Returns: seconds since 1970, UTC. Any thread. */
gint64
ehcp_clock_now (EhcpClock *clock)
{
  gint64 offset = __atomic_load_n (&clock->offset_s, __ATOMIC_SEQ_CST);

  return clock->is_fixed ? offset : g_get_real_time () / G_USEC_PER_SEC + offset;
}

/** ehcp_clock_now_text: Returns: (transfer full): the same as "YYYY-MM-DDTHH:MM:SSZ". */
char *
ehcp_clock_now_text (EhcpClock *clock)
{
  return ehcp_time_format (ehcp_clock_now (clock));
}

/** ehcp_clock_today: Returns: the legal day now, in Europe/London: a GLib Julian day. Any thread. */
gint32
ehcp_clock_today (EhcpClock *clock)
{
  return ehcp_clock_day_of (ehcp_clock_now (clock));
}

/* Read once: GLib forgets a zone that nobody holds, and reading its file again took most of the time of a
 * command. */
static GTimeZone *
get_london (void)
{
  static GTimeZone *london;
  static gsize is_read;

  if (g_once_init_enter (&is_read))
    {
      london = g_time_zone_new_identifier ("Europe/London");
      g_once_init_leave (&is_read, 1);
    }
  return london;
}

/** ehcp_clock_day_of: Returns: the legal day of a time, in Europe/London: a GLib Julian day. */
gint32
ehcp_clock_day_of (gint64 unix_s)
{
  GTimeZone *zone = get_london ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_s);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  int year, month, day;
  GDate date;

  g_date_time_get_ymd (local != NULL ? local : utc, &year, &month, &day);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return g_date_get_julian (&date);
}
