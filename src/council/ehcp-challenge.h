/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of 6 digits that are mailed to prove an address: at registration, at each sign-in and for a
 * new password. All functions run inside the write transaction. */
#pragma once

#include "ehcp-council.h"

G_BEGIN_DECLS

#define EHCP_CHALLENGE_MINUTES 10
#define EHCP_CHALLENGE_MAX_TRIES 5
#define EHCP_CHALLENGE_MAX_RESENDS 5

typedef enum
{
  EHCP_CHALLENGE_REGISTRATION,
  EHCP_CHALLENGE_SIGN_IN,
  EHCP_CHALLENGE_PASSWORD_RESET,
} EhcpChallengeFlow;

/* What a person is told about a code that is on its way. */
typedef struct
{
  char *id;
  char *sent_to; /* masked */
  gint64 expires_at;
  gint64 resend_after;
} EhcpCodeSent;

void ehcp_code_sent_clear (EhcpCodeSent *sent);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpCodeSent, ehcp_code_sent_clear)

/* Whose code it was, once it fitted. */
typedef struct
{
  char *email;
  char *account; /* NULL for a registration */
} EhcpProof;

void ehcp_proof_clear (EhcpProof *proof);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EhcpProof, ehcp_proof_clear)

gboolean ehcp_challenge_begin (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow,
                               const char *email, const char *account, gboolean is_mailed,
                               EhcpCodeSent *sent, GError **error);
gboolean ehcp_challenge_resend (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow,
                                const char *id, EhcpCodeSent *sent, GError **error);
gboolean ehcp_challenge_answer (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow,
                                const char *id, const char *code, EhcpProof *proof,
                                GError **refusal, GError **error);
/* Any connection: whether an answer can still be given, before work is done for it. */
gboolean ehcp_challenge_is_open (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow,
                                 const char *id, GError **error);
gboolean ehcp_challenge_take_back (EhcpDb *db, const char *id, GError **error);
gboolean ehcp_challenge_end_all (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error);
gboolean ehcp_challenge_purge (EhcpCouncil *council, EhcpDb *db, GError **error);

G_END_DECLS
