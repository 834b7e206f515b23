/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, in a sentence for people. Pure functions. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *ehcp_error_words (const GError *error);
const char *ehcp_error_words_get_field (const GError *error);

G_END_DECLS
