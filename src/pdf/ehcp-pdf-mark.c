/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalog once more, at the end of the file, with what is missing in it (ISO 32000-1, 7.5.6): nothing of
 * the document itself is touched. */
#include "ehcp-pdf-join.h"
#include "ehcp-pdf-scan.h"

#include <string.h>

static void
append_update (GString *out, const EhcpPdfScan *scan, const char *catalog, gsize length, const char *language)
{
  gsize at = out->len;
  const char *close = catalog + length;

  while (close > catalog + 1 && memcmp (close - 2, ">>", 2) != 0)
    close--;
  close -= 2;
  g_string_append_len (out, catalog, close - catalog);
  g_string_append_printf (out, "   /Lang (%s)\n   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
                          language);
  g_string_append_printf (out,
                          "xref\n%u 1\n%010" G_GSIZE_FORMAT " 00000 n \ntrailer\n<< /Size %u /Root %u 0 R",
                          scan->root, at, scan->offsets->len, scan->root);
  /* The table comes after the object that it names. */
  if (scan->info != 0)
    g_string_append_printf (out, " /Info %u 0 R", scan->info);
  g_string_append_printf (out, " /Prev %" G_GSIZE_FORMAT " >>\n", scan->table);
}

/**
 * ehcp_pdf_mark:
 * @pdf: as cairo writes one
 * @language: "en-GB"
 *
 * Returns: (transfer full): the document with its language, and with the wish that its title be shown; @pdf
 *   itself when it is not one of that kind, or says its language already. Any thread.
 */
GBytes *
ehcp_pdf_mark (GBytes *pdf, const char *language)
{
  gsize length, catalog_length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);
  g_auto (EhcpPdfScan) scan = { 0 };
  const char *catalog;
  g_autoptr (GString) out = NULL;
  gsize table;

  if (bytes == NULL || !ehcp_pdf_scan (&scan, bytes, length))
    return g_bytes_ref (pdf);
  catalog = ehcp_pdf_scan_get_object (&scan, scan.root, &catalog_length);
  if (catalog == NULL || memmem (catalog, catalog_length, "/Lang", 5) != NULL)
    return g_bytes_ref (pdf);
  out = g_string_new_len (bytes, (gssize) length);
  append_update (out, &scan, catalog, catalog_length, language);
  table = (gsize) ((const char *) memmem (out->str + length, out->len - length, "xref\n", 5) - out->str);
  g_string_append_printf (out, "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", table);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
