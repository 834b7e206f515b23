/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF document in a thread of its own. Poppler's objects live in that thread from opening to closing:
 * its font engine is not safe for two threads at once. What is drawn on a screen is left to the caller. */
#include "ehcp-render-document.h"

#include <math.h>
#include <poppler.h>
#include <string.h>

#define MAX_HITS 1000

typedef enum
{
  JOB_OPEN,
  JOB_RENDER,
  JOB_DRAW,
  JOB_READ,
  JOB_SEARCH,
  JOB_QUIT,
} JobKind;

typedef struct
{
  JobKind kind;
  GTask *task;
  guint page;
  double scale;
  cairo_t *cr;
  char *text;
} Job;

typedef struct
{
  double width;
  double height;
} Size;

/* What the thread alone owns. */
typedef struct
{
  GThread *self;
  GAsyncQueue *jobs;
  GBytes *content;
  PopplerDocument *poppler;
} Worker;

struct _EhcpRenderDocument
{
  GObject parent_instance;

  GAsyncQueue *jobs;
  Size *sizes; /* written by the thread while it opens, fixed from then on */
  guint n_pages;
};

/* Debian 12's poppler does not define it for its own name, later ones do. */
typedef PopplerPage Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

G_DEFINE_QUARK (ehcp-render-error-quark, ehcp_render_error)
G_DEFINE_FINAL_TYPE (EhcpRenderDocument, ehcp_render_document, G_TYPE_OBJECT)

static Job *
job_new (JobKind kind, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->task = task;
  return job;
}

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_clear_pointer (&job->cr, cairo_destroy);
  g_clear_pointer (&job->text, g_free);
  g_free (job);
}

/**
 * ehcp_render_picture_free:
 * @picture: (transfer full): a picture
 *
 * Frees it. Any thread.
 */
void
ehcp_render_picture_free (EhcpRenderPicture *picture)
{
  if (picture == NULL)
    return;
  g_clear_pointer (&picture->pixels, g_bytes_unref);
  g_free (picture);
}

/* In the document's thread */

static GError *
explain_open_error (const GError *error)
{
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return g_error_new (EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_ENCRYPTED, "opening a document: %s",
                        error->message);
  return g_error_new (EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "opening a document: %s",
                      error->message);
}

/* A page may be turned; poppler gives the size as it is seen. */
static gboolean
measure_pages (Worker *worker, EhcpRenderDocument *document, GError **error)
{
  int n_pages = poppler_document_get_n_pages (worker->poppler);

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
  document->sizes = g_new0 (Size, (gsize) n_pages);
  document->n_pages = (guint) n_pages;
  for (int i = 0; i < n_pages; i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (worker->poppler, i);
      Size *size = &document->sizes[i];

      if (page != NULL)
        poppler_page_get_size (page, &size->width, &size->height);
      if (!(size->width >= 1.0 && size->height >= 1.0))
        {
          g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_DAMAGED, "page %d has no size", i + 1);
          return FALSE;
        }
      if (size->width > EHCP_RENDER_MAX_POINTS || size->height > EHCP_RENDER_MAX_POINTS)
        {
          g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE,
                       "page %d measures %.0f by %.0f points", i + 1, size->width, size->height);
          return FALSE;
        }
    }
  return TRUE;
}

static void
open_document (Worker *worker, Job *job)
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
  picture->stride = (gsize) cairo_image_surface_get_stride (surface);
  picture->pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                                picture->stride * (gsize) picture->height,
                                                (GDestroyNotify) cairo_surface_destroy, surface);
  return picture;
}

static void
render_page (PopplerPage *page, Job *job, const Size *size)
{
  int width = MAX ((int) ceil (size->width * job->scale), 1);
  int height = MAX ((int) ceil (size->height * job->scale), 1);
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
      g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "drawing a page: %s",
                               cairo_status_to_string (status));
      return;
    }
  g_task_return_pointer (job->task, take_surface (surface), (GDestroyNotify) ehcp_render_picture_free);
}

static void
draw_page (PopplerPage *page, Job *job)
{
  cairo_save (job->cr);
  poppler_page_render_for_printing (page, job->cr);
  cairo_restore (job->cr);
  if (cairo_status (job->cr) != CAIRO_STATUS_SUCCESS)
    g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "printing a page: %s",
                             cairo_status_to_string (cairo_status (job->cr)));
  else
    g_task_return_boolean (job->task, TRUE);
}

static void
read_page (PopplerPage *page, Job *job)
{
  g_autofree char *text = poppler_page_get_text (page);

  g_task_return_pointer (job->task, g_utf8_make_valid (text != NULL ? text : "", -1), g_free);
}

static void
add_hits (GArray *hits, PopplerPage *page, guint number, double page_height, const char *text)
{
  GList *found = poppler_page_find_text_with_options (page, text,
                                                      POPPLER_FIND_IGNORE_DIACRITICS);

  for (GList *l = found; l != NULL && hits->len < MAX_HITS; l = l->next)
    {
      PopplerRectangle *box = l->data;
      /* The format counts from the foot of the page. */
      EhcpRenderHit hit = { number, box->x1, page_height - box->y2, box->x2 - box->x1, box->y2 - box->y1 };

      g_array_append_val (hits, hit);
    }
  g_list_free_full (found, (GDestroyNotify) poppler_rectangle_free);
}

static void
search (Worker *worker, Job *job)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (EhcpRenderHit));

  for (guint i = 0; i < document->n_pages && hits->len < MAX_HITS; i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (worker->poppler, (int) i);

      if (g_task_return_error_if_cancelled (job->task))
        return;
      if (page != NULL)
        add_hits (hits, page, i, document->sizes[i].height, job->text);
    }
  g_task_return_pointer (job->task, g_steal_pointer (&hits), (GDestroyNotify) g_array_unref);
}

static void
do_page_job (Worker *worker, Job *job)
{
  EhcpRenderDocument *document = g_task_get_source_object (job->task);
  g_autoptr (Page) page = poppler_document_get_page (worker->poppler, (int) job->page);

  if (page == NULL)
    g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "page %u is damaged",
                             job->page + 1);
  else if (job->kind == JOB_RENDER)
    render_page (page, job, &document->sizes[job->page]);
  else if (job->kind == JOB_DRAW)
    draw_page (page, job);
  else
    read_page (page, job);
}

static void
do_job (Worker *worker, Job *job)
{
  g_assert (g_thread_self () == worker->self);
  if (g_task_return_error_if_cancelled (job->task))
    return;
  if (job->kind == JOB_OPEN)
    open_document (worker, job);
  else if (job->kind == JOB_SEARCH)
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
      Job *job = g_async_queue_pop (worker->jobs);

      is_over = job->kind == JOB_QUIT;
      if (!is_over)
        do_job (worker, job);
      job_free (job);
    }
  g_clear_object (&worker->poppler);
  g_bytes_unref (worker->content);
  g_async_queue_unref (worker->jobs);
  g_free (worker);
  return NULL;
}

/* On the caller's side */

/* Each job holds the document through its task, so the queue is empty by now; the last reference may be
 * dropped in the thread itself, which is why nobody waits for its end. */
static void
ehcp_render_document_finalize (GObject *object)
{
  EhcpRenderDocument *document = EHCP_RENDER_DOCUMENT (object);

  g_async_queue_push (document->jobs, job_new (JOB_QUIT, NULL));
  g_clear_pointer (&document->jobs, g_async_queue_unref);
  g_clear_pointer (&document->sizes, g_free);
  G_OBJECT_CLASS (ehcp_render_document_parent_class)->finalize (object);
}

static void
ehcp_render_document_class_init (EhcpRenderDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_render_document_finalize;
}

static void
ehcp_render_document_init (EhcpRenderDocument *document)
{
  document->jobs = g_async_queue_new ();
}

static void
push (EhcpRenderDocument *document, Job *job)
{
  g_async_queue_push (document->jobs, job);
}

static Job *
page_job_new (EhcpRenderDocument *document, JobKind kind, guint page, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
  Job *job = job_new (kind, g_task_new (document, cancellable, callback, data));

  job->page = page;
  return job;
}

/**
 * ehcp_render_document_open_async:
 * @content: the bytes of a PDF
 * @cancellable: (nullable): to give up
 * @callback: called in the thread-default context of the caller
 * @data: for @callback
 *
 * Starts a thread for the document and opens it there. The thread ends when the last reference to the
 * document goes.
 */
void
ehcp_render_document_open_async (GBytes *content, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (EhcpRenderDocument) document = g_object_new (EHCP_TYPE_RENDER_DOCUMENT, NULL);
  Worker *worker = g_new0 (Worker, 1);

  g_return_if_fail (content != NULL);
  worker->jobs = g_async_queue_ref (document->jobs);
  worker->content = g_bytes_ref (content);
  g_thread_unref (g_thread_new ("document", run, worker));
  push (document, job_new (JOB_OPEN, g_task_new (document, cancellable, callback, data)));
}

/**
 * ehcp_render_document_open_finish:
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with DAMAGED, ENCRYPTED or TOO_LARGE; or cancelled
 *
 * Returns: (transfer full): the document, with at least one page, or %NULL
 */
EhcpRenderDocument *
ehcp_render_document_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ehcp_render_document_get_n_pages:
 * @document: a document
 *
 * Returns: from 1 to %EHCP_RENDER_MAX_PAGES. Any thread.
 */
guint
ehcp_render_document_get_n_pages (EhcpRenderDocument *document)
{
  g_return_val_if_fail (EHCP_IS_RENDER_DOCUMENT (document), 0);
  return document->n_pages;
}

/**
 * ehcp_render_document_get_page_size:
 * @document: a document
 * @page: counts from 0
 * @width: (out): in points, at least 1
 * @height: (out): in points, at least 1
 *
 * The size of the page as it is seen. Any thread.
 */
void
ehcp_render_document_get_page_size (EhcpRenderDocument *document, guint page, double *width,
                                    double *height)
{
  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && page < document->n_pages);
  *width = document->sizes[page].width;
  *height = document->sizes[page].height;
}

static gboolean
is_too_large (const Size *size, double scale)
{
  return ceil (size->width * scale) * ceil (size->height * scale) > EHCP_RENDER_MAX_PIXELS ||
         ceil (MAX (size->width, size->height) * scale) > G_MAXINT16;
}

/**
 * ehcp_render_document_limit_scale:
 * @document: a document
 * @page: counts from 0
 * @scale: pixels for a point, above 0
 *
 * Returns: @scale, or less where the picture would go beyond %EHCP_RENDER_MAX_PIXELS: a page of a poster's
 * size can still be shown, drawn coarser. Any thread.
 */
double
ehcp_render_document_limit_scale (EhcpRenderDocument *document, guint page, double scale)
{
  const Size *size;

  g_return_val_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && page < document->n_pages, scale);
  size = &document->sizes[page];
  scale = MIN (scale, sqrt (EHCP_RENDER_MAX_PIXELS / (size->width * size->height)));
  while (is_too_large (size, scale))
    scale *= 0.95;
  return scale;
}

/**
 * ehcp_render_document_render_page_async:
 * @document: a document
 * @page: counts from 0
 * @scale: pixels for a point, above 0
 * @cancellable: (nullable): a page that was not begun is left out
 * @callback: called in the thread-default context of the caller
 * @data: for @callback
 *
 * Draws a page on white. Pages come in the order in which they were asked for.
 */
void
ehcp_render_document_render_page_async (EhcpRenderDocument *document, guint page, double scale,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data)
{
  Job *job;

  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && page < document->n_pages && scale > 0);
  job = page_job_new (document, JOB_RENDER, page, cancellable, callback, data);
  job->scale = scale;
  if (is_too_large (&document->sizes[page], scale))
    {
      g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE,
                               "page %u at %.2f pixels a point", page + 1, scale);
      job_free (job);
      return;
    }
  push (document, job);
}

/**
 * ehcp_render_document_render_page_finish:
 * @document: a document
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with TOO_LARGE or FAILED; or cancelled
 *
 * Returns: (transfer full): the picture, or %NULL
 */
EhcpRenderPicture *
ehcp_render_document_render_page_finish (EhcpRenderDocument *document, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ehcp_render_document_draw_page_async:
 * @document: a document
 * @page: counts from 0
 * @cr: where to draw, one unit for a point
 * @cancellable: (nullable): to give up
 * @callback: called in the thread-default context of the caller
 * @data: for @callback
 *
 * Draws a page for printing, with its text as text. Until the callback, @cr belongs to the document's
 * thread. Surfaces that keep fonts to the end (a printer's) need a document of their own that is not used
 * otherwise until they are finished.
 */
void
ehcp_render_document_draw_page_async (EhcpRenderDocument *document, guint page, cairo_t *cr,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data)
{
  Job *job;

  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && page < document->n_pages && cr != NULL);
  job = page_job_new (document, JOB_DRAW, page, cancellable, callback, data);
  job->cr = cairo_reference (cr);
  push (document, job);
}

/**
 * ehcp_render_document_draw_page_finish:
 * @document: a document
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with FAILED; or cancelled
 *
 * Returns: whether it was drawn
 */
gboolean
ehcp_render_document_draw_page_finish (EhcpRenderDocument *document, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ehcp_render_document_read_page_async:
 * @document: a document
 * @page: counts from 0
 * @cancellable: (nullable): to give up
 * @callback: called in the thread-default context of the caller
 * @data: for @callback
 *
 * Takes the text out of a page, in reading order.
 */
void
ehcp_render_document_read_page_async (EhcpRenderDocument *document, guint page, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && page < document->n_pages);
  push (document, page_job_new (document, JOB_READ, page, cancellable, callback, data));
}

/**
 * ehcp_render_document_read_page_finish:
 * @document: a document
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with FAILED; or cancelled
 *
 * Returns: (transfer full): UTF-8, lines ended by "\n"; empty for a scanned page; %NULL on an error
 */
char *
ehcp_render_document_read_page_finish (EhcpRenderDocument *document, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ehcp_render_document_search_async:
 * @document: a document
 * @text: what to look for, not empty; case and accents do not matter
 * @cancellable: (nullable): to give up, after the page at hand
 * @callback: called in the thread-default context of the caller
 * @data: for @callback
 *
 * Looks for a text in all pages.
 */
void
ehcp_render_document_search_async (EhcpRenderDocument *document, const char *text, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && text != NULL && *text != '\0');
  job = job_new (JOB_SEARCH, g_task_new (document, cancellable, callback, data));
  job->text = g_strdup (text);
  push (document, job);
}

/**
 * ehcp_render_document_search_finish:
 * @document: a document
 * @result: what the callback got
 * @error: cancelled
 *
 * Returns: (transfer full) (element-type EhcpRenderHit): by page, then from the top; may be empty, 1000 at
 *   most; %NULL on an error
 */
GArray *
ehcp_render_document_search_finish (EhcpRenderDocument *document, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
