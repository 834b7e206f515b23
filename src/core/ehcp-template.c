/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of messages, taken apart. A field is what stands between braces on one line; a brace that nothing
 * closes is text. */
#include "ehcp-template.h"

#include <string.h>

#define MOST_IN_NAME 80

/* "due:RULE" besides: the day of a deadline, for each rule of the law. */
static const char *const fields[] = { "child",      "child-forename",       "reference", "school",
                                      "caseworker", "caseworker-telephone", "team",      "council",
                                      "family",     "today",                NULL };

/** ehcp_template_list_fields: Returns: (transfer none): the names but for "due:RULE"; static. Any thread. */
const char *const *
ehcp_template_list_fields (void)
{
  return fields;
}

/** ehcp_template_is_field: Returns: whether @name is one of ehcp_template_list_fields(). Any thread. */
gboolean
ehcp_template_is_field (const char *name)
{
  return g_strv_contains (fields, name);
}

/* The next field at or behind *text: from its brace in *text to behind the closing one. FALSE when there is none. */
static gboolean
find_next (const char **text, const char **end)
{
  const char *open = *text;

  while ((open = strchr (open, '{')) != NULL)
    {
      gsize length = strcspn (open + 1, "{}\n");

      if (open[1 + length] == '}' && length <= MOST_IN_NAME)
        {
          *text = open;
          *end = open + length + 2;
          return TRUE;
        }
      open++;
    }
  return FALSE;
}

static char *
take_name (const char *open, const char *end)
{
  return g_strndup (open + 1, end - open - 2);
}

/**
 * ehcp_template_find_wrong:
 * @text: a template's text or subject
 * @knows: which rules may stand behind "due:"
 *
 * Returns: (transfer full) (nullable): the first field that is none, with its braces; %NULL when all are known.
 *   Any thread.
 */
char *
ehcp_template_find_wrong (const char *text, EhcpTemplateKnowsRule knows)
{
  const char *end = NULL;

  for (const char *open = text; find_next (&open, &end); open = end)
    {
      g_autofree char *name = take_name (open, end);

      if (!(g_str_has_prefix (name, "due:") ? knows (name + strlen ("due:")) : ehcp_template_is_field (name)))
        return g_strndup (open, end - open);
    }
  return NULL;
}

/**
 * ehcp_template_fill:
 * @text: a template's text or subject
 * @value: what stands for a field in this case
 * @data: for @value
 * @missing: (out) (transfer full): the names of fields that nothing stands for, each once; may be empty
 *
 * Puts in what is known. A value is not looked through for fields: a child's name with braces stays a name.
 *
 * Returns: (transfer full): the text; fields of @missing stand in it as they were. Any thread.
 */
char *
ehcp_template_fill (const char *text, EhcpTemplateValue value, gpointer data, GStrv *missing)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *out = g_string_new (NULL);
  const char *rest = text;
  const char *end = NULL;

  for (const char *open = text; find_next (&open, &end); open = rest = end)
    {
      g_autofree char *name = take_name (open, end);
      g_autofree char *filled = value (name, data);
      gboolean is_known = filled != NULL && *filled != '\0';

      g_string_append_len (out, rest, open - rest);
      if (is_known)
        g_string_append (out, filled);
      else
        g_string_append_len (out, open, end - open);
      if (!is_known && g_hash_table_add (seen, g_strdup (name)))
        g_strv_builder_add (names, name);
    }
  g_string_append (out, rest);
  *missing = g_strv_builder_end (names);
  return g_string_free (out, FALSE);
}
