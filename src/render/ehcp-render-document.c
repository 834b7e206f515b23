/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document: asks its thread and hands on the answers. What is drawn on a screen is the
 * caller's. */
#include "ehcp-render-worker.h"

#include <math.h>

struct _EhcpRenderDocument
{
  GObject parent_instance;

  GAsyncQueue *jobs;
  EhcpPageSize *sizes; /* written by the thread while it opens, fixed from then on */
  guint n_pages;
};

G_DEFINE_FINAL_TYPE (EhcpRenderDocument, ehcp_render_document, G_TYPE_OBJECT)

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

/**
 * ehcp_render_text_free:
 * @text: (transfer full): a page's text
 *
 * Frees it. Any thread.
 */
void
ehcp_render_text_free (EhcpRenderText *text)
{
  g_free (text->text);
  g_free (text->boxes);
  g_free (text);
}

/* Each job holds the document through its task, so the queue is empty by now; the last reference
 * may be dropped in the thread itself, which is why nobody waits for its end. */
static void
ehcp_render_document_finalize (GObject *object)
{
  EhcpRenderDocument *document = EHCP_RENDER_DOCUMENT (object);

  g_async_queue_push (document->jobs, ehcp_job_new (EHCP_JOB_QUIT, NULL));
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

void
ehcp_render_document_take_sizes (EhcpRenderDocument *document, EhcpPageSize *sizes, guint n_pages)
{
  g_assert (document->sizes == NULL);
  document->sizes = sizes;
  document->n_pages = n_pages;
}

const EhcpPageSize *
ehcp_render_document_get_sizes (EhcpRenderDocument *document)
{
  return document->sizes;
}

static void
push (EhcpRenderDocument *document, EhcpJob *job)
{
  g_async_queue_push (document->jobs, job);
}

static EhcpJob *
page_job_new (EhcpRenderDocument *document, EhcpJobKind kind, guint page, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
  EhcpJob *job = ehcp_job_new (kind, g_task_new (document, cancellable, callback, data));

  job->page = page;
  return job;
}

/**
 * ehcp_render_document_open_async:
 * @content: the bytes of a PDF, JPEG or PNG
 * @cancellable: (nullable): to give up
 * @callback: called in the thread-default context of the caller
 * @data: for @callback
 *
 * Starts a thread and a process for the document and opens it there. Both end when the last reference
 * to the document goes.
 */
void
ehcp_render_document_open_async (GBytes *content, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (EhcpRenderDocument) document = g_object_new (EHCP_TYPE_RENDER_DOCUMENT, NULL);

  g_return_if_fail (content != NULL);
  ehcp_render_worker_start (document->jobs, content);
  push (document, ehcp_job_new (EHCP_JOB_OPEN, g_task_new (document, cancellable, callback, data)));
}

/**
 * ehcp_render_document_open_finish:
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with DAMAGED, ENCRYPTED, TOO_LARGE, STOPPED or FAILED; or cancelled
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
is_too_large (const EhcpPageSize *size, double scale)
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
 * Returns: @scale, or less where the picture would go beyond %EHCP_RENDER_MAX_PIXELS: a page of a
 * poster's size can still be shown, drawn coarser. Any thread.
 */
double
ehcp_render_document_limit_scale (EhcpRenderDocument *document, guint page, double scale)
{
  const EhcpPageSize *size;

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
  EhcpJob *job;

  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && page < document->n_pages && scale > 0);
  job = page_job_new (document, EHCP_JOB_RENDER, page, cancellable, callback, data);
  job->scale = scale;
  if (is_too_large (&document->sizes[page], scale))
    {
      g_task_return_new_error (job->task, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_TOO_LARGE,
                               "page %u at %.2f pixels a point", page + 1, scale);
      ehcp_job_free (job);
      return;
    }
  push (document, job);
}

/**
 * ehcp_render_document_render_page_finish:
 * @document: a document
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with TOO_LARGE, STOPPED or FAILED; or cancelled
 *
 * Returns: (transfer full): the picture, or %NULL
 */
EhcpRenderPicture *
ehcp_render_document_render_page_finish (EhcpRenderDocument *document, GAsyncResult *result,
                                         GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
ehcp_render_document_read_page_async (EhcpRenderDocument *document, guint page,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && page < document->n_pages);
  push (document, page_job_new (document, EHCP_JOB_READ, page, cancellable, callback, data));
}

/**
 * ehcp_render_document_read_page_finish:
 * @document: a document
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with STOPPED or FAILED; or cancelled
 *
 * Returns: (transfer full): the text with its places; %NULL on an error
 */
EhcpRenderText *
ehcp_render_document_read_page_finish (EhcpRenderDocument *document, GAsyncResult *result,
                                       GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ehcp_render_document_read_outline_async:
 * @document: a document
 * @cancellable: (nullable): to give up
 * @callback: called in the thread-default context of the caller
 * @data: for @callback
 *
 * Reads the document's own contents, as its maker wrote them.
 */
void
ehcp_render_document_read_outline_async (EhcpRenderDocument *document, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document));
  push (document, ehcp_job_new (EHCP_JOB_OUTLINE, g_task_new (document, cancellable, callback, data)));
}

/**
 * ehcp_render_document_read_outline_finish:
 * @document: a document
 * @result: what the callback got
 * @error: %EHCP_RENDER_ERROR with STOPPED or FAILED; or cancelled
 *
 * Returns: (transfer full) (element-type EhcpRenderChapter): in the order of the document; empty for
 *   most; %NULL on an error
 */
GPtrArray *
ehcp_render_document_read_outline_finish (EhcpRenderDocument *document, GAsyncResult *result,
                                          GError **error)
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
ehcp_render_document_search_async (EhcpRenderDocument *document, const char *text,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  EhcpJob *job;

  g_return_if_fail (EHCP_IS_RENDER_DOCUMENT (document) && text != NULL && *text != '\0');
  job = ehcp_job_new (EHCP_JOB_SEARCH, g_task_new (document, cancellable, callback, data));
  job->text = g_strdup (text);
  push (document, job);
}

/**
 * ehcp_render_document_search_finish:
 * @document: a document
 * @result: what the callback got
 * @error: cancelled
 *
 * Returns: (transfer full) (element-type EhcpRenderHit): by page, then from the top; may be empty,
 * 1000 at most; %NULL on an error
 */
GArray *
ehcp_render_document_search_finish (EhcpRenderDocument *document, GAsyncResult *result,
                                    GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
