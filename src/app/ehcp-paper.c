/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of text, broken into pages by lines: a label never stands alone at a page's end. The same drawing
 * serves the PDF and the printer. */
#include "ehcp-paper.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#define A4_WIDTH 595.28  /* points */
#define A4_HEIGHT 841.89
#define MARGIN 56.0
#define FOOT 40.0        /* above the lower edge */
#define FONT "Cantarell, Noto Sans, DejaVu Sans"

typedef struct
{
  const char *font;
  const char *tag;  /* in the PDF's structure */
  double before;    /* points above the block */
  gboolean is_kept; /* with the next block */
} Style;

static const Style styles[] = {
  [EHCP_PAPER_TITLE] = { FONT " Bold 18", "H1", 0, TRUE },
  [EHCP_PAPER_HEADING] = { FONT " Bold 13", "H2", 18, TRUE },
  [EHCP_PAPER_LABEL] = { FONT " Bold 10.5", "H3", 9, TRUE },
  [EHCP_PAPER_TEXT] = { FONT " 10.5", "P", 3, FALSE },
  [EHCP_PAPER_SMALL] = { FONT " 9", "P", 3, FALSE },
};

typedef struct
{
  EhcpPaperStyle style;
  char *text;             /* NULL for a figure */
  EhcpPaperMeasure measure;
  EhcpPaperDraw draw;
  gpointer data;
  GDestroyNotify destroy;
} Block;

#define FIGURE_BEFORE 9.0

/* A run of lines of one block on one page. */
typedef struct
{
  guint block;
  int first_line;
  int n_lines;
  guint page;
  double y;
} Piece;

struct _EhcpPaper
{
  char *title;
  char *foot;
  GArray *blocks;
  GArray *pieces;
  guint n_pages;
  guint first_page; /* 0: a document of its own */
  double width;
  double height;
};

static void
clear_block (gpointer data)
{
  Block *block = data;

  g_clear_pointer (&block->text, g_free);
  if (block->destroy != NULL)
    g_clear_pointer (&block->data, block->destroy);
}

EhcpPaper *
ehcp_paper_new (const char *title, const char *foot)
{
  EhcpPaper *paper = g_new0 (EhcpPaper, 1);

  paper->title = g_strdup (title);
  paper->foot = g_strdup (foot);
  paper->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (paper->blocks, clear_block);
  paper->pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  return paper;
}

void
ehcp_paper_free (EhcpPaper *paper)
{
  g_clear_pointer (&paper->title, g_free);
  g_clear_pointer (&paper->foot, g_free);
  g_clear_pointer (&paper->blocks, g_array_unref);
  g_clear_pointer (&paper->pieces, g_array_unref);
  g_free (paper);
}

void
ehcp_paper_add (EhcpPaper *paper, EhcpPaperStyle style, const char *text)
{
  Block block = { .style = style, .text = g_strdup (text != NULL ? text : "") };

  g_array_append_val (paper->blocks, block);
}

void
ehcp_paper_add_figure (EhcpPaper *paper, EhcpPaperMeasure measure, EhcpPaperDraw draw, gpointer data,
                       GDestroyNotify destroy)
{
  Block block = { .measure = measure, .draw = draw, .data = data, .destroy = destroy };

  g_array_append_val (paper->blocks, block);
}

static PangoLayout *
make_layout (PangoContext *context, EhcpPaperStyle style, const char *text, double width)
{
  PangoLayout *layout = pango_layout_new (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (styles[style].font);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static double
get_line_height (PangoLayout *layout, int line)
{
  PangoRectangle logical;

  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, line), NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

static double
get_height (PangoLayout *layout)
{
  double height = 0;

  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    height += get_line_height (layout, i);
  return height;
}

/* What must fit below the block's first line: the rest of a kept block and the first line after it. */
static double
measure_kept (EhcpPaper *paper, PangoContext *context, guint n)
{
  double height = 0;

  for (guint i = n; i < paper->blocks->len; i++)
    {
      const Block *block = &g_array_index (paper->blocks, Block, i);
      const Style *style = &styles[block->style];
      g_autoptr (PangoLayout) layout = NULL;

      if (block->text == NULL)
        return height + FIGURE_BEFORE + block->measure (context, paper->width, block->data);
      layout = make_layout (context, block->style, block->text, paper->width);
      height += style->before;
      if (!style->is_kept)
        return height + get_line_height (layout, 0);
      height += get_height (layout);
    }
  return height;
}

static void
place_figure (EhcpPaper *paper, PangoContext *context, guint n, double *y)
{
  const Block *block = &g_array_index (paper->blocks, Block, n);
  double height = block->measure (context, paper->width, block->data);
  Piece piece = { n, 0, 0, 0, 0 };

  if (*y > 0 && *y + FIGURE_BEFORE + height > paper->height)
    {
      paper->n_pages++;
      *y = 0;
    }
  piece.page = paper->n_pages - 1;
  piece.y = *y > 0 ? *y + FIGURE_BEFORE : 0;
  *y = piece.y + height;
  g_array_append_val (paper->pieces, piece);
}

static void
place_block (EhcpPaper *paper, PangoContext *context, guint n, double *y)
{
  const Block *block = &g_array_index (paper->blocks, Block, n);
  g_autoptr (PangoLayout) layout = make_layout (context, block->style, block->text, paper->width);
  Piece piece = { n, 0, 0, paper->n_pages - 1, 0 };

  if (*y > 0 && *y + measure_kept (paper, context, n) > paper->height)
    {
      paper->n_pages++;
      *y = 0;
    }
  if (*y > 0)
    *y += styles[block->style].before;
  piece.page = paper->n_pages - 1;
  piece.y = *y;
  for (int line = 0; line < pango_layout_get_line_count (layout); line++)
    {
      double height = get_line_height (layout, line);

      if (*y + height > paper->height && piece.n_lines > 0)
        {
          g_array_append_val (paper->pieces, piece);
          paper->n_pages++;
          *y = 0;
          piece = (Piece){ n, line, 0, paper->n_pages - 1, 0 };
        }
      piece.n_lines++;
      *y += height;
    }
  g_array_append_val (paper->pieces, piece);
}

static void
lay_out (EhcpPaper *paper, PangoContext *context, double width, double height)
{
  double y = 0;

  paper->width = width;
  paper->height = height;
  paper->n_pages = 1;
  g_array_set_size (paper->pieces, 0);
  for (guint i = 0; i < paper->blocks->len; i++)
    if (g_array_index (paper->blocks, Block, i).text != NULL)
      place_block (paper, context, i, &y);
    else
      place_figure (paper, context, i, &y);
}

static void
draw_figure (EhcpPaper *paper, cairo_t *cr, PangoContext *context, const Piece *piece)
{
  const Block *block = &g_array_index (paper->blocks, Block, piece->block);

  cairo_save (cr);
  cairo_tag_begin (cr, "Figure", NULL);
  cairo_translate (cr, 0, piece->y);
  block->draw (cr, context, paper->width, block->data);
  cairo_tag_end (cr, "Figure");
  cairo_restore (cr);
}

static void
draw_piece (EhcpPaper *paper, cairo_t *cr, PangoContext *context, const Piece *piece)
{
  const Block *block = &g_array_index (paper->blocks, Block, piece->block);
  g_autoptr (PangoLayout) layout = make_layout (context, block->style, block->text, paper->width);
  double y = piece->y;

  cairo_tag_begin (cr, styles[block->style].tag, NULL);
  for (int i = piece->first_line; i < piece->first_line + piece->n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      PangoRectangle logical;

      pango_layout_line_get_extents (line, NULL, &logical);
      cairo_move_to (cr, 0, y - (double) logical.y / PANGO_SCALE);
      pango_cairo_show_layout_line (cr, line);
      y += (double) logical.height / PANGO_SCALE;
    }
  cairo_tag_end (cr, styles[block->style].tag);
}

/* The origin is the upper left corner inside the margins. */
static void
draw_page (EhcpPaper *paper, cairo_t *cr, PangoContext *context, guint page)
{
  g_autofree char *number = paper->first_page > 0
                                ? g_strdup_printf (_("Page %u"), paper->first_page + page)
                                : g_strdup_printf (_("Page %u of %u"), page + 1, paper->n_pages);
  g_autofree char *foot = g_strdup_printf ("%s · %s", paper->foot, number);
  g_autoptr (PangoLayout) layout = make_layout (context, EHCP_PAPER_SMALL, foot, paper->width);

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < paper->pieces->len; i++)
    {
      const Piece *piece = &g_array_index (paper->pieces, Piece, i);

      if (piece->page != page)
        continue;
      if (g_array_index (paper->blocks, Block, piece->block).text != NULL)
        draw_piece (paper, cr, context, piece);
      else
        draw_figure (paper, cr, context, piece);
    }
  cairo_set_source_rgb (cr, .3, .3, .3);
  cairo_move_to (cr, 0, paper->height + FOOT / 2);
  pango_cairo_show_layout (cr, layout);
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

void
ehcp_paper_set_first_page (EhcpPaper *paper, guint first)
{
  paper->first_page = first;
}

guint
ehcp_paper_get_n_pages (EhcpPaper *paper)
{
  return paper->n_pages;
}

GBytes *
ehcp_paper_make_pdf (EhcpPaper *paper, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, A4_WIDTH, A4_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_status_t status;

  /* Newer ones pack objects into streams, which ehcp-pdf-join.c does not open. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  pango_cairo_context_set_resolution (context, 72);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, paper->title);
  lay_out (paper, context, A4_WIDTH - 2 * MARGIN, A4_HEIGHT - 2 * MARGIN - FOOT);
  cairo_translate (cr, MARGIN, MARGIN);
  cairo_tag_begin (cr, "Document", NULL);
  for (guint i = 0; i < paper->n_pages; i++)
    {
      draw_page (paper, cr, context, i);
      cairo_show_page (cr);
    }
  cairo_tag_end (cr, "Document");
  status = cairo_status (cr);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = status != CAIRO_STATUS_SUCCESS ? status : cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}


static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *print, EhcpPaper *paper)
{
  PangoContext *context = gtk_print_context_create_pango_context (print);

  lay_out (paper, context, gtk_print_context_get_width (print),
           gtk_print_context_get_height (print) - FOOT);
  gtk_print_operation_set_n_pages (operation, (int) paper->n_pages);
  g_object_unref (context);
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *print, int page, EhcpPaper *paper)
{
  PangoContext *context = gtk_print_context_create_pango_context (print);

  draw_page (paper, gtk_print_context_get_cairo_context (print), context, (guint) page);
  g_object_unref (context);
}

static void
free_paper_cb (gpointer data, GClosure *closure)
{
  ehcp_paper_free (data);
}

void
ehcp_paper_print (EhcpPaper *paper, GtkWindow *parent)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();

  gtk_print_operation_set_job_name (operation, paper->title);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, FALSE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), paper);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (draw_page_cb), paper, free_paper_cb, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}
