/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colours that the style sheets name, for what is drawn by hand. */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

void ehcp_palette_get (const char *name, GdkRGBA *colour);
void ehcp_palette_get_for (gboolean is_dark, gboolean is_high_contrast, const char *name, GdkRGBA *colour);

G_END_DECLS
