/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the window's two files. */
#pragma once

#include "ehcp-history.h"
#include "ehcp-window.h"

G_BEGIN_DECLS

void ehcp_window_class_install_actions (GtkWidgetClass *widget_class);
EhcpHistory *ehcp_window_get_history (EhcpWindow *window);

G_END_DECLS
