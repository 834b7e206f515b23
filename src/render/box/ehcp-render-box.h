/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ehcp-render: parts of the program. */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "ehcp-render-document.h"
#include "ehcp-render-wire.h"

G_BEGIN_DECLS

/* Before anything untrusted is read. */
void ehcp_box_limit (void);
void ehcp_box_open_fonts (void);
gboolean ehcp_box_lock (void);

/* One kind of document. Each function answers for a page that is there. */
typedef struct _EhcpBoxDocument EhcpBoxDocument;
struct _EhcpBoxDocument
{
  guint n_pages;
  void (*get_size) (EhcpBoxDocument *document, guint page, double *width, double *height);
  /* One unit for a point. On paper, text stays text and pictures stay as they came. */
  gboolean (*draw) (EhcpBoxDocument *document, guint page, cairo_t *cr, gboolean is_paper);
  char *(*read) (EhcpBoxDocument *document, guint page, GArray *boxes);  /* may be NULL */
  void (*find) (EhcpBoxDocument *document, guint page, const char *text, GVariantBuilder *hits);
  void (*read_outline) (EhcpBoxDocument *document, GVariantBuilder *chapters);
};

EhcpBoxDocument *ehcp_box_pdf_open (GBytes *content, GError **error);
EhcpBoxDocument *ehcp_box_picture_open (GBytes *content, GError **error);
void ehcp_box_pdf_warm_up (void);

/* All pages on A4, numbered, into a file. */
gboolean ehcp_box_export (EhcpBoxDocument *document, guint first, const char *foot, int fd);

G_END_DECLS
