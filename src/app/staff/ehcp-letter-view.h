/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A letter from a template: filled in, previewed, published. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_LETTER_VIEW (ehcp_letter_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpLetterView, ehcp_letter_view, EHCP, LETTER_VIEW, EhcpView)

G_END_DECLS
