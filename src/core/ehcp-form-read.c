/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of a form's definition, read strictly: each refusal names its place as a JSON Pointer. */
#include "ehcp-form-read.h"

#include "ehcp-text.h"

#include <string.h>

#define MAX_ID_LENGTH 60

gboolean
ehcp_form_read_has_only (JsonObject *object, const char *const *known, const char *at, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      {
        g_autofree char *place = g_strdup_printf ("%s/%s", at, (const char *) l->data);

        ehcp_set_error (error, EHCP_ERROR_UNKNOWN_FIELD, place, "%s is not known here", place);
        return FALSE;
      }
  return TRUE;
}

gboolean
ehcp_form_read_refuse (const char *at, const char *name, EhcpError code, const char *why, GError **error)
{
  g_autofree char *place = g_strdup_printf ("%s/%s", at, name);

  ehcp_set_error (error, code, place, "%s: %s", place, why);
  return FALSE;
}

gboolean
ehcp_form_read_text (JsonObject *object, const char *at, const char *name, gboolean is_required, char **out,
           GError **error)
{
  const char *text = ehcp_json_get_text (object, name);

  if (text == NULL && json_object_has_member (object, name))
    return ehcp_form_read_refuse (at, name, EHCP_ERROR_MALFORMED, "must be a text", error);
  if (text == NULL && !is_required)
    return TRUE;
  if (text == NULL || *text == '\0')
    return ehcp_form_read_refuse (at, name, EHCP_ERROR_MISSING, "must not be empty", error);
  if (!ehcp_text_is_clean (text, FALSE))
    return ehcp_form_read_refuse (at, name, EHCP_ERROR_RANGE, "has control characters", error);
  *out = g_strdup (text);
  return TRUE;
}

/* Ids stand in addresses inside the program and in JSON Pointers: no '/', '~' or '@'. */
gboolean
ehcp_form_read_is_id (const char *text)
{
  gsize n = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return n > 0 && n <= MAX_ID_LENGTH && text[n] == '\0';
}

gboolean
ehcp_form_read_id (JsonObject *object, const char *at, GHashTable *seen, char **out, GError **error)
{
  if (!ehcp_form_read_text (object, at, "id", TRUE, out, error))
    return FALSE;
  if (!ehcp_form_read_is_id (*out))
    return ehcp_form_read_refuse (at, "id", EHCP_ERROR_RANGE, "must be of a-z, 0-9 and '-', at most 60", error);
  if (!g_hash_table_add (seen, g_strdup (*out)))
    return ehcp_form_read_refuse (at, "id", EHCP_ERROR_CONFLICT, "stands twice", error);
  return TRUE;
}

JsonArray *
ehcp_form_read_array (JsonObject *object, const char *at, const char *name, guint least, GError **error)
{
  JsonArray *array = ehcp_json_get_array (object, name);

  if (array == NULL)
    ehcp_form_read_refuse (at, name, json_object_has_member (object, name) ? EHCP_ERROR_MALFORMED : EHCP_ERROR_MISSING,
            "must be a list", error);
  else if (json_array_get_length (array) < least)
    {
      ehcp_form_read_refuse (at, name, EHCP_ERROR_RANGE, "has too few items", error);
      return NULL;
    }
  return array;
}

JsonObject *
ehcp_form_read_item (JsonArray *array, guint i, const char *place, GError **error)
{
  JsonNode *node = json_array_get_element (array, i);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  ehcp_set_error (error, EHCP_ERROR_MALFORMED, place, "%s: must be an object", place);
  return NULL;
}

gboolean
ehcp_form_read_flag (JsonObject *object, const char *at, const char *name, gboolean *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return ehcp_form_read_refuse (at, name, EHCP_ERROR_MALFORMED, "must be true or false", error);
  *out = ehcp_json_get_bool (object, name);
  return TRUE;
}

static gboolean
read_values (JsonObject *object, const char *at, EhcpCondition *condition, GError **error)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  JsonArray *array = ehcp_json_get_array (object, "is");
  g_autofree char *one = NULL;

  if (array == NULL)
    {
      if (!ehcp_form_read_text (object, at, "is", TRUE, &one, error))
        return FALSE;
      g_strv_builder_add (values, one);
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return ehcp_form_read_refuse (at, "is", EHCP_ERROR_MALFORMED, "must be a text or a list of texts", error);
      g_strv_builder_add (values, json_node_get_string (node));
    }
  condition->values = g_strv_builder_end (values);
  return condition->values[0] != NULL ||
         ehcp_form_read_refuse (at, "is", EHCP_ERROR_RANGE, "has too few items", error);
}

gboolean
ehcp_form_read_condition (JsonObject *object, const char *at, EhcpCondition *condition, GError **error)
{
  static const char *const known[] = { "question", "is", NULL };
  JsonObject *member = ehcp_json_get_object (object, "if");
  g_autofree char *place = g_strdup_printf ("%s/if", at);

  if (member == NULL && json_object_has_member (object, "if"))
    return ehcp_form_read_refuse (at, "if", EHCP_ERROR_MALFORMED, "must be an object", error);
  if (member == NULL)
    return TRUE;
  return ehcp_form_read_has_only (member, known, place, error) &&
         ehcp_form_read_text (member, place, "question", TRUE, &condition->question, error) &&
         read_values (member, place, condition, error);
}
