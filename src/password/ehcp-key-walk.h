/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords that fingers make and not heads: walks over the keyboard, and counting. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean ehcp_key_walk_is_all (const char *folded);

G_END_DECLS
