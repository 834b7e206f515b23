/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions. What a token allows is looked up once and kept for some seconds, because each request
 * of each program asks; whatever ends a session in this process forgets it at once, and what
 * another process did (the command line) counts after those seconds. */
#include "ehcp-sessions.h"

#include "ehcp-audit.h"
#include "ehcp-json.h"
#include "ehcp-policy.h"
#include "ehcp-text.h"

#include <sodium.h>
#include <string.h>

#define KEPT_S 5
#define MAX_KEPT 50000
#define USE_NOTED_EVERY_S 60

typedef struct
{
  guint8 hash[crypto_hash_sha256_BYTES]; /* the key, inside its value */
  EhcpActorId actor;
  gboolean is_disabled; /* the account: it allows nothing, and is answered with why */
  gint64 expires_at;
  gint64 last_used_at; /* as the database has it */
  gint64 read_at;
} Kept;

struct _EhcpSessions
{
  EhcpCouncil *council;
  GHashTable *kept;
  guint n_forgotten; /* what was read before it grew may be out of date */
  GRWLock lock;
  EhcpSessionsEndedFunc ended;
  gpointer ended_data;
};

static guint
hash_of_hash (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
hashes_equal (gconstpointer a, gconstpointer b)
{
  return sodium_memcmp (a, b, crypto_hash_sha256_BYTES) == 0;
}

/** ehcp_sessions_new: Returns: (transfer full): the sessions of @council, for any number of
 * threads. */
EhcpSessions *
ehcp_sessions_new (EhcpCouncil *council)
{
  EhcpSessions *sessions = g_new0 (EhcpSessions, 1);

  sessions->council = g_object_ref (council);
  sessions->kept = g_hash_table_new_full (hash_of_hash, hashes_equal, NULL, g_free);
  g_rw_lock_init (&sessions->lock);
  return sessions;
}

/** ehcp_sessions_free: Gives it back; the sessions themselves stay. */
void
ehcp_sessions_free (EhcpSessions *sessions)
{
  g_clear_pointer (&sessions->kept, g_hash_table_unref);
  g_rw_lock_clear (&sessions->lock);
  g_clear_object (&sessions->council);
  g_free (sessions);
}

/** ehcp_sessions_set_ended: Has @ended called when sessions end. Before the first request. */
void
ehcp_sessions_set_ended (EhcpSessions *sessions, EhcpSessionsEndedFunc ended, gpointer data)
{
  sessions->ended = ended;
  sessions->ended_data = data;
}

static gboolean
hash_token (const char *token, guint8 hash[crypto_hash_sha256_BYTES])
{
  guint8 bytes[32];
  size_t n = 0;

  if (strnlen (token, EHCP_TOKEN_LENGTH + 1) != EHCP_TOKEN_LENGTH ||
      sodium_base642bin (bytes, sizeof bytes, token, EHCP_TOKEN_LENGTH, NULL, &n, NULL,
                         sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      n != sizeof bytes)
    return FALSE;
  crypto_hash_sha256 (hash, bytes, sizeof bytes);
  return TRUE;
}

static gboolean
find_kept (EhcpSessions *sessions, const guint8 *hash, gint64 now, Kept *found, guint *n_forgotten)
{
  const Kept *kept;
  gboolean is_found;

  g_rw_lock_reader_lock (&sessions->lock);
  kept = g_hash_table_lookup (sessions->kept, hash);
  is_found = kept != NULL && now < kept->read_at + KEPT_S && now >= kept->read_at;
  if (is_found)
    *found = *kept;
  *n_forgotten = sessions->n_forgotten;
  g_rw_lock_reader_unlock (&sessions->lock);
  return is_found;
}

static gboolean
read_session (EhcpSessions *sessions, const guint8 *hash, Kept *found, GError **error)
{
  char hex[crypto_hash_sha256_BYTES * 2 + 1];
  EhcpDb *db = ehcp_council_get_reader (sessions->council, error);
  g_autoptr (EhcpStatement) statement = NULL;

  sodium_bin2hex (hex, sizeof hex, hash, crypto_hash_sha256_BYTES);
  if (db == NULL)
    return FALSE;
  statement = ehcp_db_query (db, error,
                             "SELECT session.id, session.account, credential.role, "
                             "session.expires_at, session.last_used_at, credential.is_disabled "
                             "FROM session JOIN credential ON credential.account = session.account "
                             "WHERE session.token_hash = ?",
                             "s", hex);
  if (statement == NULL || !ehcp_statement_step (statement, error))
    return FALSE;
  memcpy (found->hash, hash, sizeof found->hash);
  g_strlcpy (found->actor.session, ehcp_statement_get_text (statement, 0),
             sizeof found->actor.session);
  g_strlcpy (found->actor.account, ehcp_statement_get_text (statement, 1),
             sizeof found->actor.account);
  found->actor.role = ehcp_policy_parse_role (ehcp_statement_get_text (statement, 2));
  found->expires_at = ehcp_statement_get_int (statement, 3);
  found->last_used_at = ehcp_statement_get_int (statement, 4);
  found->is_disabled = ehcp_statement_get_int (statement, 5) != 0;
  return TRUE;
}

static gboolean
is_any (gpointer key, gpointer value, gpointer user)
{
  return TRUE;
}

static void
keep (EhcpSessions *sessions, const Kept *found, guint n_forgotten)
{
  Kept *kept;

  g_rw_lock_writer_lock (&sessions->lock);
  if (g_hash_table_size (sessions->kept) >= MAX_KEPT)
    g_hash_table_foreach_remove (sessions->kept, is_any, NULL);
  if (n_forgotten == sessions->n_forgotten)
    {
      kept = g_memdup2 (found, sizeof *found);
      g_hash_table_replace (sessions->kept, kept->hash, kept);
    }
  g_rw_lock_writer_unlock (&sessions->lock);
}

typedef struct
{
  char session[37];
  gint64 now;
} Use;

static gboolean
write_use (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Use *use = data;

  return ehcp_db_run (db, error,
                      "UPDATE session SET last_used_at = ? WHERE id = ? AND last_used_at < ?",
                      "isi", use->now, use->session, use->now);
}

static void
use_written (gpointer data, const GError *error)
{
  g_free (data);
}

/* Once a minute: a write for each request would be one for each poll of each program. */
static void
note_use (EhcpSessions *sessions, Kept *found, gint64 now, guint n_forgotten)
{
  Use *use;

  if (now < found->last_used_at + USE_NOTED_EVERY_S)
    return;
  use = g_new0 (Use, 1);
  g_strlcpy (use->session, found->actor.session, sizeof use->session);
  use->now = now;
  found->last_used_at = now;
  keep (sessions, found, n_forgotten);
  ehcp_council_write (sessions->council, write_use, use_written, use);
}

static gint64
get_idle_end (EhcpCouncil *council, const Kept *session)
{
  return session->last_used_at + ehcp_config_get_idle_s (ehcp_council_get_config (council),
                                                         ehcp_policy_is_staff (session->actor.role));
}

/* Of an account that was ended only the age counts: nobody uses it any more, and a program that was closed for the night
 * is to hear of it all the same. */
static gboolean
is_alive (EhcpCouncil *council, const Kept *session, gint64 now)
{
  return now < session->expires_at && (session->is_disabled || now < get_idle_end (council, session));
}

/**
 * ehcp_sessions_find:
 * @sessions: the sessions
 * @token: (nullable): what the request brought
 * @is_use: whether somebody is there; a staff program that only waits for the feed keeps no session alive
 * @actor: (out): who it is
 * @ends_at: (out) (optional): when it will end, if it is not used from now on; seconds since 1970
 * @error: return location
 *
 * Returns: whether the session lives; otherwise %EHCP_ERROR_ACCOUNT_DISABLED when its account was ended and it is not
 * too old yet, %EHCP_ERROR_NOT_SIGNED_IN, or the database's error. Any thread; does not wait for the writer.
 */
gboolean
ehcp_sessions_find (EhcpSessions *sessions, const char *token, gboolean is_use, EhcpActorId *actor,
                    gint64 *ends_at, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (sessions->council));
  guint8 hash[crypto_hash_sha256_BYTES];
  g_autoptr (GError) failure = NULL;
  gboolean is_found = FALSE;
  guint n_forgotten;
  Kept found = { 0 };

  if (token != NULL && hash_token (token, hash))
    {
      is_found = find_kept (sessions, hash, now, &found, &n_forgotten);
      if (!is_found && read_session (sessions, hash, &found, &failure))
        {
          is_found = TRUE;
          found.read_at = now;
          keep (sessions, &found, n_forgotten);
        }
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!is_found || !is_alive (sessions->council, &found, now))
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_SIGNED_IN, NULL, "no session, or it has ended");
      return FALSE;
    }
  if (found.is_disabled)
    {
      ehcp_set_error (error, EHCP_ERROR_ACCOUNT_DISABLED, NULL, "the account was ended");
      return FALSE;
    }
  if (is_use || !ehcp_policy_is_staff (found.actor.role))
    note_use (sessions, &found, now, n_forgotten);
  if (ends_at != NULL)
    *ends_at = MIN (found.expires_at, get_idle_end (sessions->council, &found));
  *actor = found.actor;
  return TRUE;
}

static gboolean
is_of_account (gpointer key, gpointer value, gpointer account)
{
  return strcmp (((Kept *) value)->actor.account, account) == 0;
}

/** ehcp_sessions_forget: After a commit that ended sessions of @account or changed its rights: the
 * next request of each looks again, and held ones are woken. Any thread. */
void
ehcp_sessions_forget (EhcpSessions *sessions, const char *account)
{
  g_rw_lock_writer_lock (&sessions->lock);
  sessions->n_forgotten++;
  g_hash_table_foreach_remove (sessions->kept, is_of_account, (gpointer) account);
  g_rw_lock_writer_unlock (&sessions->lock);
  if (sessions->ended != NULL)
    sessions->ended (sessions->ended_data, account);
}

static void
write_time (EhcpJson *json, const char *name, gint64 unix_s)
{
  g_autofree char *text = ehcp_time_format (unix_s);

  ehcp_json_text (json, name, text);
}

/**
 * ehcp_sessions_list:
 * @sessions: the sessions
 * @actor: who asks
 * @error: return location
 *
 * Returns: (transfer full): {"sessions":[…]} of that account alone, the newest first; or %NULL. Any
 * thread.
 */
char *
ehcp_sessions_list (EhcpSessions *sessions, const EhcpActorId *actor, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (sessions->council, error);
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (sessions->council));
  guint idle_s = ehcp_config_get_idle_s (ehcp_council_get_config (sessions->council),
                                         ehcp_policy_is_staff (actor->role));
  g_autoptr (EhcpStatement) statement = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) failure = NULL;
  EhcpJson json = ehcp_json (text);

  if (db == NULL)
    return NULL;
  statement =
      ehcp_db_query (db, error,
                     "SELECT id, device, signed_in_at, last_used_at FROM session WHERE account = ? "
                     "AND expires_at > ? AND last_used_at > ? ORDER BY signed_in_at DESC, id",
                     "sii", actor->account, now, now - idle_s);
  if (statement == NULL)
    return NULL;
  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_begin (&json, "sessions", '[');
  while (ehcp_statement_step (statement, &failure))
    {
      ehcp_json_begin (&json, NULL, '{');
      ehcp_json_text (&json, "id", ehcp_statement_get_text (statement, 0));
      ehcp_json_text (&json, "device", ehcp_statement_get_text (statement, 1));
      write_time (&json, "signed_in_at", ehcp_statement_get_int (statement, 2));
      write_time (&json, "last_used_at", ehcp_statement_get_int (statement, 3));
      ehcp_json_bool (&json, "is_this",
                      strcmp (ehcp_statement_get_text (statement, 0), actor->session) == 0);
      ehcp_json_end (&json, '}');
    }
  ehcp_json_end (&json, ']');
  ehcp_json_end (&json, '}');
  if (failure == NULL)
    return g_strdup (text->str);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

typedef struct
{
  const EhcpActorId *actor;
  const char *id;
} End;

static gboolean
write_end (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  End *end = data;

  if (!ehcp_db_run (db, error, "DELETE FROM session WHERE id = ? AND account = ?", "ss", end->id,
                    end->actor->account))
    return FALSE;
  if (ehcp_db_n_changes (db) == 0)
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "no such session");
      return FALSE;
    }
  return ehcp_audit_add (council, db, end->actor, "session.end", NULL, end->id, NULL, error);
}

/**
 * ehcp_sessions_end:
 * @sessions: the sessions
 * @actor: who asks
 * @id: a session of that account
 * @error: return location
 *
 * Ends it: its next request is refused, a held one is answered. Waits for the commit, so not in a
 * worker.
 *
 * Returns: whether it ended; %EHCP_ERROR_NOT_FOUND also for another account's
 */
gboolean
ehcp_sessions_end (EhcpSessions *sessions, const EhcpActorId *actor, const char *id, GError **error)
{
  End end = { actor, id };

  if (!ehcp_council_write_sync (sessions->council, write_end, &end, error))
    return FALSE;
  ehcp_sessions_forget (sessions, actor->account);
  return TRUE;
}

/**
 * ehcp_session_begin:
 * @council: the council
 * @db: the writing connection, inside a transaction
 * @account: whose
 * @device: as the person's program calls itself
 * @is_staff: whose sessions are shorter
 * @expires_at: (out): when it ends at the latest, seconds since 1970
 * @error: return location
 *
 * Returns: (transfer full): a new token, of which only the hash is stored
 */
char *
ehcp_session_begin (EhcpCouncil *council, EhcpDb *db, const char *account, const char *device,
                    gboolean is_staff, gint64 *expires_at, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autofree char *id = ehcp_text_new_id ();
  guint8 bytes[32], hash[crypto_hash_sha256_BYTES];
  char hex[crypto_hash_sha256_BYTES * 2 + 1];
  char token[EHCP_TOKEN_LENGTH + 1];
  EhcpActorId actor = { 0 };

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (token, sizeof token, bytes, sizeof bytes,
                     sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  crypto_hash_sha256 (hash, bytes, sizeof bytes);
  sodium_bin2hex (hex, sizeof hex, hash, sizeof hash);
  *expires_at = now + ehcp_config_get_max_s (ehcp_council_get_config (council), is_staff);
  g_strlcpy (actor.account, account, sizeof actor.account);
  g_strlcpy (actor.session, id, sizeof actor.session);
  if (!ehcp_db_run (
          db, error,
          "INSERT INTO session (id, account, token_hash, device, signed_in_at, last_used_at, "
          "expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
          "ssssiii", id, account, hex, device, now, now, *expires_at) ||
      !ehcp_audit_add (council, db, &actor, "session.begin", NULL, id, NULL, error))
    return NULL;
  return g_strdup (token);
}

/** ehcp_session_end_all: Ends every session of @account but @except (nullable). Inside the
 * transaction. */
gboolean
ehcp_session_end_all (EhcpDb *db, const char *account, const char *except, GError **error)
{
  return ehcp_db_run (db, error, "DELETE FROM session WHERE account = ? AND id <> ?", "ss", account,
                      except != NULL ? except : "");
}

/** ehcp_session_purge: Removes those that have ended by age or idleness, those of accounts that were ended by age alone:
 * see ehcp_sessions_find(). Inside the transaction. */
gboolean
ehcp_session_purge (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  const EhcpConfig *config = ehcp_council_get_config (council);

  return ehcp_db_run (db, error,
                      "DELETE FROM session WHERE expires_at <= ? OR (last_used_at <= ? OR (last_used_at <= ? AND "
                      "account IN (SELECT account FROM credential WHERE role <> 'family'))) AND "
                      "account NOT IN (SELECT account FROM credential WHERE is_disabled = 1)",
                      "iii", now, now - (gint64) ehcp_config_get_idle_s (config, FALSE),
                      now - (gint64) ehcp_config_get_idle_s (config, TRUE));
}
