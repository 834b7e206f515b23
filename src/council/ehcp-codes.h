/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of 8 characters that people read out and type: unique codes and those of invitations. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ehcp_code_make (void);
char *ehcp_code_hash (const char *purpose, const char *code);

G_END_DECLS
