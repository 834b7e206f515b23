/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the letters. What a caseworker has to add is a field too: "line:" is one line of typing, "text:" a few
 * sentences; the rest of such a field is its label. */
#include "ehcp-letter-template.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/io/github/ehcp_portal/EhcpPortal/letters/"

static const char *const ids[] = { "request-received", "will-assess", "will-not-assess",
                                   "draft-plan",       "final-plan",  "meeting" };

void
ehcp_letter_template_free (EhcpLetterTemplate *letter)
{
  g_free (letter->id);
  g_free (letter->name);
  g_free (letter->title);
  g_free (letter->kind);
  g_free (letter->text);
  g_free (letter);
}

static void
take_line (EhcpLetterTemplate *letter, const char *line)
{
  const struct
  {
    const char *key;
    char **place;
  } keys[] = { { "name: ", &letter->name }, { "title: ", &letter->title }, { "kind: ", &letter->kind } };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_has_prefix (line, keys[i].key) && *keys[i].place == NULL)
      *keys[i].place = g_strdup (line + strlen (keys[i].key));
}

EhcpLetterTemplate *
ehcp_letter_template_parse (const char *id, const char *text)
{
  g_autoptr (EhcpLetterTemplate) letter = g_new0 (EhcpLetterTemplate, 1);
  const char *body = strstr (text, "\n\n");
  g_autofree char *head = body != NULL ? g_strndup (text, body - text) : g_strdup (text);
  g_auto (GStrv) lines = g_strsplit (head, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    take_line (letter, lines[i]);
  if (body == NULL || letter->name == NULL || letter->title == NULL || letter->kind == NULL)
    return NULL;
  letter->id = g_strdup (id);
  letter->text = g_strstrip (g_strdup (body));
  return g_steal_pointer (&letter);
}

GPtrArray *
ehcp_letter_template_list (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_letter_template_free);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, ids[i], ".letter", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      EhcpLetterTemplate *letter = NULL;

      if (bytes != NULL)
        letter = ehcp_letter_template_parse (ids[i], g_bytes_get_data (bytes, NULL));
      if (letter != NULL)
        g_ptr_array_add (list, letter);
      else
        g_warning ("the letter %s cannot be read", ids[i]);
    }
  return list;
}

GStrv
ehcp_letter_template_list_open (const EhcpLetterTemplate *letter, EhcpTemplateValue value, gpointer data)
{
  g_autofree char *all = g_strconcat (letter->title, "\n", letter->text, NULL);
  GStrv open = NULL;
  g_autofree char *filled = ehcp_template_fill (all, value, data, &open);

  return open;
}

/* A heading or a line that begins bold stands alone; the other lines of a block were only broken for reading. */
static gboolean
stands_alone (const char *line)
{
  return g_str_has_prefix (line, "# ") || g_str_has_prefix (line, "**");
}

GStrv
ehcp_letter_template_split (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) paragraphs = g_strv_builder_new ();
  g_autoptr (GString) current = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      gboolean is_heading = g_str_has_prefix (line, "# ");

      if ((*line == '\0' || stands_alone (line)) && current->len > 0)
        {
          g_strv_builder_add (paragraphs, current->str);
          g_string_truncate (current, 0);
        }
      if (is_heading)
        g_strv_builder_add (paragraphs, line);
      else if (*line != '\0')
        g_string_append_printf (current, "%s%s", current->len > 0 ? " " : "", line);
    }
  if (current->len > 0)
    g_strv_builder_add (paragraphs, current->str);
  return g_strv_builder_end (paragraphs);
}
