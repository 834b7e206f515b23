/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A button that leads to a section, with how much is waiting there. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties, construct only: "title" string, which is also its accessible name; "icon" string. */
#define EHCP_TYPE_COUNT_BOX (ehcp_count_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCountBox, ehcp_count_box, EHCP, COUNT_BOX, GtkButton)

void ehcp_count_box_set_count (EhcpCountBox *box, guint count, const char *note);

G_END_DECLS
