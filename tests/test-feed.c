/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed: each reader ends up with what the policy shows them, whatever happened in between and however
 * small the pages are. */
#include "records-fixture.h"

#include "ehcp-text.h"

#include <string.h>

#define DAY_S (24 * 60 * 60)

static void
test_grant_brings_the_whole_case (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *event = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);
  g_autofree char *note = records_new (f, EHCP_KIND_NOTE, case_id, "staff", NULL);

  reader_pull (helen, 100);
  g_assert_true (reader_has (helen, f->helen.account));
  g_assert_cmpuint (g_hash_table_size (helen->records), ==, 1);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  reader_pull (helen, 100);
  g_assert_true (helen->has_news);
  g_assert_true (reader_told (helen, "granted", case_id));
  g_assert_cmpuint (reader_n (helen, "revoked"), ==, 0);
  g_assert_true (reader_has (helen, case_id));
  g_assert_true (reader_has (helen, event));
  g_assert_false (reader_has (helen, note));
  reader_check (helen);

  reader_pull (helen, 100);
  g_assert_false (helen->has_news);
  g_assert_cmpuint (reader_n (helen, "granted"), ==, 0);
}

/* The same standing once more is nothing new; another one shows less, and is told as an end and a grant. */
static void
test_grant_again (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *event = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);
  g_autofree char *letter = records_new (f, EHCP_KIND_DOCUMENT, case_id, "named", HELEN);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  reader_pull (helen, 100);
  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  reader_pull (helen, 100);
  g_assert_false (helen->has_news);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_PROFESSIONAL, HELEN);
  reader_pull (helen, 100);
  g_assert_true (reader_told (helen, "revoked", case_id));
  g_assert_true (reader_told (helen, "granted", case_id));
  g_assert_false (reader_has (helen, event));
  g_assert_true (reader_has (helen, letter));
  reader_check (helen);
}

static void
test_revoked (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autoptr (Reader) david = reader_new (f, &f->david);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *event = NULL;

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  records_grant (f, &f->david, case_id, EHCP_STANDING_ADULT, DAVID);
  reader_pull (helen, 100);
  reader_pull (david, 100);
  records_end (f, &f->helen, case_id);
  event = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);
  reader_pull (helen, 100);
  reader_pull (david, 100);
  g_assert_true (reader_told (helen, "revoked", case_id));
  g_assert_cmpuint (reader_n (helen, "records"), ==, 0);
  g_assert_false (reader_has (helen, case_id));
  g_assert_cmpuint (reader_n (david, "revoked"), ==, 0);
  g_assert_true (reader_has (david, event));

  reader_pull (helen, 100);
  g_assert_false (helen->has_news);
  records_end (f, &f->helen, case_id);
  reader_pull (helen, 100);
  g_assert_false (helen->has_news);
}

/* Away for the end and the new grant, a reader must not keep what went in between. */
static void
test_end_and_grant_between_two_pulls (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *letter = records_new (f, EHCP_KIND_DOCUMENT, case_id, "adults", NULL);
  g_autofree char *other = records_new (f, EHCP_KIND_DOCUMENT, case_id, "adults", NULL);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  reader_pull (helen, 100);
  records_end (f, &f->helen, case_id);
  records_remove (f, EHCP_KIND_DOCUMENT, letter);
  records_move (f, EHCP_KIND_DOCUMENT, other, "named", DAVID);
  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  reader_pull (helen, 1);
  g_assert_false (reader_has (helen, letter));
  g_assert_false (reader_has (helen, other));
  g_assert_true (reader_has (helen, case_id));
  reader_check (helen);
}

/* `revoked` on more than one page would undo the records of the page before. */
static void
test_turns_are_told_once (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *other = records_new_case (f);
  guint n_revoked = 0, n_granted = 0;

  for (guint i = 0; i < 20; i++)
    g_free (records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL));
  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  records_grant (f, &f->helen, other, EHCP_STANDING_ADULT, HELEN);
  reader_pull (helen, 100);
  for (guint i = 0; i < 7; i++)
    g_free (records_new (f, EHCP_KIND_EVENT, other, "adults", NULL));
  records_end (f, &f->helen, case_id);
  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  do
    {
      reader_pull_page (helen, 3);
      g_assert_cmpuint (reader_n (helen, "records"), <=, 3);
      n_revoked += reader_n (helen, "revoked");
      n_granted += reader_n (helen, "granted");
    }
  while (helen->has_more);
  g_assert_cmpuint (n_revoked, ==, 1);
  g_assert_cmpuint (n_granted, ==, 1);
  reader_check (helen);
}

/* Gone only for those who saw it: an id is not to be learnt from its end. */
static void
test_gone (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autoptr (Reader) david = reader_new (f, &f->david);
  g_autoptr (Reader) senco = reader_new (f, &f->senco);
  g_autoptr (Reader) priya = reader_new (f, &f->priya);
  Reader *readers[] = { helen, david, senco, priya };
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *letter = records_new (f, EHCP_KIND_DOCUMENT, case_id, "adults", NULL);
  g_autofree char *note = records_new (f, EHCP_KIND_NOTE, case_id, "staff", NULL);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  records_grant (f, &f->david, case_id, EHCP_STANDING_ADULT, DAVID);
  records_grant (f, &f->senco, case_id, EHCP_STANDING_PROFESSIONAL, SENCO);
  records_grant (f, &f->priya, case_id, EHCP_STANDING_STAFF, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    reader_pull (readers[i], 100);

  records_move (f, EHCP_KIND_DOCUMENT, letter, "named", HELEN);
  records_remove (f, EHCP_KIND_NOTE, note);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      reader_pull (readers[i], 100);
      reader_check (readers[i]);
    }
  g_assert_cmpuint (reader_n (helen, "gone"), ==, 0);
  g_assert_true (reader_has (helen, letter));
  g_assert_true (reader_told (david, "gone", letter));
  g_assert_cmpuint (reader_n (david, "gone"), ==, 1);
  g_assert_false (senco->has_news);
  g_assert_true (reader_has (priya, letter));
  g_assert_true (reader_told (priya, "gone", note));
  g_assert_cmpuint (reader_n (priya, "gone"), ==, 1);

  records_remove (f, EHCP_KIND_DOCUMENT, letter);
  reader_pull (helen, 100);
  reader_pull (david, 100);
  g_assert_true (reader_told (helen, "gone", letter));
  g_assert_false (david->has_news);
}

/* A private answer is not even staff's until it is submitted. */
static void
test_private_until_submitted (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autoptr (Reader) priya = reader_new (f, &f->priya);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *answer = records_new (f, EHCP_KIND_ANSWER, case_id, "private", HELEN);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  records_grant (f, &f->priya, case_id, EHCP_STANDING_STAFF, NULL);
  reader_pull (helen, 100);
  reader_pull (priya, 100);
  g_assert_true (reader_has (helen, answer));
  g_assert_false (reader_has (priya, answer));

  records_move (f, EHCP_KIND_ANSWER, answer, "named", HELEN);
  reader_pull (helen, 100);
  reader_pull (priya, 100);
  g_assert_cmpuint (reader_n (helen, "gone"), ==, 0);
  g_assert_true (reader_has (priya, answer));

  records_move (f, EHCP_KIND_ANSWER, answer, "private", HELEN);
  reader_pull (priya, 100);
  g_assert_true (reader_told (priya, "gone", answer));
}

static void
test_account_and_everyone (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autoptr (Reader) david = reader_new (f, &f->david);
  g_autoptr (EhcpRecord) invitation = records_make (EHCP_KIND_INVITATION, NULL, NULL, "account", NULL);
  g_autofree char *type = records_new (f, EHCP_KIND_MESSAGE_TYPE, NULL, "everyone", NULL);
  const char *id = ehcp_record_get_id (invitation);

  records_add (f, invitation, f->helen.account);
  reader_pull (helen, 100);
  reader_pull (david, 100);
  g_assert_true (reader_has (helen, id));
  g_assert_true (reader_has (helen, type));
  g_assert_true (reader_has (david, type));
  g_assert_false (reader_has (david, id));
  g_assert_false (reader_has (david, f->helen.account));

  records_put (f, invitation, f->david.account);
  records_remove (f, EHCP_KIND_MESSAGE_TYPE, type);
  reader_pull (helen, 100);
  reader_pull (david, 100);
  g_assert_true (reader_told (helen, "gone", id));
  g_assert_true (reader_told (helen, "gone", type));
  g_assert_true (reader_has (david, id));
  g_assert_true (reader_told (david, "gone", type));
  reader_check (helen);
  reader_check (david);
}

static void
test_small_pages (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autoptr (Reader) priya = reader_new (f, &f->priya);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *case_id = records_new_case (f);

      for (guint n = 0; n < 7; n++)
        g_free (records_new (f, EHCP_KIND_EVENT, case_id, n % 2 ? "adults" : "staff", NULL));
      records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
      records_grant (f, &f->priya, case_id, EHCP_STANDING_STAFF, NULL);
      g_free (records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL));
    }
  g_assert_cmpuint (reader_pull (helen, 1), ==, 1 + 3 * (1 + 3 + 1));
  reader_check (helen);
  reader_pull (priya, 2);
  reader_check (priya);
}

/* What changes while a reader is in the middle of a long answer is neither lost nor kept. */
static void
test_change_between_pages (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 10; i++)
    g_ptr_array_add (events, records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL));
  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  for (guint i = 0; i < 4; i++)
    reader_pull_page (helen, 2);
  g_assert_true (reader_has (helen, events->pdata[0]));
  g_assert_false (reader_has (helen, events->pdata[9]));
  records_remove (f, EHCP_KIND_EVENT, events->pdata[0]);
  records_remove (f, EHCP_KIND_EVENT, events->pdata[9]);
  records_move (f, EHCP_KIND_EVENT, events->pdata[1], "staff", NULL);
  records_move (f, EHCP_KIND_EVENT, events->pdata[8], "named", HELEN);
  reader_pull (helen, 2);
  reader_check (helen);
}

static char *
read_refused (RecordsFixture *f, const char *since, EhcpError code)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = records_db (f);
  gboolean has_news;
  g_autofree char *answer = ehcp_feed_read (f->council, db, &f->helen, since, 10, &has_news, &error);

  g_assert_null (answer);
  g_assert_error (error, EHCP_ERROR, (int) code);
  return g_strdup (ehcp_error_get_field (error));
}

static void
test_bad_states (RecordsFixture *f, gconstpointer data)
{
  g_autofree char *newest = ehcp_feed_get_state (records_db (f), NULL);
  g_autofree char *longer = g_strconcat (newest, "0", NULL);
  g_autofree char *more = g_strconcat (newest, ".1", NULL);
  g_autofree char *spaced = g_strconcat (newest, " ", NULL);
  g_autofree char *epoch = g_strndup (newest, strcspn (newest, "."));
  g_autofree char *negative = g_strconcat (epoch, ".-1.0.0", NULL);
  g_autofree char *signed_number = g_strconcat (epoch, ".+1.0.0", NULL);
  g_autofree char *empty = g_strconcat (epoch, "...", NULL);
  g_autofree char *huge = g_strconcat (epoch, ".99999999999999999999.0.0", NULL);
  const char *const bad[] = { "x",    "0",     "1.1",  ".",     "'; DROP TABLE record; --", longer, more,
                              spaced, negative, empty, signed_number, huge,  epoch };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *field = read_refused (f, bad[i], EHCP_ERROR_MALFORMED);

      g_assert_cmpstr (field, ==, "/since");
    }
}

static void
test_too_old (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) away = reader_new (f, &f->helen);
  g_autoptr (Reader) here = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *event = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  reader_pull (away, 100);
  records_remove (f, EHCP_KIND_EVENT, event);
  reader_pull (here, 100);

  ehcp_clock_advance (f->clock, 179 * DAY_S);
  records_purge (f);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM tombstone"), ==, 1);
  ehcp_clock_advance (f->clock, 2 * DAY_S);
  records_purge (f);
  g_assert_cmpint (records_sql (f, "SELECT count (*) FROM tombstone"), ==, 0);

  reader_pull (here, 100);
  g_assert_cmpuint (here->n_restarts, ==, 0);
  reader_pull (away, 100);
  g_assert_cmpuint (away->n_restarts, ==, 1);
  g_assert_false (reader_has (away, event));
  reader_check (away);
}

/* The pages of a first pull lie far behind the tombstones that were forgotten, and need none of them. */
static void
test_first_pull_after_a_purge (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) first = reader_new (f, &f->helen);
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  for (guint i = 0; i < 10; i++)
    g_free (records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *event = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);

      records_remove (f, EHCP_KIND_EVENT, event);
    }
  do
    {
      reader_pull_page (first, 3);
      g_assert_cmpuint (reader_n (first, "gone"), ==, 0);
    }
  while (first->has_more);
  ehcp_clock_advance (f->clock, 181 * DAY_S);
  records_purge (f);
  reader_pull (helen, 3);
  g_assert_cmpuint (helen->n_restarts, ==, 0);
  reader_check (helen);
}

static gboolean
renew_epoch (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_store_renew_epoch (db, error);
}

static gboolean
turn_back (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_db_run (db, error, "DELETE FROM record WHERE id = ?", "s", data) &&
         ehcp_db_run (db, error, "UPDATE feed SET seq = seq - 1", "") &&
         ehcp_store_renew_epoch (db, error);
}

/* After a restore the numbers are smaller than those in the programs' states. */
static void
test_restore_from_backup (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *case_id = records_new_case (f);
  g_autofree char *event = NULL;
  g_autoptr (GError) error = NULL;

  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  event = records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL);
  reader_pull (helen, 100);
  g_assert_true (reader_has (helen, event));
  ehcp_council_write_sync (f->council, turn_back, event, &error);
  g_assert_no_error (error);
  reader_pull (helen, 100);
  g_assert_cmpuint (helen->n_restarts, ==, 1);
  reader_check (helen);

  ehcp_council_write_sync (f->council, renew_epoch, NULL, &error);
  g_assert_no_error (error);
  reader_pull (helen, 1);
  g_assert_cmpuint (helen->n_restarts, ==, 2);
  reader_check (helen);
}

static gboolean
add_and_get_state (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  g_autoptr (EhcpRecord) record = records_make (EHCP_KIND_MESSAGE_TYPE, NULL, NULL, "everyone", NULL);
  char **state = data;

  if (!ehcp_store_add (council, db, record, NULL, error))
    return FALSE;
  *state = ehcp_feed_get_state (db, error);
  return *state != NULL;
}

/* The state that a command's answer names includes what the command did. */
static void
test_state_of_a_write (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) helen = reader_new (f, &f->helen);
  g_autofree char *state = NULL;
  g_autoptr (GError) error = NULL;

  ehcp_council_write_sync (f->council, add_and_get_state, &state, &error);
  g_assert_no_error (error);
  reader_pull (helen, 100);
  g_assert_cmpstr (helen->state, ==, state);
}

/* More cases than are gone through one by one. */
static void
test_many_cases (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) manager = reader_new (f, &f->joan);
  g_autoptr (Reader) newer = reader_new (f, &f->priya);
  g_autoptr (GPtrArray) cases = NULL;
  g_autofree char *last = NULL;
  g_autofree char *event = NULL;

  for (guint i = 0; i < 230; i++)
    {
      g_free (last);
      last = records_new_case (f);
      records_grant (f, &f->joan, last, EHCP_STANDING_STAFF, NULL);
      g_free (event);
      event = records_new (f, EHCP_KIND_EVENT, last, i % 2 ? "adults" : "staff", NULL);
    }
  reader_pull (manager, 50);
  reader_check (manager);
  records_remove (f, EHCP_KIND_EVENT, event);
  reader_pull (manager, 50);
  g_assert_true (reader_told (manager, "gone", event));

  cases = ehcp_store_list_all (records_db (f), EHCP_KIND_CASE, NULL);
  for (guint i = 0; i < cases->len; i++)
    records_grant (f, &f->priya, ehcp_record_get_id (cases->pdata[i]), EHCP_STANDING_STAFF, NULL);
  for (guint i = 0; i < cases->len; i++)
    records_move (f, EHCP_KIND_CASE, ehcp_record_get_id (cases->pdata[i]), "adults", SENCO);
  reader_pull (manager, 50);
  reader_check (manager);
  reader_pull (newer, 50);
  reader_check (newer);
}

/* Programs take no answer above 16 MiB, and the longest notes would make one of 40 MB. */
static void
test_long_records (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (Reader) priya = reader_new (f, &f->priya);
  g_autofree char *case_id = records_new_case (f);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_pages = 0, n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "😀");
  for (guint i = 0; i < 120; i++)
    {
      g_autoptr (EhcpRecord) note = records_make (EHCP_KIND_NOTE, NULL, case_id, "staff", NULL);

      ehcp_record_set_text (note, "text", text->str);
      records_add (f, note, NULL);
    }
  records_grant (f, &f->priya, case_id, EHCP_STANDING_STAFF, NULL);
  do
    {
      reader_pull_page (priya, 500);
      g_assert_cmpuint (reader_n (priya, "records"), <=, 8 * 1024 * 1024 / text->len);
      n += reader_n (priya, "records");
      n_pages++;
    }
  while (priya->has_more);
  g_assert_cmpuint (n, ==, g_hash_table_size (priya->records));
  g_assert_cmpuint (n_pages, ==, 2);
  reader_check (priya);
}

#define ADD(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_fixture_set_up, func, records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/feed/grant/whole-case", test_grant_brings_the_whole_case);
  ADD ("/feed/grant/again", test_grant_again);
  ADD ("/feed/revoked", test_revoked);
  ADD ("/feed/revoked/and-granted", test_end_and_grant_between_two_pulls);
  ADD ("/feed/revoked/told-once", test_turns_are_told_once);
  ADD ("/feed/gone", test_gone);
  ADD ("/feed/private", test_private_until_submitted);
  ADD ("/feed/account-and-everyone", test_account_and_everyone);
  ADD ("/feed/pages/small", test_small_pages);
  ADD ("/feed/pages/change-between", test_change_between_pages);
  ADD ("/feed/pages/long", test_long_records);
  ADD ("/feed/state/bad", test_bad_states);
  ADD ("/feed/state/too-old", test_too_old);
  ADD ("/feed/state/first-pull-after-a-purge", test_first_pull_after_a_purge);
  ADD ("/feed/state/restore", test_restore_from_backup);
  ADD ("/feed/state/of-a-write", test_state_of_a_write);
  ADD ("/feed/many-cases", test_many_cases);
  return g_test_run ();
}
