/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events of one case as the rules take them. */
#pragma once

#include "ehcp-rules.h"

#include "ehcp-council.h"

G_BEGIN_DECLS

/* `what` of a correction by which an entry never happened. */
#define EHCP_EVENT_VOID "void"

typedef struct
{
  GPtrArray *events; /* of EhcpRecord: those that hold, the facts borrow their texts */
  GArray *facts;     /* of EhcpFact, in the order of `events`; then the implied ones */
} EhcpCaseFacts;

EhcpCaseFacts *ehcp_case_facts_read (EhcpDb *db, const char *case_id, GError **error);
const EhcpFact *ehcp_case_facts_get_entered (const EhcpCaseFacts *facts, guint *n_facts);
const EhcpFact *ehcp_case_facts_get (const EhcpCaseFacts *facts, guint *n_facts);
gint32 ehcp_case_facts_first (const EhcpCaseFacts *facts, const char *name);
gint32 ehcp_case_facts_last (const EhcpCaseFacts *facts, const char *name);
void ehcp_case_facts_free (EhcpCaseFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpCaseFacts, ehcp_case_facts_free)

G_END_DECLS
