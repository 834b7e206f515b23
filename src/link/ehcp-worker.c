/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread, one queue. What the jobs own is theirs; that they run in order and alone is this file's. */
#include "ehcp-worker.h"

typedef struct
{
  EhcpWorkFunc work;
  gpointer data;
  GDestroyNotify destroy;
  gboolean *is_done; /* of a caller that waits; guarded by the worker's lock */
} Job;

struct _EhcpWorker
{
  GAsyncQueue *jobs;
  GThread *thread;
  GMutex lock;
  GCond done;
};

static void
finish_job (EhcpWorker *worker, Job *job)
{
  if (job->destroy != NULL)
    job->destroy (job->data);
  if (job->is_done != NULL)
    {
      g_mutex_lock (&worker->lock);
      *job->is_done = TRUE;
      g_cond_broadcast (&worker->done);
      g_mutex_unlock (&worker->lock);
    }
  g_free (job);
}

/* A job without work is the last one. */
static gpointer
work_thread (gpointer data)
{
  EhcpWorker *worker = data;
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Job *job = g_async_queue_pop (worker->jobs);

      is_last = job->work == NULL;
      if (!is_last)
        job->work (job->data);
      finish_job (worker, job);
    }
  return NULL;
}

/** ehcp_worker_start: Returns: (transfer full): a running thread; @name has at most 15 characters. */
EhcpWorker *
ehcp_worker_start (const char *name)
{
  EhcpWorker *worker = g_new0 (EhcpWorker, 1);

  worker->jobs = g_async_queue_new ();
  g_mutex_init (&worker->lock);
  g_cond_init (&worker->done);
  worker->thread = g_thread_new (name, work_thread, worker);
  return worker;
}

/**
 * ehcp_worker_push:
 * @worker: the worker
 * @work: (nullable): the job; %NULL is for the worker itself
 * @data: (transfer full): for it
 * @destroy: (nullable): gives @data back in the worker's thread, after the job
 *
 * Any thread; returns at once.
 */
void
ehcp_worker_push (EhcpWorker *worker, EhcpWorkFunc work, gpointer data, GDestroyNotify destroy)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  job->destroy = destroy;
  g_async_queue_push (worker->jobs, job);
}

/**
 * ehcp_worker_call:
 * @worker: the worker
 * @work: the job
 * @data: for it, stays the caller's
 *
 * Blocks until the job and all before it are done. Any thread but the worker's own and the main one.
 */
void
ehcp_worker_call (EhcpWorker *worker, EhcpWorkFunc work, gpointer data)
{
  gboolean is_done = FALSE;
  Job *job = g_new0 (Job, 1);

  g_assert (!ehcp_worker_is_current (worker));

  job->work = work;
  job->data = data;
  job->is_done = &is_done;
  g_async_queue_push (worker->jobs, job);
  g_mutex_lock (&worker->lock);
  while (!is_done)
    g_cond_wait (&worker->done, &worker->lock);
  g_mutex_unlock (&worker->lock);
}

/** ehcp_worker_is_current: Returns: whether the caller is the worker's thread. */
gboolean
ehcp_worker_is_current (EhcpWorker *worker)
{
  return g_thread_self () == worker->thread;
}

/** ehcp_worker_stop: Does what is in the queue, ends the thread, gives it back. Any other thread. */
void
ehcp_worker_stop (EhcpWorker *worker)
{
  ehcp_worker_push (worker, NULL, NULL, NULL);
  g_thread_join (worker->thread);
  g_async_queue_unref (worker->jobs);
  g_mutex_clear (&worker->lock);
  g_cond_clear (&worker->done);
  g_free (worker);
}
