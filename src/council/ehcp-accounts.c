/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registration, and what the flows share. For an address that has an account and one that has none, the same is
 * written, the same is hashed and the same is answered; only the mail tells its owner. Passwords
 * and staff links: ehcp-account-passwords.c. */
#include "ehcp-accounts-private.h"

#include "ehcp-audit.h"
#include "ehcp-codec.h"
#include "ehcp-invitation.h"
#include "ehcp-store.h"
#include "ehcp-text.h"

#include <string.h>

/**
 * ehcp_accounts_new:
 * @council: the council
 * @sessions: what forgets sessions that end
 * @error: return location
 *
 * Returns: (transfer full): the accounts, for any number of threads; or %NULL as
 * ehcp_passwords_new()
 */
EhcpAccounts *
ehcp_accounts_new (EhcpCouncil *council, EhcpSessions *sessions, GError **error)
{
  EhcpConfig *config = ehcp_council_get_config (council);
  EhcpPasswords *passwords =
      ehcp_passwords_new (config->password_memory, config->password_passes, error);
  EhcpAccounts *accounts;

  if (passwords == NULL)
    return NULL;
  accounts = g_new0 (EhcpAccounts, 1);
  accounts->council = g_object_ref (council);
  accounts->sessions = sessions;
  accounts->passwords = passwords;
  accounts->throttle = ehcp_throttle_new (ehcp_council_get_clock (council));
  return accounts;
}

/** ehcp_accounts_free: Gives it back; no call may be under way. */
void
ehcp_accounts_free (EhcpAccounts *accounts)
{
  g_clear_pointer (&accounts->passwords, ehcp_passwords_free);
  g_clear_pointer (&accounts->throttle, ehcp_throttle_free);
  g_clear_object (&accounts->council);
  g_free (accounts);
}

/** ehcp_credential_clear: Gives back what it holds. */
void
ehcp_credential_clear (EhcpCredential *credential)
{
  g_clear_pointer (&credential->account, g_free);
  g_clear_pointer (&credential->password, g_free);
}

/** ehcp_credential_find: Fills @credential for a normalised address; its members are %NULL when
 * nobody has the address. Returns: %FALSE when the database failed. */
gboolean
ehcp_credential_find (EhcpDb *db, const char *email, EhcpCredential *credential, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) statement = ehcp_db_query (
      db, error, "SELECT account, password, is_disabled FROM credential WHERE email = ?", "s",
      email);

  if (statement == NULL)
    return FALSE;
  if (ehcp_statement_step (statement, &failure))
    {
      credential->account = g_strdup (ehcp_statement_get_text (statement, 0));
      credential->password = g_strdup (ehcp_statement_get_text (statement, 1));
      credential->is_disabled = ehcp_statement_get_int (statement, 2) != 0;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/** ehcp_account_check_email: Returns: (transfer full) (nullable): the address, normalised; or %NULL
 * with %EHCP_ERROR_MALFORMED for what cannot be one. */
char *
ehcp_account_check_email (const char *typed, GError **error)
{
  g_autofree char *email = ehcp_text_normalise_email (typed);

  if (ehcp_text_is_email (email))
    return g_steal_pointer (&email);
  ehcp_set_error (error, EHCP_ERROR_MALFORMED, "/email", "email: not an e-mail address");
  return NULL;
}

/** ehcp_account_may_mail: Whether @from may have another code mailed to an address without having
 * shown that it is theirs. A stranger's requests make that network wait, not the family's. */
gboolean
ehcp_account_may_mail (EhcpAccounts *accounts, const char *email, const char *from, GError **error)
{
  g_autofree char *pair = g_strconcat (email, "\n", from, NULL);

  return ehcp_throttle_try (accounts->throttle, "mail", from, EHCP_FREE_FROM_NET, error) &&
         ehcp_throttle_try (accounts->throttle, "mail", pair, EHCP_FREE_MAILS, error) &&
         ehcp_throttle_try (accounts->throttle, "mail", email, EHCP_FREE_MAILS_TO, error);
}

/** ehcp_account_audit: One row about an account by its owner. Inside the write transaction. */
gboolean
ehcp_account_audit (EhcpCouncil *council, EhcpDb *db, const char *account, const char *what,
                    GError **error)
{
  EhcpActorId actor = { 0 };

  g_strlcpy (actor.account, account, sizeof actor.account);
  return ehcp_audit_add (council, db, &actor, what, NULL, account, NULL, error);
}

/** ehcp_account_audit_command_line: One row about an account by whoever runs the sub-commands, of whom nothing more is
 * known. @detail: (nullable). Inside the write transaction. */
gboolean
ehcp_account_audit_command_line (EhcpCouncil *council, EhcpDb *db, const char *account, const char *what,
                                 const char *detail, GError **error)
{
  const EhcpActorId actor = { .account = "#command-line" };

  return ehcp_audit_add (council, db, &actor, what, NULL, account, detail, error);
}

static gboolean
check_details (EhcpCouncil *council, EhcpRecord *body, GError **error)
{
  g_autofree char *postcode =
      ehcp_text_normalise_postcode (ehcp_record_get_text (body, "postcode"));
  gint32 today = ehcp_clock_today (ehcp_council_get_clock (council));

  if (ehcp_record_get_date (body, "date_of_birth") > today)
    {
      ehcp_set_error (error, EHCP_ERROR_RANGE, "/date_of_birth", "date_of_birth: in the future");
      return FALSE;
    }
  if (postcode == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, "/postcode", "postcode: not a full one");
      return FALSE;
    }
  ehcp_record_set_text (body, "postcode", postcode);
  return TRUE;
}

/* The record that the account will have, if the code comes back. */
static EhcpRecord *
make_account (EhcpRecord *body, const char *email)
{
  static const char *const texts[] = { "title",   "forename", "surname",     "telephone",
                                       "address", "postcode", "relationship" };
  EhcpRecord *account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));
  g_autofree char *id = ehcp_text_new_id ();

  ehcp_record_set_text (account, "id", id);
  ehcp_record_set_int (account, "seq", 0);
  ehcp_record_set_text (account, "audience", "account");
  ehcp_record_set_text (account, "email", email);
  ehcp_record_set_text (account, "role", "family");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (ehcp_record_has (body, texts[i]))
      ehcp_record_set_text (account, texts[i], ehcp_record_get_text (body, texts[i]));
  ehcp_record_set_date (account, "date_of_birth", ehcp_record_get_date (body, "date_of_birth"));
  ehcp_record_set_bool (account, "professional", ehcp_record_get_bool (body, "professional"));
  return account;
}

typedef struct
{
  const char *email;
  const char *hash;
  const char *account; /* JSON */
  EhcpCodeSent *sent;
} Registration;

static gboolean
write_registration (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Registration *registration = data;
  g_auto (EhcpCredential) credential = { 0 };
  gboolean is_known;

  if (!ehcp_credential_find (db, registration->email, &credential, error))
    return FALSE;
  is_known = credential.account != NULL;
  return ehcp_challenge_begin (council, db, EHCP_CHALLENGE_REGISTRATION, registration->email, NULL,
                               !is_known, registration->sent, error) &&
         ehcp_db_run (db, error,
                      "INSERT INTO registration (challenge, body, password) VALUES (?, ?, ?)",
                      "sss", registration->sent->id, registration->account, registration->hash);
}

/**
 * ehcp_accounts_register:
 * @accounts: the accounts
 * @body: of the shape "registration"; its postcode is normalised
 * @from: the network of the request
 * @sent: (out): what to answer
 * @error: return location
 *
 * Keeps a registration until its code comes back. For an address that has an account the answer is
 * the same, no code will fit, and its owner is told by mail.
 *
 * Returns: whether it is kept; otherwise %EHCP_ERROR_MALFORMED or %EHCP_ERROR_RANGE with the field,
 * or %EHCP_ERROR_TOO_MANY
 */
gboolean
ehcp_accounts_register (EhcpAccounts *accounts, EhcpRecord *body, const char *from,
                        EhcpCodeSent *sent, GError **error)
{
  const char *password = ehcp_record_get_text (body, "password");
  const char *personal[] = { ehcp_record_get_text (body, "email"), ehcp_record_get_text (body, "forename"),
                             ehcp_record_get_text (body, "surname"), NULL };
  g_autofree char *email = ehcp_account_check_email (ehcp_record_get_text (body, "email"), error);
  g_autoptr (EhcpRecord) account = NULL;
  g_autofree char *json = NULL;
  g_autofree char *hash = NULL;
  Registration registration;

  if (email == NULL || !check_details (accounts->council, body, error) ||
      !ehcp_account_check_policy (accounts, password, "/password", error) ||
      !ehcp_passwords_check_personal (password, personal, "/password", error) ||
      !ehcp_account_may_mail (accounts, email, from, error))
    return FALSE;
  hash = ehcp_passwords_hash (accounts->passwords, password, error);
  if (hash == NULL)
    return FALSE;
  account = make_account (body, email);
  json = ehcp_codec_encode (account);
  registration = (Registration){ email, hash, json, sent };
  return ehcp_council_write_sync (accounts->council, write_registration, &registration, error);
}

/** ehcp_answer_clear: Gives back what it holds, and wipes what is secret. */
void
ehcp_answer_clear (EhcpAnswerToCode *answer)
{
  ehcp_proof_clear (&answer->proof);
  g_clear_error (&answer->refusal);
  g_clear_object (&answer->account);
  if (answer->token != NULL)
    explicit_bzero (answer->token, strlen (answer->token));
  g_clear_pointer (&answer->token, g_free);
  explicit_bzero (answer->asked.secret, sizeof answer->asked.secret);
}

/** ehcp_answer_write: Commits @write, which may have refused all the same: the try counts. */
gboolean
ehcp_answer_write (EhcpAccounts *accounts, EhcpWriteFunc write, EhcpAnswerToCode *answer, GError **error)
{
  if (!ehcp_council_write_sync (accounts->council, write, answer, error))
    return FALSE;
  if (answer->refusal == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&answer->refusal));
  return FALSE;
}

/** ehcp_account_set_lost: A row that has to be there is not. Returns: %FALSE, to be returned. */
gboolean
ehcp_account_set_lost (GError **error)
{
  if (error != NULL && *error == NULL)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the account's rows do not fit together");
  return FALSE;
}

static gboolean
add_account (EhcpCouncil *council, EhcpDb *db, EhcpRecord *account, const char *hash,
             GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  const char *id = ehcp_record_get_id (account);

  return ehcp_db_run (
             db, error,
             "INSERT INTO credential (account, email, password, role, made_at, changed_at) "
             "VALUES (?, ?, ?, ?, ?, ?)",
             "ssssii", id, ehcp_record_get_text (account, "email"), hash,
             ehcp_record_get_text (account, "role"), now, now) &&
         ehcp_store_add (council, db, account, id, error) &&
         ehcp_account_audit (council, db, id, "account.register", error) &&
         ehcp_invitation_attach (council, db, account, error);
}

static gboolean
take_registration (EhcpCouncil *council, EhcpDb *db, const char *id, GError **error)
{
  g_autoptr (EhcpStatement) statement = ehcp_db_query (
      db, error, "SELECT body, password FROM registration WHERE challenge = ?", "s", id);
  g_autoptr (EhcpRecord) account = NULL;
  g_autofree char *hash = NULL;
  const char *body;

  if (statement == NULL || !ehcp_statement_step (statement, error))
    return ehcp_account_set_lost (error);
  body = ehcp_statement_get_text (statement, 0);
  hash = g_strdup (ehcp_statement_get_text (statement, 1));
  account = ehcp_codec_decode (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT), body, strlen (body),
                               G_MAXSSIZE, EHCP_DECODE_STRICT, error);
  g_clear_pointer (&statement, ehcp_statement_reset);
  return account != NULL && add_account (council, db, account, hash, error) &&
         ehcp_db_run (db, error, "DELETE FROM registration WHERE challenge = ?", "s", id);
}

static gboolean
write_verify (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  EhcpAnswerToCode *answer = data;
  g_auto (EhcpCredential) credential = { 0 };

  if (!ehcp_challenge_answer (council, db, EHCP_CHALLENGE_REGISTRATION, answer->id, answer->code,
                              &answer->proof, &answer->refusal, error))
    return FALSE;
  if (answer->refusal != NULL)
    return TRUE;
  if (!ehcp_credential_find (db, answer->proof.email, &credential, error))
    return FALSE;
  if (credential.account == NULL)
    return take_registration (council, db, answer->id, error);
  /* Registered twice, and the other one was verified first. */
  ehcp_set_error (&answer->refusal, EHCP_ERROR_EXPIRED, NULL,
                  "start again: this address is registered");
  return TRUE;
}

/**
 * ehcp_accounts_verify:
 * @accounts: the accounts
 * @id: of the registration
 * @code: as it was typed
 * @error: return location
 *
 * Makes the account; invitations that wait for its address are attached.
 *
 * Returns: whether there is an account now; otherwise %EHCP_ERROR_WRONG_CODE or %EHCP_ERROR_EXPIRED
 */
gboolean
ehcp_accounts_verify (EhcpAccounts *accounts, const char *id, const char *code, GError **error)
{
  g_auto (EhcpAnswerToCode) answer = { .id = id, .code = code };

  return ehcp_answer_write (accounts, write_verify, &answer, error);
}

static gboolean
write_resend (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  EhcpAnswerToCode *answer = data;

  return ehcp_challenge_resend (council, db, answer->flow, answer->id, answer->sent, error);
}

/** ehcp_accounts_resend: As ehcp_challenge_resend(), in a transaction of its own. */
gboolean
ehcp_accounts_resend (EhcpAccounts *accounts, EhcpChallengeFlow flow, const char *id,
                      EhcpCodeSent *sent, GError **error)
{
  g_auto (EhcpAnswerToCode) answer = { .flow = flow, .id = id, .sent = sent };

  return ehcp_answer_write (accounts, write_resend, &answer, error);
}

