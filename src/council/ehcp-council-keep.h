/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The administrator's sub-commands that keep what there is: backup, restore, verify, audit. */
#pragma once

int ehcp_keep_run_backup (int argc, char **argv);
int ehcp_keep_run_restore (int argc, char **argv);
int ehcp_keep_run_verify (int argc, char **argv);
int ehcp_keep_run_audit (int argc, char **argv);
