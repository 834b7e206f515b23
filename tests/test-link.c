/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's side against a real council: signing in, messages, the outbox through every fault. */
#include "link-fixture.h"

#include "ehcp-link-authenticator.h"
#include "ehcp-text.h"
#include "ehcp-totp.h"

/* From registering to the activated case; then a second start finds the session by itself. */
static void
test_start_again (LinkFixture *f, gconstpointer data)
{
  EhcpRecord *account = ehcp_book_get_account (f->book);

  g_assert_cmpstr (ehcp_record_get_text (account, "forename"), ==, "Helen");
  g_assert_cmpstr (ehcp_record_get_id (ehcp_book_get_own_person (f->book, f->case_id)), ==, f->person);
  g_assert_false (ehcp_link_is_memory_only (f->link));
  g_assert_cmpint (ehcp_link_get_updated_at (f->link), >, 0);
  g_assert_false (link_is_on_disk (f->cache_dir, "Isla"));
  link_close (f);
  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
  g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_CASE, f->case_id));
}

static void
test_refused_sign_in (LinkFixture *f, gconstpointer data)
{
  g_autoptr (EhcpLink) other = ehcp_link_new (link_council_get_url (f->council), f->dir, f->clock);
  g_autoptr (GAsyncResult) wrong = NULL;
  g_autoptr (GAsyncResult) started = NULL;
  g_autoptr (GAsyncResult) finished = NULL;
  g_autoptr (EhcpCodeSent) sent = NULL;
  g_autofree char *digits = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_link_sign_in_async (other, HELEN, "not the password", NULL, link_ready_cb, &wrong);
  g_assert_null (ehcp_link_sign_in_finish (other, link_result (&wrong), &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
  g_clear_error (&error);
  ehcp_link_sign_in_async (other, HELEN, HELEN_PASSWORD, NULL, link_ready_cb, &started);
  sent = ehcp_link_sign_in_finish (other, link_result (&started), &error);
  g_assert_no_error (error);
  digits = link_council_digits (f->council, HELEN);
  digits[0] = digits[0] == '1' ? '2' : '1';
  ehcp_link_finish_sign_in_async (other, sent->id, digits, NULL, link_ready_cb, &finished);
  g_assert_false (ehcp_link_finish_sign_in_finish (other, link_result (&finished), &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  ehcp_link_close (other);
}

static void
test_service (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (EhcpService) service = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_link_fetch_service_async (f->link, NULL, link_ready_cb, &result);
  service = ehcp_link_fetch_service_finish (f->link, link_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ehcp_service_get_name (service), ==, "Wyreshire Council");
  g_assert_cmpint (ehcp_service_get_min_password_length (service), ==, 12);
  g_assert_true (ehcp_link_get_service (f->link) == service);
}

static void
test_devices (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = NULL;

  ehcp_link_list_devices_async (f->link, NULL, link_ready_cb, &result);
  devices = ehcp_link_list_devices_finish (f->link, link_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 1);
  g_assert_true (((EhcpDevice *) devices->pdata[0])->is_this);
}

static gboolean
is_app_on (LinkFixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_on;

  ehcp_link_look_at_authenticator_async (f->link, NULL, link_ready_cb, &result);
  g_assert_true (ehcp_link_look_at_authenticator_finish (f->link, link_result (&result), &is_on, &error));
  g_assert_no_error (error);
  return is_on;
}

static EhcpAuthenticator *
set_up_app (LinkFixture *f, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ehcp_link_set_up_authenticator_async (f->link, HELEN, password, NULL, link_ready_cb, &result);
  return ehcp_link_set_up_authenticator_finish (f->link, link_result (&result), error);
}

static gboolean
turn_app (LinkFixture *f, const EhcpAuthenticator *offer, int away, gboolean is_on, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint8 secret[EHCP_TOTP_SECRET_LENGTH];
  char code[7];

  g_assert_true (ehcp_totp_parse_secret (offer->secret, secret));
  ehcp_totp_make_code (secret, ehcp_clock_now (f->clock) / EHCP_TOTP_STEP_S + away, code);
  ehcp_link_switch_authenticator_async (f->link, code, is_on, NULL, link_ready_cb, &result);
  return ehcp_link_switch_authenticator_finish (f->link, link_result (&result), error);
}

/* On with the password and a code, off with the next one; without a line nothing is guessed. */
static void
test_authenticator (LinkFixture *f, gconstpointer data)
{
  g_autoptr (EhcpAuthenticator) offer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_on;

  g_assert_false (is_app_on (f));
  g_assert_null (set_up_app (f, "not the password", &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CREDENTIALS);
  g_clear_error (&error);
  offer = set_up_app (f, HELEN_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (offer->uri, "otpauth://totp/"));
  g_assert_false (turn_app (f, offer, 9, TRUE, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_WRONG_CODE);
  g_clear_error (&error);
  g_assert_true (turn_app (f, offer, 0, TRUE, &error));
  g_assert_true (is_app_on (f));
  g_assert_true (turn_app (f, offer, 1, FALSE, &error));
  g_assert_false (is_app_on (f));
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
  link_council_stop (f->council);
  ehcp_link_look_at_authenticator_async (f->link, NULL, link_ready_cb, &result);
  g_assert_false (ehcp_link_look_at_authenticator_finish (f->link, link_result (&result), &is_on, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_OFFLINE);
  link_council_start (f->council);
}

/* While the program waits for news, a message of the council's comes in and one of its own goes out. */
static void
test_messages (LinkFixture *f, gconstpointer data)
{
  g_autofree char *theirs = link_council_send (
      f->council,
      "{'kind':'message.send','case':'%s','message_type':'" LINK_MESSAGE_TYPE "','subject':'Advice',"
      "'text':'Four have replied.','composed_at':'2026-11-20T10:00:00Z','audience':'adults'}",
      f->case_id);
  g_autofree char *mine = NULL;
  EhcpRecord *message;

  link_wait_record (f, EHCP_KIND_MESSAGE, theirs);
  g_assert_cmpuint (ehcp_book_count_unread (f->book, EHCP_KIND_MESSAGE, f->case_id), ==, 1);
  mine = link_say (f, "Diary", NULL, 0);
  message = ehcp_book_find (f->book, EHCP_KIND_MESSAGE, mine);
  link_wait_delivery (f, EHCP_KIND_MESSAGE, mine, EHCP_DELIVERY_DONE);
  link_wait_sent (f);
  g_assert_true (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, mine) == message);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, mine));
  g_assert_cmpuint (ehcp_book_count_unread (f->book, EHCP_KIND_MESSAGE, f->case_id), ==, 1);
}

static void
test_reading (LinkFixture *f, gconstpointer data)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_MESSAGE_READ));
  g_autofree char *theirs = link_council_send (
      f->council,
      "{'kind':'message.send','case':'%s','message_type':'" LINK_MESSAGE_TYPE "','subject':'Advice',"
      "'text':'Four have replied.','composed_at':'2026-11-20T10:00:00Z','audience':'adults'}",
      f->case_id);
  g_autofree char *id = NULL;

  link_wait_record (f, EHCP_KIND_MESSAGE, theirs);
  ehcp_record_set_text (command, "case", f->case_id);
  ehcp_record_set_text (command, "message", theirs);
  id = link_send (f, command, NULL, 0);
  g_assert_cmpuint (ehcp_book_count_unread (f->book, EHCP_KIND_MESSAGE, f->case_id), ==, 0);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_READING, id));
  g_assert_cmpuint (ehcp_book_count_unread (f->book, EHCP_KIND_MESSAGE, f->case_id), ==, 0);
}

/* The server is gone; what is written waits, survives the end of the program, and arrives once. */
static void
test_offline (LinkFixture *f, gconstpointer data)
{
  g_autofree char *form = link_ask_form (f);
  g_autofree char *message = NULL;
  g_autofree char *save = NULL;
  g_autofree char *submit = NULL;
  gint64 updated_at;

  link_council_stop (f->council);
  message = link_say (f, "Written offline", NULL, 0);
  save = link_answer_form (f, form, "A calm place to read.");
  submit = link_submit_form (f, form);
  link_wait_online (f, FALSE);
  link_wait_delivery (f, EHCP_KIND_MESSAGE, message, EHCP_DELIVERY_WAITING);
  g_assert_cmpuint (ehcp_link_get_n_waiting (f->link), ==, 3);
  updated_at = ehcp_link_get_updated_at (f->link);
  link_close (f);

  link_open (f);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
  g_assert_cmpuint (ehcp_link_get_n_waiting (f->link), ==, 3);
  g_assert_cmpint (ehcp_link_get_updated_at (f->link), ==, updated_at);
  g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, message));
  g_assert_cmpstr (ehcp_record_get_text (ehcp_book_find (f->book, EHCP_KIND_FORM, form), "state"), ==,
                   "submitted");
  link_wait_online (f, FALSE);
  link_council_start (f->council);
  ehcp_link_wake (f->link);
  link_wait_sent (f);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_MESSAGE, "subject", "Written offline"), ==, 1);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_ANSWER, "form", form), ==, 1);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_FORM, "state", "submitted"), ==, 1);
}

/* What the council had already is not there twice when its answer was lost. */
static void
test_lost_answer (LinkFixture *f, gconstpointer data)
{
  g_autofree char *id = link_say (f, "Once", NULL, 0);

  link_council_stop (f->council);
  link_council_start (f->council);
  ehcp_link_wake (f->link);
  link_wait_sent (f);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_MESSAGE, "subject", "Once"), ==, 1);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, id));
}

static void
test_undo (LinkFixture *f, gconstpointer data)
{
  g_autofree char *held = link_say (f, "Hasty", NULL, 600 * 1000);
  g_autofree char *other = link_say (f, "Later", NULL, 0);

  link_wait_delivery (f, EHCP_KIND_MESSAGE, other, EHCP_DELIVERY_DONE);
  g_assert_cmpuint (ehcp_link_get_n_waiting (f->link), ==, 1);
  g_assert_true (ehcp_link_undo (f->link, held));
  g_assert_null (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, held));
  g_assert_false (ehcp_link_undo (f->link, other));
  link_close (f);
  link_open (f);
  g_assert_cmpuint (ehcp_link_get_n_waiting (f->link), ==, 0);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_MESSAGE, "subject", "Hasty"), ==, 0);
}

static void
test_hold_passes (LinkFixture *f, gconstpointer data)
{
  g_autofree char *held = link_say (f, "Considered", NULL, 200);

  g_assert_cmpint (ehcp_record_get_delivery (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, held)), ==,
                   EHCP_DELIVERY_WAITING);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, held));
}

/* A refusal is said, stays, and can be tried again or thrown away. */
static void
test_refused (LinkFixture *f, gconstpointer data)
{
  g_autofree char *form = link_ask_form (f);
  g_autofree char *submit = link_submit_form (f, form);
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  EhcpRecord *record = ehcp_book_find (f->book, EHCP_KIND_FORM, form);

  g_assert_null (link_await (f, submit, &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_MISSING);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/answers/wish");
  g_assert_cmpint (ehcp_record_get_delivery (record), ==, EHCP_DELIVERY_REFUSED);
  g_assert_cmpstr (ehcp_record_get_refusal (record), ==, "missing");
  g_assert_cmpstr (ehcp_record_get_text (record, "state"), ==, "asked");
  g_assert_cmpuint (ehcp_link_get_n_refused (f->link), ==, 1);
  link_close (f);
  link_open (f);
  record = ehcp_book_find (f->book, EHCP_KIND_FORM, form);
  g_assert_cmpstr (ehcp_record_get_refusal (record), ==, "missing");

  answer = link_answer_form (f, form, "A calm place.");
  ehcp_link_retry (f->link, submit);
  link_wait_sent (f);
  g_assert_cmpuint (ehcp_link_get_n_refused (f->link), ==, 0);
  g_assert_cmpuint (link_council_count (f->council, EHCP_KIND_FORM, "state", "submitted"), ==, 1);
}

static void
test_result (LinkFixture *f, gconstpointer data)
{
  g_autofree char *form = link_ask_form (f);
  g_autofree char *save = link_answer_form (f, form, "A calm place.");
  g_autofree char *submit = link_submit_form (f, form);
  g_autoptr (GError) error = NULL;
  g_autofree char *result = link_await (f, submit, &error);
  EhcpRecord *record = ehcp_book_find (f->book, EHCP_KIND_FORM, form);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (result, ehcp_record_get_text (record, "reference")));
}

static void
test_discard (LinkFixture *f, gconstpointer data)
{
  g_autofree char *form = link_ask_form (f);
  g_autofree char *submit = link_submit_form (f, form);
  g_autoptr (GError) error = NULL;

  g_assert_null (link_await (f, submit, &error));
  ehcp_link_discard (f->link, submit);
  g_assert_cmpint (ehcp_record_get_delivery (ehcp_book_find (f->book, EHCP_KIND_FORM, form)), ==,
                   EHCP_DELIVERY_DONE);
  link_close (f);
  link_open (f);
  g_assert_cmpuint (ehcp_link_get_n_refused (f->link), ==, 0);
}

static void
test_malformed_command (LinkFixture *f, gconstpointer data)
{
  g_autoptr (EhcpRecord) command = ehcp_record_new (ehcp_command_get_shape (EHCP_COMMAND_MESSAGE_SEND));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_record_set_text (command, "case", f->case_id);
  ehcp_record_set_text (command, "message_type", LINK_MESSAGE_TYPE);
  ehcp_record_set_text (command, "text", "No subject");
  ehcp_link_send_async (f->link, command, NULL, 0, NULL, link_ready_cb, &result);
  g_assert_null (ehcp_link_send_finish (f->link, link_result (&result), &error));
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_MISSING);
  g_assert_cmpstr (ehcp_error_get_field (error), ==, "/subject");
  g_assert_cmpuint (ehcp_link_get_n_waiting (f->link), ==, 0);
}

static void
test_await_cancelled (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  link_council_stop (f->council);
  id = link_say (f, "Waits", NULL, 0);
  ehcp_link_await_async (f->link, id, cancellable, link_ready_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (ehcp_link_await_finish (f->link, link_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  link_council_start (f->council);
}

/* All sessions end; what was written stays, and goes out after signing in again. */
static void
test_ended (LinkFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) asked = NULL;
  g_autoptr (GAsyncResult) reset = NULL;
  g_autoptr (EhcpCodeSent) sent = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_link_reset_password_async (f->link, HELEN, NULL, link_ready_cb, &asked);
  sent = ehcp_link_reset_password_finish (f->link, link_result (&asked), &error);
  g_assert_no_error (error);
  digits = link_council_digits (f->council, HELEN);
  ehcp_link_finish_reset_async (f->link, sent->id, digits, HELEN_PASSWORD, NULL, link_ready_cb, &reset);
  g_assert_true (ehcp_link_finish_reset_finish (f->link, link_result (&reset), &error));
  g_assert_no_error (error);
  link_wait_status (f, EHCP_LINK_ENDED);
  g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_CASE, f->case_id));
  message = link_say (f, "Written after the end", NULL, 0);
  link_sign_in (f);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, message));
}

/* Nothing that was acknowledged is lost when the council goes back to its backup. */
static void
test_restored (LinkFixture *f, gconstpointer data)
{
  g_autofree char *message = NULL;

  link_council_back_up (f->council);
  ehcp_link_wake (f->link);
  link_wait_online (f, TRUE);
  message = link_say (f, "After the backup", NULL, 0);
  link_wait_sent (f);
  link_council_restore (f->council);
  g_assert_false (link_council_has (f->council, EHCP_KIND_MESSAGE, message));
  ehcp_link_wake (f->link);
  link_wait_delivery (f, EHCP_KIND_MESSAGE, message, EHCP_DELIVERY_WAITING);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, message));
  g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_MESSAGE, message));
}

#define ADD(path, func) \
  g_test_add (path, LinkFixture, NULL, link_fixture_set_up, func, link_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/link/start-again", test_start_again);
  ADD ("/link/refused-sign-in", test_refused_sign_in);
  ADD ("/link/service", test_service);
  ADD ("/link/devices", test_devices);
  ADD ("/link/authenticator", test_authenticator);
  ADD ("/link/messages", test_messages);
  ADD ("/link/reading", test_reading);
  ADD ("/link/offline", test_offline);
  ADD ("/link/lost-answer", test_lost_answer);
  ADD ("/link/undo", test_undo);
  ADD ("/link/hold-passes", test_hold_passes);
  ADD ("/link/refused", test_refused);
  ADD ("/link/result", test_result);
  ADD ("/link/discard", test_discard);
  ADD ("/link/malformed-command", test_malformed_command);
  ADD ("/link/await-cancelled", test_await_cancelled);
  ADD ("/link/ended", test_ended);
  ADD ("/link/restored", test_restored);
  return link_fixture_run ();
}
