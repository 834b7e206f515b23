/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts for documents that bring none. Their files are opened before the process locks itself in; later
 * an open() of one of them gets the file that is open already, and any other is refused. fontconfig is
 * left with those fonts alone, so that it does not choose one that cannot be had. */
#include "ehcp-render-box.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FONTS 240 /* open files; those for the 14 standard fonts come first */

/* Path to the file's number plus one; NULL until the fonts are open. */
static GHashTable *opened;
static gboolean is_closed;

/* Takes the place of the C library's for all libraries of this program. */
int
open (const char *path, int flags, ...)
{
  gpointer known = opened != NULL ? g_hash_table_lookup (opened, path) : NULL;
  mode_t mode = 0;
  int fd;

  if (!is_closed)
    {
      if (flags & O_CREAT)
        {
          va_list list;

          va_start (list, flags);
          mode = va_arg (list, mode_t);
          va_end (list);
        }
      return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
    }
  if (known == NULL)
    {
      errno = EACCES;
      return -1;
    }
  fd = dup (GPOINTER_TO_INT (known) - 1);
  if (fd >= 0)
    lseek (fd, 0, SEEK_SET);
  return fd;
}

static gboolean
keep (const char *path)
{
  int fd;

  if (g_hash_table_contains (opened, path))
    return TRUE;
  if (g_hash_table_size (opened) >= MAX_FONTS || (fd = open (path, O_RDONLY | O_CLOEXEC)) < 0)
    return FALSE;
  g_hash_table_insert (opened, g_strdup (path), GINT_TO_POINTER (fd + 1));
  return TRUE;
}

/* What fontconfig puts in the place of the fonts that every PDF may use without bringing them. */
static void
keep_standard_fonts (void)
{
  static const char *const names[] = { "Helvetica", "Helvetica:bold", "Helvetica:italic",
                                       "Helvetica:bold:italic", "Times", "Times:bold", "Times:italic",
                                       "Times:bold:italic", "Courier", "Courier:bold", "Courier:italic",
                                       "Courier:bold:italic", "Symbol", "ZapfDingbats", "Arial", "Calibri",
                                       "Cambria", "Verdana", "sans", "serif", "monospace" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      FcPattern *wanted = FcNameParse ((const FcChar8 *) names[i]);
      FcPattern *found;
      FcChar8 *path;
      FcResult result;

      FcConfigSubstitute (NULL, wanted, FcMatchPattern);
      FcDefaultSubstitute (wanted);
      found = FcFontMatch (NULL, wanted, &result);
      if (found != NULL && FcPatternGetString (found, FC_FILE, 0, &path) == FcResultMatch)
        keep ((const char *) path);
      if (found != NULL)
        FcPatternDestroy (found);
      FcPatternDestroy (wanted);
    }
}

/* What is taken out is not given back: the set lies in fontconfig's own cache. */
static void
leave_out_others (FcFontSet *set)
{
  int n = 0;

  for (int i = 0; set != NULL && i < set->nfont; i++)
    {
      FcChar8 *path;

      if (FcPatternGetString (set->fonts[i], FC_FILE, 0, &path) == FcResultMatch &&
          keep ((const char *) path))
        set->fonts[n++] = set->fonts[i];
    }
  if (set != NULL)
    set->nfont = n;
}

/**
 * ehcp_box_open_fonts:
 *
 * Opens the fonts and stops every later open() of anything else.
 */
void
ehcp_box_open_fonts (void)
{
  opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (FcInit ())
    {
      /* It would look whether its files have changed. */
      FcConfigSetRescanInterval (NULL, 0);
      keep_standard_fonts ();
      leave_out_others (FcConfigGetFonts (NULL, FcSetSystem));
      leave_out_others (FcConfigGetFonts (NULL, FcSetApplication));
    }
  ehcp_box_pdf_warm_up ();
  is_closed = TRUE;
}
