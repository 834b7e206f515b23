/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When something happened, in the words of the screens. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ehcp_time_words (gint64 unix_s, gint64 now_s);
char *ehcp_time_words_of_text (const char *time, gint64 now_s);
char *ehcp_time_words_saved (gint64 unix_s, gint64 now_s);
char *ehcp_time_words_clock (gint64 unix_s);
char *ehcp_time_words_countdown (gint64 seconds);

G_END_DECLS
