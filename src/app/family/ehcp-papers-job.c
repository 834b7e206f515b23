/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One piece after the other: its content comes over the link in the main thread's time, then a thread writes
 * it. Only one document is in memory. */
#include "ehcp-papers-job.h"

typedef struct
{
  GPtrArray *entries;
  guint next;
  EhcpPapersForm form;
  char *folder;
  char *title;
  char *made;
  EhcpPapersWriter *writer; /* used by one thread at a time */
  GBytes *content;          /* of the piece that is written now, or NULL */
  EhcpPapersProgress progress;
  gpointer data;
} Job;

static void step (GTask *task);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->writer, ehcp_papers_writer_free);
  g_clear_pointer (&job->content, g_bytes_unref);
  g_clear_pointer (&job->entries, g_ptr_array_unref);
  g_free (job->folder);
  g_free (job->title);
  g_free (job->made);
  g_free (job);
}

static void
write_thread (GTask *step_task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = g_task_get_task_data (G_TASK (data));
  GError *error = NULL;
  gboolean is_good = TRUE;

  if (job->writer == NULL)
    job->writer = ehcp_papers_writer_new (job->form, job->folder, job->title, job->made, job->entries, &error);
  if (job->writer != NULL)
    is_good = ehcp_papers_writer_add (job->writer, g_ptr_array_index (job->entries, job->next), job->content,
                                      &error);
  if (job->writer != NULL && is_good)
    g_task_return_boolean (step_task, TRUE);
  else
    g_task_return_error (step_task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&job->content, g_bytes_unref);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  job->next++;
  job->progress (job->data, job->next, job->entries->len);
  step (task);
}

static void
write_piece (GTask *task)
{
  g_autoptr (GTask) step_task = g_task_new (g_task_get_source_object (task), NULL, written_cb, g_object_ref (task));

  g_task_set_task_data (step_task, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (step_task, write_thread);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);

  job->content = ehcp_link_load_document_finish (EHCP_LINK (source), result, NULL);
  if (!g_task_return_error_if_cancelled (task))
    write_piece (task);
}

static void
finish_thread (GTask *step_task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = g_task_get_task_data (G_TASK (data));
  GError *error = NULL;
  char *path = ehcp_papers_writer_finish (job->writer, &error);

  if (path != NULL)
    g_task_return_pointer (step_task, path, g_free);
  else
    g_task_return_error (step_task, error);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *path = g_task_propagate_pointer (G_TASK (result), &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

static void
step (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  EhcpPapersEntry *entry;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->next == job->entries->len)
    {
      g_autoptr (GTask) last = g_task_new (g_task_get_source_object (task), NULL, finished_cb, g_object_ref (task));

      g_task_set_task_data (last, g_object_ref (task), g_object_unref);
      g_task_run_in_thread (last, finish_thread);
      return;
    }
  entry = g_ptr_array_index (job->entries, job->next);
  if (entry->document == NULL || ehcp_record_has (entry->document, "check"))
    write_piece (task);
  else
    ehcp_link_load_document_async (g_task_get_source_object (task), entry->document,
                                   g_task_get_cancellable (task), loaded_cb, g_object_ref (task));
}

/* What is written stays away until it is complete; cancelled, nothing stays. */
void
ehcp_papers_make_async (EhcpLink *link, const char *case_id, EhcpPapersForm form, const char *folder,
                        const char *title, const char *made, EhcpPapersProgress progress,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (link, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->entries = ehcp_papers_list_new (link, case_id);
  job->form = form;
  job->folder = g_strdup (folder);
  job->title = g_strdup (title);
  job->made = g_strdup (made);
  job->progress = progress;
  job->data = data;
  g_task_set_task_data (task, job, job_free);
  progress (data, 0, job->entries->len);
  step (task);
}

char *
ehcp_papers_make_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
