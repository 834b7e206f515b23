/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staff sign in with an authenticator app: set up at the first sign-in, asked for at each. Short sessions; disabled and
 * reset accounts. */
#include "accounts-fixture.h"

#include "ehcp-audit.h"
#include "ehcp-error.h"
#include "ehcp-staff.h"
#include "ehcp-totp.h"

#include <glib/gstdio.h>
#include <string.h>

#define ANN "ann.reed@wyreshire.example"

static void
set_up (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;

  accounts_set_up (f, NULL);
  ehcp_record_set_text (account, "email", ANN);
  ehcp_record_set_text (account, "forename", "Ann");
  ehcp_record_set_text (account, "surname", "Reed");
  ehcp_record_set_text (account, "role", "manager");
  code = ehcp_staff_add (f->council.council, account, &error);
  g_assert_true (ehcp_accounts_finish_staff_link (f->accounts, code, PASSWORD, HOME, &error));
  g_assert_no_error (error);
}

/* Password and mailed code; (transfer full): what is asked for then. */
static JsonObject *
begin (AccountsFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *answer = NULL;
  JsonObject *object;

  ehcp_accounts_sign_in (f->accounts, ANN, PASSWORD, HOME, &f->sent, &error);
  g_assert_no_error (error);
  code = accounts_read_code (f, ANN, "sign-in-code");
  answer = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, code, "Desk", HOME, &error);
  g_assert_no_error (error);
  object = ehcp_json_parse_object (answer, strlen (answer), G_MAXSSIZE, &error);
  g_assert_no_error (error);
  g_assert_false (json_object_has_member (object, "token"));
  return object;
}

/* (transfer full): the token. */
static char *
answer (AccountsFixture *f, const char *secret, int away, GError **error)
{
  g_autofree char *code = accounts_make_app_code (f, secret, away);
  g_autofree char *text = ehcp_accounts_answer_authenticator (f->accounts, f->sent.id, code, "Desk", HOME, error);
  g_autoptr (JsonObject) object = text != NULL ? ehcp_json_parse_object (text, strlen (text), G_MAXSSIZE, NULL) : NULL;

  return object != NULL ? g_strdup (ehcp_json_get_text (object, "token")) : NULL;
}

static char *
get_secret (JsonObject *asked)
{
  JsonObject *authenticator = ehcp_json_get_object (asked, "authenticator");

  g_assert_true (ehcp_json_get_bool (authenticator, "is_new"));
  g_assert_true (g_str_has_prefix (ehcp_json_get_text (authenticator, "uri"), "otpauth://totp/Wyreshire%20Council:"));
  return g_strdup (ehcp_json_get_text (authenticator, "secret"));
}

/* (transfer full): the secret of an app that is set up. */
static char *
enrol (AccountsFixture *f, char **token)
{
  g_autoptr (JsonObject) asked = begin (f);
  g_autofree char *secret = get_secret (asked);
  g_autoptr (GError) error = NULL;

  *token = answer (f, secret, 0, &error);
  g_assert_no_error (error);
  g_assert_true (accounts_is_signed_in (f, *token));
  return g_steal_pointer (&secret);
}

static void
assert_refused (AccountsFixture *f, const char *secret, int away, EhcpError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (answer (f, secret, away, &error));
  g_assert_error (error, EHCP_ERROR, (int) code);
}

static void
test_each_sign_in (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *secret = enrol (f, &first);
  g_autoptr (JsonObject) asked = begin (f);
  JsonObject *authenticator = ehcp_json_get_object (asked, "authenticator");
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ehcp_json_get_bool (authenticator, "is_new"));
  g_assert_false (json_object_has_member (authenticator, "secret"));
  /* The step that set it up is used, and so is what came before it. */
  assert_refused (f, secret, 0, EHCP_ERROR_WRONG_CODE);
  assert_refused (f, secret, -1, EHCP_ERROR_WRONG_CODE);
  assert_refused (f, secret, 2, EHCP_ERROR_WRONG_CODE);
  second = answer (f, secret, 1, &error);
  g_assert_no_error (error);
  g_assert_true (accounts_is_signed_in (f, second));
  g_assert_cmpstr (first, !=, second);
  /* What was answered is over. */
  assert_refused (f, secret, 1, EHCP_ERROR_EXPIRED);
}

static void
test_five_tries (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) asked = begin (f);
  g_autofree char *secret = get_secret (asked);

  for (guint i = 0; i < 5; i++)
    assert_refused (f, secret, 7, EHCP_ERROR_WRONG_CODE);
  assert_refused (f, secret, 0, EHCP_ERROR_EXPIRED);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM authenticator"), ==, 0);
}

static void
test_ten_minutes (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) asked = begin (f);
  g_autofree char *secret = get_secret (asked);

  ehcp_clock_advance (f->council.clock, 10 * 60);
  assert_refused (f, secret, 0, EHCP_ERROR_EXPIRED);
}

/* Two sign-ins before the first app was set up: the one that is set up first counts. */
static void
test_two_at_once (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (JsonObject) asked = begin (f);
  g_autofree char *secret = get_secret (asked);
  g_autofree char *id = g_strdup (f->sent.id);
  g_autofree char *token = NULL;
  g_autofree char *other = enrol (f, &token);

  g_assert_cmpstr (secret, !=, other);
  g_free (f->sent.id);
  f->sent.id = g_steal_pointer (&id);
  assert_refused (f, secret, 0, EHCP_ERROR_EXPIRED);
}

/* Neither the secret nor a code of it is in the database; without the key nobody gets in, and no new key is made. */
static void
test_sealed (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *secret = enrol (f, &token);
  g_autofree char *key = g_build_filename (f->council.config->data_dir, "staff.key", NULL);
  g_autofree char *path = g_build_filename (f->council.config->data_dir, "council.db-wal", NULL);
  g_autofree char *wal = NULL;
  guint8 bytes[EHCP_TOTP_SECRET_LENGTH];
  g_autoptr (JsonObject) asked = NULL;
  GStatBuf buf;
  gsize length;

  g_assert_true (ehcp_totp_parse_secret (secret, bytes));
  g_assert_true (g_file_get_contents (path, &wal, &length, NULL));
  g_assert_null (memmem (wal, length, secret, strlen (secret)));
  g_assert_null (memmem (wal, length, bytes, sizeof bytes));
  g_assert_cmpint (g_stat (key, &buf), ==, 0);
  g_assert_cmpint (buf.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_remove (key), ==, 0);
  asked = begin (f);
  assert_refused (f, secret, 1, EHCP_ERROR_STORAGE);
  g_assert_cmpint (g_access (key, F_OK), ==, -1);
}

static gboolean
write_nothing (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return TRUE;
}

/* The use of a session is noted behind whatever is written. */
static void
assert_used (AccountsFixture *f, const char *token)
{
  g_assert_true (accounts_is_signed_in (f, token));
  ehcp_council_write_sync (f->council.council, write_nothing, NULL, NULL);
}

static void
test_short_sessions (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *secret = enrol (f, &token);
  g_autofree char *next = NULL;
  g_autoptr (JsonObject) asked = NULL;
  g_autoptr (GError) error = NULL;
  EhcpActorId actor;
  gint64 ends_at = 0, now;

  ehcp_clock_advance (f->council.clock, 29 * 60);
  /* Waiting for the feed is no use of it; an act is. */
  g_assert_true (ehcp_sessions_find (f->sessions, token, FALSE, &actor, &ends_at, &error));
  now = ehcp_clock_now (f->council.clock);
  g_assert_cmpint (ends_at - now, ==, 60);
  g_assert_true (ehcp_sessions_find (f->sessions, token, TRUE, &actor, &ends_at, &error));
  g_assert_cmpint (ends_at - now, ==, 30 * 60);
  assert_used (f, token);
  ehcp_clock_advance (f->council.clock, 30 * 60);
  g_assert_false (accounts_is_signed_in (f, token));

  asked = begin (f);
  next = answer (f, secret, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 12 * 4 - 1; i++)
    {
      ehcp_clock_advance (f->council.clock, 15 * 60);
      assert_used (f, next);
    }
  ehcp_clock_advance (f->council.clock, 15 * 60);
  g_assert_false (accounts_is_signed_in (f, next));
}

static gboolean
write_purge (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_session_purge (council, db, error);
}

static void
assert_told (AccountsFixture *f, const char *token, EhcpError code)
{
  g_autoptr (GError) error = NULL;
  EhcpActorId actor = { 0 };

  g_assert_false (ehcp_sessions_find (f->sessions, token, TRUE, &actor, NULL, &error));
  g_assert_error (error, EHCP_ERROR, (int) code);
  g_assert_cmpstr (actor.account, ==, "");
}

static void
purge (AccountsFixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_council_write_sync (f->council.council, write_purge, NULL, &error));
  g_assert_no_error (error);
}

/* A program that was closed for the night is told in the morning that the account was ended, until the session would be too
 * old; idleness does not end what nobody uses. */
static void
test_disabled_later (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *secret = enrol (f, &token);
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_staff_disable (f->council.council, ANN, &error));
  ehcp_clock_advance (f->council.clock, 11 * 3600);
  purge (f);
  assert_told (f, token, EHCP_ERROR_ACCOUNT_DISABLED);
  /* From memory the same. */
  assert_told (f, token, EHCP_ERROR_ACCOUNT_DISABLED);
  ehcp_clock_advance (f->council.clock, 3600);
  assert_told (f, token, EHCP_ERROR_NOT_SIGNED_IN);
  purge (f);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM session"), ==, 0);
}

/* A computer is gone: the sessions end and the account stays as it was. */
static void
test_sessions_end (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *secret = enrol (f, &token);
  g_autofree char *again = NULL;
  g_autofree char *mail = NULL;
  g_autoptr (JsonObject) asked = NULL;
  g_autoptr (JsonObject) asked_again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (ehcp_accounts_end_sessions (f->council.council, "nobody@wyreshire.example", "rang back", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  asked = begin (f);
  g_assert_true (ehcp_accounts_end_sessions (f->council.council, ANN, "rang back", &error));
  g_assert_no_error (error);
  /* The sign-in that waits for the app's code is over too. */
  assert_refused (f, secret, 1, EHCP_ERROR_EXPIRED);
  ehcp_clock_advance (f->council.clock, 5);
  assert_told (f, token, EHCP_ERROR_NOT_SIGNED_IN);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit a JOIN credential c ON c.account = a.item "
                                             "WHERE a.what = 'sessions.end' AND a.account = '#command-line' "
                                             "AND a.detail = 'rang back' AND c.email = '" ANN "'"), ==, 1);
  mail = council_mail (&f->council, ANN, "sessions-ended");
  g_assert_nonnull (mail);
  asked_again = begin (f);
  again = answer (f, secret, 1, &error);
  g_assert_no_error (error);
  g_assert_true (accounts_is_signed_in (f, again));

  g_assert_true (ehcp_staff_disable (f->council.council, ANN, &error));
  g_assert_false (ehcp_accounts_end_sessions (f->council.council, ANN, "rang back", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  ehcp_clock_advance (f->council.clock, 5);
  assert_told (f, again, EHCP_ERROR_ACCOUNT_DISABLED);
}

static void
test_disabled (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *secret = enrol (f, &token);
  g_autoptr (JsonObject) asked = begin (f);
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_staff_disable (f->council.council, ANN, &error));
  assert_refused (f, secret, 1, EHCP_ERROR_EXPIRED);
  ehcp_clock_advance (f->council.clock, 5);
  assert_told (f, token, EHCP_ERROR_ACCOUNT_DISABLED);
  accounts_assert_wrong (f, ANN, PASSWORD, HOME, NULL);
}

/* Who ran the sub-command is not known; it was not the owner. */
static void
test_command_line (AccountsFixture *f, gconstpointer data)
{
  static const char *const acts[] = { "staff.add", "staff.reset", "staff.disable" };
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;

  code = ehcp_staff_reset (f->council.council, ANN, &error);
  g_assert_no_error (error);
  g_assert_true (ehcp_staff_disable (f->council.council, ANN, &error));
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT count (*) FROM audit a JOIN credential c ON c.account = a.item WHERE a.what = '%s' "
          "AND a.account = '#command-line' AND a.session = '' AND c.email = '" ANN "'", acts[i]);

      g_test_message ("%s", acts[i]);
      g_assert_cmpint (council_sql (&f->council, sql), ==, 1);
    }
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE account <> '#command-line' "
                                             "AND what IN ('staff.add', 'staff.reset', 'staff.disable')"), ==, 0);
  g_assert_true (ehcp_audit_verify (ehcp_council_get_reader (f->council.council, NULL), &n_rows, &error));
  g_assert_no_error (error);
}

static void
test_reset (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *secret = enrol (f, &token);
  g_autofree char *other = NULL;
  g_autofree char *code = NULL;
  g_autoptr (JsonObject) asked = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (ehcp_staff_reset (f->council.council, "helen.marlow@family.example", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  code = ehcp_staff_reset (f->council.council, ANN, &error);
  g_assert_no_error (error);
  accounts_assert_wrong (f, ANN, PASSWORD, HOME, NULL);
  ehcp_clock_advance (f->council.clock, 5);
  g_assert_false (accounts_is_signed_in (f, token));
  g_assert_true (ehcp_accounts_finish_staff_link (f->accounts, code, PASSWORD, HOME, &error));
  asked = begin (f);
  other = get_secret (asked);
  g_assert_cmpstr (secret, !=, other);
}

#define ADD(name, func) \
  g_test_add ("/authenticator/" name, AccountsFixture, NULL, set_up, func, accounts_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("each-sign-in", test_each_sign_in);
  ADD ("five-tries", test_five_tries);
  ADD ("ten-minutes", test_ten_minutes);
  ADD ("two-at-once", test_two_at_once);
  ADD ("sealed", test_sealed);
  ADD ("short-sessions", test_short_sessions);
  ADD ("disabled", test_disabled);
  ADD ("disabled-later", test_disabled_later);
  ADD ("sessions-end", test_sessions_end);
  ADD ("command-line", test_command_line);
  ADD ("reset", test_reset);
  return g_test_run ();
}
