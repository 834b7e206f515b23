/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RFC 4180, with one addition: what families type ends up in spreadsheets of the council, where a field
 * that begins with "=" would be reckoned. Such a field gets an apostrophe before it, which spreadsheets
 * take as "this is text". */
#include "ehcp-csv.h"

#include <string.h>

static gboolean
would_be_reckoned (const char *text)
{
  /* Spreadsheets pass over leading blanks, so what stands behind them counts. */
  const char *first = text + strspn (text, " ");

  return *first != '\0' && strchr ("=+-@\t\r\n", *first) != NULL;
}

void
ehcp_csv_add (GString *csv, const char *text, gboolean is_first)
{
  const char *value = text != NULL ? text : "";
  gboolean is_guarded = would_be_reckoned (value);

  if (!is_first)
    g_string_append_c (csv, ',');
  if (!is_guarded && strpbrk (value, "\",\r\n") == NULL)
    {
      g_string_append (csv, value);
      return;
    }
  g_string_append_c (csv, '"');
  if (is_guarded)
    g_string_append_c (csv, '\'');
  for (const char *c = value; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *c);
    }
  g_string_append_c (csv, '"');
}

void
ehcp_csv_add_line (GString *csv, const char *const *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    ehcp_csv_add (csv, fields[i], i == 0);
  g_string_append (csv, "\r\n");
}
