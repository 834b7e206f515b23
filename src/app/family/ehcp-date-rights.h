/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the family can do about a deadline, and what happens if it is missed. Pure functions of records. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-day.h"

G_BEGIN_DECLS

/* All (nullable) (transfer full). */
char *ehcp_date_rights_right (EhcpRecord *deadline, EhcpDay today);
char *ehcp_date_rights_missed (EhcpRecord *deadline, EhcpDay today);
char *ehcp_date_rights_service (EhcpBook *book, EhcpRecord *deadline, EhcpDay today);

G_END_DECLS
