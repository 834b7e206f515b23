/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sub-command "timescale": dated facts in, deadlines with their reasons out. It needs no
 * configuration and no database, so that anyone can hold the rules against cases of their own. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full) (nullable): the answer for the text of a question, see src/PROTOCOL.md; NULL with an
 * EhcpError whose field is the member at fault. */
char *ehcp_timescale_answer (const char *text, gsize length, GError **error);
/* argv[0] is "timescale". From standard input to standard output; returns the exit code. */
int ehcp_timescale_run (int argc, char **argv);

G_END_DECLS
