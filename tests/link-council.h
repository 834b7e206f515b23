/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A real council in this process, for tests of the program's side: it listens on loopback, has a caseworker,
 * and can be stopped, started again on the same port, and restored from a backup. */
#pragma once

#include "ehcp-json.h"
#include "ehcp-kinds.h"

#define LINK_MESSAGE_TYPE "Question about my child’s case"
#define LINK_FORM "short@1"

typedef struct _LinkCouncil LinkCouncil;

LinkCouncil *link_council_new (void);
void link_council_free (LinkCouncil *council);
const char *link_council_get_url (LinkCouncil *council);
guint link_council_get_port (LinkCouncil *council);
void link_council_stop (LinkCouncil *council);
void link_council_start (LinkCouncil *council);
void link_council_back_up (LinkCouncil *council);
void link_council_restore (LinkCouncil *council);
/* As the command line does it beside a council that serves; FALSE: as it was before. */
void link_council_disable (LinkCouncil *council, const char *email, gboolean is_disabled);
/* Of a council that is stopped: as if all had been signed out by it. */
void link_council_end_sessions (LinkCouncil *council);

/* As the caseworker, through the public API; bodies are written with ' for ". The id is the "result". */
char *link_council_send (LinkCouncil *council, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *link_council_publish (LinkCouncil *council, const char *case_id, GBytes *content);
/* The way in: a case with that child, whose mother at @email has the unique code checked. */
void link_council_invite (LinkCouncil *council, const char *email, char **case_id, char **person);
char *link_council_digits (LinkCouncil *council, const char *email);

/* What the council has. */
guint link_council_count (LinkCouncil *council, EhcpKind kind, const char *field, const char *value);
gboolean link_council_has (LinkCouncil *council, EhcpKind kind, const char *id);
