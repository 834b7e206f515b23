/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords that are well-known, or are made of few well-known words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ehcp_common_phrase_is_all (const char *folded, const char *const *local);

G_END_DECLS
