/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer to a question of the kind `file`: a line for each file. "ID NAME" is a document that the council
 * has; "file:///PATH" is a file that was chosen on this computer and goes with the form when it is sent. */
#include "ehcp-form-definition.h"

#include "ehcp-text.h"

#include <string.h>

#define ID_LENGTH 36
#define MAX_LINE 1900 /* ten of them are an answer */

/**
 * ehcp_form_file_get_document:
 * @line: one line of an answer
 *
 * Returns: (transfer full) (nullable): the id of the council's document; %NULL when the line is a file on this
 *   computer, or nothing. Any thread.
 */
char *
ehcp_form_file_get_document (const char *line)
{
  g_autofree char *id = g_strndup (line, ID_LENGTH);

  return strlen (line) > ID_LENGTH + 1 && line[ID_LENGTH] == ' ' && ehcp_text_is_id (id) ? g_steal_pointer (&id)
                                                                                     : NULL;
}

/** ehcp_form_file_is_here: Returns: whether the line is the address of a file on this computer, and not a document
 * of the council's, or nothing. Any thread. */
gboolean
ehcp_form_file_is_here (const char *line)
{
  g_autofree char *path = g_filename_from_uri (line, NULL, NULL);

  return path != NULL;
}

/** ehcp_form_file_get_name: Returns: (transfer full): what the file is called, without its folder. Any thread. */
char *
ehcp_form_file_get_name (const char *line)
{
  g_autofree char *document = ehcp_form_file_get_document (line);
  g_autofree char *path = document == NULL ? g_filename_from_uri (line, NULL, NULL) : NULL;

  if (document != NULL)
    return g_strdup (line + ID_LENGTH + 1);
  return path != NULL ? g_filename_display_basename (path) : g_strdup (line);
}

/**
 * ehcp_form_files_check:
 * @value: an answer
 * @most: how many files it may have
 *
 * Returns: whether each line is a document or a file here, and there are not too many. Any thread.
 */
gboolean
ehcp_form_files_check (const char *value, int most)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  if ((int) g_strv_length (lines) > most)
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *document = ehcp_form_file_get_document (lines[i]);

      if ((document == NULL && !ehcp_form_file_is_here (lines[i])) || strlen (lines[i]) > MAX_LINE ||
          !ehcp_text_is_clean (lines[i], TRUE))
        return FALSE;
    }
  return TRUE;
}

/** ehcp_form_files_add_line: Returns: (transfer full): the answer @value (%NULL: none yet) with one more line. Any
 * thread. */
char *
ehcp_form_files_add_line (const char *value, const char *line)
{
  return value != NULL && *value != '\0' ? g_strdup_printf ("%s\n%s", value, line) : g_strdup (line);
}

/** ehcp_form_files_add: Returns: (transfer full): the answer @value (%NULL: none yet) with one document of the
 * council's more. Any thread. */
char *
ehcp_form_files_add (const char *value, const char *document, const char *name)
{
  g_autofree char *line = g_strdup_printf ("%s %s", document, name);

  return ehcp_form_files_add_line (value, line);
}

/** ehcp_form_files_keep_documents: Returns: (transfer full): those lines of @value that travel: where a file lies
 * on this computer is nobody else's business. "" when there are none. Any thread. */
char *
ehcp_form_files_keep_documents (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value != NULL ? value : "", "\n", -1);
  char *kept = g_strdup ("");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *document = ehcp_form_file_get_document (lines[i]);
      g_autofree char *before = NULL;

      if (document == NULL)
        continue;
      before = kept;
      kept = ehcp_form_files_add_line (before, lines[i]);
    }
  return kept;
}

/** ehcp_form_files_format: Returns: (transfer full): the names of the files, a line each. Any thread. */
char *
ehcp_form_files_format (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *name = ehcp_form_file_get_name (lines[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", name);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
