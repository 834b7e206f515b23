/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where e-mails are handed over: a relay that speaks SMTP, or a folder. */
#pragma once

#include "ehcp-config.h"

G_BEGIN_DECLS

typedef struct _EhcpRelay EhcpRelay;

typedef enum
{
  EHCP_RELAY_TAKEN,
  EHCP_RELAY_REFUSED,     /* this one mail: for now, or for good when `is_final` */
  EHCP_RELAY_UNREACHABLE, /* no mail would go: try all again later */
} EhcpRelayAnswer;

typedef struct
{
  gint64 id;
  char *kind;
  char *recipient;
  char *message;
  gint64 queued_at;  /* seconds since 1970, as all times here */
  gint64 expires_at; /* 0: never */
  gint64 next_try;
  int n_tries;
} EhcpMail;

void ehcp_mail_free (EhcpMail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpMail, ehcp_mail_free)

EhcpRelay *ehcp_relay_open (const EhcpConfig *config, GCancellable *cancellable, GError **error);
void ehcp_relay_close (EhcpRelay *relay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpRelay, ehcp_relay_close)
EhcpRelayAnswer ehcp_relay_send (EhcpRelay *relay, const EhcpMail *mail, gboolean *is_final,
                                 GError **error);

G_END_DECLS
