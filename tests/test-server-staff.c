/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only staff ask the server for, and what ends them: a case's history, an account that is disabled. */
#include "wire-fixture.h"

#include "ehcp-accounts.h"
#include "ehcp-error.h"

#include <string.h>

#define NOWHERE "11111111-1111-4111-8111-111111111111"

static void
assert_same (WireAnswer *a, WireAnswer *b)
{
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpmem (a->body->data, a->body->len, b->body->data, b->body->len);
}

/* As another process does it, in the database alone: who is disabled is out within seconds, also out of a request that
 * is held. */
static void
test_disabled_while_held (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  g_autoptr (WireAnswer) first = wire_call (f, "GET", "/v1/changes", token, NULL, NULL);
  g_autofree char *path = g_strdup_printf ("/v1/changes?since=%s&wait=50", wire_text (first, "state"));
  WireHeld *held = wire_hold (f, path, token);
  gint64 began_us = g_get_monotonic_time ();
  g_autofree char *path_of_database = g_build_filename (f->council.config->data_dir, "council.db", NULL);
  EhcpDb *other;
  g_autoptr (WireAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (wire_header (first, "session-ends"));
  while (ehcp_server_count_held (f->server) == 0)
    g_usleep (1000);
  other = ehcp_db_open (path_of_database, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (ehcp_db_begin (other, &error));
  g_assert_true (ehcp_db_run (other, &error,
                              "UPDATE credential SET is_disabled = 1, changed_at = ? WHERE account = ?", "is",
                              ehcp_clock_now (f->council.clock), f->council.priya.account));
  g_assert_true (ehcp_db_commit (other, &error));
  ehcp_db_close (other);
  answer = wire_held_finish (held);
  wire_refused (answer, EHCP_ERROR_ACCOUNT_DISABLED, NULL);
  g_assert_cmpint ((g_get_monotonic_time () - began_us) / G_USEC_PER_SEC, <, 30);
}

/* Somebody rang: what the lost computer waits for ends within seconds, and it is not told that the account ended. */
static void
test_ended_while_held (WireFixture *f, gconstpointer data)
{
  g_autofree char *token = wire_make_session (f, &f->council.helen);
  g_autoptr (WireAnswer) first = wire_call (f, "GET", "/v1/changes", token, NULL, NULL);
  g_autofree char *path = g_strdup_printf ("/v1/changes?since=%s&wait=50", wire_text (first, "state"));
  WireHeld *held = wire_hold (f, path, token);
  gint64 began_us = g_get_monotonic_time ();
  g_autoptr (WireAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  while (ehcp_server_count_held (f->server) == 0)
    g_usleep (1000);
  ehcp_clock_advance (f->council.clock, 1); /* the account is not as new as its end */
  g_assert_true (ehcp_accounts_end_sessions (f->council.council, "helen.marlow@family.example", "rang back", &error));
  g_assert_no_error (error);
  answer = wire_held_finish (held);
  wire_refused (answer, EHCP_ERROR_NOT_SIGNED_IN, NULL);
  g_assert_cmpint ((g_get_monotonic_time () - began_us) / G_USEC_PER_SEC, <, 30);
}

/* Whoever was disabled is told so wherever they ask, and let in nowhere; a token that nobody has learns nothing. */
static void
test_disabled_everywhere (WireFixture *f, gconstpointer data)
{
  static const char *const rows[][3] = {
    { "GET", "/v1/changes", NULL },
    { "GET", "/v1/sessions", NULL },
    { "GET", "/v1/documents/" NOWHERE "/content", NULL },
    { "GET", "/v1/cases/" NOWHERE "/history", NULL },
    { "PUT", "/v1/commands/" NOWHERE, "{'kind':'template.remove','template':'" NOWHERE "'}" },
    { "DELETE", "/v1/session", NULL },
  };
  static const char unknown[] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  g_autofree char *token = wire_make_session (f, &f->council.priya);
  g_autoptr (WireAnswer) before = wire_call (f, "GET", "/v1/sessions", token, NULL, NULL);
  g_autoptr (JsonObject) result = NULL;
  gint64 until_us = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;
  gint64 n_before;
  long status;

  g_assert_cmpint (before->status, ==, 200);
  result = council_send (&f->council, &f->council.admin, NULL, "{'kind':'staff.disable','account':'%s'}",
                         f->council.priya.account);
  do
    {
      g_autoptr (WireAnswer) answer = wire_call (f, "GET", "/v1/sessions", token, NULL, NULL);

      status = answer->status;
    }
  while (status == 200 && g_get_monotonic_time () < until_us);
  n_before = council_sql (&f->council, "SELECT count (*) FROM audit");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WireAnswer) own = wire_call (f, rows[i][0], rows[i][1], token, rows[i][2], NULL);
      g_autoptr (WireAnswer) other = wire_call (f, rows[i][0], rows[i][1], unknown, rows[i][2], NULL);

      wire_refused (own, EHCP_ERROR_ACCOUNT_DISABLED, NULL);
      wire_refused (other, EHCP_ERROR_NOT_SIGNED_IN, NULL);
    }
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit"), ==, n_before);
}

static guint
count_rows (WireAnswer *answer)
{
  g_assert_cmpint (answer->status, ==, 200);
  return json_array_get_length (ehcp_json_get_array (answer->json, "rows"));
}

/* The staff who see the case read it, page by page; for everybody else it is not there. */
static void
test_history (WireFixture *f, gconstpointer data)
{
  g_autofree char *priya = wire_make_session (f, &f->council.priya);
  g_autofree char *omar = wire_make_session (f, &f->council.omar);
  g_autofree char *helen = wire_make_session (f, &f->council.helen);
  g_autofree char *admin = wire_make_session (f, &f->council.admin);
  g_autofree char *id = council_open_case (&f->council, "Isla", "2026-09-07");
  g_autofree char *person = council_join (&f->council, id, &f->council.helen, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/cases/%s/history", id);
  g_autofree char *first = g_strconcat (path, "?limit=2", NULL);
  g_autofree char *wrong = g_strconcat (path, "?limit=501", NULL);
  g_autofree char *next = NULL;
  const char *others[] = { omar, helen, admin };
  g_autoptr (WireAnswer) all = wire_call (f, "GET", path, priya, NULL, NULL);
  g_autoptr (WireAnswer) page = wire_call (f, "GET", first, priya, NULL, NULL);
  g_autoptr (WireAnswer) refused = wire_call (f, "GET", wrong, priya, NULL, NULL);
  g_autoptr (WireAnswer) rest = NULL;
  JsonObject *row;

  g_assert_cmpuint (count_rows (all), ==, 5);
  row = json_array_get_object_element (ehcp_json_get_array (all->json, "rows"), 4);
  g_assert_cmpstr (ehcp_json_get_text (row, "what"), ==, "case.open");
  g_assert_cmpstr (ehcp_json_get_text (row, "who"), ==, "Priya Nair");
  g_assert_cmpstr (ehcp_json_get_text (row, "role"), ==, "caseworker");
  g_assert_cmpstr (ehcp_json_get_text (row, "title"), ==, "WY-2026-00001");
  row = json_array_get_object_element (ehcp_json_get_array (all->json, "rows"), 0);
  g_assert_cmpstr (ehcp_json_get_text (row, "what"), ==, "access.activate");
  g_assert_cmpstr (ehcp_json_get_text (row, "title"), ==, "Some Body");
  g_assert_false (ehcp_json_get_bool (all->json, "has_more"));
  g_assert_cmpuint (count_rows (page), ==, 2);
  g_assert_true (ehcp_json_get_bool (page->json, "has_more"));
  row = json_array_get_object_element (ehcp_json_get_array (page->json, "rows"), 1);
  next = g_strdup_printf ("%s?before=%" G_GINT64_FORMAT, path, ehcp_json_get_int (row, "number"));
  rest = wire_call (f, "GET", next, priya, NULL, NULL);
  g_assert_cmpuint (count_rows (rest), ==, 3);
  wire_refused (refused, EHCP_ERROR_RANGE, "/limit");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (WireAnswer) foreign = wire_call (f, "GET", path, others[i], NULL, NULL);
      g_autoptr (WireAnswer) absent = wire_call (f, "GET", "/v1/cases/" NOWHERE "/history", others[i], NULL, NULL);

      wire_refused (foreign, EHCP_ERROR_NOT_FOUND, NULL);
      assert_same (foreign, absent);
    }
}

#define ADD(path, func) \
  g_test_add ("/server-staff/" path, WireFixture, NULL, wire_fixture_set_up, func, wire_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("disabled-while-held", test_disabled_while_held);
  ADD ("disabled-everywhere", test_disabled_everywhere);
  ADD ("ended-while-held", test_ended_while_held);
  ADD ("history", test_history);
  return g_test_run ();
}
