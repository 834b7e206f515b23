/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses: a council's, and the links of e-mails that open the program. Pure functions. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  EHCP_URI_ACCEPT, /* an invitation's code */
  EHCP_URI_STAFF,  /* the one-use link of a staff account */
} EhcpUriKind;

typedef struct
{
  EhcpUriKind kind;
  char *council;
  char *code;
} EhcpUri;

EhcpUri *ehcp_uri_parse (const char *text);
void ehcp_uri_free (EhcpUri *uri);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpUri, ehcp_uri_free)

char *ehcp_uri_normalise_council (const char *typed);

G_END_DECLS
