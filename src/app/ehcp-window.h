/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: header, notices, and the place that is shown. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

/* Properties: "link" (EhcpLink or NULL, read-only); "is-narrow" boolean (read-only, notifies): fewer than
 * 700 px at a normal text size; a screen binds its layout to it through gtk_widget_get_root(). */
#define EHCP_TYPE_WINDOW (ehcp_window_get_type ())
G_DECLARE_FINAL_TYPE (EhcpWindow, ehcp_window, EHCP, WINDOW, AdwApplicationWindow)

EhcpWindow *ehcp_window_new (GtkApplication *application);
void ehcp_window_set_link (EhcpWindow *window, EhcpLink *link);
EhcpLink *ehcp_window_get_link (EhcpWindow *window);
gboolean ehcp_window_is_narrow (EhcpWindow *window);
void ehcp_window_go (EhcpWindow *window, const char *target);
void ehcp_window_toast (EhcpWindow *window, const char *text);
void ehcp_window_store_all (EhcpWindow *window);
gboolean ehcp_window_is_covered (EhcpWindow *window);
const char *ehcp_window_get_target (EhcpWindow *window);

G_END_DECLS
