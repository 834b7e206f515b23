/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server over HTTP: each route of accounts, sessions, the feed, commands and pages; each
 * refusal. */
#include "wire-fixture.h"

#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

#define EMAIL "eve.marlow@family.example"
#define REGISTRATION                                                                               \
  "{'forename':'Eve','surname':'Marlow','date_of_birth':'1986-06-14','telephone':'01632 960 733'," \
  "'address':'18 Orchard Row','postcode':'WY4 2QR','relationship':'Mother','email':'" EMAIL "',"   \
  "'password':'orchard gate at seven'}"
#define NOWHERE "11111111-1111-4111-8111-111111111111"

static char *
read_code (WireFixture *f, const char *email, const char *kind)
{
  g_autofree char *mail = council_mail (&f->council, email, kind);
  g_autoptr (GRegex) regex = g_regex_new ("\\b(\\d{3} \\d{3})\\b", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (g_regex_match (regex, mail, 0, &match));
  return g_match_info_fetch (match, 1);
}

static WireAnswer *
finish (WireFixture *f, const char *flow, const char *id, const char *act, const char *code,
        const char *more)
{
  g_autofree char *path = g_strdup_printf ("/v1/%s/%s/%s", flow, id, act);
  g_autofree char *body = g_strdup_printf ("{'code':'%s'%s}", code, more);

  return wire_call (f, "POST", path, NULL, body, NULL);
}

static void
test_service (WireFixture *f, gconstpointer data)
{
  g_autoptr (WireAnswer) answer = wire_call (f, "GET", "/v1/service", NULL, NULL, NULL);

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpstr (wire_text (answer, "name"), ==, "Wyreshire Council");
  g_assert_cmpstr (wire_text (answer, "now"), ==, "2026-11-24T14:00:00Z");
  g_assert_cmpstr (wire_header (answer, "date"), ==, "Tue, 24 Nov 2026 14:00:00 GMT");
  g_assert_cmpstr (wire_header (answer, "cache-control"), ==, "no-store");
  g_assert_cmpstr (wire_header (answer, "content-type"), ==, "application/json");
  g_assert_cmpint (ehcp_json_get_int (ehcp_json_get_object (answer->json, "password"), "min"), ==,
                   12);
  g_assert_nonnull (ehcp_json_get_array (answer->json, "stage_texts"));
}

/* Registration, sign-in, devices and log-out, as a program does it. */
static void
test_account (WireFixture *f, gconstpointer data)
{
  g_autoptr (WireAnswer) registered =
      wire_call (f, "POST", "/v1/registrations", NULL, REGISTRATION, NULL);
  g_autoptr (WireAnswer) wrong = NULL, verified = NULL, started = NULL, finished = NULL,
                         sessions = NULL, out = NULL, refused = NULL;
  g_autofree char *code = NULL, *sign_in_code = NULL, *token = NULL;

  g_assert_cmpint (registered->status, ==, 202);
  g_assert_cmpstr (wire_text (registered, "sent_to"), ==, "e•••@family.example");
  g_assert_cmpstr (wire_text (registered, "expires_at"), ==, "2026-11-24T14:10:00Z");
  g_assert_cmpstr (wire_text (registered, "resend_after"), ==, "2026-11-24T14:00:30Z");
  wrong = finish (f, "registrations", wire_text (registered, "id"), "verify", "abc", "");
  wire_refused (wrong, EHCP_ERROR_WRONG_CODE, "/code");
  code = read_code (f, EMAIL, "registration-code");
  verified = finish (f, "registrations", wire_text (registered, "id"), "verify", code, "");
  g_assert_cmpint (verified->status, ==, 200);

  started = wire_call (f, "POST", "/v1/sign-ins", NULL,
                       "{'email':'" EMAIL "','password':'orchard gate at seven'}", NULL);
  g_assert_cmpint (started->status, ==, 200);
  sign_in_code = read_code (f, EMAIL, "sign-in-code");
  finished = finish (f, "sign-ins", wire_text (started, "id"), "finish", sign_in_code,
                     ",'device':'Laptop'");
  g_assert_cmpint (finished->status, ==, 200);
  g_assert_cmpstr (wire_text (finished, "idle_after"), ==, "2026-12-08T14:00:00Z");
  g_assert_cmpstr (wire_text (finished, "expires_at"), ==, "2026-12-24T14:00:00Z");
  g_assert_cmpstr (ehcp_json_get_text (ehcp_json_get_object (finished->json, "person"), "email"),
                   ==, EMAIL);
  token = g_strdup (wire_text (finished, "token"));

  sessions = wire_call (f, "GET", "/v1/sessions", token, NULL, NULL);
  g_assert_cmpuint (json_array_get_length (ehcp_json_get_array (sessions->json, "sessions")), ==,
                    1);
  out = wire_call (f, "DELETE", "/v1/session", token, NULL, NULL);
  g_assert_cmpint (out->status, ==, 204);
  refused = wire_call (f, "GET", "/v1/sessions", token, NULL, NULL);
  wire_refused (refused, EHCP_ERROR_NOT_SIGNED_IN, NULL);
  g_assert_cmpstr (wire_header (refused, "www-authenticate"), ==, "Bearer");
}

/* The bytes of an answer, but for what is new in each. */
static char *
strip_new (WireAnswer *answer)
{
  g_autofree char *text = g_strndup ((const char *) answer->body->data, answer->body->len);
  g_autoptr (GRegex) regex = g_regex_new ("[0-9a-f-]{36}|.•••", 0, 0, NULL);

  return g_regex_replace (regex, text, -1, 0, "*", 0, NULL);
}

static void
assert_same (WireAnswer *a, WireAnswer *b)
{
  g_autofree char *first = strip_new (a);
  g_autofree char *second = strip_new (b);
  GHashTableIter iter;
  gpointer name;

  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (g_hash_table_size (a->headers), ==, g_hash_table_size (b->headers));
  g_hash_table_iter_init (&iter, a->headers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_assert_cmpstr (wire_header (a, name), ==, wire_header (b, name));
}

static void
test_known_and_unknown_alike (WireFixture *f, gconstpointer data)
{
  static const char known[] = EMAIL, unknown[] = "ann.marlow@family.example";
  static const struct
  {
    const char *path, *format;
  } rows[] = {
    { "/v1/sign-ins", "{'email':'%s','password':'kestrel over the mill'}" },
    { "/v1/password-resets", "{'email':'%s'}" },
    { "/v1/registrations",
      "{'forename':'E','surname':'M','date_of_birth':'1986-06-14','telephone':'1','address':'1','"
      "postcode':'WY4 2QR',"
      "'relationship':'Mother','email':'%s','password':'orchard gate at seven'}" },
  };
  g_autoptr (WireAnswer) registered =
      wire_call (f, "POST", "/v1/registrations", NULL, REGISTRATION, NULL);
  g_autofree char *code = read_code (f, EMAIL, "registration-code");
  g_autoptr (WireAnswer) verified =
      finish (f, "registrations", wire_text (registered, "id"), "verify", code, "");

  g_assert_cmpint (verified->status, ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *first = g_strdup (rows[i].format), *second = NULL;
      g_autoptr (GString) one = g_string_new (rows[i].format), two = g_string_new (rows[i].format);
      g_autoptr (WireAnswer) a = NULL, b = NULL;

      g_string_replace (one, "%s", known, 0);
      g_string_replace (two, "%s", unknown, 0);
      a = wire_call (f, "POST", rows[i].path, NULL, one->str, NULL);
      b = wire_call (f, "POST", rows[i].path, NULL, two->str, NULL);
      assert_same (a, b);
    }
}

/* Bodies and what is wrong with them. */
static void
test_bodies (WireFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *path, *body;
    EhcpError code;
    const char *field;
  } rows[] = {
    { "/v1/sign-ins", "", EHCP_ERROR_MALFORMED, NULL },
    { "/v1/sign-ins", "[]", EHCP_ERROR_MALFORMED, "" },
    { "/v1/sign-ins", "{", EHCP_ERROR_MALFORMED, NULL },
    { "/v1/sign-ins", "{}", EHCP_ERROR_MISSING, "/email" },
    { "/v1/sign-ins", "{'email':'a@b.example'}", EHCP_ERROR_MISSING, "/password" },
    { "/v1/sign-ins", "{'email':1,'password':'x'}", EHCP_ERROR_MALFORMED, "/email" },
    { "/v1/sign-ins", "{'email':'a@b.example','password':'x','remember':true}",
      EHCP_ERROR_UNKNOWN_FIELD, "/remember" },
    { "/v1/sign-ins", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
      EHCP_ERROR_MALFORMED, NULL },
    { "/v1/password-resets", "{'email':'nobody'}", EHCP_ERROR_MALFORMED, "/email" },
    { "/v1/registrations", "{'forename':'E'}", EHCP_ERROR_MISSING, "/surname" },
    { "/v1/staff-links/finish", "{'code':'AAAA','password':'orchard gate at seven'}",
      EHCP_ERROR_WRONG_CODE, "/code" },
    { "/v1/sign-ins/" NOWHERE "/finish", "{'code':'123456'}", EHCP_ERROR_MISSING, "/device" },
    { "/v1/sign-ins/" NOWHERE "/finish", "{'code':'123456','device':'x'}", EHCP_ERROR_EXPIRED,
      NULL },
    { "/v1/registrations/" NOWHERE "/verify", "{'code':'123456'}", EHCP_ERROR_EXPIRED, NULL },
    { "/v1/registrations/" NOWHERE "/resend", "", EHCP_ERROR_EXPIRED, NULL },
    { "/v1/sign-ins/" NOWHERE "/resend", "{}", EHCP_ERROR_EXPIRED, NULL },
    { "/v1/password-resets/" NOWHERE "/resend", "", EHCP_ERROR_EXPIRED, NULL },
    { "/v1/password-resets/" NOWHERE "/finish",
      "{'code':'123456','password':'orchard gate at seven'}", EHCP_ERROR_EXPIRED, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WireAnswer) answer = wire_call (f, "POST", rows[i].path, NULL, rows[i].body, NULL);

      g_test_message ("%s %s: %.*s", rows[i].path, rows[i].body, (int) answer->body->len,
                      answer->body->data);
      wire_refused (answer, rows[i].code, rows[i].field);
    }
}

static void
test_no_such_route (WireFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *method, *path;
    int status;
  } rows[] = {
    { "GET", "/", 404 },
    { "GET", "/v1", 404 },
    { "GET", "/v1/service/", 404 },
    { "GET", "/v2/service", 404 },
    { "GET", "/v1/documents/x/content", 404 },
    { "GET", "/v1/documents/" NOWHERE "/content/more", 404 },
    { "GET", "/accept/", 404 },
    { "GET", "/accept/a/b", 404 },
    { "GET", "/v1/../v1/service", 404 },
    /* Operations have a listener of their own. */
    { "GET", "/healthz", 404 },
    { "GET", "/metrics", 404 },
    { "POST", "/v1/service", 405 },
    { "DELETE", "/v1/sign-ins", 405 },
    { "PUT", "/v1/commands", 404 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WireAnswer) answer = wire_call (f, rows[i].method, rows[i].path, NULL, NULL, NULL);

      g_test_message ("%s %s", rows[i].method, rows[i].path);
      g_assert_cmpint (answer->status, ==, rows[i].status);
      g_assert_cmpstr (wire_text (answer, "code"), ==, "not-found");
    }
}

/* Whatever needs a session says so before it looks at anything else. */
static void
test_not_signed_in (WireFixture *f, gconstpointer data)
{
  static const char *const routes[][3] = {
    { "GET", "/v1/changes" },
    { "PUT", "/v1/commands/" NOWHERE, "not even JSON" },
    { "POST", "/v1/password", "not even JSON" },
    { "GET", "/v1/sessions" },
    { "GET", "/v1/cases/" NOWHERE "/history" },
    { "DELETE", "/v1/sessions/" NOWHERE },
    { "DELETE", "/v1/session" },
    { "POST", "/v1/uploads" },
    { "PATCH", "/v1/uploads/" NOWHERE, "a piece" },
    { "GET", "/v1/documents/" NOWHERE "/content" },
  };
  static const char *const tokens[] = { NULL, "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tokens); j++)
      {
        g_autoptr (WireAnswer) answer =
            wire_call (f, routes[i][0], routes[i][1], tokens[j], routes[i][2], NULL);

        g_test_message ("%s %s", routes[i][0], routes[i][1]);
        wire_refused (answer, EHCP_ERROR_NOT_SIGNED_IN, NULL);
      }
}

/* 64 and 128 characters are taken, and all of them count; 129 are too many. */
static void
test_long_passwords (WireFixture *f, gconstpointer data)
{
  static const char words[] = "seven herons walk under the copper bridge while a slow barge of plums and mustard goes by, "
                              "and nobody on the towpath has a hat for it";
  static const guint lengths[] = { 64, 128, 129 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *password = g_strndup (words, lengths[i]);
      g_autofree char *email = g_strdup_printf ("long%u@family.example", lengths[i]);
      g_auto (GStrv) parts = g_strsplit (REGISTRATION, "orchard gate at seven", 2);
      g_autofree char *with_password = g_strjoinv (password, parts);
      g_auto (GStrv) around = g_strsplit (with_password, EMAIL, 2);
      g_autofree char *body = g_strjoinv (email, around);
      g_autoptr (WireAnswer) registered = wire_call (f, "POST", "/v1/registrations", NULL, body, NULL);
      g_autoptr (WireAnswer) verified = NULL, cut = NULL, whole = NULL;
      g_autofree char *code = NULL, *short_body = NULL, *whole_body = NULL;

      g_assert_cmpuint (strlen (password), ==, lengths[i]);
      if (lengths[i] > 128)
        {
          wire_refused (registered, EHCP_ERROR_RANGE, "/password");
          continue;
        }
      g_assert_cmpuint (registered->status, ==, 202);
      code = read_code (f, email, "registration-code");
      verified = finish (f, "registrations", wire_text (registered, "id"), "verify", code, "");
      g_assert_cmpuint (verified->status, ==, 200);
      short_body = g_strdup_printf ("{'email':'%s','password':'%.*s'}", email, (int) lengths[i] - 1, password);
      cut = wire_call (f, "POST", "/v1/sign-ins", NULL, short_body, NULL);
      wire_refused (cut, EHCP_ERROR_WRONG_CREDENTIALS, NULL);
      whole_body = g_strdup_printf ("{'email':'%s','password':'%s'}", email, password);
      whole = wire_call (f, "POST", "/v1/sign-ins", NULL, whole_body, NULL);
      g_assert_cmpuint (whole->status, ==, 200);
    }
}

static void
test_change_password (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) answer =
      wire_call (f, "POST", "/v1/password", token,
                 "{'password':'not it at all','new_password':'kestrel over the mill'}", NULL);

  wire_refused (answer, EHCP_ERROR_WRONG_CREDENTIALS, "/password");
}

static void
test_sessions (WireFixture *f, gconstpointer data)
{
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autofree char *other = wire_make_session (f, &f->council.helen);
  g_autofree char *david = wire_make_session (f, &f->council.david);
  g_autoptr (WireAnswer) list = wire_call (f, "GET", "/v1/sessions", other, NULL, NULL);
  JsonArray *sessions = ehcp_json_get_array (list->json, "sessions");
  g_autofree char *path = NULL;
  g_autoptr (WireAnswer) foreign = NULL, absent = NULL, gone = NULL, after = NULL;

  g_assert_cmpuint (json_array_get_length (sessions), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *session = json_array_get_object_element (sessions, i);

      if (!ehcp_json_get_bool (session, "is_this"))
        path = g_strconcat ("/v1/sessions/", ehcp_json_get_text (session, "id"), NULL);
    }
  foreign = wire_call (f, "DELETE", path, david, NULL, NULL);
  absent = wire_call (f, "DELETE", "/v1/sessions/" NOWHERE, david, NULL, NULL);
  wire_refused (foreign, EHCP_ERROR_NOT_FOUND, NULL);
  assert_same (foreign, absent);
  gone = wire_call (f, "DELETE", path, other, NULL, NULL);
  g_assert_cmpint (gone->status, ==, 204);
  after = wire_call (f, "GET", "/v1/sessions", helen, NULL, NULL);
  wire_refused (after, EHCP_ERROR_NOT_SIGNED_IN, NULL);
}

static void
test_command (WireFixture *f, gconstpointer data)
{
  static const char path[] = "/v1/commands/22222222-2222-4222-8222-222222222222";
  static const char body[] = "{'kind':'case.open','child_forename':'Isla','child_surname':'Marlow',"
                             "'date_of_birth':'2018-03-14','received':'2026-11-01'}";
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) first = wire_call (f, "PUT", path, token, body, NULL);
  g_autoptr (WireAnswer) again = wire_call (f, "PUT", path, token, body, NULL);
  g_autoptr (WireAnswer) other = NULL, unknown = NULL, not_allowed = NULL, nothing = NULL;

  g_assert_cmpint (first->status, ==, 200);
  g_assert_cmpstr (wire_text (first, "id"), ==, strrchr (path, '/') + 1);
  g_assert_cmpuint (first->body->len, ==, again->body->len);
  g_assert_cmpmem (first->body->data, first->body->len, again->body->data, again->body->len);
  other = wire_call (f, "PUT", path, token,
                     "{'kind':'case.open','child_forename':'Theo','child_surname':'Marlow',"
                     "'date_of_birth':'2018-03-14','received':'2026-11-01'}",
                     NULL);
  g_assert_cmpint (other->status, ==, 409);
  g_assert_cmpstr (wire_text (other, "code"), ==, "conflict");
  unknown = wire_call (f, "PUT", path, token, "{'kind':'case.burn'}", NULL);
  g_assert_cmpint (unknown->status, >=, 400);
  not_allowed = wire_call (f, "PUT", "/v1/commands/" NOWHERE, helen, body, NULL);
  wire_refused (not_allowed, EHCP_ERROR_NOT_ALLOWED, NULL);
  nothing = wire_call (f, "PUT", "/v1/commands/" NOWHERE, helen, NULL, NULL);
  g_assert_cmpint (nothing->status, ==, 400);
}

/* What a program would do to a council that it does not know to be restored is not done. */
static void
test_command_epoch (WireFixture *f, gconstpointer data)
{
  static const char path[] = "/v1/commands/" NOWHERE;
  static const char body[] = "{'kind':'case.open','child_forename':'Isla','child_surname':'Marlow',"
                             "'date_of_birth':'2018-03-14','received':'2026-11-01'}";
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  g_autofree char *now = g_strconcat (path, "?epoch=", ehcp_council_get_epoch (f->council.council), NULL);
  g_autoptr (WireAnswer) old = wire_call (f, "PUT", "/v1/commands/" NOWHERE "?epoch=" NOWHERE, token, body, NULL);
  g_autoptr (WireAnswer) empty = wire_call (f, "PUT", "/v1/commands/" NOWHERE "?epoch=", token, body, NULL);
  g_autoptr (WireAnswer) changes = wire_call (f, "GET", "/v1/changes", token, NULL, NULL);
  g_autoptr (WireAnswer) good = NULL;

  wire_refused (old, EHCP_ERROR_STATE_TOO_OLD, NULL);
  wire_refused (empty, EHCP_ERROR_STATE_TOO_OLD, NULL);
  g_assert_cmpstr (wire_text (changes, "epoch"), ==, ehcp_council_get_epoch (f->council.council));
  g_assert_null (g_strstr_len ((char *) changes->body->data, changes->body->len, "Isla"));
  good = wire_call (f, "PUT", now, token, body, NULL);
  g_assert_cmpint (good->status, ==, 200);
}

static void
test_changes (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) all = wire_call (f, "GET", "/v1/changes", token, NULL, NULL);
  g_autofree char *path = NULL;
  g_autoptr (WireAnswer) none = NULL;
  static const char *const bad[][2] = {
    { "/v1/changes?limit=x", "/limit" },
    { "/v1/changes?limit=1001", "/limit" },
    { "/v1/changes?wait=61", "/wait" },
    { "/v1/changes?wait=-1", "/wait" },
  };

  g_assert_cmpint (all->status, ==, 200);
  path = g_strdup_printf ("/v1/changes?since=%s&limit=500", wire_text (all, "state"));
  none = wire_call (f, "GET", path, token, NULL, NULL);
  g_assert_cmpint (none->status, ==, 200);
  g_assert_cmpuint (json_object_get_size (ehcp_json_get_object (none->json, "records")), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (WireAnswer) refused = wire_call (f, "GET", bad[i][0], token, NULL, NULL);

      wire_refused (refused, EHCP_ERROR_RANGE, bad[i][1]);
    }
}

static char *
make_wait_path (WireFixture *f, const char *token, int wait_s)
{
  g_autoptr (WireAnswer) all = wire_call (f, "GET", "/v1/changes", token, NULL, NULL);

  return g_strdup_printf ("/v1/changes?since=%s&wait=%d", wire_text (all, "state"), wait_s);
}

/* Until as many requests are held as the council says. */
static void
wait_until_held (WireFixture *f, gint64 n)
{
  gint64 until = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (ehcp_server_count_held (f->server) < n)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_thread_yield ();
    }
}

static void
test_held_until_news (WireFixture *f, gconstpointer data)
{
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autofree char *priya = wire_make_session (f, &f->council.priya);
  g_autofree char *path = make_wait_path (f, helen, 60);
  WireHeld *held = wire_hold (f, path, helen);
  g_autoptr (WireAnswer) update = NULL, answer = NULL;

  wait_until_held (f, 1);
  update = wire_call (
      f, "PUT", "/v1/commands/" NOWHERE, helen,
      "{'kind':'account.update','forename':'Helen','surname':'Marlow','telephone':'01632 960 999',"
      "'address':'1 Mill Lane','postcode':'WY4 2QR'}",
      NULL);
  g_assert_cmpint (update->status, ==, 200);
  answer = wire_held_finish (held);
  g_assert_cmpint (answer->status, ==, 200);
  g_assert_nonnull (
      ehcp_json_get_array (ehcp_json_get_object (answer->json, "records"), "account"));
  g_assert_cmpint (ehcp_server_count_held (f->server), ==, 0);
}

static void
test_held_until_time (WireFixture *f, gconstpointer data)
{
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autofree char *path = make_wait_path (f, helen, 1);
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (WireAnswer) answer = wire_call (f, "GET", path, helen, NULL, NULL);

  g_assert_cmpint (answer->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, G_USEC_PER_SEC * 9 / 10);
}

static void
test_held_until_log_out (WireFixture *f, gconstpointer data)
{
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autofree char *other = wire_make_session (f, &f->council.helen);
  g_autofree char *path = make_wait_path (f, helen, 60);
  WireHeld *held = wire_hold (f, path, helen);
  WireHeld *stays = wire_hold (f, path, other);
  g_autoptr (WireAnswer) out = NULL, answer = NULL, stayed = NULL;

  wait_until_held (f, 2);
  out = wire_call (f, "DELETE", "/v1/session", helen, NULL, NULL);
  g_assert_cmpint (out->status, ==, 204);
  answer = wire_held_finish (held);
  wire_refused (answer, EHCP_ERROR_NOT_SIGNED_IN, NULL);
  wait_until_held (f, 1);

  /* The other device goes on waiting until the server stops, and then gets its answer. */
  g_clear_pointer (&f->server, ehcp_server_stop);
  stayed = wire_held_finish (stays);
  g_assert_cmpint (stayed->status, ==, 200);
}

static void
test_pages (WireFixture *f, gconstpointer data)
{
  static const char *const paths[] = { "/accept/K7QM4XHD", "/accept/%3Cscript%3E",
                                       "/staff/K7QM-4XHD-K7QM-4XHD", "/staff/%22onload%3D%22x" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (WireAnswer) answer = wire_call (f, "GET", paths[i], NULL, NULL, NULL);
      g_autofree char *text = g_strndup ((const char *) answer->body->data, answer->body->len);

      g_assert_cmpint (answer->status, ==, 200);
      g_assert_cmpstr (wire_header (answer, "content-type"), ==, "text/html; charset=utf-8");
      g_assert_true (
          g_str_has_prefix (wire_header (answer, "content-security-policy"), "default-src 'none'"));
      g_assert_cmpstr (wire_header (answer, "referrer-policy"), ==, "no-referrer");
      g_assert_null (strstr (text, "<script"));
      g_assert_null (strstr (text, "onload"));
      g_assert_nonnull (strstr (text, "Wyreshire Council"));
      g_assert_cmpint (
          strstr (text, "ehcp-portal:staff?council=https%3A%2F%2Fportal.wyreshire.example&amp;code="
                        "K7QM-4XHD-K7QM-4XHD") != NULL,
          ==, i == 2);
    }
}

static void
test_accept_page (WireFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (&f->council, "Isla", "2026-11-01");
  g_autofree char *person = council_invite (&f->council, case_id, EMAIL, FALSE);
  g_autofree char *code = NULL, *path = NULL, *text = NULL, *grouped = NULL, *link = NULL;
  g_autoptr (WireAnswer) answer = NULL;

  council_verify (&f->council, case_id, person, EMAIL);
  code = council_link_code (&f->council, EMAIL);
  path = g_strconcat ("/accept/", code, NULL);
  answer = wire_call (f, "GET", path, NULL, NULL, NULL);
  text = g_strndup ((const char *) answer->body->data, answer->body->len);
  grouped = ehcp_text_group_unique_code (code);
  link = g_strconcat (
      "ehcp-portal:accept?council=https%3A%2F%2Fportal.wyreshire.example&amp;code=", grouped, NULL);
  g_assert_nonnull (strstr (text, link));
  g_assert_null (strstr (text, "Isla"));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/server/" name, WireFixture, NULL, wire_fixture_set_up, func, wire_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("service", test_service);
  ADD ("account", test_account);
  ADD ("known-and-unknown-alike", test_known_and_unknown_alike);
  ADD ("bodies", test_bodies);
  ADD ("no-such-route", test_no_such_route);
  ADD ("not-signed-in", test_not_signed_in);
  ADD ("long-passwords", test_long_passwords);
  ADD ("change-password", test_change_password);
  ADD ("sessions", test_sessions);
  ADD ("command", test_command);
  ADD ("command-epoch", test_command_epoch);
  ADD ("changes", test_changes);
  ADD ("held/until-news", test_held_until_news);
  ADD ("held/until-time", test_held_until_time);
  ADD ("held/until-log-out", test_held_until_log_out);
  ADD ("pages", test_pages);
  ADD ("pages/accept", test_accept_page);
  return g_test_run ();
}
