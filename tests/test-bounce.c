/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails that came back, and mails that a relay takes and others refuse: the caseworker sees at whose address. */
#include "council-fixture.h"

#include "ehcp-bounce.h"
#include "ehcp-mail-outbox.h"

#include <string.h>

#define ADDRESS "helen.marlow@family.example"

#define REPORT(recipient, action)                                                                            \
  "From: MAILER-DAEMON@relay.example\r\nTo: send@wyreshire.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n" \
  "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"                         \
  "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"                                      \
  "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"                \
  "Final-Recipient: rfc822; " recipient "\r\nAction: " action "\r\nStatus: 5.1.1\r\n\r\n"                      \
  "--b\r\nContent-Type: message/rfc822\r\n\r\nTo: " recipient "\r\nSubject: s\r\n\r\nText\r\n--b--\r\n"

static void
test_read (void)
{
  static const struct
  {
    const char *message;
    const char *address; /* NULL: none */
  } rows[] = {
    { REPORT (ADDRESS, "failed"), ADDRESS },
    { REPORT ("Helen.Marlow@Family.example", "Failed"), ADDRESS },
    { REPORT ("<" ADDRESS ">", "failed"), ADDRESS },
    { REPORT (ADDRESS, "delayed"), NULL },
    { REPORT (ADDRESS, "relayed"), NULL },
    { REPORT ("nobody", "failed"), NULL },
    { "From: a@b.example\r\nSubject: Out of office\r\n\r\nFinal-Recipient: rfc822; " ADDRESS "\r\nAction: failed\r\n", NULL },
    { "no mail at all", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = ehcp_bounce_read (rows[i].message, strlen (rows[i].message));

      g_test_message ("%u", i);
      g_assert_cmpuint (found->len, ==, rows[i].address != NULL);
      if (rows[i].address != NULL)
        g_assert_cmpstr (found->pdata[0], ==, rows[i].address);
    }
}

static void
test_read_broken (void)
{
  static const char report[] = REPORT (ADDRESS, "failed");

  for (gsize length = 0; length < strlen (report); length++)
    {
      g_autoptr (GPtrArray) found = ehcp_bounce_read (report, length);

      g_assert_cmpuint (found->len, <=, 1);
    }
}

typedef struct
{
  const char *address;
  guint n_noted;
} Note;

static gboolean
write_note (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Note *note = data;

  return ehcp_bounce_note (council, db, note->address, &note->n_noted, error);
}

static guint
note (CouncilFixture *f, const char *address)
{
  Note wanted = { .address = address };
  g_autoptr (GError) error = NULL;

  g_assert_true (ehcp_council_write_sync (f->council, write_note, &wanted, &error));
  g_assert_no_error (error);
  return wanted.n_noted;
}

/* Noted where it belongs, in the audit, and for the eyes of staff. */
static void
test_noted (CouncilFixture *f, gconstpointer data)
{
  g_autofree char *case_id = council_open_case (f, "Isla", "2026-09-07");
  g_autofree char *person = council_invite (f, case_id, ADDRESS, FALSE);
  g_autoptr (EhcpRecord) before = council_find_where (f, EHCP_KIND_CONTACT, "person", person);
  g_autoptr (EhcpRecord) after = NULL;

  g_assert_null (ehcp_record_get_text (before, "bounced_at"));
  g_assert_cmpuint (note (f, ADDRESS), ==, 1);
  after = council_find_where (f, EHCP_KIND_CONTACT, "person", person);
  g_assert_cmpstr (ehcp_record_get_text (after, "bounced_at"), ==, "2026-11-24T14:00:00Z");
  g_assert_cmpint (ehcp_record_get_int (after, "seq"), >, ehcp_record_get_int (before, "seq"));
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM audit WHERE what = 'mail.bounced'"), ==, 1);
  g_assert_true (council_sees (f, &f->priya, EHCP_KIND_CONTACT, ehcp_record_get_id (after)));
  g_assert_false (council_sees (f, &f->helen, EHCP_KIND_CONTACT, ehcp_record_get_id (after)));
}

/* Whoever sends a report about somebody to whom nobody wrote achieves nothing. */
static void
test_forged (CouncilFixture *f, gconstpointer data)
{
  g_assert_cmpuint (note (f, "stranger@elsewhere.example"), ==, 0);
  g_assert_cmpint (council_sql (f, "SELECT count (*) FROM audit WHERE what = 'mail.bounced'"), ==, 0);
}

#define ADD(path, func) \
  g_test_add ("/bounce" path, CouncilFixture, NULL, council_fixture_set_up, func, council_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bounce/read", test_read);
  g_test_add_func ("/bounce/broken", test_read_broken);
  ADD ("/noted", test_noted);
  ADD ("/forged", test_forged);
  return g_test_run ();
}
