/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sync thread's life: rounds, waiting between them, waking, telling the main thread. What a round sends
 * and pulls is in ehcp-sync-send.c and ehcp-sync-pull.c. */
#include "ehcp-sync-private.h"

#include <string.h>

#define FEED_TIMEOUT_S 70
#define FIRST_DELAY_MS 1000
#define LONGEST_DELAY_MS 60000

static EhcpSync *
ref_sync (EhcpSync *sync)
{
  g_atomic_ref_count_inc (&sync->n_refs);
  return sync;
}

static void
unref_sync (EhcpSync *sync)
{
  if (!g_atomic_ref_count_dec (&sync->n_refs))
    return;
  g_clear_object (&sync->clock);
  g_clear_object (&sync->stop);
  ehcp_sync_clear_files (sync);
  g_clear_pointer (&sync->claimed, g_hash_table_unref);
  g_clear_pointer (&sync->withdrawn, g_hash_table_unref);
  g_mutex_clear (&sync->lock);
  g_cond_clear (&sync->woken);
  g_free (sync->url);
  g_free (sync);
}

typedef struct
{
  EhcpSync *sync;
  EhcpSyncEvent event;
} Told;

static void
free_told (gpointer data)
{
  Told *told = data;

  g_clear_pointer (&told->event.batch, ehcp_batch_free);
  g_clear_pointer (&told->event.outbox, g_ptr_array_unref);
  g_clear_pointer (&told->event.id, g_free);
  g_clear_pointer (&told->event.result, g_free);
  g_clear_error (&told->event.error);
  unref_sync (told->sync);
  g_free (told);
}

static gboolean
tell_cb (gpointer data)
{
  Told *told = data;

  if (!told->sync->is_closed)
    told->sync->func (told->sync->owner, &told->event);
  return G_SOURCE_REMOVE;
}

/* Tells the main thread; takes what the event holds. */
void
ehcp_sync_emit (EhcpSync *sync, EhcpSyncEvent *event)
{
  Told *told = g_new0 (Told, 1);

  told->sync = ref_sync (sync);
  told->event = *event;
  g_idle_add_full (G_PRIORITY_DEFAULT, tell_cb, told, free_told);
}

void
ehcp_sync_set_online (EhcpSync *sync, gboolean is_online)
{
  if (is_online)
    sync->n_failures = 0;
  if (sync->is_online == is_online)
    return;
  sync->is_online = is_online;
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_ONLINE, .flag = is_online });
}

void
ehcp_sync_set_syncing (EhcpSync *sync, gboolean is_syncing)
{
  if (sync->is_syncing == is_syncing)
    return;
  sync->is_syncing = is_syncing;
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_SYNCING, .flag = is_syncing });
}

/* What a failed request means for the round. Cancelled: woken, or the end; the loop sees which. */
EhcpRound
ehcp_sync_judge (EhcpSync *sync, const GError *error, guint *retry_after_s)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return EHCP_ROUND_GOOD;
  *retry_after_s = ehcp_error_get_retry_after (error);
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_NOT_SIGNED_IN))
    return EHCP_ROUND_ENDED;
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_ACCOUNT_DISABLED))
    return EHCP_ROUND_DISABLED;
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_OFFLINE) ||
      g_error_matches (error, EHCP_ERROR, EHCP_ERROR_FAILED))
    ehcp_sync_set_online (sync, FALSE);
  return EHCP_ROUND_FAILED;
}

static gboolean
is_stopping (EhcpSync *sync)
{
  return g_cancellable_is_cancelled (sync->stop);
}

static void
wait_until (EhcpSync *sync, gint64 until)
{
  g_mutex_lock (&sync->lock);
  while (!sync->is_woken && !is_stopping (sync) && g_cond_wait_until (&sync->woken, &sync->lock, until))
    continue;
  g_mutex_unlock (&sync->lock);
}

/* Twice as long after each failure, up to a minute, and never all programs at once. */
static void
wait_after_failure (EhcpSync *sync, guint retry_after_s)
{
  guint longest = MIN (FIRST_DELAY_MS << MIN (sync->n_failures, 6), LONGEST_DELAY_MS);
  guint delay_ms = g_random_int_range (longest / 2, longest + 1);

  sync->n_failures++;
  sync->needs_pull = TRUE;
  delay_ms = MAX (delay_ms, MIN (retry_after_s, 3600) * 1000);
  wait_until (sync, g_get_monotonic_time () + delay_ms * G_GINT64_CONSTANT (1000));
}

static void
clear_woken (EhcpSync *sync)
{
  g_mutex_lock (&sync->lock);
  sync->needs_pull |= sync->is_woken;
  sync->is_woken = FALSE;
  g_mutex_unlock (&sync->lock);
}

static EhcpRound
do_round (EhcpSync *sync, guint *retry_after_s)
{
  gint64 next_at = 0;
  EhcpRound round;

  clear_woken (sync);
  round = ehcp_sync_send_all (sync, &next_at, retry_after_s);
  if (round == EHCP_ROUND_GOOD && !is_stopping (sync))
    round = ehcp_sync_pull (sync, next_at, retry_after_s);
  return round;
}

static gboolean
is_last (EhcpRound round)
{
  return round == EHCP_ROUND_ENDED || round == EHCP_ROUND_DISABLED;
}

static gpointer
sync_thread (gpointer data)
{
  EhcpSync *sync = data;
  EhcpRound round = EHCP_ROUND_GOOD;

  while (!is_stopping (sync) && !is_last (round))
    {
      guint retry_after_s = 0;

      round = do_round (sync, &retry_after_s);
      ehcp_sync_set_syncing (sync, FALSE);
      if (round == EHCP_ROUND_FAILED && !is_stopping (sync))
        wait_after_failure (sync, retry_after_s);
    }
  ehcp_sync_end_files (sync);
  if (is_last (round))
    ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_ENDED, .flag = round == EHCP_ROUND_DISABLED });
  ehcp_http_free (sync->commands);
  ehcp_http_free (sync->feed);
  return NULL;
}

/**
 * ehcp_sync_start:
 * @url: the council's address
 * @token: of the session
 * @writer: the thread that owns @cache; must live until ehcp_sync_stop()
 * @cache: the offline copy
 * @clock: the clock
 * @func: is told what happens
 * @owner: for @func
 *
 * Main thread.
 *
 * Returns: (transfer full): the running thread
 */
EhcpSync *
ehcp_sync_start (const char *url, const char *token, EhcpWorker *writer, EhcpCache *cache,
                 EhcpClock *clock, EhcpSyncFunc func, gpointer owner)
{
  EhcpSync *sync = g_new0 (EhcpSync, 1);

  g_atomic_ref_count_init (&sync->n_refs);
  sync->func = func;
  sync->owner = owner;
  sync->url = g_strdup (url);
  sync->token = g_strdup (token);
  sync->writer = writer;
  sync->cache = cache;
  sync->clock = g_object_ref (clock);
  sync->commands = ehcp_http_new (url, EHCP_SYNC_TIMEOUT_S);
  sync->feed = ehcp_http_new (url, FEED_TIMEOUT_S);
  sync->stop = g_cancellable_new ();
  g_mutex_init (&sync->lock);
  g_cond_init (&sync->woken);
  sync->claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sync->withdrawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ehcp_sync_init_files (sync);
  sync->is_online = TRUE;
  sync->needs_pull = TRUE;
  sync->thread = g_thread_new ("sync", sync_thread, sync);
  return sync;
}

/** ehcp_sync_wake: Sends what is new and asks the council at once, instead of waiting. Any thread. */
void
ehcp_sync_wake (EhcpSync *sync)
{
  g_mutex_lock (&sync->lock);
  sync->is_woken = TRUE;
  if (sync->held != NULL)
    g_cancellable_cancel (sync->held);
  g_cond_broadcast (&sync->woken);
  g_mutex_unlock (&sync->lock);
}

/** ehcp_sync_set_active: Somebody is at the program. Returns: whether that is news since the last request. Any
 * thread. */
gboolean
ehcp_sync_set_active (EhcpSync *sync)
{
  return g_atomic_int_compare_and_exchange (&sync->is_active, FALSE, TRUE);
}

/**
 * ehcp_sync_withdraw:
 * @sync: the sync
 * @id: a command
 *
 * Returns: whether it was never on its way, and will not be; %FALSE also when its answer was lost: the
 *   council may have it
 */
gboolean
ehcp_sync_withdraw (EhcpSync *sync, const char *id)
{
  gboolean is_claimed;

  g_mutex_lock (&sync->lock);
  is_claimed = g_hash_table_contains (sync->claimed, id);
  if (!is_claimed)
    {
      g_hash_table_add (sync->withdrawn, g_strdup (id));
      ehcp_sync_cancel_files (sync, id);
    }
  g_mutex_unlock (&sync->lock);
  return !is_claimed;
}

/** ehcp_sync_is_withdrawn: Returns: whether it was taken back. Any thread. */
gboolean
ehcp_sync_is_withdrawn (EhcpSync *sync, const char *id)
{
  gboolean is_back;

  g_mutex_lock (&sync->lock);
  is_back = g_hash_table_contains (sync->withdrawn, id);
  g_mutex_unlock (&sync->lock);
  return is_back;
}

/** ehcp_sync_stop: Ends what is under way, waits for the thread, gives it back. Main thread. */
void
ehcp_sync_stop (EhcpSync *sync)
{
  sync->is_closed = TRUE;
  g_cancellable_cancel (sync->stop);
  ehcp_sync_wake (sync);
  g_thread_join (sync->thread);
  explicit_bzero (sync->token, strlen (sync->token));
  g_clear_pointer (&sync->token, g_free);
  unref_sync (sync);
}
