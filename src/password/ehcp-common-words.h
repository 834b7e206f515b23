/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that make up what many people use as a password: sorted tables of our own, which are facts and no
 * rules. Rules: ehcp-common-phrase.c. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern const char *const ehcp_small_words[]; /* "this", "is" */
extern const gsize ehcp_n_small_words;
extern const char *const ehcp_local_words[]; /* "ehcp", "council" */
extern const gsize ehcp_n_local_words;
extern const char *const ehcp_known_words[]; /* "dragon", "nevergiveup" */
extern const gsize ehcp_n_known_words;

G_END_DECLS
