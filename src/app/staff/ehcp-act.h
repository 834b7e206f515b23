/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sending what staff do, and hearing what became of it. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

/* @result: what the council answered, as JSON, or NULL; @error: why it refused, or NULL; @is_waiting: it cannot be
 * reached, and the act waits to be sent. Not called once @cancellable is cancelled. */
typedef void (*EhcpActFunc) (GtkWidget *owner, const char *result, const GError *error, gboolean is_waiting,
                             gpointer data);

/* A command of that kind about a case, with the newest number of @about (or none) as what the sender saw. */
EhcpRecord *ehcp_act_new (EhcpCommand command, const char *case_id, EhcpRecord *about);
/* @files: (nullable): of EhcpFile, in the order of the command; @owner: kept until the answer. A refused act is taken out of the outbox: what was typed is still on the screen. */
void ehcp_act_send (EhcpLink *link, EhcpRecord *command, GPtrArray *files, GCancellable *cancellable,
                    GtkWidget *owner, EhcpActFunc done, gpointer data);
/* Words (transfer full) for a refusal, as staff need them. */
char *ehcp_act_words (EhcpCommand command, const GError *error);

G_END_DECLS
