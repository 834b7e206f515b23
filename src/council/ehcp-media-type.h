/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is, by its content. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EHCP_SNIFF_BYTES (64 * 1024) /* of the beginning and of the end */

const char *ehcp_media_type_find (const char *head, gsize head_length, const char *tail,
                                  gsize tail_length);
char *ehcp_file_name_clean (const char *name);
char *ehcp_file_name_fit (const char *name, const char *media_type);

G_END_DECLS
