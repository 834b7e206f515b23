/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alarms in the order of their times. A wake runs under the lock, so that after ehcp_holds_remove()
 * none comes; it must not block and must not come back in here. */
#include "ehcp-holds.h"

typedef struct
{
  gpointer hold;
  gint64 until_us; /* monotonic */
  GFunc wake;
  gboolean is_woken;
} Alarm;

struct _EhcpHolds
{
  GMutex lock;
  GCond cond;
  GSequence *alarms;   /* of Alarm, by time */
  GHashTable *by_hold; /* hold → GSequenceIter */
  GThread *thread;
  gboolean is_over;
};

static int
compare_alarms (gconstpointer a, gconstpointer b, gpointer user)
{
  gint64 first = ((const Alarm *) a)->until_us;
  gint64 second = ((const Alarm *) b)->until_us;

  return first < second ? -1 : first > second;
}

static void
ring (Alarm *alarm)
{
  if (alarm->is_woken)
    return;
  alarm->is_woken = TRUE;
  alarm->wake (alarm->hold, NULL);
}

/* Those that have rung are taken out, so that the first one is the next to wait for. */
static gboolean
ring_due (EhcpHolds *holds, gint64 *next_us)
{
  while (!g_sequence_is_empty (holds->alarms))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (holds->alarms);
      Alarm *alarm = g_sequence_get (first);

      *next_us = alarm->until_us;
      if (alarm->until_us > g_get_monotonic_time ())
        return TRUE;
      g_hash_table_remove (holds->by_hold, alarm->hold);
      ring (alarm);
      g_sequence_remove (first);
    }
  return FALSE;
}

static gpointer
run (gpointer data)
{
  EhcpHolds *holds = data;
  gint64 next_us;

  g_mutex_lock (&holds->lock);
  while (!holds->is_over)
    if (ring_due (holds, &next_us))
      g_cond_wait_until (&holds->cond, &holds->lock, next_us);
    else
      g_cond_wait (&holds->cond, &holds->lock);
  g_mutex_unlock (&holds->lock);
  return NULL;
}

/** ehcp_holds_new: Returns: (transfer full): no alarms, and the thread that waits for them. */
EhcpHolds *
ehcp_holds_new (void)
{
  EhcpHolds *holds = g_new0 (EhcpHolds, 1);

  g_mutex_init (&holds->lock);
  g_cond_init (&holds->cond);
  holds->alarms = g_sequence_new (g_free);
  holds->by_hold = g_hash_table_new (NULL, NULL);
  holds->thread = g_thread_new ("holds", run, holds);
  return holds;
}

/** ehcp_holds_free: Ends the thread. */
void
ehcp_holds_free (EhcpHolds *holds)
{
  g_mutex_lock (&holds->lock);
  holds->is_over = TRUE;
  g_cond_signal (&holds->cond);
  g_mutex_unlock (&holds->lock);
  g_clear_pointer (&holds->thread, g_thread_join);
  g_clear_pointer (&holds->by_hold, g_hash_table_unref);
  g_clear_pointer (&holds->alarms, g_sequence_free);
  g_cond_clear (&holds->cond);
  g_mutex_clear (&holds->lock);
  g_free (holds);
}

/**
 * ehcp_holds_add:
 * @holds: the alarms
 * @hold: what is held; not twice at a time
 * @until_us: when, on the monotonic clock
 * @wake: called with @hold once, in the alarms' thread or in that of ehcp_holds_wake_all(); must
 * not block
 *
 * Any thread.
 */
void
ehcp_holds_add (EhcpHolds *holds, gpointer hold, gint64 until_us, GFunc wake)
{
  Alarm *alarm = g_new0 (Alarm, 1);
  GSequenceIter *iter;

  alarm->hold = hold;
  alarm->until_us = until_us;
  alarm->wake = wake;
  g_mutex_lock (&holds->lock);
  iter = g_sequence_insert_sorted (holds->alarms, alarm, compare_alarms, NULL);
  g_hash_table_insert (holds->by_hold, hold, iter);
  if (g_sequence_iter_is_begin (iter))
    g_cond_signal (&holds->cond);
  g_mutex_unlock (&holds->lock);
}

/** ehcp_holds_remove: After it @hold is not woken any more. One that is gone is no error. Any
 * thread. */
void
ehcp_holds_remove (EhcpHolds *holds, gpointer hold)
{
  GSequenceIter *iter;

  g_mutex_lock (&holds->lock);
  iter = g_hash_table_lookup (holds->by_hold, hold);
  if (iter != NULL)
    {
      g_hash_table_remove (holds->by_hold, hold);
      g_sequence_remove (iter);
    }
  g_mutex_unlock (&holds->lock);
}

static void
ring_cb (gpointer alarm, gpointer user)
{
  ring (alarm);
}

/** ehcp_holds_wake_all: Wakes all at once: the server stops. Any thread. */
void
ehcp_holds_wake_all (EhcpHolds *holds)
{
  g_mutex_lock (&holds->lock);
  g_sequence_foreach (holds->alarms, ring_cb, NULL);
  g_mutex_unlock (&holds->lock);
}

/** ehcp_holds_count: Returns: how many are held. Any thread. */
guint
ehcp_holds_count (EhcpHolds *holds)
{
  guint n;

  g_mutex_lock (&holds->lock);
  n = g_hash_table_size (holds->by_hold);
  g_mutex_unlock (&holds->lock);
  return n;
}
