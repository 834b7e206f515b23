/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of a boxed list that leads somewhere. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An activatable AdwActionRow that a screen reader can press: GTK 4.8 gives rows no action of their own. */
#define EHCP_TYPE_ACTION_ROW (ehcp_action_row_get_type ())
G_DECLARE_FINAL_TYPE (EhcpActionRow, ehcp_action_row, EHCP, ACTION_ROW, AdwActionRow)

GtkWidget *ehcp_action_row_new (const char *title, const char *subtitle);
/* What is read aloud: the title by default. */
void ehcp_action_row_set_spoken (EhcpActionRow *row, const char *name, const char *description);

G_END_DECLS
