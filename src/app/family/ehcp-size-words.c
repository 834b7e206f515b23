/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes of files in words, by the steps of 1024 in which the council counts its limits, so that a file of
 * exactly the limit reads as the limit. */
#include "ehcp-size-words.h"

#include <glib/gi18n.h>

#define KB 1024.0
#define MB (1024.0 * KB)
#define GB (1024.0 * MB)

/* One decimal under ten, none when it would be a nought. */
static char *
format (double value)
{
  gint64 tenths = (gint64) (value * 10 + 0.5);

  if (tenths < 100 && tenths % 10 != 0)
    return g_strdup_printf ("%.1f", (double) tenths / 10);
  return g_strdup_printf ("%.0f", value);
}

/* "900 bytes", "240 KB", "1.4 MB", "31 MB" */
char *
ehcp_size_words (gint64 n_bytes)
{
  g_autofree char *number = NULL;

  if (n_bytes < 1000)
    return g_strdup_printf (ngettext ("%d byte", "%d bytes", (gulong) MAX (n_bytes, 0)),
                            (int) MAX (n_bytes, 0));
  if (n_bytes < 1000 * KB)
    return g_strdup_printf (_("%.0f KB"), (double) n_bytes / KB);
  number = format ((double) n_bytes / (n_bytes < 1000 * MB ? MB : GB));
  return g_strdup_printf (n_bytes < 1000 * MB ? _("%s MB") : _("%s GB"), number);
}
