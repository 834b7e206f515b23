/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question of a form's definition: its kind, what its answer has to look like, its choices. */
#include "ehcp-form-conditions.h"
#include "ehcp-form-read.h"

#include <string.h>

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
  [EHCP_QUESTION_ADDRESS] = "address",
  [EHCP_QUESTION_PERSON] = "person",
  [EHCP_QUESTION_SCHOOL] = "school",
  [EHCP_QUESTION_FILE] = "file",
};

static const char *const like_names[] = {
  [EHCP_LIKE_EMAIL] = "email",   [EHCP_LIKE_TELEPHONE] = "telephone", [EHCP_LIKE_POSTCODE] = "postcode",
  [EHCP_LIKE_NUMBER] = "number", [EHCP_LIKE_PAST] = "past",           [EHCP_LIKE_FUTURE] = "future",
};

static void
free_choice (EhcpChoice *choice)
{
  g_free (choice->id);
  g_free (choice->label);
  g_free (choice->hint);
  g_free (choice);
}

/** ehcp_question_free: Gives it back with its choices. */
void
ehcp_question_free (EhcpQuestion *question)
{
  g_free (question->id);
  g_free (question->label);
  g_free (question->help);
  g_free (question->missing);
  g_free (question->wrong);
  g_free (question->section);
  ehcp_condition_clear (&question->condition);
  g_ptr_array_unref (question->choices);
  g_free (question);
}

/** ehcp_question_new: Returns: (transfer full): an empty question of @page, to be read into. */
EhcpQuestion *
ehcp_question_new (const EhcpFormPage *page)
{
  EhcpQuestion *question = g_new0 (EhcpQuestion, 1);

  question->page = page;
  question->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) free_choice);
  return question;
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
    return ehcp_form_read_refuse (at, "choices", EHCP_ERROR_UNKNOWN_FIELD, "this kind has no choices", error);
  if (!has_choices)
    return TRUE;

  array = ehcp_form_read_array (object, at, "choices", 2, error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/choices/%u", at, i);
      JsonObject *item = ehcp_form_read_item (array, i, place, error);
      EhcpChoice *choice;

      if (item == NULL)
        return FALSE;
      choice = g_new0 (EhcpChoice, 1);
      g_ptr_array_add (question->choices, choice);
      if (!ehcp_form_read_has_only (item, known, place, error) ||
          !ehcp_form_read_id (item, place, seen, &choice->id, error) ||
          !ehcp_form_read_text (item, place, "label", TRUE, &choice->label, error) ||
          !ehcp_form_read_text (item, place, "hint", FALSE, &choice->hint, error))
        return FALSE;
    }
  return array != NULL;
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
  return ehcp_form_read_refuse (at, "kind", json_object_has_member (object, "kind") ? EHCP_ERROR_RANGE
                                                                     : EHCP_ERROR_MISSING,
                 "is not a kind of question", error);
}

/* How long a text may be, or how many files there may be; 0 for other kinds. */
static int
get_most (EhcpQuestionKind kind)
{
  switch (kind)
    {
    case EHCP_QUESTION_SHORT_TEXT:
    case EHCP_QUESTION_SCHOOL:
      return MAX_SHORT_TEXT;
    case EHCP_QUESTION_LONG_TEXT:
      return MAX_LONG_TEXT;
    case EHCP_QUESTION_FILE:
      return EHCP_FORM_MAX_FILES;
    default:
      return 0;
    }
}

static gboolean
read_max (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  int most = get_most (question->kind);
  gint64 max = ehcp_json_get_int (object, "max");

  if (most == 0)
    return !json_object_has_member (object, "max") ||
           ehcp_form_read_refuse (at, "max", EHCP_ERROR_UNKNOWN_FIELD, "only texts and files have it", error);
  if (!json_object_has_member (object, "max"))
    max = most;
  if (max < 1 || max > most)
    return ehcp_form_read_refuse (at, "max", EHCP_ERROR_RANGE, "is not a length or number that can be kept", error);
  question->max = max;
  return TRUE;
}

static gboolean
fits_kind (EhcpLike like, EhcpQuestionKind kind)
{
  return kind == (like >= EHCP_LIKE_PAST ? EHCP_QUESTION_DATE : EHCP_QUESTION_SHORT_TEXT);
}

/* A person has to be told what is wrong in words that fit the question. */
static gboolean
read_like (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  const char *name = ehcp_json_get_text (object, "like");

  for (guint i = 1; name != NULL && i < G_N_ELEMENTS (like_names); i++)
    if (g_str_equal (name, like_names[i]) && fits_kind (i, question->kind))
      question->like = i;
  if (question->like == EHCP_LIKE_ANY && json_object_has_member (object, "like"))
    return ehcp_form_read_refuse (at, "like", EHCP_ERROR_RANGE, "is nothing that this kind can be like", error);
  return ehcp_form_read_text (object, at, "wrong", question->like != EHCP_LIKE_ANY, &question->wrong, error);
}

/* `comments`: the section of the plan; `evidence`: that it is what supports the comment. */
static gboolean
read_section (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  gboolean has_evidence = json_object_has_member (object, "evidence");

  if (!ehcp_form_read_text (object, at, "comments", FALSE, &question->section, error))
    return FALSE;
  if (question->section != NULL &&
      (strlen (question->section) != 1 || strchr ("ABCDEFGHIJK", *question->section) == NULL))
    return ehcp_form_read_refuse (at, "comments", EHCP_ERROR_RANGE, "must be a section of the plan, A to K", error);
  if (question->section != NULL && question->kind != EHCP_QUESTION_LONG_TEXT)
    return ehcp_form_read_refuse (at, "comments", EHCP_ERROR_RANGE, "only a long text comments", error);
  if (has_evidence && question->section == NULL)
    return ehcp_form_read_refuse (at, "evidence", EHCP_ERROR_UNKNOWN_FIELD, "stands beside `comments` only",
                                  error);
  return ehcp_form_read_flag (object, at, "evidence", &question->is_evidence, error);
}

static gboolean
read_required (JsonObject *object, const char *at, EhcpQuestion *question, GError **error)
{
  if (!ehcp_form_read_flag (object, at, "required", &question->is_required, error))
    return FALSE;
  /* A person has to be told what is missing in words that fit the question. */
  return ehcp_form_read_text (object, at, "missing", question->is_required, &question->missing, error);
}

/** ehcp_question_read: Reads one question; @seen: the ids so far. Returns: whether it is one. */
gboolean
ehcp_question_read (JsonObject *object, const char *at, GHashTable *seen, EhcpQuestion *question,
               GError **error)
{
  static const char *const known[] = { "id",   "kind",  "label",   "help", "required", "max",      "missing",
                                       "like", "wrong", "choices", "if",   "comments", "evidence", NULL };

  return ehcp_form_read_has_only (object, known, at, error) &&
         ehcp_form_read_id (object, at, seen, &question->id, error) &&
         read_kind (object, at, &question->kind, error) &&
         ehcp_form_read_text (object, at, "label", TRUE, &question->label, error) &&
         ehcp_form_read_text (object, at, "help", FALSE, &question->help, error) &&
         read_required (object, at, question, error) && read_max (object, at, question, error) &&
         read_like (object, at, question, error) && read_section (object, at, question, error) &&
         read_choices (object, at, question, error) &&
         ehcp_form_read_condition (object, at, &question->condition, error);
}

/** ehcp_question_kind_get_name: Returns: (transfer none): "short-text" and so on, as in the file. */
const char *
ehcp_question_kind_get_name (EhcpQuestionKind kind)
{
  return kind_names[kind];
}
