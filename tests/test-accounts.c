/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registration, sign-in and sessions, with a clock that is moved by hand. A stranger learns nothing
 * about an address. */
#include "accounts-fixture.h"

#include "ehcp-error.h"

#include <string.h>

static void
test_registration (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) account = NULL;
  g_autofree char *code = NULL;
  g_autofree char *spaced = NULL;

  g_assert_true (accounts_start_registration (f, " Eve.Marlow@Family.Example ", PASSWORD, &error));
  g_assert_cmpstr (f->sent.sent_to, ==, "e•••@family.example");
  g_assert_cmpint (f->sent.expires_at, ==, COUNCIL_NOW + 600);
  g_assert_cmpint (f->sent.resend_after, ==, COUNCIL_NOW + 30);
  account = council_find_where (&f->council, EHCP_KIND_ACCOUNT, "email", EMAIL);
  g_assert_null (account);

  code = accounts_read_code (f, EMAIL, "registration-code");
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
test_registration_fields (AccountsFixture *f, gconstpointer data)
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
    { "password", "the old marlow orchard", EHCP_ERROR_RANGE },
    { "password", "thisisapassword", EHCP_ERROR_RANGE },
    { "password", "1qaz2wsx3edc4rfv", EHCP_ERROR_RANGE },
    { "password", "WyreshireCouncil", EHCP_ERROR_RANGE },
    { "password", "ehcp-portal-1", EHCP_ERROR_RANGE },
  };
  g_autoptr (EhcpRecord) body = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EhcpRecord) one = accounts_make_registration (EMAIL, PASSWORD);
      g_autoptr (GError) refusal = NULL;
      g_autofree char *field = g_strconcat ("/", rows[i].field, NULL);

      ehcp_record_set_text (one, rows[i].field, rows[i].value);
      g_assert_false (ehcp_accounts_register (f->accounts, one, HOME, &f->sent, &refusal));
      g_assert_error (refusal, EHCP_ERROR, (int) rows[i].code);
      g_assert_cmpstr (ehcp_error_get_field (refusal), ==, field);
    }
  body = accounts_make_registration (EMAIL, PASSWORD);
  ehcp_record_set_date (body, "date_of_birth", ehcp_clock_today (f->council.clock) + 1);
  g_assert_false (ehcp_accounts_register (f->accounts, body, HOME, &f->sent, &error));
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/date_of_birth");
  g_assert_cmpint (council_sql (&f->council, "SELECT count(*) FROM challenge"), ==, 0);
}

/* For an address that has an account: the same answer, a mail of another kind, and no code fits. */
static void
test_registration_known (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  accounts_register_account (f, EMAIL);
  g_assert_true (accounts_start_registration (f, EMAIL, NEW_PASSWORD, &error));
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
test_registration_twice (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first_id = NULL, *first = NULL, *second = NULL;

  g_assert_true (accounts_start_registration (f, EMAIL, PASSWORD, &error));
  first_id = g_strdup (f->sent.id);
  first = accounts_read_code (f, EMAIL, "registration-code");
  g_assert_true (accounts_start_registration (f, EMAIL, NEW_PASSWORD, &error));
  second = accounts_read_code (f, EMAIL, "registration-code");
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, second, &error));
  g_assert_false (ehcp_accounts_verify (f->accounts, first_id, first, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_assert_cmpint (
      council_sql (&f->council, "SELECT count(*) FROM credential WHERE email = '" EMAIL "'"), ==,
      1);
}

static void
test_code_expires (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL, *newer = NULL;

  g_assert_true (accounts_start_registration (f, EMAIL, PASSWORD, &error));
  code = accounts_read_code (f, EMAIL, "registration-code");
  ehcp_clock_advance (f->council.clock, 600);
  g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, code, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);

  /* Another one lives ten minutes again. */
  g_assert_true (accounts_send_again (f, EHCP_CHALLENGE_REGISTRATION, f->sent.id, &error));
  newer = accounts_read_code (f, EMAIL, "registration-code");
  ehcp_clock_advance (f->council.clock, 599);
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, newer, &error));
}

static void
test_code_tries (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL, *newer = NULL;

  g_assert_true (accounts_start_registration (f, EMAIL, PASSWORD, &error));
  code = accounts_read_code (f, EMAIL, "registration-code");
  for (guint i = 0; i < 5; i++)
    {
      g_assert_false (
          ehcp_accounts_verify (f->accounts, f->sent.id, accounts_other_than (code), &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
      g_clear_error (&error);
    }
  g_assert_false (ehcp_accounts_verify (f->accounts, f->sent.id, code, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);
  ehcp_clock_advance (f->council.clock, 30);
  g_assert_true (accounts_send_again (f, EHCP_CHALLENGE_REGISTRATION, f->sent.id, &error));
  newer = accounts_read_code (f, EMAIL, "registration-code");
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, newer, &error));
}

static void
test_resend (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL, *first = NULL, *newest = NULL;

  accounts_register_account (f, EMAIL);
  accounts_start_sign_in (f, PASSWORD, HOME);
  id = g_strdup (f->sent.id);
  first = accounts_read_code (f, EMAIL, "sign-in-code");
  ehcp_clock_advance (f->council.clock, 29);
  g_assert_false (accounts_send_again (f, EHCP_CHALLENGE_SIGN_IN, id, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
  g_assert_cmpint (ehcp_error_get_retry_after (error), ==, 1);
  g_clear_error (&error);
  for (guint i = 0; i < 5; i++)
    {
      ehcp_clock_advance (f->council.clock, 30);
      g_assert_true (accounts_send_again (f, EHCP_CHALLENGE_SIGN_IN, id, &error));
    }
  ehcp_clock_advance (f->council.clock, 30);
  g_assert_false (accounts_send_again (f, EHCP_CHALLENGE_SIGN_IN, id, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
  g_clear_error (&error);

  /* Of another flow, the id is nothing. */
  g_assert_false (accounts_send_again (f, EHCP_CHALLENGE_PASSWORD_RESET, id, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);

  newest = accounts_read_code (f, EMAIL, "sign-in-code");
  if (strcmp (first, newest) != 0)
    {
      g_autofree char *none =
          ehcp_accounts_finish_sign_in (f->accounts, id, first, "Laptop", HOME, &error);

      g_assert_null (none);
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
    }
}

static void
test_sign_in (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;
  EhcpActorId actor = { 0 };

  accounts_register_account (f, EMAIL);
  first = accounts_sign_in (f, PASSWORD);
  g_assert_cmpuint (strlen (first), ==, EHCP_TOKEN_LENGTH);
  second = accounts_sign_in (f, PASSWORD);
  g_assert_cmpstr (first, !=, second);
  g_assert_true (ehcp_sessions_find (f->sessions, first, TRUE, &actor, NULL, &error));
  g_assert_cmpint (actor.role, ==, EHCP_ROLE_FAMILY);
  g_assert_true (accounts_is_signed_in (f, second));
  g_assert_false (accounts_is_signed_in (f, NULL));
  g_assert_false (accounts_is_signed_in (f, ""));
  g_assert_false (accounts_is_signed_in (f, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

  /* The code of a sign-in works once. */
  again = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, "123456", "Laptop", HOME, &error);
  g_assert_null (again);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
}

/* From that device and network, an hour after the one before. Returns: how many mails told of unusual ones by then. */
static guint
sign_in_from (AccountsFixture *f, const char *device, const char *network)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *answer = NULL;

  ehcp_clock_advance (f->council.clock, 3600);
  accounts_start_sign_in (f, PASSWORD, network);
  code = accounts_read_code (f, EMAIL, "sign-in-code");
  answer = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, code, device, network, &error);
  g_assert_no_error (error);
  return council_count_mails (&f->council, EMAIL, "unusual-sign-in");
}

/* The first sign-in of all is none; a new device is one, and so is a new network, once; after 90 days both are new. */
static void
test_unusual (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *mail = NULL;

  accounts_register_account (f, EMAIL);
  g_assert_cmpuint (sign_in_from (f, "Laptop", HOME), ==, 0);
  g_assert_cmpuint (sign_in_from (f, "Laptop", HOME), ==, 0);
  g_assert_cmpuint (sign_in_from (f, "Laptop", AWAY), ==, 1);
  g_assert_cmpuint (sign_in_from (f, "Laptop", AWAY), ==, 1);
  g_assert_cmpuint (sign_in_from (f, "Library", HOME), ==, 2);
  mail = council_mail (&f->council, EMAIL, "unusual-sign-in");
  g_assert_nonnull (strstr (mail, "Library"));
  g_assert_null (strstr (mail, HOME));
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE what = 'session.unusual'"), ==, 2);

  /* Neither half of a sign-in tells, nor does it make a device known. */
  accounts_start_sign_in (f, PASSWORD, AWAY);
  code = accounts_read_code (f, EMAIL, "sign-in-code");
  g_assert_null (ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, accounts_other_than (code), "Tablet", AWAY, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "unusual-sign-in"), ==, 2);
  g_assert_cmpuint (sign_in_from (f, "Tablet", AWAY), ==, 3);

  ehcp_clock_advance (f->council.clock, 89 * 86400);
  g_assert_cmpuint (sign_in_from (f, "Library", HOME), ==, 3);
  ehcp_clock_advance (f->council.clock, 89 * 86400);
  g_assert_cmpuint (sign_in_from (f, "Library", HOME), ==, 3);
  g_assert_cmpuint (sign_in_from (f, "Laptop", HOME), ==, 4);
  ehcp_clock_advance (f->council.clock, 90 * 86400);
  g_assert_cmpuint (sign_in_from (f, "Laptop", HOME), ==, 5);
  /* Networks are not there to be read. */
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM familiar WHERE instr (mark, '" HOME "') > 0"), ==, 0);
}

static void
test_sign_in_unknown (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) known = NULL, unknown = NULL;

  accounts_register_account (f, EMAIL);
  accounts_assert_wrong (f, EMAIL, NEW_PASSWORD, HOME, &known);
  accounts_assert_wrong (f, "nobody@family.example", NEW_PASSWORD, HOME, &unknown);
  g_assert_cmpstr (known->message, ==, unknown->message);
  g_assert_cmpstr (ehcp_error_get_field (known), ==, ehcp_error_get_field (unknown));
  accounts_assert_wrong (f, "not an address", PASSWORD, HOME, NULL);
  /* A member of staff who has not used the link yet has no password at all. */
  accounts_assert_wrong (f, "priya.nair@wyreshire.example", PASSWORD, HOME, NULL);
}

static void
test_sign_in_delays (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const int waits[] = { 1, 2, 4, 8 };

  accounts_register_account (f, EMAIL);
  for (guint i = 0; i < 4; i++)
    accounts_assert_wrong (f, EMAIL, NEW_PASSWORD, AWAY, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      accounts_assert_wrong (f, EMAIL, NEW_PASSWORD, AWAY, NULL);
      g_assert_false (ehcp_accounts_sign_in (f->accounts, EMAIL, PASSWORD, AWAY, &f->sent, &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
      g_assert_cmpint (ehcp_error_get_retry_after (error), ==, waits[i]);
      g_clear_error (&error);
      ehcp_clock_advance (f->council.clock, waits[i]);
    }
  /* The stranger waits; the family does not. */
  accounts_assert_wrong (f, EMAIL, NEW_PASSWORD, AWAY, NULL);
  accounts_start_sign_in (f, PASSWORD, HOME);
}

static void
test_sessions_end (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *list = NULL;
  g_autoptr (GError) error = NULL;
  EhcpActorId here = { 0 }, there = { 0 },
              stranger = { .account = "11111111-1111-4111-8111-111111111111" };

  accounts_register_account (f, EMAIL);
  first = accounts_sign_in (f, PASSWORD);
  second = accounts_sign_in (f, PASSWORD);
  g_assert_true (ehcp_sessions_find (f->sessions, first, TRUE, &here, NULL, &error));
  g_assert_true (ehcp_sessions_find (f->sessions, second, TRUE, &there, NULL, &error));
  list = ehcp_sessions_list (f->sessions, &here, &error);
  g_assert_nonnull (strstr (list, there.session));
  g_assert_nonnull (strstr (list, "Helen’s laptop"));

  g_assert_false (ehcp_sessions_end (f->sessions, &stranger, there.session, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (accounts_is_signed_in (f, second));
  g_assert_true (ehcp_sessions_end (f->sessions, &here, there.session, &error));
  g_assert_false (accounts_is_signed_in (f, second));
  g_assert_true (accounts_is_signed_in (f, first));
}

static gboolean
write_nothing (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return TRUE;
}

/* Days pass between two uses: the first one is written down by then. */
static void
let_a_day_pass (AccountsFixture *f)
{
  g_assert_true (ehcp_council_write_sync (f->council.council, write_nothing, NULL, NULL));
  ehcp_clock_advance (f->council.clock, 86400);
}

static void
test_sessions_age (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *used = NULL, *idle = NULL;

  accounts_register_account (f, EMAIL);
  used = accounts_sign_in (f, PASSWORD);
  idle = accounts_sign_in (f, PASSWORD);
  for (guint day = 0; day < 29; day++)
    {
      let_a_day_pass (f);
      g_assert_true (accounts_is_signed_in (f, used));
    }
  g_assert_false (accounts_is_signed_in (f, idle));
  let_a_day_pass (f);
  g_assert_false (accounts_is_signed_in (f, used));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/accounts/" name, AccountsFixture, NULL, accounts_set_up, func, accounts_tear_down)

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
  ADD ("sign-in/unusual", test_unusual);
  ADD ("sign-in/unknown", test_sign_in_unknown);
  ADD ("sign-in/delays", test_sign_in_delays);
  ADD ("sessions/end", test_sessions_end);
  ADD ("sessions/age", test_sessions_age);
  return g_test_run ();
}
