/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code of an authenticator app: the second step of a member of staff's sign-in, and of a family's who wants it. */
#pragma once

#include "ehcp-council.h"
#include "ehcp-totp.h"

G_BEGIN_DECLS

/* What the program is told after the mailed code was right. */
typedef struct
{
  gboolean is_new;
  guint8 secret[EHCP_TOTP_SECRET_LENGTH]; /* only when it is new */
  gint64 expires_at;
} EhcpAuthenticatorAsked;

/* Writer, inside a transaction. */
gboolean ehcp_authenticator_ask (EhcpCouncil *council, EhcpDb *db, const char *sign_in, const char *account,
                                 EhcpAuthenticatorAsked *asked, GError **error);
gboolean ehcp_authenticator_answer (EhcpCouncil *council, EhcpDb *db, const char *sign_in, const char *code,
                                    char **account, GError **refusal, GError **error);
gboolean ehcp_authenticator_forget (EhcpDb *db, const char *account, GError **error);
gboolean ehcp_authenticator_purge (EhcpCouncil *council, EhcpDb *db, GError **error);

/* A family that is signed in switches it on and off. */
gboolean ehcp_authenticator_offer (EhcpCouncil *council, EhcpDb *db, const char *account, EhcpAuthenticatorAsked *asked,
                                   GError **error);
gboolean ehcp_authenticator_accept (EhcpCouncil *council, EhcpDb *db, const char *account, const char *code,
                                    GError **refusal, GError **error);
gboolean ehcp_authenticator_give_up (EhcpCouncil *council, EhcpDb *db, const char *account, const char *code,
                                     GError **refusal, GError **error);

/* Any connection. */
gboolean ehcp_authenticator_is_on (EhcpDb *db, const char *account, gboolean *is_on, GError **error);

G_END_DECLS
