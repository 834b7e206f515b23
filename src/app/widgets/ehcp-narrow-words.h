/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that stay whole where there is little room. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Every row that one chooses from and every button below @root, or @root itself. May be called again. */
void ehcp_narrow_words_fit (GtkWidget *root, gboolean is_narrow);

G_END_DECLS
