/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for words, whatever their case and accents. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ehcp_search_fold (const char *text);
gboolean ehcp_search_matches (const char *folded, const char *folded_words);

G_END_DECLS
