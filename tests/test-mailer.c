/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mailer over days, by a clock that is moved, against a relay in this process: away for a day, busy for a day, and one
 * that will not have an address at all. tests/mail/test_smtp.py has a real mail server for the rest. */
#include "council-fixture.h"

#include "ehcp-mail.h"

#include <string.h>

#define ADDRESS "helen.marlow@family.example"
#define HOUR_S 3600
#define WAIT_S 60
#define N_FIRST 6

/* What the relay says to a recipient. */
typedef enum
{
  RELAY_TAKES,
  RELAY_IS_BUSY,
  RELAY_REFUSES, /* that address */
} RelayMood;

typedef struct
{
  CouncilFixture council;
  char *case_id;
  GSocketService *service; /* or NULL: it is away */
  guint16 port;
  EhcpMailer *mailer;
  GMutex mutex;
  RelayMood mood;
  GHashTable *taken; /* address → how many mails */
  guint n_refused;
  guint n_named; /* addresses that were made */
} Fixture;

static void
say (GIOStream *line, const char *text)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (line), text, strlen (text), NULL, NULL, NULL);
}

static const char *
answer_recipient (Fixture *f, const char *address)
{
  const char *answer = "250 OK\r\n";

  g_mutex_lock (&f->mutex);
  if (f->mood == RELAY_IS_BUSY)
    answer = "451 come back later\r\n";
  else if (f->mood == RELAY_REFUSES && strcmp (address, ADDRESS) == 0)
    {
      f->n_refused++;
      answer = "550 nobody of that name\r\n";
    }
  g_mutex_unlock (&f->mutex);
  return answer;
}

static void
take_mail (Fixture *f, GDataInputStream *in, const char *address)
{
  gboolean is_whole = FALSE;

  while (!is_whole)
    {
      g_autofree char *line = g_data_input_stream_read_line (in, NULL, NULL, NULL);

      if (line == NULL)
        return;
      is_whole = strcmp (line, ".") == 0;
    }
  g_mutex_lock (&f->mutex);
  g_hash_table_insert (f->taken, g_strdup (address),
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (f->taken, address)) + 1));
  g_mutex_unlock (&f->mutex);
}

static gboolean
serve_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  GIOStream *out = G_IO_STREAM (connection);
  g_autoptr (GDataInputStream) in = g_data_input_stream_new (g_io_stream_get_input_stream (out));
  g_autofree char *address = NULL;
  char *line;

  g_data_input_stream_set_newline_type (in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  say (out, "220 relay.example\r\n");
  while ((line = g_data_input_stream_read_line (in, NULL, NULL, NULL)) != NULL)
    {
      g_autofree char *command = line;

      if (g_ascii_strncasecmp (command, "RCPT TO:<", 9) == 0)
        {
          g_free (address);
          address = g_strndup (command + 9, strcspn (command + 9, ">"));
          say (out, answer_recipient (data, address));
        }
      else if (g_ascii_strncasecmp (command, "DATA", 4) == 0)
        {
          say (out, "354 go on\r\n");
          take_mail (data, in, address);
          say (out, "250 kept\r\n");
        }
      else
        say (out, g_ascii_strncasecmp (command, "QUIT", 4) == 0 ? "221 bye\r\n" : "250 OK\r\n");
    }
  return TRUE;
}

static void
open_relay (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->service = g_threaded_socket_service_new (8);
  g_signal_connect (f->service, "run", G_CALLBACK (serve_cb), f);
  if (f->port == 0)
    f->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (f->service), NULL, &error);
  else
    g_socket_listener_add_inet_port (G_SOCKET_LISTENER (f->service), f->port, NULL, &error);
  g_assert_no_error (error);
  g_socket_service_start (f->service);
}

static void
close_relay (Fixture *f)
{
  g_socket_service_stop (f->service);
  g_socket_listener_close (G_SOCKET_LISTENER (f->service));
  g_clear_object (&f->service);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  EhcpConfig *config;

  council_fixture_set_up (&f->council, NULL);
  g_mutex_init (&f->mutex);
  f->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  open_relay (f);
  config = f->council.config;
  config->mail_transport = EHCP_MAIL_SMTP;
  config->mail_host = g_strdup ("127.0.0.1");
  config->mail_port = f->port;
  f->case_id = council_open_case (&f->council, "Isla", "2026-09-07");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ehcp_mailer_stop (f->mailer);
  if (f->service != NULL)
    close_relay (f);
  g_clear_pointer (&f->taken, g_hash_table_unref);
  g_clear_pointer (&f->case_id, g_free);
  council_fixture_tear_down (&f->council, NULL);
}

static void
start_mailer (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  f->mailer = ehcp_mailer_start (f->council.council, &error);
  g_assert_no_error (error);
}

/* The main context is the relay's. */
static void
wait_for_none (Fixture *f, const char *what)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM mail WHERE %s", what);
  gint64 end = g_get_monotonic_time () + WAIT_S * G_USEC_PER_SEC;

  while (council_sql (&f->council, sql) > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
}

/* A new mail wakes the mailer, too. */
static void
add_mail (Fixture *f)
{
  g_autofree char *address = g_strdup_printf ("parent%u@family.example", f->n_named++);
  g_autofree char *person = council_invite (&f->council, f->case_id, address, FALSE);

  g_assert_nonnull (person);
}

static void
wait_until_tried (Fixture *f)
{
  g_autofree char *due = g_strdup_printf ("state = 'waiting' AND next_try <= %" G_GINT64_FORMAT,
                                          ehcp_clock_now (f->council.clock));

  wait_for_none (f, due);
}

static gboolean
write_code (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_mail_queue (council, db, EHCP_MAIL_SIGN_IN_CODE, data, error, "name", "Helen Marlow", "code", "123456",
                          "minutes", "10", NULL);
}

static void
check_each_once (Fixture *f)
{
  for (guint i = 0; i < f->n_named; i++)
    {
      g_autofree char *address = g_strdup_printf ("parent%u@family.example", i);

      g_test_message ("%s", address);
      g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (f->taken, address)), ==, 1);
    }
}

/* Away for a day: what was written before and meanwhile goes when it is back, each once; a code of that day does not. */
static void
test_away (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  close_relay (f);
  for (guint i = 0; i < N_FIRST; i++)
    add_mail (f);
  g_assert_true (ehcp_council_write_sync (f->council.council, write_code, (gpointer) "code@family.example", &error));
  start_mailer (f);
  for (guint hour = 0; hour < 24; hour++)
    {
      ehcp_clock_advance (f->council.clock, HOUR_S);
      if (hour % 4 == 0)
        add_mail (f);
    }
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM mail WHERE state = 'sent'"), ==, 0);
  open_relay (f);
  wait_for_none (f, "state = 'waiting'");
  check_each_once (f);
  g_assert_null (g_hash_table_lookup (f->taken, "code@family.example"));
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM mail WHERE state = 'expired'"), ==, 1);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE what = 'mail.bounced'"), ==, 0);
}

/* There, but it takes nothing for a day. */
static void
test_busy (Fixture *f, gconstpointer data)
{
  f->mood = RELAY_IS_BUSY;
  add_mail (f);
  start_mailer (f);
  for (guint hour = 0; hour < 24; hour++)
    {
      wait_until_tried (f);
      ehcp_clock_advance (f->council.clock, HOUR_S);
      add_mail (f);
    }
  wait_until_tried (f);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM mail WHERE state <> 'waiting'"), ==, 0);
  g_mutex_lock (&f->mutex);
  f->mood = RELAY_TAKES;
  g_mutex_unlock (&f->mutex);
  ehcp_clock_advance (f->council.clock, 4 * HOUR_S);
  add_mail (f);
  wait_for_none (f, "state = 'waiting'");
  check_each_once (f);
}

/* What the relay will not have after five tries is noted at the contact, where the caseworker sees it. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *person = council_invite (&f->council, f->case_id, ADDRESS, FALSE);
  g_autoptr (EhcpRecord) contact = NULL;

  f->mood = RELAY_REFUSES;
  start_mailer (f);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (EhcpRecord) before = council_find_where (&f->council, EHCP_KIND_CONTACT, "person", person);

      g_assert_true (i < 1 || ehcp_record_get_text (before, "bounced_at") == NULL);
      ehcp_clock_advance (f->council.clock, 4 * HOUR_S);
      add_mail (f);
      wait_until_tried (f);
      wait_for_none (f, "state = 'waiting' AND recipient <> '" ADDRESS "'");
    }
  wait_for_none (f, "state = 'waiting'");
  contact = council_find_where (&f->council, EHCP_KIND_CONTACT, "person", person);
  g_assert_nonnull (ehcp_record_get_text (contact, "bounced_at"));
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_CONTACT, ehcp_record_get_id (contact)));
  g_assert_cmpuint (f->n_refused, ==, 5);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM audit WHERE what = 'mail.bounced'"), ==, 1);
  g_assert_cmpint (council_sql (&f->council, "SELECT count (*) FROM mail WHERE state = 'refused' AND n_tries = 5"), ==, 1);
  check_each_once (f);
}

#define ADD(path, func) g_test_add ("/mailer" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/away-for-a-day", test_away);
  ADD ("/busy-for-a-day", test_busy);
  ADD ("/refused", test_refused);
  return g_test_run ();
}
