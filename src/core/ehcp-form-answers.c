/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers held against a form's definition: what is asked, what is missing, how far a part is, and an
 * answer as words. Pure functions, the same for the program and the council. */
#include "ehcp-form-definition.h"

#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_LINE 200

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
is_telephone (const char *value)
{
  guint n_digits = 0;

  for (const char *p = value; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      n_digits++;
    else if (strchr (" +()-.", *p) == NULL)
      return FALSE;
  return n_digits >= 6 && n_digits <= 15;
}

static gboolean
is_like (EhcpLike like, const char *value)
{
  g_autofree char *stripped = g_strstrip (g_strdup (value));
  g_autofree char *postcode = NULL;

  switch (like)
    {
    case EHCP_LIKE_EMAIL:
      return ehcp_text_is_email (stripped);
    case EHCP_LIKE_TELEPHONE:
      return is_telephone (stripped);
    case EHCP_LIKE_POSTCODE:
      postcode = ehcp_text_normalise_postcode (stripped);
      return postcode != NULL;
    case EHCP_LIKE_NUMBER:
      return strspn (stripped, "0123456789") == strlen (stripped);
    default:
      return TRUE;
    }
}

static gboolean
is_day_in_range (const EhcpQuestion *question, const char *value, gint32 today)
{
  gint32 day = ehcp_date_parse (value);

  if (day == 0)
    return FALSE;
  return today == 0 || (question->like != EHCP_LIKE_PAST && question->like != EHCP_LIKE_FUTURE) ||
         (question->like == EHCP_LIKE_PAST ? day <= today : day >= today);
}

/* Lines of which each is a short text; @wanted names those that must not be empty. */
static gboolean
are_lines (char **lines, guint n_lines, const char *wanted)
{
  if (g_strv_length (lines) != n_lines)
    return FALSE;
  for (guint i = 0; i < n_lines; i++)
    if (g_utf8_strlen (lines[i], -1) > MAX_LINE || !ehcp_text_is_clean (lines[i], TRUE) ||
        (wanted[i] == '!' && is_blank (lines[i])))
      return FALSE;
  return TRUE;
}

static gboolean
is_address (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  return are_lines (lines, EHCP_ADDRESS_LINES, "!-!!") && is_like (EHCP_LIKE_POSTCODE, lines[3]);
}

static gboolean
is_person (const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

  return are_lines (lines, EHCP_PERSON_LINES, "!!---") &&
         (is_blank (lines[3]) || is_like (EHCP_LIKE_TELEPHONE, lines[3])) &&
         (is_blank (lines[4]) || is_like (EHCP_LIKE_EMAIL, lines[4]));
}

static gboolean
is_in_range (const EhcpQuestion *question, const char *value, gint32 today)
{
  switch (question->kind)
    {
    case EHCP_QUESTION_SHORT_TEXT:
    case EHCP_QUESTION_LONG_TEXT:
    case EHCP_QUESTION_SCHOOL:
      return g_utf8_strlen (value, -1) <= question->max &&
             ehcp_text_is_clean (value, question->kind != EHCP_QUESTION_LONG_TEXT) &&
             is_like (question->like, value);
    case EHCP_QUESTION_DATE:
      return is_day_in_range (question, value, today);
    case EHCP_QUESTION_CHOICE:
      return find_choice (question, value) != NULL;
    case EHCP_QUESTION_SEVERAL:
      return is_several_in_range (question, value);
    case EHCP_QUESTION_YES_NO:
      return g_str_equal (value, "yes") || g_str_equal (value, "no");
    case EHCP_QUESTION_DECLARATION:
      return g_str_equal (value, "yes");
    case EHCP_QUESTION_ADDRESS:
      return is_address (value);
    case EHCP_QUESTION_PERSON:
      return is_person (value);
    case EHCP_QUESTION_FILE:
      return ehcp_form_files_check (value, question->max);
    default:
      g_return_val_if_reached (FALSE);
    }
}

/**
 * ehcp_question_check:
 * @question: a question
 * @value: (nullable): its answer as it is kept: UTF-8
 * @today: the day on which it is answered; 0: days are not held against today
 * @error: return location
 *
 * Holds one answer against its question, whether or not the question is asked. Any thread.
 *
 * Returns: %TRUE when it fits; otherwise %EHCP_ERROR_MISSING (required, and nothing but spaces) or
 *   %EHCP_ERROR_RANGE (too long, no such choice, no date), with the field `/answers/QUESTION`.
 */
gboolean
ehcp_question_check (const EhcpQuestion *question, const char *value, gint32 today, GError **error)
{
  g_autofree char *place = NULL;

  if (is_blank (value) ? !question->is_required : is_in_range (question, value, today))
    return TRUE;
  place = g_strdup_printf ("/answers/%s", question->id);
  if (is_blank (value))
    ehcp_set_error (error, EHCP_ERROR_MISSING, place, "%s is not answered", question->id);
  else
    ehcp_set_error (error, EHCP_ERROR_RANGE, place, "%s does not have such an answer", question->id);
  return FALSE;
}

/** ehcp_form_page_check: Holds what is asked on one page against its questions, as
 * ehcp_form_definition_check() does. Any thread. */
gboolean
ehcp_form_page_check (const EhcpFormPage *page, EhcpAnswerFunc answer, gpointer data, gint32 today,
                      GError **error)
{
  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = page->questions->pdata[i];

      if (ehcp_question_is_asked (question, answer, data) &&
          !ehcp_question_check (question, answer (question->id, data), today, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * ehcp_form_definition_check:
 * @definition: a definition
 * @answer: gives the answers
 * @data: for @answer
 * @today: the day on which it is sent
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
                            gint32 today, GError **error)
{
  for (guint i = 0; i < definition->pages->len; i++)
    if (!ehcp_form_page_check (definition->pages->pdata[i], answer, data, today, error))
      return FALSE;
  return TRUE;
}

/**
 * ehcp_form_definition_digest:
 * @definition: a definition
 * @answer: gives the answers
 * @data: for @answer
 *
 * One text for all that is asked and answered, in the order of the pages, by which two sides tell whether they
 * have the same answers. SHA-256 of each question's id and answer with a NUL behind it; of files those that the
 * council has. Any thread.
 *
 * Returns: (transfer full): 64 hexadecimal digits.
 */
char *
ehcp_form_definition_digest (const EhcpFormDefinition *definition, EhcpAnswerFunc answer, gpointer data)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < definition->pages->len; i++)
    {
      const EhcpFormPage *page = definition->pages->pdata[i];

      for (guint j = 0; j < page->questions->len; j++)
        {
          const EhcpQuestion *question = page->questions->pdata[j];
          g_autofree char *files = NULL;
          const char *value = answer (question->id, data);

          if (question->kind == EHCP_QUESTION_FILE)
            value = files = ehcp_form_files_keep_documents (value);
          if (is_blank (value) || !ehcp_question_is_asked (question, answer, data))
            continue;
          g_checksum_update (checksum, (const guchar *) question->id, (gssize) strlen (question->id) + 1);
          g_checksum_update (checksum, (const guchar *) value, (gssize) strlen (value) + 1);
        }
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Whether the page may still come to be needed: what it hangs on is asked and has no answer yet. */
static gboolean
is_undecided (const EhcpFormPage *page, EhcpAnswerFunc answer, gpointer data)
{
  const EhcpQuestion *on = page->condition.on;

  return on != NULL && ehcp_question_is_asked (on, answer, data) && is_blank (answer (on->id, data));
}

/**
 * ehcp_form_page_get_state:
 * @page: a page
 * @answer: gives the answers
 * @data: for @answer
 * @today: the day
 *
 * Returns: %EHCP_PART_NOT_STARTED when none of what is asked is answered, %EHCP_PART_COMPLETED when at
 *   least one is and nothing is missing or out of range, %EHCP_PART_IN_PROGRESS otherwise; of a page on
 *   which nothing is asked, %EHCP_PART_CANNOT_START while that may change with a question that is not
 *   answered yet, and %EHCP_PART_NOT_NEEDED. Any thread.
 */
EhcpPartState
ehcp_form_page_get_state (const EhcpFormPage *page, EhcpAnswerFunc answer, gpointer data, gint32 today)
{
  gboolean is_started = FALSE, is_complete = TRUE, is_asked = FALSE;

  for (guint i = 0; i < page->questions->len; i++)
    {
      const EhcpQuestion *question = page->questions->pdata[i];
      const char *value;

      if (!ehcp_question_is_asked (question, answer, data))
        continue;
      is_asked = TRUE;
      value = answer (question->id, data);
      is_started |= !is_blank (value);
      is_complete &= ehcp_question_check (question, value, today, NULL);
    }
  if (!is_asked)
    return is_undecided (page, answer, data) ? EHCP_PART_CANNOT_START : EHCP_PART_NOT_NEEDED;
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

/* An address stands on several lines, a person on two: the name and who they are, and how to reach them. */
static char *
format_lines (const EhcpQuestion *question, const char *value)
{
  g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_person = question->kind == EHCP_QUESTION_PERSON;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *between = !is_person ? "\n" : i == 1 ? " " : i == 3 ? "\n" : ", ";

      if (is_blank (lines[i]))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? between : "", g_strstrip (lines[i]));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * ehcp_question_format_answer:
 * @question: a question
 * @value: (nullable): its answer as it is kept
 *
 * The answer as the person gave it, in the definition's language, which is that of its labels: the label
 * of a choice, those of several and the names of files a line each, "24 November 2026", "Yes" or "No", the text without spaces
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
    case EHCP_QUESTION_ADDRESS:
    case EHCP_QUESTION_PERSON:
      return format_lines (question, value);
    case EHCP_QUESTION_FILE:
      return ehcp_form_files_format (value);
    default:
      return g_strstrip (g_strdup (value));
    }
}
