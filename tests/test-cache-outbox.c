/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits to be sent, what was sent, and drafts: nothing lost, nothing in the wrong order, over restarts and restores. */
#include "cache-fixture.h"

#include <string.h>

static EhcpOutgoing *
find_next (CacheFixture *fixture, gint64 now, gint64 *next_at)
{
  g_autoptr (GError) error = NULL;
  EhcpOutgoing *outgoing = ehcp_cache_find_next (fixture->cache, now, next_at, &error);

  g_assert_no_error (error);
  return outgoing;
}

static void
test_outbox (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) next = NULL;
  g_autoptr (EhcpOutgoing) after = NULL;
  gint64 next_at = 0;

  cache_add_command (fixture, COMMAND, CASE_A, 500);
  g_assert_null (find_next (fixture, 499, &next_at));
  g_assert_cmpint (next_at, ==, 500);
  cache_add_command (fixture, SECOND, CASE_A, 0);
  next = find_next (fixture, 500, &next_at);
  g_assert_cmpstr (next->id, ==, COMMAND);

  next->delivery = EHCP_DELIVERY_REFUSED;
  next->refusal = g_strdup ("not-allowed");
  g_assert_true (ehcp_cache_update_command (fixture->cache, next, NULL));
  cache_open (fixture);
  after = find_next (fixture, 0, &next_at);
  g_assert_cmpstr (after->id, ==, SECOND);
  g_assert_cmpuint (cache_count_files (fixture), ==, 2);
  g_assert_true (ehcp_cache_remove_command (fixture->cache, COMMAND, NULL));
  g_assert_cmpuint (cache_count_files (fixture), ==, 1);
}

/* After a restore of the council, what it had acknowledged is sent again, before what waits. */
static void
test_new_epoch (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) sent = NULL;
  g_autoptr (EhcpOutgoing) again = NULL;
  g_autoptr (EhcpOutgoing) waiting = NULL;
  g_autofree char *epoch = NULL;
  gint64 next_at = 0;

  cache_add_command (fixture, COMMAND, CASE_A, 0);
  sent = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, sent, 1000, NULL));
  g_assert_null (find_next (fixture, 0, &next_at));
  cache_add_command (fixture, SECOND, CASE_A, 0);
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "other", NULL));
  again = find_next (fixture, 0, &next_at);
  g_assert_cmpstr (again->id, ==, COMMAND);
  g_assert_cmpuint (again->files->len, ==, 1);
  epoch = ehcp_cache_get_epoch (fixture->cache);
  g_assert_cmpstr (epoch, ==, "other");
  g_assert_true (ehcp_cache_remove_command (fixture->cache, COMMAND, NULL));
  waiting = find_next (fixture, 0, &next_at);
  g_assert_cmpstr (waiting->id, ==, SECOND);
  g_assert_true (waiting->is_again);
}

static gboolean
put_off (CacheFixture *fixture, const char *id, gint64 wait_s)
{
  g_autoptr (EhcpOutgoing) outgoing = NULL;
  gboolean is_deferred = FALSE;
  gint64 next_at;

  outgoing = find_next (fixture, G_MAXINT64, &next_at);
  g_assert_cmpstr (outgoing->id, ==, id);
  g_assert_true (ehcp_cache_defer_command (fixture->cache, outgoing, wait_s, 100, &is_deferred, NULL));
  return is_deferred;
}

#define THIRD "11111111-0000-4000-8000-000000000003"

/* What is written while others of its case still go again may depend on them; what is of another case does not. */
static void
test_joins (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) own = cache_make_command (SECOND, CASE_A, "one");
  g_autoptr (EhcpOutgoing) other = cache_make_command (THIRD, CASE_B, "two");
  gint64 next_at = 0;

  cache_add_command (fixture, COMMAND, CASE_A, 0);
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "other", NULL));
  cache_store (fixture, BATCH ("1", "other", "false", "", ""));
  g_assert_true (ehcp_cache_add_command (fixture->cache, own, NULL, NULL, NULL));
  g_assert_false (own->is_again);
  g_assert_true (ehcp_cache_add_command (fixture->cache, other, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_check_again (fixture->cache, own, NULL));
  g_assert_true (own->is_again);
  g_assert_true (ehcp_cache_check_again (fixture->cache, other, NULL));
  g_assert_false (other->is_again);
  g_assert_true (put_off (fixture, COMMAND, 60));
  g_assert_true (ehcp_cache_update_command (fixture->cache, own, NULL));
  g_clear_pointer (&own, ehcp_outgoing_free);
  own = find_next (fixture, g_get_monotonic_time (), &next_at);
  g_assert_cmpstr (own->id, ==, THIRD);
}

/* What is written while the screens still show what was there before the restore goes with that. */
static void
test_written_between (CacheFixture *fixture, gconstpointer data)
{
  gint64 next_at = 0;
  g_autoptr (EhcpOutgoing) first = NULL, between = NULL, after = NULL;

  cache_add_command (fixture, COMMAND, CASE_A, 0);
  first = find_next (fixture, 0, &next_at);
  g_assert_false (first->is_again);
  g_assert_true (ehcp_cache_remove_command (fixture->cache, COMMAND, NULL));
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "other", NULL));
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, NULL, NULL));
  cache_add_command (fixture, SECOND, CASE_A, 0);
  between = find_next (fixture, 0, &next_at);
  g_assert_true (between->is_again);
  g_assert_true (ehcp_cache_remove_command (fixture->cache, SECOND, NULL));
  cache_store (fixture, BATCH ("1", "other", "false", "", ""));
  cache_add_command (fixture, THIRD, CASE_A, 0);
  after = find_next (fixture, 0, &next_at);
  g_assert_false (after->is_again);
}

/* What is refused after a restore waits as long as its case's patience lasts, over restarts; the next one of the case has
 * what is left of it, one of another case its own, and another restore makes it new. */
static void
test_patience (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) first = NULL, second = NULL;
  gint64 next_at = 0;

  cache_add_command (fixture, COMMAND, CASE_A, 0);
  first = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, first, 1000, NULL));
  cache_add_command (fixture, SECOND, CASE_A, 0);
  second = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, second, 1000, NULL));
  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "other", NULL));

  g_assert_true (put_off (fixture, COMMAND, 60));
  g_assert_null (find_next (fixture, g_get_monotonic_time (), &next_at));
  cache_open (fixture);
  g_assert_true (put_off (fixture, COMMAND, 39));
  g_assert_true (put_off (fixture, COMMAND, 60));
  g_assert_false (put_off (fixture, COMMAND, 60));
  g_assert_true (ehcp_cache_remove_command (fixture->cache, COMMAND, NULL));
  g_assert_false (put_off (fixture, SECOND, 60));

  g_assert_true (ehcp_cache_start_afresh (fixture->cache, "third", NULL));
  g_assert_true (put_off (fixture, SECOND, 60));
  g_assert_true (ehcp_cache_forget_case (fixture->cache, CASE_A, NULL));
  g_assert_cmpint (cache_count_rows (fixture, "patience"), ==, 0);
}

static void
acknowledge_at (CacheFixture *fixture, const char *id, gint64 council_now)
{
  g_autoptr (EhcpOutgoing) outgoing = NULL;
  gint64 next_at;

  cache_add_command (fixture, id, CASE_A, 0);
  outgoing = find_next (fixture, 0, &next_at);
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, council_now, NULL));
}

/* The log of what was acknowledged goes by the council's clock; an answer that does not say the time prunes nothing; and
 * the newest 200 stay in any case. */
static void
test_sent_log (CacheFixture *fixture, gconstpointer data)
{
  const gint64 begin = 1795528800, month = 30 * 86400;

  for (guint i = 0; i < 203; i++)
    {
      g_autofree char *id = g_strdup_printf ("22222222-0000-4000-8000-%012u", i);

      acknowledge_at (fixture, id, i == 1 || i == 202 ? 0 : begin + i);
    }
  g_assert_cmpint (cache_count_rows (fixture, "sent"), ==, 203);
  acknowledge_at (fixture, COMMAND, begin + month + 1);
  g_assert_cmpint (cache_count_rows (fixture, "sent"), ==, 202); /* without 0, and 1, which is dated as 0 was */
  acknowledge_at (fixture, SECOND, begin + month + 1000);
  g_assert_cmpint (cache_count_rows (fixture, "sent"), ==, 200);
  g_assert_cmpuint (cache_count_files (fixture), ==, 200);
}

/* What a command made is there until the council's copy comes, and does not replace a newer one. */
static void
test_echo_stays (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) outgoing = cache_make_command (NOTE_1, CASE_A, "mine");
  g_autoptr (EhcpRecord) echo = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_NOTE));
  g_autoptr (EhcpLoaded) loaded = NULL;
  g_autoptr (EhcpLoaded) newer = NULL;

  ehcp_record_set_text (echo, "id", NOTE_1);
  ehcp_record_set_text (echo, "case", CASE_A);
  ehcp_record_set_int (echo, "seq", 0);
  ehcp_record_set_text (echo, "audience", "staff");
  ehcp_record_set_text (echo, "text", "mine");
  ehcp_record_set_text (echo, "author", "P");
  ehcp_record_set_text (echo, "written_at", "2026-11-24T14:05:00Z");
  g_ptr_array_add (outgoing->echo, g_object_ref (echo));
  cache_store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_A) "]", ""));
  g_assert_true (ehcp_cache_add_command (fixture->cache, outgoing, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, 1000, NULL));
  loaded = cache_load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 2);

  cache_store (fixture, BATCH ("1", "e", "false", "\"note\":[" NOTE (NOTE_1, CASE_A, "7", "theirs") "]", ""));
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, 1000, NULL));
  newer = cache_load (fixture);
  g_assert_cmpuint (newer->records->len, ==, 2);
  for (guint i = 0; i < newer->records->len; i++)
    if (g_str_equal (ehcp_record_get_kind (newer->records->pdata[i]), "note"))
      g_assert_cmpstr (ehcp_record_get_text (newer->records->pdata[i], "text"), ==, "theirs");
}

/* A command that is acknowledged again after a restore brings nothing of a case that is this person's no more. */
static void
test_echo_without_case (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) outgoing = cache_make_command (NOTE_1, CASE_A, "mine");
  g_autoptr (EhcpRecord) echo = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_NOTE));
  g_autoptr (EhcpLoaded) loaded = NULL;

  cache_store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_B) "]", ""));
  ehcp_record_set_text (echo, "id", NOTE_1);
  ehcp_record_set_text (echo, "case", CASE_A);
  g_ptr_array_add (outgoing->echo, g_object_ref (echo));
  g_assert_true (ehcp_cache_add_command (fixture->cache, outgoing, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_acknowledge (fixture->cache, outgoing, 1000, NULL));
  loaded = cache_load (fixture);
  g_assert_cmpuint (loaded->records->len, ==, 1);
  g_assert_cmpuint (loaded->outbox->len, ==, 0);
}

/* What is typed while a case is taken away goes with it, and makes no new key for it. */
static void
test_late_draft (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpRecord) draft = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DRAFT));
  guint n_keys;

  cache_store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_A) "]", ""));
  ehcp_record_set_text (draft, "id", DOCUMENT);
  ehcp_record_set_text (draft, "case", CASE_A);
  g_assert_true (ehcp_cache_store_draft (fixture->cache, draft, NULL));
  g_assert_cmpuint (cache_count_rows (fixture, "draft"), ==, 1);
  g_assert_true (ehcp_cache_forget_case (fixture->cache, CASE_A, NULL));
  n_keys = cache_count_rows (fixture, "case_key");
  g_assert_true (ehcp_cache_store_draft (fixture->cache, draft, NULL));
  g_assert_cmpuint (cache_count_rows (fixture, "draft"), ==, 0);
  g_assert_cmpuint (cache_count_rows (fixture, "case_key"), ==, n_keys);
}

/* Of a refused command about such a case neither row nor key stays; other words about it keep theirs. */
static void
test_drop_command (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (EhcpOutgoing) first = cache_make_command (NOTE_1, CASE_A, "first");
  g_autoptr (EhcpOutgoing) second = cache_make_command (NOTE_2, CASE_A, "second");
  guint n_keys;

  cache_store (fixture, BATCH ("0", "e", "false", "\"case\":[" CASE (CASE_B) "]", ""));
  n_keys = cache_count_rows (fixture, "case_key");
  g_assert_false (ehcp_cache_has_case (fixture->cache, CASE_A));
  g_assert_true (ehcp_cache_has_case (fixture->cache, CASE_B));
  g_assert_true (ehcp_cache_has_case (fixture->cache, ""));
  g_assert_true (ehcp_cache_add_command (fixture->cache, first, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_add_command (fixture->cache, second, NULL, NULL, NULL));
  g_assert_true (ehcp_cache_drop_command (fixture->cache, NOTE_1, CASE_A, NULL));
  g_assert_cmpuint (cache_count_rows (fixture, "outbox"), ==, 1);
  g_assert_cmpuint (cache_count_rows (fixture, "case_key"), ==, n_keys + 1);
  g_assert_true (ehcp_cache_drop_command (fixture->cache, NOTE_2, CASE_A, NULL));
  g_assert_cmpuint (cache_count_rows (fixture, "outbox"), ==, 0);
  g_assert_cmpuint (cache_count_rows (fixture, "case_key"), ==, n_keys);
}

#define ADD(path, func) g_test_add (path, CacheFixture, NULL, cache_set_up, func, cache_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/cache-outbox/outbox", test_outbox);
  ADD ("/cache-outbox/new-epoch", test_new_epoch);
  ADD ("/cache-outbox/joins", test_joins);
  ADD ("/cache-outbox/written-between", test_written_between);
  ADD ("/cache-outbox/patience", test_patience);
  ADD ("/cache-outbox/sent-log", test_sent_log);
  ADD ("/cache-outbox/late-draft", test_late_draft);
  ADD ("/cache-outbox/echo-stays", test_echo_stays);
  ADD ("/cache-outbox/echo-without-case", test_echo_without_case);
  ADD ("/cache-outbox/drop-command", test_drop_command);
  return g_test_run ();
}
