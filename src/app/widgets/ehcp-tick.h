/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A check button or radio button. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkCheckButton that assistive technology can press: GTK 4.8 gives it no action of its own. One of a
 * group has to be made with the accessible role "radio": GTK 4.8 does not change it by itself. */
#define EHCP_TYPE_TICK (ehcp_tick_get_type ())
G_DECLARE_FINAL_TYPE (EhcpTick, ehcp_tick, EHCP, TICK, GtkCheckButton)

G_END_DECLS
