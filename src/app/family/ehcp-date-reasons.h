/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deadline in words: what it is, and why it falls on that day. Pure functions of deadline records. */
#pragma once

#include "ehcp-record.h"
#include "ehcp-rules.h"

G_BEGIN_DECLS

char *ehcp_date_reasons_title (EhcpRecord *deadline);
char *ehcp_date_reasons_plain_title (EhcpRecord *deadline);
char *ehcp_date_reasons_why (EhcpRecord *deadline, EhcpDay today);
char *ehcp_date_reasons_source (EhcpRecord *deadline);
const char *ehcp_date_reasons_group_title (EhcpRecord *deadline);
char *ehcp_date_reasons_length (const EhcpRule *rule);
const EhcpRule *ehcp_date_reasons_find_rule (EhcpRecord *deadline);

G_END_DECLS
