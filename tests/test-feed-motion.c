/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feed in motion: who is woken by a commit, and readers among random writes, who at rest have what the
 * policy shows them. */
#include "records-fixture.h"

#define DAY_S (24 * 60 * 60)

typedef struct
{
  GMutex lock;
  GCond cond;
  guint n;
} Woken;

static void
wake (gpointer data, gpointer unused)
{
  Woken *woken = data;

  g_mutex_lock (&woken->lock);
  woken->n++;
  g_cond_signal (&woken->cond);
  g_mutex_unlock (&woken->lock);
}

static guint
count_woken (RecordsFixture *f, Woken *woken)
{
  guint n;

  g_mutex_lock (&woken->lock);
  n = woken->n;
  woken->n = 0;
  g_mutex_unlock (&woken->lock);
  return n;
}

static gboolean
fail_after_adding (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  if (!ehcp_store_add (council, db, data, NULL, error))
    return FALSE;
  ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "no");
  return FALSE;
}

/* Held requests of those whom a commit concerns are woken, once; others sleep on. */
static void
test_wakes (RecordsFixture *f, gconstpointer data)
{
  Woken woken[4] = { 0 };
  const EhcpActorId *actors[] = { &f->helen, &f->david, &f->priya, &f->omar };
  guint64 tickets[4];
  g_autofree char *case_id = records_new_case (f);
  g_autoptr (EhcpRecord) failing = records_make (EHCP_KIND_EVENT, NULL, case_id, "adults", NULL);
  g_autoptr (GError) error = NULL;
  static const struct
  {
    EhcpKind kind;
    gboolean has_case;
    const char *audience;
    const char *named;
    guint wakes[4];
  } rows[] = {
    { EHCP_KIND_EVENT, TRUE, "adults", NULL, { 1, 1, 1, 0 } },
    { EHCP_KIND_DOCUMENT, TRUE, "named", HELEN, { 1, 0, 1, 0 } },
    { EHCP_KIND_ANSWER, TRUE, "private", DAVID, { 0, 1, 0, 0 } },
    { EHCP_KIND_NOTE, TRUE, "staff", NULL, { 0, 0, 1, 0 } },
    { EHCP_KIND_MESSAGE_TYPE, FALSE, "everyone", NULL, { 1, 1, 1, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (woken); i++)
    {
      g_mutex_init (&woken[i].lock);
      g_cond_init (&woken[i].cond);
    }
  records_grant (f, &f->helen, case_id, EHCP_STANDING_ADULT, HELEN);
  records_grant (f, &f->david, case_id, EHCP_STANDING_ADULT, DAVID);
  records_grant (f, &f->priya, case_id, EHCP_STANDING_STAFF, NULL);
  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
        tickets[i] = ehcp_feed_watch (f->council, actors[i]->account, wake, &woken[i]);
      g_free (records_new (f, rows[r].kind, rows[r].has_case ? case_id : NULL, rows[r].audience,
                           rows[r].named));
      g_free (records_new (f, rows[r].kind, rows[r].has_case ? case_id : NULL, rows[r].audience,
                           rows[r].named));
      for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
        {
          g_test_message ("%s, person %u", rows[r].audience, i);
          g_assert_cmpuint (count_woken (f, &woken[i]), ==, rows[r].wakes[i]);
          ehcp_feed_unwatch (f->council, tickets[i]);
        }
    }

  tickets[0] = ehcp_feed_watch (f->council, f->helen.account, wake, &woken[0]);
  tickets[1] = ehcp_feed_watch (f->council, f->david.account, wake, &woken[1]);
  ehcp_council_write_sync (f->council, fail_after_adding, failing, &error);
  g_assert_error (error, EHCP_ERROR, EHCP_ERROR_CONFLICT);
  g_assert_cmpuint (count_woken (f, &woken[0]), ==, 0);
  records_end (f, &f->helen, case_id);
  g_assert_cmpuint (count_woken (f, &woken[0]), ==, 1);
  g_assert_cmpuint (count_woken (f, &woken[1]), ==, 0);
  ehcp_feed_wake (f->council, f->david.account);
  g_assert_cmpuint (count_woken (f, &woken[1]), ==, 1);
  ehcp_feed_unwatch (f->council, tickets[0]);
  ehcp_feed_unwatch (f->council, tickets[1]);
  g_free (records_new (f, EHCP_KIND_EVENT, case_id, "adults", NULL));
  g_assert_cmpuint (count_woken (f, &woken[1]), ==, 0);
}

/* Anything may happen between two answers; at rest each reader has what the policy shows. */
typedef struct
{
  RecordsFixture *f;
  GRand *random;
  GPtrArray *cases;
  GPtrArray *ids; /* of documents and answers, which may be gone */
} World;

static const char *
pick_person (World *w)
{
  static const char *const people[] = { HELEN, DAVID, SENCO };

  return people[g_rand_int_range (w->random, 0, G_N_ELEMENTS (people))];
}

static void
pick_audience (World *w, const char **audience, const char **named)
{
  static const char *const audiences[] = { "staff", "adults", "named", "adults" };

  *audience = audiences[g_rand_int_range (w->random, 0, G_N_ELEMENTS (audiences))];
  *named = g_rand_boolean (w->random) ? pick_person (w) : NULL;
}

static void
turn_access (World *w)
{
  const EhcpActorId *actors[] = { &w->f->helen, &w->f->david, &w->f->senco, &w->f->priya };
  static const char *const people[] = { HELEN, DAVID, SENCO, NULL };
  static const EhcpStanding standings[] = { EHCP_STANDING_ADULT, EHCP_STANDING_ADULT,
                                            EHCP_STANDING_PROFESSIONAL, EHCP_STANDING_STAFF };
  guint i = g_rand_int_range (w->random, 0, G_N_ELEMENTS (actors));
  const char *case_id = w->cases->pdata[g_rand_int_range (w->random, 0, w->cases->len)];
  gboolean is_adult = standings[i] == EHCP_STANDING_ADULT;

  if (g_rand_int_range (w->random, 0, 3) == 0)
    records_end (w->f, actors[i], case_id);
  else
    records_grant (w->f, actors[i], case_id,
                   is_adult && g_rand_int_range (w->random, 0, 4) == 0 ? EHCP_STANDING_PROFESSIONAL
                                                                        : standings[i],
                   people[i]);
}

static void
do_something (World *w)
{
  guint what = g_rand_int_range (w->random, 0, 100);
  const char *audience, *named;
  guint n;

  pick_audience (w, &audience, &named);
  if (what < 4 || w->cases->len == 0)
    g_ptr_array_add (w->cases, records_new_case (w->f));
  else if (what < 18)
    turn_access (w);
  else if (what < 55 || w->ids->len == 0)
    g_ptr_array_add (w->ids, records_new (w->f, EHCP_KIND_DOCUMENT,
                                          w->cases->pdata[g_rand_int_range (w->random, 0, w->cases->len)],
                                          audience, named));
  else if (what < 57)
    {
      ehcp_clock_advance (w->f->clock, 40 * DAY_S);
      records_purge (w->f);
    }
  else
    {
      n = g_rand_int_range (w->random, 0, w->ids->len);
      if (what < 85)
        records_move (w->f, EHCP_KIND_DOCUMENT, w->ids->pdata[n], audience, named);
      else
        {
          records_remove (w->f, EHCP_KIND_DOCUMENT, w->ids->pdata[n]);
          g_ptr_array_remove_index_fast (w->ids, n);
        }
    }
}

static void
test_anything (RecordsFixture *f, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  World w = { f, random, cases, ids };
  const EhcpActorId *actors[] = { &f->helen, &f->david, &f->senco, &f->priya, &f->omar };
  Reader *readers[G_N_ELEMENTS (actors)];
  guint n_restarts = 0;

  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    readers[i] = reader_new (f, actors[i]);
  for (guint step = 0; step < 700; step++)
    {
      Reader *reader = readers[g_rand_int_range (random, 0, G_N_ELEMENTS (actors))];

      do_something (&w);
      if (g_rand_int_range (random, 0, 4) == 0)
        reader_pull_page (reader, g_rand_int_range (random, 1, 6));
      if (g_rand_int_range (random, 0, 20) == 0)
        {
          reader_pull (reader, g_rand_int_range (random, 1, 40));
          reader_check (reader);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (actors); i++)
    {
      reader_pull (readers[i], 7);
      reader_check (readers[i]);
      n_restarts += readers[i]->n_restarts;
      reader_free (readers[i]);
    }
  g_test_message ("%u restarts", n_restarts);
}

#define ADD(path, func) \
  g_test_add (path, RecordsFixture, NULL, records_fixture_set_up, func, records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/feed-motion/wakes", test_wakes);
  ADD ("/feed-motion/anything", test_anything);
  return g_test_run ();
}
