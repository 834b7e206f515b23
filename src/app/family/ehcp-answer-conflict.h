/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer that was changed at two places: both, side by side, and the choice between them. */
#pragma once

#include <adwaita.h>

#include "ehcp-form-filling.h"

G_BEGIN_DECLS

/* Emits "settled" (string: what the answer shall be). */
#define EHCP_TYPE_ANSWER_CONFLICT (ehcp_answer_conflict_get_type ())
G_DECLARE_FINAL_TYPE (EhcpAnswerConflict, ehcp_answer_conflict, EHCP, ANSWER_CONFLICT, AdwBin)

GtkWidget *ehcp_answer_conflict_new (const EhcpQuestion *question, const char *mine,
                                     const EhcpFormConflict *conflict);

G_END_DECLS
