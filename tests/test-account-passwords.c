/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New passwords, forgotten, changed or first; and that nothing of them is stored in clear. */
#include "accounts-fixture.h"

#include "ehcp-error.h"
#include "ehcp-staff.h"

#include <string.h>

static void
test_reset (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL, *code = NULL, *pending = NULL, *pending_code = NULL,
                  *answer = NULL;
  g_autoptr (GError) error = NULL;

  accounts_register_account (f, EMAIL);
  token = accounts_sign_in (f, PASSWORD);
  accounts_start_sign_in (f, PASSWORD, HOME);
  pending = g_strdup (f->sent.id);
  pending_code = accounts_read_code (f, EMAIL, "sign-in-code");

  g_assert_true (
      ehcp_accounts_reset (f->accounts, "EVE.marlow@family.example", HOME, &f->sent, &error));
  code = accounts_read_code (f, EMAIL, "reset-code");
  g_assert_false (
      ehcp_accounts_finish_reset (f->accounts, f->sent.id, code, "password1234", &error));
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
  g_clear_error (&error);
  g_assert_false (ehcp_accounts_finish_reset (f->accounts, f->sent.id, accounts_other_than (code),
                                              NEW_PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_clear_error (&error);
  g_assert_true (accounts_is_signed_in (f, token));
  g_assert_true (ehcp_accounts_finish_reset (f->accounts, f->sent.id, code, NEW_PASSWORD, &error));
  g_assert_no_error (error);

  g_assert_false (accounts_is_signed_in (f, token));
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "password-changed"), ==, 1);
  accounts_assert_wrong (f, EMAIL, PASSWORD, HOME, NULL);
  /* What the old password had begun has ended too. */
  answer = ehcp_accounts_finish_sign_in (f->accounts, pending, pending_code, "Laptop", HOME, &error);
  g_assert_null (answer);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  accounts_start_sign_in (f, NEW_PASSWORD, HOME);
}

/* The address and the names that the account has: told only to who has the code, which can be used again, five times. */
static void
test_reset_personal (AccountsFixture *f, gconstpointer data)
{
  static const char *const personal[] = { "the old MARLOW orchard", "eve.marlow by the oak" };
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL, *newer = NULL;

  accounts_register_account (f, EMAIL);
  g_assert_true (ehcp_accounts_reset (f->accounts, EMAIL, HOME, &f->sent, &error));
  code = accounts_read_code (f, EMAIL, "reset-code");
  g_assert_false (ehcp_accounts_finish_reset (f->accounts, f->sent.id, accounts_other_than (code), personal[0], &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_clear_error (&error);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_false (ehcp_accounts_finish_reset (f->accounts, f->sent.id, code, personal[i % 2], &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_RANGE);
      g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
      g_clear_error (&error);
    }
  g_assert_false (ehcp_accounts_finish_reset (f->accounts, f->sent.id, code, NEW_PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
  g_clear_error (&error);

  ehcp_clock_advance (f->council.clock, 30);
  g_assert_true (accounts_send_again (f, EHCP_CHALLENGE_PASSWORD_RESET, f->sent.id, &error));
  newer = accounts_read_code (f, EMAIL, "reset-code");
  g_assert_false (ehcp_accounts_finish_reset (f->accounts, f->sent.id, newer, personal[0], &error));
  g_clear_error (&error);
  g_assert_true (ehcp_accounts_finish_reset (f->accounts, f->sent.id, newer, NEW_PASSWORD, &error));
}

/* An address that nobody has: the same answers all along, and no mail. */
static void
test_reset_unknown (AccountsFixture *f, gconstpointer data)
{
  static const char nobody[] = "nobody@family.example";
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_accounts_reset (f->accounts, nobody, HOME, &f->sent, &error));
  g_assert_cmpstr (f->sent.sent_to, ==, "n•••@family.example");
  g_assert_cmpint (f->sent.expires_at, ==, COUNCIL_NOW + 600);
  g_assert_cmpint (f->sent.resend_after, ==, COUNCIL_NOW + 30);
  ehcp_clock_advance (f->council.clock, 30);
  g_assert_true (accounts_send_again (f, EHCP_CHALLENGE_PASSWORD_RESET, f->sent.id, &error));
  g_assert_false (
      ehcp_accounts_finish_reset (f->accounts, f->sent.id, "123456", NEW_PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_assert_cmpuint (council_count_mails (&f->council, nobody, "reset-code"), ==, 0);
}

static void
test_mails_are_limited (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  accounts_register_account (f, EMAIL);
  while (ehcp_accounts_reset (f->accounts, EMAIL, AWAY, &f->sent, &error))
    g_assert_cmpuint (++n, <, 20);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY);
  g_assert_cmpint (ehcp_error_get_retry_after (error), >, 0);
  g_clear_error (&error);

  /* The family itself still can, and can sign in. */
  g_assert_true (ehcp_accounts_reset (f->accounts, EMAIL, HOME, &f->sent, &error));
  accounts_start_sign_in (f, PASSWORD, HOME);
}

static void
test_change_password (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *here = NULL, *there = NULL;
  g_autoptr (GError) error = NULL;
  EhcpActorId actor = { 0 };

  accounts_register_account (f, EMAIL);
  here = accounts_sign_in (f, PASSWORD);
  there = accounts_sign_in (f, PASSWORD);
  g_assert_true (ehcp_sessions_find (f->sessions, here, TRUE, &actor, NULL, &error));
  g_assert_false (
      ehcp_accounts_change_password (f->accounts, &actor, "not it at all", NEW_PASSWORD, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
  g_clear_error (&error);
  g_assert_false (ehcp_accounts_change_password (f->accounts, &actor, PASSWORD, "short", &error));
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/new_password");
  g_clear_error (&error);
  g_assert_false (
      ehcp_accounts_change_password (f->accounts, &actor, PASSWORD, "the old marlow orchard", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_RANGE);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/new_password");
  g_clear_error (&error);
  g_assert_true (
      ehcp_accounts_change_password (f->accounts, &actor, PASSWORD, NEW_PASSWORD, &error));
  g_assert_true (accounts_is_signed_in (f, here));
  g_assert_false (accounts_is_signed_in (f, there));
  g_assert_cmpuint (council_count_mails (&f->council, EMAIL, "password-changed"), ==, 1);
}

static char *
add_staff (AccountsFixture *f, const char *email, const char *role, GError **error)
{
  g_autoptr (EhcpRecord) account = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT));

  ehcp_record_set_text (account, "email", email);
  ehcp_record_set_text (account, "forename", "Ann");
  ehcp_record_set_text (account, "surname", "Reed");
  ehcp_record_set_text (account, "role", role);
  return ehcp_staff_add (f->council.council, account, error);
}

static void
test_staff (AccountsFixture *f, gconstpointer data)
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

/* What the council knows of the person, and the code itself, however it is written. The link works afterwards. */
static void
test_staff_link_refuses (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = add_staff (f, "ann.reed@wyreshire.example", "caseworker", &error);
  g_auto (GStrv) parts = g_strsplit (code, "-", -1);
  g_autofree char *joined = g_strjoinv ("", parts);
  g_autofree char *small = g_ascii_strdown (joined, -1);
  g_autofree char *with_more = g_strconcat (code, "!1", NULL);
  const char *const refused[] = { code, joined, small, with_more, "the tall green Reed", "ann.reed in the rain" };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i]);
      g_assert_false (ehcp_accounts_finish_staff_link (f->accounts, i % 2 == 0 ? code : small, refused[i], HOME, &error));
      g_assert_error (error, EHCP_ERROR, EHCP_ERROR_RANGE);
      g_assert_cmpstr (ehcp_error_get_field (error), ==, "/password");
      g_clear_error (&error);
    }
  /* A code of one letter is in many passwords. */
  g_assert_false (ehcp_accounts_finish_staff_link (f->accounts, "A", PASSWORD, HOME, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_clear_error (&error);
  g_assert_true (ehcp_accounts_finish_staff_link (f->accounts, code, PASSWORD, HOME, &error));
}

static void
test_staff_link_expires (AccountsFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = add_staff (f, "ann.reed@wyreshire.example", "caseworker", &error);

  ehcp_clock_advance (f->council.clock, 7 * 86400);
  g_assert_false (ehcp_accounts_finish_staff_link (f->accounts, code, PASSWORD, HOME, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_EXPIRED);
}

/* Nothing that would let a reader of the database in. */
static void
test_nothing_in_clear (AccountsFixture *f, gconstpointer data)
{
  g_autofree char *token = NULL, *code = NULL, *path = NULL, *content = NULL, *wal = NULL,
                  *wal_path = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, wal_length;

  accounts_register_account (f, EMAIL);
  token = accounts_sign_in (f, PASSWORD);
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

#define ADD(name, func)                                                                            \
  g_test_add ("/account-passwords/" name, AccountsFixture, NULL, accounts_set_up, func,            \
              accounts_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reset", test_reset);
  ADD ("reset/personal", test_reset_personal);
  ADD ("reset/unknown", test_reset_unknown);
  ADD ("mails-are-limited", test_mails_are_limited);
  ADD ("change-password", test_change_password);
  ADD ("staff", test_staff);
  ADD ("staff/link-refuses", test_staff_link_refuses);
  ADD ("staff/link-expires", test_staff_link_expires);
  ADD ("nothing-in-clear", test_nothing_in_clear);
  return g_test_run ();
}
