/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of a backup: copied, synced and hashed in one pass; their list. What belongs into a backup is
 * ehcp-backup.c's. */
#include "ehcp-manifest.h"

#include "ehcp-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FIRST_LINE "# EHCP Portal backup, format 1"
#define LAST_LINE "# end"
#define PIECE_BYTES (256 * 1024)
#define SHA256_DIGITS 64

static gboolean
fail (GError **error, const char *path)
{
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "%s: %s", path, g_strerror (errno));
  return FALSE;
}

static void
free_line (gpointer data)
{
  EhcpManifestLine *line = data;

  g_clear_pointer (&line->sha256, g_free);
  g_clear_pointer (&line->name, g_free);
  g_free (line);
}

/** ehcp_manifest_new: Returns: (transfer full) (element-type EhcpManifestLine): an empty list. */
GPtrArray *
ehcp_manifest_new (void)
{
  return g_ptr_array_new_with_free_func (free_line);
}

/** ehcp_manifest_add: Adds a file to the list; both texts are copied. */
void
ehcp_manifest_add (GPtrArray *lines, const char *sha256, const char *name)
{
  EhcpManifestLine *line = g_new0 (EhcpManifestLine, 1);

  line->sha256 = g_strdup (sha256);
  line->name = g_strdup (name);
  g_ptr_array_add (lines, line);
}

static gboolean
write_all (int fd, const guchar *bytes, gssize length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= n;
    }
  return TRUE;
}

/* To @out too, unless that is -1. */
static char *
hash_stream (int in, int out, const char *in_path, const char *out_path, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *piece = g_malloc (PIECE_BYTES);
  gssize n;

  while ((n = read (in, piece, PIECE_BYTES)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail (error, in_path);
          return NULL;
        }
      g_checksum_update (sum, piece, n);
      if (out >= 0 && !write_all (out, piece, n))
        {
          fail (error, out_path);
          return NULL;
        }
    }
  return g_strdup (g_checksum_get_string (sum));
}

/** ehcp_file_hash: Returns: (transfer full): the SHA-256 of a file, in lower-case hexadecimal; %NULL with
 * %EHCP_ERROR_STORAGE. */
char *
ehcp_file_hash (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  char *hash;

  if (fd < 0)
    {
      fail (error, path);
      return NULL;
    }
  hash = hash_stream (fd, -1, path, NULL, error);
  close (fd);
  return hash;
}

static char *
copy_to (int in, const char *from, const char *to, GError **error)
{
  int out = g_open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_autofree char *hash = NULL;

  if (out < 0)
    {
      fail (error, to);
      return NULL;
    }
  hash = hash_stream (in, out, from, to, error);
  if (hash != NULL && fsync (out) != 0)
    {
      fail (error, to);
      g_clear_pointer (&hash, g_free);
    }
  if (close (out) != 0 && hash != NULL)
    {
      fail (error, to);
      g_clear_pointer (&hash, g_free);
    }
  if (hash == NULL)
    g_unlink (to);
  return g_steal_pointer (&hash);
}

/**
 * ehcp_file_copy:
 * @from: a file
 * @to: where it goes; must not be there yet
 * @error: return location
 *
 * Returns: (transfer full): the SHA-256 of what was copied and synced; %NULL with %EHCP_ERROR_NOT_FOUND when
 *   @from is not there, or %EHCP_ERROR_STORAGE; then there is no @to
 */
char *
ehcp_file_copy (const char *from, const char *to, GError **error)
{
  int in = g_open (from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  char *hash;

  if (in < 0)
    {
      ehcp_set_error (error, errno == ENOENT ? EHCP_ERROR_NOT_FOUND : EHCP_ERROR_STORAGE, NULL, "%s: %s",
                      from, g_strerror (errno));
      return NULL;
    }
  hash = copy_to (in, from, to, error);
  close (in);
  return hash;
}

/** ehcp_folder_sync: Makes the names in a folder durable. */
gboolean
ehcp_folder_sync (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (!is_synced)
    fail (error, path);
  if (fd >= 0)
    close (fd);
  return is_synced;
}

/** ehcp_folder_remove: Removes a folder or a file, with what is in it; links are not followed. */
void
ehcp_folder_remove (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;

      while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          ehcp_folder_remove (child);
        }
    }
  g_remove (path);
}

/**
 * ehcp_manifest_write:
 * @dir: the backup's folder
 * @lines: (element-type EhcpManifestLine): its files
 * @made_at: the time
 * @head: of the audit
 * @error: return location
 *
 * Written last and synced: a backup without its list is none.
 */
gboolean
ehcp_manifest_write (const char *dir, GPtrArray *lines, const char *made_at, const char *head,
                     GError **error)
{
  g_autofree char *path = g_build_filename (dir, EHCP_MANIFEST, NULL);
  g_autoptr (GString) text = g_string_new (FIRST_LINE "\n");
  g_autoptr (GError) cause = NULL;

  g_string_append_printf (text, "# made %s\n# audit %s\n", made_at, head);
  for (guint i = 0; i < lines->len; i++)
    {
      const EhcpManifestLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (text, "%s  %s\n", line->sha256, line->name);
    }
  g_string_append_printf (text, LAST_LINE " %u\n", lines->len);
  if (!g_file_set_contents_full (path, text->str, text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    {
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "%s", cause->message);
      return FALSE;
    }
  return ehcp_folder_sync (dir, error);
}

/* "HASH  NAME", and nothing that leads out of the folder. */
static gboolean
read_line (GPtrArray *lines, const char *text)
{
  g_autofree char *sha256 = g_strndup (text, SHA256_DIGITS);

  if (strlen (text) < SHA256_DIGITS + 3 || strspn (sha256, "0123456789abcdef") != SHA256_DIGITS ||
      strncmp (text + SHA256_DIGITS, "  ", 2) != 0)
    return FALSE;
  text += SHA256_DIGITS + 2;
  if (*text == '/' || strstr (text, "..") != NULL)
    return FALSE;
  ehcp_manifest_add (lines, sha256, text);
  return TRUE;
}

static gboolean
read_lines (char **texts, GPtrArray *lines)
{
  g_autofree char *last = NULL;
  guint i = 1;

  if (texts[0] == NULL || strcmp (texts[0], FIRST_LINE) != 0)
    return FALSE;
  for (; texts[i] != NULL && !g_str_has_prefix (texts[i], LAST_LINE); i++)
    if (!g_str_has_prefix (texts[i], "# ") && !read_line (lines, texts[i]))
      return FALSE;
  last = g_strdup_printf (LAST_LINE " %u", lines->len);
  return texts[i] != NULL && strcmp (texts[i], last) == 0 && texts[i + 1] != NULL && *texts[i + 1] == '\0' &&
         texts[i + 2] == NULL;
}

/** ehcp_manifest_read: Returns: (transfer full) (element-type EhcpManifestLine): the list of a backup; %NULL
 * with %EHCP_ERROR_STORAGE when there is none, or %EHCP_ERROR_MALFORMED when it is not whole. */
GPtrArray *
ehcp_manifest_read (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, EHCP_MANIFEST, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) lines = ehcp_manifest_new ();
  g_autoptr (GError) cause = NULL;
  g_auto (GStrv) texts = NULL;

  if (!g_file_get_contents (path, &text, NULL, &cause))
    {
      ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "%s", cause->message);
      return NULL;
    }
  texts = g_strsplit (text, "\n", -1);
  if (read_lines (texts, lines))
    return g_steal_pointer (&lines);
  ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "%s is not whole", path);
  return NULL;
}
