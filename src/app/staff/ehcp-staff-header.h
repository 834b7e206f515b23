/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of staff in the header: `Caseload`, `Messages`, `Team view`. */
#pragma once

#include "ehcp-view.h"

G_BEGIN_DECLS

#define EHCP_TYPE_STAFF_HEADER (ehcp_staff_header_get_type ())
G_DECLARE_FINAL_TYPE (EhcpStaffHeader, ehcp_staff_header, EHCP, STAFF_HEADER, GtkBox)

/* Puts the switcher into the header of @view; @place: which one it is, "caseload", "inbox" or "team". A place
 * that does not exist, or that the role of the account has no use for, has no button. */
void ehcp_staff_header_show (EhcpView *view, const char *place);

G_END_DECLS
