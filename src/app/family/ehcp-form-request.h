/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The draft of a request for an assessment: which ones there are on this computer. For ehcp-form-filling.c. */
#pragma once

#include "ehcp-form-definition.h"
#include "ehcp-link.h"

G_BEGIN_DECLS

/* (transfer full): the form of the draft of that id, as the council would have asked for it; or NULL. */
EhcpRecord *ehcp_form_request_make (EhcpLink *link, const char *id);
/* (transfer full): a JSON object of what is asked and answered. */
char *ehcp_form_request_format (const EhcpFormDefinition *definition, EhcpAnswerFunc answer, gpointer data);
/* (transfer full): the id of a new draft with the answers of a request that was taken back, but for its files. */
char *ehcp_form_request_make_again (EhcpLink *link, const EhcpFormDefinition *definition, EhcpAnswerFunc answer,
                                    gpointer data);
/* Away with everything that was typed, and with an earlier sending that was refused. */
void ehcp_form_request_clear (EhcpLink *link, EhcpRecord *form);

G_END_DECLS
