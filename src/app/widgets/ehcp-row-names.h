/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the parts of libadwaita's rows that have none for assistive technology. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Every row below @root, or @root itself. May be called again. */
void ehcp_row_names_tidy (GtkWidget *root);

G_END_DECLS
