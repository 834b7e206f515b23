/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff accounts. Each has a `colleague` record, by which the others know it: the account's own details are
 * for its owner alone. Who is disabled stays on record, because what they did does. */
#include "ehcp-staff.h"

#include "ehcp-accounts-private.h"
#include "ehcp-authenticator.h"
#include "ehcp-command-private.h"
#include "ehcp-sight.h"
#include "ehcp-text.h"

#include <string.h>

/* A UUID of version 8 (RFC 9562) over SHA-256: one for each account. */
static char *
make_colleague_id (const char *account)
{
  g_autofree char *text = g_strconcat ("colleague\n", account, NULL);
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  hex[12] = '8';
  hex[16] = "89ab"[g_ascii_xdigit_value (hex[16]) & 3];
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/**
 * ehcp_staff_tell:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @account: an account record; nothing is done for a family's
 * @is_active: whether the account can be used
 * @error: return location
 *
 * Puts the record by which colleagues know the account, when it changed.
 *
 * Returns: whether it was written.
 */
gboolean
ehcp_staff_tell (EhcpCouncil *council, EhcpDb *db, EhcpRecord *account, gboolean is_active, GError **error)
{
  static const char *const fields[] = { "email", "telephone", "role", "team" };
  g_autofree char *id = make_colleague_id (ehcp_record_get_id (account));
  g_autofree char *name = ehcp_person_format_name (account);
  g_autoptr (EhcpRecord) colleague = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_COLLEAGUE));
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) known = ehcp_store_find (db, EHCP_KIND_COLLEAGUE, id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!ehcp_policy_is_staff (ehcp_policy_parse_role (ehcp_record_get_text (account, "role"))))
    return TRUE;
  ehcp_record_set_text (colleague, "id", id);
  ehcp_record_set_text (colleague, "audience", "staff");
  ehcp_record_set_text (colleague, "account", ehcp_record_get_id (account));
  ehcp_record_set_text (colleague, "name", name);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    ehcp_record_set_text (colleague, fields[i], ehcp_record_get_text (account, fields[i]));
  ehcp_record_set_bool (colleague, "active", is_active);
  if (known != NULL)
    ehcp_record_set_int (colleague, "seq", ehcp_record_get_int (known, "seq"));
  return (known != NULL && ehcp_record_equal (known, colleague)) ||
         ehcp_store_put (council, db, colleague, NULL, error);
}

/** ehcp_staff_tell_all: At the start: accounts that are older than the records of colleagues get theirs. */
gboolean
ehcp_staff_tell_all (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  g_autoptr (GPtrArray) ids = ehcp_db_list_texts (
      db, error, "SELECT account FROM credential WHERE role <> 'family' AND is_disabled = 0", "");

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (EhcpRecord) account = ehcp_store_find (db, EHCP_KIND_ACCOUNT, ids->pdata[i], error);

      if (account == NULL || !ehcp_staff_tell (council, db, account, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * ehcp_staff_write:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @account: an account record: id, email, forename, surname and role, perhaps telephone and team
 * @error: return location
 *
 * Makes an account without a password; managers and the team's new caseworker see their cases at once.
 *
 * Returns: (transfer full): the code of the one-use link; or %NULL with %EHCP_ERROR_CONFLICT of "/email" when the
 *   address has an account
 */
char *
ehcp_staff_write (EhcpCouncil *council, EhcpDb *db, EhcpRecord *account, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  const char *id = ehcp_record_get_id (account);
  const char *email = ehcp_record_get_text (account, "email");
  const char *role = ehcp_record_get_text (account, "role");
  g_auto (EhcpCredential) known = { 0 };

  if (!ehcp_credential_find (db, email, &known, error))
    return NULL;
  if (known.account != NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_CONFLICT, "/email", "the address has an account already");
      return NULL;
    }
  ehcp_record_set_int (account, "seq", 0);
  ehcp_record_set_text (account, "audience", "account");
  if (!ehcp_db_run (db, error,
                    "INSERT INTO credential (account, email, role, made_at, changed_at) "
                    "VALUES (?, ?, ?, ?, ?)",
                    "sssii", id, email, role, now, now) ||
      !ehcp_store_add (council, db, account, id, error) ||
      !ehcp_staff_tell (council, db, account, TRUE, error) ||
      !ehcp_sight_renew_account (council, db, id, error))
    return NULL;
  return ehcp_accounts_make_staff_link (council, db, id, error);
}

typedef struct
{
  EhcpRecord *account;
  char *code;
} Addition;

static gboolean
write_addition (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Addition *addition = data;

  g_clear_pointer (&addition->code, g_free);
  addition->code = ehcp_staff_write (council, db, addition->account, error);
  return addition->code != NULL &&
         ehcp_account_audit_command_line (council, db, ehcp_record_get_id (addition->account), "staff.add",
                                          ehcp_record_get_text (addition->account, "role"), error);
}

/**
 * ehcp_staff_add:
 * @council: the council
 * @account: an account record without id, as ehcp_staff_write()
 * @error: return location
 *
 * What `staff-add` on the command line does.
 *
 * Returns: (transfer full): as ehcp_staff_write()
 */
char *
ehcp_staff_add (EhcpCouncil *council, EhcpRecord *account, GError **error)
{
  g_autofree char *id = ehcp_text_new_id ();
  Addition addition = { account, NULL };

  ehcp_record_set_text (account, "id", id);
  if (ehcp_council_write_sync (council, write_addition, &addition, error))
    return addition.code;
  g_clear_pointer (&addition.code, g_free);
  return NULL;
}

/* What the account had begun, or could still be used to begin. */
static gboolean
end_codes (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error)
{
  return ehcp_challenge_end_all (council, db, account, error) &&
         ehcp_db_run (db, error, "UPDATE staff_link SET used_at = ? WHERE account = ? AND used_at IS NULL", "is",
                      ehcp_clock_now (ehcp_council_get_clock (council)), account);
}

/**
 * ehcp_staff_end:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @account: one of the staff
 * @error: return location
 *
 * Ends the account: sessions, codes and links stop working, its cases are taken from its sight, and stand under
 * its name until a manager gives them to somebody else. The rows of its sessions stay until they are too old: by them its
 * programs are told why, and take what they keep from the computer.
 *
 * Returns: whether it was done; %EHCP_ERROR_NOT_FOUND for what is no staff account.
 */
gboolean
ehcp_staff_end (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpRecord) record = ehcp_store_find (db, EHCP_KIND_ACCOUNT, account, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (record == NULL ||
      !ehcp_policy_is_staff (ehcp_policy_parse_role (ehcp_record_get_text (record, "role"))))
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "there is no staff account of that address");
      return FALSE;
    }
  return ehcp_db_run (db, error, "UPDATE credential SET is_disabled = 1, changed_at = ? WHERE account = ?",
                      "is", ehcp_clock_now (ehcp_council_get_clock (council)), account) &&
         end_codes (council, db, account, error) && ehcp_authenticator_forget (db, account, error) && ehcp_sight_renew_account (council, db, account, error) &&
         ehcp_staff_tell (council, db, record, FALSE, error);
}

static gboolean
write_end (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const char *email = data;
  g_auto (EhcpCredential) credential = { 0 };

  if (!ehcp_credential_find (db, email, &credential, error))
    return FALSE;
  return ehcp_staff_end (council, db, credential.account != NULL ? credential.account : "", error) &&
         ehcp_account_audit_command_line (council, db, credential.account, "staff.disable", NULL, error);
}

/** ehcp_staff_disable: What `staff-disable` on the command line does, as ehcp_staff_end(). A server that runs
 * beside it lets nobody in from 5 seconds later at the latest, see ehcp-sessions.c. */
gboolean
ehcp_staff_disable (EhcpCouncil *council, const char *email, GError **error)
{
  return ehcp_council_write_sync (council, write_end, (gpointer) email, error);
}

typedef struct
{
  const char *email;
  char *code;
} Reset;

static gboolean
write_reset (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Reset *reset = data;
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_auto (EhcpCredential) credential = { 0 };
  g_autofree char *role = NULL;

  g_clear_pointer (&reset->code, g_free);
  if (!ehcp_credential_find (db, reset->email, &credential, error))
    return FALSE;
  if (credential.account != NULL && !credential.is_disabled)
    role = ehcp_db_get_text (db, error, "SELECT role FROM credential WHERE account = ?", "s", credential.account);
  if (!ehcp_policy_is_staff (ehcp_policy_parse_role (role)))
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "there is no staff account of that address");
      return FALSE;
    }
  if (!ehcp_db_run (db, error, "UPDATE credential SET password = NULL, changed_at = ? WHERE account = ?", "is", now,
                    credential.account) ||
      !ehcp_session_end_all (db, credential.account, NULL, error) ||
      !end_codes (council, db, credential.account, error) ||
      !ehcp_authenticator_forget (db, credential.account, error) ||
      !ehcp_account_audit_command_line (council, db, credential.account, "staff.reset", NULL, error))
    return FALSE;
  reset->code = ehcp_accounts_make_staff_link (council, db, credential.account, error);
  return reset->code != NULL;
}

/**
 * ehcp_staff_reset:
 * @council: the council
 * @email: of a member of staff whose telephone or password is lost
 * @error: return location
 *
 * Password and authenticator are gone, all sessions end, and a new one-use link is made.
 *
 * Returns: (transfer full): the code of the link; or %NULL with %EHCP_ERROR_NOT_FOUND
 */
char *
ehcp_staff_reset (EhcpCouncil *council, const char *email, GError **error)
{
  Reset reset = { email, NULL };

  if (ehcp_council_write_sync (council, write_reset, &reset, error))
    return reset.code;
  g_clear_pointer (&reset.code, g_free);
  return NULL;
}

/** ehcp_staff_find: See the header. Any thread. */
EhcpRecord *
ehcp_staff_find (EhcpDb *db, const char *account, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 n = 0;

  if (ehcp_db_get_int (db, &failure, &n,
                       "SELECT count (*) FROM credential WHERE account = ? AND is_disabled = 0 "
                       "AND role IN ('caseworker', 'manager')",
                       "s", account) &&
      n > 0)
    return ehcp_store_find (db, EHCP_KIND_ACCOUNT, account, error);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
