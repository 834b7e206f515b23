/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes of accounts and sessions: from a body to a call, from its outcome to an answer. They run
 * in the pool for accounts, but for the list of sessions. */
#include "ehcp-routes.h"

#include "ehcp-text.h"

static void
answer_sent (EhcpExchange *exchange, guint status, const EhcpCodeSent *sent)
{
  GString *text = g_string_new (NULL);
  EhcpJson json = ehcp_json (text);
  g_autofree char *expires_at = ehcp_time_format (sent->expires_at);
  g_autofree char *resend_after = ehcp_time_format (sent->resend_after);

  ehcp_json_begin (&json, NULL, '{');
  ehcp_json_text (&json, "id", sent->id);
  ehcp_json_text (&json, "sent_to", sent->sent_to);
  ehcp_json_text (&json, "expires_at", expires_at);
  ehcp_json_text (&json, "resend_after", resend_after);
  ehcp_json_end (&json, '}');
  ehcp_exchange_answer_json (exchange, status, g_string_free (text, FALSE));
}

static void
answer_done (EhcpExchange *exchange, gboolean is_done, const GError *error)
{
  if (is_done)
    ehcp_exchange_answer_json (exchange, 200, g_strdup ("{}"));
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_register: POST /v1/registrations. */
void
ehcp_route_register (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body = ehcp_exchange_read_body (exchange, EHCP_BODY_REGISTRATION, &error);
  g_autofree char *network = ehcp_exchange_get_network (exchange);
  g_auto (EhcpCodeSent) sent = { 0 };

  if (body != NULL &&
      ehcp_accounts_register (ehcp_exchange_get_accounts (exchange), body, network, &sent, &error))
    answer_sent (exchange, 202, &sent);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_verify: POST /v1/registrations/ID/verify. */
void
ehcp_route_verify (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body = ehcp_exchange_read_body (exchange, EHCP_BODY_CODE, &error);
  gboolean is_done =
      body != NULL && ehcp_accounts_verify (ehcp_exchange_get_accounts (exchange),
                                            ehcp_exchange_get_parameter (exchange),
                                            ehcp_record_get_text (body, "code"), &error);

  answer_done (exchange, is_done, error);
}

/** ehcp_route_sign_in: POST /v1/sign-ins. */
void
ehcp_route_sign_in (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body = ehcp_exchange_read_body (exchange, EHCP_BODY_SIGN_IN, &error);
  g_autofree char *network = ehcp_exchange_get_network (exchange);
  g_auto (EhcpCodeSent) sent = { 0 };

  if (body != NULL &&
      ehcp_accounts_sign_in (ehcp_exchange_get_accounts (exchange),
                             ehcp_record_get_text (body, "email"),
                             ehcp_record_get_text (body, "password"), network, &sent, &error))
    answer_sent (exchange, 200, &sent);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_finish_sign_in: POST /v1/sign-ins/ID/finish. */
void
ehcp_route_finish_sign_in (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body =
      ehcp_exchange_read_body (exchange, EHCP_BODY_SIGN_IN_FINISH, &error);
  g_autofree char *network = ehcp_exchange_get_network (exchange);
  char *json = NULL;

  if (body != NULL)
    json = ehcp_accounts_finish_sign_in (
        ehcp_exchange_get_accounts (exchange), ehcp_exchange_get_parameter (exchange),
        ehcp_record_get_text (body, "code"), ehcp_record_get_text (body, "device"), network, &error);
  if (json != NULL)
    ehcp_exchange_answer_json (exchange, 200, json);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_answer_authenticator: POST /v1/sign-ins/ID/authenticator. */
void
ehcp_route_answer_authenticator (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body =
      ehcp_exchange_read_body (exchange, EHCP_BODY_SIGN_IN_AUTHENTICATOR, &error);
  g_autofree char *network = ehcp_exchange_get_network (exchange);
  char *json = NULL;

  if (body != NULL)
    json = ehcp_accounts_answer_authenticator (
        ehcp_exchange_get_accounts (exchange), ehcp_exchange_get_parameter (exchange),
        ehcp_record_get_text (body, "code"), ehcp_record_get_text (body, "device"), network, &error);
  if (json != NULL)
    ehcp_exchange_answer_json (exchange, 200, json);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_reset: POST /v1/password-resets. */
void
ehcp_route_reset (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body =
      ehcp_exchange_read_body (exchange, EHCP_BODY_PASSWORD_RESET, &error);
  g_autofree char *network = ehcp_exchange_get_network (exchange);
  g_auto (EhcpCodeSent) sent = { 0 };

  if (body != NULL &&
      ehcp_accounts_reset (ehcp_exchange_get_accounts (exchange),
                           ehcp_record_get_text (body, "email"), network, &sent, &error))
    answer_sent (exchange, 202, &sent);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_finish_reset: POST /v1/password-resets/ID/finish. */
void
ehcp_route_finish_reset (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body =
      ehcp_exchange_read_body (exchange, EHCP_BODY_PASSWORD_FINISH, &error);
  gboolean is_done =
      body != NULL && ehcp_accounts_finish_reset (ehcp_exchange_get_accounts (exchange),
                                                  ehcp_exchange_get_parameter (exchange),
                                                  ehcp_record_get_text (body, "code"),
                                                  ehcp_record_get_text (body, "password"), &error);

  answer_done (exchange, is_done, error);
}

/* The body may be empty or an empty object: there is nothing to say. */
static void
resend (EhcpExchange *exchange, EhcpChallengeFlow flow)
{
  g_autoptr (GError) error = NULL;
  g_auto (EhcpCodeSent) sent = { 0 };

  if (ehcp_accounts_resend (ehcp_exchange_get_accounts (exchange), flow,
                            ehcp_exchange_get_parameter (exchange), &sent, &error))
    answer_sent (exchange, 202, &sent);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_resend_registration: POST /v1/registrations/ID/resend. */
void
ehcp_route_resend_registration (EhcpExchange *exchange)
{
  resend (exchange, EHCP_CHALLENGE_REGISTRATION);
}

/** ehcp_route_resend_sign_in: POST /v1/sign-ins/ID/resend. */
void
ehcp_route_resend_sign_in (EhcpExchange *exchange)
{
  resend (exchange, EHCP_CHALLENGE_SIGN_IN);
}

/** ehcp_route_resend_reset: POST /v1/password-resets/ID/resend. */
void
ehcp_route_resend_reset (EhcpExchange *exchange)
{
  resend (exchange, EHCP_CHALLENGE_PASSWORD_RESET);
}

/** ehcp_route_finish_staff_link: POST /v1/staff-links/finish. */
void
ehcp_route_finish_staff_link (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body =
      ehcp_exchange_read_body (exchange, EHCP_BODY_PASSWORD_FINISH, &error);
  g_autofree char *network = ehcp_exchange_get_network (exchange);
  gboolean is_done = body != NULL &&
                     ehcp_accounts_finish_staff_link (
                         ehcp_exchange_get_accounts (exchange), ehcp_record_get_text (body, "code"),
                         ehcp_record_get_text (body, "password"), network, &error);

  answer_done (exchange, is_done, error);
}

/** ehcp_route_change_password: POST /v1/password. */
void
ehcp_route_change_password (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body =
      ehcp_exchange_read_body (exchange, EHCP_BODY_PASSWORD_CHANGE, &error);
  gboolean is_done =
      body != NULL && ehcp_accounts_change_password (
                          ehcp_exchange_get_accounts (exchange), ehcp_exchange_get_actor (exchange),
                          ehcp_record_get_text (body, "password"),
                          ehcp_record_get_text (body, "new_password"), &error);

  answer_done (exchange, is_done, error);
}

static void
answer_text (EhcpExchange *exchange, char *json, const GError *error)
{
  if (json != NULL)
    ehcp_exchange_answer_json (exchange, 200, json);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_look_at_authenticator: GET /v1/authenticator. */
void
ehcp_route_look_at_authenticator (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  char *json = ehcp_accounts_look_at_authenticator (ehcp_exchange_get_accounts (exchange),
                                                    ehcp_exchange_get_actor (exchange), &error);

  answer_text (exchange, json, error);
}

/** ehcp_route_offer_authenticator: POST /v1/authenticator. */
void
ehcp_route_offer_authenticator (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body = ehcp_exchange_read_body (exchange, EHCP_BODY_SIGN_IN, &error);
  char *json = NULL;

  if (body != NULL)
    json = ehcp_accounts_offer_authenticator (ehcp_exchange_get_accounts (exchange),
                                              ehcp_exchange_get_actor (exchange),
                                              ehcp_record_get_text (body, "email"),
                                              ehcp_record_get_text (body, "password"), &error);
  answer_text (exchange, json, error);
}

static void
switch_authenticator (EhcpExchange *exchange, gboolean is_on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRecord) body = ehcp_exchange_read_body (exchange, EHCP_BODY_CODE, &error);
  gboolean is_done = body != NULL && ehcp_accounts_switch_authenticator (
                                         ehcp_exchange_get_accounts (exchange), ehcp_exchange_get_actor (exchange),
                                         ehcp_record_get_text (body, "code"), is_on, &error);

  answer_done (exchange, is_done, error);
}

/** ehcp_route_switch_authenticator_on: POST /v1/authenticator/on. */
void
ehcp_route_switch_authenticator_on (EhcpExchange *exchange)
{
  switch_authenticator (exchange, TRUE);
}

/** ehcp_route_switch_authenticator_off: POST /v1/authenticator/off. */
void
ehcp_route_switch_authenticator_off (EhcpExchange *exchange)
{
  switch_authenticator (exchange, FALSE);
}

/** ehcp_route_list_sessions: GET /v1/sessions. */
void
ehcp_route_list_sessions (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  char *json = ehcp_sessions_list (ehcp_exchange_get_sessions (exchange),
                                   ehcp_exchange_get_actor (exchange), &error);

  if (json != NULL)
    ehcp_exchange_answer_json (exchange, 200, json);
  else
    ehcp_exchange_refuse (exchange, error);
}

static void
end_session (EhcpExchange *exchange, const char *id)
{
  g_autoptr (GError) error = NULL;

  if (ehcp_sessions_end (ehcp_exchange_get_sessions (exchange), ehcp_exchange_get_actor (exchange),
                         id, &error))
    ehcp_exchange_answer_empty (exchange, 204);
  else
    ehcp_exchange_refuse (exchange, error);
}

/** ehcp_route_end_session: DELETE /v1/sessions/ID. */
void
ehcp_route_end_session (EhcpExchange *exchange)
{
  end_session (exchange, ehcp_exchange_get_parameter (exchange));
}

/** ehcp_route_log_out: DELETE /v1/session. */
void
ehcp_route_log_out (EhcpExchange *exchange)
{
  end_session (exchange, ehcp_exchange_get_actor (exchange)->session);
}
