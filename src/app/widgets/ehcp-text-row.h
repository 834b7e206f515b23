/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a boxed list whose words come from people: they are text, never markup. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @subtitle: or NULL. An AdwActionRow that wraps and does nothing by itself. */
GtkWidget *ehcp_text_row_new (const char *title, const char *subtitle);

G_END_DECLS
