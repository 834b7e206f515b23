/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as numbered A4 pages, to become part of a larger PDF. */
#pragma once

#include "ehcp-render-document.h"

G_BEGIN_DECLS

GBytes *ehcp_render_export (GBytes *content, guint first, const char *foot, GError **error);

G_END_DECLS
