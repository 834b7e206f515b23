/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portal page and dashboard follow the book while they are shown. Needs a display. */
#include <adwaita.h>

#include <glib/gstdio.h>
#include <string.h>

#include "app/sample.h"
#include "ehcp-dashboard-paper.h"
#include "ehcp-link-private.h"
#include "ehcp-places.h"
#include "ehcp-text.h"

typedef struct
{
  EhcpLink *link;
  EhcpBook *book;
  GtkWidget *window;
} Screen;

static GtkWidget *
find_text (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
settle (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
open_place (Screen *screen, const char *place, SampleParts parts)
{
  g_autoptr (EhcpClock) clock = sample_clock_new ();
  g_autofree char *cache = g_dir_make_tmp ("test-dashboard-XXXXXX", NULL);

  screen->link = ehcp_link_new ("http://127.0.0.1:9/", cache, clock);
  screen->book = ehcp_link_get_book (screen->link);
  ehcp_link_set_status (screen->link, EHCP_LINK_SIGNED_IN);
  ehcp_link_set_online (screen->link, TRUE);
  ehcp_link_set_first_sync (screen->link, TRUE);
  ehcp_link_set_updated_at (screen->link, ehcp_time_parse (SAMPLE_NOW));
  sample_fill (screen->book, parts);
  screen->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (screen->window), GTK_WIDGET (ehcp_places_make (place, screen->link)));
  gtk_window_present (GTK_WINDOW (screen->window));
  settle ();
}

static void
close_place (Screen *screen)
{
  gtk_window_destroy (GTK_WINDOW (screen->window));
  settle ();
  ehcp_link_close (screen->link);
  g_assert_finalize_object (screen->link);
}

static void
assert_shows (Screen *screen, const char *text)
{
  settle ();
  if (find_text (screen->window, text) == NULL)
    g_error ("the screen does not show \"%s\"", text);
}

static void
assert_hides (Screen *screen, const char *text)
{
  settle ();
  if (find_text (screen->window, text) != NULL)
    g_error ("the screen shows \"%s\"", text);
}

static EhcpRecord *
first_message (EhcpBook *book, gboolean from_council)
{
  GListModel *list = ehcp_book_get_list (book, EHCP_KIND_MESSAGE, SAMPLE_ISLA);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (EhcpRecord) message = g_list_model_get_item (list, i);

      if (ehcp_record_get_bool (message, "from_council") == from_council)
        return message;
    }
  g_assert_not_reached ();
}

static GtkWidget *
get_box (Screen *screen, const char *title)
{
  return gtk_widget_get_ancestor (find_text (screen->window, title), GTK_TYPE_BUTTON);
}

static void
assert_count (Screen *screen, const char *title, const char *description)
{
  g_autofree char *mistake = NULL, *misnamed = NULL;

  settle ();
  misnamed = gtk_test_accessible_check_property (GTK_ACCESSIBLE (get_box (screen, title)),
                                                 GTK_ACCESSIBLE_PROPERTY_LABEL, title);
  mistake = gtk_test_accessible_check_property (GTK_ACCESSIBLE (get_box (screen, title)),
                                                GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description);
  g_assert_cmpstr (misnamed, ==, NULL);
  g_assert_cmpstr (mistake, ==, NULL);
}

static void
test_counts_follow (void)
{
  Screen screen;
  g_autoptr (EhcpRecord) more = NULL;
  g_autoptr (EhcpRecord) form = NULL;
  g_autofree char *id = ehcp_text_new_id ();

  open_place (&screen, "dashboard/" SAMPLE_ISLA, SAMPLE_WITH_ISLA);
  assert_count (&screen, "Messages", "2 new, from your caseworker");
  assert_count (&screen, "Documents to View", "1 new, of 4");
  assert_count (&screen, "Actions to Complete", "1 by Fri 27 Nov, 3 days left");
  assert_count (&screen, "Recent activity", "3 in the last 7 days");

  more = ehcp_record_copy (first_message (screen.book, TRUE));
  ehcp_record_set_text (more, "id", id);
  ehcp_book_put (screen.book, more);
  assert_count (&screen, "Messages", "3 new, from your caseworker");

  form = ehcp_record_copy (ehcp_book_find (screen.book, EHCP_KIND_FORM, SAMPLE_VIEWS_FORM));
  ehcp_record_set_text (form, "state", "submitted");
  ehcp_book_put (screen.book, form);
  assert_count (&screen, "Actions to Complete", "0 nothing to do now");
  close_place (&screen);
}

/* A caseworker records the decision: timeline, dates and card follow. */
static void
test_case_moves_on (void)
{
  Screen screen;
  g_autoptr (EhcpRecord) event = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_EVENT));
  g_autoptr (EhcpRecord) moved = NULL;
  g_autofree char *id = ehcp_text_new_id ();

  open_place (&screen, "dashboard/" SAMPLE_ISLA, SAMPLE_WITH_ISLA);
  assert_shows (&screen, "Week 12 of 20");
  assert_shows (&screen, "We have asked school, a psychologist");
  ehcp_record_set_text (event, "id", id);
  ehcp_record_set_text (event, "case", SAMPLE_ISLA);
  ehcp_record_set_text (event, "what", "no-plan-notified");
  ehcp_record_set_date (event, "date", ehcp_date_parse ("2026-11-24"));
  moved = ehcp_record_copy (ehcp_book_find (screen.book, EHCP_KIND_CASE, SAMPLE_ISLA));
  ehcp_record_set_text (moved, "stage", "decide");
  ehcp_record_set_text (moved, "caseworker_name", "Daniel Frost");
  ehcp_book_put (screen.book, event);
  ehcp_book_put (screen.book, moved);
  assert_shows (&screen, "Finished in week 12");
  assert_shows (&screen, "We are reading all the reports.");
  assert_shows (&screen, "Daniel Frost");
  close_place (&screen);
}

static void
put_event (Screen *screen, const char *what, const char *date)
{
  g_autoptr (EhcpRecord) event = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_EVENT));
  g_autofree char *id = ehcp_text_new_id ();

  ehcp_record_set_text (event, "id", id);
  ehcp_record_set_text (event, "case", SAMPLE_ISLA);
  ehcp_record_set_text (event, "what", what);
  ehcp_record_set_date (event, "date", ehcp_date_parse (date));
  ehcp_book_put (screen->book, event);
}

static void
put_stage (Screen *screen, const char *stage)
{
  g_autoptr (EhcpRecord) moved = ehcp_record_copy (ehcp_book_find (screen->book, EHCP_KIND_CASE, SAMPLE_ISLA));

  ehcp_record_set_text (moved, "stage", stage);
  ehcp_book_put (screen->book, moved);
}

static void
put_appeal (Screen *screen, const char *due)
{
  g_autoptr (EhcpRecord) deadline = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DEADLINE));

  ehcp_record_set_text (deadline, "id", "9e000000-0000-4000-8000-000000000001");
  ehcp_record_set_text (deadline, "case", SAMPLE_ISLA);
  ehcp_record_set_text (deadline, "rule", "appeal");
  ehcp_record_set_text (deadline, "state", "due");
  ehcp_record_set_text (deadline, "trigger", "decision-sent");
  ehcp_record_set_date (deadline, "trigger_date", ehcp_date_parse ("2026-11-20"));
  ehcp_record_set_text (deadline, "source", "Tribunal Procedure Rules");
  ehcp_record_set_text (deadline, "actor", "family");
  ehcp_record_set_date (deadline, "due", ehcp_date_parse (due));
  ehcp_book_put (screen->book, deadline);
}

/* When the 20 weeks are over, the band says what came of it, and that the family may disagree as long as it may. */
static void
test_over (void)
{
  Screen screen;

  open_place (&screen, "dashboard/" SAMPLE_ISLA, SAMPLE_WITH_ISLA);
  put_event (&screen, "no-plan-notified", "2026-11-20");
  put_stage (&screen, "ended");
  assert_shows (&screen, "On Fri 20 Nov we decided not to make a plan. The letter tells you why.");
  assert_hides (&screen, "If you do not agree");
  put_appeal (&screen, "2027-01-20");
  assert_shows (&screen, "The letter tells you why. If you do not agree, Key Dates say until when");
  put_appeal (&screen, "2026-11-23");
  put_stage (&screen, "final");
  assert_hides (&screen, "If you do not agree");
  close_place (&screen);

  open_place (&screen, "dashboard/" SAMPLE_ISLA, SAMPLE_WITH_ISLA);
  put_event (&screen, "draft-served", "2026-11-10");
  put_event (&screen, "final-issued", "2026-11-21");
  put_stage (&screen, "final");
  assert_shows (&screen, "The final plan was issued on Sat 21 Nov. The help in it must now be given.");
  put_stage (&screen, "review");
  assert_hides (&screen, "The final plan was issued");
  close_place (&screen);
}

/* Access that ends takes the case off the screen at once. */
static void
test_access_ends (void)
{
  Screen screen;

  open_place (&screen, "dashboard/" SAMPLE_ISLA, SAMPLE_WITH_ISLA);
  assert_hides (&screen, "This case is not here");
  ehcp_book_remove_case (screen.book, SAMPLE_ISLA);
  assert_shows (&screen, "This case is not here");
  assert_hides (&screen, "Priya Nair");
  close_place (&screen);
}

static void
test_refused (void)
{
  Screen screen;

  open_place (&screen, "dashboard/" SAMPLE_ISLA, SAMPLE_WITH_ISLA);
  assert_hides (&screen, "was not sent");
  ehcp_record_set_delivery (first_message (screen.book, FALSE), EHCP_DELIVERY_REFUSED, "too-large");
  ehcp_book_put (screen.book, first_message (screen.book, FALSE));
  assert_shows (&screen, "1 thing was not sent. What you wrote is kept.");
  close_place (&screen);
}

static void
test_portal_cards (void)
{
  Screen screen;

  open_place (&screen, "portal", SAMPLE_WITH_ISLA | SAMPLE_WITH_THEO);
  assert_shows (&screen, "Good afternoon, Helen");
  assert_shows (&screen, "Isla Marlow");
  assert_shows (&screen, "Week 24, 22 days over the 20 weeks");
  assert_shows (&screen, "2 messages");
  ehcp_book_remove_case (screen.book, SAMPLE_ISLA);
  assert_hides (&screen, "Isla Marlow");
  assert_shows (&screen, "Theo Marlow");
  ehcp_book_remove_case (screen.book, SAMPLE_THEO);
  assert_shows (&screen, "There is no case here yet");
  close_place (&screen);
}

static void
test_portal_waiting (void)
{
  Screen screen;

  open_place (&screen, "portal", SAMPLE_WITH_WAITING);
  assert_shows (&screen, "The SEND team still has to activate your access.");
  assert_hides (&screen, "There is no case here yet");
  assert_hides (&screen, "You have an invitation");
  close_place (&screen);
  open_place (&screen, "portal", SAMPLE_WITH_INVITED);
  assert_shows (&screen, "You have an invitation to follow the case of Isla and Theo.");
  assert_hides (&screen, "Type the code from your e-mail or letter");
  close_place (&screen);
}

/* Before the first pull: fetching, or why it does not come. */
static void
test_portal_first (void)
{
  Screen screen;

  open_place (&screen, "portal", 0);
  ehcp_link_set_updated_at (screen.link, 0);
  ehcp_link_set_first_sync (screen.link, FALSE);
  assert_shows (&screen, "Fetching your cases");
  ehcp_link_set_online (screen.link, FALSE);
  assert_shows (&screen, "The council can’t be reached");
  ehcp_link_set_online (screen.link, TRUE);
  ehcp_link_set_first_sync (screen.link, TRUE);
  assert_shows (&screen, "There is no case here yet");
  close_place (&screen);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static guint
count_marked (GtkWidget *widget)
{
  guint n = gtk_widget_has_css_class (widget, "day-number") && gtk_widget_has_css_class (widget, "key-date");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_marked (child);
  return n;
}

/* The month opens at the next date, marks its days, and tells the chosen one in words. */
static void
test_month (void)
{
  Screen screen;
  g_autoptr (GDateTime) october = g_date_time_new_local (2026, 10, 5, 12, 0, 0);
  g_autoptr (GDateTime) free_day = g_date_time_new_local (2026, 10, 6, 12, 0, 0);
  GtkWidget *calendar;

  open_place (&screen, "dashboard/" SAMPLE_THEO, SAMPLE_WITH_THEO);
  g_assert_null (find_type (screen.window, GTK_TYPE_CALENDAR));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (get_box (&screen, "Show as a month")), TRUE);
  assert_shows (&screen, "Mon 2 November 2026\nFinal plan, 22 days late");
  calendar = find_type (screen.window, GTK_TYPE_CALENDAR);
  g_assert_cmpuint (count_marked (calendar), ==, 2);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), october);
  assert_shows (&screen, "Mon 5 October 2026\nDecision: will there be a plan?, Excused");
  g_assert_cmpuint (count_marked (calendar), ==, 1);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), free_day);
  assert_shows (&screen, "Tue 6 October 2026\nNo key date");
  close_place (&screen);
}

/* A late date says what can be done about it; a draft, how it came. */
static void
test_rights (void)
{
  Screen screen;
  GtkWidget *row;

  open_place (&screen, "dashboard/" SAMPLE_THEO, SAMPLE_WITH_THEO);
  assert_hides (&screen, "We still have to do it.");
  row = gtk_widget_get_ancestor (find_text (screen.window, "Was due Mon 2 November 2026"), GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_activate_action (row, "row.activate", NULL);
  assert_shows (&screen, "It is 22 days late.");
  assert_shows (&screen, "We still have to do it.");
  assert_shows (&screen, "SENDIASS");
  row = gtk_widget_get_ancestor (find_text (screen.window, "Your comments on the draft"), GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_activate_action (row, "row.activate", NULL);
  assert_shows (&screen, "It was first opened here on Mon 26 October");
  close_place (&screen);
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The button leaves a file where people look for files. */
static void
test_calendar (void)
{
  Screen screen;
  g_autofree char *path = g_build_filename (g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD),
                                            "Key dates WY-2026-03102.ics", NULL);
  g_autofree char *text = NULL;
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  guint tick = g_timeout_add (50, tick_cb, NULL);

  open_place (&screen, "dashboard/" SAMPLE_THEO, SAMPLE_WITH_THEO);
  g_assert_true (gtk_widget_activate (get_box (&screen, "Add to calendar")));
  while (g_get_monotonic_time () < end &&
         !(g_file_get_contents (path, &text, NULL, NULL) && g_str_has_suffix (text, "END:VCALENDAR\r\n")))
    {
      g_clear_pointer (&text, g_free);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "DTSTART;VALUE=DATE:20261102"));
  close_place (&screen);
}

/* On paper stands what is on the screen, read back by poppler's tool. */
static void
test_paper (void)
{
  Screen screen;
  g_autoptr (EhcpPaper) paper = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "test-dashboard.pdf", NULL);
  g_autofree char *line = g_strdup_printf ("pdftotext -layout %s -", path);
  g_autofree char *text = NULL;

  open_place (&screen, "dashboard/" SAMPLE_THEO, SAMPLE_WITH_THEO);
  paper = ehcp_dashboard_paper_new (screen.link, SAMPLE_THEO);
  pdf = ehcp_paper_make_pdf (paper, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  g_spawn_command_line_sync (line, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "Theo Marlow"));
  g_assert_nonnull (strstr (text, "23 weeks and 1 day used, 22 days over."));
  g_assert_nonnull (strstr (text, "Current stage"));
  g_assert_nonnull (strstr (text, "Done, excused"));
  g_assert_nonnull (strstr (text, "Was due Mon 2 November 2026, 22 days late."));
  g_assert_nonnull (strstr (text, "Daniel Frost last wrote to you on Mon 23 Nov."));
  g_assert_nonnull (strstr (text, "Daniel Frost"));
  g_assert_nonnull (strstr (text, "We still have to do it."));
  g_assert_null (ehcp_dashboard_paper_new (screen.link, SAMPLE_ISLA));
  close_place (&screen);
}

/* A program that opens at a place of a case has the place behind it that leads there. */
static void
test_way (void)
{
  static const struct
  {
    const char *target;
    const char *way;
  } rows[] = {
    { "documents/" SAMPLE_ISLA, "dashboard/" SAMPLE_ISLA },
    { "messages/" SAMPLE_ISLA "/a-thread", "dashboard/" SAMPLE_ISLA },
    { "history/" SAMPLE_ISLA, "case/" SAMPLE_ISLA },
    { "dashboard/" SAMPLE_ISLA, NULL },
    { "ask", NULL },
    { "form/" SAMPLE_VIEWS_FORM, NULL },
    { "no-such-place/" SAMPLE_ISLA, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *way = ehcp_places_find_way (rows[i].target);

      g_assert_cmpstr (way, ==, rows[i].way);
      g_assert_true (way == NULL || ehcp_places_find (way) != NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dashboard/counts-follow", test_counts_follow);
  g_test_add_func ("/dashboard/case-moves-on", test_case_moves_on);
  g_test_add_func ("/dashboard/over", test_over);
  g_test_add_func ("/dashboard/access-ends", test_access_ends);
  g_test_add_func ("/dashboard/refused", test_refused);
  g_test_add_func ("/dashboard/month", test_month);
  g_test_add_func ("/dashboard/rights", test_rights);
  g_test_add_func ("/dashboard/calendar", test_calendar);
  g_test_add_func ("/dashboard/paper", test_paper);
  g_test_add_func ("/places/way", test_way);
  g_test_add_func ("/portal/cards", test_portal_cards);
  g_test_add_func ("/portal/waiting", test_portal_waiting);
  g_test_add_func ("/portal/first", test_portal_first);
  return g_test_run ();
}
