/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the accounts share. */
#pragma once

#include "ehcp-accounts.h"
#include "ehcp-authenticator.h"
#include "ehcp-mail.h"
#include "ehcp-passwords.h"
#include "ehcp-throttle.h"

G_BEGIN_DECLS

/* Tries in a row that cost no waiting. */
#define EHCP_FREE_SIGN_INS 4  /* of one network for one address: the fifth failure costs a second  \
                               */
#define EHCP_FREE_FROM_NET 40 /* of one network for all addresses */
#define EHCP_FREE_MAILS 5     /* that one network asks for to one address */
#define EHCP_FREE_MAILS_TO 30 /* to one address, whoever asks: against a flood from many networks  \
                               */

struct _EhcpAccounts
{
  EhcpCouncil *council;
  EhcpSessions *sessions;
  EhcpPasswords *passwords;
  EhcpThrottle *throttle;
};

/* The stored side of an address; all NULL when nobody has it. */
typedef struct
{
  char *account;
  char *password;
  gboolean is_disabled;
} EhcpCredential;

/* One answer to a code on its way through the writer. */
typedef struct
{
  EhcpChallengeFlow flow;
  const char *id;
  const char *code;
  const char *device;
  const char *network;
  EhcpProof proof;
  GError *refusal; /* committed all the same: the try counts */
  EhcpCodeSent *sent;
  EhcpRecord *account;
  char *token;
  gint64 expires_at;
  EhcpAuthenticatorAsked asked; /* of whoever has an app to be asked for, instead of the token */
} EhcpAnswerToCode;

void ehcp_answer_clear (EhcpAnswerToCode *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpAnswerToCode, ehcp_answer_clear)
gboolean ehcp_answer_write (EhcpAccounts *accounts, EhcpWriteFunc write, EhcpAnswerToCode *answer,
                            GError **error);
gboolean ehcp_account_set_lost (GError **error);
char *ehcp_answer_format_asked (EhcpAccounts *accounts, const EhcpAuthenticatorAsked *asked, const char *email);

void ehcp_credential_clear (EhcpCredential *credential);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpCredential, ehcp_credential_clear)

gboolean ehcp_credential_find (EhcpDb *db, const char *email, EhcpCredential *credential,
                               GError **error);
char *ehcp_account_check_email (const char *typed, GError **error);
gboolean ehcp_account_may_mail (EhcpAccounts *accounts, const char *email, const char *from,
                                GError **error);
gboolean ehcp_account_check_password (EhcpAccounts *accounts, EhcpDb *db, const char *account,
                                      const char *password, GError **error);
gboolean ehcp_account_check_policy (EhcpAccounts *accounts, const char *password, const char *field,
                                    GError **error);
gboolean ehcp_account_tell (EhcpCouncil *council, EhcpDb *db, EhcpMailKind mail, const char *email,
                            GError **error);
gboolean ehcp_account_audit (EhcpCouncil *council, EhcpDb *db, const char *account,
                             const char *what, GError **error);
gboolean ehcp_account_audit_command_line (EhcpCouncil *council, EhcpDb *db, const char *account, const char *what,
                                          const char *detail, GError **error);

G_END_DECLS
