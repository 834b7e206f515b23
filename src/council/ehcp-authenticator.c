/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets of authenticator apps, sealed under a key that is a file of its own: who reads the database alone cannot
 * make codes. A new secret is the account's only after a first code of it was right. */
#include "ehcp-authenticator.h"

#include "ehcp-error.h"
#include "ehcp-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define KEY_LENGTH crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_LENGTH crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEALED_LENGTH (NONCE_LENGTH + EHCP_TOTP_SECRET_LENGTH + crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define MINUTES 10
#define MOST_TRIES 5

static char *
find_key_path (EhcpCouncil *council)
{
  EhcpConfig *config = ehcp_council_get_config (council);

  return config->staff_key_file != NULL ? g_strdup (config->staff_key_file)
                                        : g_build_filename (config->data_dir, "staff.key", NULL);
}

static gboolean
refuse_key (const char *path, const char *why, GError **error)
{
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "the key of authenticators, %s: %s", path, why);
  return FALSE;
}

/* Exclusively: a key that is there is never written over. */
static gboolean
make_key (const char *path, guint8 key[KEY_LENGTH], GError **error)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean is_written;

  if (fd < 0)
    return refuse_key (path, g_strerror (errno), error);
  randombytes_buf (key, KEY_LENGTH);
  is_written = write (fd, key, KEY_LENGTH) == (gssize) KEY_LENGTH && fsync (fd) == 0;
  is_written = close (fd) == 0 && is_written;
  return is_written || refuse_key (path, "cannot be written", error);
}

/* @may_make: nothing was sealed yet. Without that, a key that was lost would silently become another one. */
static gboolean
read_key (EhcpCouncil *council, EhcpDb *db, guint8 key[KEY_LENGTH], GError **error)
{
  g_autofree char *path = find_key_path (council);
  g_autofree char *content = NULL;
  gsize length = 0;
  gint64 n_sealed = 0;

  if (g_file_get_contents (path, &content, &length, NULL))
    {
      if (length == KEY_LENGTH)
        memcpy (key, content, KEY_LENGTH);
      explicit_bzero (content, length);
      return length == KEY_LENGTH || refuse_key (path, "is not 32 bytes long", error);
    }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return refuse_key (path, "cannot be read", error);
  if (!ehcp_db_get_int (db, error, &n_sealed, "SELECT count (*) FROM authenticator", ""))
    return FALSE;
  return n_sealed == 0 ? make_key (path, key, error) : refuse_key (path, "is not there", error);
}

/* (transfer full): with the account as what is authenticated, so that a row is of no use to another account. */
static char *
seal (EhcpCouncil *council, EhcpDb *db, const char *account, const guint8 *secret, GError **error)
{
  guint8 key[KEY_LENGTH];
  guint8 sealed[SEALED_LENGTH];

  if (!read_key (council, db, key, error))
    return NULL;
  randombytes_buf (sealed, NONCE_LENGTH);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + NONCE_LENGTH, NULL, secret, EHCP_TOTP_SECRET_LENGTH,
                                              (const guint8 *) account, strlen (account), NULL, sealed, key);
  explicit_bzero (key, sizeof key);
  return g_base64_encode (sealed, sizeof sealed);
}

static gboolean
open_sealed (EhcpCouncil *council, EhcpDb *db, const char *account, const char *text, guint8 *secret,
             GError **error)
{
  gsize length = 0;
  g_autofree guint8 *sealed = g_base64_decode (text, &length);
  guint8 key[KEY_LENGTH];
  gboolean is_open;

  if (!read_key (council, db, key, error))
    return FALSE;
  is_open = length == SEALED_LENGTH &&
            crypto_aead_xchacha20poly1305_ietf_decrypt (secret, NULL, NULL, sealed + NONCE_LENGTH,
                                                        length - NONCE_LENGTH, (const guint8 *) account,
                                                        strlen (account), sealed, key) == 0;
  explicit_bzero (key, sizeof key);
  if (!is_open)
    ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "the secret of an authenticator does not fit its key");
  return is_open;
}

/**
 * ehcp_authenticator_ask:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @sign_in: the sign-in whose mailed code was right
 * @account: whose
 * @asked: (out): what to answer
 * @error: return location
 *
 * Asks for a code: of the app that the account has, or of one that is set up with a new secret now.
 *
 * Returns: whether it was written; %EHCP_ERROR_STORAGE when the key is lost.
 */
gboolean
ehcp_authenticator_ask (EhcpCouncil *council, EhcpDb *db, const char *sign_in, const char *account,
                        EhcpAuthenticatorAsked *asked, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *sealed = NULL;
  gboolean is_on;

  if (!ehcp_authenticator_is_on (db, account, &is_on, error))
    return FALSE;
  asked->is_new = !is_on;
  asked->expires_at = now + MINUTES * 60;
  if (asked->is_new)
    {
      randombytes_buf (asked->secret, sizeof asked->secret);
      sealed = seal (council, db, account, asked->secret, error);
      if (sealed == NULL)
        return FALSE;
    }
  return ehcp_db_run (db, error,
                      "INSERT INTO sign_in_step (challenge, account, secret, n_tries, expires_at) "
                      "VALUES (?, ?, ?, 0, ?)",
                      "sssi", sign_in, account, sealed, asked->expires_at);
}

typedef struct
{
  char *account;
  char *sealed;      /* of the new secret, or of the account's */
  gboolean is_new;
  gboolean has_one;  /* the account has an authenticator */
  gint64 last_step;
} Step;

static void
clear_step (Step *step)
{
  g_clear_pointer (&step->account, g_free);
  g_clear_pointer (&step->sealed, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Step, clear_step)

/* FALSE without an error: there is none that could still be answered. */
static gboolean
find_step (EhcpDb *db, const char *sign_in, gint64 now, Step *step, GError **error)
{
  g_autoptr (EhcpStatement) row = ehcp_db_query (
      db, error,
      "SELECT s.account, s.secret, a.secret, coalesce (a.last_step, -1) FROM sign_in_step s "
      "LEFT JOIN authenticator a ON a.account = s.account "
      "WHERE s.challenge = ? AND s.n_tries < ? AND s.expires_at > ?",
      "sii", sign_in, (gint64) MOST_TRIES, now);

  if (row == NULL || !ehcp_statement_step (row, error))
    return FALSE;
  step->account = g_strdup (ehcp_statement_get_text (row, 0));
  step->is_new = !ehcp_statement_is_null (row, 1);
  step->has_one = !ehcp_statement_is_null (row, 2);
  step->sealed = g_strdup (ehcp_statement_get_text (row, step->is_new ? 1 : 2));
  step->last_step = ehcp_statement_get_int (row, 3);
  /* Set up by another sign-in meanwhile, or taken away: what was shown counts no more. */
  return step->is_new != step->has_one;
}

static gboolean
keep (EhcpDb *db, const Step *step, const char *sign_in, gint64 used, gint64 now, GError **error)
{
  return (step->is_new ? ehcp_db_run (db, error,
                                      "INSERT INTO authenticator (account, secret, last_step, made_at) "
                                      "VALUES (?, ?, ?, ?)",
                                      "ssii", step->account, step->sealed, used, now)
                       : ehcp_db_run (db, error, "UPDATE authenticator SET last_step = ? WHERE account = ?",
                                      "is", used, step->account)) &&
         ehcp_db_run (db, error, "DELETE FROM sign_in_step WHERE challenge = ?", "s", sign_in);
}

/**
 * ehcp_authenticator_answer:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @sign_in: of ehcp_authenticator_ask()
 * @code: as it was typed
 * @account: (out) (transfer full): whose sign-in it is; only when there is no @refusal
 * @refusal: (out) (not optional): %EHCP_ERROR_WRONG_CODE of "/code", also for a code that was used, or
 *   %EHCP_ERROR_EXPIRED after 10 minutes or 5 tries; the caller has to commit, because the try was counted
 * @error: return location
 *
 * Returns: %FALSE only when the database or the key failed.
 */
gboolean
ehcp_authenticator_answer (EhcpCouncil *council, EhcpDb *db, const char *sign_in, const char *code, char **account,
                           GError **refusal, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *digits = ehcp_text_strip_code (code);
  guint8 secret[EHCP_TOTP_SECRET_LENGTH];
  g_autoptr (GError) failure = NULL;
  g_auto (Step) step = { NULL };
  gint64 used;

  if (!find_step (db, sign_in, now, &step, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        ehcp_set_error (refusal, EHCP_ERROR_EXPIRED, NULL, "start again: this was used, or is too old");
      return *refusal != NULL;
    }
  if (!open_sealed (council, db, step.account, step.sealed, secret, error))
    return FALSE;
  used = ehcp_totp_find_step (secret, digits, now, step.last_step);
  explicit_bzero (secret, sizeof secret);
  if (used == EHCP_TOTP_NONE)
    {
      ehcp_set_error (refusal, EHCP_ERROR_WRONG_CODE, "/code", "not the app's code, or one that was used");
      return ehcp_db_run (db, error, "UPDATE sign_in_step SET n_tries = n_tries + 1 WHERE challenge = ?", "s",
                          sign_in);
    }
  if (!keep (db, &step, sign_in, used, now, error))
    return FALSE;
  *account = g_steal_pointer (&step.account);
  return TRUE;
}

/** ehcp_authenticator_is_on: Fills @is_on: whether the account has an app. Any connection. Returns: %FALSE when the
 * database failed. */
gboolean
ehcp_authenticator_is_on (EhcpDb *db, const char *account, gboolean *is_on, GError **error)
{
  gint64 n = 0;

  if (!ehcp_db_get_int (db, error, &n, "SELECT count (*) FROM authenticator WHERE account = ?", "s", account))
    return FALSE;
  *is_on = n > 0;
  return TRUE;
}

/**
 * ehcp_authenticator_offer:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @account: of a family that has none
 * @asked: (out): the new secret, and until when its first code is taken
 * @error: return location
 *
 * Makes a secret in the place of one that was offered before; ehcp_authenticator_accept() makes it the account's.
 *
 * Returns: whether it was written; %EHCP_ERROR_STORAGE when the key is lost.
 */
gboolean
ehcp_authenticator_offer (EhcpCouncil *council, EhcpDb *db, const char *account, EhcpAuthenticatorAsked *asked,
                          GError **error)
{
  g_autofree char *sealed = NULL;

  asked->is_new = TRUE;
  asked->expires_at = ehcp_clock_now (ehcp_council_get_clock (council)) + MINUTES * 60;
  randombytes_buf (asked->secret, sizeof asked->secret);
  sealed = seal (council, db, account, asked->secret, error);
  return sealed != NULL &&
         ehcp_db_run (db, error,
                      "INSERT INTO authenticator_offer (account, secret, n_tries, expires_at) VALUES (?, ?, 0, ?) "
                      "ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, n_tries = 0, "
                      "expires_at = excluded.expires_at",
                      "ssi", account, sealed, asked->expires_at);
}

/* Sets *used to the step that the code is of, or to %EHCP_TOTP_NONE with a @refusal. */
static gboolean
try_code (EhcpCouncil *council, EhcpDb *db, const Step *step, const char *code, gint64 *used, GError **refusal,
          GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *digits = ehcp_text_strip_code (code);
  guint8 secret[EHCP_TOTP_SECRET_LENGTH];

  if (!open_sealed (council, db, step->account, step->sealed, secret, error))
    return FALSE;
  *used = ehcp_totp_find_step (secret, digits, now, step->last_step);
  explicit_bzero (secret, sizeof secret);
  if (*used == EHCP_TOTP_NONE)
    ehcp_set_error (refusal, EHCP_ERROR_WRONG_CODE, "/code", "not the app's code, or one that was used");
  return TRUE;
}

/**
 * ehcp_authenticator_accept:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @account: of ehcp_authenticator_offer()
 * @code: as it was typed
 * @refusal: (out) (not optional): as ehcp_authenticator_answer(); the caller has to commit
 * @error: return location
 *
 * A right code makes the offered app the account's.
 *
 * Returns: %FALSE only when the database or the key failed.
 */
gboolean
ehcp_authenticator_accept (EhcpCouncil *council, EhcpDb *db, const char *account, const char *code, GError **refusal,
                           GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autoptr (GError) failure = NULL;
  g_auto (Step) step = { .account = g_strdup (account), .is_new = TRUE, .last_step = -1 };
  gint64 used;

  step.sealed = ehcp_db_get_text (
      db, &failure, "SELECT secret FROM authenticator_offer WHERE account = ? AND n_tries < ? AND expires_at > ?", "sii",
      account, (gint64) MOST_TRIES, now);
  if (step.sealed == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        ehcp_set_error (refusal, EHCP_ERROR_EXPIRED, NULL, "start again: this was used, or is too old");
      return *refusal != NULL;
    }
  if (!try_code (council, db, &step, code, &used, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return ehcp_db_run (db, error, "UPDATE authenticator_offer SET n_tries = n_tries + 1 WHERE account = ?", "s",
                        account);
  return ehcp_db_run (db, error, "DELETE FROM authenticator_offer WHERE account = ?", "s", account) &&
         ehcp_db_run (db, error,
                      "INSERT INTO authenticator (account, secret, last_step, made_at) VALUES (?, ?, ?, ?)", "ssii",
                      account, step.sealed, used, now);
}

static gboolean
find_own (EhcpDb *db, const char *account, Step *step, GError **error)
{
  g_autoptr (EhcpStatement) row =
      ehcp_db_query (db, error, "SELECT secret, last_step FROM authenticator WHERE account = ?", "s", account);

  if (row == NULL || !ehcp_statement_step (row, error))
    return FALSE;
  step->account = g_strdup (account);
  step->sealed = g_strdup (ehcp_statement_get_text (row, 0));
  step->last_step = ehcp_statement_get_int (row, 1);
  return TRUE;
}

/**
 * ehcp_authenticator_give_up:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @account: one that has an app
 * @code: as it was typed; who sits at an open program has to have the telephone too
 * @refusal: (out) (not optional): %EHCP_ERROR_WRONG_CODE of "/code", or %EHCP_ERROR_EXPIRED when there is no app
 * @error: return location
 *
 * Returns: %FALSE only when the database or the key failed.
 */
gboolean
ehcp_authenticator_give_up (EhcpCouncil *council, EhcpDb *db, const char *account, const char *code, GError **refusal,
                            GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_auto (Step) step = { NULL };
  gint64 used;

  if (!find_own (db, account, &step, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        ehcp_set_error (refusal, EHCP_ERROR_EXPIRED, NULL, "there is no app any more");
      return *refusal != NULL;
    }
  return try_code (council, db, &step, code, &used, refusal, error) &&
         (*refusal != NULL || ehcp_authenticator_forget (db, account, error));
}

/** ehcp_authenticator_forget: The account has no app any more: the next sign-in of staff sets up a new one, a family's
 * asks for none. Sign-ins that wait for its code are over. */
gboolean
ehcp_authenticator_forget (EhcpDb *db, const char *account, GError **error)
{
  return ehcp_db_run (db, error, "DELETE FROM authenticator WHERE account = ?", "s", account) &&
         ehcp_db_run (db, error, "DELETE FROM sign_in_step WHERE account = ?", "s", account);
}

/** ehcp_authenticator_purge: Removes offers that nobody took. */
gboolean
ehcp_authenticator_purge (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  return ehcp_db_run (db, error, "DELETE FROM authenticator_offer WHERE expires_at <= ?", "i",
                      ehcp_clock_now (ehcp_council_get_clock (council)));
}
