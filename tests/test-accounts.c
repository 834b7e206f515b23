/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts: each flow with a clock that is moved by hand. A stranger learns nothing about an
 * address. */
#include "council-fixture.h"

#include "ehcp-accounts.h"
#include "ehcp-codec.h"
#include "ehcp-error.h"

#include <string.h>

#define EMAIL "eve.marlow@family.example"
#define PASSWORD "orchard gate at seven"
#define NEW_PASSWORD "kestrel over the mill"
#define HOME "c00002"
#define AWAY "cb0071"

typedef struct
{
  CouncilFixture council;
  EhcpSessions *sessions;
  EhcpAccounts *accounts;
  EhcpCodeSent sent;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  council_fixture_set_up (&f->council, NULL);
  f->council.config->password_memory = 8192;
  f->council.config->password_passes = 1;
  f->council.config->session_idle_s = 14 * 86400;
  f->council.config->session_max_s = 30 * 86400;
  f->council.config->sign_in_resend_s = 30;
  f->sessions = ehcp_sessions_new (f->council.council);
  f->accounts = ehcp_accounts_new (f->council.council, f->sessions, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ehcp_code_sent_clear (&f->sent);
  ehcp_accounts_free (f->accounts);
  ehcp_sessions_free (f->sessions);
  council_fixture_tear_down (&f->council, NULL);
}

static EhcpRecord *
make_registration (const char *email, const char *password)
{
  g_autofree char *text = g_strdup_printf (
      "{\"forename\":\"Eve\",\"surname\":\"Marlow\",\"date_of_birth\":\"1986-06-14\","
      "\"telephone\":\"01632 960 733\",\"address\":\"18 Orchard Row\",\"postcode\":\"wy42qr\","
      "\"relationship\":\"Mother\",\"email\":\"%s\",\"password\":\"%s\"}",
      email, password);
  g_autoptr (GError) error = NULL;
  EhcpRecord *body = ehcp_codec_decode (ehcp_body_get_shape (EHCP_BODY_REGISTRATION), text,
                                        strlen (text), G_MAXSSIZE, EHCP_DECODE_STRICT, &error);

  g_assert_no_error (error);
  return body;
}

static gboolean
start_registration (Fixture *f, const char *email, const char *password, GError **error)
{
  g_autoptr (EhcpRecord) body = make_registration (email, password);

  return ehcp_accounts_register (f->accounts, body, HOME, &f->sent, error);
}

/* (transfer full): the digits of the newest mail of that kind. */
static char *
read_code (Fixture *f, const char *email, const char *kind)
{
  g_autofree char *mail = council_mail (&f->council, email, kind);
  g_autoptr (GRegex) regex = g_regex_new ("\\b(\\d{3}) (\\d{3})\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *first = NULL, *second = NULL;

  g_assert_true (g_regex_match (regex, mail, 0, &match));
  first = g_match_info_fetch (match, 1);
  second = g_match_info_fetch (match, 2);
  return g_strconcat (first, second, NULL);
}

static gboolean
send_again (Fixture *f, EhcpChallengeFlow flow, const char *id, GError **error)
{
  g_autofree char *same_id = g_strdup (id);

  return ehcp_accounts_resend (f->accounts, flow, same_id, &f->sent, error);
}

static const char *
other_than (const char *code)
{
  return strcmp (code, "123456") == 0 ? "654321" : "123456";
}

static void
register_account (Fixture *f, const char *email)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  g_assert_true (start_registration (f, email, PASSWORD, &error));
  code = read_code (f, email, "registration-code");
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, code, &error));
  g_assert_no_error (error);
}

static void
start_sign_in (Fixture *f, const char *password, const char *from)
{
  g_autoptr (GError) error = NULL;

  ehcp_accounts_sign_in (f->accounts, EMAIL, password, from, &f->sent, &error);
  g_assert_no_error (error);
}

/* (transfer full): a token. */
static char *
sign_in (Fixture *f, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (JsonObject) object = NULL;

  start_sign_in (f, password, HOME);
  code = read_code (f, EMAIL, "sign-in-code");
  answer = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, code, "Helen’s laptop", &error);
  g_assert_no_error (error);
  object = ehcp_json_parse_object (answer, strlen (answer), G_MAXSSIZE, &error);
  g_assert_no_error (error);
  return g_strdup (ehcp_json_get_text (object, "token"));
}

static gboolean
is_signed_in (Fixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  EhcpActorId actor = { 0 };
  gboolean lives = ehcp_sessions_find (f->sessions, token, &actor, &error);

  if (!lives)
    g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_SIGNED_IN);
  return lives;
}

static void
test_registration (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) account = NULL;
  g_autofree char *code = NULL;
  g_autofree char *spaced = NULL;

  g_assert_true (start_registration (f, " Eve.Marlow@Family.Example ", PASSWORD, &error));
  g_assert_cmpstr (f->sent.sent_to, ==, "e•••@family.example");
  g_assert_cmpint (f->sent.expires_at, ==, COUNCIL_NOW + 600);
  g_assert_cmpint (f->sent.resend_after, ==, COUNCIL_NOW + 30);
  account = council_find_where (&f->council, EHCP_KIND_ACCOUNT, "email", EMAIL);
  g_assert_null (account);

  code = read_code (f, EMAIL, "registration-code");
  spaced = g_strdup_printf (" %.3s-%s ", code, code + 3);
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, spaced, &error));
  account = council_find_where (&f->council, EHCP_KIND_ACCOUNT, "email", EMAIL);
  g_assert_nonnull (account);
  g_assert_cmpstr (ehcp_record_get_text (account, "postcode"), ==, "WY4 2QR");
  g_assert_cmpstr (ehcp_record_get_text (account, "role"), ==, "family");
  g_assert_cmpint (council_sql (&f->council, "SELECT count(*) FROM registration"), ==, 0);

  /* Used: it does not work twice. */
  g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, code, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
}

static void
test_registration_fields (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *field, *value;
    EhcpError code;
  } rows[] = {
    { "email", "eve", EHCP_ERROR_MALFORMED },
    { "postcode", "WY4", EHCP_ERROR_MALFORMED },
    { "password", "too short", EHCP_ERROR_RANGE },
    { "password", "password1234", EHCP_ERROR_RANGE },
    { "password", "eve.marlow.1", EHCP_ERROR_RANGE },
  };
  g_autoptr (EhcpRecord) body = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EhcpRecord) one = make_registration (EMAIL, PASSWORD);
      g_autoptr (GError) refusal = NULL;
      g_autofree char *field = g_strconcat ("/", rows[i].field, NULL);

      ehcp_record_set_text (one, rows[i].field, rows[i].value);
      g_assert_false (ehcp_accounts_register (f->accounts, one, HOME, &f->sent, &refusal));
      g_assert_error (refusal, EHCP_ERROR, (int) rows[i].code);
      g_assert_cmpstr (ehcp_error_get_field (refusal), ==, field);
    }
  body = make_registration (EMAIL, PASSWORD);
  ehcp_record_set_date (body, "date_of_birth", ehcp_clock_today (f->council.clock) + 1);
  g_assert_false (ehcp_accounts_register (f->accounts, body, HOME, &f->sent, &error));
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/date_of_birth");
  g_assert_cmpint (council_sql (&f->council, "SELECT count(*) FROM challenge"), ==, 0);
}

/* For an address that has an account: the same answer, a mail of another kind, and no code fits. */
static void
test_registration_known (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  register_account (f, EMAIL);
  g_assert_true (start_registration (f, EMAIL, NEW_PASSWORD, &error));
  g_assert_cmpstr (f->sent.sent_to, ==, "e•••@family.example");
  g_assert_cmpint (f->sent.expires_at, ==, COUNCIL_NOW + 600);
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "registration-code"), ==, 1);
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "registration-known"), ==, 1);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, "123456", &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
      g_assert_cmpstr (ehcp_error_get_field (error), ==, "/code");
      g_clear_error (&error);
    }
  g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, "123456", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);

  /* The old password still is the password. */
  g_assert_false (ehcp_accounts_sign_in (f->accounts, EMAIL, NEW_PASSWORD, HOME, &f->sent, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
}

/* Registered twice before either was verified: the first code that comes back makes the account. */
static void
test_registration_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first_id = NULL, *first = NULL, *second = NULL;

  g_assert_true (start_registration (f, EMAIL, PASSWORD, &error));
  first_id = g_strdup (f->sent.id);
  first = read_code (f, EMAIL, "registration-code");
  g_assert_true (start_registration (f, EMAIL, NEW_PASSWORD, &error));
  second = read_code (f, EMAIL, "registration-code");
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, second, &error));
  g_assert_false (ehcp_accounts_verify (f->accounts, first_id, first, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_assert_cmpint (
      council_sql (&f->council, "SELECT count(*) FROM credential WHERE email = '" EMAIL "'"), ==,
      1);
}

static void
test_code_expires (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL, *newer = NULL;

  g_assert_true (start_registration (f, EMAIL, PASSWORD, &error));
  code = read_code (f, EMAIL, "registration-code");
  ehcp_clock_advance (f->council.clock, 600);
  g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, code, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);

  /* Another one lives ten minutes again. */
  g_assert_true (send_again (f, EHCP_CHALLENGE_REGISTRATION, f->sent.id, &error));
  newer = read_code (f, EMAIL, "registration-code");
  ehcp_clock_advance (f->council.clock, 599);
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, newer, &error));
}

static void
test_code_tries (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL, *newer = NULL;

  g_assert_true (start_registration (f, EMAIL, PASSWORD, &error));
  code = read_code (f, EMAIL, "registration-code");
  for (guint i = 0; i < 5; i++)
    {
      g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, other_than (code), &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
      g_clear_error (&error);
    }
  g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, code, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);
  ehcp_clock_advance (f->council.clock, 30);
  g_assert_true (send_again (f, EHCP_CHALLENGE_REGISTRATION, f->sent.id, &error));
  newer = read_code (f, EMAIL, "registration-code");
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, newer, &error));
}

static void
test_resend (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *first = NULL, *newest = NULL;

  register_account (f, EMAIL);
  start_sign_in (f, PASSWORD, HOME);
  id = g_strdup (f->sent.id);
  first = read_code (f, EMAIL, "sign-in-code");
  ehcp_clock_advance (f->council.clock, 29);
  g_assert_false (send_again (f, EHCP_CHALLENGE_SIGN_IN, id, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
  g_assert_cmpint (ehcp_error_get_retry_after (error), ==, 1);
  g_clear_error (&error);
  for (guint i = 0; i < 5; i++)
    {
      ehcp_clock_advance (f->council.clock, 30);
      g_assert_true (send_again (f, EHCP_CHALLENGE_SIGN_IN, id, &error));
    }
  ehcp_clock_advance (f->council.clock, 30);
  g_assert_false (send_again (f, EHCP_CHALLENGE_SIGN_IN, id, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
  g_clear_error (&error);

  /* Of another flow, the id is nothing. */
  g_assert_false (send_again (f, EHCP_CHALLENGE_PASSWORD_RESET, id, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);

  newest = read_code (f, EMAIL, "sign-in-code");
  if (strcmp (first, newest) != 0)
    {
      g_autofree char *none =
          ehcp_accounts_finish_sign_in (f->accounts, id, first, "Laptop", &error);

      g_assert_null (none);
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
    }
}

static void
test_sign_in (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;
  EhcpActorId actor = { 0 };

  register_account (f, EMAIL);
  first = sign_in (f, PASSWORD);
  g_assert_cmpuint (strlen (first), ==, EHCP_TOKEN_LENGTH);
  second = sign_in (f, PASSWORD);
  g_assert_cmpstr (first, !=, second);
  g_assert_true (ehcp_sessions_find (f->sessions, first, &actor, &error));
  g_assert_cmpint (actor.role, ==, EHCP_ROLE_FAMILY);
  g_assert_true (is_signed_in (f, second));
  g_assert_false (is_signed_in (f, NULL));
  g_assert_false (is_signed_in (f, ""));
  g_assert_false (is_signed_in (f, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

  /* The code of a sign-in works once. */
  again = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, "123456", "Laptop", &error);
  g_assert_null (again);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
}

static void
assert_wrong (Fixture *f, const char *email, const char *password, const char *from, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  g_assert_false (ehcp_accounts_sign_in (f->accounts, email, password, from, &f->sent, &refusal));
  g_assert_error (refusal, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
  if (error != NULL)
    *error = g_steal_pointer (&refusal);
}

static void
test_sign_in_unknown (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) known = NULL, unknown = NULL;

  register_account (f, EMAIL);
  assert_wrong (f, EMAIL, NEW_PASSWORD, HOME, &known);
  assert_wrong (f, "nobody@family.example", NEW_PASSWORD, HOME, &unknown);
  g_assert_cmpstr (known->message, ==, unknown->message);
  g_assert_cmpstr (ehcp_error_get_field (known), ==, ehcp_error_get_field (unknown));
  assert_wrong (f, "not an address", PASSWORD, HOME, NULL);
  /* A member of staff who has not used the link yet has no password at all. */
  assert_wrong (f, "priya.nair@wyreshire.example", PASSWORD, HOME, NULL);
}

static void
test_sign_in_delays (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const int waits[] = { 1, 2, 4, 8 };

  register_account (f, EMAIL);
  for (guint i = 0; i < 4; i++)
    assert_wrong (f, EMAIL, NEW_PASSWORD, AWAY, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      assert_wrong (f, EMAIL, NEW_PASSWORD, AWAY, NULL);
      g_assert_false (ehcp_accounts_sign_in (f->accounts, EMAIL, PASSWORD, AWAY, &f->sent, &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
      g_assert_cmpint (ehcp_error_get_retry_after (error), ==, waits[i]);
      g_clear_error (&error);
      ehcp_clock_advance (f->council.clock, waits[i]);
    }
  /* The stranger waits; the family does not. */
  assert_wrong (f, EMAIL, NEW_PASSWORD, AWAY, NULL);
  start_sign_in (f, PASSWORD, HOME);
}

static void
test_sessions_end (Fixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *list = NULL;
  g_autoptr (GError) error = NULL;
  EhcpActorId here = { 0 }, there = { 0 },
              stranger = { .account = "11111111-1111-4111-8111-111111111111" };

  register_account (f, EMAIL);
  first = sign_in (f, PASSWORD);
  second = sign_in (f, PASSWORD);
  g_assert_true (ehcp_sessions_find (f->sessions, first, &here, &error));
  g_assert_true (ehcp_sessions_find (f->sessions, second, &there, &error));
  list = ehcp_sessions_list (f->sessions, &here, &error);
  g_assert_nonnull (strstr (list, there.session));
  g_assert_nonnull (strstr (list, "Helen’s laptop"));

  g_assert_false (ehcp_sessions_end (f->sessions, &stranger, there.session, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (is_signed_in (f, second));
  g_assert_true (ehcp_sessions_end (f->sessions, &here, there.session, &error));
  g_assert_false (is_signed_in (f, second));
  g_assert_true (is_signed_in (f, first));
}

static gboolean
write_nothing (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return TRUE;
}

/* Days pass between two uses: the first one is written down by then. */
static void
let_a_day_pass (Fixture *f)
{
  g_assert_true (ehcp_council_write_sync (f->council.council, write_nothing, NULL, NULL));
  ehcp_clock_advance (f->council.clock, 86400);
}

static void
test_sessions_age (Fixture *f, gconstpointer data)
{
  g_autofree char *used = NULL, *idle = NULL;

  register_account (f, EMAIL);
  used = sign_in (f, PASSWORD);
  idle = sign_in (f, PASSWORD);
  for (guint day = 0; day < 29; day++)
    {
      let_a_day_pass (f);
      g_assert_true (is_signed_in (f, used));
    }
  g_assert_false (is_signed_in (f, idle));
  let_a_day_pass (f);
  g_assert_false (is_signed_in (f, used));
}

static void
test_reset (Fixture *f, gconstpointer data)
{
  g_autofree char *token = NULL, *code = NULL, *pending = NULL, *pending_code = NULL,
                  *answer = NULL;
  g_autoptr (GError) error = NULL;

  register_account (f, EMAIL);
  token = sign_in (f, PASSWORD);
  start_sign_in (f, PASSWORD, HOME);
  pending = g_strdup (f->sent.id);
  pending_code = read_code (f, EMAIL, "sign-in-code");

  g_assert_true (
      ehcp_accounts_reset (f->accounts, "EVE.marlow@family.example", HOME, &f->sent, &error));
  code = read_code (f, EMAIL, "reset-code");
  g_assert_false (
      ehcp_accounts_finish_reset (f->accounts, f->sent.id, code, "password1234", &error));
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
  g_clear_error (&error);
  g_assert_false (ehcp_accounts_finish_reset (f->accounts, f->sent.id, other_than (code),
                                              NEW_PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_clear_error (&error);
  g_assert_true (is_signed_in (f, token));
  g_assert_true (ehcp_accounts_finish_reset (f->accounts, f->sent.id, code, NEW_PASSWORD, &error));
  g_assert_no_error (error);

  g_assert_false (is_signed_in (f, token));
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "password-changed"), ==, 1);
  assert_wrong (f, EMAIL, PASSWORD, HOME, NULL);
  /* What the old password had begun has ended too. */
  answer = ehcp_accounts_finish_sign_in (f->accounts, pending, pending_code, "Laptop", &error);
  g_assert_null (answer);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  start_sign_in (f, NEW_PASSWORD, HOME);
}

/* An address that nobody has: the same answers all along, and no mail. */
static void
test_reset_unknown (Fixture *f, gconstpointer data)
{
  static const char nobody[] = "nobody@family.example";
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_accounts_reset (f->accounts, nobody, HOME, &f->sent, &error));
  g_assert_cmpstr (f->sent.sent_to, ==, "n•••@family.example");
  g_assert_cmpint (f->sent.expires_at, ==, COUNCIL_NOW + 600);
  g_assert_cmpint (f->sent.resend_after, ==, COUNCIL_NOW + 30);
  ehcp_clock_advance (f->council.clock, 30);
  g_assert_true (send_again (f, EHCP_CHALLENGE_PASSWORD_RESET, f->sent.id, &error));
  g_assert_false (
      ehcp_accounts_finish_reset (f->accounts, f->sent.id, "123456", NEW_PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_assert_cmpuint (council_count_mails (&f->council, nobody, "reset-code"), ==, 0);
}

static void
test_mails_are_limited (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  register_account (f, EMAIL);
  while (ehcp_accounts_reset (f->accounts, EMAIL, AWAY, &f->sent, &error))
    g_assert_cmpuint (++n, <, 20);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
  g_assert_cmpint (ehcp_error_get_retry_after (error), >, 0);
  g_clear_error (&error);

  /* The family itself still can, and can sign in. */
  g_assert_true (ehcp_accounts_reset (f->accounts, EMAIL, HOME, &f->sent, &error));
  start_sign_in (f, PASSWORD, HOME);
}

static void
test_change_password (Fixture *f, gconstpointer data)
{
  g_autofree char *here = NULL, *there = NULL;
  g_autoptr (GError) error = NULL;
  EhcpActorId actor = { 0 };

  register_account (f, EMAIL);
  here = sign_in (f, PASSWORD);
  there = sign_in (f, PASSWORD);
  g_assert_true (ehcp_sessions_find (f->sessions, here, &actor, &error));
  g_assert_false (
      ehcp_accounts_change_password (f->accounts, &actor, "not it at all", NEW_PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
  g_clear_error (&error);
  g_assert_false (ehcp_accounts_change_password (f->accounts, &actor, PASSWORD, "short", &error));
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/new_password");
  g_clear_error (&error);
  g_assert_true (
      ehcp_accounts_change_password (f->accounts, &actor, PASSWORD, NEW_PASSWORD, &error));
  g_assert_true (is_signed_in (f, here));
  g_assert_false (is_signed_in (f, there));
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "password-changed"), ==, 1);
}

static char *
add_staff (Fixture *f, const char *email, const char *role, GError **error)
{
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));

  ehcp_record_set_text (account, "email", email);
  ehcp_record_set_text (account, "forename", "Ann");
  ehcp_record_set_text (account, "surname", "Reed");
  ehcp_record_set_text (account, "role", role);
  return ehcp_accounts_add_staff (f->council.council, account, error);
}

static void
test_staff (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = add_staff (f, "ann.reed@wyreshire.example", "caseworker", &error);
  g_autofree char *small = g_ascii_strdown (code, -1);
  g_autofree char *twice = NULL;

  g_assert_no_error (error);
  twice = add_staff (f, "ann.reed@wyreshire.example", "manager", &error);
  g_assert_null (twice);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_CONFLICT);
  g_clear_error (&error);

  g_assert_false (
      ehcp_accounts_finish_staff_link (f->accounts, "AAAA-AAAA-AAAA-AAAA", PASSWORD, HOME, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_clear_error (&error);
  g_assert_false (ehcp_accounts_finish_staff_link (f->accounts, code, "short", HOME, &error));
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
  g_clear_error (&error);
  g_assert_true (ehcp_accounts_finish_staff_link (f->accounts, small, PASSWORD, HOME, &error));
  g_assert_false (ehcp_accounts_finish_staff_link (f->accounts, code, NEW_PASSWORD, HOME, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);
  g_assert_true (ehcp_accounts_sign_in (f->accounts, "ann.reed@wyreshire.example", PASSWORD, HOME,
                                        &f->sent, &error));
}

static void
test_staff_link_expires (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = add_staff (f, "ann.reed@wyreshire.example", "caseworker", &error);

  ehcp_clock_advance (f->council.clock, 7 * 86400);
  g_assert_false (ehcp_accounts_finish_staff_link (f->accounts, code, PASSWORD, HOME, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
}

/* Nothing that would let a reader of the database in. */
static void
test_nothing_in_clear (Fixture *f, gconstpointer data)
{
  g_autofree char *token = NULL, *code = NULL, *path = NULL, *content = NULL, *wal = NULL,
                  *wal_path = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, wal_length;

  register_account (f, EMAIL);
  token = sign_in (f, PASSWORD);
  code = add_staff (f, "ann.reed@wyreshire.example", "caseworker", &error);
  path = g_build_filename (f->council.config->data_dir, "council.db", NULL);
  wal_path = g_strconcat (path, "-wal", NULL);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_file_get_contents (wal_path, &wal, &wal_length, NULL));
  g_assert_null (memmem (content, length, token, strlen (token)));
  g_assert_null (memmem (wal, wal_length, token, strlen (token)));
  g_assert_null (memmem (wal, wal_length, PASSWORD, strlen (PASSWORD)));
  g_assert_null (memmem (wal, wal_length, code, 9));
  g_assert_nonnull (memmem (wal, wal_length, "$argon2id$", 10));
}

#define ADD(name, func) g_test_add ("/accounts/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("registration", test_registration);
  ADD ("registration/fields", test_registration_fields);
  ADD ("registration/known", test_registration_known);
  ADD ("registration/twice", test_registration_twice);
  ADD ("code/expires", test_code_expires);
  ADD ("code/tries", test_code_tries);
  ADD ("code/resend", test_resend);
  ADD ("sign-in", test_sign_in);
  ADD ("sign-in/unknown", test_sign_in_unknown);
  ADD ("sign-in/delays", test_sign_in_delays);
  ADD ("sessions/end", test_sessions_end);
  ADD ("sessions/age", test_sessions_age);
  ADD ("reset", test_reset);
  ADD ("reset/unknown", test_reset_unknown);
  ADD ("mails-are-limited", test_mails_are_limited);
  ADD ("change-password", test_change_password);
  ADD ("staff", test_staff);
  ADD ("staff/link-expires", test_staff_link_expires);
  ADD ("nothing-in-clear", test_nothing_in_clear);
  return g_test_run ();
}
