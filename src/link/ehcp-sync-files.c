/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of commands that are due, up to three side by side: those of the command whose turn it is first, then
 * those of the ones behind it. Commands themselves stay in their order; a file is no more than a wait for them. */
#include "ehcp-sync-private.h"

#include "ehcp-tus.h"

#define N_LANES 3
#define MAX_AHEAD 12 /* files of later commands: the council holds only so much for one account */

typedef enum
{
  MOVE_WAITING,
  MOVE_MOVING,
  MOVE_THERE,
  MOVE_FAILED,
} MoveState;

/* One file on its way; the state and the upload's id are under the sync's lock. */
typedef struct
{
  EhcpSync *sync;
  EhcpOutgoing *outgoing;  /* its own copy */
  guint n;                 /* which of its files */
  MoveState state;
  GCancellable *cancellable;
  GError *error;           /* of one that failed */
} Move;

/* One job of the writer for the thread that waits for it. */
typedef struct
{
  EhcpCache *cache;
  Move *move;
  GBytes *content;
  GPtrArray *outbox;
  gboolean is_good;
  GError *error;
} Job;

static EhcpOutgoingFile *
get_file (const Move *move)
{
  return g_ptr_array_index (move->outgoing->files, move->n);
}

static void
free_move (gpointer data)
{
  Move *move = data;

  ehcp_outgoing_free (move->outgoing);
  g_object_unref (move->cancellable);
  g_clear_error (&move->error);
  g_free (move);
}

static void
read_job (gpointer data)
{
  Job *job = data;

  job->content = ehcp_cache_read_file (job->cache, ehcp_outgoing_get_case (job->move->outgoing),
                                       get_file (job->move)->file, &job->error);
}

static void
note_job (gpointer data)
{
  Job *job = data;

  job->is_good = ehcp_cache_note_upload (job->cache, job->move->outgoing->id, job->move->n,
                                         get_file (job->move)->upload, &job->error);
}

static void
list_job (gpointer data)
{
  Job *job = data;

  job->outbox = ehcp_cache_list_outbox (job->cache, &job->error);
}

/* Each file can be watched, and taken back as long as the command itself was not sent. */
static gboolean
goes_on (gpointer data, gint64 n_sent, gint64 n_bytes)
{
  Move *move = data;

  ehcp_sync_emit (move->sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_UPLOADED,
                                                .id = g_strdup (get_file (move)->file),
                                                .percent = (int) (n_sent * 100 / MAX (n_bytes, 1)) });
  return !g_cancellable_is_cancelled (move->cancellable);
}

static gboolean
begin (Move *move, EhcpHttp *http, GError **error)
{
  Job job = { .cache = move->sync->cache, .move = move };

  if (!ehcp_tus_begin (http, move->sync->token, get_file (move), move->cancellable, error))
    return FALSE;
  ehcp_worker_call (move->sync->writer, note_job, &job);
  if (!job.is_good)
    g_propagate_error (error, job.error);
  return job.is_good;
}

/* An upload that was begun earlier and is not there any more may have been used up by this very command, whose
 * answer was lost: another one would make it another command. The council tells when it is asked. */
static gboolean
move_file (Move *move, EhcpHttp *http, GError **error)
{
  Job job = { .cache = move->sync->cache, .move = move };
  gboolean was_begun = get_file (move)->upload != NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) content = NULL;

  ehcp_worker_call (move->sync->writer, read_job, &job);
  content = job.content;
  if (content == NULL)
    {
      g_propagate_error (error, job.error);
      return FALSE;
    }
  if (!was_begun && !begin (move, http, error))
    return FALSE;
  if (ehcp_tus_send (http, move->sync->token, get_file (move), content, goes_on, move, move->cancellable,
                     &local_error))
    return TRUE;
  if (was_begun && (g_error_matches (local_error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND) ||
                    g_error_matches (local_error, EHCP_ERROR, EHCP_ERROR_EXPIRED)))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
tell (Move *move, EhcpSyncEventKind kind)
{
  if (!g_cancellable_is_cancelled (move->cancellable))
    ehcp_sync_emit (move->sync, &(EhcpSyncEvent){ .kind = kind, .id = g_strdup (move->outgoing->id) });
}

/* Under the lock. */
static Move *
take_waiting (EhcpSync *sync)
{
  for (guint i = 0; i < sync->moves->len; i++)
    {
      Move *move = g_ptr_array_index (sync->moves, i);

      if (move->state == MOVE_WAITING)
        return move;
    }
  return NULL;
}

static void
run_move (Move *move, EhcpHttp *http)
{
  EhcpSync *sync = move->sync;
  GError *error = NULL;
  gboolean is_there;

  move->state = MOVE_MOVING;
  g_mutex_unlock (&sync->lock);
  tell (move, EHCP_SYNC_SENDING);
  is_there = move_file (move, http, &error);
  if (!is_there)
    tell (move, EHCP_SYNC_WAITING);
  g_mutex_lock (&sync->lock);
  move->state = is_there ? MOVE_THERE : MOVE_FAILED;
  move->error = error;
  g_cond_broadcast (&sync->woken);
}

static gpointer
lane_thread (gpointer data)
{
  EhcpSync *sync = data;
  EhcpHttp *http = ehcp_http_new (sync->url, EHCP_SYNC_TIMEOUT_S);

  g_mutex_lock (&sync->lock);
  while (!sync->is_over)
    {
      Move *move = take_waiting (sync);

      if (move != NULL)
        run_move (move, http);
      else
        g_cond_wait (&sync->work, &sync->lock);
    }
  g_mutex_unlock (&sync->lock);
  ehcp_http_free (http);
  return NULL;
}

/* From here on under the lock, in the sync thread. */

static gboolean
is_offered (EhcpSync *sync, const char *id, guint n)
{
  for (guint i = 0; i < sync->moves->len; i++)
    {
      Move *move = g_ptr_array_index (sync->moves, i);

      if (move->n == n && g_str_equal (move->outgoing->id, id))
        return TRUE;
    }
  return FALSE;
}

static void
offer (EhcpSync *sync, EhcpOutgoing *outgoing)
{
  for (guint i = 0; i < outgoing->files->len; i++)
    {
      Move *move;

      if (is_offered (sync, outgoing->id, i))
        continue;
      move = g_new0 (Move, 1);
      move->sync = sync;
      move->outgoing = ehcp_outgoing_copy (outgoing);
      move->n = i;
      move->cancellable = g_cancellable_new ();
      g_ptr_array_add (sync->moves, move);
    }
}

/* What goes to a restored council again waits for its own turn: it may have to be brought in another way. */
static gboolean
may_go_ahead (EhcpSync *sync, const EhcpOutgoing *outgoing, gint64 now)
{
  return outgoing->delivery == EHCP_DELIVERY_WAITING && !outgoing->is_again && outgoing->not_before <= now &&
         !g_hash_table_contains (sync->withdrawn, outgoing->id) &&
         sync->moves->len + outgoing->files->len <= MAX_AHEAD;
}

static gboolean
is_in (GPtrArray *outbox, const char *id)
{
  for (guint i = 0; i < outbox->len; i++)
    if (g_str_equal (((EhcpOutgoing *) g_ptr_array_index (outbox, i))->id, id))
      return TRUE;
  return FALSE;
}

/* Those that were taken back, or went in another way, make room. */
static void
sweep (EhcpSync *sync, const EhcpOutgoing *outgoing, GPtrArray *outbox)
{
  for (guint i = sync->moves->len; i > 0; i--)
    {
      Move *move = g_ptr_array_index (sync->moves, i - 1);

      if (move->state != MOVE_MOVING && !g_str_equal (move->outgoing->id, outgoing->id) &&
          !is_in (outbox, move->outgoing->id))
        g_ptr_array_remove_index (sync->moves, i - 1);
    }
}

static void
offer_later_ones (EhcpSync *sync, const EhcpOutgoing *outgoing, GPtrArray *outbox)
{
  gint64 now = g_get_monotonic_time ();

  sweep (sync, outgoing, outbox);
  for (guint i = 0; i < outbox->len; i++)
    if (may_go_ahead (sync, g_ptr_array_index (outbox, i), now))
      offer (sync, g_ptr_array_index (outbox, i));
}

static guint
count (EhcpSync *sync, const char *id, MoveState state)
{
  guint n = 0;

  for (guint i = 0; i < sync->moves->len; i++)
    {
      Move *move = g_ptr_array_index (sync->moves, i);

      n += move->state == state && (id == NULL || g_str_equal (move->outgoing->id, id));
    }
  return n;
}

/* As many as there are files, since each that waits costs the council a thread. */
static void
start_lanes (EhcpSync *sync)
{
  guint n_wanted = MIN (count (sync, NULL, MOVE_WAITING) + count (sync, NULL, MOVE_MOVING), N_LANES);

  while (sync->lanes->len < n_wanted)
    g_ptr_array_add (sync->lanes, g_thread_new ("files", lane_thread, sync));
  g_cond_broadcast (&sync->work);
}

static void
cancel (EhcpSync *sync, const char *id)
{
  for (guint i = 0; i < sync->moves->len; i++)
    {
      Move *move = g_ptr_array_index (sync->moves, i);

      if (id != NULL && !g_str_equal (move->outgoing->id, id))
        continue;
      g_cancellable_cancel (move->cancellable);
      if (move->state == MOVE_WAITING)
        move->state = MOVE_FAILED;
    }
  g_cond_broadcast (&sync->woken);
}

/** ehcp_sync_cancel_files: Stops those of a command, at once. Under the lock; any thread. */
void
ehcp_sync_cancel_files (EhcpSync *sync, const char *id)
{
  cancel (sync, id);
}

/* A command's files stand or fall together: the others of one that failed are stopped. Takes what became of them. */
static gboolean
settle (EhcpSync *sync, EhcpOutgoing *outgoing, GError **error)
{
  GError *first = NULL;
  guint n_there = 0;

  if (count (sync, outgoing->id, MOVE_THERE) < outgoing->files->len)
    for (guint i = 0; i < sync->moves->len && first == NULL; i++)
      {
        Move *move = g_ptr_array_index (sync->moves, i);

        if (move->state == MOVE_FAILED && g_str_equal (move->outgoing->id, outgoing->id))
          first = g_steal_pointer (&move->error);
      }
  cancel (sync, outgoing->id);
  while (count (sync, outgoing->id, MOVE_MOVING) > 0)
    g_cond_wait (&sync->woken, &sync->lock);
  for (guint i = sync->moves->len; i > 0; i--)
    {
      Move *move = g_ptr_array_index (sync->moves, i - 1);
      EhcpOutgoingFile *file;

      if (!g_str_equal (move->outgoing->id, outgoing->id))
        continue;
      file = g_ptr_array_index (outgoing->files, move->n);
      g_free (file->upload);
      file->upload = g_strdup (get_file (move)->upload);
      n_there += move->state == MOVE_THERE;
      g_ptr_array_remove_index (sync->moves, i - 1);
    }
  if (n_there == outgoing->files->len)
    return TRUE;
  if (first == NULL)
    g_set_error_literal (&first, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the files were stopped");
  g_propagate_error (error, first);
  return FALSE;
}

static gboolean
is_settled (EhcpSync *sync, EhcpOutgoing *outgoing)
{
  return count (sync, outgoing->id, MOVE_FAILED) > 0 ||
         count (sync, outgoing->id, MOVE_THERE) == outgoing->files->len ||
         g_hash_table_contains (sync->withdrawn, outgoing->id) || g_cancellable_is_cancelled (sync->stop);
}

static void
forget_failed (EhcpSync *sync, const char *id)
{
  for (guint i = sync->moves->len; i > 0; i--)
    {
      Move *move = g_ptr_array_index (sync->moves, i - 1);

      if (move->state == MOVE_FAILED && g_str_equal (move->outgoing->id, id))
        g_ptr_array_remove_index (sync->moves, i - 1);
    }
}

/* Until the files are settled, or somebody has something new. */
static void
wait_for (EhcpSync *sync, EhcpOutgoing *outgoing)
{
  while (!is_settled (sync, outgoing) && !sync->is_woken)
    g_cond_wait (&sync->woken, &sync->lock);
  sync->needs_pull |= sync->is_woken;
  sync->is_woken = FALSE;
}

/**
 * ehcp_sync_move_files:
 * @sync: the sync
 * @outgoing: the command whose turn it is; its files get the ids of their uploads
 * @error: return location
 *
 * Brings its files to the council, and those of later commands beside them as far as there is room.
 *
 * Returns: whether the council has them all; otherwise the first error, or %G_IO_ERROR_CANCELLED
 */
gboolean
ehcp_sync_move_files (EhcpSync *sync, EhcpOutgoing *outgoing, GError **error)
{
  gboolean is_good, is_done = FALSE;

  g_mutex_lock (&sync->lock);
  forget_failed (sync, outgoing->id);
  offer (sync, outgoing);
  while (!is_done)
    {
      Job job = { .cache = sync->cache };

      g_mutex_unlock (&sync->lock);
      ehcp_worker_call (sync->writer, list_job, &job);
      g_mutex_lock (&sync->lock);
      if (job.outbox != NULL)
        offer_later_ones (sync, outgoing, job.outbox);
      g_clear_pointer (&job.outbox, g_ptr_array_unref);
      g_clear_error (&job.error);
      start_lanes (sync);
      wait_for (sync, outgoing);
      is_done = is_settled (sync, outgoing);
    }
  is_good = settle (sync, outgoing, error);
  g_mutex_unlock (&sync->lock);
  return is_good;
}

/** ehcp_sync_init_files: Before the thread starts. */
void
ehcp_sync_init_files (EhcpSync *sync)
{
  g_cond_init (&sync->work);
  sync->moves = g_ptr_array_new_with_free_func (free_move);
  sync->lanes = g_ptr_array_new ();
}

/** ehcp_sync_end_files: Stops what is under way and ends the threads. In the sync thread, at its end. */
void
ehcp_sync_end_files (EhcpSync *sync)
{
  g_mutex_lock (&sync->lock);
  sync->is_over = TRUE;
  cancel (sync, NULL);
  g_cond_broadcast (&sync->work);
  g_mutex_unlock (&sync->lock);
  for (guint i = 0; i < sync->lanes->len; i++)
    g_thread_join (g_ptr_array_index (sync->lanes, i));
  g_ptr_array_set_size (sync->lanes, 0);
}

/** ehcp_sync_clear_files: With the last reference. */
void
ehcp_sync_clear_files (EhcpSync *sync)
{
  g_clear_pointer (&sync->moves, g_ptr_array_unref);
  g_clear_pointer (&sync->lanes, g_ptr_array_unref);
  g_cond_clear (&sync->work);
}
