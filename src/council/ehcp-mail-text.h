/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of an e-mail: a template of data/mail filled in, as subject, plain text and HTML. */
#pragma once

#include "ehcp-config.h"
#include "ehcp-mail.h"

G_BEGIN_DECLS

typedef struct
{
  char *subject;
  char *plain;
  char *html;
} EhcpMailText;

const char *ehcp_mail_kind_get_name (EhcpMailKind kind);
EhcpMailText *ehcp_mail_text_make (EhcpMailKind kind, const EhcpConfig *config, GHashTable *fields,
                                   GError **error);
void ehcp_mail_text_free (EhcpMailText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpMailText, ehcp_mail_text_free)

G_END_DECLS
