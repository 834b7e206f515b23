/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offline copy is shown for so long after the council's last answer, and then not before its next one. Nothing of it
 * is lost. */
#include "ehcp-lease.h"
#include "link-fixture.h"

#include "ehcp-error.h"

#define DAY (24 * 60 * 60)

static void
test_days (void)
{
  static const struct
  {
    EhcpLease lease;
    gint64 now;
    gboolean is_staff;
    gboolean is_over;
  } rows[] = {
    { { 1000, 1000 }, 1000, FALSE, FALSE },
    { { 1000, 1000 }, 1000 + 30 * DAY - 1, FALSE, FALSE },
    { { 1000, 1000 }, 1000 + 30 * DAY, FALSE, TRUE },
    { { 1000, 1000 }, 1000 + 7 * DAY - 1, TRUE, FALSE },
    { { 1000, 1000 }, 1000 + 7 * DAY, TRUE, TRUE },
    { { 1000, 1000 + 31 * DAY }, 1000 + DAY, FALSE, TRUE }, /* set back */
    { { 1000, 1000 }, 0, FALSE, FALSE },
    { { 0, 0 }, 1000, FALSE, TRUE },                        /* not known */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = ehcp_lease_format (&rows[i].lease);
      EhcpLease again;

      g_test_message ("%u", i);
      g_assert_cmpint (ehcp_lease_is_over (&rows[i].lease, rows[i].is_staff, rows[i].now), ==, rows[i].is_over);
      g_assert_true (ehcp_lease_parse (text, &again));
      g_assert_cmpint (again.answered_at, ==, rows[i].lease.answered_at);
      g_assert_cmpint (again.seen_at, ==, rows[i].lease.seen_at);
    }
}

static void
test_no_lease (void)
{
  static const char *const texts[] = { "", "1", "1 2 3", "a 1", "-1 1", "1 " };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      EhcpLease lease = { 5, 5 };

      g_assert_false (ehcp_lease_parse (texts[i], &lease));
      g_assert_true (ehcp_lease_is_over (&lease, FALSE, 6));
    }
}

static void
assert_has_case (LinkFixture *f)
{
  g_assert_nonnull (ehcp_book_find (f->book, EHCP_KIND_CASE, f->case_id));
}

/* Opens the program again without a council, on that day after its last answer. */
static void
open_after (LinkFixture *f, gint64 seconds)
{
  link_close (f);
  ehcp_clock_advance (f->clock, seconds);
  link_open (f);
}

static void
take_council_away (LinkFixture *f)
{
  link_council_stop (f->council);
  ehcp_link_wake (f->link);
  link_wait_online (f, FALSE);
}

static void
bring_council_back (LinkFixture *f)
{
  link_council_start (f->council);
  ehcp_link_wake (f->link);
  link_wait_status (f, EHCP_LINK_SIGNED_IN);
  assert_has_case (f);
}

static void
test_closed (LinkFixture *f, gconstpointer data)
{
  take_council_away (f);
  open_after (f, 29 * DAY);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
  assert_has_case (f);
  open_after (f, DAY + 3600);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_OVERDUE);
  bring_council_back (f);
  /* From that answer on it counts anew. */
  take_council_away (f);
  open_after (f, 29 * DAY);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
  link_council_start (f->council);
}

static void
test_set_back (LinkFixture *f, gconstpointer data)
{
  take_council_away (f);
  open_after (f, 31 * DAY);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_OVERDUE);
  open_after (f, -30 * DAY);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_OVERDUE);
  bring_council_back (f);
}

/* The program stays open all the time: what was written meanwhile is sent. */
static void
test_open (LinkFixture *f, gconstpointer data)
{
  g_autofree char *message = NULL;

  take_council_away (f);
  message = link_say (f, "Written without a line", NULL, 0);
  ehcp_clock_advance (f->clock, 31 * DAY);
  ehcp_link_wake (f->link);
  link_wait_status (f, EHCP_LINK_OVERDUE);
  bring_council_back (f);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, message));
}

/* The council ended the session in the meantime: only signing in brings back what is here. */
static void
test_session_over (LinkFixture *f, gconstpointer data)
{
  g_autofree char *message = NULL;

  take_council_away (f);
  message = link_say (f, "Written before the end", NULL, 0);
  open_after (f, 31 * DAY);
  link_council_end_sessions (f->council);
  link_council_start (f->council);
  ehcp_link_wake (f->link);
  link_wait_online (f, TRUE);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_OVERDUE);
  link_sign_in (f);
  assert_has_case (f);
  link_wait_sent (f);
  g_assert_true (link_council_has (f->council, EHCP_KIND_MESSAGE, message));
}

static void
set_up (LinkFixture *f, gconstpointer data)
{
  link_fixture_set_up (f, data);
  g_assert_cmpint (ehcp_link_get_status (f->link), ==, EHCP_LINK_SIGNED_IN);
}

#define ADD(path, func) g_test_add (path, LinkFixture, NULL, set_up, func, link_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lease/days", test_days);
  g_test_add_func ("/lease/none", test_no_lease);
  ADD ("/lease/closed", test_closed);
  ADD ("/lease/set-back", test_set_back);
  ADD ("/lease/open", test_open);
  ADD ("/lease/session-over", test_session_over);
  return link_fixture_run ();
}
