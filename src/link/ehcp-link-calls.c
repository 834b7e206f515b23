/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the link's calls run in its threads, and one request of the account thread. */
#include "ehcp-link-private.h"

typedef struct
{
  const char *method;
  char *path;
  char *token;
  GBytes *body;
  EhcpReadFunc read;
  GDestroyNotify destroy;
} Call;

static void
free_call (gpointer data)
{
  Call *call = data;

  g_clear_pointer (&call->path, g_free);
  g_clear_pointer (&call->token, g_free);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_free (call);
}

/* Makes the task of a call; without a cancellable of the caller's, the link's end cancels it. */
GTask *
ehcp_link_new_task (EhcpLink *link, gpointer tag, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (link, cancellable != NULL ? cancellable : link->closing, callback, data);

  g_task_set_source_tag (task, tag);
  return task;
}

static void
cancel_cb (GCancellable *closing, gpointer cancellable)
{
  if (closing != cancellable)
    g_cancellable_cancel (cancellable);
}

typedef struct
{
  GTask *task;
  EhcpWorkFunc work;
} Run;

static void
run_task (gpointer data)
{
  Run *run = data;
  EhcpLink *link = g_task_get_source_object (run->task);
  GCancellable *cancellable = g_task_get_cancellable (run->task);
  gulong handler = 0;

  if (cancellable != link->closing)
    handler = g_cancellable_connect (link->closing, G_CALLBACK (cancel_cb),
                                     g_object_ref (cancellable), g_object_unref);
  if (!g_task_get_check_cancellable (run->task) || !g_task_return_error_if_cancelled (run->task))
    run->work (run->task);
  if (handler != 0)
    g_cancellable_disconnect (link->closing, handler);
}

/* The last reference to a link must not go in one of its own threads, which it would then wait for. */
static void
free_run (gpointer data)
{
  Run *run = data;

  g_idle_add_once ((GSourceOnceFunc) g_object_unref, run->task);
  g_free (run);
}

/* Gives @task (transfer full) to a worker, %NULL when the link is closed; @work gets it and returns through
 * it. */
void
ehcp_link_run (EhcpWorker *worker, GTask *task, EhcpWorkFunc work)
{
  Run *run;

  if (worker == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the link was closed");
      g_object_unref (task);
      return;
    }
  run = g_new0 (Run, 1);
  run->task = task;
  run->work = work;
  ehcp_worker_push (worker, run_task, run, free_run);
}

static void
call_job (gpointer data)
{
  GTask *task = data;
  EhcpLink *link = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  EhcpRequest request = { .method = call->method,
                          .path = call->path,
                          .token = call->token,
                          .body = call->body };
  GError *error = NULL;
  g_autoptr (EhcpAnswer) answer =
      ehcp_http_send (link->account_http, &request, g_task_get_cancellable (task), &error);
  gpointer result = NULL;

  if (answer != NULL)
    result = call->read (answer, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, call->destroy);
  else
    g_task_return_error (task, error);
}

/*
 * @task: (transfer full): ends with what @read makes of the answer
 * @path: (transfer full): from "/v1/" on
 * @body: (nullable) (transfer full): wiped when it was sent
 */
void
ehcp_link_call (EhcpLink *link, GTask *task, const char *method, char *path, EhcpRecord *body,
                EhcpReadFunc read, GDestroyNotify destroy)
{
  g_autoptr (EhcpRecord) owned = body;
  Call *call = g_new0 (Call, 1);

  call->method = method;
  call->path = path;
  call->token = link->session != NULL ? g_strdup (link->session->token) : NULL;
  call->body = body != NULL ? ehcp_http_encode (body) : NULL;
  call->read = read;
  call->destroy = destroy;
  g_task_set_task_data (task, call, free_call);
  ehcp_link_run (link->account, task, call_job);
}

/* While nobody is signed in, these calls are what tells whether the council can be reached. */
gpointer
ehcp_link_take_pointer (EhcpLink *link, GAsyncResult *result, GError **error)
{
  GError *local_error = NULL;
  gpointer pointer = g_task_propagate_pointer (G_TASK (result), &local_error);
  gboolean is_offline = g_error_matches (local_error, EHCP_ERROR, EHCP_ERROR_OFFLINE);

  if (link->sync == NULL && (local_error == NULL || local_error->domain == EHCP_ERROR))
    ehcp_link_set_online (link, !is_offline);
  else if (is_offline)
    ehcp_link_wake (link);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return pointer;
}
