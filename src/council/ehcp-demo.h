/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sub-command "demo": a council of invented families on this computer. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* argv[0] is "demo". Runs until SIGTERM, SIGINT or the end of the standard input; returns the exit code. */
int ehcp_demo_run (int argc, char **argv);

G_END_DECLS
