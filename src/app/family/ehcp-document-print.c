/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on paper, drawn by a process of its own, as on the screen, but with 300 dots an inch. */
#include "ehcp-document-print.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-document-words.h"
#include "ehcp-paper.h"
#include "ehcp-render-document.h"

#define POINTS_AN_INCH 72.0
#define DOTS_AN_INCH 300.0

typedef struct
{
  EhcpRenderDocument *document;
} Printing;

/* One page under way. */
typedef struct
{
  GtkPrintOperation *operation;
  GtkPrintContext *context;
  double width; /* points */
  double height;
} Drawing;

static void
printing_free (gpointer data, GClosure *closure)
{
  Printing *printing = data;

  g_clear_object (&printing->document);
  g_free (printing);
}

static void
say (GtkWidget *from, const char *text)
{
  gtk_widget_activate_action (from, "win.toast", "s", text);
}

/* Fits what is @width by @height into the page, in the middle, never larger than it is. */
static void
fit (cairo_t *cr, GtkPrintContext *context, double width, double height)
{
  double page_width = gtk_print_context_get_width (context);
  double page_height = gtk_print_context_get_height (context);
  double scale = MIN (1, MIN (page_width / width, page_height / height));

  cairo_translate (cr, (page_width - width * scale) / 2, (page_height - height * scale) / 2);
  cairo_scale (cr, scale, scale);
}

static void
paint (Drawing *drawing, EhcpRenderPicture *picture)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (drawing->context);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture->width, picture->height);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  const guint8 *from = g_bytes_get_data (picture->pixels, NULL);
  guint8 *to = cairo_image_surface_get_data (surface);

  for (gsize y = 0; to != NULL && y < (gsize) picture->height; y++)
    memcpy (to + y * stride, from + y * picture->stride, MIN (stride, picture->stride));
  cairo_surface_mark_dirty (surface);
  fit (cr, drawing->context, drawing->width, drawing->height);
  cairo_scale (cr, drawing->width / picture->width, drawing->height / picture->height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Drawing *drawing = data;
  g_autoptr (EhcpRenderPicture) picture =
      ehcp_render_document_render_page_finish (EHCP_RENDER_DOCUMENT (source), result, NULL);

  if (picture != NULL)
    paint (drawing, picture);
  gtk_print_operation_draw_page_finish (drawing->operation);
  g_object_unref (drawing->operation);
  g_object_unref (drawing->context);
  g_free (drawing);
}

/* A printer gets the page as a picture: the program itself never reads an untrusted document. */
static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, Printing *printing)
{
  Drawing *drawing = g_new0 (Drawing, 1);
  guint page = (guint) number;
  double scale = ehcp_render_document_limit_scale (printing->document, page, DOTS_AN_INCH / POINTS_AN_INCH);

  drawing->operation = g_object_ref (operation);
  drawing->context = g_object_ref (context);
  ehcp_render_document_get_page_size (printing->document, page, &drawing->width, &drawing->height);
  gtk_print_operation_set_defer_drawing (operation);
  ehcp_render_document_render_page_async (printing->document, page, scale, NULL, drawn_cb, drawing);
}

/* Each page of a PDF brings its own size: a landscape table stays landscape. */
static void
setup_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, GtkPageSetup *setup,
               Printing *printing)
{
  double width, height;

  ehcp_render_document_get_page_size (printing->document, (guint) number, &width, &height);
  gtk_page_setup_set_orientation (setup, width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                        : GTK_PAGE_ORIENTATION_PORTRAIT);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWidget *window)
{
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    say (window, _("It could not be printed. Save it to Downloads, and print it from there."));
}

static void
run (GtkWidget *window, Printing *printing, const char *title)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();

  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_n_pages (operation, (int) ehcp_render_document_get_n_pages (printing->document));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "request-page-setup", G_CALLBACK (setup_page_cb), printing);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), printing, printing_free, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), window, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window), NULL);
}

/* To print once the document is open. */
typedef struct
{
  GtkWidget *window; /* weak */
  char *title;
} Job;

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (EhcpRenderDocument) document = ehcp_render_document_open_finish (result, NULL);

  if (document != NULL && job->window != NULL)
    {
      Printing *printing = g_new0 (Printing, 1);

      printing->document = g_steal_pointer (&document);
      run (job->window, printing, job->title);
    }
  g_clear_weak_pointer (&job->window);
  g_free (job->title);
  g_free (job);
}

static void
print_text (GtkWidget *window, GBytes *content, const char *title)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (content, &length);
  g_autofree char *text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  EhcpPaper *paper = ehcp_paper_new (title, title);

  for (guint i = 0; lines[i] != NULL; i++)
    ehcp_paper_add (paper, EHCP_PAPER_TEXT, *lines[i] != '\0' ? lines[i] : " ");
  ehcp_paper_print (paper, GTK_WINDOW (window));
}

/* Asks for a printer and prints. Only for what can be shown too. */
void
ehcp_document_print (GtkWidget *from, GBytes *content, const char *media_type, const char *title)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (from));
  EhcpDocumentFormat kind = ehcp_document_format (media_type);
  Job *job;

  if (kind == EHCP_FORMAT_TEXT)
    print_text (window, content, title);
  if (kind != EHCP_FORMAT_PDF && kind != EHCP_FORMAT_PICTURE)
    return;
  job = g_new0 (Job, 1);
  g_set_weak_pointer (&job->window, window);
  job->title = g_strdup (title);
  ehcp_render_document_open_async (content, NULL, opened_cb, job);
}
