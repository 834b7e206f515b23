/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desktop notes about a file that this program saved: thumbnails and "recent files". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void ehcp_traces_remove (const char *const *uris);

G_END_DECLS
