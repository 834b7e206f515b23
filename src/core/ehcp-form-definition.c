/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a form's definition from JSON, strictly: what it does not know, it refuses with a JSON Pointer to
 * the place, since a typing slip in a definition would silently drop a question. Questions are
 * ehcp-form-question.c's, answers the business of ehcp-form-answers.c. */
#include "ehcp-form-conditions.h"
#include "ehcp-form-read.h"

#include <string.h>

#define MAX_DEFINITION_BYTES 200000

static void
free_page (EhcpFormPage *page)
{
  g_free (page->id);
  g_free (page->title);
  g_free (page->hint);
  g_free (page->group);
  g_free (page->heading);
  g_free (page->text);
  ehcp_condition_clear (&page->condition);
  g_ptr_array_unref (page->questions);
  g_free (page);
}

static gboolean
read_questions (JsonObject *object, const char *at, GHashTable *seen, EhcpFormPage *page,
                GError **error)
{
  JsonArray *array = ehcp_form_read_array (object, at, "questions", 1, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/questions/%u", at, i);
      JsonObject *item = ehcp_form_read_item (array, i, place, error);
      EhcpQuestion *question;

      if (item == NULL)
        return FALSE;
      question = ehcp_question_new (page);
      g_ptr_array_add (page->questions, question);
      if (!ehcp_question_read (item, place, seen, question, error))
        return FALSE;
    }
  return array != NULL;
}

static gboolean
read_pages (JsonObject *object, EhcpFormDefinition *definition, GError **error)
{
  static const char *const known[] = { "id",   "title", "hint",      "group", "heading",
                                       "text", "if",    "questions", NULL };
  g_autoptr (GHashTable) pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = ehcp_form_read_array (object, "", "pages", 1, error);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("/pages/%u", i);
      JsonObject *item = ehcp_form_read_item (array, i, place, error);
      EhcpFormPage *page;

      if (item == NULL)
        return FALSE;
      page = g_new0 (EhcpFormPage, 1);
      page->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_question_free);
      g_ptr_array_add (definition->pages, page);
      if (!ehcp_form_read_has_only (item, known, place, error) ||
          !ehcp_form_read_id (item, place, pages, &page->id, error) ||
          !ehcp_form_read_text (item, place, "title", TRUE, &page->title, error) ||
          !ehcp_form_read_text (item, place, "hint", FALSE, &page->hint, error) ||
          !ehcp_form_read_text (item, place, "group", TRUE, &page->group, error) ||
          !ehcp_form_read_text (item, place, "heading", FALSE, &page->heading, error) ||
          !ehcp_form_read_text (item, place, "text", FALSE, &page->text, error) ||
          !ehcp_form_read_condition (item, place, &page->condition, error) ||
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

  if (id != NULL && ehcp_form_read_is_id (id) && at_sign[1] != '0' &&
      g_ascii_string_to_unsigned (at_sign + 1, 10, 1, G_MAXINT, &version, NULL))
    return TRUE;
  return ehcp_form_read_refuse ("", "name", EHCP_ERROR_RANGE, "must be ID@VERSION", error);
}

static gboolean
read_use (JsonObject *object, EhcpFormDefinition *definition, GError **error)
{
  const char *use = ehcp_json_get_text (object, "use");

  if (g_strcmp0 (use, "request") == 0)
    definition->use = EHCP_FORM_REQUEST;
  else if (json_object_has_member (object, "use"))
    return ehcp_form_read_refuse ("", "use", EHCP_ERROR_RANGE, "can only be `request`", error);
  return ehcp_form_read_flag (object, "", "start", &definition->may_start, error) &&
         ehcp_form_read_flag (object, "", "professional", &definition->is_for_professionals, error);
}

/* The council makes a case of the answers to these. */
static gboolean
check_request (const EhcpFormDefinition *definition, GError **error)
{
  static const struct
  {
    const char *id;
    EhcpQuestionKind kind;
    gboolean is_required;
  } wanted[] = {
    { "child-forename", EHCP_QUESTION_SHORT_TEXT, TRUE },
    { "child-surname", EHCP_QUESTION_SHORT_TEXT, TRUE },
    { "child-birth", EHCP_QUESTION_DATE, TRUE },
    { "relationship", EHCP_QUESTION_SHORT_TEXT, TRUE },
    { "school", EHCP_QUESTION_SCHOOL, FALSE },
  };

  for (guint i = 0; definition->use == EHCP_FORM_REQUEST && i < G_N_ELEMENTS (wanted); i++)
    {
      const EhcpQuestion *question = ehcp_form_definition_find (definition, wanted[i].id);

      if (question != NULL && question->kind == wanted[i].kind &&
          (!wanted[i].is_required || question->is_required))
        continue;
      ehcp_set_error (error, EHCP_ERROR_MISSING, "/pages",
                      "/pages: a request needs the question `%s`, of kind %s%s", wanted[i].id,
                      ehcp_question_kind_get_name (wanted[i].kind), wanted[i].is_required ? " and required" : "");
      return FALSE;
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
 * questions or answers that do not exist, and conditions that lead back to themselves; and that a request
 * asks for what a case is made of. Any thread.
 *
 * Returns: (transfer full): the definition, or %NULL with an %EHCP_ERROR whose field is a JSON Pointer to
 *   the place: %EHCP_ERROR_MALFORMED (not JSON, or of the wrong type), %EHCP_ERROR_UNKNOWN_FIELD,
 *   %EHCP_ERROR_MISSING, %EHCP_ERROR_RANGE (a value that cannot be), %EHCP_ERROR_CONFLICT (an id twice, a
 *   loop), %EHCP_ERROR_NOT_FOUND (a condition on no question), %EHCP_ERROR_TOO_LARGE.
 */
EhcpFormDefinition *
ehcp_form_definition_parse (const char *text, gsize length, GError **error)
{
  static const char *const known[] = { "name", "title", "intro",        "submit", "next",
                                       "use",  "start", "professional", "pages",  NULL };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (EhcpFormDefinition) definition = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  object = ehcp_json_parse_object (text, length, MAX_DEFINITION_BYTES, error);
  if (object == NULL)
    return NULL;

  definition = g_new0 (EhcpFormDefinition, 1);
  definition->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) free_page);
  if (!ehcp_form_read_has_only (object, known, "", error) ||
      !ehcp_form_read_text (object, "", "name", TRUE, &definition->name, error) ||
      !check_name (definition->name, error) ||
      !ehcp_form_read_text (object, "", "title", TRUE, &definition->title, error) ||
      !ehcp_form_read_text (object, "", "intro", TRUE, &definition->intro, error) ||
      !ehcp_form_read_text (object, "", "submit", TRUE, &definition->submit, error) ||
      !ehcp_form_read_text (object, "", "next", TRUE, &definition->next, error) ||
      !read_use (object, definition, error) || !read_pages (object, definition, error) ||
      !ehcp_form_conditions_join (definition, error) || !check_request (definition, error))
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

/** ehcp_form_definition_get_version: Returns: the VERSION of "ID@VERSION"; 0 for a text that is no name. */
guint
ehcp_form_definition_get_version (const char *name)
{
  const char *at_sign = strchr (name, '@');

  return at_sign != NULL ? (guint) g_ascii_strtoull (at_sign + 1, NULL, 10) : 0;
}

/** ehcp_form_definition_is_same_form: Returns: whether two names are versions of one form. Any thread. */
gboolean
ehcp_form_definition_is_same_form (const char *one, const char *two)
{
  gsize n = strcspn (one, "@");

  return n == strcspn (two, "@") && strncmp (one, two, n) == 0;
}
