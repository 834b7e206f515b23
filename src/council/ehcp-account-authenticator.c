/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family switches an authenticator app on and off. Either ends the other sessions and is told by mail: whoever sat at an
 * open program cannot do it unseen. A lost telephone is the council's to mend, once it knows whom it speaks to. */
#include "ehcp-accounts-private.h"

#include "ehcp-json.h"
#include "ehcp-policy.h"
#include "ehcp-text.h"

#include <string.h>

typedef struct
{
  const char *account;
  const char *session; /* that stays; or NULL */
  const char *code;
  const char *checked; /* what the council did to know who asks; or NULL: a code shows it */
  gboolean is_on;
  char *email;
  GError *refusal;
  EhcpAuthenticatorAsked asked;
} Switch;

static void
switch_clear (Switch *change)
{
  g_clear_pointer (&change->email, g_free);
  g_clear_error (&change->refusal);
  explicit_bzero (change->asked.secret, sizeof change->asked.secret);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Switch, switch_clear)

/* Commits @write, which may have refused: the try counts. */
static gboolean
write_switch (EhcpCouncil *council, EhcpWriteFunc write, Switch *change, GError **error)
{
  if (!ehcp_council_write_sync (council, write, change, error))
    return FALSE;
  if (change->refusal == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&change->refusal));
  return FALSE;
}

static gboolean
is_family (const EhcpActorId *actor, GError **error)
{
  if (!ehcp_policy_is_staff (actor->role))
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_NOT_ALLOWED, NULL, "staff sign in with an authenticator always");
  return FALSE;
}

/**
 * ehcp_accounts_look_at_authenticator:
 * @accounts: the accounts
 * @actor: whose
 * @error: return location
 *
 * Never waits: any thread that may read.
 *
 * Returns: (transfer full): {"is_on":…}; or %NULL when the database failed
 */
char *
ehcp_accounts_look_at_authenticator (EhcpAccounts *accounts, const EhcpActorId *actor, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (accounts->council, error);
  gboolean is_on;

  if (db == NULL || !ehcp_authenticator_is_on (db, actor->account, &is_on, error))
    return NULL;
  return g_strdup (is_on ? "{\"is_on\":true}" : "{\"is_on\":false}");
}

static gboolean
write_offer (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Switch *change = data;
  gboolean is_on;

  if (!ehcp_authenticator_is_on (db, change->account, &is_on, error))
    return FALSE;
  if (is_on)
    {
      ehcp_set_error (&change->refusal, EHCP_ERROR_CONFLICT, NULL, "there is an app already");
      return TRUE;
    }
  g_clear_pointer (&change->email, g_free);
  change->email = ehcp_db_get_text (db, error, "SELECT email FROM credential WHERE account = ?", "s", change->account);
  return change->email != NULL ? ehcp_authenticator_offer (council, db, change->account, &change->asked, error)
                               : ehcp_account_set_lost (error);
}

static gboolean
is_own (EhcpDb *db, const char *account, const char *typed, GError **error)
{
  g_autofree char *email = ehcp_text_normalise_email (typed);
  gint64 n = 0;

  if (!ehcp_db_get_int (db, error, &n, "SELECT count (*) FROM credential WHERE account = ? AND email = ?", "ss", account,
                        email))
    return FALSE;
  if (n == 0)
    ehcp_set_error (error, EHCP_ERROR_WRONG_CREDENTIALS, "/email", "not the address of this account");
  return n > 0;
}

/**
 * ehcp_accounts_offer_authenticator:
 * @accounts: the accounts
 * @actor: of a family
 * @typed: the account's address
 * @password: the present one: somebody else may sit at an open program
 * @error: return location
 *
 * Makes the secret of an app; nothing is asked for at the sign-in before ehcp_accounts_switch_authenticator().
 *
 * Returns: (transfer full): {"authenticator":{"is_new":true,"secret":…,"uri":…},"expires_at":…,"now":…}; or %NULL with
 *   %EHCP_ERROR_NOT_ALLOWED for staff, %EHCP_ERROR_WRONG_CREDENTIALS of "/email" or "/password", %EHCP_ERROR_TOO_MANY, or
 *   %EHCP_ERROR_CONFLICT when there is an app
 */
char *
ehcp_accounts_offer_authenticator (EhcpAccounts *accounts, const EhcpActorId *actor, const char *typed,
                                   const char *password, GError **error)
{
  g_auto (Switch) change = { .account = actor->account };
  EhcpDb *db = ehcp_council_get_reader (accounts->council, error);

  if (db == NULL || !is_family (actor, error) || !is_own (db, actor->account, typed, error) ||
      !ehcp_account_check_password (accounts, db, actor->account, password, error) ||
      !write_switch (accounts->council, write_offer, &change, error))
    return NULL;
  return ehcp_answer_format_asked (accounts, &change.asked, change.email);
}

/* What a session that goes on may not outlive: codes of sign-ins that were begun, and every other session. */
static gboolean
end_others (EhcpCouncil *council, EhcpDb *db, const Switch *change, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));

  return ehcp_db_run (db, error, "UPDATE credential SET changed_at = ? WHERE account = ?", "is", now, change->account) &&
         ehcp_challenge_end_all (council, db, change->account, error) &&
         ehcp_session_end_all (db, change->account, change->session, error);
}

static gboolean
note (EhcpCouncil *council, EhcpDb *db, const Switch *change, GError **error)
{
  const char *what = change->is_on ? "authenticator.on" : "authenticator.off";

  return change->checked != NULL
             ? ehcp_account_audit_command_line (council, db, change->account, what, change->checked, error)
             : ehcp_account_audit (council, db, change->account, what, error);
}

static gboolean
note_and_tell (EhcpCouncil *council, EhcpDb *db, Switch *change, GError **error)
{
  g_clear_pointer (&change->email, g_free);
  change->email = ehcp_db_get_text (db, error, "SELECT email FROM credential WHERE account = ?", "s", change->account);
  return (change->email != NULL || ehcp_account_set_lost (error)) && end_others (council, db, change, error) &&
         note (council, db, change, error) &&
         ehcp_account_tell (council, db, change->is_on ? EHCP_MAIL_AUTHENTICATOR_ON : EHCP_MAIL_AUTHENTICATOR_OFF,
                            change->email, error);
}

static gboolean
write_with_code (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Switch *change = data;
  gboolean is_done =
      change->is_on
          ? ehcp_authenticator_accept (council, db, change->account, change->code, &change->refusal, error)
          : ehcp_authenticator_give_up (council, db, change->account, change->code, &change->refusal, error);

  return is_done && (change->refusal != NULL || note_and_tell (council, db, change, error));
}

/**
 * ehcp_accounts_switch_authenticator:
 * @accounts: the accounts
 * @actor: of a family; their session stays, all others end
 * @code: of the app, as it was typed
 * @is_on: what it shall be
 * @error: return location
 *
 * Returns: whether it is so now; otherwise %EHCP_ERROR_NOT_ALLOWED for staff, %EHCP_ERROR_WRONG_CODE of "/code", also of one
 *   that was used, %EHCP_ERROR_EXPIRED when nothing was offered in the last 10 minutes or there is no app, or
 *   %EHCP_ERROR_TOO_MANY
 */
gboolean
ehcp_accounts_switch_authenticator (EhcpAccounts *accounts, const EhcpActorId *actor, const char *code, gboolean is_on,
                                    GError **error)
{
  g_auto (Switch) change = { .account = actor->account, .session = actor->session, .code = code, .is_on = is_on };

  if (!is_family (actor, error) ||
      !ehcp_throttle_try (accounts->throttle, "authenticator", actor->account, EHCP_FREE_SIGN_INS, error) ||
      !write_switch (accounts->council, write_with_code, &change, error))
    return FALSE;
  ehcp_throttle_forgive (accounts->throttle, "authenticator", actor->account, TRUE);
  ehcp_sessions_forget (accounts->sessions, actor->account);
  return TRUE;
}

static gboolean
write_taken (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Switch *change = data;
  g_auto (EhcpCredential) credential = { 0 };
  g_autofree char *role = NULL;
  gboolean is_on = FALSE;

  if (!ehcp_credential_find (db, change->email, &credential, error))
    return FALSE;
  if (credential.account != NULL)
    role = ehcp_db_get_text (db, error, "SELECT role FROM credential WHERE account = ?", "s", credential.account);
  if (ehcp_policy_parse_role (role) == EHCP_ROLE_FAMILY &&
      !ehcp_authenticator_is_on (db, credential.account, &is_on, error))
    return FALSE;
  if (!is_on)
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "there is no family's account of that address with an authenticator");
      return FALSE;
    }
  change->account = credential.account;
  return ehcp_authenticator_forget (db, credential.account, error) && note_and_tell (council, db, change, error);
}

/**
 * ehcp_accounts_take_authenticator:
 * @council: the council
 * @email: normalised, of a family whose telephone is lost
 * @checked: how the council made sure of whom it speaks to; kept in the audit
 * @error: return location
 *
 * What `authenticator-off` on the command line does: the app counts no more, and all sessions end.
 *
 * Returns: whether it was done; %EHCP_ERROR_NOT_FOUND when no family of that address has an app
 */
gboolean
ehcp_accounts_take_authenticator (EhcpCouncil *council, const char *email, const char *checked, GError **error)
{
  g_auto (Switch) change = { .email = g_strdup (email), .checked = checked };

  return write_switch (council, write_taken, &change, error);
}
