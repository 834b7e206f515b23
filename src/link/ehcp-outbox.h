/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that are not acknowledged, as the book shows them: laid over the council's records. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-outgoing.h"

G_BEGIN_DECLS

typedef struct _EhcpOutbox EhcpOutbox;

EhcpOutbox *ehcp_outbox_new (EhcpBook *book);
void ehcp_outbox_free (EhcpOutbox *outbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpOutbox, ehcp_outbox_free)

void ehcp_outbox_add (EhcpOutbox *outbox, EhcpOutgoing *outgoing);
EhcpRecord *ehcp_outbox_find_under (EhcpOutbox *outbox, EhcpKind kind, const char *id);
GStrv ehcp_outbox_list_about (EhcpOutbox *outbox, EhcpKind kind, const char *id, gboolean is_refused);
EhcpOutgoing *ehcp_outbox_find (EhcpOutbox *outbox, const char *id);
void ehcp_outbox_set_delivery (EhcpOutbox *outbox, const char *id, EhcpDelivery delivery,
                               const char *refusal, const char *field);
void ehcp_outbox_finish (EhcpOutbox *outbox, const char *id, gboolean is_same_epoch);
void ehcp_outbox_drop (EhcpOutbox *outbox, const char *id);
void ehcp_outbox_forget_case (EhcpOutbox *outbox, const char *case_id);
void ehcp_outbox_clear (EhcpOutbox *outbox);
void ehcp_outbox_count (EhcpOutbox *outbox, guint *n_waiting, guint *n_refused);

void ehcp_outbox_put (EhcpOutbox *outbox, EhcpRecord *record);
void ehcp_outbox_remove (EhcpOutbox *outbox, EhcpKind kind, const char *id);

G_END_DECLS
