/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sizes of files in words. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ehcp_size_words (gint64 n_bytes);

G_END_DECLS
