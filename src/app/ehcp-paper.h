/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text on A4 pages, for a PDF copy or a printer: blocks in order, broken into pages. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_PAPER_TITLE,
  EHCP_PAPER_HEADING,
  EHCP_PAPER_LABEL,  /* kept together with the block that follows it */
  EHCP_PAPER_TEXT,
  EHCP_PAPER_SMALL,
} EhcpPaperStyle;

typedef struct _EhcpPaper EhcpPaper;

/* @title: of the document; @foot: stands at the foot of each page beside its number. */
EhcpPaper *ehcp_paper_new (const char *title, const char *foot);
void ehcp_paper_free (EhcpPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpPaper, ehcp_paper_free)

void ehcp_paper_add (EhcpPaper *paper, EhcpPaperStyle style, const char *text);
/* A figure that is drawn, never broken over two pages. @measure: its height in points at @width; @draw:
 * with the origin in its upper left corner. Both may change the context's font. */
typedef double (*EhcpPaperMeasure) (PangoContext *context, double width, gpointer data);
typedef void (*EhcpPaperDraw) (cairo_t *cr, PangoContext *context, double width, gpointer data);
void ehcp_paper_add_figure (EhcpPaper *paper, EhcpPaperMeasure measure, EhcpPaperDraw draw,
                            gpointer data, GDestroyNotify destroy);
/* Pages of a larger document: they are numbered from @first on, without how many there are. */
void ehcp_paper_set_first_page (EhcpPaper *paper, guint first);
/* After it was made. */
guint ehcp_paper_get_n_pages (EhcpPaper *paper);
/* (transfer full): a tagged PDF; NULL with @error when it could not be written. */
GBytes *ehcp_paper_make_pdf (EhcpPaper *paper, GError **error);
/* Asks for a printer and prints. Takes @paper. */
void ehcp_paper_print (EhcpPaper *paper, GtkWindow *parent);

G_END_DECLS
