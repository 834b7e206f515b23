/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open document (PDF, JPEG or PNG): pages as pictures, their text, and where words stand in them. It is
 * read and drawn by a process of its own, ehcp-render, which may end or hang without harm. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * EhcpRenderError:
 *
 * %EHCP_RENDER_ERROR_DAMAGED: not a document, or one that cannot be read. %EHCP_RENDER_ERROR_ENCRYPTED: a
 * password is needed. %EHCP_RENDER_ERROR_STOPPED: the process that reads it ended or took too long. %EHCP_RENDER_ERROR_TOO_LARGE: too many pages, a page beyond all paper, or a scale
 * that would need a picture beyond %EHCP_RENDER_MAX_PIXELS. %EHCP_RENDER_ERROR_FAILED: a page that cannot
 * be drawn, or no memory for it.
 */
typedef enum
{
  EHCP_RENDER_ERROR_DAMAGED,
  EHCP_RENDER_ERROR_ENCRYPTED,
  EHCP_RENDER_ERROR_TOO_LARGE,
  EHCP_RENDER_ERROR_STOPPED,
  EHCP_RENDER_ERROR_FAILED,
} EhcpRenderError;

#define EHCP_RENDER_ERROR (ehcp_render_error_quark ())
GQuark ehcp_render_error_quark (void);

#define EHCP_RENDER_MAX_PAGES 2000
#define EHCP_RENDER_MAX_POINTS 14400.0 /* a side; 200 inches, the format's own limit */
#define EHCP_RENDER_MAX_PIXELS (32 * 1024 * 1024)

/* A page as a picture: cairo's ARGB32 in this machine's byte order, premultiplied, on white. */
typedef struct
{
  GBytes *pixels;
  int width;
  int height;
  gsize stride;
} EhcpRenderPicture;

void ehcp_render_picture_free (EhcpRenderPicture *picture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpRenderPicture, ehcp_render_picture_free)

/* Where a word stands: points from the top left corner of page @page, which counts from 0. */
typedef struct
{
  guint page;
  double x;
  double y;
  double width;
  double height;
} EhcpRenderHit;

/* From the top left corner of the page, in points. */
typedef struct
{
  float x1;
  float y1;
  float x2;
  float y2;
} EhcpRenderBox;

/* The text of a page in reading order, and where each of its characters stands. */
typedef struct
{
  char *text; /* UTF-8, lines ended by "\n"; empty for a scanned page */
  EhcpRenderBox *boxes;
  guint n_boxes; /* as many as @text has characters */
} EhcpRenderText;

void ehcp_render_text_free (EhcpRenderText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpRenderText, ehcp_render_text_free)

/* A line of a document's own contents. */
typedef struct
{
  guint depth; /* from 0 */
  char *title;
  guint page; /* counts from 0 */
} EhcpRenderChapter;

#define EHCP_TYPE_RENDER_DOCUMENT (ehcp_render_document_get_type ())
G_DECLARE_FINAL_TYPE (EhcpRenderDocument, ehcp_render_document, EHCP, RENDER_DOCUMENT, GObject)

void ehcp_render_document_open_async (GBytes *content, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
EhcpRenderDocument *ehcp_render_document_open_finish (GAsyncResult *result, GError **error);

guint ehcp_render_document_get_n_pages (EhcpRenderDocument *document);
void ehcp_render_document_get_page_size (EhcpRenderDocument *document, guint page, double *width,
                                         double *height);
double ehcp_render_document_limit_scale (EhcpRenderDocument *document, guint page, double scale);

void ehcp_render_document_render_page_async (EhcpRenderDocument *document, guint page, double scale,
                                             GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer data);
EhcpRenderPicture *ehcp_render_document_render_page_finish (EhcpRenderDocument *document,
                                                            GAsyncResult *result, GError **error);

void ehcp_render_document_read_page_async (EhcpRenderDocument *document, guint page,
                                           GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer data);
EhcpRenderText *ehcp_render_document_read_page_finish (EhcpRenderDocument *document,
                                                       GAsyncResult *result, GError **error);

void ehcp_render_document_read_outline_async (EhcpRenderDocument *document, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer data);
GPtrArray *ehcp_render_document_read_outline_finish (EhcpRenderDocument *document, GAsyncResult *result,
                                                     GError **error);

void ehcp_render_document_search_async (EhcpRenderDocument *document, const char *text,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);
GArray *ehcp_render_document_search_finish (EhcpRenderDocument *document, GAsyncResult *result,
                                            GError **error);

G_END_DECLS
