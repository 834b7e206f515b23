/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files into the Downloads folder, in a thread: the same name with a number if it is taken, never over
 * another file, and whole or not at all. Telling the person is left to the screen. */
#include "ehcp-downloads.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_NAME 200  /* bytes, well under the file system's 255 with a number added */
#define MAX_NUMBER 999

typedef struct
{
  GBytes *content;
  char *name;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->content, g_bytes_unref);
  g_clear_pointer (&job->name, g_free);
  g_free (job);
}

static char *
find_folder (void)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD);

  return folder != NULL ? g_strdup (folder) : g_build_filename (g_get_home_dir (), "Downloads", NULL);
}

/* Letters of other directions and control characters would make a name read as another one. */
static gboolean
is_harmless (gunichar c)
{
  return !g_unichar_iscntrl (c) && c != '/' && c != '\\' && c != ':' && !g_unichar_iszerowidth (c) &&
         g_unichar_type (c) != G_UNICODE_FORMAT;
}

/* A name without folders, control characters or leading dots; never empty. */
char *
ehcp_downloads_clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  const char *end = NULL;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    if (is_harmless (g_utf8_get_char (c)))
      g_string_append_unichar (clean, g_utf8_get_char (c));
    else
      g_string_append_c (clean, '_');
  while (clean->len > 0 && (clean->str[0] == '.' || clean->str[0] == ' ' || clean->str[0] == '_'))
    g_string_erase (clean, 0, 1);
  if (clean->len > MAX_NAME)
    {
      const char *dot = strrchr (clean->str, '.');
      g_autofree char *ending = g_strdup (dot != NULL && strlen (dot) <= 10 ? dot : "");

      end = g_utf8_find_prev_char (clean->str, clean->str + MAX_NAME - strlen (ending) + 1);
      g_string_truncate (clean, (gsize) (end - clean->str));
      g_string_append (clean, ending);
    }
  return g_strdup (clean->len > 0 ? clean->str : "document");
}

static char *
number_path (const char *folder, const char *name, int number)
{
  const char *dot = strrchr (name, '.');
  gsize stem = dot != NULL && dot != name ? (gsize) (dot - name) : strlen (name);
  g_autofree char *numbered = NULL;

  if (number == 0)
    return g_build_filename (folder, name, NULL);
  numbered = g_strdup_printf ("%.*s (%d)%s", (int) stem, name, number, name + stem);
  return g_build_filename (folder, numbered, NULL);
}

/* G_FILE_CREATE is exclusive: a file that came between looking and writing is not overwritten. */
static gboolean
write_new (const char *path, GBytes *content, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) out = g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, error);
  gsize length = 0;
  const void *bytes = g_bytes_get_data (content, &length);

  if (out == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (out), bytes, length, NULL, cancellable, error) &&
      g_output_stream_close (G_OUTPUT_STREAM (out), cancellable, error))
    return TRUE;
  g_unlink (path);
  return FALSE;
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autofree char *folder = find_folder ();

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", folder);
      return;
    }
  for (int number = 0; number <= MAX_NUMBER; number++)
    {
      g_autofree char *path = number_path (folder, job->name, number);
      g_autoptr (GError) error = NULL;

      if (write_new (path, job->content, cancellable, &error))
        {
          g_task_return_pointer (task, g_steal_pointer (&path), g_free);
          return;
        }
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) || number == MAX_NUMBER)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
    }
}

void
ehcp_downloads_save_async (GBytes *content, const char *name, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (content != NULL);
  job->content = g_bytes_ref (content);
  job->name = ehcp_downloads_clean_name (name);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, save_thread);
}

char *
ehcp_downloads_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
