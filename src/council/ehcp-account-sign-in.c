/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in: password, mailed code, and the code of an authenticator app for staff and for families that have one. */
#include "ehcp-accounts-private.h"

#include "ehcp-codec.h"
#include "ehcp-familiar.h"
#include "ehcp-invitation.h"
#include "ehcp-policy.h"
#include "ehcp-store.h"
#include "ehcp-text.h"

typedef struct
{
  const char *email;
  const char *account;
  const char *new_hash; /* with today's costs; or NULL */
  EhcpCodeSent *sent;
} SignIn;

static gboolean
write_sign_in (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  SignIn *sign_in = data;

  if (sign_in->new_hash != NULL &&
      !ehcp_db_run (db, error, "UPDATE credential SET password = ? WHERE account = ?", "ss",
                    sign_in->new_hash, sign_in->account))
    return FALSE;
  return ehcp_challenge_begin (council, db, EHCP_CHALLENGE_SIGN_IN, sign_in->email,
                               sign_in->account, TRUE, sign_in->sent, error);
}

static gboolean
check_password (EhcpAccounts *accounts, const char *email, const char *password, const char *from,
                EhcpCredential *credential, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (accounts->council, error);
  g_autofree char *pair = g_strconcat (email, "\n", from, NULL);

  /* A stranger's failures make that network wait, never the family's: nobody is locked out. */
  if (db == NULL ||
      !ehcp_throttle_try (accounts->throttle, "sign-in", from, EHCP_FREE_FROM_NET, error) ||
      !ehcp_throttle_try (accounts->throttle, "sign-in", pair, EHCP_FREE_SIGN_INS, error) ||
      !ehcp_credential_find (db, email, credential, error))
    return FALSE;
  if (credential->is_disabled)
    g_clear_pointer (&credential->password, g_free);
  if (!ehcp_passwords_verify (accounts->passwords, credential->password, password))
    {
      ehcp_set_error (error, EHCP_ERROR_WRONG_CREDENTIALS, NULL,
                      "address and password do not go together");
      return FALSE;
    }
  ehcp_throttle_forgive (accounts->throttle, "sign-in", pair, TRUE);
  ehcp_throttle_forgive (accounts->throttle, "sign-in", from, FALSE);
  return TRUE;
}

/**
 * ehcp_accounts_sign_in:
 * @accounts: the accounts
 * @email: as it was typed
 * @password: as it was typed
 * @from: the network of the request
 * @sent: (out): what to answer
 * @error: return location
 *
 * Checks the password and mails a code.
 *
 * Returns: whether a code is on its way; otherwise %EHCP_ERROR_WRONG_CREDENTIALS, after the same
 * time and in the same words for an address that nobody has, or %EHCP_ERROR_TOO_MANY
 */
gboolean
ehcp_accounts_sign_in (EhcpAccounts *accounts, const char *typed, const char *password,
                       const char *from, EhcpCodeSent *sent, GError **error)
{
  g_autofree char *email = ehcp_text_normalise_email (typed);
  g_auto (EhcpCredential) credential = { 0 };
  g_autofree char *new_hash = NULL;
  SignIn sign_in;

  if (!check_password (accounts, email, password, from, &credential, error) ||
      !ehcp_throttle_try (accounts->throttle, "sign-in-mail", email, EHCP_FREE_MAILS, error))
    return FALSE;
  if (ehcp_passwords_is_outdated (accounts->passwords, credential.password))
    new_hash = ehcp_passwords_hash (accounts->passwords, password, NULL);
  sign_in = (SignIn){ email, credential.account, new_hash, sent };
  return ehcp_council_write_sync (accounts->council, write_sign_in, &sign_in, error);
}

static gboolean
begin_session (EhcpCouncil *council, EhcpDb *db, EhcpAnswerToCode *answer, GError **error)
{
  gboolean is_staff =
      ehcp_policy_is_staff (ehcp_policy_parse_role (ehcp_record_get_text (answer->account, "role")));

  answer->token = ehcp_session_begin (council, db, ehcp_record_get_id (answer->account), answer->device, is_staff,
                                      &answer->expires_at, error);
  return answer->token != NULL &&
         ehcp_familiar_note (council, db, ehcp_record_get_id (answer->account),
                             ehcp_record_get_text (answer->account, "email"), answer->device, answer->network, error);
}

static gboolean
find_account (EhcpDb *db, const char *email, const char *id, EhcpAnswerToCode *answer, GError **error)
{
  g_auto (EhcpCredential) credential = { 0 };

  if (!ehcp_credential_find (db, email, &credential, error))
    return FALSE;
  if (credential.account == NULL || credential.is_disabled)
    {
      ehcp_set_error (&answer->refusal, EHCP_ERROR_EXPIRED, NULL, "the account was disabled");
      return TRUE;
    }
  answer->account = ehcp_store_find (db, EHCP_KIND_ACCOUNT, id, error);
  return answer->account != NULL || ehcp_account_set_lost (error);
}

static gboolean
is_of_staff (EhcpRecord *account)
{
  return ehcp_policy_is_staff (ehcp_policy_parse_role (ehcp_record_get_text (account, "role")));
}

/* A family's invitations that came meanwhile are attached first. */
static gboolean
begin_own_session (EhcpCouncil *council, EhcpDb *db, EhcpAnswerToCode *answer, GError **error)
{
  return (is_of_staff (answer->account) || ehcp_invitation_attach (council, db, answer->account, error)) &&
         begin_session (council, db, answer, error);
}

/* The mailed code is enough for a family that has no app; staff are always asked for its code besides. */
static gboolean
write_finish (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  EhcpAnswerToCode *answer = data;
  gboolean is_asked;

  if (!ehcp_challenge_answer (council, db, EHCP_CHALLENGE_SIGN_IN, answer->id, answer->code,
                              &answer->proof, &answer->refusal, error))
    return FALSE;
  if (answer->refusal != NULL)
    return TRUE;
  if (!find_account (db, answer->proof.email, answer->proof.account, answer, error))
    return FALSE;
  if (answer->refusal != NULL)
    return TRUE;
  if (!ehcp_authenticator_is_on (db, answer->proof.account, &is_asked, error))
    return FALSE;
  if (is_asked || is_of_staff (answer->account))
    return ehcp_authenticator_ask (council, db, answer->id, answer->proof.account, &answer->asked, error);
  return begin_own_session (council, db, answer, error);
}

static char *
format_session (EhcpAccounts *accounts, EhcpAnswerToCode *answer)
{
  const EhcpConfig *config = ehcp_council_get_config (accounts->council);
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (accounts->council));
  gboolean is_staff =
      ehcp_policy_is_staff (ehcp_policy_parse_role (ehcp_record_get_text (answer->account, "role")));
  g_autofree char *expires_at = ehcp_time_format (answer->expires_at);
  g_autofree char *idle_after = ehcp_time_format (now + ehcp_config_get_idle_s (config, is_staff));
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "token", answer->token);
  ehcp_json_text (&json, "expires_at", expires_at);
  ehcp_json_text (&json, "idle_after", idle_after);
  ehcp_codec_write (answer->account, &json, "person");
  ehcp_json_end (&json, '}');
  return g_string_free (text, FALSE);
}

/** ehcp_answer_format_asked: Returns: (transfer full): {"authenticator":…,"expires_at":…,"now":…}. The secret goes to the
 * program once, over the same line as the token would, and into no log. */
char *
ehcp_answer_format_asked (EhcpAccounts *accounts, const EhcpAuthenticatorAsked *asked, const char *email)
{
  const EhcpConfig *config = ehcp_council_get_config (accounts->council);
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (accounts->council));
  g_autofree char *expires_at = ehcp_time_format (asked->expires_at);
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_begin (&json, "authenticator", '{');
  ehcp_json_bool (&json, "is_new", asked->is_new);
  if (asked->is_new)
    {
      g_autofree char *secret = ehcp_totp_format_secret (asked->secret);
      g_autofree char *uri = ehcp_totp_make_uri (
          asked->secret, config->staff_issuer != NULL ? config->staff_issuer : config->name, email);

      ehcp_json_text (&json, "secret", secret);
      ehcp_json_text (&json, "uri", uri);
    }
  ehcp_json_end (&json, '}');
  ehcp_json_text (&json, "expires_at", expires_at);
  ehcp_json_text (&json, "now", now);
  ehcp_json_end (&json, '}');
  return g_string_free (text, FALSE);
}

/**
 * ehcp_accounts_finish_sign_in:
 * @accounts: the accounts
 * @id: of the sign-in
 * @code: as it was typed
 * @device: how the program calls itself, for "Signed-in devices"
 * @network: of the request
 * @error: return location
 *
 * Begins a session; invitations that came meanwhile are attached; an unusual one is told by mail. Staff, and families that
 * have an app, are asked for their authenticator's code instead: ehcp_accounts_answer_authenticator() goes on.
 *
 * Returns: (transfer full): {"token":…,"expires_at":…,"idle_after":…,"person":{…}}, or who is asked for a code
 *   {"authenticator":{"is_new":…,…},"expires_at":…,"now":…}; or %NULL with
 *   %EHCP_ERROR_WRONG_CODE or %EHCP_ERROR_EXPIRED
 */
char *
ehcp_accounts_finish_sign_in (EhcpAccounts *accounts, const char *id, const char *code,
                              const char *device, const char *network, GError **error)
{
  g_auto (EhcpAnswerToCode) answer = { .id = id, .code = code, .device = device, .network = network };

  if (!ehcp_answer_write (accounts, write_finish, &answer, error))
    return NULL;
  ehcp_throttle_forgive (accounts->throttle, "sign-in-mail", answer.proof.email, TRUE);
  if (answer.token != NULL)
    return format_session (accounts, &answer);
  return ehcp_answer_format_asked (accounts, &answer.asked, ehcp_record_get_text (answer.account, "email"));
}

static gboolean
write_authenticator (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  EhcpAnswerToCode *answer = data;
  g_autofree char *account = NULL;
  g_autofree char *email = NULL;

  if (!ehcp_authenticator_answer (council, db, answer->id, answer->code, &account, &answer->refusal, error))
    return FALSE;
  if (answer->refusal != NULL)
    return TRUE;
  email = ehcp_db_get_text (db, error, "SELECT email FROM credential WHERE account = ?", "s", account);
  if (email == NULL)
    return ehcp_account_set_lost (error);
  if (!find_account (db, email, account, answer, error))
    return FALSE;
  return answer->refusal != NULL ||
         (ehcp_account_audit (council, db, account, "authenticator.use", error) &&
          begin_own_session (council, db, answer, error));
}

/**
 * ehcp_accounts_answer_authenticator:
 * @accounts: the accounts
 * @id: of the sign-in whose mailed code was right
 * @code: of the authenticator app
 * @device: how the program calls itself
 * @network: of the request
 * @error: return location
 *
 * Begins the session. A first code of staff sets the app up.
 *
 * Returns: (transfer full): as ehcp_accounts_finish_sign_in() for a family; or %NULL with %EHCP_ERROR_WRONG_CODE, also
 *   of a code that was used, or %EHCP_ERROR_EXPIRED
 */
char *
ehcp_accounts_answer_authenticator (EhcpAccounts *accounts, const char *id, const char *code,
                                    const char *device, const char *network, GError **error)
{
  g_auto (EhcpAnswerToCode) answer = { .id = id, .code = code, .device = device, .network = network };

  return ehcp_answer_write (accounts, write_authenticator, &answer, error) ? format_session (accounts, &answer) : NULL;
}
