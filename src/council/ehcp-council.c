/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council core: one writer thread that puts everything that waits into one commit, each of several in
 * a savepoint of its own. Reading connections are ehcp-readers.c's. */
#include <glib/gstdio.h>

#include "ehcp-council-private.h"
#include "ehcp-db-private.h"
#include "ehcp-readers.h"
#include "ehcp-store.h"

#define MOST_IN_ONE_COMMIT 256

typedef struct
{
  EhcpWriteFunc write;    /* NULL: the thread ends */
  EhcpWrittenFunc written;
  gpointer data;
  GError *error;
} Job;

typedef struct
{
  GMutex lock;
  GCond cond;
  gboolean is_done;
  GError *error;
  EhcpWriteFunc write;
  gpointer data;
} Waiting;

struct _EhcpCouncil
{
  GObject parent_instance;

  EhcpConfig *config;
  EhcpClock *clock;
  char *path;
  char *epoch;
  EhcpDb *db;              /* the writer's */
  GThread *writer;
  GAsyncQueue *jobs;
  GArray *touches;         /* of EhcpTouch: what the open transaction wrote */
  EhcpWatch *watch;
  EhcpReaders *readers;
  GMutex lock;             /* of is_stopped: nothing is queued behind the end */
  gboolean is_stopped;
};

G_DEFINE_FINAL_TYPE (EhcpCouncil, ehcp_council, G_TYPE_OBJECT)

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_error (&job->error);
  g_free (job);
}

static void
tell (Job *job)
{
  if (job->written != NULL)
    job->written (job->data, job->error);
}

static void
write_job (EhcpCouncil *council, Job *job)
{
  if (!job->write (council, council->db, job->data, &job->error) && job->error == NULL)
    ehcp_set_error (&job->error, EHCP_ERROR_FAILED, NULL, "a write failed without saying why");
}

/* One of several in a commit: a savepoint keeps its failure from the others. */
static void
do_job (EhcpCouncil *council, Job *job)
{
  guint n_touches = council->touches->len;

  if (!ehcp_db_is_in_transaction (council->db))
    ehcp_set_error (&job->error, EHCP_ERROR_STORAGE, NULL, "the transaction ended early");
  else if (ehcp_db_savepoint (council->db, &job->error))
    {
      write_job (council, job);
      if (job->error == NULL && ehcp_db_release (council->db, &job->error))
        return;
      ehcp_db_roll_back_savepoint (council->db);
      g_array_set_size (council->touches, n_touches);
    }
}

static void
fail_all (GPtrArray *batch, const GError *error)
{
  for (guint i = 0; i < batch->len; i++)
    {
      Job *job = g_ptr_array_index (batch, i);

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

static void
commit (EhcpCouncil *council, GPtrArray *batch)
{
  g_autoptr (GError) error = NULL;

  if (!ehcp_db_is_in_transaction (council->db))
    ehcp_set_error (&error, EHCP_ERROR_STORAGE, NULL, "the transaction was undone");
  else if (ehcp_db_commit (council->db, &error))
    {
      ehcp_watch_wake_concerned (council->watch, council->db, council->touches);
      return;
    }
  ehcp_db_roll_back (council->db);
  g_message ("a commit failed: %s", error->message);
  fail_all (batch, error);
}

/* One alone is its own transaction. A savepoint would copy each page that it changes a second time. */
static void
do_jobs (EhcpCouncil *council, GPtrArray *batch)
{
  Job *first = g_ptr_array_index (batch, 0);

  if (batch->len > 1)
    for (guint i = 0; i < batch->len; i++)
      do_job (council, g_ptr_array_index (batch, i));
  else
    write_job (council, first);
  if (batch->len > 1 || first->error == NULL)
    commit (council, batch);
  else
    ehcp_db_roll_back (council->db);
}

static void
do_batch (EhcpCouncil *council, GPtrArray *batch)
{
  g_autoptr (GError) error = NULL;

  g_array_set_size (council->touches, 0);
  if (!ehcp_db_begin (council->db, &error))
    fail_all (batch, error);
  else
    do_jobs (council, batch);
  for (guint i = 0; i < batch->len; i++)
    tell (g_ptr_array_index (batch, i));
}

static gpointer
run_writer (gpointer data)
{
  EhcpCouncil *council = data;
  gboolean is_over = FALSE;

  while (!is_over)
    {
      g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (free_job);
      Job *job = g_async_queue_pop (council->jobs);

      while (job != NULL)
        {
          if (job->write == NULL)
            {
              is_over = TRUE;
              free_job (job);
              break;
            }
          g_ptr_array_add (batch, job);
          job = batch->len < MOST_IN_ONE_COMMIT ? g_async_queue_try_pop (council->jobs) : NULL;
        }
      if (batch->len > 0)
        do_batch (council, batch);
    }
  return NULL;
}

static void
ehcp_council_finalize (GObject *object)
{
  EhcpCouncil *council = EHCP_COUNCIL (object);

  ehcp_council_stop (council);
  g_clear_pointer (&council->jobs, g_async_queue_unref);
  g_clear_pointer (&council->touches, g_array_unref);
  g_clear_pointer (&council->watch, ehcp_watch_free);
  g_clear_pointer (&council->path, g_free);
  g_clear_pointer (&council->epoch, g_free);
  g_clear_pointer (&council->config, ehcp_config_free);
  g_clear_object (&council->clock);
  g_mutex_clear (&council->lock);
  G_OBJECT_CLASS (ehcp_council_parent_class)->finalize (object);
}

static void
ehcp_council_class_init (EhcpCouncilClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_council_finalize;
}

static void
ehcp_council_init (EhcpCouncil *council)
{
  council->jobs = g_async_queue_new_full (free_job);
  council->touches = g_array_new (FALSE, TRUE, sizeof (EhcpTouch));
  g_array_set_clear_func (council->touches, ehcp_touch_clear);
  council->watch = ehcp_watch_new ();
  g_mutex_init (&council->lock);
}

/* A new database has no epoch yet. */
static char *
begin_epoch (EhcpDb *db, GError **error)
{
  g_autoptr (GError) failure = NULL;
  char *epoch = ehcp_store_get_epoch (db, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (epoch != NULL)
    return epoch;
  if (!ehcp_db_begin (db, error) || !ehcp_store_renew_epoch (db, error) || !ehcp_db_commit (db, error))
    return NULL;
  return ehcp_store_get_epoch (db, error);
}

static gboolean
open_database (EhcpCouncil *council, GError **error)
{
  if (g_mkdir_with_parents (council->config->data_dir, 0700) != 0)
    {
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "cannot make the folder %s",
                      council->config->data_dir);
      return FALSE;
    }
  council->path = g_build_filename (council->config->data_dir, "council.db", NULL);
  council->db = ehcp_db_open (council->path, FALSE, error);
  if (council->db == NULL || !ehcp_db_migrate (council->db, error))
    return FALSE;
  council->epoch = begin_epoch (council->db, error);
  if (council->epoch == NULL)
    return FALSE;
  council->readers = ehcp_readers_new (council->path);
  return TRUE;
}

/**
 * ehcp_council_new:
 * @config: (transfer full): the configuration; `data_dir` is made when it is not there
 * @clock: the clock
 * @error: return location
 *
 * Opens the database, brings its tables to this version and starts the writer thread.
 *
 * Returns: (transfer full): the council core; %NULL with %EHCP_ERROR_STORAGE or %EHCP_ERROR_FAILED.
 */
EhcpCouncil *
ehcp_council_new (EhcpConfig *config, EhcpClock *clock, GError **error)
{
  g_autoptr (EhcpCouncil) council = g_object_new (EHCP_TYPE_COUNCIL, NULL);

  g_return_val_if_fail (config != NULL && EHCP_IS_CLOCK (clock), NULL);
  council->config = config;
  council->clock = g_object_ref (clock);
  if (!open_database (council, error))
    return NULL;
  council->writer = g_thread_new ("writer", run_writer, council);
  return g_steal_pointer (&council);
}

/**
 * ehcp_council_stop:
 * @council: the council
 *
 * Carries out what waits, ends the writer and closes the database. Other threads must have stopped reading;
 * what they still want to write is refused. Not from the writer thread. A second call does nothing.
 */
void
ehcp_council_stop (EhcpCouncil *council)
{
  g_mutex_lock (&council->lock);
  if (!council->is_stopped)
    g_async_queue_push (council->jobs, g_new0 (Job, 1));
  council->is_stopped = TRUE;
  g_mutex_unlock (&council->lock);
  g_clear_pointer (&council->writer, g_thread_join);
  g_clear_pointer (&council->readers, ehcp_readers_close);
  g_clear_pointer (&council->db, ehcp_db_close);
}

/** ehcp_council_get_config: Returns: (transfer none): read only. Any thread. */
EhcpConfig *
ehcp_council_get_config (EhcpCouncil *council)
{
  return council->config;
}

/** ehcp_council_get_clock: Returns: (transfer none): Any thread. */
EhcpClock *
ehcp_council_get_clock (EhcpCouncil *council)
{
  return council->clock;
}

/** ehcp_council_get_epoch: Returns: (transfer none): what a restore changes; the same as long as it runs. Any thread. */
const char *
ehcp_council_get_epoch (EhcpCouncil *council)
{
  return council->epoch;
}

/** ehcp_council_get_reader: Returns: (transfer none): the calling thread's own connection, which it has until
 * it ends or the council stops; %NULL with an error. In the writer thread: the writer's. */
EhcpDb *
ehcp_council_get_reader (EhcpCouncil *council, GError **error)
{
  g_return_val_if_fail (council->readers != NULL, NULL);
  return g_thread_self () == council->writer ? council->db : ehcp_readers_get (council->readers, error);
}

/**
 * ehcp_council_write:
 * @council: the council
 * @write: what to do, in the writer thread, inside a transaction
 * @written: (nullable): told when it is durable, or what went wrong; in the writer thread
 * @data: for both
 *
 * Puts a write into the queue. Writes are carried out in the order in which they were asked for. Any
 * thread; does not wait. After ehcp_council_stop() @written gets %EHCP_ERROR_BUSY, in the calling thread.
 */
void
ehcp_council_write (EhcpCouncil *council, EhcpWriteFunc write, EhcpWrittenFunc written, gpointer data)
{
  Job *job = g_new0 (Job, 1);
  gboolean is_stopped;

  g_return_if_fail (write != NULL);
  job->write = write;
  job->written = written;
  job->data = data;
  g_mutex_lock (&council->lock);
  is_stopped = council->is_stopped;
  if (!is_stopped)
    g_async_queue_push (council->jobs, job);
  g_mutex_unlock (&council->lock);
  if (!is_stopped)
    return;
  ehcp_set_error (&job->error, EHCP_ERROR_BUSY, NULL, "the council is stopping");
  tell (job);
  free_job (job);
}

static gboolean
write_waiting (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Waiting *waiting = data;

  return waiting->write (council, db, waiting->data, error);
}

static void
waiting_written (gpointer data, const GError *error)
{
  Waiting *waiting = data;

  g_mutex_lock (&waiting->lock);
  waiting->is_done = TRUE;
  waiting->error = error != NULL ? g_error_copy (error) : NULL;
  g_cond_signal (&waiting->cond);
  g_mutex_unlock (&waiting->lock);
}

/** ehcp_council_write_sync: Like ehcp_council_write(), and waits. Not from the writer thread. */
gboolean
ehcp_council_write_sync (EhcpCouncil *council, EhcpWriteFunc write, gpointer data, GError **error)
{
  Waiting waiting = { .write = write, .data = data };

  g_return_val_if_fail (g_thread_self () != council->writer, FALSE);
  g_mutex_init (&waiting.lock);
  g_cond_init (&waiting.cond);
  ehcp_council_write (council, write_waiting, waiting_written, &waiting);
  g_mutex_lock (&waiting.lock);
  while (!waiting.is_done)
    g_cond_wait (&waiting.cond, &waiting.lock);
  g_mutex_unlock (&waiting.lock);
  g_cond_clear (&waiting.cond);
  g_mutex_clear (&waiting.lock);
  if (waiting.error == NULL)
    return TRUE;
  g_propagate_error (error, waiting.error);
  return FALSE;
}

/** ehcp_council_touch: See the private header. In a write; forgotten when that fails. */
void
ehcp_council_touch (EhcpCouncil *council, const char *case_id, const char *audience, const char *named,
                    const char *owner)
{
  EhcpTouch touch = { g_strdup (case_id), g_strdup (audience), g_strdup (named), g_strdup (owner) };

  g_array_append_val (council->touches, touch);
}

/** ehcp_council_touch_account: See the private header. In a write. */
void
ehcp_council_touch_account (EhcpCouncil *council, const char *account)
{
  ehcp_council_touch (council, NULL, NULL, NULL, account);
}

/** ehcp_council_get_watch: Returns: (transfer none): the held requests. Any thread. */
EhcpWatch *
ehcp_council_get_watch (EhcpCouncil *council)
{
  return council->watch;
}
