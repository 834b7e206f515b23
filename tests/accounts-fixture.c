/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Steps of registration and sign-in, with the codes out of the outbox. */
#include "accounts-fixture.h"

#include "ehcp-codec.h"
#include "ehcp-error.h"
#include "ehcp-totp.h"

#include <string.h>

void
accounts_set_up (AccountsFixture *f, gconstpointer data)
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

void
accounts_tear_down (AccountsFixture *f, gconstpointer data)
{
  ehcp_code_sent_clear (&f->sent);
  ehcp_accounts_free (f->accounts);
  ehcp_sessions_free (f->sessions);
  council_fixture_tear_down (&f->council, NULL);
}

EhcpRecord *
accounts_make_registration (const char *email, const char *password)
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

gboolean
accounts_start_registration (AccountsFixture *f, const char *email, const char *password,
                             GError **error)
{
  g_autoptr (EhcpRecord) body = accounts_make_registration (email, password);

  return ehcp_accounts_register (f->accounts, body, HOME, &f->sent, error);
}

/* (transfer full): the digits of the newest mail of that kind. */
char *
accounts_read_code (AccountsFixture *f, const char *email, const char *kind)
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

gboolean
accounts_send_again (AccountsFixture *f, EhcpChallengeFlow flow, const char *id, GError **error)
{
  g_autofree char *same_id = g_strdup (id);

  return ehcp_accounts_resend (f->accounts, flow, same_id, &f->sent, error);
}

const char *
accounts_other_than (const char *code)
{
  return strcmp (code, "123456") == 0 ? "654321" : "123456";
}

void
accounts_register_account (AccountsFixture *f, const char *email)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  g_assert_true (accounts_start_registration (f, email, PASSWORD, &error));
  code = accounts_read_code (f, email, "registration-code");
  g_assert_true (ehcp_accounts_verify (f->accounts, f->sent.id, code, &error));
  g_assert_no_error (error);
}

void
accounts_start_sign_in (AccountsFixture *f, const char *password, const char *from)
{
  g_autoptr (GError) error = NULL;

  ehcp_accounts_sign_in (f->accounts, EMAIL, password, from, &f->sent, &error);
  g_assert_no_error (error);
}

/* (transfer full): a token. */
char *
accounts_sign_in (AccountsFixture *f, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (JsonObject) object = NULL;

  accounts_start_sign_in (f, password, HOME);
  code = accounts_read_code (f, EMAIL, "sign-in-code");
  answer = ehcp_accounts_finish_sign_in (f->accounts, f->sent.id, code, "Helen’s laptop", HOME, &error);
  g_assert_no_error (error);
  object = ehcp_json_parse_object (answer, strlen (answer), G_MAXSSIZE, &error);
  g_assert_no_error (error);
  return g_strdup (ehcp_json_get_text (object, "token"));
}

gboolean
accounts_is_signed_in (AccountsFixture *f, const char *token)
{
  g_autoptr (GError) error = NULL;
  EhcpActorId actor = { 0 };
  gboolean lives = ehcp_sessions_find (f->sessions, token, TRUE, &actor, NULL, &error);

  if (!lives)
    g_assert_error (error, EHCP_ERROR, EHCP_ERROR_NOT_SIGNED_IN);
  return lives;
}

void
accounts_assert_wrong (AccountsFixture *f, const char *email, const char *password,
                       const char *from, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  g_assert_false (ehcp_accounts_sign_in (f->accounts, email, password, from, &f->sent, &refusal));
  g_assert_error (refusal, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
  if (error != NULL)
    *error = g_steal_pointer (&refusal);
}

char *
accounts_make_app_code (AccountsFixture *f, const char *secret, int away)
{
  guint8 bytes[EHCP_TOTP_SECRET_LENGTH];
  char *code = g_malloc0 (7);

  g_assert_true (ehcp_totp_parse_secret (secret, bytes));
  ehcp_totp_make_code (bytes, ehcp_clock_now (f->council.clock) / EHCP_TOTP_STEP_S + away, code);
  return code;
}
