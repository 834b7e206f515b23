/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a question or a page is asked: joining conditions to the questions that they hang on, refusing those
 * that lead back to themselves, and following them with a person's answers. */
#include "ehcp-form-conditions.h"

#include "ehcp-error.h"

/** ehcp_condition_clear: Gives back what a condition holds. */
void
ehcp_condition_clear (EhcpCondition *condition)
{
  g_clear_pointer (&condition->question, g_free);
  g_clear_pointer (&condition->values, g_strfreev);
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

static gboolean
refuse (const char *at, const char *name, EhcpError code, const char *why, GError **error)
{
  g_autofree char *place = g_strdup_printf ("%s/if/%s", at, name);

  ehcp_set_error (error, code, place, "%s: %s", place, why);
  return FALSE;
}

/* Joined before they are followed: an answer may be asked for by a later page. */
static gboolean
join (const EhcpFormDefinition *definition, EhcpCondition *condition, const char *at, GError **error)
{
  if (condition->question == NULL)
    return TRUE;
  condition->on = ehcp_form_definition_find (definition, condition->question);
  if (condition->on == NULL)
    return refuse (at, "question", EHCP_ERROR_NOT_FOUND, "there is no such question", error);
  for (guint i = 0; condition->values[i] != NULL; i++)
    if (!is_value_of (condition->on, condition->values[i]))
      return refuse (at, "is", EHCP_ERROR_RANGE, "that question cannot have this answer", error);
  return TRUE;
}

static gboolean
join_page (const EhcpFormDefinition *definition, guint n, GError **error)
{
  EhcpFormPage *page = definition->pages->pdata[n];
  g_autofree char *at = g_strdup_printf ("/pages/%u", n);

  if (!join (definition, &page->condition, at, error))
    return FALSE;
  for (guint i = 0; i < page->questions->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/questions/%u", at, i);

      if (!join (definition, &((EhcpQuestion *) page->questions->pdata[i])->condition, place, error))
        return FALSE;
    }
  return TRUE;
}

/* The questions on which @question hangs, by its own condition or its page's, each once. A question on which
 * several paths lead is still followed once, so that no definition makes this slow. */
static void
add_causes (GPtrArray *causes, const EhcpQuestion *question)
{
  const EhcpQuestion *on[] = { question->condition.on, question->page->condition.on };

  for (guint i = 0; i < G_N_ELEMENTS (on); i++)
    if (on[i] != NULL && !g_ptr_array_find (causes, on[i], NULL))
      g_ptr_array_add (causes, (gpointer) on[i]);
}

static gboolean
is_in_loop (const EhcpQuestion *question)
{
  g_autoptr (GPtrArray) causes = g_ptr_array_new ();

  add_causes (causes, question);
  for (guint i = 0; i < causes->len; i++)
    {
      if (causes->pdata[i] == question)
        return TRUE;
      add_causes (causes, causes->pdata[i]);
    }
  return FALSE;
}

static gboolean
check_loops (const EhcpFormDefinition *definition, guint n, GError **error)
{
  EhcpFormPage *page = definition->pages->pdata[n];

  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = page->questions->pdata[i];
      g_autofree char *at = question->condition.on != NULL ? g_strdup_printf ("/pages/%u/questions/%u", n, i)
                                                           : g_strdup_printf ("/pages/%u", n);

      if (is_in_loop (question))
        return refuse (at, "question", EHCP_ERROR_CONFLICT, "the conditions make a loop", error);
    }
  return TRUE;
}

/**
 * ehcp_form_conditions_join:
 * @definition: with all its pages and questions
 * @error: return location
 *
 * Returns: whether each condition hangs on a question and an answer that exist (%EHCP_ERROR_NOT_FOUND,
 *   %EHCP_ERROR_RANGE) and none leads back to itself (%EHCP_ERROR_CONFLICT), with the place.
 */
gboolean
ehcp_form_conditions_join (EhcpFormDefinition *definition, GError **error)
{
  for (guint i = 0; i < definition->pages->len; i++)
    if (!join_page (definition, i, error))
      return FALSE;
  for (guint i = 0; i < definition->pages->len; i++)
    if (!check_loops (definition, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
has_one_of (const EhcpQuestion *question, const char *value, char **wanted)
{
  g_auto (GStrv) lines = NULL;

  if (value == NULL)
    return FALSE;
  if (question->kind != EHCP_QUESTION_SEVERAL)
    return g_strv_contains ((const char *const *) wanted, value);
  lines = g_strsplit (value, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) wanted, lines[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_met (const EhcpCondition *condition, EhcpAnswerFunc answer, gpointer data)
{
  return condition->on == NULL ||
         has_one_of (condition->on, answer (condition->on->id, data), condition->values);
}

/**
 * ehcp_question_is_asked:
 * @question: a question of a definition that was parsed
 * @answer: gives the answers
 * @data: for @answer
 *
 * Follows the conditions up, its own and its page's: a question that hangs on one that is not asked itself
 * is not asked either, although an answer to that one may have been kept from before. Any thread.
 *
 * Returns: whether the question is put to the person.
 */
gboolean
ehcp_question_is_asked (const EhcpQuestion *question, EhcpAnswerFunc answer, gpointer data)
{
  g_autoptr (GPtrArray) followed = g_ptr_array_new ();

  g_ptr_array_add (followed, (gpointer) question);
  for (guint i = 0; i < followed->len; i++)
    {
      const EhcpQuestion *q = followed->pdata[i];

      if (!is_met (&q->condition, answer, data) || !is_met (&q->page->condition, answer, data))
        return FALSE;
      add_causes (followed, q);
    }
  return TRUE;
}
