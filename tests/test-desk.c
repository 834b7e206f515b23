/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The staff's screens beside caseload and case page: they follow the book, and say what is wrong at the
 * field. Needs a display. */
#include <adwaita.h>

#include "app/sample-team.h"
#include "app/sample.h"
#include "app/screen.h"

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

/* Messages */

static AdwComboRow *
find_choice (Screen *screen, const char *title)
{
  GtkWidget *label = screen_find (screen, GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  return ADW_COMBO_ROW (gtk_widget_get_ancestor (label, ADW_TYPE_COMBO_ROW));
}

static char *
get_typed (Screen *screen)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (screen_find (screen, GTK_TYPE_TEXT_VIEW, NULL)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
type (Screen *screen, const char *text)
{
  gtk_text_buffer_set_text (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (screen_find (screen, GTK_TYPE_TEXT_VIEW, NULL))), text, -1);
}

static void
test_template_is_filled (void)
{
  Screen screen;
  g_autofree char *text = NULL;

  set_up (&screen);
  screen_show (&screen, "write/" SAMPLE_TEAM_CASE);
  adw_combo_row_set_selected (find_choice (&screen, "Template"), 2); /* "Where we are" */
  screen_settle ();
  text = get_typed (&screen);
  g_assert_cmpstr (text, ==, "Dear Helen Vance,\n\nthe final plan for Rory is due on Fri 4 December 2026.\n\nDaniel Frost");
  screen_assert_hides (&screen, "There is a problem");
  screen_clear (&screen);
}

/* A field that nothing stands for is said at the text, and nothing goes. */
static void
test_empty_field (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "write/" SAMPLE_TEAM_CASE);
  type (&screen, "It is due on {due:review-decision}, {child}.");
  screen_press (&screen, "Send");
  screen_assert_shows (&screen, "Enter a subject.");
  screen_assert_shows (&screen, "Nothing is known for {due:review-decision} in this case.");
  g_assert_cmpuint (ehcp_link_get_n_waiting (screen.link), ==, 0);
  screen_clear (&screen);
}

static void
test_audience (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "write/" SAMPLE_TEAM_CASE);
  screen_assert_shows (&screen, "Helen Vance (Mother) will see this");
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (gtk_widget_get_ancestor (screen_find (&screen, GTK_TYPE_LABEL, "Only some people"),
                                                 GTK_TYPE_CHECK_BUTTON)), TRUE);
  screen_assert_shows (&screen, "Nobody is chosen yet.");
  type (&screen, "Hello");
  gtk_editable_set_text (GTK_EDITABLE (screen_find (&screen, ADW_TYPE_ENTRY_ROW, NULL)), "Hello");
  screen_press (&screen, "Send");
  screen_assert_shows (&screen, "Choose who will see this.");
  screen_clear (&screen);
}

static void
test_several (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "write-many");
  adw_combo_row_set_selected (find_choice (&screen, "Template"), 1); /* "School report" */
  screen_press (&screen, "Preview");
  screen_assert_shows (&screen, "Choose at least one family.");
  gtk_editable_set_text (GTK_EDITABLE (screen_find (&screen, GTK_TYPE_SEARCH_ENTRY, NULL)), "zoe haddow");
  g_usleep (300 * 1000); /* a search entry waits until nothing is typed any more */
  screen_settle ();
  screen_press (&screen, "Choose all shown");
  screen_assert_shows (&screen, "1 chosen");
  screen_press (&screen, "Preview");
  screen_assert_shows (&screen, "The summer report from Wyre Bank Academy");
  screen_assert_shows (&screen, "Dear Helen Haddow,");
  g_assert_nonnull (screen_find (&screen, GTK_TYPE_BUTTON, "Send 1 message"));
  type (&screen, "Something else");
  g_assert_null (screen_find (&screen, GTK_TYPE_BUTTON, "Send 1 message"));
  screen_clear (&screen);
}

static void
test_inbox (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "inbox");
  screen_assert_shows (&screen, "24 conversations, 24 unread");
  screen_assert_shows (&screen, "our turn");
  gtk_editable_set_text (GTK_EDITABLE (screen_find (&screen, GTK_TYPE_SEARCH_ENTRY, NULL)), "zoe vance");
  screen_assert_shows (&screen, "1 conversation, 1 unread");
  gtk_widget_activate_action (GTK_WIDGET (screen.view), "inbox.open", "s", "0");
  screen_assert_shows (&screen, "Message Type: Question about my child’s case");
  screen_clear (&screen);
}

static void
test_cover_days (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "cover");
  screen_assert_shows (&screen, "Priya Nair for Daniel Frost");
  screen_press (&screen, "Set cover");
  screen_assert_shows (&screen, "Nobody can stand in for themselves. Choose somebody else.");
  screen_assert_shows (&screen, "Enter the date.");
  screen_clear (&screen);
}

static void
test_allocate_needs_cases (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "allocate");
  screen_press (&screen, "Allocate");
  screen_assert_shows (&screen, "Choose at least one case.");
  screen_clear (&screen);
}

static void
test_template_needs_words (void)
{
  Screen screen;

  set_up (&screen);
  screen_show (&screen, "templates");
  screen_press (&screen, "Save template");
  screen_assert_shows (&screen, "Enter a name for the template.");
  screen_assert_shows (&screen, "Write the text.");
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
  g_test_add_func ("/desk/messages/template", test_template_is_filled);
  g_test_add_func ("/desk/messages/empty-field", test_empty_field);
  g_test_add_func ("/desk/messages/audience", test_audience);
  g_test_add_func ("/desk/messages/several", test_several);
  g_test_add_func ("/desk/messages/inbox", test_inbox);
  g_test_add_func ("/desk/messages/templates", test_template_needs_words);
  g_test_add_func ("/desk/messages/cover", test_cover_days);
  g_test_add_func ("/desk/team/allocate", test_allocate_needs_cases);
  return g_test_run ();
}
