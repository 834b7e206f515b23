/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits of the server: sizes, waiting times, what it says of itself to its operators, and a busy
 * end. */
#include "wire-fixture.h"

#include "ehcp-error.h"

#include <string.h>

#define NOWHERE "11111111-1111-4111-8111-111111111111"
#define KIB 1024

static void
test_too_large (WireFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *method, *path;
    gsize length;
    gboolean is_chunked;
    int status;
  } rows[] = {
    { "POST", "/v1/sign-ins", 64 * KIB, FALSE, 400 },
    { "POST", "/v1/sign-ins", 64 * KIB + 1, FALSE, 413 },
    { "POST", "/v1/sign-ins", 64 * KIB, TRUE, 400 },
    { "POST", "/v1/sign-ins", 64 * KIB + 1, TRUE, 413 },
    { "POST", "/v1/sign-ins", 900 * KIB, TRUE, 413 },
    { "PUT", "/v1/commands/" NOWHERE, 256 * KIB, FALSE, 400 },
    { "PUT", "/v1/commands/" NOWHERE, 256 * KIB + 1, FALSE, 413 },
    { "GET", "/v1/service", 10, FALSE, 413 },
    { "DELETE", "/v1/session", 10, FALSE, 413 },
  };
  g_autofree char *token = wire_make_session (f, &f->council.helen);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *body = g_strnfill (rows[i].length, 'x');
      g_autoptr (WireAnswer) answer =
          wire_send (f, rows[i].method, rows[i].path, token, body, rows[i].length,
                     rows[i].is_chunked ? "Transfer-Encoding: chunked" : NULL, NULL);

      g_test_message ("%s %s %zu", rows[i].method, rows[i].path, rows[i].length);
      g_assert_cmpint (answer->status, ==, rows[i].status);
      if (rows[i].status == 413)
        g_assert_cmpstr (wire_text (answer, "code"), ==, "too-large");
    }
}

/* A sender who announces, or sends, far too much gets an answer or a closed connection, and nothing
 * is kept. */
static void
test_far_too_large (WireFixture *f, gconstpointer data)
{
  gsize length = 8 * KIB * KIB;
  g_autofree char *body = g_strnfill (length, 'x');
  g_autoptr (WireAnswer) announced =
      wire_send (f, "POST", "/v1/sign-ins", NULL, body, length, NULL);
  g_autoptr (WireAnswer) chunked =
      wire_send (f, "POST", "/v1/sign-ins", NULL, body, length, "Transfer-Encoding: chunked", NULL);
  g_autoptr (WireAnswer) after = wire_call (f, "GET", "/v1/service", NULL, NULL, NULL);

  g_assert_true (announced->status == 413 || announced->status == 0);
  g_assert_true (chunked->status == 413 || chunked->status == 0);
  g_assert_cmpint (after->status, ==, 200);
}

static void
test_many_headers (WireFixture *f, gconstpointer data)
{
  g_autofree char *value = g_strnfill (64 * KIB, 'x');
  g_autofree char *header = g_strconcat ("X-Long: ", value, NULL);
  g_autofree char *path = g_strconcat ("/v1/service?x=", value, NULL);
  g_autoptr (WireAnswer) long_header =
      wire_call (f, "GET", "/v1/service", NULL, NULL, header, NULL);
  g_autoptr (WireAnswer) long_path = wire_call (f, "GET", path, NULL, NULL, NULL);

  g_assert_cmpint (long_header->status, ==, 431);
  g_assert_cmpint (long_path->status, ==, 414);
}

static void
test_sign_ins_wait (WireFixture *f, gconstpointer data)
{
  static const char body[] = "{'email':'helen@family.example','password':'not the password'}";

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (WireAnswer) answer = wire_call (f, "POST", "/v1/sign-ins", NULL, body, NULL);

      wire_refused (answer, EHCP_ERROR_WRONG_CREDENTIALS, NULL);
    }
  {
    g_autoptr (WireAnswer) answer = wire_call (f, "POST", "/v1/sign-ins", NULL, body, NULL);

    wire_refused (answer, EHCP_ERROR_TOO_MANY, NULL);
    g_assert_cmpstr (wire_header (answer, "retry-after"), ==, "1");
  }
}

/* What a sender writes into X-Forwarded-For counts only behind a proxy, and then only the proxy's
 * own entry. */
static void
test_forwarded (WireFixture *f, gconstpointer data)
{
  static const char body[] = "{'email':'helen@family.example','password':'not the password'}";

  f->council.config->believes_forwarded = TRUE;
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *header =
          g_strdup_printf ("X-Forwarded-For: 198.51.%u.7, 203.0.113.%u", i, i);
      g_autoptr (WireAnswer) answer =
          wire_call (f, "POST", "/v1/sign-ins", NULL, body, header, NULL);

      g_assert_cmpint (answer->status, ==, i < 5 ? 401 : 429);
    }
  {
    g_autoptr (WireAnswer) answer =
        wire_call (f, "POST", "/v1/sign-ins", NULL, body, "X-Forwarded-For: 203.0.114.1", NULL);

    g_assert_cmpint (answer->status, ==, 401);
  }
  /* A proxy that adds a line of its own: the first one is the sender's. */
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *theirs = g_strdup_printf ("X-Forwarded-For: 198.51.%u.9", i);
      g_autoptr (WireAnswer) answer = wire_call (f, "POST", "/v1/sign-ins", NULL, body, theirs,
                                                 "X-Forwarded-For: 203.0.115.1", NULL);

      g_assert_cmpint (answer->status, ==, i < 5 ? 401 : 429);
    }
}

/* (transfer full): all that comes back to these bytes, up to the end of the line or 5 quiet seconds. */
static char *
send_raw (WireFixture *f, const char *request)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) line = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GInputStream *input;
  char piece[4096];
  gssize n;

  g_socket_client_set_timeout (client, 5);
  line = g_socket_client_connect_to_host (client, "127.0.0.1", f->port, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (line)), request,
                                            strlen (request), NULL, NULL, &error));
  input = g_io_stream_get_input_stream (G_IO_STREAM (line));
  while ((n = g_input_stream_read (input, piece, sizeof piece, NULL, NULL)) > 0)
    g_string_append_len (answer, piece, n);
  return g_string_free (g_steal_pointer (&answer), FALSE);
}

/* What a proxy in front might read as two requests. */
static void
test_two_lengths (WireFixture *f, gconstpointer data)
{
  static const char *const heads[] = {
    "Content-Length: 2\r\nContent-Length: 60\r\n",      "Content-Length: 2\r\nContent-Length: 2\r\n",
    "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
    "Transfer-Encoding: identity\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *request = g_strdup_printf ("POST /v1/sign-ins HTTP/1.1\r\nHost: x\r\n%s\r\n{}"
                                                  "GET /v1/service HTTP/1.1\r\nHost: x\r\n\r\n",
                                                  heads[i]);
      g_autofree char *answer = send_raw (f, request);

      g_test_message ("%s: %s", heads[i], answer);
      g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 400 "));
      g_assert_null (strstr (answer, "message_types"));
      g_assert_nonnull (strstr (answer, "Connection: close"));
    }
}

static void
set_up_operations (WireFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wire_fixture_set_up (f, data);
  g_clear_pointer (&f->server, ehcp_server_stop);
  f->council.config->operations_address = g_strdup ("127.0.0.1");
  f->council.config->operations_port = f->port;
  f->server = ehcp_server_start (f->council.council, &error);
  g_assert_no_error (error);
}

static void
test_operations (WireFixture *f, gconstpointer data)
{
  g_autoptr (WireAnswer) service = NULL, health = NULL, ready = NULL, metrics = NULL, routes = NULL;
  g_autofree char *text = NULL;

  f->port = ehcp_server_get_port (f->server);
  service = wire_call (f, "GET", "/v1/service", NULL, NULL, NULL);
  g_assert_cmpint (service->status, ==, 200);
  f->port = ehcp_server_get_operations_port (f->server);
  health = wire_call (f, "GET", "/healthz", NULL, NULL, NULL);
  g_assert_cmpint (health->status, ==, 200);
  ready = wire_call (f, "GET", "/readyz", NULL, NULL, NULL);
  g_assert_cmpint (ready->status, ==, 200);
  metrics = wire_call (f, "GET", "/metrics", NULL, NULL, NULL);
  text = g_strndup ((const char *) metrics->body->data, metrics->body->len);
  g_assert_nonnull (
      strstr (text, "ehcp_answers_total{route=\"GET /v1/service\",status=\"2xx\"} 1\n"));
  g_assert_nonnull (strstr (text, "ehcp_held_requests 0\n"));
  routes = wire_call (f, "GET", "/v1/service", NULL, NULL, NULL);
  g_assert_cmpint (routes->status, ==, 404);
}

/* The port is taken: said at the start, not by a server that never answers. */
static void
test_port_taken (WireFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  EhcpServer *other;

  f->council.config->port = f->port;
  other = ehcp_server_start (f->council.council, &error);
  g_assert_null (other);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
}

typedef struct
{
  WireFixture *fixture;
  char *token;
  int number;
  long status;
} Sender;

static gpointer
send_command (gpointer data)
{
  Sender *sender = data;
  g_autofree char *path =
      g_strdup_printf ("/v1/commands/%08x-1111-4111-8111-111111111111", sender->number);
  g_autoptr (WireAnswer) answer =
      wire_call (sender->fixture, "PUT", path, sender->token,
                 "{'kind':'case.open','child_forename':'Isla','child_surname':'Marlow',"
                 "'date_of_birth':'2018-03-14','received':'2026-11-01'}",
                 NULL);

  sender->status = answer->status;
  return NULL;
}

/* Stopping in the middle of work: what was answered is stored, and every sender gets an answer or a
 * closed connection. */
static void
test_stop_while_busy (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  Sender senders[16];
  GThread *threads[16];
  gint64 n_stored = 0;

  for (guint i = 0; i < G_N_ELEMENTS (senders); i++)
    {
      senders[i] = (Sender){ f, token, i + 1, 0 };
      threads[i] = g_thread_new ("sender", send_command, &senders[i]);
    }
  g_clear_pointer (&f->server, ehcp_server_stop);
  for (guint i = 0; i < G_N_ELEMENTS (senders); i++)
    {
      g_thread_join (threads[i]);
      g_assert_true (senders[i].status == 200 || senders[i].status == 503 ||
                     senders[i].status == 0);
      n_stored += senders[i].status == 200;
    }
  g_assert_cmpint (council_sql (&f->council, "SELECT count(*) FROM kind_case"), ==, n_stored);
}

/* Answers to who is not signed in leave on a beat, however soon they are known: never before the first one. */
static void
test_answers_on_the_beat (WireFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *path;
    const char *body;
    long status;
  } rows[] = {
    { "/v1/password-resets", "{'email':'nobody@family.example'}", 202 },
    { "/v1/sign-ins", "{'email':'nobody@family.example','password':'orchard gate at seven'}", 401 },
    { "/v1/sign-ins", "{'email':'nobody@family.example'}", 422 },
  };

  f->council.config->answer_beat_ms = 150;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint64 began_us = g_get_monotonic_time ();
      g_autoptr (WireAnswer) answer = wire_call (f, "POST", rows[i].path, NULL, rows[i].body, NULL);

      g_assert_cmpint (answer->status, ==, rows[i].status);
      g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 150 * 1000);
    }
}

#define ADD(name, func)                                                                            \
  g_test_add ("/limits/" name, WireFixture, NULL, wire_fixture_set_up, func, wire_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("too-large", test_too_large);
  ADD ("far-too-large", test_far_too_large);
  ADD ("many-headers", test_many_headers);
  ADD ("sign-ins-wait", test_sign_ins_wait);
  ADD ("forwarded", test_forwarded);
  ADD ("two-lengths", test_two_lengths);
  ADD ("answers-on-the-beat", test_answers_on_the_beat);
  ADD ("port-taken", test_port_taken);
  ADD ("stop-while-busy", test_stop_while_busy);
  g_test_add ("/limits/operations", WireFixture, NULL, set_up_operations, test_operations,
              wire_fixture_tear_down);
  return g_test_run ();
}
