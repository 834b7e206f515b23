/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread of a document: it alone talks with the document's process, one question after the other, in
 * the order of asking. A process that ended is started again for the pages that had no part in it. */
#include "ehcp-render-worker.h"

#include "ehcp-render-peer.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define MAX_STARTS 6

/* What the thread alone owns. */
typedef struct
{
  GThread *self;
  GAsyncQueue *jobs;
  GBytes *content;      /* NULL once it is in memory that the process shares */
  int memory;           /* -1: none yet */
  EhcpRenderPeer *peer; /* NULL: not started, or ended */
  guint n_starts;
  GHashTable *bad; /* pages at which the process ended, as pointers */
} Worker;

EhcpJob *
ehcp_job_new (EhcpJobKind kind, GTask *task)
{
  EhcpJob *job = g_new0 (EhcpJob, 1);

  job->kind = kind;
  job->task = task;
  return job;
}

void
ehcp_job_free (EhcpJob *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->text, g_free);
  g_free (job);
}

static gboolean
fail (GError **error, const char *doing)
{
  g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "%s: %s", doing, g_strerror (errno));
  return FALSE;
}

/* The process */

static GVariant *
start (Worker *worker, GError **error)
{
  GVariant *sizes;

  if (worker->memory < 0)
    worker->memory = ehcp_render_memory_new_from_bytes ("document", worker->content);
  if (worker->memory < 0)
    {
      fail (error, "memory for a document");
      return NULL;
    }
  g_clear_pointer (&worker->content, g_bytes_unref);
  if (worker->n_starts >= MAX_STARTS)
    {
      g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED, "it ended %d times", MAX_STARTS);
      return NULL;
    }
  worker->n_starts++;
  worker->peer = ehcp_render_peer_start (error);
  if (worker->peer == NULL)
    return NULL;
  sizes = ehcp_render_peer_ask (worker->peer, EHCP_WIRE_OPEN, g_variant_new ("()"), worker->memory, error);
  if (sizes == NULL)
    g_clear_pointer (&worker->peer, ehcp_render_peer_stop);
  return sizes;
}

static gboolean
start_again (Worker *worker, GError **error)
{
  g_autoptr (GVariant) sizes = worker->peer == NULL ? start (worker, error) : NULL;

  return worker->peer != NULL;
}

static GVariant *
ask (Worker *worker, EhcpWireKind kind, guint page, GVariant *question, int fd, GError **error)
{
  GVariant *answer;

  if (g_hash_table_contains (worker->bad, GUINT_TO_POINTER (page)) || !start_again (worker, error))
    {
      g_variant_unref (g_variant_ref_sink (question));
      if (error != NULL && *error == NULL)
        g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_STOPPED,
                     "page %u ended its process before", page + 1);
      return NULL;
    }
  answer = ehcp_render_peer_ask (worker->peer, kind, question, fd, error);
  if (ehcp_render_peer_is_over (worker->peer))
    {
      g_clear_pointer (&worker->peer, ehcp_render_peer_stop);
      g_hash_table_add (worker->bad, GUINT_TO_POINTER (page));
    }
  return answer;
}

/* Opening */

static EhcpPageSize *
take_sizes (GVariant *answer, guint *n_pages)
{
  g_autofree EhcpPageSize *sizes = NULL;

  *n_pages = (guint) g_variant_n_children (answer);
  if (*n_pages < 1 || *n_pages > EHCP_RENDER_MAX_PAGES)
    return NULL;
  sizes = g_new0 (EhcpPageSize, *n_pages);
  for (guint i = 0; i < *n_pages; i++)
    {
      g_variant_get_child (answer, i, "(dd)", &sizes[i].width, &sizes[i].height);
      if (!(sizes[i].width >= 1 && sizes[i].width <= EHCP_RENDER_MAX_POINTS && sizes[i].height >= 1 &&
            sizes[i].height <= EHCP_RENDER_MAX_POINTS))
        return NULL;
    }
  return g_steal_pointer (&sizes);
}

static void
open_document (Worker *worker, EhcpJob *job)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = start (worker, &error);
  EhcpPageSize *sizes;
  guint n_pages;

  if (answer == NULL)
    g_task_return_error (job->task, g_steal_pointer (&error));
  else if ((sizes = take_sizes (answer, &n_pages)) == NULL)
    g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "pages without size");
  else
    {
      ehcp_render_document_take_sizes (document, sizes, n_pages);
      g_task_return_pointer (job->task, g_object_ref (document), g_object_unref);
    }
}

/* Pages */

/* The process draws into the picture's own memory: no pixel is copied. */
static EhcpRenderPicture *
picture_new (int fd, int width, int height, gsize stride)
{
  EhcpRenderPicture *picture;
  GBytes *pixels = ehcp_render_memory_map (fd, stride * (gsize) height);

  if (pixels == NULL)
    return NULL;
  picture = g_new0 (EhcpRenderPicture, 1);
  picture->width = width;
  picture->height = height;
  picture->stride = stride;
  picture->pixels = pixels;
  return picture;
}

static EhcpRenderPicture *
render_page (Worker *worker, EhcpJob *job, GError **error)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  const EhcpPageSize *size = &ehcp_render_document_get_sizes (document)[job->page];
  int width = MAX ((int) ceil (size->width * job->scale), 1);
  int height = MAX ((int) ceil (size->height * job->scale), 1);
  gsize stride = (gsize) width * 4;
  int fd = ehcp_render_memory_new ("page", stride * (gsize) height);
  g_autoptr (GVariant) answer = NULL;
  EhcpRenderPicture *picture = NULL;

  if (fd < 0)
    {
      fail (error, "memory for a page");
      return NULL;
    }
  answer = ask (worker, EHCP_WIRE_RENDER, job->page,
                g_variant_new ("(uduuu)", job->page, job->scale, (guint32) width, (guint32) height,
                               (guint32) stride), fd, error);
  if (answer != NULL && (picture = picture_new (fd, width, height, stride)) == NULL)
    fail (error, "memory for a page");
  close (fd);
  return picture;
}

static EhcpRenderText *
read_page (Worker *worker, EhcpJob *job, GError **error)
{
  g_autoptr (GVariant) answer =
      ask (worker, EHCP_WIRE_READ, job->page, g_variant_new ("(u)", job->page), -1, error);
  g_autoptr (GVariant) boxes = NULL;
  EhcpRenderText *text;
  gsize length;
  gconstpointer bytes;

  if (answer == NULL)
    return NULL;
  text = g_new0 (EhcpRenderText, 1);
  g_variant_get_child (answer, 0, "s", &text->text);
  boxes = g_variant_get_child_value (answer, 1);
  bytes = g_variant_get_fixed_array (boxes, &length, 1);
  if (length == sizeof (EhcpRenderBox) * (gsize) g_utf8_strlen (text->text, -1) && length > 0)
    {
      text->boxes = g_memdup2 (bytes, length);
      text->n_boxes = (guint) (length / sizeof (EhcpRenderBox));
    }
  return text;
}

/* The whole document */

static gboolean
add_hits (GArray *hits, guint page, GVariant *answer)
{
  for (gsize i = 0; i < g_variant_n_children (answer) && hits->len < EHCP_RENDER_MAX_HITS; i++)
    {
      EhcpRenderHit hit = { page, 0, 0, 0, 0 };

      g_variant_get_child (answer, i, "(dddd)", &hit.x, &hit.y, &hit.width, &hit.height);
      g_array_append_val (hits, hit);
    }
  return hits->len < EHCP_RENDER_MAX_HITS;
}

/* A page that cannot be searched is left out: the others may have it. */
static GArray *
search (Worker *worker, EhcpJob *job)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  guint n_pages = ehcp_render_document_get_n_pages (document);
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (EhcpRenderHit));
  gboolean has_room = TRUE;

  for (guint i = 0; i < n_pages && has_room; i++)
    {
      g_autoptr (GVariant) answer = NULL;

      if (g_cancellable_is_cancelled (g_task_get_cancellable (job->task)))
        break;
      answer = ask (worker, EHCP_WIRE_FIND, i, g_variant_new ("(us)", i, job->text), -1, NULL);
      has_room = answer == NULL || add_hits (hits, i, answer);
    }
  return hits;
}

static void
chapter_free (gpointer data)
{
  EhcpRenderChapter *chapter = data;

  g_free (chapter->title);
  g_free (chapter);
}

/* The contents belong to no page: under the number behind the last one a failure is remembered. */
static GPtrArray *
read_outline (Worker *worker, EhcpJob *job, GError **error)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  guint n_pages = ehcp_render_document_get_n_pages (document);
  g_autoptr (GVariant) answer =
      ask (worker, EHCP_WIRE_OUTLINE, n_pages, g_variant_new ("()"), -1, error);
  GPtrArray *chapters;

  if (answer == NULL)
    return NULL;
  chapters = g_ptr_array_new_with_free_func (chapter_free);
  for (gsize i = 0; i < g_variant_n_children (answer) && i < EHCP_RENDER_MAX_OUTLINE; i++)
    {
      EhcpRenderChapter *chapter = g_new0 (EhcpRenderChapter, 1);

      g_variant_get_child (answer, i, "(usu)", &chapter->depth, &chapter->title, &chapter->page);
      chapter->depth = MIN (chapter->depth, EHCP_RENDER_MAX_DEPTH);
      chapter->page = MIN (chapter->page, n_pages - 1);
      g_ptr_array_add (chapters, chapter);
    }
  return chapters;
}

static void
give (EhcpJob *job, gpointer found, GDestroyNotify free_found, GError **error)
{
  if (found != NULL)
    g_task_return_pointer (job->task, found, free_found);
  else
    g_task_return_error (job->task, g_steal_pointer (error));
}

static void
do_job (Worker *worker, EhcpJob *job)
{
  GError *error = NULL;

  g_assert (g_thread_self () == worker->self);
  if (g_task_return_error_if_cancelled (job->task))
    return;
  switch (job->kind)
    {
    case EHCP_JOB_OPEN:
      open_document (worker, job);
      break;
    case EHCP_JOB_RENDER:
      give (job, render_page (worker, job, &error), (GDestroyNotify) ehcp_render_picture_free, &error);
      break;
    case EHCP_JOB_READ:
      give (job, read_page (worker, job, &error), (GDestroyNotify) ehcp_render_text_free, &error);
      break;
    case EHCP_JOB_SEARCH:
      give (job, search (worker, job), (GDestroyNotify) g_array_unref, &error);
      break;
    case EHCP_JOB_OUTLINE:
      give (job, read_outline (worker, job, &error), (GDestroyNotify) g_ptr_array_unref, &error);
      break;
    case EHCP_JOB_QUIT:
    default:
      g_assert_not_reached ();
    }
}

static gpointer
run (gpointer data)
{
  Worker *worker = data;
  gboolean is_over = FALSE;

  worker->self = g_thread_self ();
  while (!is_over)
    {
      EhcpJob *job = g_async_queue_pop (worker->jobs);

      is_over = job->kind == EHCP_JOB_QUIT;
      if (!is_over)
        do_job (worker, job);
      ehcp_job_free (job);
    }
  g_clear_pointer (&worker->peer, ehcp_render_peer_stop);
  if (worker->memory >= 0)
    close (worker->memory);
  g_clear_pointer (&worker->content, g_bytes_unref);
  g_hash_table_unref (worker->bad);
  g_async_queue_unref (worker->jobs);
  g_free (worker);
  return NULL;
}

/* Starts the thread; it ends with %EHCP_JOB_QUIT. Nobody waits for its end. */
void
ehcp_render_worker_start (GAsyncQueue *jobs, GBytes *content)
{
  Worker *worker = g_new0 (Worker, 1);

  worker->jobs = g_async_queue_ref (jobs);
  worker->content = g_bytes_ref (content);
  worker->memory = -1;
  worker->bad = g_hash_table_new (NULL, NULL);
  g_thread_unref (g_thread_new ("document", run, worker));
}
