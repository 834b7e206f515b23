/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names for the buttons of libadwaita's toasts, which have none or a doubled one for assistive technology. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Of each toast that @overlay is going to show. Once for an overlay; GTK's thread. */
void ehcp_toast_names_watch (AdwToastOverlay *overlay);

G_END_DECLS
