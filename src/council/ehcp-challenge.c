/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Six digits, ten minutes, five tries, the newest only. An address that no mail may go to (nobody
 * has it, or at a registration somebody does) gets a row like any other, with digits that nobody
 * was told, so that nothing of the answers, of their order or of their number tells the two apart.
 */
#include "ehcp-challenge.h"

#include "ehcp-mail.h"
#include "ehcp-text.h"

#include <sodium.h>
#include <string.h>

#define N_DIGITS 6
#define MINUTE 60

static const struct
{
  const char *name;
  EhcpMailKind mail;
  gint64 lifetime_s; /* how long another code can be asked for */
} flows[] = {
  [EHCP_CHALLENGE_REGISTRATION] = { "registration", EHCP_MAIL_REGISTRATION_CODE, 24 * 60 * MINUTE },
  [EHCP_CHALLENGE_SIGN_IN] = { "sign-in", EHCP_MAIL_SIGN_IN_CODE, 60 * MINUTE },
  [EHCP_CHALLENGE_PASSWORD_RESET] = { "password-reset", EHCP_MAIL_RESET_CODE, 60 * MINUTE },
};

typedef struct
{
  char *email;
  char *account;
  char *code_hash;
  gboolean is_mailed;
  gboolean is_used;
  gint64 made_at;
  gint64 sent_at;
  gint64 n_sent;
  gint64 n_tries;
} Row;

static void
row_clear (Row *row)
{
  g_clear_pointer (&row->email, g_free);
  g_clear_pointer (&row->account, g_free);
  g_clear_pointer (&row->code_hash, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

/** ehcp_code_sent_clear: Gives back what it holds. */
void
ehcp_code_sent_clear (EhcpCodeSent *sent)
{
  g_clear_pointer (&sent->id, g_free);
  g_clear_pointer (&sent->sent_to, g_free);
}

/** ehcp_proof_clear: Gives back what it holds. */
void
ehcp_proof_clear (EhcpProof *proof)
{
  g_clear_pointer (&proof->email, g_free);
  g_clear_pointer (&proof->account, g_free);
}

/* With the id as salt. Six digits can be found again by trying them all: the hash keeps them from a
 * glance, and the ten minutes from the rest. */
static char *
hash_code (const char *id, const char *code)
{
  g_autofree char *text = g_strconcat (id, "\n", code, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static void
make_code (char code[N_DIGITS + 1])
{
  g_snprintf (code, N_DIGITS + 1, "%06u", randombytes_uniform (1000000));
}

/* The digits in two groups: easier to read and to type; programs ignore the space. */
static gboolean
mail_code (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *email,
           const char *code, GError **error)
{
  g_autofree char *grouped = g_strdup_printf ("%.3s %s", code, code + 3);
  g_autofree char *minutes = g_strdup_printf ("%d", EHCP_CHALLENGE_MINUTES);

  return ehcp_mail_queue (council, db, flows[flow].mail, email, error, "code", grouped, "minutes",
                          minutes, NULL);
}

/* For an address that no code may go to, as much is done: the mail is made, and taken out of the
 * outbox again in the same transaction. */
static gboolean
seem_to_mail_code (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *email,
                   const char *code, GError **error)
{
  return mail_code (council, db, flow, email, code, error) &&
         ehcp_db_run (db, error, "DELETE FROM mail WHERE id = (SELECT max (id) FROM mail)", "");
}

static void
tell (EhcpCouncil *council, const char *id, const char *email, gint64 sent_at, EhcpCodeSent *sent)
{
  ehcp_code_sent_clear (sent);
  sent->id = g_strdup (id);
  sent->sent_to = ehcp_text_mask_email (email);
  sent->expires_at = sent_at + EHCP_CHALLENGE_MINUTES * MINUTE;
  sent->resend_after = sent_at + ehcp_council_get_config (council)->sign_in_resend_s;
}

/**
 * ehcp_challenge_begin:
 * @council: the council
 * @db: the writing connection, inside a transaction
 * @flow: what the code is for
 * @email: normalised address
 * @account: (nullable): whose, if anybody's
 * @is_mailed: whether the code goes out; without, no code will ever fit, and at a registration the
 * owner of the address is told that it has an account
 * @sent: (out): what to answer; the same for both
 * @error: return location
 *
 * Returns: whether the row is written and the mail queued
 */
gboolean
ehcp_challenge_begin (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *email,
                      const char *account, gboolean is_mailed, EhcpCodeSent *sent, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *hash = NULL;
  char code[N_DIGITS + 1];

  make_code (code);
  hash = hash_code (id, code);
  tell (council, id, email, now, sent);
  if (!ehcp_db_run (
          db, error,
          "INSERT INTO challenge (id, flow, email, account, is_mailed, code_hash, made_at, "
          "sent_at, n_sent, n_tries) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0)",
          "ssssisii", id, flows[flow].name, email, account, (gint64) is_mailed, hash, now, now))
    return FALSE;
  if (is_mailed)
    return mail_code (council, db, flow, email, code, error);
  if (flow == EHCP_CHALLENGE_REGISTRATION)
    return ehcp_mail_queue (council, db, EHCP_MAIL_REGISTRATION_KNOWN, email, error, NULL);
  return seem_to_mail_code (council, db, flow, email, code, error);
}

static gboolean
find (EhcpDb *db, EhcpChallengeFlow flow, const char *id, Row *row, GError **error)
{
  g_autoptr (EhcpStatement) statement = ehcp_db_query (
      db, error,
      "SELECT email, account, code_hash, is_mailed, used_at, made_at, sent_at, n_sent, n_tries "
      "FROM challenge WHERE id = ? AND flow = ?",
      "ss", id, flows[flow].name);

  if (statement == NULL || !ehcp_statement_step (statement, error))
    return FALSE;
  row->email = g_strdup (ehcp_statement_get_text (statement, 0));
  row->account = g_strdup (ehcp_statement_get_text (statement, 1));
  row->code_hash = g_strdup (ehcp_statement_get_text (statement, 2));
  row->is_mailed = ehcp_statement_get_int (statement, 3) != 0;
  row->is_used = !ehcp_statement_is_null (statement, 4);
  row->made_at = ehcp_statement_get_int (statement, 5);
  row->sent_at = ehcp_statement_get_int (statement, 6);
  row->n_sent = ehcp_statement_get_int (statement, 7);
  row->n_tries = ehcp_statement_get_int (statement, 8);
  return TRUE;
}

/* Looks the row up. An id that is not there answers as one that is too old: it may have been
 * purged. */
static gboolean
find_live (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *id, Row *row,
           GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autoptr (GError) failure = NULL;

  if (find (db, flow, id, row, &failure) && !row->is_used &&
      now < row->made_at + flows[flow].lifetime_s)
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    ehcp_set_error (error, EHCP_ERROR_EXPIRED, NULL, "start again: this was used, or is too old");
  return FALSE;
}

static gboolean
check_resend (EhcpCouncil *council, EhcpChallengeFlow flow, const Row *row, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  gint64 free_at = row->sent_at + ehcp_council_get_config (council)->sign_in_resend_s;

  if (row->n_sent > EHCP_CHALLENGE_MAX_RESENDS)
    free_at = row->made_at + flows[flow].lifetime_s;
  if (now >= free_at)
    return TRUE;
  g_set_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY, "another code can be sent later");
  if (error != NULL)
    ehcp_error_set_retry_after (*error, (int) (free_at - now));
  return FALSE;
}

/**
 * ehcp_challenge_resend:
 * @council: the council
 * @db: the writing connection, inside a transaction
 * @flow: what the code is for
 * @id: of the challenge
 * @sent: (out): what to answer
 * @error: return location
 *
 * Sends another code; the older one stops working, and the tries start again.
 *
 * Returns: whether it is queued; otherwise %EHCP_ERROR_TOO_MANY with the seconds to wait, or
 *   %EHCP_ERROR_EXPIRED for one that was used, is a day (registration) or an hour old, or does not
 * exist
 */
gboolean
ehcp_challenge_resend (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *id,
                       EhcpCodeSent *sent, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_auto (Row) row = { 0 };
  g_autofree char *hash = NULL;
  char code[N_DIGITS + 1];

  if (!find_live (council, db, flow, id, &row, error) || !check_resend (council, flow, &row, error))
    return FALSE;
  make_code (code);
  hash = hash_code (id, code);
  tell (council, id, row.email, now, sent);
  if (!ehcp_db_run (
          db, error,
          "UPDATE challenge SET code_hash = ?, sent_at = ?, n_sent = n_sent + 1, n_tries = 0 "
          "WHERE id = ?",
          "sis", hash, now, id))
    return FALSE;
  return row.is_mailed ? mail_code (council, db, flow, row.email, code, error)
                       : seem_to_mail_code (council, db, flow, row.email, code, error);
}

static gboolean
has_time_and_tries (EhcpCouncil *council, const Row *row, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));

  if (row->n_tries < EHCP_CHALLENGE_MAX_TRIES &&
      now < row->sent_at + EHCP_CHALLENGE_MINUTES * MINUTE)
    return TRUE;
  ehcp_set_error (error, EHCP_ERROR_EXPIRED, NULL, "ask for another code");
  return FALSE;
}

/**
 * ehcp_challenge_is_open:
 * @council: the council
 * @db: any connection
 * @flow: what the code is for
 * @id: of the challenge
 * @error: return location
 *
 * For callers that have costly work to do before they can give the answer.
 *
 * Returns: whether a code would be looked at; otherwise %EHCP_ERROR_EXPIRED, or the database's
 * error
 */
gboolean
ehcp_challenge_is_open (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *id,
                        GError **error)
{
  g_auto (Row) row = { 0 };

  return find_live (council, db, flow, id, &row, error) &&
         has_time_and_tries (council, &row, error);
}

static gboolean
look (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *id, Row *row,
      GError **refusal, GError **error)
{
  g_autoptr (GError) gone = NULL;

  if (find_live (council, db, flow, id, row, &gone) && has_time_and_tries (council, row, &gone))
    return TRUE;
  if (g_error_matches (gone, EHCP_ERROR, EHCP_ERROR_EXPIRED))
    g_propagate_error (refusal, g_steal_pointer (&gone));
  else
    g_propagate_error (error, g_steal_pointer (&gone));
  return FALSE;
}

/**
 * ehcp_challenge_answer:
 * @council: the council
 * @db: the writing connection, inside a transaction
 * @flow: what the code is for
 * @id: of the challenge
 * @code: as it was typed: spaces and hyphens do not count
 * @proof: (out): whose it is; only when there is no @refusal
 * @refusal: (out) (not optional): %EHCP_ERROR_WRONG_CODE or %EHCP_ERROR_EXPIRED; the caller has to
 * commit, because the try was counted
 * @error: return location
 *
 * Returns: %FALSE only when the database failed
 */
gboolean
ehcp_challenge_answer (EhcpCouncil *council, EhcpDb *db, EhcpChallengeFlow flow, const char *id,
                       const char *code, EhcpProof *proof, GError **refusal, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *digits = ehcp_text_strip_code (code);
  g_autofree char *hash = hash_code (id, digits);
  g_auto (Row) row = { 0 };

  if (!look (council, db, flow, id, &row, refusal, error))
    return *refusal != NULL;
  if (!row.is_mailed || sodium_memcmp (hash, row.code_hash, strlen (hash)) != 0)
    {
      ehcp_set_error (refusal, EHCP_ERROR_WRONG_CODE, "/code", "not the newest code that was sent");
      return ehcp_db_run (db, error, "UPDATE challenge SET n_tries = n_tries + 1 WHERE id = ?", "s",
                          id);
    }
  proof->email = g_steal_pointer (&row.email);
  proof->account = g_steal_pointer (&row.account);
  return ehcp_db_run (db, error, "UPDATE challenge SET used_at = ? WHERE id = ?", "is", now, id);
}

/** ehcp_challenge_take_back: After an answer that was right and came with something that was not: the code can be used
 * again, but the try counts. In the same transaction. */
gboolean
ehcp_challenge_take_back (EhcpDb *db, const char *id, GError **error)
{
  return ehcp_db_run (db, error, "UPDATE challenge SET used_at = NULL, n_tries = n_tries + 1 WHERE id = ?", "s", id);
}

/** ehcp_challenge_end_all: No code that was sent for the account works any more. Inside the write transaction. */
gboolean
ehcp_challenge_end_all (EhcpCouncil *council, EhcpDb *db, const char *account, GError **error)
{
  return ehcp_db_run (db, error, "UPDATE challenge SET used_at = ? WHERE account = ? AND used_at IS NULL", "is",
                      ehcp_clock_now (ehcp_council_get_clock (council)), account);
}

/** ehcp_challenge_purge: Removes what is older than a day, with the registrations that were never
 * verified. Inside the write transaction. */
gboolean
ehcp_challenge_purge (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));

  return ehcp_db_run (db, error, "DELETE FROM challenge WHERE made_at < ?", "i",
                      now - flows[EHCP_CHALLENGE_REGISTRATION].lifetime_s);
}
