/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New passwords: forgotten, changed, or the first one of a staff account. Each ends the sessions
 * that the old one had begun, and the owner is told by mail. */
#include "ehcp-accounts-private.h"

#include "ehcp-codes.h"
#include "ehcp-store.h"
#include "ehcp-text.h"

#include <string.h>

#define STAFF_LINK_DAYS 7

typedef struct
{
  const char *id; /* of the challenge; or NULL */
  const char *code;
  const char *password; /* the new one */
  const char *hash;    /* and its hash */
  const char *session; /* that stays; or NULL */
  EhcpProof proof;
  GError *refusal;
} Change;

static void
change_clear (Change *change)
{
  ehcp_proof_clear (&change->proof);
  g_clear_error (&change->refusal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

/** ehcp_account_check_policy: Whether a new password is long enough and not a common one, here; otherwise
 * %EHCP_ERROR_RANGE of @field. Says nothing of whose it is. Any thread. */
gboolean
ehcp_account_check_policy (EhcpAccounts *accounts, const char *password, const char *field, GError **error)
{
  EhcpConfig *config = ehcp_council_get_config (accounts->council);

  return ehcp_passwords_check_policy (password,
                                      (const char *const[]){ config->name, config->team, NULL }, field, error);
}

/* Without the names and the address of whose password it is to be. Their account may have none yet. */
static gboolean
check_owner (EhcpDb *db, const EhcpProof *proof, const char *password, const char *field, GError **refusal,
             GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) account = ehcp_store_find (db, EHCP_KIND_ACCOUNT, proof->account, &failure);
  const char *personal[] = { proof->email, account != NULL ? ehcp_record_get_text (account, "forename") : NULL,
                             account != NULL ? ehcp_record_get_text (account, "surname") : NULL, NULL };

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  ehcp_passwords_check_personal (password, personal, field, refusal);
  return TRUE;
}

static char *
format_local_time (gint64 unix_s)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_s);
  g_autoptr (GDateTime) local =
      zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format (local, "%-d %B %Y, %H:%M");
}

/* A code of a sign-in that the old password had begun must not work any more either. */
static gboolean
store_password (EhcpCouncil *council, EhcpDb *db, const Change *change, const char *what,
                GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  const char *account = change->proof.account;

  return ehcp_db_run (db, error,
                      "UPDATE credential SET password = ?, changed_at = ? WHERE account = ?", "sis",
                      change->hash, now, account) &&
         ehcp_challenge_end_all (council, db, account, error) &&
         ehcp_session_end_all (db, account, change->session, error) &&
         ehcp_account_audit (council, db, account, what, error);
}

/** ehcp_account_tell: Mails the owner that something of their sign-in changed now. Inside the transaction that does. */
gboolean
ehcp_account_tell (EhcpCouncil *council, EhcpDb *db, EhcpMailKind mail, const char *email, GError **error)
{
  g_autofree char *time = format_local_time (ehcp_clock_now (ehcp_council_get_clock (council)));

  return ehcp_mail_queue (council, db, mail, email, error, "time", time, NULL);
}

/* Commits @write, which may have refused; then the ended sessions are forgotten. */
static gboolean
write_change (EhcpAccounts *accounts, EhcpWriteFunc write, Change *change, GError **error)
{
  if (!ehcp_council_write_sync (accounts->council, write, change, error))
    return FALSE;
  if (change->refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&change->refusal));
      return FALSE;
    }
  ehcp_sessions_forget (accounts->sessions, change->proof.account);
  return TRUE;
}

typedef struct
{
  const char *email;
  EhcpCodeSent *sent;
} Reset;

static gboolean
write_reset (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Reset *reset = data;
  g_auto (EhcpCredential) credential = { 0 };
  gboolean is_mailed;

  if (!ehcp_credential_find (db, reset->email, &credential, error))
    return FALSE;
  is_mailed = credential.password != NULL && !credential.is_disabled;
  return ehcp_challenge_begin (council, db, EHCP_CHALLENGE_PASSWORD_RESET, reset->email,
                               credential.account, is_mailed, reset->sent, error);
}

/**
 * ehcp_accounts_reset:
 * @accounts: the accounts
 * @typed: an address
 * @from: the network of the request
 * @sent: (out): what to answer; the same for an address that nobody has
 * @error: return location
 *
 * Mails a code for a new password to an address that has an account.
 *
 * Returns: %TRUE; or %FALSE with %EHCP_ERROR_MALFORMED for what cannot be an address, or
 * %EHCP_ERROR_TOO_MANY
 */
gboolean
ehcp_accounts_reset (EhcpAccounts *accounts, const char *typed, const char *from,
                     EhcpCodeSent *sent, GError **error)
{
  g_autofree char *email = ehcp_account_check_email (typed, error);
  Reset reset = { email, sent };

  return email != NULL && ehcp_account_may_mail (accounts, email, from, error) &&
         ehcp_council_write_sync (accounts->council, write_reset, &reset, error);
}

static gboolean
write_finish_reset (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Change *change = data;

  if (!ehcp_challenge_answer (council, db, EHCP_CHALLENGE_PASSWORD_RESET, change->id, change->code,
                              &change->proof, &change->refusal, error))
    return FALSE;
  if (change->refusal != NULL)
    return TRUE;
  if (!check_owner (db, &change->proof, change->password, "/password", &change->refusal, error))
    return FALSE;
  if (change->refusal != NULL)
    return ehcp_challenge_take_back (db, change->id, error);
  return store_password (council, db, change, "password.reset", error) &&
         ehcp_account_tell (council, db, EHCP_MAIL_PASSWORD_CHANGED, change->proof.email, error);
}

/**
 * ehcp_accounts_finish_reset:
 * @accounts: the accounts
 * @id: of the reset
 * @code: as it was typed
 * @password: the new one
 * @error: return location
 *
 * Sets the password; every session of the account ends.
 *
 * Returns: whether it is set; otherwise %EHCP_ERROR_RANGE of "/password" (the code can be used
 * again), %EHCP_ERROR_WRONG_CODE or %EHCP_ERROR_EXPIRED
 */
gboolean
ehcp_accounts_finish_reset (EhcpAccounts *accounts, const char *id, const char *code,
                            const char *password, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (accounts->council, error);
  g_autofree char *hash = NULL;
  g_auto (Change) change = { .id = id, .code = code, .password = password };

  if (db == NULL ||
      !ehcp_account_check_policy (accounts, password, "/password", error) ||
      !ehcp_challenge_is_open (accounts->council, db, EHCP_CHALLENGE_PASSWORD_RESET, id, error))
    return FALSE;
  hash = ehcp_passwords_hash (accounts->passwords, password, error);
  change.hash = hash;
  return hash != NULL && write_change (accounts, write_finish_reset, &change, error);
}

static gboolean
write_new_password (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Change *change = data;

  return store_password (council, db, change, "password.change", error) &&
         ehcp_account_tell (council, db, EHCP_MAIL_PASSWORD_CHANGED, change->proof.email, error);
}

/** ehcp_account_check_password: Whether it is the present one of somebody who is signed in; otherwise
 * %EHCP_ERROR_WRONG_CREDENTIALS of "/password" or %EHCP_ERROR_TOO_MANY. */
gboolean
ehcp_account_check_password (EhcpAccounts *accounts, EhcpDb *db, const char *account, const char *password,
                             GError **error)
{
  g_autofree char *stored = NULL;
  g_autoptr (GError) failure = NULL;

  if (!ehcp_throttle_try (accounts->throttle, "password", account, EHCP_FREE_SIGN_INS, error))
    return FALSE;
  stored = ehcp_db_get_text (db, &failure, "SELECT password FROM credential WHERE account = ?", "s",
                             account);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!ehcp_passwords_verify (accounts->passwords, stored, password))
    {
      ehcp_set_error (error, EHCP_ERROR_WRONG_CREDENTIALS, "/password", "not the present password");
      return FALSE;
    }
  ehcp_throttle_forgive (accounts->throttle, "password", account, TRUE);
  return TRUE;
}

/**
 * ehcp_accounts_change_password:
 * @accounts: the accounts
 * @actor: whose; their session stays, all others end
 * @password: the present one
 * @new_password: the new one
 * @error: return location
 *
 * Returns: whether it is changed; otherwise %EHCP_ERROR_WRONG_CREDENTIALS of "/password",
 * %EHCP_ERROR_RANGE of
 *   "/new_password" or %EHCP_ERROR_TOO_MANY
 */
gboolean
ehcp_accounts_change_password (EhcpAccounts *accounts, const EhcpActorId *actor,
                               const char *password, const char *new_password, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (accounts->council, error);
  g_autofree char *hash = NULL;
  g_auto (Change) change = { .session = actor->session };

  if (db == NULL || !ehcp_account_check_password (accounts, db, actor->account, password, error))
    return FALSE;
  change.proof.account = g_strdup (actor->account);
  change.proof.email = ehcp_db_get_text (
      db, error, "SELECT email FROM credential WHERE account = ?", "s", actor->account);
  if (change.proof.email == NULL ||
      !ehcp_account_check_policy (accounts, new_password, "/new_password", error) ||
      !check_owner (db, &change.proof, new_password, "/new_password", &change.refusal, error))
    return FALSE;
  if (change.refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&change.refusal));
      return FALSE;
    }
  hash = ehcp_passwords_hash (accounts->passwords, new_password, error);
  change.hash = hash;
  return hash != NULL && write_change (accounts, write_new_password, &change, error);
}

/* Two unique codes in a row: about 72 bits, and letters that can be read out. */
static char *
normalise_staff_code (const char *typed)
{
  g_autofree char *stripped = ehcp_text_strip_code (typed);

  return g_ascii_strup (stripped, -1);
}

/* The code of the link is in a mailbox, and in more places than that: it must not live on as the password. */
static gboolean
check_is_not_code (const char *code, const char *password, GError **error)
{
  g_autofree char *normalised = normalise_staff_code (password);

  if (strlen (code) < EHCP_PASSWORD_MIN || strstr (normalised, code) == NULL)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_RANGE, "/password", "The password is the code of the link.");
  return FALSE;
}

/** ehcp_accounts_make_staff_link: Inside the transaction of a new staff account, which has no password yet.
 * Returns: (transfer full): the code of its one-use link, "K7QM-4XHD-…", which works for 7 days and of which
 * only the hash is stored. */
char *
ehcp_accounts_make_staff_link (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *first = ehcp_code_make ();
  g_autofree char *second = ehcp_code_make ();
  g_autofree char *code = g_strconcat (first, second, NULL);
  g_autofree char *hash = ehcp_code_hash ("staff-link", code);

  if (!ehcp_db_run (db, error, "INSERT INTO staff_link (code_hash, account, expires_at) VALUES (?, ?, ?)",
                    "ssi", hash, account, now + STAFF_LINK_DAYS * 86400))
    return NULL;
  return g_strdup_printf ("%.4s-%.4s-%.4s-%.4s", code, code + 4, code + 8, code + 12);
}

static gboolean
find_staff_link (EhcpDb *db, const char *code_hash, gint64 now, Change *change, GError **error)
{
  g_autoptr (EhcpStatement) statement = ehcp_db_query (
      db, error,
      "SELECT staff_link.account, credential.email, staff_link.expires_at, staff_link.used_at "
      "FROM staff_link JOIN credential ON credential.account = staff_link.account WHERE code_hash "
      "= ?",
      "s", code_hash);
  g_autoptr (GError) failure = NULL;

  if (statement == NULL)
    return FALSE;
  if (!ehcp_statement_step (statement, &failure))
    {
      if (failure == NULL)
        ehcp_set_error (&change->refusal, EHCP_ERROR_WRONG_CODE, "/code", "no such link");
      else
        g_propagate_error (error, g_steal_pointer (&failure));
      return change->refusal != NULL;
    }
  if (now >= ehcp_statement_get_int (statement, 2) || !ehcp_statement_is_null (statement, 3))
    ehcp_set_error (&change->refusal, EHCP_ERROR_EXPIRED, NULL, "the link was used, or is too old");
  change->proof.account = g_strdup (ehcp_statement_get_text (statement, 0));
  change->proof.email = g_strdup (ehcp_statement_get_text (statement, 1));
  return TRUE;
}

static gboolean
write_staff_link (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Change *change = data;
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *code_hash = ehcp_code_hash ("staff-link", change->code);

  if (!find_staff_link (db, code_hash, now, change, error))
    return FALSE;
  if (change->refusal == NULL &&
      !check_owner (db, &change->proof, change->password, "/password", &change->refusal, error))
    return FALSE;
  if (change->refusal != NULL)
    return TRUE;
  return ehcp_db_run (db, error, "UPDATE staff_link SET used_at = ? WHERE code_hash = ?", "is", now,
                      code_hash) &&
         store_password (council, db, change, "staff.link", error);
}

/**
 * ehcp_accounts_finish_staff_link:
 * @accounts: the accounts
 * @typed: the code of the link, as it was typed
 * @password: the account's first
 * @from: the network of the request
 * @error: return location
 *
 * Returns: whether the password is set; otherwise %EHCP_ERROR_RANGE of "/password",
 * %EHCP_ERROR_WRONG_CODE, %EHCP_ERROR_EXPIRED for a link that was used or is a week old, or
 * %EHCP_ERROR_TOO_MANY
 */
gboolean
ehcp_accounts_finish_staff_link (EhcpAccounts *accounts, const char *typed, const char *password,
                                 const char *from, GError **error)
{
  g_autofree char *code = normalise_staff_code (typed);
  g_autofree char *hash = NULL;
  g_auto (Change) change = { .code = code, .password = password };

  if (!ehcp_account_check_policy (accounts, password, "/password", error) ||
      !check_is_not_code (code, password, error) ||
      !ehcp_throttle_try (accounts->throttle, "staff-link", from, EHCP_FREE_SIGN_INS, error))
    return FALSE;
  hash = ehcp_passwords_hash (accounts->passwords, password, error);
  change.hash = hash;
  if (hash == NULL || !write_change (accounts, write_staff_link, &change, error))
    return FALSE;
  ehcp_throttle_forgive (accounts->throttle, "staff-link", from, TRUE);
  return TRUE;
}
