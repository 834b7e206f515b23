/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question of a form as a control, by its kind. */
#pragma once

#include <adwaita.h>

#include "ehcp-form-filling.h"

G_BEGIN_DECLS

/* Emits "changed" when the person changed the answer, and "settled" (string) when they chose between two. */
#define EHCP_TYPE_QUESTION_FIELD (ehcp_question_field_get_type ())
G_DECLARE_FINAL_TYPE (EhcpQuestionField, ehcp_question_field, EHCP, QUESTION_FIELD, AdwBin)

/* @question: outlives the field; @value: as it is kept, or NULL. */
GtkWidget *ehcp_question_field_new (const EhcpQuestion *question, const char *value);
/* What it may offer: the council's list of schools. */
void ehcp_question_field_set_link (EhcpQuestionField *field, EhcpLink *link);
/* NULL: there is none. */
void ehcp_question_field_set_conflict (EhcpQuestionField *field, const EhcpFormConflict *conflict);
const EhcpQuestion *ehcp_question_field_get_question (EhcpQuestionField *field);
/* (transfer none): the answer as it is kept; never NULL. A day that cannot be read stays as it was typed. */
const char *ehcp_question_field_get_value (EhcpQuestionField *field);
/* Whether it is typed letter by letter, rather than chosen. */
gboolean ehcp_question_field_is_typed (EhcpQuestionField *field);
/* (transfer full): what stands in the way of sending a file that was chosen, or NULL. */
char *ehcp_question_field_get_problem (EhcpQuestionField *field);
/* NULL: nothing is wrong. */
void ehcp_question_field_set_error (EhcpQuestionField *field, const char *text);
void ehcp_question_field_focus (EhcpQuestionField *field);

G_END_DECLS
