/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A family switches an authenticator app on and off: the password before, a code each time, what ends and is told, and the
 * telephone that is lost. */
#include "accounts-fixture.h"

#include "ehcp-error.h"
#include "ehcp-totp.h"

#include <string.h>

typedef struct
{
  char *token;
  char *other; /* of a second device */
  EhcpActorId actor;
} Home;

static void
home_clear (Home *home)
{
  g_free (home->token);
  g_free (home->other);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Home, home_clear)

static void
move_in (AccountsFixture *f, Home *home)
{
  g_autoptr (GError) error = NULL;

  accounts_register_account (f, EMAIL);
  home->other = accounts_sign_in (f, PASSWORD);
  home->token = accounts_sign_in (f, PASSWORD);
  g_assert_true (ehcp_sessions_find (f->sessions, home->token, TRUE, &home->actor, NULL, &error));
}

/* (transfer full): the secret. */
static char *
set_up (AccountsFixture *f, const Home *home)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = ehcp_accounts_offer_authenticator (f->accounts, &home->actor, EMAIL, PASSWORD, &error);
  g_autoptr (JsonObject) object = NULL;

  g_assert_no_error (error);
  object = ehcp_json_parse_object (text, strlen (text), G_MAXSSIZE, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (ehcp_json_get_text (ehcp_json_get_object (object, "authenticator"), "uri"),
                                   "otpauth://totp/Wyreshire%20Council:"));
  return g_strdup (ehcp_json_get_text (ehcp_json_get_object (object, "authenticator"), "secret"));
}

static gboolean
turn (AccountsFixture *f, const Home *home, const char *secret, int away, gboolean is_on, GError **error)
{
  g_autofree char *code = accounts_make_app_code (f, secret, away);

  return ehcp_accounts_switch_authenticator (f->accounts, &home->actor, code, is_on, error);
}

static void
assert_not (AccountsFixture *f, const Home *home, const char *secret, int away, gboolean is_on, EhcpError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (turn (f, home, secret, away, is_on, &error));
  g_assert_error (error, EHCP_ERROR, (int) code);
}

static void
assert_state (AccountsFixture *f, const Home *home, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = ehcp_accounts_look_at_authenticator (f->accounts, &home->actor, &error);

  g_assert_cmpstr (state, ==, expected);
}

static char *
switch_on (AccountsFixture *f, const Home *home)
{
  g_autoptr (GError) error = NULL;
  char *secret = set_up (f, home);

  g_assert_true (turn (f, home, secret, 0, TRUE, &error));
  g_assert_no_error (error);
  return secret;
}

/* Password and mailed code; (transfer full): the answer. */
static char *
begin_sign_in (AccountsFixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  char *answer;

  accounts_start_sign_in (f, PASSWORD, HOME);
  code = accounts_read_code (f, EMAIL, "sign-in-code");
  answer = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, code, "Laptop", HOME, &error);
  g_assert_no_error (error);
  return answer;
}

static void
test_on (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL;
  g_autoptr (GError) error = NULL;

  move_in (f, &home);
  assert_state (f, &home, "{\"is_on\":false}");
  secret = set_up (f, &home);
  assert_state (f, &home, "{\"is_on\":false}");
  assert_not (f, &home, secret, 7, TRUE, EHCP_ERROR_WRONG_CODE);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE what = 'authenticator.on'"), ==, 0);
  g_assert_true (turn (f, &home, secret, 0, TRUE, &error));
  assert_state (f, &home, "{\"is_on\":true}");
  g_assert_true (accounts_is_signed_in (f, home.token));
  g_assert_false (accounts_is_signed_in (f, home.other));
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "authenticator-on"), ==, 1);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE what = 'authenticator.on'"), ==, 1);
  g_assert_null (ehcp_accounts_offer_authenticator (f->accounts, &home.actor, EMAIL, PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_CONFLICT);
}

static void
test_sign_in (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL, *asked = NULL, *code = NULL, *used = NULL, *session = NULL;
  g_autoptr (GError) error = NULL;

  move_in (f, &home);
  secret = switch_on (f, &home);
  asked = begin_sign_in (f);
  g_assert_nonnull (strstr (asked, "\"authenticator\":{\"is_new\":false}"));
  g_assert_null (strstr (asked, "token"));
  used = accounts_make_app_code (f, secret, 0);
  g_assert_null (ehcp_accounts_answer_authenticator (f->accounts, f->sent.id, used, "Laptop", HOME, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_clear_error (&error);
  code = accounts_make_app_code (f, secret, 1);
  session = ehcp_accounts_answer_authenticator (f->accounts, f->sent.id, code, "Laptop", HOME, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (session, "\"token\":"));
}

/* The password is asked for again, and failures cost a wait, so that an open program is not enough. */
static void
test_password (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autoptr (GError) error = NULL;

  move_in (f, &home);
  g_assert_null (ehcp_accounts_offer_authenticator (f->accounts, &home.actor, "else@family.example", PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/email");
  for (guint i = 0; i < 5; i++)
    {
      g_clear_error (&error);
      g_assert_null (ehcp_accounts_offer_authenticator (f->accounts, &home.actor, EMAIL, "not it at all", &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
      g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
    }
  g_clear_error (&error);
  g_assert_null (ehcp_accounts_offer_authenticator (f->accounts, &home.actor, EMAIL, PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM authenticator_offer"), ==, 0);
}

static void
test_too_old (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL;

  move_in (f, &home);
  secret = set_up (f, &home);
  ehcp_clock_advance (f->council.clock, 10 * 60);
  assert_not (f, &home, secret, 0, TRUE, EHCP_ERROR_EXPIRED);
  assert_state (f, &home, "{\"is_on\":false}");
}

/* Five tries of one secret; and whoever guesses at an open program waits longer and longer. */
static void
test_tries (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL;

  move_in (f, &home);
  secret = set_up (f, &home);
  for (guint i = 0; i < 5; i++)
    assert_not (f, &home, secret, 7, TRUE, EHCP_ERROR_WRONG_CODE);
  assert_not (f, &home, secret, 0, TRUE, EHCP_ERROR_TOO_MANY);
  ehcp_clock_advance (f->council.clock, 60);
  assert_not (f, &home, secret, 0, TRUE, EHCP_ERROR_EXPIRED);
}

static void
test_off (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL, *waiting = NULL, *code = NULL, *session = NULL;
  g_autoptr (GError) error = NULL;

  move_in (f, &home);
  secret = switch_on (f, &home);
  waiting = begin_sign_in (f);
  assert_not (f, &home, secret, 7, FALSE, EHCP_ERROR_WRONG_CODE);
  assert_not (f, &home, secret, 0, FALSE, EHCP_ERROR_WRONG_CODE); /* it was used to switch it on */
  assert_state (f, &home, "{\"is_on\":true}");
  g_assert_true (turn (f, &home, secret, 1, FALSE, &error));
  assert_state (f, &home, "{\"is_on\":false}");
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "authenticator-off"), ==, 1);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE what = 'authenticator.off' "
                                             "AND account = item"), ==, 1);
  /* What waited for a code of it is over. */
  ehcp_clock_advance (f->council.clock, EHCP_TOTP_STEP_S);
  code = accounts_make_app_code (f, secret, 1);
  g_assert_null (ehcp_accounts_answer_authenticator (f->accounts, f->sent.id, code, "Laptop", HOME, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  session = begin_sign_in (f);
  g_assert_nonnull (strstr (session, "\"token\":"));
}

/* A new password, which whoever reads the mail can set, does not take the app away. */
static void
test_reset_keeps_it (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL, *code = NULL, *mailed = NULL, *asked = NULL;
  g_autoptr (GError) error = NULL;

  move_in (f, &home);
  secret = switch_on (f, &home);
  g_assert_true (ehcp_accounts_reset (f->accounts, EMAIL, HOME, &f->sent, &error));
  code = accounts_read_code (f, EMAIL, "reset-code");
  g_assert_true (ehcp_accounts_finish_reset (f->accounts, f->sent.id, code, NEW_PASSWORD, &error));
  accounts_start_sign_in (f, NEW_PASSWORD, HOME);
  mailed = accounts_read_code (f, EMAIL, "sign-in-code");
  asked = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, mailed, "Laptop", HOME, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (asked, "\"authenticator\":{\"is_new\":false}"));
}

static void
test_lost_telephone (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL, *session = NULL;
  g_autoptr (GError) error = NULL;

  move_in (f, &home);
  g_assert_false (ehcp_accounts_take_authenticator (f->council.council, EMAIL, "rang back", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  secret = switch_on (f, &home);
  g_assert_true (ehcp_accounts_take_authenticator (f->council.council, EMAIL, "rang back on a known number", &error));
  g_assert_no_error (error);
  ehcp_clock_advance (f->council.clock, 5);
  g_assert_false (accounts_is_signed_in (f, home.token));
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE what = 'authenticator.off' "
                                             "AND account = '#command-line' AND item IN (SELECT account FROM "
                                             "credential WHERE email = '" EMAIL "') "
                                             "AND detail = 'rang back on a known number'"), ==, 1);
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "authenticator-off"), ==, 1);
  session = begin_sign_in (f);
  g_assert_nonnull (strstr (session, "\"token\":"));
}

static void
test_not_for_staff (AccountsFixture *f, gconstpointer data)
{
  EhcpActorId actor = { .role = EHCP_ROLE_CASEWORKER };
  g_autoptr (GError) error = NULL;

  g_assert_null (ehcp_accounts_offer_authenticator (f->accounts, &actor, EMAIL, PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (ehcp_accounts_switch_authenticator (f->accounts, &actor, "123456", FALSE, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_ALLOWED);
}

/* Neither the secret nor its text is in the database, while it is offered and afterwards. */
static void
test_sealed (AccountsFixture *f, gconstpointer data)
{
  g_auto (Home) home = { NULL };
  g_autofree char *secret = NULL;
  g_autofree char *path = g_build_filename (f->council.config->data_dir, "council.db-wal", NULL);
  guint8 bytes[EHCP_TOTP_SECRET_LENGTH];

  move_in (f, &home);
  secret = set_up (f, &home);
  g_assert_true (ehcp_totp_parse_secret (secret, bytes));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *wal = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &wal, &length, NULL));
      g_assert_null (memmem (wal, length, secret, strlen (secret)));
      g_assert_null (memmem (wal, length, bytes, sizeof bytes));
      if (i == 0)
        g_assert_true (turn (f, &home, secret, 0, TRUE, NULL));
    }
}

#define ADD(name, func) \
  g_test_add ("/authenticator-family/" name, AccountsFixture, NULL, accounts_set_up, func, accounts_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("on", test_on);
  ADD ("sign-in", test_sign_in);
  ADD ("password", test_password);
  ADD ("too-old", test_too_old);
  ADD ("tries", test_tries);
  ADD ("off", test_off);
  ADD ("reset-keeps-it", test_reset_keeps_it);
  ADD ("lost-telephone", test_lost_telephone);
  ADD ("not-for-staff", test_not_for_staff);
  ADD ("sealed", test_sealed);
  return g_test_run ();
}
