/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Page 1 of 3" over as many bars. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "n-steps" uint, construct only; "step" uint, from 1; "has-required" boolean: also says
 * "Fields marked * are required". */
#define EHCP_TYPE_STEPS (ehcp_steps_get_type ())
G_DECLARE_FINAL_TYPE (EhcpSteps, ehcp_steps, EHCP, STEPS, AdwBin)

void ehcp_steps_set_step (EhcpSteps *steps, guint step);

G_END_DECLS
