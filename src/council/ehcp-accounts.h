/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts: registration, sign-in with a code each time, passwords, staff. Every function waits
 * (for Argon2id and for the commit): threads of their own call them, never the server's workers. */
#pragma once

#include "ehcp-challenge.h"
#include "ehcp-sessions.h"

G_BEGIN_DECLS

typedef struct _EhcpAccounts EhcpAccounts;

EhcpAccounts *ehcp_accounts_new (EhcpCouncil *council, EhcpSessions *sessions, GError **error);
void ehcp_accounts_free (EhcpAccounts *accounts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EhcpAccounts, ehcp_accounts_free)

/* @from: the network that a request came from, such as "192.0.2.0/24": failures are counted for it.
 */
gboolean ehcp_accounts_register (EhcpAccounts *accounts, EhcpRecord *body, const char *from,
                                 EhcpCodeSent *sent, GError **error);
gboolean ehcp_accounts_verify (EhcpAccounts *accounts, const char *id, const char *code,
                               GError **error);
gboolean ehcp_accounts_sign_in (EhcpAccounts *accounts, const char *email, const char *password,
                                const char *from, EhcpCodeSent *sent, GError **error);
char *ehcp_accounts_finish_sign_in (EhcpAccounts *accounts, const char *id, const char *code,
                                    const char *device, const char *network, GError **error);
char *ehcp_accounts_answer_authenticator (EhcpAccounts *accounts, const char *id, const char *code,
                                          const char *device, const char *network, GError **error);
gboolean ehcp_accounts_reset (EhcpAccounts *accounts, const char *email, const char *from,
                              EhcpCodeSent *sent, GError **error);
gboolean ehcp_accounts_finish_reset (EhcpAccounts *accounts, const char *id, const char *code,
                                     const char *password, GError **error);
gboolean ehcp_accounts_resend (EhcpAccounts *accounts, EhcpChallengeFlow flow, const char *id,
                               EhcpCodeSent *sent, GError **error);
gboolean ehcp_accounts_change_password (EhcpAccounts *accounts, const EhcpActorId *actor,
                                        const char *password, const char *new_password,
                                        GError **error);

/* A family's authenticator app; staff cannot be without. */
char *ehcp_accounts_look_at_authenticator (EhcpAccounts *accounts, const EhcpActorId *actor,
                                           GError **error);
char *ehcp_accounts_offer_authenticator (EhcpAccounts *accounts, const EhcpActorId *actor,
                                         const char *email, const char *password,
                                         GError **error);
gboolean ehcp_accounts_switch_authenticator (EhcpAccounts *accounts, const EhcpActorId *actor,
                                             const char *code, gboolean is_on, GError **error);
gboolean ehcp_accounts_take_authenticator (EhcpCouncil *council, const char *email,
                                           const char *checked, GError **error);

/* By the council, for a family or for staff whose computer is gone. */
gboolean ehcp_accounts_end_sessions (EhcpCouncil *council, const char *email, const char *checked,
                                     GError **error);

/* Staff: the first password is set through a one-use link. Making and ending them: ehcp-staff.h. */
char *ehcp_accounts_make_staff_link (EhcpCouncil *council, EhcpDb *db, const char *account,
                                     GError **error);
gboolean ehcp_accounts_finish_staff_link (EhcpAccounts *accounts, const char *code,
                                          const char *password, const char *from, GError **error);

G_END_DECLS
