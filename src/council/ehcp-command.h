/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands: decoded strictly, held against policy, carried out once, answered the same for ever. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

/* A command is carried out in the writer thread; @answered is called there once its commit is durable, or
 * with the refusal. What can be refused without the database (malformed, not-allowed, ...) is answered in
 * the calling thread, before ehcp_command_submit() returns. @answered is always called exactly once. */

/* The answer to PUT /v1/commands/ID: a JSON body, or an error. */
typedef void (*EhcpAnsweredFunc) (gpointer data, const char *body, const GError *error);

void ehcp_command_submit (EhcpCouncil *council, const EhcpActorId *actor, const char *id,
                          GBytes *body, EhcpAnsweredFunc answered, gpointer data);

G_END_DECLS
