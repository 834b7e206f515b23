/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff's screens beside caseload and case page: they follow the book, and say what is wrong at the
 * field. Needs a display. */
#include <adwaita.h>

#include "app/sample-team.h"
#include "app/sample.h"
#include "app/screen.h"
#include "ehcp-action-row.h"

static void
set_up (Screen *screen)
{
  screen_init (screen);
  sample_fill (screen->book, SAMPLE_WITH_WAITING);
  sample_fill_team (screen->book);
}

/* The sample was counted by hand: one date within 7 days, one late, 96 cases of which 8 have nobody. */
static void
test_team_figures (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "team");
  screen_assert_shows (&screen, "7 caseworkers, 8 not allocated");
  screen_assert_shows (&screen, "November so far: 7 of 8");
  screen_assert_shows (&screen, "None of them excused");
  screen_assert_shows (&screen, "1 day late");
  screen_assert_shows (&screen, "7 days left");
  screen_clear (&screen);
}

static void
test_team_tables (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "team");
  screen_assert_hides (&screen, "Share of not exempt");
  screen_press (&screen, "Tables");
  screen_assert_shows (&screen, "Share of not exempt");
  screen_assert_shows (&screen, "Aug 2026");
  screen_assert_shows (&screen, "23 November 2026");
  screen_press (&screen, "Charts");
  screen_assert_hides (&screen, "Aug 2026");
  screen_clear (&screen);
}

/* What is done elsewhere goes from the list by itself. */
static void
test_team_follows (void)
{
  Screen screen;
  GListModel *deadlines;

  set_up (&screen);
  screen_show (&screen, "team");
  screen_assert_shows (&screen, "1 day late");
  deadlines = ehcp_book_get_list (screen.book, EHCP_KIND_DEADLINE, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (deadlines); i++)
    {
      g_autoptr (EhcpRecord) deadline = g_list_model_get_item (deadlines, i);
      g_autoptr (EhcpRecord) done = ehcp_record_copy (deadline);

      if (g_strcmp0 (ehcp_record_get_text (deadline, "state"), "late") != 0 ||
          ehcp_record_has (deadline, "met_on"))
        continue;
      ehcp_record_set_date (done, "met_on", ehcp_record_get_date (deadline, "due") + 1);
      ehcp_book_put (screen.book, done);
    }
  screen_assert_hides (&screen, "1 day late");
  screen_assert_shows (&screen, "Nothing is late");
  screen_clear (&screen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/desk/team/figures", test_team_figures);
  g_test_add_func ("/desk/team/tables", test_team_tables);
  g_test_add_func ("/desk/team/follows", test_team_follows);
  return g_test_run ();
}
