/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pulling half of a round: what is new, until nothing is, then a request that waits for more. */
#include "ehcp-sync-private.h"

#define LIMIT 500 /* the council ends a page earlier whose records are long */
#define HOLD_S 50
#define MAX_BATCH_BYTES (16 * 1024 * 1024)
#define HASTY_MS 100

typedef struct
{
  EhcpSync *sync;
  EhcpBatch *batch;
  const char *new_epoch;
  gint64 now;
  char *state;
  char *epoch;
  GPtrArray *outbox;
  gboolean is_good;
  GError *error;
} Job;

static void
read_state_job (gpointer data)
{
  Job *job = data;

  job->state = ehcp_cache_get_state (job->sync->cache);
  job->epoch = ehcp_cache_get_epoch (job->sync->cache);
  job->is_good = job->state != NULL && job->epoch != NULL;
}

static void
store_job (gpointer data)
{
  Job *job = data;

  job->is_good = ehcp_cache_store_batch (job->sync->cache, job->batch, job->now, &job->error);
  /* This batch is lost with it; the next round begins at the beginning. */
  if (!job->is_good && ehcp_cache_is_damaged (job->sync->cache))
    {
      g_clear_error (&job->error);
      ehcp_cache_mend (job->sync->cache, &job->error);
    }
}

static void
start_afresh_job (gpointer data)
{
  Job *job = data;

  job->is_good = ehcp_cache_start_afresh (job->sync->cache, job->new_epoch, &job->error);
  if (job->is_good && job->new_epoch != NULL)
    job->outbox = ehcp_cache_list_outbox (job->sync->cache, &job->error);
}

static EhcpRound
fail (GError *error)
{
  if (error != NULL)
    g_message ("%s", error->message);
  g_clear_error (&error);
  return EHCP_ROUND_FAILED;
}

static EhcpRound
start_afresh (EhcpSync *sync, const char *new_epoch)
{
  Job job = { .sync = sync, .new_epoch = new_epoch };

  ehcp_worker_call (sync->writer, start_afresh_job, &job);
  if (!job.is_good)
    return fail (job.error);
  if (job.outbox != NULL)
    ehcp_sync_emit (sync,
                    &(EhcpSyncEvent){ .kind = EHCP_SYNC_RESENDING, .outbox = job.outbox });
  g_clear_error (&job.error);
  ehcp_sync_wake (sync);
  return EHCP_ROUND_GOOD;
}

static EhcpRound
store (EhcpSync *sync, EhcpBatch *batch)
{
  Job job = { .sync = sync, .batch = batch, .now = ehcp_clock_now (sync->clock) };
  gboolean has_more = batch->has_more;

  ehcp_worker_call (sync->writer, store_job, &job);
  if (!job.is_good)
    {
      ehcp_batch_free (batch);
      return fail (job.error);
    }
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_PULLED,
                                          .batch = batch,
                                          .updated_at = job.now,
                                          .session_ends_at = sync->session_ends_at,
                                          .flag = !has_more });
  return EHCP_ROUND_GOOD;
}

/* How long the request may be held: not at all when something is to be done, and not past the moment at
 * which a message can no longer be undone and must go. */
static guint
begin_hold (EhcpSync *sync, gboolean may_wait, gint64 next_at, GCancellable **cancellable)
{
  gint64 left_us = next_at > 0 ? next_at - g_get_monotonic_time () : HOLD_S * G_USEC_PER_SEC;
  guint wait_s = (guint) CLAMP ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 0, HOLD_S);

  g_mutex_lock (&sync->lock);
  if (!may_wait || sync->is_woken || g_cancellable_is_cancelled (sync->stop))
    wait_s = 0;
  else
    sync->held = g_cancellable_new ();
  *cancellable = g_object_ref (sync->held != NULL ? sync->held : sync->stop);
  g_mutex_unlock (&sync->lock);
  return wait_s;
}

static void
end_hold (EhcpSync *sync)
{
  g_mutex_lock (&sync->lock);
  g_clear_object (&sync->held);
  g_mutex_unlock (&sync->lock);
}

static EhcpBatch *
ask (EhcpSync *sync, const char *state, gboolean may_wait, gint64 next_at, GError **error)
{
  g_autoptr (GCancellable) cancellable = NULL;
  guint wait_s = begin_hold (sync, may_wait, next_at, &cancellable);
  g_autofree char *since = g_uri_escape_string (state, NULL, FALSE);
  gboolean is_active = g_atomic_int_compare_and_exchange (&sync->is_active, TRUE, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/changes?since=%s&limit=%d&wait=%u%s", since, LIMIT, wait_s,
                                           is_active ? "&active=1" : "");
  EhcpRequest request = { .method = "GET", .path = path, .token = sync->token,
                          .max_bytes = MAX_BATCH_BYTES };
  g_autoptr (EhcpAnswer) answer = NULL;

  ehcp_sync_set_syncing (sync, wait_s == 0);
  answer = ehcp_http_send (sync->feed, &request, cancellable, error);
  end_hold (sync);
  if (answer != NULL)
    sync->session_ends_at = answer->session_ends_in > 0
                                ? ehcp_clock_now (sync->clock) + answer->session_ends_in
                                : 0;
  else if (is_active)
    g_atomic_int_set (&sync->is_active, TRUE); /* it may not have arrived */
  return answer != NULL ? ehcp_batch_parse (answer->body, error) : NULL;
}

static EhcpRound
judge_refusal (EhcpSync *sync, const char *state, const GError *error, guint *retry_after_s)
{
  gboolean is_too_old = g_error_matches (error, EHCP_ERROR, EHCP_ERROR_STATE_TOO_OLD) ||
                        g_error_matches (error, EHCP_ERROR, EHCP_ERROR_MALFORMED);

  if (is_too_old && *state != '\0')
    return start_afresh (sync, NULL);
  return ehcp_sync_judge (sync, error, retry_after_s);
}

/* A council that shuts down answers held requests at once with nothing: it must not be asked in a circle. */
static void
slow_down (EhcpSync *sync, gboolean was_held, gint64 asked_at, EhcpBatch *batch)
{
  gboolean is_hasty = was_held && ehcp_batch_is_empty (batch) &&
                      g_get_monotonic_time () - asked_at < G_USEC_PER_SEC / 2;
  gint64 until;

  sync->n_hasty = is_hasty ? sync->n_hasty + 1 : 0;
  if (sync->n_hasty < 2)
    return;
  until = g_get_monotonic_time () + (HASTY_MS << MIN (sync->n_hasty, 6)) * G_GINT64_CONSTANT (1000);
  g_mutex_lock (&sync->lock);
  while (!sync->is_woken && g_cond_wait_until (&sync->woken, &sync->lock, until))
    continue;
  g_mutex_unlock (&sync->lock);
}

static EhcpRound
pull_once (EhcpSync *sync, gboolean may_wait, gint64 next_at, gboolean *has_more, guint *retry_after_s)
{
  Job job = { .sync = sync };
  g_autofree char *state = NULL;
  g_autofree char *epoch = NULL;
  g_autoptr (EhcpBatch) batch = NULL;
  g_autoptr (GError) error = NULL;
  gint64 asked_at = g_get_monotonic_time ();

  *has_more = FALSE;
  ehcp_worker_call (sync->writer, read_state_job, &job);
  state = job.state;
  epoch = job.epoch;
  if (!job.is_good)
    return EHCP_ROUND_FAILED;
  batch = ask (sync, state, may_wait && *state != '\0', next_at, &error);
  if (batch == NULL)
    return judge_refusal (sync, state, error, retry_after_s);
  ehcp_sync_set_online (sync, TRUE);
  if (*epoch != '\0' && !g_str_equal (epoch, batch->epoch))
    return start_afresh (sync, batch->epoch);
  *has_more = batch->has_more;
  slow_down (sync, may_wait, asked_at, batch);
  return store (sync, g_steal_pointer (&batch));
}

/* What is there now, all of it; then, unless something is to be done, one request that waits. It is
 * answered at once when there is news, so that after one that waited none without waiting is needed. */
EhcpRound
ehcp_sync_pull (EhcpSync *sync, gint64 next_at, guint *retry_after_s)
{
  EhcpRound round = EHCP_ROUND_GOOD;

  while (round == EHCP_ROUND_GOOD && sync->needs_pull && !g_cancellable_is_cancelled (sync->stop))
    round = pull_once (sync, FALSE, next_at, &sync->needs_pull, retry_after_s);
  if (round != EHCP_ROUND_GOOD || g_cancellable_is_cancelled (sync->stop))
    return round;
  return pull_once (sync, TRUE, next_at, &sync->needs_pull, retry_after_s);
}

/* The council carries out nothing of @epoch any more: it was restored. What it says instead is asked for at once, after
 * which everything goes again. One that names the old epoch all the same is left alone for a while. */
EhcpRound
ehcp_sync_leave_epoch (EhcpSync *sync, const char *epoch, guint *retry_after_s)
{
  EhcpRound round = EHCP_ROUND_GOOD;
  gboolean is_left = FALSE;

  /* A state that it does not know any more takes a second request. */
  for (guint i = 0; i < 2 && round == EHCP_ROUND_GOOD && !is_left; i++)
    {
      Job job = { .sync = sync };

      round = pull_once (sync, FALSE, 0, &sync->needs_pull, retry_after_s);
      ehcp_worker_call (sync->writer, read_state_job, &job);
      is_left = job.is_good && !g_str_equal (job.epoch, epoch);
      g_free (job.state);
      g_free (job.epoch);
    }
  sync->needs_pull = TRUE;
  return round == EHCP_ROUND_GOOD && !is_left ? EHCP_ROUND_FAILED : round;
}
