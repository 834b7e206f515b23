/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One form while it is being filled in: its definition, the answers, what was typed and not sent. */
#pragma once

#include "ehcp-day.h"
#include "ehcp-form-definition.h"
#include "ehcp-link.h"

G_BEGIN_DECLS

/* Emits "changed" after an answer was typed, stored or came from elsewhere. Property "saved-at" (int64, s
 * since 1970, 0: nothing was saved yet): when what was typed was last put on disk. Main thread. */
#define EHCP_TYPE_FORM_FILLING (ehcp_form_filling_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFormFilling, ehcp_form_filling, EHCP, FORM_FILLING, GObject)

/* NULL while the form or its definition has not come yet; @error when the definition cannot be read. */
EhcpFormFilling *ehcp_form_filling_new (EhcpLink *link, const char *form_id, GError **error);

EhcpRecord *ehcp_form_filling_get_form (EhcpFormFilling *filling);
const EhcpFormDefinition *ehcp_form_filling_get_definition (EhcpFormFilling *filling);
gboolean ehcp_form_filling_is_open (EhcpFormFilling *filling);
gint64 ehcp_form_filling_get_saved_at (EhcpFormFilling *filling);

EhcpDay ehcp_form_filling_get_today (EhcpFormFilling *filling);

/* Parts: the pages that stand in the task list, by the answers that there are now; those with nothing but a
 * declaration, and those that are not needed, do not. */
guint ehcp_form_filling_count_parts (EhcpFormFilling *filling);
const EhcpFormPage *ehcp_form_filling_nth_part (EhcpFormFilling *filling, guint n);
int ehcp_form_filling_find_part (EhcpFormFilling *filling, const char *page);
EhcpPartState ehcp_form_filling_get_part_state (EhcpFormFilling *filling, const EhcpFormPage *page);
guint ehcp_form_filling_count_completed (EhcpFormFilling *filling);
/* Whether nothing is missing or wrong but the declarations. */
gboolean ehcp_form_filling_may_check (EhcpFormFilling *filling);

/* An EhcpAnswerFunc with the filling as its data: what was typed last. */
const char *ehcp_form_filling_get_answer (const char *question, gpointer filling);
/* Keeps @value: as a draft on disk within a second, or at once for what is not typed letter by letter. */
void ehcp_form_filling_type (EhcpFormFilling *filling, const char *question, const char *value,
                             gboolean at_once);
/* What was typed becomes answers that travel to the council. */
void ehcp_form_filling_save (EhcpFormFilling *filling);
/* Saves, then puts the form into the outbox; finishes when both are safe on disk. */
void ehcp_form_filling_submit_async (EhcpFormFilling *filling, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
gboolean ehcp_form_filling_submit_finish (EhcpFormFilling *filling, GAsyncResult *result,
                                          GError **error);

G_END_DECLS
