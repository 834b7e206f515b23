/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody rings because their computer is gone: the council, once it knows whom it speaks to, ends every session of the
 * account, and with them what was begun and would become one. Password and authenticator stay. */
#include "ehcp-accounts-private.h"

typedef struct
{
  const char *email;
  const char *checked;
} Ending;

static gboolean
end_begun (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));

  return ehcp_session_end_all (db, account, NULL, error) &&
         ehcp_challenge_end_all (council, db, account, error) &&
         ehcp_db_run (db, error, "DELETE FROM sign_in_step WHERE account = ?", "s", account) &&
         ehcp_db_run (db, error, "UPDATE credential SET changed_at = ? WHERE account = ?", "is", now, account);
}

static gboolean
write_ending (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Ending *ending = data;
  g_auto (EhcpCredential) credential = { 0 };

  if (!ehcp_credential_find (db, ending->email, &credential, error))
    return FALSE;
  /* The rows of an account that was disabled stay: by them its programs hear of it. */
  if (credential.account == NULL || credential.is_disabled)
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "there is no account of that address, or it is disabled");
      return FALSE;
    }
  return end_begun (council, db, credential.account, error) &&
         ehcp_account_audit_command_line (council, db, credential.account, "sessions.end", ending->checked, error) &&
         ehcp_account_tell (council, db, EHCP_MAIL_SESSIONS_ENDED, ending->email, error);
}

/**
 * ehcp_accounts_end_sessions:
 * @council: the council
 * @email: normalised, of a family or of one of the staff
 * @checked: how the council made sure of whom it speaks to; kept in the audit
 * @error: return location
 *
 * What `sessions-end` on the command line does, which is told to the address by a mail. A server that runs beside it
 * lets none of the sessions in from 5 seconds later at the latest, see ehcp-endings.c. Waits for the commit.
 *
 * Returns: whether it was done, also when there was no session; %EHCP_ERROR_NOT_FOUND when nobody has the address, or
 *   its account is disabled
 */
gboolean
ehcp_accounts_end_sessions (EhcpCouncil *council, const char *email, const char *checked, GError **error)
{
  Ending ending = { email, checked };

  return ehcp_council_write_sync (council, write_ending, &ending, error);
}
