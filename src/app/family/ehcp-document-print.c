/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on paper. A PDF is opened a second time for it: its fonts are in use until the printer's
 * surface is finished, and a document's thread must not draw for the screen meanwhile. */
#include "ehcp-document-print.h"

#include <glib/gi18n.h>

#include "ehcp-document-words.h"
#include "ehcp-paper.h"
#include "ehcp-picture-size.h"
#include "ehcp-render-document.h"

#define POINTS_AN_INCH 72.0

typedef struct
{
  GtkPrintOperation *operation;
  EhcpRenderDocument *document; /* or: */
  GdkTexture *texture;
  int turn;
} Printing;

static void
printing_free (gpointer data, GClosure *closure)
{
  Printing *printing = data;

  g_clear_object (&printing->document);
  g_clear_object (&printing->texture);
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
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = data;
  g_autoptr (GError) error = NULL;

  if (!ehcp_render_document_draw_page_finish (EHCP_RENDER_DOCUMENT (source), result, &error))
    g_debug ("a page was not printed: %s", error->message);
  gtk_print_operation_draw_page_finish (operation);
}

static void
draw_pdf_page (Printing *printing, GtkPrintContext *context, int number)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width, height;

  ehcp_render_document_get_page_size (printing->document, (guint) number, &width, &height);
  fit (cr, context, width, height);
  gtk_print_operation_set_defer_drawing (printing->operation);
  ehcp_render_document_draw_page_async (printing->document, (guint) number, cr, NULL, drawn_cb,
                                        g_object_ref (printing->operation));
}

static void
draw_picture (Printing *printing, GtkPrintContext *context)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  int width = gdk_texture_get_width (printing->texture);
  int height = gdk_texture_get_height (printing->texture);
  gboolean is_lying = printing->turn % 180 != 0;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  gdk_texture_download (printing->texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  /* Larger than the page on purpose: a photo fills it. */
  fit (cr, context, is_lying ? height * 8.0 : width * 8.0, is_lying ? width * 8.0 : height * 8.0);
  cairo_scale (cr, 8, 8);
  cairo_translate (cr, (is_lying ? height : width) / 2.0, (is_lying ? width : height) / 2.0);
  cairo_rotate (cr, printing->turn * G_PI / 180);
  cairo_set_source_surface (cr, surface, -width / 2.0, -height / 2.0);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, Printing *printing)
{
  if (printing->document != NULL)
    draw_pdf_page (printing, context, number);
  else
    draw_picture (printing, context);
}

/* Each page of a PDF brings its own size: a landscape table stays landscape. */
static void
setup_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int number, GtkPageSetup *setup,
               Printing *printing)
{
  double width = 1, height = 1;

  if (printing->document != NULL)
    ehcp_render_document_get_page_size (printing->document, (guint) number, &width, &height);
  else
    {
      width = gdk_texture_get_width (printing->texture);
      height = gdk_texture_get_height (printing->texture);
      if (printing->turn % 180 != 0)
        width = height / width, height = 1;
    }
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

  printing->operation = operation;
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_n_pages (
      operation, printing->document != NULL ? (int) ehcp_render_document_get_n_pages (printing->document) : 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, printing->document != NULL);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "request-page-setup", G_CALLBACK (setup_page_cb), printing);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), printing, printing_free, 0);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), window, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (window), NULL);
}

/* To print once the PDF is open. */
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

static void
print_picture (GtkWidget *window, GBytes *content, const char *title)
{
  EhcpPictureSize size;
  Printing *printing;
  g_autoptr (GdkTexture) texture = NULL;

  if (!ehcp_picture_size (content, &size) || ehcp_picture_is_too_large (&size))
    return;
  texture = gdk_texture_new_from_bytes (content, NULL);
  if (texture == NULL)
    return;
  printing = g_new0 (Printing, 1);
  printing->texture = g_steal_pointer (&texture);
  printing->turn = size.turn;
  run (window, printing, title);
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
  else if (kind == EHCP_FORMAT_PICTURE)
    print_picture (window, content, title);
  if (kind != EHCP_FORMAT_PDF)
    return;
  job = g_new0 (Job, 1);
  g_set_weak_pointer (&job->window, window);
  job->title = g_strdup (title);
  ehcp_render_document_open_async (content, NULL, opened_cb, job);
}
