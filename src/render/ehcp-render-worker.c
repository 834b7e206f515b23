/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread of a document: it owns everything of poppler's, from opening to closing, because
 * poppler's font engine is not safe for two threads at once. One job after the other, in the order
 * of asking. */
#include "ehcp-render-worker.h"

#include <math.h>
#include <poppler.h>

#define MAX_HITS 1000

/* What the thread alone owns. */
typedef struct
{
  GThread *self;
  GAsyncQueue *jobs;
  GBytes *content;
  PopplerDocument *poppler;
} Worker;

/* Debian 12's poppler does not define it for its own name, later ones do. */
typedef PopplerPage Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

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
  g_clear_pointer (&job->cr, cairo_destroy);
  g_clear_pointer (&job->text, g_free);
  g_free (job);
}

static GError *
explain_open_error (const GError *error)
{
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return g_error_new (EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_ENCRYPTED, "opening a document: %s",
                        error->message);
  return g_error_new (EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "opening a document: %s",
                      error->message);
}

/* As it is seen: poppler has turned it already. */
static gboolean
measure_page (PopplerDocument *poppler, int number, EhcpPageSize *size, GError **error)
{
  g_autoptr (Page) page = poppler_document_get_page (poppler, number);

  if (page != NULL)
    poppler_page_get_size (page, &size->width, &size->height);
  if (!(size->width >= 1.0 && size->height >= 1.0))
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "page %d has no size",
                 number + 1);
  else if (size->width > EHCP_RENDER_MAX_POINTS || size->height > EHCP_RENDER_MAX_POINTS)
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE,
                 "page %d measures %.0f by %.0f points", number + 1, size->width, size->height);
  else
    return TRUE;
  return FALSE;
}

static gboolean
measure_pages (Worker *worker, EhcpRenderDocument *document, GError **error)
{
  int n_pages = poppler_document_get_n_pages (worker->poppler);
  g_autofree EhcpPageSize *sizes = NULL;

  if (n_pages < 1)
    {
      g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "a document without pages");
      return FALSE;
    }
  if (n_pages > EHCP_RENDER_MAX_PAGES)
    {
      g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE, "%d pages", n_pages);
      return FALSE;
    }
  sizes = g_new0 (EhcpPageSize, (gsize)n_pages);
  for (int i = 0; i < n_pages; i++)
    if (!measure_page (worker->poppler, i, &sizes[i], error))
      return FALSE;
  ehcp_render_document_take_sizes (document, g_steal_pointer (&sizes), (guint)n_pages);
  return TRUE;
}

static void
open_document (Worker *worker, EhcpJob *job)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  g_autoptr (GError) error = NULL;

  worker->poppler = poppler_document_new_from_bytes (worker->content, NULL, &error);
  if (worker->poppler == NULL)
    g_task_return_error (job->task, explain_open_error (error));
  else if (!measure_pages (worker, document, &error))
    g_task_return_error (job->task, g_steal_pointer (&error));
  else
    g_task_return_pointer (job->task, g_object_ref (document), g_object_unref);
}

/* The picture takes the surface along, so that no pixel is copied. */
static EhcpRenderPicture *
take_surface (cairo_surface_t *surface)
{
  EhcpRenderPicture *picture = g_new0 (EhcpRenderPicture, 1);

  cairo_surface_flush (surface);
  picture->width = cairo_image_surface_get_width (surface);
  picture->height = cairo_image_surface_get_height (surface);
  picture->stride = (gsize)cairo_image_surface_get_stride (surface);
  picture->pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                                picture->stride * (gsize)picture->height,
                                                (GDestroyNotify)cairo_surface_destroy, surface);
  return picture;
}

static void
render_page (PopplerPage *page, EhcpJob *job, const EhcpPageSize *size)
{
  int width = MAX ((int)ceil (size->width * job->scale), 1);
  int height = MAX ((int)ceil (size->height * job->scale), 1);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, job->scale, job->scale);
  poppler_page_render (page, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      cairo_surface_destroy (surface);
      g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED,
                               "drawing a page: %s", cairo_status_to_string (status));
      return;
    }
  g_task_return_pointer (job->task, take_surface (surface),
                         (GDestroyNotify)ehcp_render_picture_free);
}

static void
draw_page (PopplerPage *page, EhcpJob *job)
{
  cairo_save (job->cr);
  poppler_page_render_for_printing (page, job->cr);
  cairo_restore (job->cr);
  if (cairo_status (job->cr) != CAIRO_STATUS_SUCCESS)
    g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED,
                             "printing a page: %s",
                             cairo_status_to_string (cairo_status (job->cr)));
  else
    g_task_return_boolean (job->task, TRUE);
}

static void
read_page (PopplerPage *page, EhcpJob *job)
{
  g_autofree char *text = poppler_page_get_text (page);

  g_task_return_pointer (job->task, g_utf8_make_valid (text != NULL ? text : "", -1), g_free);
}

static void
add_hits (GArray *hits, PopplerPage *page, guint number, double page_height, const char *text)
{
  GList *found = poppler_page_find_text_with_options (page, text, POPPLER_FIND_IGNORE_DIACRITICS);

  for (GList *l = found; l != NULL && hits->len < MAX_HITS; l = l->next)
    {
      PopplerRectangle *box = l->data;
      /* The format counts from the foot of the page. */
      EhcpRenderHit hit = { number, box->x1, page_height - box->y2, box->x2 - box->x1,
                            box->y2 - box->y1 };

      g_array_append_val (hits, hit);
    }
  g_list_free_full (found, (GDestroyNotify)poppler_rectangle_free);
}

static void
search (Worker *worker, EhcpJob *job)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (EhcpRenderHit));

  for (guint i = 0; i < ehcp_render_document_get_n_pages (document) && hits->len < MAX_HITS; i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (worker->poppler, (int)i);

      if (g_task_return_error_if_cancelled (job->task))
        return;
      if (page != NULL)
        add_hits (hits, page, i, ehcp_render_document_get_sizes (document)[i].height, job->text);
    }
  g_task_return_pointer (job->task, g_steal_pointer (&hits), (GDestroyNotify)g_array_unref);
}

static void
do_page_job (Worker *worker, EhcpJob *job)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  g_autoptr (Page) page = poppler_document_get_page (worker->poppler, (int)job->page);

  if (page == NULL)
    g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED,
                             "page %u is damaged", job->page + 1);
  else if (job->kind == EHCP_JOB_RENDER)
    render_page (page, job, &ehcp_render_document_get_sizes (document)[job->page]);
  else if (job->kind == EHCP_JOB_DRAW)
    draw_page (page, job);
  else
    read_page (page, job);
}

static void
do_job (Worker *worker, EhcpJob *job)
{
  g_assert (g_thread_self () == worker->self);
  if (g_task_return_error_if_cancelled (job->task))
    return;
  if (job->kind == EHCP_JOB_OPEN)
    open_document (worker, job);
  else if (job->kind == EHCP_JOB_SEARCH)
    search (worker, job);
  else
    do_page_job (worker, job);
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
  g_clear_object (&worker->poppler);
  g_bytes_unref (worker->content);
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
  g_thread_unref (g_thread_new ("document", run, worker));
}
