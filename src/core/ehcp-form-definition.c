/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a form's definition from JSON, strictly: what it does not know, it refuses with a JSON Pointer to
 * the place, since a typing slip in a definition would silently drop a question. Answers are the business
 * of ehcp-form-answers.c. */
#include "ehcp-form-definition.h"

#include "ehcp-error.h"
#include "ehcp-json.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_DEFINITION_BYTES 200000
#define MAX_ID_LENGTH 60
#define MAX_SHORT_TEXT 200
#define MAX_LONG_TEXT 20000

static const char *const kind_names[] = {
  [EHCP_QUESTION_SHORT_TEXT] = "short-text",
  [EHCP_QUESTION_LONG_TEXT] = "long-text",
  [EHCP_QUESTION_DATE] = "date",
  [EHCP_QUESTION_CHOICE] = "choice",
  [EHCP_QUESTION_SEVERAL] = "several",
  [EHCP_QUESTION_YES_NO] = "yes-no",
  [EHCP_QUESTION_DECLARATION] = "declaration",
};

static void
free_choice (EhcpChoice *choice)
{
  g_free (choice->id);
  g_free (choice->label);
  g_free (choice->hint);
  g_free (choice);
}

static void
free_question (EhcpQuestion *question)
{
  g_free (question->id);
  g_free (question->label);
  g_free (question->help);
  g_free (question->missing);
  g_free (question->if_question);
  g_free (question->if_value);
  g_ptr_array_unref (question->choices);
  g_free (question);
}

static void
free_page (EhcpFormPage *page)
{
  g_free (page->id);
  g_free (page->title);
  g_free (page->hint);
  g_free (page->group);
  g_free (page->heading);
  g_free (page->text);
  g_ptr_array_unref (page->questions);
  g_free (page);
}

static gboolean
has_only_members (JsonObject *object, const char *const *known, const char *at, GError **error)
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

static gboolean
refuse (const char *at, const char *name, EhcpError code, const char *why, GError **error)
{
  g_autofree char *place = g_strdup_printf ("%s/%s", at, name);

  ehcp_set_error (error, code, place, "%s: %s", place, why);
  return FALSE;
}

static gboolean
read_text (JsonObject *object, const char *at, const char *name, gboolean is_required, char **out,
           GError **error)
{
  const char *text = ehcp_json_get_text (object, name);

  if (text == NULL && json_object_has_member (object, name))
    return refuse (at, name, EHCP_ERROR_MALFORMED, "must be a text", error);
  if (text == NULL && !is_required)
    return TRUE;
  if (text == NULL || *text == '\0')
    return refuse (at, name, EHCP_ERROR_MISSING, "must not be empty", error);
  if (!ehcp_text_is_clean (text, FALSE))
    return refuse (at, name, EHCP_ERROR_RANGE, "has control characters", error);
  *out = g_strdup (text);
  return TRUE;
}

/* Ids stand in addresses inside the program and in JSON Pointers: no '/', '~' or '@'. */
static gboolean
is_id (const char *text)
{
  gsize n = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return n > 0 && n <= MAX_ID_LENGTH && text[n] == '\0';
}

static gboolean
read_id (JsonObject *object, const char *at, GHashTable *seen, char **out, GError **error)
{
  if (!read_text (object, at, "id", TRUE, out, error))
    return FALSE;
  if (!is_id (*out))
    return refuse (at, "id", EHCP_ERROR_RANGE, "must be of a-z, 0-9 and '-', at most 60", error);
  if (!g_hash_table_add (seen, g_strdup (*out)))
    return refuse (at, "id", EHCP_ERROR_CONFLICT, "stands twice", error);
  return TRUE;
}

static JsonArray *
read_array (JsonObject *object, const char *at, const char *name, guint least, GError **error)
{
  JsonArray *array = ehcp_json_get_array (object, name);

  if (array == NULL)
    refuse (at, name, json_object_has_member (object, name) ? EHCP_ERROR_MALFORMED : EHCP_ERROR_MISSING,
            "must be a list", error);
  else if (json_array_get_length (array) < least)
    {
      refuse (at, name, EHCP_ERROR_RANGE, "has too few items", error);
      return NULL;
    }
  return array;
}

static JsonObject *
read_item (JsonArray *array, guint i, const char *place, GError **error)
{
  JsonNode *node = json_array_get_element (array, i);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  ehcp_set_error (error, EHCP_ERROR_MALFORMED, place, "%s: must be an object", place);
  return NULL;
}

static gboolean
read_choices (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  static const char *const known[] = { "id", "label", "hint", NULL };
  gboolean has_choices =
      question->kind == EHCP_QUESTION_CHOICE || question->kind == EHCP_QUESTION_SEVERAL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array;

  if (!has_choices && json_object_has_member (object, "choices"))
    return refuse (at, "choices", EHCP_ERROR_UNKNOWN_FIELD, "this kind has no choices", error);
  if (!has_choices)
    return TRUE;

  array = read_array (object, at, "choices", 2, error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/choices/%u", at, i);
      JsonObject *item = read_item (array, i, place, error);
      EhcpChoice *choice;

      if (item == NULL)
        return FALSE;
      choice = g_new0 (EhcpChoice, 1);
      g_ptr_array_add (question->choices, choice);
      if (!has_only_members (item, known, place, error) ||
          !read_id (item, place, seen, &choice->id, error) ||
          !read_text (item, place, "label", TRUE, &choice->label, error) ||
          !read_text (item, place, "hint", FALSE, &choice->hint, error))
        return FALSE;
    }
  return array != NULL;
}

static gboolean
read_condition (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  static const char *const known[] = { "question", "is", NULL };
  JsonObject *condition = ehcp_json_get_object (object, "if");
  g_autofree char *place = g_strdup_printf ("%s/if", at);

  if (condition == NULL && json_object_has_member (object, "if"))
    return refuse (at, "if", EHCP_ERROR_MALFORMED, "must be an object", error);
  if (condition == NULL)
    return TRUE;
  return has_only_members (condition, known, place, error) &&
         read_text (condition, place, "question", TRUE, &question->if_question, error) &&
         read_text (condition, place, "is", TRUE, &question->if_value, error);
}

static gboolean
read_kind (JsonObject *object, const char *at, EhcpQuestionKind *kind, GError **error)
{
  const char *name = ehcp_json_get_text (object, "kind");

  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (name, kind_names[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return refuse (at, "kind", json_object_has_member (object, "kind") ? EHCP_ERROR_RANGE
                                                                     : EHCP_ERROR_MISSING,
                 "is not a kind of question", error);
}

static gboolean
read_max (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  gboolean is_short = question->kind == EHCP_QUESTION_SHORT_TEXT;
  int most = is_short ? MAX_SHORT_TEXT : MAX_LONG_TEXT;
  gint64 max = ehcp_json_get_int (object, "max");

  if (!is_short && question->kind != EHCP_QUESTION_LONG_TEXT)
    return !json_object_has_member (object, "max") ||
           refuse (at, "max", EHCP_ERROR_UNKNOWN_FIELD, "only a text has it", error);
  if (!json_object_has_member (object, "max"))
    max = most;
  if (max < 1 || max > most)
    return refuse (at, "max", EHCP_ERROR_RANGE, "is not a length that can be kept", error);
  question->max = max;
  return TRUE;
}

static gboolean
read_required (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  JsonNode *node = json_object_get_member (object, "required");

  if (node != NULL && json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (at, "required", EHCP_ERROR_MALFORMED, "must be true or false", error);
  question->is_required = ehcp_json_get_bool (object, "required");
  /* A person has to be told what is missing in words that fit the question. */
  return read_text (object, at, "missing", question->is_required, &question->missing, error);
}

static gboolean
read_question (JsonObject *object, const char *at, GHashTable *seen, EhcpQuestion *question,
               GError **error)
{
  static const char *const known[] = { "id",      "kind",    "label", "help", "required", "max",
                                       "missing", "choices", "if",    NULL };

  return has_only_members (object, known, at, error) &&
         read_id (object, at, seen, &question->id, error) &&
         read_kind (object, at, &question->kind, error) &&
         read_text (object, at, "label", TRUE, &question->label, error) &&
         read_text (object, at, "help", FALSE, &question->help, error) &&
         read_required (object, at, question, error) && read_max (object, at, question, error) &&
         read_choices (object, at, question, error) && read_condition (object, at, question, error);
}

static gboolean
read_questions (JsonObject *object, const char *at, GHashTable *seen, EhcpFormPage *page,
                GError **error)
{
  JsonArray *array = read_array (object, at, "questions", 1, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/questions/%u", at, i);
      JsonObject *item = read_item (array, i, place, error);
      EhcpQuestion *question;

      if (item == NULL)
        return FALSE;
      question = g_new0 (EhcpQuestion, 1);
      question->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) free_choice);
      g_ptr_array_add (page->questions, question);
      if (!read_question (item, place, seen, question, error))
        return FALSE;
    }
  return array != NULL;
}

static gboolean
read_pages (JsonObject *object, EhcpFormDefinition *definition, GError **error)
{
  static const char *const known[] = { "id",   "title", "hint",      "group", "heading",
                                       "text", "questions", NULL };
  g_autoptr (GHashTable) pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = read_array (object, "", "pages", 1, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("/pages/%u", i);
      JsonObject *item = read_item (array, i, place, error);
      EhcpFormPage *page;

      if (item == NULL)
        return FALSE;
      page = g_new0 (EhcpFormPage, 1);
      page->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) free_question);
      g_ptr_array_add (definition->pages, page);
      if (!has_only_members (item, known, place, error) ||
          !read_id (item, place, pages, &page->id, error) ||
          !read_text (item, place, "title", TRUE, &page->title, error) ||
          !read_text (item, place, "hint", FALSE, &page->hint, error) ||
          !read_text (item, place, "group", TRUE, &page->group, error) ||
          !read_text (item, place, "heading", FALSE, &page->heading, error) ||
          !read_text (item, place, "text", FALSE, &page->text, error) ||
          !read_questions (item, place, questions, page, error))
        return FALSE;
    }
  return array != NULL;
}

/* "id@version": an asked form keeps its questions when the council words them anew. */
static gboolean
check_name (const char *name, GError **error)
{
  const char *at_sign = strchr (name, '@');
  g_autofree char *id = at_sign != NULL ? g_strndup (name, at_sign - name) : NULL;
  guint64 version;

  if (id != NULL && is_id (id) && at_sign[1] != '0' &&
      g_ascii_string_to_unsigned (at_sign + 1, 10, 1, G_MAXINT, &version, NULL))
    return TRUE;
  return refuse ("", "name", EHCP_ERROR_RANGE, "must be ID@VERSION", error);
}

static gboolean
is_value_of (const EhcpQuestion *question, const char *value)
{
  if (question->kind == EHCP_QUESTION_YES_NO)
    return g_str_equal (value, "yes") || g_str_equal (value, "no");
  if (question->kind == EHCP_QUESTION_DECLARATION)
    return g_str_equal (value, "yes");
  for (guint i = 0; i < question->choices->len; i++)
    if (g_str_equal (((EhcpChoice *) question->choices->pdata[i])->id, value))
      return TRUE;
  return FALSE;
}

/* Conditions are joined before they are followed: an answer may be asked for by a later page. */
static gboolean
join_condition (EhcpFormDefinition *definition, EhcpQuestion *question, const char *at, GError **error)
{
  if (question->if_question == NULL)
    return TRUE;
  question->condition = ehcp_form_definition_find (definition, question->if_question);
  if (question->condition == NULL)
    return refuse (at, "question", EHCP_ERROR_NOT_FOUND, "there is no such question", error);
  if (!is_value_of (question->condition, question->if_value))
    return refuse (at, "is", EHCP_ERROR_RANGE, "that question cannot have this answer", error);
  return TRUE;
}

static gboolean
is_in_loop (const EhcpQuestion *question)
{
  const EhcpQuestion *slow = question, *fast = question;

  while (fast != NULL && fast->condition != NULL)
    {
      slow = slow->condition;
      fast = fast->condition->condition;
      if (slow == fast)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_conditions (EhcpFormDefinition *definition, gboolean is_joined, GError **error)
{
  for (guint i = 0; i < definition->pages->len; i++)
    {
      EhcpFormPage *page = definition->pages->pdata[i];

      for (guint j = 0; j < page->questions->len; j++)
        {
          EhcpQuestion *question = page->questions->pdata[j];
          g_autofree char *at = g_strdup_printf ("/pages/%u/questions/%u/if", i, j);

          if (!is_joined && !join_condition (definition, question, at, error))
            return FALSE;
          if (is_joined && is_in_loop (question))
            return refuse (at, "question", EHCP_ERROR_CONFLICT, "the conditions make a loop", error);
        }
    }
  return TRUE;
}

/**
 * ehcp_form_definition_parse:
 * @text: (array length=length): JSON, as in data/forms/
 * @length: bytes of @text
 * @error: return location
 *
 * Reads a definition. Everything is checked: unknown members, kinds, ids that stand twice, conditions on
 * questions or answers that do not exist, and conditions that lead back to themselves. Any thread.
 *
 * Returns: (transfer full): the definition, or %NULL with an %EHCP_ERROR whose field is a JSON Pointer to
 *   the place: %EHCP_ERROR_MALFORMED (not JSON, or of the wrong type), %EHCP_ERROR_UNKNOWN_FIELD,
 *   %EHCP_ERROR_MISSING, %EHCP_ERROR_RANGE (a value that cannot be), %EHCP_ERROR_CONFLICT (an id twice, a
 *   loop), %EHCP_ERROR_NOT_FOUND (a condition on no question), %EHCP_ERROR_TOO_LARGE.
 */
EhcpFormDefinition *
ehcp_form_definition_parse (const char *text, gsize length, GError **error)
{
  static const char *const known[] = { "name", "title", "intro", "submit", "next", "pages", NULL };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (EhcpFormDefinition) definition = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  object = ehcp_json_parse_object (text, length, MAX_DEFINITION_BYTES, error);
  if (object == NULL)
    return NULL;

  definition = g_new0 (EhcpFormDefinition, 1);
  definition->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) free_page);
  if (!has_only_members (object, known, "", error) ||
      !read_text (object, "", "name", TRUE, &definition->name, error) ||
      !check_name (definition->name, error) ||
      !read_text (object, "", "title", TRUE, &definition->title, error) ||
      !read_text (object, "", "intro", TRUE, &definition->intro, error) ||
      !read_text (object, "", "submit", TRUE, &definition->submit, error) ||
      !read_text (object, "", "next", TRUE, &definition->next, error) ||
      !read_pages (object, definition, error) || !check_conditions (definition, FALSE, error) ||
      !check_conditions (definition, TRUE, error))
    return NULL;
  return g_steal_pointer (&definition);
}

/** ehcp_form_definition_free: Frees @definition with its pages, questions and choices. */
void
ehcp_form_definition_free (EhcpFormDefinition *definition)
{
  g_free (definition->name);
  g_free (definition->title);
  g_free (definition->intro);
  g_free (definition->submit);
  g_free (definition->next);
  g_ptr_array_unref (definition->pages);
  g_free (definition);
}

/**
 * ehcp_form_definition_find_page:
 * @definition: a definition
 * @question: a question's id
 *
 * Returns: (nullable) (transfer none): the page on which it is asked, or %NULL. Any thread.
 */
const EhcpFormPage *
ehcp_form_definition_find_page (const EhcpFormDefinition *definition, const char *question)
{
  for (guint i = 0; i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = definition->pages->pdata[i];

      for (guint j = 0; j < page->questions->len; j++)
        if (g_strcmp0 (((EhcpQuestion *) page->questions->pdata[j])->id, question) == 0)
          return page;
    }
  return NULL;
}

/**
 * ehcp_form_definition_find:
 * @definition: a definition
 * @question: a question's id
 *
 * Returns: (nullable) (transfer none): the question, or %NULL when the form has none of that id. Any thread.
 */
const EhcpQuestion *
ehcp_form_definition_find (const EhcpFormDefinition *definition, const char *question)
{
  const EhcpFormPage *page = ehcp_form_definition_find_page (definition, question);

  for (guint i = 0; page != NULL && i < page->questions->len; i++)
    if (g_strcmp0 (((EhcpQuestion *) page->questions->pdata[i])->id, question) == 0)
      return page->questions->pdata[i];
  return NULL;
}
