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

/* A request for an assessment: a form that nobody asked for, of no case, which is on this computer alone until
 * it is sent. (transfer full): the id under which it is filled in: that of one where nothing was typed yet,
 * or a new one; NULL while the council has not sent the form. */
char *ehcp_form_filling_begin_request (EhcpLink *link);
gboolean ehcp_form_filling_is_request (EhcpFormFilling *filling);
/* (transfer container): drafts of requests in which something was typed, newest first. */
GPtrArray *ehcp_form_filling_list_requests (EhcpLink *link);
/* Throws the draft of a request away. */
void ehcp_form_filling_discard_request (EhcpFormFilling *filling);

/* Whether it is a request that was thrown away, or sent, which gives it another id. */
gboolean ehcp_form_filling_is_gone (EhcpFormFilling *filling);

/* Whether it is another adult's, who shares it: it can be changed, but not sent. */
gboolean ehcp_form_filling_is_others (EhcpFormFilling *filling);

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
/* Saves, reads the files that go with it, then puts the form into the outbox; finishes when all are safe on disk.
 * G_IO_ERROR_INVALID_DATA: a file cannot go; the message says why, in words for people. */
void ehcp_form_filling_submit_async (EhcpFormFilling *filling, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);
/* (transfer full): the id of the form as it was sent. */
char *ehcp_form_filling_submit_finish (EhcpFormFilling *filling, GAsyncResult *result, GError **error);

/* (transfer container): the documents of a form that was sent and whose files are on their way. */
GPtrArray *ehcp_form_filling_list_moving_files (EhcpFormFilling *filling);
/* Takes a form back whose files are on their way. (transfer full) (nullable): the id under which it can be filled in
 * again; NULL when the council may have it already. The files are to be chosen again. */
char *ehcp_form_filling_take_back (EhcpFormFilling *filling);

/* An answer that was changed here and elsewhere: both are kept until the person decides. */
typedef struct
{
  const char *theirs; /* never NULL; "" when it was cleared */
  const char *who;    /* or NULL */
  const char *saved_at;
} EhcpFormConflict;

gboolean ehcp_form_filling_find_conflict (EhcpFormFilling *filling, const char *question,
                                          EhcpFormConflict *conflict);
guint ehcp_form_filling_count_conflicts (EhcpFormFilling *filling);
/* @value: what it shall be: mine, theirs, or both. */
void ehcp_form_filling_settle (EhcpFormFilling *filling, const char *question, const char *value);

/* Where the person is: kept until the page is left, so that a program that was killed comes back to it. */
void ehcp_form_filling_set_place (EhcpFormFilling *filling, const char *page, const char *question);
gboolean ehcp_form_filling_find_place (EhcpFormFilling *filling, char **page, char **question);

G_END_DECLS
