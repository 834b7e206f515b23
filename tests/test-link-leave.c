/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The council ends an account: nothing of it stays on the computer. Nobody else's answer does that. */
#include "link-fixture.h"

#include <string.h>

static gboolean
is_disk_empty (LinkFixture *f, gconstpointer data)
{
  return link_count_files (f->cache_dir, "") == 0;
}

static void
assert_left (LinkFixture *f)
{
  g_assert_true (ehcp_link_is_account_ended (f->link));
  g_assert_null (ehcp_book_get_account (f->book));
  g_assert_null (ehcp_book_find (f->book, EHCP_KIND_CASE, f->case_id));
  g_assert_cmpuint (ehcp_link_get_n_waiting (f->link), ==, 0);
  link_wait (f, is_disk_empty, NULL, "the copy to go");
  link_close (f);
  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_OUT);
  g_assert_false (ehcp_link_is_account_ended (f->link));
}

/* While the program waits for news; a message that could still be undone goes too. */
static void
test_while_open (LinkFixture *f, gconstpointer data)
{
  g_autofree char *id = link_say (f, "Too late", NULL, 60000);

  g_assert_cmpuint (link_count_files (f->cache_dir, ""), >, 0);
  g_assert_false (ehcp_link_is_account_ended (f->link));
  link_council_disable (f->council, HELEN, TRUE);
  link_wait_status (f, EHCP_LINK_SIGNED_OUT);
  assert_left (f);
  g_assert_false (link_council_has (f->council, EHCP_KIND_MESSAGE, id));
}

/* While the program is closed: it learns of it from the answer to what it sends first, which is no refusal of that. */
static void
test_while_closed (LinkFixture *f, gconstpointer data)
{
  g_autofree char *id = NULL;

  link_council_stop (f->council);
  id = link_say (f, "Too late", NULL, 0);
  link_close (f);
  link_council_start (f->council);
  link_council_disable (f->council, HELEN, TRUE);
  link_open (f);
  link_wait_status (f, EHCP_LINK_SIGNED_OUT);
  g_assert_cmpuint (ehcp_link_get_n_refused (f->link), ==, 0);
  assert_left (f);
  g_assert_false (link_council_has (f->council, EHCP_KIND_MESSAGE, id));
}

/* The window is closed at once. */
static void
test_and_closed (LinkFixture *f, gconstpointer data)
{
  link_council_disable (f->council, HELEN, TRUE);
  link_wait_status (f, EHCP_LINK_SIGNED_OUT);
  link_close (f);
  g_assert_cmpuint (link_count_files (f->cache_dir, ""), ==, 0);
  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_OUT);
}

/* Somebody who may sign in again, or somebody else, is not told of what was. */
static void
test_somebody_signs_in (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  link_council_disable (f->council, HELEN, TRUE);
  link_wait_status (f, EHCP_LINK_SIGNED_OUT);
  g_assert_true (ehcp_link_is_account_ended (f->link));
  link_council_disable (f->council, HELEN, FALSE);
  link_sign_in (f);
  g_assert_false (ehcp_link_is_account_ended (f->link));
  ehcp_link_log_out_async (f->link, NULL, link_ready_cb, &result);
  g_assert_true (ehcp_link_log_out_finish (f->link, link_result (&result), &error));
  g_assert_no_error (error);
  g_assert_false (ehcp_link_is_account_ended (f->link));
}

static gboolean
answer_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer text)
{
  char head[4096];
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  if (g_input_stream_read (in, head, sizeof head, NULL, NULL) > 0)
    g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
  return TRUE;
}

/* A hotel's network, or a proxy, in the council's place. */
static void
test_somebody_elses_answer (LinkFixture *f, gconstpointer data)
{
  static const char *const answers[] = {
    "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\nContent-Length: 16\r\n\r\naccount-disabled",
    "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "HTTP/1.1 401 Unauthorized\r\nContent-Length: 28\r\n\r\n{\"code\":\"account-disabled!\"}",
    "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"code\":\"account-disabled\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
      g_autoptr (GError) error = NULL;

      g_test_message ("%u", i);
      link_council_stop (f->council);
      g_signal_connect (service, "run", G_CALLBACK (answer_cb), (gpointer) answers[i]);
      g_assert_true (g_socket_listener_add_inet_port (G_SOCKET_LISTENER (service),
                                                      link_council_get_port (f->council), NULL, &error));
      g_assert_no_error (error);
      ehcp_link_wake (f->link);
      link_wait_online (f, FALSE);
      g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
      g_assert_false (ehcp_link_is_account_ended (f->link));
      g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_CASE, f->case_id));
      g_assert_cmpuint (link_count_files (f->cache_dir, ""), >, 0);
      g_socket_service_stop (service);
      g_socket_listener_close (G_SOCKET_LISTENER (service));
      link_council_start (f->council);
      ehcp_link_wake (f->link);
      link_wait_online (f, TRUE);
    }
}

#define ADD(path, func) \
  g_test_add (path, LinkFixture, NULL, link_fixture_set_up, func, link_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/link-leave/while-open", test_while_open);
  ADD ("/link-leave/while-closed", test_while_closed);
  ADD ("/link-leave/and-closed", test_and_closed);
  ADD ("/link-leave/somebody-signs-in", test_somebody_signs_in);
  ADD ("/link-leave/somebody-elses-answer", test_somebody_elses_answer);
  return link_fixture_run ();
}
