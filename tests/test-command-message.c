/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: who reads them, threads, readings, the mails. */
#include "council-fixture.h"

#include "ehcp-error.h"
#include "ehcp-text.h"

#include <string.h>

#define HELEN "helen.marlow@family.example"
#define DAVID "david.marlow@family.example"
#define ABSENT "99999999-9999-4999-8999-999999999999"

typedef struct
{
  CouncilFixture council;
  char *case_id;
  char *helen;
  char *david;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  council_fixture_set_up (&f->council, data);
  f->case_id = council_open_case (&f->council, "Isla", "2026-09-07");
  f->helen = council_join (&f->council, f->case_id, &f->council.helen, FALSE);
  f->david = council_join (&f->council, f->case_id, &f->council.david, FALSE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->case_id);
  g_free (f->helen);
  g_free (f->david);
  council_fixture_tear_down (&f->council, data);
}

/* Returns the message's id. */
static char *
send_message (Fixture *f, const EhcpActorId *actor, const char *more)
{
  char *id = ehcp_text_new_id ();
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, actor, id,
                         "{'kind':'message.send','case':'%s','message_type':'Appointment',"
                         "'subject':'Visit','text':'Could it be in the morning?',"
                         "'composed_at':'2026-11-24T10:00:00Z'%s}",
                         f->case_id, more);
  return id;
}

static void
refuse (Fixture *f, const EhcpActorId *actor, EhcpError code, const char *field, const char *type,
        const char *composed_at, const char *more)
{
  council_refused (&f->council, actor, code, field,
                   "{'kind':'message.send','case':'%s','message_type':'%s','subject':'Visit','text':'t',"
                   "'composed_at':'%s'%s}",
                   f->case_id, type, composed_at, more);
}

static void
test_from_family (Fixture *f, gconstpointer data)
{
  g_autofree char *id = send_message (f, &f->council.helen, "");
  g_autoptr (EhcpRecord) message = council_find (&f->council, EHCP_KIND_MESSAGE, id);

  g_assert_cmpstr (ehcp_record_get_text (message, "thread"), ==, id);
  g_assert_cmpstr (ehcp_record_get_text (message, "sender"), ==, f->helen);
  g_assert_cmpstr (ehcp_record_get_text (message, "sender_name"), ==, "Helen Marlow");
  g_assert_false (ehcp_record_get_bool (message, "from_council"));
  g_assert_cmpstr (ehcp_record_get_text (message, "received_at"), ==, "2026-11-24T14:00:00Z");
  g_assert_true (council_sees (&f->council, &f->council.priya, EHCP_KIND_MESSAGE, id));
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_MESSAGE, id));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_MESSAGE, id));
  g_assert_false (council_sees (&f->council, &f->council.omar, EHCP_KIND_MESSAGE, id));
}

/* A computer whose clock is years ahead: the message arrives, and was written when it came. */
static void
test_from_the_future (Fixture *f, gconstpointer data)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (EhcpRecord) message = NULL;

  result = council_send (&f->council, &f->council.helen, id,
                         "{'kind':'message.send','case':'%s','message_type':'Appointment','subject':'Visit',"
                         "'text':'t','composed_at':'2036-11-24T10:00:00Z'}",
                         f->case_id);
  message = council_find (&f->council, EHCP_KIND_MESSAGE, id);
  g_assert_cmpstr (ehcp_record_get_text (message, "composed_at"), ==, "2026-11-24T14:00:00Z");
}

static void
test_from_council (Fixture *f, gconstpointer data)
{
  g_autofree char *to_all = send_message (f, &f->council.priya, ",'audience':'adults'");
  g_autofree char *names = g_strdup_printf (",'audience':'named','named':['%s']", f->david);
  g_autofree char *to_one = send_message (f, &f->council.priya, names);
  g_autofree char *mail = council_mail (&f->council, HELEN, "message");
  g_autoptr (EhcpRecord) message = council_find (&f->council, EHCP_KIND_MESSAGE, to_one);

  g_assert_true (ehcp_record_get_bool (message, "from_council"));
  g_assert_cmpstr (ehcp_record_get_text (message, "sender"), ==, f->council.priya.account);
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_MESSAGE, to_all));
  g_assert_true (council_sees (&f->council, &f->council.david, EHCP_KIND_MESSAGE, to_all));
  g_assert_false (council_sees (&f->council, &f->council.helen, EHCP_KIND_MESSAGE, to_one));
  g_assert_true (council_sees (&f->council, &f->council.david, EHCP_KIND_MESSAGE, to_one));
  g_assert_cmpuint (council_count_mails (&f->council, HELEN, "message"), ==, 1);
  g_assert_cmpuint (council_count_mails (&f->council, DAVID, "message"), ==, 2);
  g_assert_null (strstr (mail, "Isla"));
  g_assert_null (strstr (mail, "morning"));
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  const EhcpActorId *helen = &f->council.helen, *priya = &f->council.priya;
  const char *at = "2026-11-24T10:00:00Z";
  g_autofree char *stranger = g_strdup_printf (",'audience':'named','named':['%s','" ABSENT "']", f->helen);
  g_autofree char *both = g_strdup_printf (",'audience':'adults','named':['%s']", f->helen);

  refuse (f, helen, EHCP_ERROR_NOT_ALLOWED, "/audience", "Appointment", at, ",'audience':'adults'");
  refuse (f, helen, EHCP_ERROR_NOT_ALLOWED, "/named", "Appointment", at, ",'named':['" ABSENT "']");
  refuse (f, helen, EHCP_ERROR_RANGE, "/message_type", "Gossip", at, "");
  refuse (f, helen, EHCP_ERROR_NOT_FOUND, "/thread", "Appointment", at, ",'thread':'" ABSENT "'");
  refuse (f, helen, EHCP_ERROR_NOT_FOUND, "/uploads/0", "Appointment", at, ",'uploads':['" ABSENT "']");
  refuse (f, priya, EHCP_ERROR_MISSING, "/audience", "Appointment", at, "");
  refuse (f, priya, EHCP_ERROR_MISSING, "/named", "Appointment", at, ",'audience':'named'");
  refuse (f, priya, EHCP_ERROR_RANGE, "/named", "Appointment", at, both);
  refuse (f, priya, EHCP_ERROR_NOT_FOUND, "/named/1", "Appointment", at, stranger);
  refuse (f, &f->council.omar, EHCP_ERROR_NOT_FOUND, "/case", "Appointment", at, "");
  g_assert_cmpuint (council_count (&f->council, EHCP_KIND_MESSAGE, f->case_id), ==, 0);
}

/* A reply keeps the thread, also to a message whose first one was for somebody else; not one that the
 * sender sees nothing of. */
static void
test_thread (Fixture *f, gconstpointer data)
{
  g_autofree char *first = send_message (f, &f->council.helen, "");
  g_autofree char *thread = g_strdup_printf (",'thread':'%s'", first);
  g_autofree char *to_david = g_strdup_printf (",'thread':'%s','audience':'named','named':['%s']", first,
                                               f->david);
  g_autofree char *reply = NULL;
  g_autofree char *of_david = NULL;
  g_autoptr (EhcpRecord) message = NULL;

  refuse (f, &f->council.david, EHCP_ERROR_NOT_FOUND, "/thread", "Appointment", "2026-11-24T10:00:00Z",
          thread);
  reply = send_message (f, &f->council.priya, to_david);
  of_david = send_message (f, &f->council.david, thread);
  message = council_find (&f->council, EHCP_KIND_MESSAGE, of_david);
  g_assert_cmpstr (ehcp_record_get_text (message, "thread"), ==, first);
}

static void
assert_read (Fixture *f, const char *message, gboolean is_read)
{
  g_autoptr (EhcpRecord) record = council_find (&f->council, EHCP_KIND_MESSAGE, message);

  g_assert_true (ehcp_record_has (record, "read_at") == is_read);
}

static void
read_message (Fixture *f, const EhcpActorId *actor, const char *id, const char *message)
{
  g_autoptr (JsonObject) result = NULL;

  result = council_send (&f->council, actor, id, "{'kind':'message.read','case':'%s','message':'%s'}",
                         f->case_id, message);
}

static void
test_read (Fixture *f, gconstpointer data)
{
  static const char reading_id[] = "11111111-1111-4111-8111-111111111111";
  static const char staff_id[] = "22222222-2222-4222-8222-222222222222";
  g_autofree char *from_helen = send_message (f, &f->council.helen, "");
  g_autofree char *to_all = send_message (f, &f->council.priya, ",'audience':'adults'");
  g_autoptr (EhcpRecord) reading = NULL;

  read_message (f, &f->council.helen, NULL, from_helen);
  assert_read (f, from_helen, FALSE); /* her own */
  read_message (f, &f->council.priya, staff_id, from_helen);
  assert_read (f, from_helen, TRUE);

  read_message (f, &f->council.manager, NULL, to_all);
  assert_read (f, to_all, FALSE);
  read_message (f, &f->council.helen, reading_id, to_all);
  assert_read (f, to_all, TRUE);

  reading = council_find (&f->council, EHCP_KIND_READING, reading_id);
  g_assert_cmpstr (ehcp_record_get_text (reading, "reader"), ==, f->helen);
  g_assert_cmpstr (ehcp_record_get_text (reading, "item"), ==, to_all);
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_READING, reading_id));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_READING, reading_id));
  g_assert_false (council_sees (&f->council, &f->council.helen, EHCP_KIND_READING, staff_id));
}

/* The activity about a message is for those who may read the message. */
static void
test_activity (Fixture *f, gconstpointer data)
{
  g_autofree char *id = send_message (f, &f->council.helen, "");
  g_autoptr (EhcpRecord) activity = council_find_where (&f->council, EHCP_KIND_ACTIVITY, "item", id);

  g_assert_cmpstr (ehcp_record_get_text (activity, "what"), ==, "message-sent");
  g_assert_cmpstr (ehcp_record_get_text (activity, "who"), ==, "Helen Marlow");
  g_assert_cmpstr (ehcp_record_get_text (activity, "title"), ==, "Visit");
  g_assert_true (council_sees (&f->council, &f->council.helen, EHCP_KIND_ACTIVITY,
                               ehcp_record_get_id (activity)));
  g_assert_false (council_sees (&f->council, &f->council.david, EHCP_KIND_ACTIVITY,
                                ehcp_record_get_id (activity)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/command/message" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/from-family", test_from_family);
  ADD ("/from-the-future", test_from_the_future);
  ADD ("/from-council", test_from_council);
  ADD ("/refused", test_refused);
  ADD ("/thread", test_thread);
  ADD ("/read", test_read);
  ADD ("/activity", test_activity);
  return g_test_run ();
}
