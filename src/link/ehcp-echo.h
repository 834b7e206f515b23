/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command will make in the book, before the council says so. */
#pragma once

#include "ehcp-book.h"
#include "ehcp-outgoing.h"

G_BEGIN_DECLS

void ehcp_echo_make (EhcpOutgoing *outgoing, EhcpBook *book, const char *now);
EhcpRecord *ehcp_echo_apply (const EhcpOutgoing *outgoing, EhcpRecord *echo, EhcpRecord *under);

G_END_DECLS
