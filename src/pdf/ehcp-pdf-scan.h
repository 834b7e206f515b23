/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of a PDF as cairo writes one: a classic table of offsets, no object streams. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *bytes; /* belongs to the caller */
  gsize length;
  GArray *offsets; /* of gsize by object number; 0: free */
  guint root;      /* object numbers */
  guint info;      /* 0: none */
  gsize table;     /* where the table of offsets begins */
} EhcpPdfScan;

gboolean ehcp_pdf_scan (EhcpPdfScan *scan, const char *bytes, gsize length);
void ehcp_pdf_scan_clear (EhcpPdfScan *scan);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpPdfScan, ehcp_pdf_scan_clear)

/* From "N 0 obj" to the end of "endobj"; NULL when there is no such object. */
const char *ehcp_pdf_scan_get_object (const EhcpPdfScan *scan, guint number, gsize *length);
/* The number behind @key ("/Pages") in an object's dictionary; 0: none. @key must be found before a stream. */
guint ehcp_pdf_scan_get_number (const EhcpPdfScan *scan, guint object, const char *key);
/* The object numbers of the pages, in order. */
gboolean ehcp_pdf_scan_list_pages (const EhcpPdfScan *scan, GArray *pages);

/* One token of PDF at @at: returns its length, 0 at the end; *is_space for what separates. */
gsize ehcp_pdf_token (const char *at, gsize left, gboolean *is_space);

G_END_DECLS
