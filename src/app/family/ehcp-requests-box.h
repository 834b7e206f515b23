/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests for an assessment on the portal page: those that were begun or sent, and the way to a new one. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_REQUESTS_BOX (ehcp_requests_box_get_type ())
G_DECLARE_FINAL_TYPE (EhcpRequestsBox, ehcp_requests_box, EHCP, REQUESTS_BOX, AdwBin)

/* By what is in the book of @view's link, which the rows lead on from. */
void ehcp_requests_box_update (EhcpRequestsBox *box, EhcpView *view);
/* How many there are besides the way to a new one. */
guint ehcp_requests_box_count (EhcpRequestsBox *box);

G_END_DECLS
