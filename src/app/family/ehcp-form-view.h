/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place "form/FORM[/PAGE[/QUESTION]]": a form's task list, one of its pages, the check of all answers, or what
 * comes after it was sent. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_FORM_VIEW (ehcp_form_view_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFormView, ehcp_form_view, EHCP, FORM_VIEW, EhcpView)

G_END_DECLS
