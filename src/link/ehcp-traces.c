/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thumbnails that file managers made of a file, and its line among the recently used files: they show what is in it,
 * and its name, when the file itself is long gone. Places by the freedesktop.org specifications of both. The file stays: it
 * is the person's own. */
#include "ehcp-traces.h"

#include <glib/gstdio.h>

static void
remove_thumbnail (const char *folder, const char *uri)
{
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, uri, -1);
  g_autofree char *name = g_strconcat (sum, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

/* "normal", "large", … and "fail", which has a folder for each program. */
static void
remove_thumbnails (const char *folder, const char *const *uris, guint depth)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; dir != NULL && uris[i] != NULL; i++)
    remove_thumbnail (folder, uris[i]);
  while (dir != NULL && depth > 0 && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (folder, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR) && !g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        remove_thumbnails (inner, uris, depth - 1);
    }
}

/* GTK reads the list again when it changes. */
static void
remove_recent (const char *const *uris)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "recently-used.xbel", NULL);
  g_autoptr (GBookmarkFile) list = g_bookmark_file_new ();
  g_autoptr (GError) error = NULL;
  gboolean is_changed = FALSE;

  if (!g_bookmark_file_load_from_file (list, path, NULL))
    return;
  for (guint i = 0; uris[i] != NULL; i++)
    is_changed |= g_bookmark_file_remove_item (list, uris[i], NULL);
  if (is_changed && !g_bookmark_file_to_file (list, path, &error))
    g_message ("the list of recent files: %s", error->message);
}

/** ehcp_traces_remove: Removes thumbnails and entries of these files; what is not there is no mistake. Any thread. */
void
ehcp_traces_remove (const char *const *uris)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "thumbnails", NULL);

  if (uris[0] == NULL)
    return;
  remove_thumbnails (folder, uris, 2);
  remove_recent (uris);
}
