/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads no more of a PDF than copying its objects needs. The bytes may come from a process that a document
 * took over: whatever does not fit ends the reading, and nothing is read beyond the bytes. */
#include "ehcp-pdf-scan.h"

#include <string.h>

#define MAX_OBJECTS 200000

static gboolean
is_white (char c)
{
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static gboolean
is_delimiter (char c)
{
  return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '/' || c == '%';
}

static gsize
skip_string (const char *at, gsize left)
{
  int depth = 0;

  for (gsize i = 0; i < left; i++)
    {
      if (at[i] == '\\')
        i++;
      else if (at[i] == '(')
        depth++;
      else if (at[i] == ')' && --depth == 0)
        return i + 1;
    }
  return left;
}

/**
 * ehcp_pdf_token:
 * @at: bytes of a PDF outside of a stream
 * @left: how many there are
 * @is_space: (out): whether it is white space or a comment
 *
 * Returns: the length of the token that begins at @at; 0 when nothing is left
 */
gsize
ehcp_pdf_token (const char *at, gsize left, gboolean *is_space)
{
  gsize n = 0;

  *is_space = FALSE;
  if (left == 0)
    return 0;
  if (is_white (*at) || *at == '%')
    {
      *is_space = TRUE;
      while (n < left && *at == '%' && at[n] != '\n' && at[n] != '\r')
        n++;
      while (n < left && is_white (at[n]))
        n++;
      return MAX (n, 1);
    }
  if (*at == '(')
    return skip_string (at, left);
  if (left > 1 && ((*at == '<' && at[1] == '<') || (*at == '>' && at[1] == '>')))
    return 2;
  if (*at == '<')
    {
      const char *end = memchr (at, '>', left);

      return end != NULL ? (gsize) (end - at) + 1 : left;
    }
  if (*at != '/' && is_delimiter (*at))
    return 1;
  for (n = 1; n < left && !is_white (at[n]) && !is_delimiter (at[n]);)
    n++;
  return n;
}

static gboolean
read_number (const char **at, const char *end, guint64 *number)
{
  const char *start;

  while (*at < end && is_white (**at))
    ++*at;
  start = *at;
  for (*number = 0; *at < end && g_ascii_isdigit (**at) && *at - start < 12; ++*at)
    *number = *number * 10 + (guint64) (**at - '0');
  return *at > start;
}

/* Where @text stands last. */
static const char *
find_last (const char *bytes, gsize length, const char *text)
{
  gsize size = strlen (text);

  for (gsize i = length >= size ? length - size + 1 : 0; i-- > 0;)
    if (memcmp (bytes + i, text, size) == 0)
      return bytes + i;
  return NULL;
}

static guint
find_reference (const char *at, const char *end, const char *key)
{
  const char *found = memmem (at, (gsize) (end - at), key, strlen (key));
  guint64 number;

  if (found == NULL)
    return 0;
  found += strlen (key);
  return read_number (&found, end, &number) && number <= MAX_OBJECTS ? (guint) number : 0;
}

/* "0 12\n0000000000 65535 f \n0000003412 00000 n \n…trailer" */
static gboolean
read_table (EhcpPdfScan *scan)
{
  const char *end = scan->bytes + scan->length;
  const char *at = scan->bytes + scan->table;
  guint64 first, n;

  if (end - at < 4 || memcmp (at, "xref", 4) != 0)
    return FALSE;
  at += 4;
  if (!read_number (&at, end, &first) || !read_number (&at, end, &n) || first != 0 || n > MAX_OBJECTS)
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    {
      guint64 offset, generation;
      gsize place;

      if (!read_number (&at, end, &offset) || !read_number (&at, end, &generation) || end - at < 2)
        return FALSE;
      place = at[1] == 'n' && offset < scan->table ? (gsize) offset : 0;
      g_array_append_val (scan->offsets, place);
      at += 2;
    }
  scan->root = find_reference (at, end, "/Root");
  scan->info = find_reference (at, end, "/Info");
  return scan->root != 0;
}

/**
 * ehcp_pdf_scan:
 * @scan: (out): what was found; cleared by the caller in any case
 * @bytes: a PDF, which has to stay
 * @length: its length
 *
 * Returns: whether it is a PDF of that kind
 */
gboolean
ehcp_pdf_scan (EhcpPdfScan *scan, const char *bytes, gsize length)
{
  const char *start = find_last (bytes, length, "startxref");
  guint64 table;

  *scan = (EhcpPdfScan){ .bytes = bytes, .length = length };
  scan->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  if (start == NULL)
    return FALSE;
  start += strlen ("startxref");
  if (!read_number (&start, bytes + length, &table) || table >= length)
    return FALSE;
  scan->table = (gsize) table;
  return read_table (scan);
}

/** ehcp_pdf_scan_clear: Frees what belongs to it. */
void
ehcp_pdf_scan_clear (EhcpPdfScan *scan)
{
  g_clear_pointer (&scan->offsets, g_array_unref);
}

/* An object ends where the next one begins: a stream may hold any bytes, "endobj" too. */
static gsize
find_end (const EhcpPdfScan *scan, gsize offset)
{
  gsize end = scan->table;

  for (guint i = 0; i < scan->offsets->len; i++)
    {
      gsize other = g_array_index (scan->offsets, gsize, i);

      if (other > offset && other < end)
        end = other;
    }
  return end;
}

/**
 * ehcp_pdf_scan_get_object:
 * @scan: a PDF
 * @number: of an object
 * @length: (out): of what is returned
 *
 * Returns: (nullable) (transfer none): the object's bytes, "N 0 obj … endobj"
 */
const char *
ehcp_pdf_scan_get_object (const EhcpPdfScan *scan, guint number, gsize *length)
{
  gsize offset = number < scan->offsets->len ? g_array_index (scan->offsets, gsize, number) : 0;
  const char *last;

  if (offset == 0)
    return NULL;
  *length = find_end (scan, offset) - offset;
  last = find_last (scan->bytes + offset, *length, "endobj");
  if (last == NULL)
    return NULL;
  *length = (gsize) (last - scan->bytes) + strlen ("endobj") - offset;
  return scan->bytes + offset;
}

/** ehcp_pdf_scan_get_number: See the header. */
guint
ehcp_pdf_scan_get_number (const EhcpPdfScan *scan, guint object, const char *key)
{
  gsize length = 0;
  const char *at = ehcp_pdf_scan_get_object (scan, object, &length);

  return at != NULL ? find_reference (at, at + length, key) : 0;
}

/** ehcp_pdf_scan_list_pages: See the header. Returns: whether there are any; a tree of one level alone. */
gboolean
ehcp_pdf_scan_list_pages (const EhcpPdfScan *scan, GArray *pages)
{
  guint tree = ehcp_pdf_scan_get_number (scan, scan->root, "/Pages");
  gsize length = 0;
  const char *at = ehcp_pdf_scan_get_object (scan, tree, &length);
  const char *end = at + length;
  const char *kids = at != NULL ? memmem (at, length, "/Kids", 5) : NULL;
  guint64 number, generation;

  if (kids == NULL || (kids = memchr (kids, '[', (gsize) (end - kids))) == NULL)
    return FALSE;
  kids++;
  while (read_number (&kids, end, &number) && read_number (&kids, end, &generation) && number <= MAX_OBJECTS)
    {
      guint page = (guint) number;

      while (kids < end && (is_white (*kids) || *kids == 'R'))
        kids++;
      g_array_append_val (pages, page);
    }
  return pages->len > 0;
}
