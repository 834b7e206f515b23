/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a date falls where it does, for deadlines as the council sends them; and the list of key dates of the
 * sample family. */
#include "ehcp-date-reasons.h"
#include "ehcp-date-rights.h"

#include "app/sample.h"
#include "ehcp-key-dates.h"
#include "ehcp-kinds.h"
#include "ehcp-text.h"

static EhcpRecord *
make (const char *rule, const char *part, const char *trigger, const char *trigger_date, const char *due)
{
  EhcpRecord *deadline = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DEADLINE));
  const EhcpRule *found = ehcp_rule_find (rule, part);

  ehcp_record_set_text (deadline, "rule", rule);
  ehcp_record_set_text (deadline, "part", part);
  ehcp_record_set_text (deadline, "trigger", trigger);
  ehcp_record_set_date (deadline, "trigger_date", ehcp_date_parse (trigger_date));
  ehcp_record_set_date (deadline, "due", ehcp_date_parse (due));
  ehcp_record_set_text (deadline, "state", "due");
  ehcp_record_set_text (deadline, "source", found != NULL ? ehcp_rule_get_source (found) : "Somewhere");
  return deadline;
}

static void
assert_why (EhcpRecord *deadline, const char *today, const char *expected)
{
  g_autofree char *why = ehcp_date_reasons_why (deadline, ehcp_date_parse (today));

  g_assert_cmpstr (why, ==, expected);
}

static void
test_within (void)
{
  g_autoptr (EhcpRecord) advice = make ("advice", NULL, "advice-asked", "2026-10-20", "2026-12-01");
  g_autoptr (EhcpRecord) plan = make ("final-plan", NULL, "request-received", "2026-09-07", "2027-01-25");
  g_autofree char *source = ehcp_date_reasons_source (advice);

  assert_why (advice, "2026-11-24", "We asked on Tue 20 October. Each person has 6 weeks to reply, so the "
                                    "last day is Tue 1 December.");
  g_assert_cmpstr (source, ==, "Where it is written: SEND Regulations 2014, reg 8(1)");
  assert_why (plan, "2026-11-24", "Your request came on Mon 7 September. The final plan is due within 20 "
                                  "weeks, so the last day is Mon 25 January 2027.");
}

/* The day of service is the first of the fifteen. */
static void
test_beginning_with (void)
{
  g_autoptr (EhcpRecord) comments = make ("draft-comments", NULL, "draft-served", "2026-10-26",
                                          "2026-11-09");
  g_autofree char *right = NULL, *over = NULL;

  assert_why (comments, "2026-11-01", "You got the draft on Mon 26 October. You have at least 15 days, and "
                                      "the day on which you got it is the first, so the last day is Mon 9 "
                                      "November.");
  right = ehcp_date_rights_right (comments, ehcp_date_parse ("2026-11-09"));
  over = ehcp_date_rights_right (comments, ehcp_date_parse ("2026-11-10"));
  g_assert_nonnull (right);
  g_assert_null (over);
}

/* What, until when, how, and who advises; and what happens otherwise. */
static void
test_rights (void)
{
  static const char *const rules[] = { "draft-comments", "amend-comments", "mediation-contact", "appeal" };

  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);
      g_autoptr (EhcpRecord) deadline = make (ehcp_rule_get_id (rule), ehcp_rule_get_part (rule), "request-received",
                                              "2026-10-26", "2026-11-09");
      g_autofree char *right = ehcp_date_rights_right (deadline, ehcp_date_parse ("2026-11-09"));
      g_autofree char *missed = ehcp_date_rights_missed (deadline, ehcp_date_parse ("2026-11-09"));
      gboolean is_right = FALSE;

      for (guint n = 0; n < G_N_ELEMENTS (rules); n++)
        is_right |= g_str_equal (rules[n], ehcp_rule_get_id (rule));
      g_assert_true ((right != NULL) == is_right);
      if (right != NULL)
        {
          g_assert_true (g_str_has_prefix (right, "Your right, until Mon 9 November: You can "));
          g_assert_true (g_str_has_suffix (right, "Your local SENDIASS gives free advice and does not work for the "
                                                  "council."));
        }
      if (ehcp_rule_is_law (rule) && !g_str_equal (ehcp_rule_get_id (rule), "young-person"))
        g_assert_nonnull (missed);
      else
        g_assert_null (missed);
      ehcp_record_set_date (deadline, "met_on", ehcp_date_parse ("2026-11-09"));
      g_clear_pointer (&missed, g_free);
      missed = ehcp_date_rights_missed (deadline, ehcp_date_parse ("2026-11-09"));
      g_assert_null (missed);
    }
}

/* How the draft came, who entered it, and when it was first opened. */
static void
test_service (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (EhcpRecord) comments = NULL;
  g_autofree char *plain = NULL, *by_post = NULL, *none = NULL;
  EhcpRecord *event;

  sample_fill (book, SAMPLE_WITH_THEO);
  comments = g_object_ref (ehcp_book_find_where (book, EHCP_KIND_DEADLINE, "rule", "draft-comments"));
  event = ehcp_book_find_where (book, EHCP_KIND_EVENT, "what", "draft-served");
  plain = ehcp_date_rights_service (book, comments, ehcp_date_parse ("2026-11-24"));
  g_assert_cmpstr (plain, ==, "It was first opened here on Mon 26 October; your days count from when it came.");
  ehcp_record_set_text (event, "value", "post");
  by_post = ehcp_date_rights_service (book, comments, ehcp_date_parse ("2026-11-24"));
  g_assert_cmpstr (by_post, ==, "It came by post, as Daniel Frost entered. It was first opened here on Mon 26 "
                                "October; your days count from when it came.");
  none = ehcp_date_rights_service (book, ehcp_book_find_where (book, EHCP_KIND_DEADLINE, "rule", "final-plan"),
                                   ehcp_date_parse ("2026-11-24"));
  g_assert_null (none);
}

/* Where the council's day is not what the count gives, the sentence does not pretend that it is. */
static void
test_other_day (void)
{
  g_autoptr (EhcpRecord) longer = make ("draft-comments", NULL, "draft-served", "2026-10-26", "2026-11-16");
  g_autoptr (EhcpRecord) capped = make ("amended-final", NULL, "amendment-notice", "2026-05-01",
                                        "2026-06-12");

  assert_why (longer, "2026-11-01", "You got the draft on Mon 26 October. You have at least 15 days, and the "
                                    "day on which you got it is the first; more time was given, until Mon 16 "
                                    "November.");
  assert_why (capped, "2026-05-02", "We sent the notice of changes on Fri 1 May. The changed plan is due "
                                    "within 8 weeks; another limit ends sooner, on Fri 12 June.");
}

/* Two months from the decision, or one from the certificate if that is later. */
static void
test_later_of_two (void)
{
  g_autoptr (EhcpRecord) appeal = make ("appeal", NULL, "decision-sent", "2026-10-16", "2026-12-16");
  g_autoptr (EhcpRecord) later = make ("appeal", NULL, "decision-sent", "2026-10-16", "2026-12-30");
  const char *limit = "We sent you the decision on Fri 16 October. You have 2 months to appeal, or one month "
                      "from the mediation certificate if that is later";
  g_autofree char *plain = g_strconcat (limit, ", so the last day is Wed 16 December.", NULL);
  g_autofree char *longer = g_strconcat (limit, "; another limit ends later, on Wed 30 December.", NULL);
  g_autofree char *right = ehcp_date_rights_right (appeal, ehcp_date_parse ("2026-11-24"));

  assert_why (appeal, "2026-11-24", plain);
  assert_why (later, "2026-11-24", longer);
  g_assert_nonnull (strstr (right, "SENDIASS"));
}

static void
test_late (void)
{
  g_autoptr (EhcpRecord) plan = make ("final-plan", NULL, "request-received", "2026-06-15", "2026-11-02");
  const char *rule = "Your request came on Mon 15 June. The final plan is due within 20 weeks, so the last "
                     "day was Mon 2 November. ";
  g_autofree char *open = g_strconcat (rule, "It is 22 days late. Your caseworker can tell you why, and "
                                             "when it will come.", NULL);
  g_autofree char *done = g_strconcat (rule, "It was done on Tue 3 November, 1 day late.", NULL);

  ehcp_record_set_text (plan, "state", "late");
  assert_why (plan, "2026-11-24", open);
  ehcp_record_set_date (plan, "met_on", ehcp_date_parse ("2026-11-03"));
  assert_why (plan, "2026-11-24", done);
}

static void
test_met (void)
{
  g_autoptr (EhcpRecord) decision = make ("assess-decision", NULL, "request-received", "2026-09-07",
                                          "2026-10-19");

  ehcp_record_set_text (decision, "state", "met");
  ehcp_record_set_date (decision, "met_on", ehcp_date_parse ("2026-10-19"));
  assert_why (decision, "2026-11-24", "Your request came on Mon 7 September. We have 6 weeks to tell you "
                                      "whether we will assess, so the last day was Mon 19 October. It was "
                                      "done in time, on Mon 19 October.");
}

/* An exemption is no pause: the date stays, and no day is added. */
static void
test_excused (void)
{
  g_autoptr (EhcpRecord) plan = make ("final-plan", NULL, "request-received", "2026-06-15", "2026-11-02");

  ehcp_record_set_text (plan, "state", "excused");
  ehcp_record_set_text (plan, "ground", "The school was closed over summer");
  assert_why (plan, "2026-11-24", "Your request came on Mon 15 June. The final plan is due within 20 weeks, "
                                  "so the last day was Mon 2 November. The law allows more time here. The "
                                  "school was closed over summer. No new date is set: it must be done as "
                                  "soon as it can be. (reg 13(3))");
}

/* A newer council may know rules that this program does not. */
static void
test_unknown (void)
{
  g_autoptr (EhcpRecord) unknown = make ("of-2031", NULL, "some-day", "2031-01-06", "2031-02-03");
  g_autofree char *title = ehcp_date_reasons_title (unknown);
  g_autofree char *source = ehcp_date_reasons_source (unknown);

  g_assert_cmpstr (title, ==, "A date set by law");
  g_assert_cmpstr (source, ==, "Where it is written: Somewhere");
  assert_why (unknown, "2031-01-07", "It is counted from Mon 6 January.");
}

/* Every row of the table has words of its own, and no sentence is left with a gap. */
static void
test_every_rule (void)
{
  for (guint i = 0; i < ehcp_rule_count (); i++)
    {
      const EhcpRule *rule = ehcp_rule_nth (i);
      g_auto (GStrv) trigger = g_strsplit_set (ehcp_rule_get_trigger (rule, 0), "=!", 2);
      g_autoptr (EhcpRecord) deadline = make (ehcp_rule_get_id (rule), ehcp_rule_get_part (rule),
                                              trigger[0], "2026-03-02", "2026-12-30");
      g_autofree char *title = ehcp_date_reasons_title (deadline);
      g_autofree char *why = ehcp_date_reasons_why (deadline, ehcp_date_parse ("2026-03-03"));

      g_test_message ("%s: %s", title, why);
      g_assert_cmpstr (title, !=, "A date set by law");
      g_assert_null (strstr (why, "counted from"));
      g_assert_null (strchr (why, '%'));
      g_assert_null (strstr (why, "null"));
      g_assert_null (strstr (why, " 214 "));
      g_assert_nonnull (strstr (why, "Mon 2 March"));
      g_assert_nonnull (strstr (why, "Wed 30 December"));
    }
}

static void
assert_date (GPtrArray *dates, guint n, const char *title, const char *day, const char *turn,
             const char *status, EhcpDateTone tone)
{
  const EhcpKeyDate *date = dates->pdata[n];

  g_assert_cmpstr (date->title, ==, title);
  g_assert_cmpstr (date->day, ==, day);
  g_assert_cmpstr (date->turn, ==, turn);
  g_assert_cmpstr (date->status, ==, status);
  g_assert_cmpint (date->tone, ==, tone);
}

static void
test_list (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (GPtrArray) dates = NULL;
  const EhcpKeyDate *advice;

  sample_fill (book, SAMPLE_WITH_ISLA);
  dates = ehcp_key_dates_list (book, SAMPLE_ISLA, ehcp_date_parse ("2026-11-24"));
  g_assert_cmpuint (dates->len, ==, 5);
  assert_date (dates, 0, "Your views as a parent", "Fri 27 November 2026", "your turn", "3 days left",
               EHCP_DATE_SOON);
  assert_date (dates, 1, "Reports from everyone we asked", "Tue 1 December 2026", "their turn",
               "7 days left", EHCP_DATE_PLAIN);
  assert_date (dates, 2, "Decision: will there be a plan?", "Mon 28 December 2026", "our turn",
               "34 days left", EHCP_DATE_PLAIN);
  assert_date (dates, 3, "Final plan", "Mon 25 January 2027", "our turn", "62 days left", EHCP_DATE_PLAIN);
  assert_date (dates, 4, "Decision: will we assess?", "Mon 19 October 2026", NULL, "Met Fri 16 Oct",
               EHCP_DATE_MET);
  advice = dates->pdata[1];
  g_assert_true (g_str_has_suffix (advice->why, "4 of 6 have replied."));
  g_assert_cmpstr (advice->spoken, ==, "Reports from everyone we asked, Tuesday 1 December 2026, 7 days left");
  g_assert_true (ehcp_key_dates_next (dates) == dates->pdata[0]);
}

static void
test_list_late (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (GPtrArray) dates = NULL;

  sample_fill (book, SAMPLE_WITH_THEO);
  dates = ehcp_key_dates_list (book, SAMPLE_THEO, ehcp_date_parse ("2026-11-24"));
  g_assert_cmpuint (dates->len, ==, 5);
  assert_date (dates, 0, "Final plan", "Was due Mon 2 November 2026", "our turn", "22 days late",
               EHCP_DATE_LATE);
  assert_date (dates, 1, "Your comments on the draft", "Mon 9 November 2026", NULL, "Met Fri 6 Nov",
               EHCP_DATE_MET);
  assert_date (dates, 2, "Decision: will there be a plan?", "Mon 5 October 2026", NULL, "Excused",
               EHCP_DATE_EXCUSED);
  assert_date (dates, 3, "Reports from everyone we asked", "Mon 31 August 2026", NULL,
               "Done 18 days late", EHCP_DATE_LATE);
  g_assert_true (g_str_has_suffix (((EhcpKeyDate *) dates->pdata[3])->why,
                                   "It was done on Fri 18 September, 18 days late."));
  assert_date (dates, 4, "Decision: will we assess?", "Mon 27 July 2026", NULL, "Met Fri 17 Jul",
               EHCP_DATE_MET);
}

/* A form that was sent is no date any more, nor one that waits in the outbox. */
static void
test_list_form_sent (void)
{
  g_autoptr (EhcpBook) book = ehcp_book_new ();
  g_autoptr (GPtrArray) waiting = NULL, sent = NULL;
  EhcpRecord *form;

  sample_fill (book, SAMPLE_WITH_ISLA);
  form = ehcp_book_find (book, EHCP_KIND_FORM, SAMPLE_VIEWS_FORM);
  ehcp_record_set_delivery (form, EHCP_DELIVERY_WAITING, NULL);
  ehcp_record_set_text (form, "state", "submitted");
  waiting = ehcp_key_dates_list (book, SAMPLE_ISLA, ehcp_date_parse ("2026-11-24"));
  g_assert_cmpuint (waiting->len, ==, 4);
  ehcp_record_set_delivery (form, EHCP_DELIVERY_DONE, NULL);
  sent = ehcp_key_dates_list (book, SAMPLE_ISLA, ehcp_date_parse ("2026-11-24"));
  g_assert_cmpuint (sent->len, ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-reasons/within", test_within);
  g_test_add_func ("/date-reasons/beginning-with", test_beginning_with);
  g_test_add_func ("/date-reasons/rights", test_rights);
  g_test_add_func ("/date-reasons/service", test_service);
  g_test_add_func ("/date-reasons/other-day", test_other_day);
  g_test_add_func ("/date-reasons/later-of-two", test_later_of_two);
  g_test_add_func ("/date-reasons/late", test_late);
  g_test_add_func ("/date-reasons/met", test_met);
  g_test_add_func ("/date-reasons/excused", test_excused);
  g_test_add_func ("/date-reasons/unknown", test_unknown);
  g_test_add_func ("/date-reasons/every-rule", test_every_rule);
  g_test_add_func ("/key-dates/list", test_list);
  g_test_add_func ("/key-dates/late", test_list_late);
  g_test_add_func ("/key-dates/form-sent", test_list_form_sent);
  return g_test_run ();
}
