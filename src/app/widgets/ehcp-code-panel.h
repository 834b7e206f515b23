/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry for an e-mailed code: where it went, how long it lives, and how to get another. */
#pragma once

#include <adwaita.h>

#include "ehcp-link.h"

G_BEGIN_DECLS

/* Properties: "label" string, construct only: the entry's name, "Security code". Signal "activated"
 * (no arguments): Enter was pressed in the entry. */
#define EHCP_TYPE_CODE_PANEL (ehcp_code_panel_get_type ())
G_DECLARE_FINAL_TYPE (EhcpCodePanel, ehcp_code_panel, EHCP, CODE_PANEL, AdwBin)

/* Takes what the council said when it sent the code; empties the entry and starts the count. */
void ehcp_code_panel_start (EhcpCodePanel *panel, EhcpLink *link, EhcpFlow flow,
                            const EhcpCodeSent *sent);
const char *ehcp_code_panel_get_id (EhcpCodePanel *panel);
/* The six digits (transfer full), or NULL after having said what is wrong at the entry. */
char *ehcp_code_panel_take_code (EhcpCodePanel *panel);
void ehcp_code_panel_show_error (EhcpCodePanel *panel, const GError *error);
void ehcp_code_panel_stop (EhcpCodePanel *panel);

G_END_DECLS
