/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a message that staff write: template, type, subject and text. */
#pragma once

#include "ehcp-desk-page.h"
#include "ehcp-template-values.h"

G_BEGIN_DECLS

typedef struct _EhcpMessageFields EhcpMessageFields;

/* Called when something was typed or chosen. */
typedef void (*EhcpFieldsChanged) (EhcpView *view);

EhcpMessageFields *ehcp_message_fields_new (EhcpDeskPage *page, EhcpFieldsChanged changed);
void ehcp_message_fields_free (EhcpMessageFields *fields);

/* A template that is chosen from now on is filled in at once for that case; the case id is borrowed. NULL:
 * its fields stay, for many cases. */
void ehcp_message_fields_set_case (EhcpMessageFields *fields, const char *case_id);
/* Type and subject are those of the thread. */
void ehcp_message_fields_fix (EhcpMessageFields *fields, const char *message_type, const char *subject);
void ehcp_message_fields_fill (EhcpMessageFields *fields, const char *message_type, const char *subject,
                               const char *text);

const char *ehcp_message_fields_get_type_name (EhcpMessageFields *fields);
const char *ehcp_message_fields_get_subject (EhcpMessageFields *fields);
char *ehcp_message_fields_get_text (EhcpMessageFields *fields);
gboolean ehcp_message_fields_is_empty (EhcpMessageFields *fields);
/* Says at each field what is wrong; @for_case: also a field that nothing stands for in it, or NULL. */
void ehcp_message_fields_check (EhcpMessageFields *fields, const char *for_case);
/* The command for one case with everything filled in; @missing: names of what could not be. */
EhcpRecord *ehcp_message_fields_make_command (EhcpMessageFields *fields, const char *case_id, GStrv *missing);
/* "Fill in {due:final-plan}: ..." (transfer full). */
char *ehcp_message_fields_say_missing (const char *const *missing);

G_END_DECLS
