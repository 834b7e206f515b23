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
  EHCP_QUESTION_ADDRESS,     /* value: EHCP_ADDRESS_LINES lines: street, more, town, postcode */
  EHCP_QUESTION_PERSON,      /* value: EHCP_PERSON_LINES lines: forename, surname, who, telephone, e-mail */
  EHCP_QUESTION_SCHOOL,      /* value: a name, of the council's list or another */
  EHCP_QUESTION_FILE,        /* value: a line a file, see ehcp-form-files.c */
} EhcpQuestionKind;

#define EHCP_ADDRESS_LINES 4
#define EHCP_PERSON_LINES 5
#define EHCP_FORM_MAX_FILES 10 /* of one question */

/* What a short text or a date has to look like. */
typedef enum
{
  EHCP_LIKE_ANY,
  EHCP_LIKE_EMAIL,
  EHCP_LIKE_TELEPHONE,
  EHCP_LIKE_POSTCODE,
  EHCP_LIKE_NUMBER, /* digits alone */
  EHCP_LIKE_PAST,   /* today or before */
  EHCP_LIKE_FUTURE, /* today or after */
} EhcpLike;

typedef struct
{
  char *id;
  char *label;
  char *hint;           /* a line under the label, or NULL */
} EhcpChoice;

typedef struct _EhcpQuestion EhcpQuestion;
typedef struct _EhcpFormPage EhcpFormPage;

/* Met when the other question is asked itself and its answer is (or has among it) one of the values. */
typedef struct
{
  char *question;         /* its id; NULL: there is no condition */
  char **values;
  const EhcpQuestion *on; /* the question of that id */
} EhcpCondition;

struct _EhcpQuestion
{
  char *id;
  EhcpQuestionKind kind;
  char *label;          /* the question, in words */
  char *help;           /* or NULL */
  gboolean is_required;
  int max;              /* characters of a text, or files */
  EhcpLike like;
  char *missing;        /* words for "not answered", such as "Enter the name of the school" */
  char *wrong;          /* words for an answer that cannot be; or NULL: the program's own */
  GPtrArray *choices;   /* of EhcpChoice; empty for other kinds */
  EhcpCondition condition;
  char *section;        /* of the plan ("A" to "K") on which it comments, or NULL */
  gboolean is_evidence; /* of that comment; else what is to change */
  const EhcpFormPage *page;
};

struct _EhcpFormPage
{
  char *id;
  char *title;
  char *hint;           /* a line under the title in the task list, or NULL */
  char *group;          /* heading in the task list, such as "About the draft plan" */
  char *heading;        /* heading of the page itself; or NULL: the title */
  char *text;           /* a paragraph under the heading, or NULL */
  EhcpCondition condition;
  GPtrArray *questions; /* of EhcpQuestion, at least one */
};

typedef enum
{
  EHCP_FORM_ACTION,  /* asked by the council, filled in by a person of the case */
  EHCP_FORM_REQUEST, /* for an assessment of a child without a case */
} EhcpFormUse;

typedef struct
{
  char *name;           /* "id@version" */
  char *title;          /* "Parental Preference Form" */
  char *intro;          /* a paragraph above the task list */
  char *submit;         /* the button's words: "Submit" */
  char *next;           /* what happens next, shown after it was sent */
  EhcpFormUse use;
  gboolean may_start;   /* a family may send it without being asked */
  gboolean is_for_professionals;
  GPtrArray *pages;     /* of EhcpFormPage, at least one */
} EhcpFormDefinition;

typedef enum
{
  EHCP_PART_NOT_STARTED,
  EHCP_PART_IN_PROGRESS,
  EHCP_PART_COMPLETED,
  EHCP_PART_CANNOT_START, /* whether it is needed hangs on a question that is not answered yet */
  EHCP_PART_NOT_NEEDED,
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
gboolean ehcp_question_check (const EhcpQuestion *question, const char *value, gint32 today,
                              GError **error);
gboolean ehcp_form_definition_check (const EhcpFormDefinition *definition, EhcpAnswerFunc answer,
                                     gpointer data, gint32 today, GError **error);
gboolean ehcp_form_page_check (const EhcpFormPage *page, EhcpAnswerFunc answer, gpointer data,
                               gint32 today, GError **error);
EhcpPartState ehcp_form_page_get_state (const EhcpFormPage *page, EhcpAnswerFunc answer, gpointer data,
                                        gint32 today);
char *ehcp_form_definition_digest (const EhcpFormDefinition *definition, EhcpAnswerFunc answer,
                                   gpointer data);
const char *ehcp_question_kind_get_name (EhcpQuestionKind kind);
guint ehcp_form_definition_get_version (const char *name);
gboolean ehcp_form_definition_is_same_form (const char *one, const char *two);
char *ehcp_question_format_answer (const EhcpQuestion *question, const char *value);

/* Answers to questions of the kind `file`. */
char *ehcp_form_file_get_document (const char *line);
gboolean ehcp_form_file_is_here (const char *line);
char *ehcp_form_file_get_name (const char *line);
gboolean ehcp_form_files_check (const char *value, int most);
char *ehcp_form_files_add_line (const char *value, const char *line);
char *ehcp_form_files_add (const char *value, const char *document, const char *name);
char *ehcp_form_files_keep_documents (const char *value);
char *ehcp_form_files_format (const char *value);

G_END_DECLS
