/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The MIME form of an e-mail. */
#pragma once

#include "ehcp-mail-text.h"

G_BEGIN_DECLS

void ehcp_mail_mime_init (void);
char *ehcp_mail_mime_make (const EhcpMailText *text, const EhcpConfig *config, const char *to,
                           gint64 unix_s);

G_END_DECLS
