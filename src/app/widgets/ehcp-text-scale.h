/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large the text is, so that layouts follow the width in characters and not in pixels. */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

double ehcp_text_scale_get (PangoContext *context);

G_END_DECLS
