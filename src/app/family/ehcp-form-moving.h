/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a form on their way to the council. */
#pragma once

#include <adwaita.h>

#include "ehcp-record.h"

G_BEGIN_DECLS

/* Emits "cancel" when the person wants the form back. */
#define EHCP_TYPE_FORM_MOVING (ehcp_form_moving_get_type ())
G_DECLARE_FINAL_TYPE (EhcpFormMoving, ehcp_form_moving, EHCP, FORM_MOVING, AdwBin)

GtkWidget *ehcp_form_moving_new (void);
/* @documents: of EhcpRecord; none: it is not seen. */
void ehcp_form_moving_show (EhcpFormMoving *moving, GPtrArray *documents);

G_END_DECLS
