/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form's definition: pages of questions, read from JSON, and the check of answers against it. The
 * program asks with it, the council holds what was sent against the same one. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_QUESTION_SHORT_TEXT,
  EHCP_QUESTION_LONG_TEXT,
  EHCP_QUESTION_DATE,        /* value: "YYYY-MM-DD" */
  EHCP_QUESTION_CHOICE,      /* value: the id of one choice */
  EHCP_QUESTION_SEVERAL,     /* value: ids of choices, a line each */
  EHCP_QUESTION_YES_NO,      /* value: "yes" or "no" */
  EHCP_QUESTION_DECLARATION, /* value: "yes" */
} EhcpQuestionKind;

typedef struct
{
  char *id;
  char *label;
  char *hint;           /* a line under the label, or NULL */
} EhcpChoice;

typedef struct _EhcpQuestion EhcpQuestion;

struct _EhcpQuestion
{
  char *id;
  EhcpQuestionKind kind;
  char *label;          /* the question, in words */
  char *help;           /* or NULL */
  gboolean is_required;
  int max;              /* characters of a text */
  char *missing;        /* words for "not answered", such as "Enter the name of the school" */
  GPtrArray *choices;   /* of EhcpChoice; empty for other kinds */
  char *if_question;    /* asked only when that question's answer is if_value; or NULL */
  char *if_value;
  const EhcpQuestion *condition; /* the question of `if_question`, or NULL */
};

typedef struct
{
  char *id;
  char *title;
  char *hint;           /* a line under the title in the task list, or NULL */
  char *group;          /* heading in the task list, such as "About the draft plan" */
  char *heading;        /* heading of the page itself; or NULL: the title */
  char *text;           /* a paragraph under the heading, or NULL */
  GPtrArray *questions; /* of EhcpQuestion, at least one */
} EhcpFormPage;

typedef struct
{
  char *name;           /* "id@version" */
  char *title;          /* "Parental Preference Form" */
  char *intro;          /* a paragraph above the task list */
  char *submit;         /* the button's words: "Submit" */
  char *next;           /* what happens next, shown after it was sent */
  GPtrArray *pages;     /* of EhcpFormPage, at least one */
} EhcpFormDefinition;

typedef enum
{
  EHCP_PART_NOT_STARTED,
  EHCP_PART_IN_PROGRESS,
  EHCP_PART_COMPLETED,
} EhcpPartState;

/* Gives the answer to a question, or NULL; the string stays its owner's. */
typedef const char *(*EhcpAnswerFunc) (const char *question, gpointer data);

EhcpFormDefinition *ehcp_form_definition_parse (const char *text, gsize length, GError **error);
void ehcp_form_definition_free (EhcpFormDefinition *definition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpFormDefinition, ehcp_form_definition_free)

const EhcpQuestion *ehcp_form_definition_find (const EhcpFormDefinition *definition,
                                               const char *question);
const EhcpFormPage *ehcp_form_definition_find_page (const EhcpFormDefinition *definition,
                                                    const char *question);
gboolean ehcp_question_is_asked (const EhcpQuestion *question, EhcpAnswerFunc answer, gpointer data);
gboolean ehcp_question_check (const EhcpQuestion *question, const char *value, GError **error);
gboolean ehcp_form_definition_check (const EhcpFormDefinition *definition, EhcpAnswerFunc answer,
                                     gpointer data, GError **error);
EhcpPartState ehcp_form_page_get_state (const EhcpFormPage *page, EhcpAnswerFunc answer,
                                        gpointer data);
char *ehcp_question_format_answer (const EhcpQuestion *question, const char *value);

G_END_DECLS
