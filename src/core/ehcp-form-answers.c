/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers held against a form's definition: what is asked, what is missing, how far a part is, and an
 * answer as words. Pure functions, the same for the program and the council. */
#include "ehcp-form-definition.h"

#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

static gboolean
is_blank (const char *value)
{
  if (value == NULL)
    return TRUE;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static const EhcpChoice *
find_choice (const EhcpQuestion *question, const char *id)
{
  for (guint i = 0; i < question->choices->len; i++)
    if (g_str_equal (((EhcpChoice *) question->choices->pdata[i])->id, id))
      return question->choices->pdata[i];
  return NULL;
}

static gboolean
has_answer (const EhcpQuestion *question, const char *value, const char *wanted)
{
  g_auto (GStrv) lines = NULL;

  if (value == NULL)
    return FALSE;
  if (question->kind != EHCP_QUESTION_SEVERAL)
    return g_str_equal (value, wanted);
  lines = g_strsplit (value, "\n", -1);
  return g_strv_contains ((const char *const *) lines, wanted);
}

/**
 * ehcp_question_is_asked:
 * @question: a question of a definition that was parsed
 * @answer: gives the answers
 * @data: for @answer
 *
 * Follows the conditions up: a question that hangs on one that is not asked itself is not asked either,
 * although an answer to that one may have been kept from before. Any thread.
 *
 * Returns: whether the question is put to the person.
 */
gboolean
ehcp_question_is_asked (const EhcpQuestion *question, EhcpAnswerFunc answer, gpointer data)
{
  for (const EhcpQuestion *q = question; q->condition != NULL; q = q->condition)
    if (!has_answer (q->condition, answer (q->condition->id, data), q->if_value))
      return FALSE;
  return TRUE;
}

static gboolean
is_several_in_range (const EhcpQuestion *question, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (find_choice (question, lines[i]) == NULL)
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (g_str_equal (lines[i], lines[j]))
          return FALSE;
    }
  return TRUE;
}

static gboolean
is_in_range (const EhcpQuestion *question, const char *value)
{
  switch (question->kind)
    {
    case EHCP_QUESTION_SHORT_TEXT:
    case EHCP_QUESTION_LONG_TEXT:
      return g_utf8_strlen (value, -1) <= question->max &&
             ehcp_text_is_clean (value, question->kind == EHCP_QUESTION_SHORT_TEXT);
    case EHCP_QUESTION_DATE:
      return ehcp_date_parse (value) != 0;
    case EHCP_QUESTION_CHOICE:
      return find_choice (question, value) != NULL;
    case EHCP_QUESTION_SEVERAL:
      return is_several_in_range (question, value);
    case EHCP_QUESTION_YES_NO:
      return g_str_equal (value, "yes") || g_str_equal (value, "no");
    case EHCP_QUESTION_DECLARATION:
      return g_str_equal (value, "yes");
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * ehcp_question_check:
 * @question: a question
 * @value: (nullable): its answer as it is kept: UTF-8
 * @error: return location
 *
 * Holds one answer against its question, whether or not the question is asked. Any thread.
 *
 * Returns: %TRUE when it fits; otherwise %EHCP_ERROR_MISSING (required, and nothing but spaces) or
 *   %EHCP_ERROR_RANGE (too long, no such choice, no date), with the field `/answers/QUESTION`.
 */
gboolean
ehcp_question_check (const EhcpQuestion *question, const char *value, GError **error)
{
  g_autofree char *place = NULL;

  if (is_blank (value) ? !question->is_required : is_in_range (question, value))
    return TRUE;
  place = g_strdup_printf ("/answers/%s", question->id);
  if (is_blank (value))
    ehcp_set_error (error, EHCP_ERROR_MISSING, place, "%s is not answered", question->id);
  else
    ehcp_set_error (error, EHCP_ERROR_RANGE, place, "%s does not have such an answer", question->id);
  return FALSE;
}

/**
 * ehcp_form_definition_check:
 * @definition: a definition
 * @answer: gives the answers
 * @data: for @answer
 * @error: return location
 *
 * Holds a whole form against its definition before it is accepted. Answers to questions that are not
 * asked are left alone: they are kept from before the person changed their mind. Any thread.
 *
 * Returns: %TRUE when it may be submitted; otherwise the first fault in the order of the pages, as in
 *   ehcp_question_check().
 */
gboolean
ehcp_form_definition_check (const EhcpFormDefinition *definition, EhcpAnswerFunc answer, gpointer data,
                            GError **error)
{
  for (guint i = 0; i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = definition->pages->pdata[i];

      for (guint j = 0; j < page->questions->len; j++)
        {
          const EhcpQuestion *question = page->questions->pdata[j];

          if (ehcp_question_is_asked (question, answer, data) &&
              !ehcp_question_check (question, answer (question->id, data), error))
            return FALSE;
        }
    }
  return TRUE;
}

/**
 * ehcp_form_page_get_state:
 * @page: a page
 * @answer: gives the answers
 * @data: for @answer
 *
 * Returns: %EHCP_PART_NOT_STARTED when none of what is asked is answered, %EHCP_PART_COMPLETED when at
 *   least one is and nothing is missing or out of range, %EHCP_PART_IN_PROGRESS otherwise. Any thread.
 */
EhcpPartState
ehcp_form_page_get_state (const EhcpFormPage *page, EhcpAnswerFunc answer, gpointer data)
{
  gboolean is_started = FALSE, is_complete = TRUE;

  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = page->questions->pdata[i];
      const char *value;

      if (!ehcp_question_is_asked (question, answer, data))
        continue;
      value = answer (question->id, data);
      is_started |= !is_blank (value);
      is_complete &= ehcp_question_check (question, value, NULL);
    }
  if (!is_started)
    return EHCP_PART_NOT_STARTED;
  return is_complete ? EHCP_PART_COMPLETED : EHCP_PART_IN_PROGRESS;
}

static char *
format_several (const EhcpQuestion *question, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const EhcpChoice *choice = find_choice (question, lines[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                              choice != NULL ? choice->label : lines[i]);
    }
  return g_string_free (text, FALSE);
}

static char *
format_date (const char *value)
{
  static const char *const months[] = { "January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December" };
  gint32 day = ehcp_date_parse (value);
  GDate date;

  if (day == 0)
    return g_strdup (value);
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  return g_strdup_printf ("%d %s %d", g_date_get_day (&date), months[g_date_get_month (&date) - 1],
                          g_date_get_year (&date));
}

/**
 * ehcp_question_format_answer:
 * @question: a question
 * @value: (nullable): its answer as it is kept
 *
 * The answer as the person gave it, in the definition's language, which is that of its labels: the label
 * of a choice, those of several a line each, "24 November 2026", "Yes" or "No", the text without spaces
 * around it. A value that the question does not know comes back as it is. Any thread.
 *
 * Returns: (transfer full): never %NULL; "" when there is no answer.
 */
char *
ehcp_question_format_answer (const EhcpQuestion *question, const char *value)
{
  const EhcpChoice *choice;

  if (is_blank (value))
    return g_strdup ("");
  switch (question->kind)
    {
    case EHCP_QUESTION_DATE:
      return format_date (value);
    case EHCP_QUESTION_CHOICE:
      choice = find_choice (question, value);
      return g_strdup (choice != NULL ? choice->label : value);
    case EHCP_QUESTION_SEVERAL:
      return format_several (question, value);
    case EHCP_QUESTION_YES_NO:
    case EHCP_QUESTION_DECLARATION:
      return g_strdup (g_str_equal (value, "yes")  ? "Yes"
                       : g_str_equal (value, "no") ? "No"
                                                   : value);
    default:
      return g_strstrip (g_strdup (value));
    }
}
