/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of a council in this process, with the steps that its tests share. */
#pragma once

#include "council-fixture.h"

#include "ehcp-accounts.h"

#define EMAIL "eve.marlow@family.example"
#define PASSWORD "orchard gate at seven"
#define NEW_PASSWORD "kestrel over the mill"
#define HOME "c00002"
#define AWAY "cb0071"

typedef struct
{
  CouncilFixture council;
  EhcpSessions *sessions;
  EhcpAccounts *accounts;
  EhcpCodeSent sent;
} AccountsFixture;

void accounts_set_up (AccountsFixture *f, gconstpointer data);
void accounts_tear_down (AccountsFixture *f, gconstpointer data);
EhcpRecord *accounts_make_registration (const char *email, const char *password);
gboolean accounts_start_registration (AccountsFixture *f, const char *email, const char *password,
                                      GError **error);
char *accounts_read_code (AccountsFixture *f, const char *email, const char *kind);
gboolean accounts_send_again (AccountsFixture *f, EhcpChallengeFlow flow, const char *id,
                              GError **error);
/* (transfer full): what the app of that secret (base 32) shows, so many steps from now. */
char *accounts_make_app_code (AccountsFixture *f, const char *secret, int away);
const char *accounts_other_than (const char *code);
void accounts_register_account (AccountsFixture *f, const char *email);
void accounts_start_sign_in (AccountsFixture *f, const char *password, const char *from);
char *accounts_sign_in (AccountsFixture *f, const char *password);
gboolean accounts_is_signed_in (AccountsFixture *f, const char *token);
void accounts_assert_wrong (AccountsFixture *f, const char *email, const char *password,
                            const char *from, GError **error);
