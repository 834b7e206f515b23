/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of a form's definition share: members with their place. For the files of core's forms. */
#pragma once

#include "ehcp-error.h"
#include "ehcp-form-definition.h"
#include "ehcp-json.h"

G_BEGIN_DECLS

/* ehcp-form-read.c. Each gives FALSE or NULL with an error whose field is @at, and what is in it. */
gboolean ehcp_form_read_has_only (JsonObject *object, const char *const *known, const char *at,
                                  GError **error);
gboolean ehcp_form_read_refuse (const char *at, const char *name, EhcpError code, const char *why,
                                GError **error);
gboolean ehcp_form_read_text (JsonObject *object, const char *at, const char *name, gboolean is_required,
                              char **out, GError **error);
gboolean ehcp_form_read_is_id (const char *text);
gboolean ehcp_form_read_id (JsonObject *object, const char *at, GHashTable *seen, char **out,
                            GError **error);
gboolean ehcp_form_read_flag (JsonObject *object, const char *at, const char *name, gboolean *out,
                              GError **error);
JsonArray *ehcp_form_read_array (JsonObject *object, const char *at, const char *name, guint least,
                                 GError **error);
JsonObject *ehcp_form_read_item (JsonArray *array, guint i, const char *place, GError **error);
gboolean ehcp_form_read_condition (JsonObject *object, const char *at, EhcpCondition *condition,
                                   GError **error);

/* ehcp-form-question.c */
void ehcp_question_free (EhcpQuestion *question);
EhcpQuestion *ehcp_question_new (const EhcpFormPage *page);
gboolean ehcp_question_read (JsonObject *object, const char *at, GHashTable *seen, EhcpQuestion *question,
                             GError **error);

G_END_DECLS
