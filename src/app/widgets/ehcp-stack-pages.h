/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of a GtkStack that are not shown, for assistive technology. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void ehcp_stack_pages_hide_others (GtkStack *stack);

G_END_DECLS
