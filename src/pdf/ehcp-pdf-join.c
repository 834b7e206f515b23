/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects are copied with other numbers; each document's tree of pages hangs under a new root. What stays in
 * memory is a number or two for each object and page, so that five hundred documents need little more than one. */
#include "ehcp-pdf-join.h"

#include "ehcp-pdf-scan.h"

#include <string.h>

#define N_RESERVED 4 /* catalog, root of the pages, information, outline */
enum { CATALOG = 1, PAGES, INFO, OUTLINES };

typedef struct
{
  guint tree; /* object number of its tree of pages */
  guint n_pages;
} Part;

typedef struct
{
  char *title;
  guint depth;
  guint page; /* object number */
} Chapter;

struct _EhcpPdfJoin
{
  GOutputStream *out;
  goffset at;
  GArray *offsets; /* of goffset by object number */
  GArray *parts;   /* in their order in the document */
  GArray *chapters;
  guint n_pages;
};

static void
clear_chapter (gpointer data)
{
  g_free (((Chapter *) data)->title);
}

static gboolean
put (EhcpPdfJoin *join, const char *bytes, gsize length, GError **error)
{
  join->at += (goffset) length;
  return g_output_stream_write_all (join->out, bytes, length, NULL, NULL, error);
}

static gboolean put_format (EhcpPdfJoin *join, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
put_format (EhcpPdfJoin *join, GError **error, const char *format, ...)
{
  va_list list;
  g_autofree char *text = NULL;

  va_start (list, format);
  text = g_strdup_vprintf (format, list);
  va_end (list);
  return put (join, text, strlen (text), error);
}

static gboolean
begin_object (EhcpPdfJoin *join, guint number, GError **error)
{
  if (join->offsets->len <= number)
    g_array_set_size (join->offsets, number + 1);
  g_array_index (join->offsets, goffset, number) = join->at;
  return put_format (join, error, "%u 0 obj\n", number);
}

/**
 * ehcp_pdf_join_new:
 * @out: (transfer none): where to; referenced
 *
 * Returns: (transfer full): a join without pages
 */
EhcpPdfJoin *
ehcp_pdf_join_new (GOutputStream *out)
{
  EhcpPdfJoin *join = g_new0 (EhcpPdfJoin, 1);

  join->out = g_object_ref (out);
  join->offsets = g_array_new (FALSE, TRUE, sizeof (goffset));
  g_array_set_size (join->offsets, N_RESERVED + 1);
  join->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  join->chapters = g_array_new (FALSE, FALSE, sizeof (Chapter));
  g_array_set_clear_func (join->chapters, clear_chapter);
  return join;
}

/** ehcp_pdf_join_free: Gives it back; what was not finished is no document. */
void
ehcp_pdf_join_free (EhcpPdfJoin *join)
{
  g_clear_object (&join->out);
  g_array_unref (join->offsets);
  g_array_unref (join->parts);
  g_array_unref (join->chapters);
  g_free (join);
}

/** ehcp_pdf_join_get_n_pages: Returns: of all that was added. */
guint
ehcp_pdf_join_get_n_pages (EhcpPdfJoin *join)
{
  return join->n_pages;
}

/* Copies the dictionary's tokens; "12 0 R" gets its new number. What follows "stream" is bytes. */
static gboolean
copy_tokens (EhcpPdfJoin *join, const char *at, gsize length, guint shift, const char *inserted, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (length + 64);
  const char *end = at + length;
  gssize last = -1, before_last = -1; /* where the last two numbers begin in text */

  while (at < end)
    {
      gboolean is_space;
      gsize n = ehcp_pdf_token (at, (gsize) (end - at), &is_space);
      gssize here = (gssize) text->len;

      if (n == 6 && memcmp (at, "stream", 6) == 0)
        break;
      if (n == 1 && *at == 'R' && before_last >= 0)
        {
          g_autofree char *number =
              g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (text->str + before_last, NULL, 10) + shift);

          g_string_truncate (text, (gsize) before_last);
          g_string_append_printf (text, "%s 0 R", number);
          last = before_last = -1;
        }
      else
        {
          g_string_append_len (text, at, (gssize) n);
          if (n == 2 && memcmp (at, "<<", 2) == 0 && inserted != NULL)
            {
              g_string_append (text, inserted);
              inserted = NULL;
            }
          if (!is_space)
            {
              before_last = g_ascii_isdigit (*at) ? last : -1;
              last = g_ascii_isdigit (*at) ? here : -1;
            }
        }
      at += n;
    }
  return put (join, text->str, text->len, error) && put (join, at, (gsize) (end - at), error) &&
         put (join, "\n", 1, error);
}

static gboolean
copy_object (EhcpPdfJoin *join, const EhcpPdfScan *scan, guint number, guint shift, const char *inserted,
             GError **error)
{
  gsize length = 0;
  const char *at = ehcp_pdf_scan_get_object (scan, number, &length);
  const char *body = at != NULL ? memmem (at, length, "obj", 3) : NULL;

  if (body == NULL)
    return TRUE;
  body += 3;
  return begin_object (join, number + shift, error) &&
         copy_tokens (join, body, length - (gsize) (body - at), shift, inserted, error);
}

static gboolean
copy_all (EhcpPdfJoin *join, const EhcpPdfScan *scan, guint tree, guint shift, GError **error)
{
  g_autofree char *parent = g_strdup_printf (" /Parent %d 0 R ", PAGES);

  for (guint i = 1; i < scan->offsets->len; i++)
    if (i != scan->root && i != scan->info &&
        !copy_object (join, scan, i, shift, i == tree ? parent : NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a PDF that can be joined");
  return FALSE;
}

/**
 * ehcp_pdf_join_add:
 * @join: a join
 * @pdf: the document
 * @chapter: (nullable): see the header
 * @depth: from 0
 * @is_first: see the header
 * @error: return location
 *
 * Returns: %FALSE with %G_IO_ERROR_INVALID_DATA when @pdf is not one that can be joined: nothing was written
 *   then; or with the stream's error
 */
gboolean
ehcp_pdf_join_add (EhcpPdfJoin *join, GBytes *pdf, const char *chapter, guint depth, gboolean is_first,
                   GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (pdf, &length);
  g_auto (EhcpPdfScan) scan = { 0 };
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (guint));
  guint shift = join->offsets->len;
  Chapter entry = { NULL, depth, 0 };
  Part part;

  if (bytes == NULL || !ehcp_pdf_scan (&scan, bytes, length) || !ehcp_pdf_scan_list_pages (&scan, pages))
    return fail (error);
  if (join->at == 0 && !put (join, "%PDF-1.5\n%\xe2\xe3\xcf\xd3\n", 15, error))
    return FALSE;
  part.tree = ehcp_pdf_scan_get_number (&scan, scan.root, "/Pages");
  part.n_pages = pages->len;
  if (!copy_all (join, &scan, part.tree, shift, error))
    return FALSE;
  part.tree += shift;
  g_array_insert_val (join->parts, is_first ? 0 : join->parts->len, part);
  join->n_pages += part.n_pages;
  if (chapter != NULL)
    {
      entry.title = g_strdup (chapter);
      entry.page = g_array_index (pages, guint, 0) + shift;
      g_array_insert_val (join->chapters, is_first ? 0 : join->chapters->len, entry);
    }
  return TRUE;
}

/* UTF-16 with its mark, in hexadecimal: no character has to be escaped. */
static char *
format_text (const char *text)
{
  g_autoptr (GString) hex = g_string_new ("<FEFF");

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c > 0xffff)
        g_string_append_printf (hex, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
      else
        g_string_append_printf (hex, "%04X", c);
    }
  g_string_append_c (hex, '>');
  return g_string_free (g_steal_pointer (&hex), FALSE);
}

static gboolean
write_pages (EhcpPdfJoin *join, GError **error)
{
  g_autoptr (GString) kids = g_string_new (NULL);

  for (guint i = 0; i < join->parts->len; i++)
    g_string_append_printf (kids, "%u 0 R ", g_array_index (join->parts, Part, i).tree);
  return begin_object (join, PAGES, error) &&
         put_format (join, error, "<< /Type /Pages /Count %u /Kids [ %s] >>\nendobj\n", join->n_pages, kids->str);
}

/* The entry that @i hangs under, or -1 for the outline itself. */
static int
find_parent (EhcpPdfJoin *join, int i)
{
  guint depth = g_array_index (join->chapters, Chapter, i).depth;

  while (--i >= 0 && g_array_index (join->chapters, Chapter, i).depth >= depth)
    ;
  return i;
}

/* The next entry with the same parent, or -1. */
static int
find_sibling (EhcpPdfJoin *join, int i, int step)
{
  int parent = find_parent (join, i);

  for (int k = i + step; k > parent && k < (int) join->chapters->len; k += step)
    if (find_parent (join, k) == parent)
      return k;
  return -1;
}

static void
append_children (EhcpPdfJoin *join, int parent, guint first, GString *text)
{
  int child = -1, last = -1;
  guint n = 0;

  for (int k = parent + 1; k < (int) join->chapters->len; k++)
    if (find_parent (join, k) == parent)
      {
        child = child < 0 ? k : child;
        last = k;
        n++;
      }
  if (n > 0)
    g_string_append_printf (text, " /First %u 0 R /Last %u 0 R /Count %s%u", first + (guint) child,
                            first + (guint) last, parent < 0 ? "" : "-", n);
}

static gboolean
write_chapter (EhcpPdfJoin *join, int i, guint first, GError **error)
{
  const Chapter *chapter = &g_array_index (join->chapters, Chapter, i);
  g_autofree char *title = format_text (chapter->title);
  g_autoptr (GString) text = g_string_new (NULL);
  int parent = find_parent (join, i);
  int previous = find_sibling (join, i, -1), next = find_sibling (join, i, 1);

  g_string_append_printf (text, "<< /Title %s /Parent %u 0 R /Dest [%u 0 R /Fit]", title,
                          parent < 0 ? OUTLINES : first + (guint) parent, chapter->page);
  if (previous >= 0)
    g_string_append_printf (text, " /Prev %u 0 R", first + (guint) previous);
  if (next >= 0)
    g_string_append_printf (text, " /Next %u 0 R", first + (guint) next);
  append_children (join, i, first, text);
  return begin_object (join, first + (guint) i, error) &&
         put_format (join, error, "%s >>\nendobj\n", text->str);
}

static gboolean
write_outline (EhcpPdfJoin *join, GError **error)
{
  guint first = join->offsets->len;
  g_autoptr (GString) text = g_string_new ("<< /Type /Outlines");

  append_children (join, -1, first, text);
  if (!begin_object (join, OUTLINES, error) || !put_format (join, error, "%s >>\nendobj\n", text->str))
    return FALSE;
  for (int i = 0; i < (int) join->chapters->len; i++)
    if (!write_chapter (join, i, first, error))
      return FALSE;
  return TRUE;
}

static gboolean
write_catalog (EhcpPdfJoin *join, const char *title, const char *language, GError **error)
{
  g_autofree char *text = format_text (title);

  return begin_object (join, INFO, error) &&
         put_format (join, error, "<< /Title %s /Producer (EHCP Portal) >>\nendobj\n", text) &&
         begin_object (join, CATALOG, error) &&
         put_format (join, error,
                     "<< /Type /Catalog /Pages %d 0 R /Outlines %d 0 R /PageMode /UseOutlines /Lang (%s) "
                     "/ViewerPreferences << /DisplayDocTitle true >> >>\nendobj\n", PAGES, OUTLINES, language);
}

static gboolean
write_table (EhcpPdfJoin *join, GError **error)
{
  goffset table = join->at;
  guint n = join->offsets->len;

  if (!put_format (join, error, "xref\n0 %u\n0000000000 65535 f \n", n))
    return FALSE;
  for (guint i = 1; i < n; i++)
    {
      goffset offset = g_array_index (join->offsets, goffset, i);

      if (!put_format (join, error, "%010" G_GOFFSET_FORMAT " %s \n", offset,
                       offset != 0 ? "00000 n" : "65535 f"))
        return FALSE;
    }
  return put_format (join, error,
                     "trailer\n<< /Size %u /Root %d 0 R /Info %d 0 R >>\nstartxref\n%" G_GOFFSET_FORMAT
                     "\n%%%%EOF\n", n, CATALOG, INFO, table);
}

/**
 * ehcp_pdf_join_finish:
 * @join: a join with at least one page
 * @title: of the whole
 * @language: "en-GB"
 * @error: return location
 *
 * Returns: whether the document is complete; the stream is the caller's to close
 */
gboolean
ehcp_pdf_join_finish (EhcpPdfJoin *join, const char *title, const char *language, GError **error)
{
  return write_pages (join, error) && write_outline (join, error) &&
         write_catalog (join, title, language, error) && write_table (join, error);
}
