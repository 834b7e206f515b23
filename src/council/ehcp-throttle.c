/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts tries in memory. A try is counted before it is known to fail, so that a thousand at once
 * are not a thousand free ones; success takes it back. */
#include "ehcp-throttle.h"

#include "ehcp-error.h"

#define MAX_WAIT_S 900
#define FORGOTTEN_AFTER_S 3600
#define MAX_KEYS 100000 /* a few MiB; a flood of senders costs the oldest counts, not memory */

typedef struct
{
  guint n;
  gint64 last;
  gint64 free_at;
} Count;

struct _EhcpThrottle
{
  EhcpClock *clock;
  GHashTable *counts;
  GMutex lock;
};

/** ehcp_throttle_new: Returns: (transfer full): a throttle with no failures. */
EhcpThrottle *
ehcp_throttle_new (EhcpClock *clock)
{
  EhcpThrottle *throttle = g_new0 (EhcpThrottle, 1);

  throttle->clock = g_object_ref (clock);
  throttle->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&throttle->lock);
  return throttle;
}

/** ehcp_throttle_free: Gives it back. */
void
ehcp_throttle_free (EhcpThrottle *throttle)
{
  g_clear_object (&throttle->clock);
  g_clear_pointer (&throttle->counts, g_hash_table_unref);
  g_mutex_clear (&throttle->lock);
  g_free (throttle);
}

static gboolean
is_forgotten (gpointer key, gpointer value, gpointer now)
{
  return ((Count *) value)->last + FORGOTTEN_AFTER_S < *(gint64 *) now;
}

static gboolean
is_any (gpointer key, gpointer value, gpointer user)
{
  return TRUE;
}

static Count *
get_count (EhcpThrottle *throttle, const char *name, gint64 now)
{
  Count *count = g_hash_table_lookup (throttle->counts, name);

  if (count != NULL && !is_forgotten (NULL, count, &now))
    return count;
  if (g_hash_table_size (throttle->counts) >= MAX_KEYS &&
      g_hash_table_foreach_remove (throttle->counts, is_forgotten, &now) == 0)
    g_hash_table_foreach_remove (throttle->counts, is_any, NULL);
  count = g_new0 (Count, 1);
  g_hash_table_insert (throttle->counts, g_strdup (name), count);
  return count;
}

/**
 * ehcp_throttle_try:
 * @throttle: the throttle
 * @what: what is tried, such as "sign-in": a count of its own
 * @key: who tries
 * @n_free: how many tries in a row cost nothing; each further one costs twice the wait of the one
 * before, from one second up to 15 minutes; an hour without a try forgets all
 * @error: return location
 *
 * Counts one try. Any thread.
 *
 * Returns: whether it may go on; otherwise %EHCP_ERROR_TOO_MANY with the seconds to wait
 */
gboolean
ehcp_throttle_try (EhcpThrottle *throttle, const char *what, const char *key, guint n_free,
                   GError **error)
{
  g_autofree char *name = g_strconcat (what, "\n", key, NULL);
  gint64 now = ehcp_clock_now (throttle->clock);
  gint64 wait_s;
  Count *count;

  g_mutex_lock (&throttle->lock);
  count = get_count (throttle, name, now);
  wait_s = CLAMP (count->free_at - now, 0, MAX_WAIT_S);
  if (wait_s == 0)
    {
      count->n++;
      count->last = now;
      count->free_at =
          count->n <= n_free ? 0 : now + MIN (1 << MIN (count->n - n_free - 1, 20), MAX_WAIT_S);
    }
  g_mutex_unlock (&throttle->lock);
  if (wait_s == 0)
    return TRUE;
  g_set_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY, "too many tries of %s", what);
  if (error != NULL)
    ehcp_error_set_retry_after (*error, (int) wait_s);
  return FALSE;
}

/**
 * ehcp_throttle_forgive:
 * @throttle: the throttle
 * @what: as it was tried
 * @key: as it was tried
 * @all: whether all tries of the key are forgotten, or the last alone
 *
 * Takes a try back that did not fail. Any thread.
 */
void
ehcp_throttle_forgive (EhcpThrottle *throttle, const char *what, const char *key, gboolean all)
{
  g_autofree char *name = g_strconcat (what, "\n", key, NULL);
  Count *count;

  g_mutex_lock (&throttle->lock);
  count = g_hash_table_lookup (throttle->counts, name);
  if (count != NULL && (all || count->n <= 1))
    g_hash_table_remove (throttle->counts, name);
  else if (count != NULL)
    {
      count->n--;
      count->free_at = 0;
    }
  g_mutex_unlock (&throttle->lock);
}
