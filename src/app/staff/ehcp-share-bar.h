/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One number as a bar beside its words. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define EHCP_TYPE_SHARE_BAR (ehcp_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (EhcpShareBar, ehcp_share_bar, EHCP, SHARE_BAR, GtkWidget)

/* @share: 0 to 1, of the width. */
GtkWidget *ehcp_share_bar_new (double share);

G_END_DECLS
