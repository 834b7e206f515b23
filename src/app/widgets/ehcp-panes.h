/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list and what was chosen from it, side by side or as two pages. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "list" and "content" (widgets); "shows-content" boolean: which page is seen when narrow;
 * "is-narrow" boolean (read-only, notifies). Narrow is fewer than 700 px at a normal text size. */
#define EHCP_TYPE_PANES (ehcp_panes_get_type ())
G_DECLARE_FINAL_TYPE (EhcpPanes, ehcp_panes, EHCP, PANES, GtkWidget)

gboolean ehcp_panes_is_narrow (EhcpPanes *panes);
gboolean ehcp_panes_get_shows_content (EhcpPanes *panes);
void ehcp_panes_set_shows_content (EhcpPanes *panes, gboolean shows_content);
/* Whether the content hides the list: then Esc goes back to it. */
gboolean ehcp_panes_hides_list (EhcpPanes *panes);
/* Brings the list into sight and puts the focus into the search above it. */
gboolean ehcp_panes_focus_search (EhcpPanes *panes, GtkWidget *search);

G_END_DECLS
